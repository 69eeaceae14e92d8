package assess_test

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/coselling/coselling/assess"
	"github.com/coselling/coselling/deal"
	"github.com/coselling/coselling/internal/robot"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/stage"
	"github.com/coselling/coselling/value"
)

// playWithout plays the first actions of all but a party that has vanished until the deal is in discovery, for two months
// at most.
func playWithout(b *robot.Robot, gone model.Party) (problem string) {
	if err := b.Open(); err != nil {
		return err.Error()
	}
	b.No = 1 // nobody says no
	parties := slices.DeleteFunc([]model.Party{us, acme, integra}, func(p model.Party) bool { return p == gone })
	for end := b.Now.AddDate(0, 2, 0); b.Now.Before(end); {
		acted := false
		for _, party := range parties {
			a := b.Asked.At(b.Now)
			if a.Everything().Progress.Stage == stage.Discovery {
				return ""
			}
			next := a.For(party).Next
			if i := slices.IndexFunc(next, func(a assess.Action) bool { return a.Do != nil }); i >= 0 {
				if problem := b.Act(party, &next[i]); problem != "" {
					return problem
				}
				acted, b.Now = true, b.Now.Add(time.Minute)
			}
		}
		if !acted {
			b.Now = b.Now.AddDate(0, 0, 1)
		}
	}
	return "the deal stands where it stood"
}

// party.lead, stage.consent, gate.registered, gate.support_confirmed: who vanishes never blocks a deal for ever, in
// whichever role it does. Where the lead or a confirmer has vanished, the vendor's rep takes one decision, another lead
// or the participant's last day; first actions do the rest.
func TestWhoVanishesNeverBlocksADeal(t *testing.T) {
	setLead := deal.Change{Event: stage.Event{Verb: stage.VerbSetLead, Lead: integra,
		Move: stage.Move{By: boActs, At: november(4, 9), Reason: "acme is silent"}}}
	for _, c := range []struct {
		role   string
		gone   model.Party
		change func(*deal.Deal, *deal.Record)
		decide func(deal.Deal) deal.Change // nil: first actions suffice
		did    []string                    // by the others, among other things
	}{
		{"lead", acme, nil, func(deal.Deal) deal.Change { return setLead },
			[]string{"have a manager consent to making integra the partner that leads", "move the deal on"}},
		{"registrant", integra, func(_ *deal.Deal, r *deal.Record) {
			c := &r.Claims[0]
			c.Claimant, c.Filing.By, c.Submitted = integra, "ida", c.Submitted.AddDate(0, 0, -130)
			c.Events[0].At = c.Submitted
			r.Facts = []stage.Fact{{Kind: stage.SupportConfirmed, Side: model.Partner, Org: "integra",
				At: november(3, 9)}}
		}, nil, []string{"register the deal", "decide on the registration", "move the deal on to discovery"}},
		{"consenter", acme, func(d *deal.Deal, r *deal.Record) {
			d.Opening.Engagement, r.Claims[0].Filing.With = model.TrueCoSell, us
			r.Facts = []stage.Fact{{Kind: stage.SupportConfirmed, Side: model.Partner, At: november(3, 9)}}
		}, nil, []string{"move the deal on to discovery", "have a manager consent to moving the deal on to discovery"}},
		{"confirmer", integra, nil, func(d deal.Deal) deal.Change {
			d.Participants = slices.Clone(d.Participants)
			d.Participants[0].Until = value.MustDate("2026-11-03")
			return deal.Change{Edit: deal.Edit{Deal: deal.Deal{Participants: d.Participants}}}
		}, []string{"confirm capacity", "move the deal on to discovery"}},
	} {
		d, r := small()
		d.Amount, d.Opening.Size = value.MustMoney("96000.00 USD"), model.Standard
		d.Participants = []deal.Participant{{Party: integra, Function: model.Integration}}
		d.Team.Reps = append(d.Team.Reps, model.Rep{ID: "ida", Party: integra})
		r.Events, r.Facts, r.Activities = nil, nil, nil
		if c.change != nil {
			c.change(&d, &r)
		}
		b := &robot.Robot{Rand: rand.New(rand.NewPCG(1, 1)), Rules: engine(t), Domain: robot.Calder().Domain, Deal: d, Record: r, Now: november(4, 10)}
		if c.decide != nil {
			if problem := playWithout(b, c.gone); problem == "" {
				t.Errorf("%s: the deal goes on without the decision\n%s", c.role, strings.Join(b.Done, "\n"))
			}
			b.Deal, b.Record, b.Now, b.Done = d, r, november(4, 10), nil
			outcome, err := b.Rules.Try(d, r, c.decide(d))
			if err != nil || !outcome.Accepted {
				t.Errorf("%s: %v, %v", c.role, err, outcome.Reasons)
			}
			b.Deal, b.Record = outcome.Deal, outcome.Record
		}
		problem, did := playWithout(b, c.gone), strings.Join(b.Done, "\n")
		if problem != "" {
			t.Errorf("%s: %s\n%s", c.role, problem, did)
		}
		for rest, i := did, 0; i < len(c.did); i++ {
			_, after, found := strings.Cut(rest, c.did[i])
			if !found {
				t.Errorf("%s: nobody does this: %s\n%s", c.role, c.did[i], did)
			}
			rest = after
		}
	}
}
