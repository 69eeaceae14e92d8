// Package stage moves a deal that two companies sell together through its playbook:
// which step is allowed next, what stands in the way and who can remove it, which
// tasks are due when, and by whom.
//
// A [Policy] is data: a [Playbook] for each engagement model and size, with stages,
// day windows, tasks and gates. [Compile] checks all of it and gives [Rules]. A deal
// begins with [Rules.Open] and goes on with verbs that take its [Progress] and return
// the next one inside a [Decision], or everything that is [Shut]:
//
//	rules, err := stage.DefaultRules()
//	if err != nil {
//		return err
//	}
//	progress, err := rules.Open(stage.Opening{Day: value.MustDate("2026-11-02"), Engagement: model.PartnerLed, Size: model.Standard})
//	if err != nil {
//		return err
//	}
//	decision, err := rules.Advance(progress, stage.Move{To: stage.Discovery, By: ana, At: at, Evidence: evidence})
//	if err != nil {
//		return err
//	}
//	for _, gate := range decision.Shut {
//		fmt.Println(gate.Code, gate.Owner, gate.Missing)
//	}
//	progress = decision.Progress // unchanged while a gate is shut
//
// Gates read dated facts, which come as evidence of a move or through [Rules.Record];
// a [FactKind] says what each establishes. Recording a fact ticks its task; ticking
// or waiving a task with [Rules.Done] and [Rules.Waive] never makes the fact.
//
// [Rules.Check] judges a move without making it, [Rules.Options] says what is
// permitted now and why the rest is not, [Rules.Schedule] dates the playbook and says
// what is overdue or slipping. A progress keeps its history, and [Rules.Replay] of
// the history gives the progress again.
//
// Days are those of UTC, and due dates may fall on a weekend; [Rules.In] gives the same
// rules for another [value.Workplace].
//
// The package decides nothing about money, registrations or mails: a host tells it
// that a registration is active by the fact [Registered]. Subpackage mapping reads
// the stage names of other systems.
package stage
