package timeline

import (
	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/value"
)

// InForce is what is in force on some days: the version, the correction where one
// applies, and the compiled policy. The zero value is nothing.
type InForce struct {
	Plan       *comp.Plan // prices with the policy in force
	Version    string     // the version's id
	Correction string     // the id of the correction that applies; empty: the version stands as it was
	From, To   value.Date // the first and last day, both included; a zero To: no end is known
	by         *Correction
}

// Reason says which version applies (comp.consistent) and, where it was corrected,
// by what, why and who approved it (comp.quarter_lock.correction). It is no reason
// for nothing.
func (f InForce) Reason() value.Reason {
	switch {
	case f.Plan == nil:
		return value.Reason{}
	case f.by == nil:
		return value.NewReason(Consistent, "version {version} is in force from {from} on",
			value.Op("version", f.Version), value.Op("from", f.From))
	default:
		return value.NewReason(Corrected, "version {version} is in force as corrected from {from} on by {correction}: {reason} (approved by {approver}, {at})",
			value.Op("version", f.Version), value.Op("from", f.From), value.Op("correction", f.Correction),
			value.Op("reason", f.by.Reason), value.Op("approver", f.by.Approved.By.Name), value.Op("at", f.by.Approved.At))
	}
}

// On returns what is in force on a day. An [Uncovered] error says that nothing is:
// the day is unset, before the first version, or after the end of the last one.
func (h History) On(d value.Date) (InForce, error) {
	at := h.begunBy(d) - 1
	if at < 0 || !h.spans[at].To.IsZero() && h.spans[at].To.Before(d) {
		return InForce{}, h.uncovered(d)
	}
	return h.spans[at], nil
}

// begunBy returns how many spans begin on d or before. It is written out because a
// search by a comparison function takes five times as long, half of what pricing a
// deal takes.
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
		want = "has no version; the first, " + value.Quote(h.spans[0].Version) + ", begins on " + h.spans[0].From.String()
	case len(h.spans) > 0:
		last := h.spans[len(h.spans)-1]
		want = "has no version; the last, " + value.Quote(last.Version) + ", ends on " + last.To.String()
	}
	return value.In("history", value.NewError(Uncovered, got, want))
}

// Deal is the dates of a deal.
type Deal struct {
	Closed     value.Date // when it was won; zero: open
	Registered value.Date // when it was registered; zero: it was not, or it is not known
}

// For returns what is in force for a deal: on its closing date, or its registration
// date where the terms say so (SPEC 5.4). An open deal without the date that
// decides has none: ask [History.On] for the day to project for. Errors: [DealDate]
// where the date is missing, and where the registration is after the closing: a
// version that begins on a day that is not closed would move such a deal.
// [Uncovered] where no version is in force on that day.
func (h History) For(d Deal) (InForce, error) {
	day, path := d.Closed, "deal.closed"
	want := "says when the deal was closed, which decides its version; for an open deal ask for the day to project for"
	if h.terms.DatedBy == ByRegistration {
		day, path = d.Registered, "deal.registered"
		want = "says when the deal was registered, which decides its version"
	}
	if !d.Closed.IsZero() && d.Closed.Before(d.Registered) {
		late := value.NewError(DealDate, d.Registered.String(), "is after the closing, "+d.Closed.String())
		return InForce{}, value.In("deal.registered", late)
	}
	if day.IsZero() {
		return InForce{}, value.In(path, value.NewError(DealDate, "nothing", want))
	}
	return h.On(day)
}
