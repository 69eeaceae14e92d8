// Package robot plays deals by the advice that the library gives: the first action of each party, one accepted change
// after another. The tests of next.closure and the simulator use it.
package robot

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"github.com/coselling/coselling/assess"
	"github.com/coselling/coselling/deal"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/registration"
	"github.com/coselling/coselling/stage"
)

// Robot does the first action of each party, one accepted change after another, a minute apart. Rand, Rules, Deal,
// Record, Now and Domain are needed.
type Robot struct {
	Rand   *rand.Rand
	Rules  *assess.Rules
	Deal   deal.Deal
	Record deal.Record
	Domain string // of the account
	Now    time.Time
	Asked  *assess.Case
	Done   []string   // what it did, in words
	No     int        // how often it said no
	Won    int        // how many steps it took to win
	Fate   *rand.Rand // of what happens beside the actions; nil: nothing
	Blows  int        // how often that was

	Away map[model.Party]time.Time // until when a party does nothing; nil: all are there

	// Took is called after each change that was accepted and added; nil: nothing else happens. A text is a problem.
	Took func(deal.Change) string

	times map[string]int // how often it did the same
	queue []model.Party  // whose turn is next
	idle  int            // how many of them had nothing to do, one after the other
}

// Parties returns all parties of the deal.
func (b *Robot) Parties() []model.Party {
	parties := []model.Party{model.PartnerOrg(b.Deal.Partner), us}
	for _, p := range b.Deal.Participants {
		parties = append(parties, p.Party)
	}
	return parties
}

// Open makes the deal ready for [Robot.Step].
func (b *Robot) Open() (err error) {
	b.times, b.queue, b.idle = map[string]int{}, b.Parties(), 0
	b.Asked, err = b.Rules.Case(b.Deal, b.Record)
	return err
}

// Play acts until the deal has ended and nobody has anything to do, or for so many steps. It returns why it got no
// further.
func (b *Robot) Play(steps int) (problem string) {
	if err := b.Open(); err != nil {
		return err.Error()
	}
	for len(b.Done) < steps {
		if over, problem := b.Step(); over || problem != "" {
			return problem
		}
	}
	return "the deal takes too many steps"
}

// Step lets the next party do its first action, or where nobody has one lets time pass until something is due. It is
// over where the deal has ended and nobody has anything to do; problem says why it gets no further.
func (b *Robot) Step() (over bool, problem string) {
	if b.Fate != nil && b.Blows < 2 && b.Fate.IntN(12) == 0 && b.suffer() {
		return false, ""
	}
	party := b.queue[0]
	b.queue = append(b.queue[1:], party)
	a := b.Asked.At(b.Now)
	next := a.For(party).Next
	i := slices.IndexFunc(next, func(a assess.Action) bool { return a.Do != nil })
	if i >= 0 && !b.Now.Before(b.Away[party]) {
		b.idle = 0
		problem = b.Act(party, &next[i])
		b.Now = b.Now.Add(time.Minute)
		return false, problem
	}
	if b.idle++; b.idle < len(b.queue) {
		return false, ""
	}
	all := a.Everything()
	due := nextDue(&all)
	for who, back := range b.Away {
		if !back.After(b.Now) { // maybe since its turn: it is asked once more
			delete(b.Away, who)
			back = b.Now
		}
		if due.IsZero() || back.Before(due) {
			due = back
		}
	}
	switch {
	case !due.IsZero():
		b.Now, b.idle = due, 0
		return false, ""
	case all.Progress.Status == stage.ClosedWon && len(all.Next) == 0:
		return true, ""
	}
	return false, "nobody has an action, and nothing is due"
}

// Act does an action for a party.
func (b *Robot) Act(party model.Party, a *assess.Action) (problem string) {
	step := fmt.Sprintf("%s %s: %s", b.Now.Format("02 Jan 15:04"), party.Org, a.Text())
	b.Done = append(b.Done, step)
	key := fmt.Sprint(party, a.Code, a.Object, a.Text(), a.Due, a.Do.BlockerEvent.Blocker) // a case may have several
	if b.times[key]++; b.times[key] > 2 {
		return "the same a third time"
	}
	answers := make([]string, len(a.Ask))
	for i, ask := range a.Ask {
		if ask.Says == "" || strings.ContainsAny(ask.Says, "_.") {
			return "asks without words at " + ask.Path
		}
		answers[i] = b.answer(ask)
		if a.Code == registration.Order && answers[i] == "approve" {
			answers[i] = "reject" // the claim of somebody else
		}
		if a.Do.Event.Of == stage.VerbReopen && answers[i] == "refuse" {
			answers[i] = "consent" // else the deal stays lost
		}
	}
	change, err := a.Fill(answers...)
	if err != nil {
		return err.Error()
	}
	return b.Take(change)
}

// Take tries a change, and adds it. A refusal is a problem.
func (b *Robot) Take(change deal.Change) (problem string) {
	outcome, err := b.Rules.Try(b.Deal, b.Record, change)
	if err != nil || !outcome.Accepted {
		text, _ := change.MarshalJSON()
		return fmt.Sprint("refused: ", err, outcome.Reasons, string(text))
	}
	if err := b.Asked.Add(change); err != nil {
		return err.Error()
	}
	b.Deal, b.Record = outcome.Deal, outcome.Record
	if change.Event.Verb == stage.VerbWin || change.Event.Of == stage.VerbWin {
		b.Won = len(b.Done)
	}
	if b.Took == nil {
		return ""
	}
	return b.Took(change)
}

// Forget lets the robot do again what it did, as after new facts.
func (b *Robot) Forget() { b.times, b.idle = map[string]int{}, 0 }

// suffer lets happen what no action asks for: a hold, a send-back, or a loss that is reopened later; nothing where the
// rules refuse it. It reports whether something happened.
func (b *Robot) suffer() bool {
	at := b.Now
	event := func(v stage.Verb) deal.Change {
		by := choose(b.Fate, model.Person{Name: b.rep(), Party: model.PartnerOrg(b.Deal.Partner)}, boActs)
		e := stage.Event{Verb: v, Move: stage.Move{By: by, At: at, Reason: "the budget is cut"}}
		if v == stage.VerbSendBack {
			e.To = choose(b.Fate, stage.Identification, stage.Discovery, stage.Evaluation)
		}
		return deal.Change{Event: e}
	}
	verbs := choose(b.Fate, []stage.Verb{stage.VerbHold}, []stage.Verb{stage.VerbSendBack},
		[]stage.Verb{stage.VerbLose, stage.VerbReopen})
	d, r := b.Deal, b.Record
	var changes []deal.Change
	for _, v := range verbs {
		change := event(v)
		outcome, err := b.Rules.Try(d, r, change)
		if err != nil || !outcome.Accepted {
			return false
		}
		d, r, changes = outcome.Deal, outcome.Record, append(changes, change)
		at = at.Add(time.Duration(1+b.Fate.IntN(30*24)) * time.Hour)
	}
	for _, change := range changes {
		if err := b.Asked.Add(change); err != nil {
			return false // the next question shows it
		}
		b.Now = change.Event.At.Add(time.Minute)
		b.Done = append(b.Done, fmt.Sprintf("%s %s: %s %s", change.Event.At.Format("02 Jan 15:04"),
			change.Event.By.Party.Side, change.Event.Verb, change.Event.To))
	}
	b.Deal, b.Record = d, r
	b.Forget()
	b.Blows++
	return true
}
