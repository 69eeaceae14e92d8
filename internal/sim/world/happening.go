package world

import (
	"fmt"
	"slices"
	"time"

	"github.com/coselling/coselling/comms"
	"github.com/coselling/coselling/deal"
	"github.com/coselling/coselling/escalation"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// talk adds to the log of the deal what one of the two sides did, which comes at once, twice, or later.
func (l *life) talk() {
	if len(l.Deal.People) == 0 {
		return
	}
	l.notes++
	sides := map[model.Side]string{}
	for _, p := range l.Deal.People {
		if !p.Prospect && (p.Party == us || p.Party.Org == l.Deal.Partner) && sides[p.Party.Side] == "" {
			sides[p.Party.Side] = p.Addresses[0]
		}
	}
	a := comms.Activity{ID: fmt.Sprint("t-", l.notes), At: l.Now.Add(-time.Duration(l.rand.IntN(50)) * time.Second),
		Side: pick(l.rand, model.Partner, model.Vendor)}
	a.From = sides[a.Side]
	a.Kind = pick(l.rand, comms.Mail, comms.Mail, comms.Call, comms.Meeting, comms.Question, comms.Note, comms.Quote)
	switch a.Kind {
	case comms.Mail, comms.Call, comms.Meeting:
		a.To, a.Subject = []string{"cat@" + l.Domain}, pick(l.rand, "Offer", "Trial", "Kickoff")
		if l.rand.IntN(2) == 0 {
			a.To = append(a.To, sides[a.Side.Other()])
		}
		if a.Kind == comms.Mail && l.rand.IntN(4) == 0 {
			a.From, a.To = "cat@"+l.Domain, []string{a.From}
		}
	case comms.Note:
		a.Shared, a.Subject = true, "Budget"
	case comms.Quote:
		a.Offer = comms.Offer{Item: "suite", Quantity: 1, Price: pick(l.rand, value.MustMoney("96000.00 USD"),
			value.MustMoney("92000.00 USD"))}
	}
	if l.rand.IntN(3) == 0 {
		l.late = append(l.late, a)
		return
	}
	l.learn(a)
	if l.rand.IntN(6) == 0 {
		l.fault("an activity that comes twice")
		l.learn(a)
	}
}

// tellLate gives what happened before, in any order.
func (l *life) tellLate() {
	if len(l.late) == 0 {
		return
	}
	n := l.rand.IntN(len(l.late))
	a := l.late[n]
	l.late = slices.Delete(l.late, n, n+1)
	l.fault("a fact that comes late")
	if n < len(l.late) {
		l.fault("facts that come in another order")
	}
	l.learn(a)
}

// learn adds an activity to the record. Answers as of its instant or later may be others now, and before a meeting that
// is planned as well.
func (l *life) learn(a comms.Activity) {
	if problem := l.Take(deal.Change{Activity: a}); problem != "" {
		l.wrong("the activity %s is %s", written(a), problem)
	}
	l.looks = slices.DeleteFunc(l.looks,
		func(v view) bool { return a.Kind == comms.Meeting || !v.asOf.Before(a.At) })
	l.Forget()
}

// block raises a blocker.
func (l *life) block() {
	sold := map[model.Side]bool{}
	for _, rep := range l.Deal.Team.Reps {
		sold[rep.Party.Side] = sold[rep.Party.Side] || rep.Party == us || rep.Party.Org == l.Deal.Partner
	}
	if len(sold) < 2 || !sold[model.Partner] {
		return // level 1 calls both lead reps
	}
	l.notes++
	b := deal.Blocker{ID: fmt.Sprint("b-", l.notes), Raised: l.Now, By: model.Person{Name: "bo", Party: us},
		Kind: pick(l.rand, escalation.Scheduling, escalation.ContractIssue, escalation.ProspectDark,
			escalation.TechnicalQuestion)}
	if problem := l.Take(deal.Change{Blocker: b}); problem != "" {
		l.wrong("the blocker %s is %s", written(b), problem)
	}
	l.looks = slices.DeleteFunc(l.looks, func(v view) bool { return !v.asOf.Before(b.Raised) })
	l.Forget()
}
