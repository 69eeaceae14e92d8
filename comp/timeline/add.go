package timeline

import (
	"slices"

	"github.com/coselling/coselling/value"
)

// Decision is the outcome of [History.Add].
type Decision struct {
	History   History        // with the version; as it was where that is refused
	Refused   []value.Reason // why it is refused, all at once; nil where it was taken
	NextLegal value.Date     // where refused: the first later day on which the version, without an end, is taken; zero: there is none
}

// Add adds a version. It cuts the one that is in force on v.From, unless that one
// states its own end. closed is the last day up to which deals are closed for good,
// whatever the host means by that; zero: none is.
//
// The version is refused, which is a decision, where a version after the first
// would begin inside a fiscal quarter ([QuarterLock]), where one is in force on
// v.From and that day is closed ([ClosedFixed]: a closed deal is never recalculated
// by a later version; a day without a version has none to change), and where the
// version that is cut was corrected from a later day on ([CorrectionRange]).
//
// Errors: [ID], [DateMissing], [SameDate], [Gap], [Overlap], [QuarterLock] for an end inside a
// quarter, [VersionsMissing] for a history that has none or is full, and those of
// [comp.Compile]. Nothing of v is kept.
func (h History) Add(v Version, closed value.Date) (Decision, error) {
	unchanged := Decision{History: h}
	if len(h.versions) == 0 {
		return unchanged, value.In("history.versions", value.NewError(VersionsMissing, "0 versions", "are in this history; make one with New or Parse"))
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
		return unchanged, value.In("history", err)
	}
	if h.fixed(v.From, closed) {
		refused = append(refused, forbidden{
			"version.from", &value.Error{Code: ClosedFixed}, "{day} is not after {closed}, up to which deals are closed",
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

// with returns a draft of h and one more version, which stands behind those that
// begin on the same day or before.
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

// fixed reports whether a version from a day on would change what is in force on a
// closed day.
func (h History) fixed(from, closed value.Date) bool {
	_, err := h.On(from)
	return err == nil && !from.After(closed)
}

// nextLegal returns the first day after v.From on which the checked version would
// be taken, without an end; unset where there is none.
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

// quartersAfter returns, in order, the first day of each quarter that follows one in
// which something changes: what is refused on one of them is refused until the next.
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
