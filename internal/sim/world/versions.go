package world

import (
	"fmt"
	"slices"
	"time"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/comp/timeline"
	"github.com/coselling/coselling/value"
)

// versions plays a policy over time: a version begins with a fiscal quarter, after the days that are closed for good,
// and every deal is paid by the version of the day on which it was won, whenever the ledger hears of it
// (comp.quarter_lock, comp.closed_fixed, comp.consistent, ledger.closed).
func (w *world) versions() {
	first := timeline.Version{ID: "V0", From: value.MustDate("2025-11-17"), Policy: w.flatPolicy()}
	terms := timeline.DefaultTerms()
	terms.FiscalYear.Start = time.Month(1 + w.rand.IntN(12))
	h, err := timeline.New(terms, first)
	if err != nil {
		w.wrong("comp.consistent: %v", err)
		return
	}
	list := []timeline.Version{first}
	for n := range 6 {
		v := timeline.Version{ID: fmt.Sprint("V", n+1), From: anyDay(w, 30), Policy: w.flatPolicy()}
		if w.chance(2) {
			v.From = monthAfter(v.From)
		}
		closed := anyDay(w, -60)
		last := list[len(list)-1].From
		if !v.From.After(last) {
			continue
		}
		_, month, day := v.From.YMD()
		want := day == 1 && (int(month)-int(terms.FiscalYear.Start)+12)%3 == 0 && v.From.After(closed)
		d, err := h.Add(v, closed)
		if err != nil || (len(d.Refused) == 0) != want {
			w.wrong("comp.quarter_lock: a version from %s, of a year from %s, closed to %s, after %s, is refused: %v, "+
				"want it taken: %t, %v", v.From, terms.FiscalYear.Start, closed, last, d.Refused, want, err)
			return
		}
		if want {
			h, list = d.History, append(list, v)
		}
	}
	w.paidByDay(h, list)
}

// flatPolicy draws a policy without rate tables.
func (w *world) flatPolicy() comp.Policy {
	p := anyPolicy(w.rand)
	p.Rates = comp.RateTerms{}
	return p
}

// anyDay draws a day of the year from some days after 2025-12-20 on.
func anyDay(w *world, from int) value.Date {
	day, _ := value.MustDate("2025-12-20").AddDays(from + w.rand.IntN(365))
	return day
}

// monthAfter returns the first day of the next month.
func monthAfter(day value.Date) value.Date {
	year, month, _ := day.YMD()
	first, _ := value.DateOf(time.Date(year, month+1, 1, 0, 0, 0, 0, time.UTC), time.UTC)
	return first
}

// paidByDay books deals in any order, and closes quarters between them.
func (w *world) paidByDay(h timeline.History, list []timeline.Version) {
	ledger, err := comp.NewLedger(h.Plan)
	if err != nil {
		w.wrong("a ledger: %v", err)
		return
	}
	var deals []comp.Booking
	late := map[string]value.Date{} // the day after the quarters that were closed before a deal came
	stands := map[comp.LineID]bool{}
	next, closed := value.MustDate("2026-01-01"), false
	for n := range 2 + w.rand.IntN(10) {
		if w.chance(4) {
			year, month, _ := next.YMD()
			next, _ = value.DateOf(time.Date(year, month+3, 1, 0, 0, 0, 0, time.UTC), time.UTC)
			through, _ := next.AddDays(-1)
			if err := closeLedger(ledger, through, stands); err != nil {
				w.wrong("ledger.closed: the quarter to %s does not close: %v", through, err)
				return
			}
			closed = true
			w.Rules["quarters closed before a deal came"]++
		}
		b := anyBooking(w.rand, named("D", n), anyDay(w, 0))
		for i := range b.Payees {
			b.Payees[i].Table, b.Payees[i].Rate = "", anyPercent(w.rand)
		}
		if err := ledger.Add([]comp.Booking{b}, nil); err != nil {
			w.wrong("the ledger refuses %s: %v", written(b), err)
			return
		}
		if deals = append(deals, b); b.Closed.Before(next) && closed {
			late[b.ID] = next
		}
	}
	for _, s := range statements(ledger) {
		i := slices.IndexFunc(deals, func(b comp.Booking) bool { return b.ID == s.Booking })
		b, policy := deals[i], policyOn(list, deals[i].Closed)
		w.bill(policy, b, &s)
		day := b.Closed
		if !late[b.ID].IsZero() {
			w.Rules["a late deal"]++
			day = late[b.ID]
		}
		if s.Date != day {
			w.wrong("ledger.closed: %s, won on %s, is paid on %s, want %s", b.ID, b.Closed, s.Date, day)
		}
	}
}
