package assess_test

import (
	"cmp"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/coselling/coselling/assess"
	"github.com/coselling/coselling/deal"
	"github.com/coselling/coselling/internal/robot"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/registration"
	"github.com/coselling/coselling/registration/matching"
	"github.com/coselling/coselling/stage"
	"github.com/coselling/coselling/value"
)

// act is one thing that somebody may do in a stage of a small deal.
type act struct {
	in     stage.Stage
	change func(at time.Time) deal.Change
}

// small deals pass these stages.
var smallStages = []stage.Stage{stage.Identification, stage.Discovery, stage.Proposal, stage.Close}

// search finds the fewest acts that win a small deal, by trying sets of them.
type search struct {
	rules  *assess.Rules
	deal   deal.Deal
	record deal.Record
	acts   []act
}

// newSearch lists what the two sides may do on a deal under a model: the claim and the decision on it, each task, each
// fact.
func newSearch(b *robot.Robot, e model.Engagement) *search {
	s := &search{rules: b.Rules, deal: b.Deal, record: b.Record}
	add := func(in stage.Stage, change func(at time.Time) deal.Change) { s.acts = append(s.acts, act{in, change}) }
	by := map[model.Side]model.Person{model.Partner: anaActs, model.Vendor: boActs}
	if b.Deal.Opening.Engagement == 0 {
		add(stage.Identification, func(at time.Time) deal.Change {
			return deal.Change{Event: stage.Event{Verb: stage.VerbSetModel, Engagement: e,
				Move: stage.Move{By: boActs, At: at}}}
		})
	}
	claim := registration.Claim{ID: "N-1", Claimant: by[max(e.Leader(), model.Partner)].Party, Filing: registration.Filing{
		Key: "n", By: "ana", Account: matching.Account{Domains: []string{"calder-rail.com"}}}}
	if e == model.TrueCoSell {
		claim.Filing.With = us // whose approval confirms it
	}
	add(stage.Identification, func(at time.Time) deal.Change {
		claim.Submitted = at
		return deal.Change{Claim: claim}
	})
	for _, id := range append([]string{claim.ID}, b.Deal.Registrations...) {
		add(stage.Identification, func(at time.Time) deal.Change {
			return deal.Change{ClaimEvent: deal.ClaimEvent{Claim: id, Event: registration.Event{Do: registration.Approve,
				By: model.Person{Name: "olga", Party: us}, At: at}}}
		})
	}
	for _, p := range ourBook().Stage.Playbooks {
		if p.Engagement != e || p.Size != model.Simplified {
			continue
		}
		for _, step := range p.Steps {
			for _, task := range step.Tasks {
				if task.Kind != stage.Required || task.Fact != "" { // which a fact ticks
					continue
				}
				people := []model.Person{anaActs, boActs}
				switch task.Owner {
				case stage.ByVendor:
					people = people[1:]
				case stage.ByPartner, stage.Jointly: // of which one tick is enough
					people = people[:1]
				}
				for _, person := range people {
					add(step.Stage, func(at time.Time) deal.Change {
						return deal.Change{Event: stage.Event{Verb: stage.VerbDone, Task: task.ID,
							Move: stage.Move{By: person, At: at}}}
					})
				}
			}
		}
	}
	for _, f := range []struct {
		in   stage.Stage
		fact stage.Fact
	}{
		{stage.Identification, stage.Fact{Kind: stage.SupportConfirmed, Side: model.Partner}},
		{stage.Identification, stage.Fact{Kind: stage.SupportConfirmed, Side: model.Vendor}},
		{stage.Discovery, stage.Fact{Kind: stage.PartnerEngaged}},
		{stage.Proposal, stage.Fact{Kind: stage.ProposalSent, Proposal: "P", Revision: 1}},
		{stage.Proposal, stage.Fact{Kind: stage.PricingApproved, Side: model.Partner, Proposal: "P", Revision: 1}},
		{stage.Proposal, stage.Fact{Kind: stage.PricingApproved, Side: model.Vendor, Proposal: "P", Revision: 1}},
		{stage.Close, stage.Fact{Kind: stage.ContractsExecuted}},
		{stage.Close, stage.Fact{Kind: stage.CRMUpdated, Side: model.Partner}},
		{stage.Close, stage.Fact{Kind: stage.CRMUpdated, Side: model.Vendor}},
	} {
		add(f.in, func(at time.Time) deal.Change {
			f.fact.At = at
			return deal.Change{Facts: []stage.Fact{f.fact}}
		})
	}
	return s
}

