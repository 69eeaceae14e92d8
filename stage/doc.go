// Package stage moves a deal that two companies sell together through its playbook. It decides which step is
// allowed next, lists what is missing and which side can supply it, and dates the tasks.
//
//	package main
//
//	import (
//		"fmt"
//		"log"
//		"time"
//
//		"github.com/coselling/coselling/model"
//		"github.com/coselling/coselling/stage"
//		"github.com/coselling/coselling/value"
//	)
//
//	func main() {
//		rules, err := stage.DefaultRules()
//		if err != nil {
//			log.Fatal(err)
//		}
//		opened := value.MustDate("2026-11-02")
//		opening := stage.Opening{Day: opened, Engagement: model.PartnerLed, Size: model.Standard}
//		progress, err := rules.Open(opening)
//		if err != nil {
//			log.Fatal(err)
//		}
//		ana := model.Person{Name: "ana", Party: model.PartnerOrg("acme")}
//		at := time.Date(2026, time.November, 6, 15, 0, 0, 0, time.UTC)
//		decision, err := rules.Advance(progress, stage.Move{To: stage.Discovery, By: ana, At: at})
//		if err != nil {
//			log.Fatal(err)
//		}
//		for _, gate := range decision.Shut { // first: gate.registered partner no active registration is recorded
//			fmt.Println(gate.Code, gate.Owner, gate.Missing)
//		}
//		fmt.Println(decision.Progress.Stage()) // identification: nothing changes while a gate is shut
//	}
//
// A [Policy] is data: a [Playbook] for each engagement model and size, with stages, day windows, tasks and gates.
// [Compile] checks all of it and returns [Rules]. A deal begins with [Rules.Open] and goes on with verbs. A verb
// takes the [Progress] of the deal and returns the next one inside a [Decision], or every gate and rule that
// refuses it.
//
// Gates read dated facts, which come as evidence of a move or through [Rules.Record]; the constants of [FactKind]
// describe them. Recording a fact ticks its task. Ticking or waiving a task with [Rules.Done] and [Rules.Waive]
// never makes the fact.
//
// Where a step needs both sides, an event without a consent of the other one is recorded and waits, and moves nothing:
// [Rules.Awaiting] lists such events, [Rules.Consent] and [Rules.Refuse] answer them. [Rules.Hold] stops the dates of
// a deal until [Rules.Resume], and names a day on which to review it. [Rules.Lose] ends it, until [Rules.Reopen].
//
// [Rules.Judge] judges a move without making it. [Rules.Options] lists the verbs of a deal with the reasons
// against each. [Rules.Schedule] dates the playbook and finds the tasks that are overdue; [Rules.Rebaseline] moves its
// dates by both sides' consent. A progress keeps its history, and [Rules.Replay] of the history gives the progress
// again.
//
// A deal may have further partners, which [Opening] names: each with a part confirms its support, each with a price
// approves it, and an event of [VerbSetLead] makes another one lead.
//
// Days are those of UTC, and due dates may fall on a weekend; [Rules.In] gives the same rules for another
// [value.Workplace].
//
// The package decides nothing about money, registrations or mails: the host records that a registration is active,
// as the fact [Registered]. Subpackage mapping reads the stage names of other systems.
package stage
