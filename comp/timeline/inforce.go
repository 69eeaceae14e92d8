package timeline

import (
	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/value"
)

// InForce holds the policy that is in force on some days. The zero value holds none.
type InForce struct {
	Plan       *comp.Plan // prices with the policy in force
	Version    string     // the version's id
	Correction string     // the id of the correction that applies; empty where the version was not corrected
	From, To   value.Date // the first and the last day, both included; To is zero where there is no end yet
	by         *Correction
}

// Reason names the version that applies (comp.consistent) and, where it was corrected, the correction, its reason
// and its approver (comp.quarter_lock.correction). It is zero for the zero InForce.
func (f InForce) Reason() value.Reason {
	switch {
	case f.Plan == nil:
		return value.Reason{}
	case f.by == nil:
		return value.NewReason("comp.consistent", "version {version} is in force from {from} on",
			value.Op("version", f.Version), value.Op("from", f.From))
	default:
		const sentence = "version {version} is in force as corrected from {from} on by {correction}: " +
			"{reason} (approved by {approver}, {at})"
		return value.NewReason(Corrected, sentence,
			value.Op("version", f.Version), value.Op("from", f.From), value.Op("correction", f.Correction),
			value.Op("reason", f.by.Reason), value.Op("approver", f.by.Approved.By.Name),
			value.Op("at", f.by.Approved.At))
	}
}

// On returns the policy in force on a day. A day without a version, and the unset day, is an [Uncovered] error at
// history.
func (h History) On(d value.Date) (InForce, error) {
	at := h.begunBy(d) - 1
	if at < 0 || !h.spans[at].To.IsZero() && h.spans[at].To.Before(d) {
		return InForce{}, h.uncovered(d)
	}
	return h.spans[at], nil
}

// Plan returns the plan in force on a day, as [comp.NewLedger] takes it; errors are those of [History.On].
func (h History) Plan(d value.Date) (*comp.Plan, error) {
	inForce, err := h.On(d)
	return inForce.Plan, err
}

// begunBy counts the spans that begin on d or before. A comparison function would take five times as long.
func (h *History) begunBy(d value.Date) int {
	low, high := 0, len(h.starts)
	for low < high {
		middle := int(uint(low+high) / 2)
		if h.starts[middle].After(d) {
			high = middle
		} else {
			low = middle + 1
		}
	}
	return low
}

func (h History) uncovered(d value.Date) error {
	got, want := d.String(), "has no version; the history is empty"
	switch {
	case d.IsZero():
		got, want = "no day", "has a version; give the day"
	case len(h.spans) > 0 && d.Before(h.spans[0].From):
		first := h.spans[0]
		want = "has no version; the first, " + value.Quote(first.Version) + ", begins on " + first.From.String()
	case len(h.spans) > 0:
		last := h.spans[len(h.spans)-1]
		want = "has no version; the last, " + value.Quote(last.Version) + ", ends on " + last.To.String()
	}
	return value.Below("history", value.NewError(Uncovered, got, want))
}

// Dates holds the dates of a deal.
type Dates struct {
	Closed     value.Date // the day it was won; zero for an open deal
	Registered value.Date // the day it was registered; zero where it was not, or the day is not known
}

// For returns the policy in force for a deal: on its closing date, or its registration date where the terms say
// so (comp.consistent). For an open deal ask [History.On] for the day of the projection. One error: [DealDate]
// at deal.closed or deal.registered if the deciding date is missing; [DealDate] at deal.registered if
// registration is after closing, under either terms, because a later version could then change a closed deal;
// else [Uncovered] at history.
func (h History) For(d Dates) (InForce, error) {
	day, path := d.Closed, "deal.closed"
	want := "says when the deal was closed, which decides its version; for an open deal ask for the day to project for"
	if h.terms.DatedBy == ByRegistration {
		day, path = d.Registered, "deal.registered"
		want = "says when the deal was registered, which decides its version"
	}
	if !d.Closed.IsZero() && d.Closed.Before(d.Registered) {
		late := value.NewError(DealDate, d.Registered.String(), "is after the closing, "+d.Closed.String())
		return InForce{}, value.Below("deal.registered", late)
	}
	if day.IsZero() {
		return InForce{}, value.Below(path, value.NewError(DealDate, "nothing", want))
	}
	return h.On(day)
}
