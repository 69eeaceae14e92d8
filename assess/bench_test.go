package assess_test

import (
	"fmt"
	"os"
	"runtime/debug"
	"slices"
	"testing"
	"time"

	"github.com/coselling/coselling/assess"
	"github.com/coselling/coselling/book"
	"github.com/coselling/coselling/comms"
	"github.com/coselling/coselling/deal"
	"github.com/coselling/coselling/escalation"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/registration/domains"
	"github.com/coselling/coselling/stage"
)

// typical is the deal of examples/assess: 33 tasks, 18 moves and 60 activities, of which
// some were forgotten. A heavier one has copies of its activities, days apart.
func typical(b testing.TB, activities int) (deal.Deal, deal.Record) {
	d, err := deal.Parse(example(b, "deal.json"))
	if err != nil {
		b.Fatal(err)
	}
	r, err := deal.ParseRecord(example(b, "record.json"))
	if err != nil {
		b.Fatal(err)
	}
	log := r.Activities
	r.Activities = nil
	for i := range activities {
		a := log[i%len(log)]
		if n := i / len(log); n > 0 {
			a.ID = fmt.Sprintf("%d-%s", n, a.ID)
			a.At = a.At.Add(time.Duration(n) * time.Minute)
			if !a.End.IsZero() {
				a.End = a.End.Add(time.Duration(n) * time.Minute)
			}
		}
		r.Activities = append(r.Activities, a)
	}
	return d, r
}

func example(b testing.TB, name string) []byte {
	text, err := os.ReadFile("../examples/assess/" + name)
	if err != nil {
		b.Fatal(err)
	}
	return text
}

// sampleRules are the default book with the roster of examples/assess.
func sampleRules(b testing.TB) *assess.Rules {
	r, err := escalation.ParseRoster(example(b, "roster.json"))
	if err != nil {
		b.Fatal(err)
	}
	rules, err := assess.Compile(book.Default(),
		assess.Host{Rosters: []escalation.Roster{r}, Registrable: domains.Registrable})
	if err != nil {
		b.Fatal(err)
	}
	return rules
}

// mostAllocations of an assessment of the sample: 1,007, and ten for pools that a garbage collection empties.
const mostAllocations = 1017

// raceAllocations is how many more there may be under the race detector, whose pools forget at random; else zero.
func raceAllocations() float64 {
	info, ok := debug.ReadBuildInfo()
	if ok && slices.Contains(info.Settings, debug.BuildSetting{Key: "-race", Value: "true"}) {
		return 100
	}
	return 0
}

func TestAssessmentsAreCheap(t *testing.T) {
	rules := sampleRules(t)
	d, r := typical(t, 60)
	asOf := time.Date(2026, time.November, 2, 9, 0, 0, 0, time.UTC)
	n := testing.AllocsPerRun(20, func() {
		if _, err := rules.Assess(d, r, asOf); err != nil {
			t.Fatal(err)
		}
	})
	if n > mostAllocations+raceAllocations() {
		t.Errorf("an assessment takes %v allocations, want at most %d", n, mostAllocations)
	}
	t.Log(n)
}

// mostAgain allocations take a question that a case is asked at another instant, on a day on which the end of the
// registration is near, so that the extension is judged.
const mostAgain = 225

func TestAskingACaseAgainIsCheap(t *testing.T) {
	d, r := typical(t, 60)
	c, err := sampleRules(t).Case(d, r)
	if err != nil {
		t.Fatal(err)
	}
	asOf := time.Date(2026, time.November, 2, 9, 0, 0, 0, time.UTC)
	n := testing.AllocsPerRun(20, func() {
		asOf = asOf.Add(time.Minute)
		c.At(asOf)
	})
	if n > mostAgain+raceAllocations() {
		t.Errorf("asking again takes %v allocations, want at most %d", n, mostAgain)
	}
	t.Log(n)
}

// An assessment with the view of one side, of a typical deal and of a heavy one, and what
// each part takes of it, as shares within one run.
//
//	go test ./assess -run xxx -bench Assess
func BenchmarkAssess(b *testing.B) {
	e := sampleRules(b)
	asOf := time.Date(2026, time.November, 2, 9, 0, 0, 0, time.UTC)
	vendor := model.VendorOrg("vendor")
	for _, n := range []int{60, 10_000} {
		d, record := typical(b, n)
		b.Run(fmt.Sprintf("activities=%d", n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				a, err := e.Assess(d, record, asOf)
				if err != nil {
					b.Fatal(err)
				}
				if v := a.For(vendor); len(v.Next) == 0 {
					b.Fatal("nothing to do")
				}
			}
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "deals/s")
		})
	}
}