// wins reports whether a set of acts, each in its stage, and the moves win the deal under a model.
func (s *search) wins(t *testing.T, e model.Engagement, at time.Time, set []bool) bool {
	t.Helper()
	d, r := s.deal, s.record
	add := func(c deal.Change) {
		at = at.Add(time.Minute)
		nextDeal, next, err := c.Apply(d, r)
		if err == nil {
			d, r = nextDeal, next
		}
	}
	for i, in := range smallStages {
		for j, a := range s.acts {
			if set[j] && a.in == in {
				add(a.change(at))
			}
		}
		move := stage.Event{Verb: stage.VerbWin}
		if i+1 < len(smallStages) {
			move = stage.Event{Verb: stage.VerbAdvance, Move: stage.Move{To: smallStages[i+1]}}
		}
		move.By, move.At = anaActs, at
		if e.Leader() == model.Vendor {
			move.By = boActs
		}
		if e.Leader() == 0 {
			move.Consents = []model.Consent{{By: boActs, At: at}}
		}
		add(deal.Change{Event: move})
	}
	a, err := s.rules.Assess(d, r, at)
	if err != nil {
		t.Fatal(err)
	}
	return a.Everything().Progress.Status == stage.ClosedWon
}

// fewest returns the size of the smallest set of acts that wins: those without which nothing wins, and at most three
// others. It is 0 where there is none.
func (s *search) fewest(t *testing.T, e model.Engagement, at time.Time) int {
	t.Helper()
	all, needed := make([]bool, len(s.acts)), make([]bool, len(s.acts))
	for i := range all {
		all[i] = true
	}
	if !s.wins(t, e, at, all) {
		return 0
	}
	var others []int
	count := 0
	for i := range all {
		all[i] = false
		if needed[i] = !s.wins(t, e, at, all); needed[i] {
			count++
		} else {
			others = append(others, i)
		}
		all[i] = true
	}
	for more := range 4 {
		if s.with(t, e, at, needed, others, more) {
			return count + more
		}
	}
	return 0
}

// with reports whether a set wins with so many others.
func (s *search) with(t *testing.T, e model.Engagement, at time.Time, set []bool, others []int, more int) bool {
	t.Helper()
	if more == 0 {
		return s.wins(t, e, at, set)
	}
	for i, j := range others {
		set[j] = true
		won := s.with(t, e, at, set, others[i+1:], more-1)
		set[j] = false
		if won {
			return true
		}
	}
	return false
}

// next.closure: on a small deal each side's first action, over and over, takes at most 1.2 times the fewest steps.
func TestSmallDealsAreWonInFewSteps(t *testing.T) {
	rules := engine(t)
	for n := range uint64(24) {
		r := rand.New(rand.NewPCG(n, 23))
		b := &robot.Robot{Rand: r, Rules: rules, Now: day1.Add(9 * time.Hour), Domain: robot.Calder().Domain, No: 1}
		b.Deal = deal.Deal{ID: "D-1", Account: "Calder Rail", Partner: "acme", Vendor: "us",
			Amount: value.MustMoney("20000.00 USD"),
			Team:   model.Team{Reps: []model.Rep{{ID: "ana", Party: acme}, {ID: "bo", Party: us}}}}
		b.Deal.Opening.Day = value.MustDate("2026-11-02")
		b.Deal.Opening.Engagement = []model.Engagement{0, model.PartnerLed, model.VendorLed, model.TrueCoSell}[r.IntN(4)]
		b.Deal.Signals.Source = []model.Source{model.FromPartner, model.FromVendor, model.FromBoth}[r.IntN(3)]
		b.Register()
		start := *b
		if problem := b.Play(mostSteps); problem != "" {
			t.Fatalf("deal %d: %s: %v", n, problem, b.Done)
		}
		e := cmp.Or(b.Deal.Opening.Engagement, b.Asked.At(b.Now).Everything().Model.Set)
		s := newSearch(&start, e)
		fewest := s.fewest(t, e, start.Now)
		moves := len(smallStages)
		if e == model.TrueCoSell {
			moves *= 2 // each with the other side's consent
		}
		if steps := b.Won; fewest == 0 || 5*steps > 6*(fewest+moves) {
			t.Errorf("next.closure: deal %d, %s: %d steps, and %d would do: %v", n, e, steps, fewest+moves, b.Done)
		}
	}
}
