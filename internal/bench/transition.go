package main

import (
	"fmt"
	"time"

	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/stage"
	"github.com/coselling/coselling/value"
)

// The job: may this person advance this deal from evaluation to proposal? The mover
// must own the relationship, the partner must have taken part, and the stage's two
// required tasks must be done. Every candidate reads what it knows from memory.

var (
	ana    = model.Person{Name: "ana", Party: model.PartnerOrg("acme")}
	bo     = model.Person{Name: "bo", Party: model.VendorOrg("us")}
	opened = time.Date(2026, time.November, 2, 9, 0, 0, 0, time.UTC)
)

// attempt is one try to advance a deal.
type attempt struct {
	mover     model.Person
	engaged   bool // the partner took part
	tasksDone bool
}

func allowedJob() job {
	return job{
		name: "transition/allowed", title: "A guarded move that is allowed",
		note:  "May this person move this deal to the next stage? Three guards.",
		cases: 1, prepare: func() []candidate { return transitionCandidates([]attempt{{ana, true, true}}) },
	}
}

func refusedJob() job {
	attempts := []attempt{{bo, true, true}, {ana, true, false}, {ana, false, true}, {bo, false, false}}
	return job{
		name: "transition/refused", title: "A guarded move that is refused",
		note:  "The same question, and the answer is no. Coselling answers with every gate that is shut, what is missing and who can open it; the others answer no.",
		cases: len(attempts), prepare: func() []candidate { return transitionCandidates(attempts) },
	}
}

func transitionCandidates(attempts []attempt) []candidate {
	return []candidate{
		plainTransition(attempts),
		ourCheck(attempts),
		ourAdvance(attempts),
		statelessCanFire(attempts),
		statelessFire(attempts),
		statelessFresh(attempts),
		looplabEvent(attempts),
		looplabFresh(attempts),
	}
}

// facts holds the facts that a host keeps about a deal, where the rules are code.
type facts struct {
	engaged bool
	done    map[stage.TaskID]bool
}

// advance holds the arguments of a request to advance.
type advance struct {
	by model.Person
	at time.Time
}

func (a attempt) facts() *facts {
	return &facts{a.engaged, map[stage.TaskID]bool{stage.TechnicalResources: a.tasksDone, stage.CompetitiveIntelligence: a.tasksDone}}
}

func (a attempt) advance() advance { return advance{a.mover, opened} }

// The three guards, for every candidate whose rules are code.

func (f *facts) authority(a advance) bool {
	return a.by.Name != "" && a.by.Party.Side == model.Partner && !a.at.Before(opened)
}

func (f *facts) tookPart() bool { return f.engaged }

func (f *facts) tasksDone() bool {
	return f.done[stage.TechnicalResources] && f.done[stage.CompetitiveIntelligence]
}

// factsOf returns what is known of the deal of each attempt, and what is asked.
func factsOf(attempts []attempt) (known []*facts, asked []advance) {
	for _, a := range attempts {
		known, asked = append(known, a.facts()), append(asked, a.advance())
	}
	return known, asked
}

// plainTransition is the floor: the guards as code, called directly.
func plainTransition(attempts []attempt) candidate {
	known, asked := factsOf(attempts)
	var allowed bool
	return candidate{
		name: "if statements, tasks in a Go map",
		run: func(i int) {
			f := known[i]
			allowed = f.authority(asked[i]) && f.tookPart() && f.tasksDone()
		},
		answer: func() string { return fmt.Sprint(allowed) },
	}
}

// ourCheck asks whether the move is allowed.
func ourCheck(attempts []attempt) candidate {
	rules, deals, moves := deals(attempts)
	var allowed bool
	return candidate{
		name: "coselling, Check",
		run: func(i int) {
			shut, err := rules.Judge(deals[i], stage.VerbAdvance, moves[i])
			mustDo(err)
			allowed = len(shut) == 0
		},
		answer: func() string { return fmt.Sprint(allowed) },
	}
}

// ourAdvance makes the move: the progress behind it has its history.
func ourAdvance(attempts []attempt) candidate {
	rules, deals, moves := deals(attempts)
	var allowed bool
	return candidate{
		name: "coselling, Advance",
		run: func(i int) {
			d, err := rules.Advance(deals[i], moves[i])
			mustDo(err)
			allowed = len(d.Shut) == 0 && d.Progress.Stage() == stage.Proposal
		},
		answer: func() string { return fmt.Sprint(allowed) },
	}
}

// deals returns a deal in evaluation for each attempt, and the move that is tried.
func deals(attempts []attempt) (*stage.Rules, []stage.Progress, []stage.Move) {
	rules := must(stage.DefaultRules())
	var list []stage.Progress
	var moves []stage.Move
	for _, a := range attempts {
		list = append(list, inEvaluation(rules, a))
		moves = append(moves, stage.Move{To: stage.Proposal, By: a.mover, At: opened})
	}
	return rules, list, moves
}

func inEvaluation(rules *stage.Rules, a attempt) stage.Progress {
	p := must(rules.Open(stage.Opening{
		Day: value.MustDate("2026-11-02"), Engagement: model.PartnerLed, Size: model.Standard,
		Stage: stage.Evaluation, At: opened, From: "bench",
	}))
	if a.engaged {
		p = must(rules.Record(p, stage.Move{By: ana, At: opened, Evidence: []stage.Fact{{Kind: stage.PartnerEngaged, At: opened}}})).Progress
	}
	if a.tasksDone {
		for _, task := range []stage.TaskID{stage.TechnicalResources, stage.CompetitiveIntelligence} {
			p = must(rules.Done(p, task, stage.Move{By: bo, At: opened})).Progress
		}
	}
	return p
}
