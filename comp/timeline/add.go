package timeline

import (
	"slices"

	"github.com/coselling/coselling/value"
)

// Decision is the outcome of [History.Add].
type Decision struct {
	History   History        // with the version; unchanged where the version is refused
	Refused   []value.Reason // all reasons why the version is refused; nil where it was added
	NextLegal value.Date     // the first later day on which v, without an end, would be added; zero if there is none
}

// Add adds a version and keeps nothing of v. The version in force on v.From then ends on the day before; one with a
// To is not cut (history.overlap). closed is the last day whose deals the host has closed for good; zero if no day
// is closed.
//
// A version is refused, which is a decision and no error, if it comes after the first and begins inside a fiscal
// quarter ([QuarterLock]); if v.From is on or before closed and a version is in force on it ([ClosedFixed]); if the
// version that would end was corrected from a later day on (correction.range). The reasons come in this order.
//
// Errors, all at once, with paths such as history.version.from: history.id, history.date, history.same_date,
// history.gap, history.overlap, [QuarterLock] for an end inside a quarter, history.fiscal_year for rates of another
// year, and those of [comp.Compile]; alone, [VersionsMissing] for a history that has none or is full.
func (h History) Add(v Version, closed value.Date) (Decision, error) {
	unchanged := Decision{History: h}
	if len(h.versions) == 0 {
		none := value.NewError(VersionsMissing, "0 versions", "are in this history; it has no terms for a version")
		return unchanged, value.Below("history.versions", none)
	}
	d := h.with(version{Version: v.clone()})
	d.check()
	var refused []forbidden
	for _, f := range d.locked() {
		if f.reason != "" {
			refused = append(refused, f)
		} else {
			d.add(f.path, f.err)
		}
	}
	next, err := d.history()
	if err != nil {
		return unchanged, value.Below("history", err)
	}
	if h.fixed(v.From, closed) {
		refused = append(refused, forbidden{
			"version.from", &value.Error{Code: ClosedFixed},
			"{day} is not after {closed}, up to which deals are closed",
			[]value.Operand{value.Op("day", v.From), value.Op("closed", closed)},
		})
	}
	refused = append(refused, d.stray()...)
	if len(refused) == 0 {
		return Decision{History: next}, nil
	}
	unchanged.NextLegal = h.nextLegal(d.versions[d.added], closed)
	unchanged.Refused = reasons(refused, unchanged.NextLegal)
	return unchanged, nil
}

// with returns a draft of h and one more version, behind those that begin on the same day or before.
func (h History) with(v version) *draft {
	at, _ := slices.BinarySearchFunc(h.versions, v.From, func(v version, d value.Date) int {
		if v.From.After(d) {
			return 1
		}
		return -1
	})
	h.versions = slices.Insert(slices.Clone(h.versions), at, v)
	return &draft{History: h, added: at, recorded: none}
}

// fixed reports whether a version from a day on would change the version of a closed day.
func (h History) fixed(from, closed value.Date) bool {
	_, err := h.On(from)
	return err == nil && !from.After(closed)
}

// nextLegal returns the first day after v.From on which v, without an end, would be added; zero if there is none.
func (h History) nextLegal(v version, closed value.Date) value.Date {
	v.To = value.Date{}
	for _, first := range h.quartersAfter(v.From, closed) {
		v.From = first
		if h.fixed(first, closed) {
			continue
		}
		d := h.with(v)
		if d.check(); len(d.problems) == 0 && len(d.locked()) == 0 && len(d.stray()) == 0 {
			return first
		}
	}
	return value.Date{}
}

// quartersAfter returns the first day of each quarter after a change; refusals change on these days only.
func (h History) quartersAfter(day, closed value.Date) []value.Date {
	changes := []value.Date{day, closed}
	for _, v := range h.versions {
		changes = append(changes, v.From, v.To)
	}
	for _, c := range h.corrections {
		changes = append(changes, c.From)
	}
	var firsts []value.Date
	for _, change := range changes {
		if first := h.terms.FiscalYear.Quarter(change).Next().First(); first.After(day) {
			firsts = append(firsts, first)
		}
	}
	slices.SortFunc(firsts, value.Date.Compare)
	return slices.Compact(firsts)
}
