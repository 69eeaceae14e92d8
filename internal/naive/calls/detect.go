package calls

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"time"

	"github.com/coselling/coselling/escalation"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// deal is one that people look at once an hour.
type deal struct {
	rules *escalation.Rules
	facts escalation.Facts
	now   time.Time
	cases map[escalation.BlockerKind]escalation.Case
	open  map[escalation.BlockerKind]bool
	ended map[escalation.BlockerKind]time.Time // the last case, where it was resolved
}

// Detect lives a deal in which people move, write, raise cases and resolve them, and asks at each step which blockers
// its facts show (esc.detect). It returns what differs; empty: nothing does.
func Detect(r *rand.Rand) (problem string) {
	rules, err := escalation.Compile(escalation.DefaultPolicy(), quiet())
	if err != nil {
		return err.Error()
	}
	d := deal{rules: rules, now: first.Add(9 * time.Hour), cases: map[escalation.BlockerKind]escalation.Case{},
		open: map[escalation.BlockerKind]bool{}, ended: map[escalation.BlockerKind]time.Time{}}
	d.facts = escalation.Facts{ID: "D-1", Size: model.Standard, Opened: d.now, ActiveSince: d.now, AmountAt: d.now,
		Amount: value.MustMoney([...]string{"249999.99 USD", "250000.00 USD", "900000.00 USD"}[r.IntN(3)])}
	for range 30 {
		if err := d.live(r); err != nil {
			return fmt.Sprintf("%v: %v", d.now, err)
		}
		if problem := d.look(); problem != "" {
			return problem
		}
		d.now = d.now.Add(time.Duration(1+r.IntN(1+r.IntN(200))) * time.Hour)
	}
	return ""
}

// quiet is a roster of people who are never away.
func quiet() (roster escalation.Roster) {
	for _, p := range []model.Party{acme, us} {
		roster.People = append(roster.People, escalation.Member{Name: p.Org + " all", Party: p,
			Functions: []escalation.Function{escalation.Manager, escalation.Executive, escalation.DealDesk,
				escalation.Legal}})
	}
	return roster
}

// live lets somebody do something. What a case was detected by goes on while it is open: its people end it.
func (d *deal) live(r *rand.Rand) (err error) {
	by := model.Person{Name: "bo", Party: us}
	kinds := []escalation.BlockerKind{escalation.DealStalled, escalation.ProspectDark, escalation.LargeDeal}
	kind := kinds[r.IntN(len(kinds))]
	switch n := r.IntN(10); {
	case n < 2 && !d.open[escalation.DealStalled]:
		d.facts.Progress = d.now
	case n < 4 && d.facts.Unanswered.IsZero():
		d.facts.Unanswered = d.now
	case n == 4 && !d.open[escalation.ProspectDark]:
		d.facts.Unanswered, d.facts.Answered = time.Time{}, d.now
	case n < 8 && d.open[kind]:
		d.cases[kind], err = d.rules.Resolve(d.cases[kind], d.facts, escalation.Event{By: by, At: d.now})
		d.open[kind], d.ended[kind] = false, d.now
	case n == 8 && r.IntN(4) == 0 && d.facts.ExecutivesAt.IsZero():
		d.facts.PartnerExecutive, d.facts.VendorExecutive, d.facts.ExecutivesAt = "eli", "fay", d.now
		if d.open[escalation.LargeDeal] {
			d.open[escalation.LargeDeal], d.ended[escalation.LargeDeal] = false, d.now
		}
	case n == 9 && d.cases[kind].IsZero() == (kind != escalation.LargeDeal) && d.facts.ExecutivesAt.IsZero():
		err = d.raise(escalation.Blocker{Deal: d.facts, Kind: kind, By: by, Raised: d.now})
	}
	return err
}

func (d *deal) raise(b escalation.Blocker) (err error) {
	d.cases[b.Kind], err = d.rules.Raise(d.cases[b.Kind], b)
	d.open[b.Kind] = true
	return err
}

// look compares what is detected, and lets what is detected be a case.
func (d *deal) look() (problem string) {
	var cases []escalation.Case
	for _, c := range d.cases {
		cases = append(cases, c)
	}
	found, err := d.rules.Detect(d.facts, cases, d.now)
	if err != nil {
		return err.Error()
	}
	var got []string
	for _, b := range found {
		got = append(got, fmt.Sprint(b.Kind, " since ", b.Raised))
	}
	if want := d.shown(); !slices.Equal(got, want) {
		return fmt.Sprintf("esc.detect: at %v %q is found, want %q, of %+v, resolved %v", d.now, got, want, d.facts,
			d.ended)
	}
	for _, b := range found {
		if err := d.raise(b); err != nil {
			return fmt.Sprintf("esc.detect: %s cannot be raised: %v", b.Kind, err)
		}
	}
	return ""
}

// shown says which blockers the facts show now, and since when.
func (d *deal) shown() (want []string) {
	f := &d.facts
	after := func(kind escalation.BlockerKind, days int, since ...time.Time) {
		last := d.ended[kind]
		for _, at := range since {
			if at.After(last) {
				last = at
			}
		}
		begins := last.AddDate(0, 0, days)
		if !d.open[kind] && !begins.After(d.now) {
			want = append(want, fmt.Sprint(kind, " since ", begins))
		}
	}
	after(escalation.DealStalled, 14, f.ActiveSince, f.Progress)
	_, once := d.cases[escalation.LargeDeal]
	if f.Amount.Minor() >= 250_000_00 && !once && f.ExecutivesAt.IsZero() {
		want = append(want, fmt.Sprint(escalation.LargeDeal, " since ", f.AmountAt))
	}
	if !f.Unanswered.IsZero() {
		after(escalation.ProspectDark, 10, f.Unanswered)
	}
	return want
}