// A deal asked cold, a case of it asked again a minute later, and asked after one more activity, as
// times within one run.
//
//	go test ./assess -run xxx -bench Case
func BenchmarkCase(b *testing.B) {
	e := sampleRules(b)
	asOf := time.Date(2026, time.November, 2, 9, 0, 0, 0, time.UTC)
	for _, n := range []int{60, 1000, 10_000} {
		d, record := typical(b, n)
		open := func(b *testing.B) *assess.Case {
			c, err := e.Case(d, record)
			if err != nil {
				b.Fatal(err)
			}
			b.ReportAllocs()
			return c
		}
		b.Run(fmt.Sprintf("cold/activities=%d", n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := e.Assess(d, record, asOf); err != nil {
					b.Fatal(err)
				}
			}
		})
		b.Run(fmt.Sprintf("again/activities=%d", n), func(b *testing.B) {
			c, at := open(b), asOf
			for b.Loop() {
				at = at.Add(time.Minute)
				c.At(at)
			}
		})
		b.Run(fmt.Sprintf("add/activities=%d", n), func(b *testing.B) {
			c, at := open(b), asOf
			for i := 0; b.Loop(); i++ {
				at = at.Add(time.Second)
				err := c.Add(deal.Change{Activity: comms.Activity{ID: fmt.Sprint("n-", i), Kind: comms.Note, At: at,
					Side: model.Vendor}})
				if err != nil {
					b.Fatal(err)
				}
				c.At(at)
			}
		})
	}
}

func BenchmarkCompile(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, err := assess.Compile(book.Default(), assess.Host{}); err != nil {
			b.Fatal(err)
		}
	}
}

// An assessment of ten times the events, claims of one account, blockers or holds, as times within one run: ten times as many
// take at most fifteen times the time.
//
//	go test ./assess -run xxx -bench TenTimes
func BenchmarkTenTimes(b *testing.B) {
	e := sampleRules(b)
	asOf := time.Date(2026, time.November, 2, 9, 0, 0, 0, time.UTC)
	for _, more := range []struct {
		what string
		n    int
		add  func(d *deal.Deal, r *deal.Record, i int)
	}{
		{"events", 90, addEvent}, {"claims", 20, addClaim}, {"blockers", 40, addBlocker}, {"holds", 400, addHold},
	} {
		for _, times := range []int{1, 10} {
			d, record := typical(b, 60)
			for i := range more.n * times {
				more.add(&d, &record, i)
			}
			b.Run(fmt.Sprintf("%s=%d", more.what, more.n*times), func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					if _, err := e.Assess(d, record, asOf); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}

// addEvent ticks the sync of a week, or withdraws and sends a proposal.
func addEvent(_ *deal.Deal, r *deal.Record, i int) {
	last := r.Events[len(r.Events)-1]
	e := stage.Event{Verb: stage.VerbDone, Task: stage.WeeklySync}
	e.By, e.At = last.By, time.Date(2026, time.October, 16, 0, i, 0, 0, time.UTC)
	r.Events = append(r.Events, e)
	r.Facts = append(r.Facts, stage.Fact{Kind: stage.CRMUpdated, Side: model.Vendor, At: e.At.Add(time.Second),
		By: fmt.Sprint("bo ", i)})
}

// addHold puts the deal on hold and resumes it.
func addHold(_ *deal.Deal, r *deal.Record, i int) {
	for j, verb := range [...]stage.Verb{stage.VerbHold, stage.VerbResume} {
		at := time.Date(2026, time.October, 16, 0, 0, 2*i+j, 0, time.UTC)
		by := model.Person{Name: "bo", Party: model.VendorOrg("vendor")}
		reason := map[stage.Verb]string{stage.VerbHold: "no budget"}[verb]
		r.Events = append(r.Events, stage.Event{Verb: verb, Move: stage.Move{By: by, At: at, Reason: reason}})
	}
}

// addClaim files a claim of another partner on the account.
func addClaim(d *deal.Deal, r *deal.Record, i int) {
	claim := r.Claims[0]
	claim.ID, claim.Claimant = fmt.Sprint("CL-x", i), model.PartnerOrg(fmt.Sprint("partner ", i))
	claim.Submitted, claim.Events = claim.Submitted.Add(time.Duration(i+1)*time.Minute), nil
	r.Claims = append(r.Claims, claim)
	if i%2 == 0 {
		d.Registrations = append(d.Registrations, claim.ID)
	}
}

// addBlocker raises a blocker, acknowledges and resolves it.
func addBlocker(_ *deal.Deal, r *deal.Record, i int) {
	kinds := []escalation.BlockerKind{escalation.Scheduling, escalation.DealStalled, escalation.ProspectDark,
		escalation.SideSilent}
	at := time.Date(2026, time.September, 10, 0, 20*i, 0, 0, time.UTC)
	bo := model.Person{Name: "bo", Party: model.VendorOrg("vendor")}
	r.Blockers = append(r.Blockers, deal.Blocker{ID: fmt.Sprint("B-x", i), Kind: kinds[i%len(kinds)], By: bo, Raised: at,
		Acknowledged: []escalation.Event{{By: bo, At: at.Add(time.Minute)}},
		Resolved:     escalation.Event{By: bo, At: at.Add(5 * time.Minute)}})
}
