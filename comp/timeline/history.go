package timeline

import (
	"slices"

	"github.com/coselling/coselling/value"
)

// History holds the versions of a compensation policy, ordered by date, and their corrections, in the order
// in which they were recorded. It is an immutable value and safe for concurrent use. The zero value has no
// version: no day is covered, and nothing can be added.
type History struct {
	terms       Terms
	versions    []version
	corrections []*correction // shared between histories, never changed
	spans       []InForce     // sorted; one for each change of the policy in force
	starts      []value.Date  // the first days of the spans, for a fast search
}

// New makes a history of 1 to 400 versions in the order of their dates; the first may begin on any day. It reports
// every problem at once, one for each path, such as history.versions[1].from. Errors: [VersionsMissing], history.id,
// history.date, history.order, history.same_date, history.gap, history.overlap, [QuarterLock],
// history.basis.unknown, history.fiscal_year for rates of another year, comp.fiscal_year.start, and those of
// [comp.Compile]. The history shares nothing with its arguments.
func New(terms Terms, versions ...Version) (History, error) {
	return within(newDraft(terms, versions[:min(len(versions), most+1)]).finish())
}

// within puts "history" in front of the paths of errors.
func within(h History, err error) (History, error) { return h, value.Below("history", err) }

// Terms returns the terms of all versions.
func (h History) Terms() Terms { return h.terms }

// Versions returns the versions in the order of their dates; the caller owns them.
func (h History) Versions() []Version {
	list := make([]Version, len(h.versions))
	for i, v := range h.versions {
		list[i] = v.clone()
	}
	return list
}

// Corrections returns the corrections in the order in which they were recorded; the caller owns them.
func (h History) Corrections() []Correction {
	list := make([]Correction, len(h.corrections))
	for i, c := range h.corrections {
		list[i] = c.clone()
	}
	return list
}

// Spans returns the spans of days with one policy in force, in order, without overlap; nil for the zero value. The
// caller owns the slice.
func (h History) Spans() []InForce { return slices.Clone(h.spans) }

// Correct records a correction behind the earlier ones and keeps nothing of it. It is exempt from the quarter lock
// and may begin on a closed day. Errors, all at once, with paths such as history.correction.from; h is returned with
// them: history.id, correction.of, correction.range, correction.reason, correction.approval, history.date,
// history.order for an approval before the last one, history.fiscal_year, agreement.by, agreement.at, side.unknown,
// party.org and those of [comp.Compile]. history.corrections.count comes alone, above 400. For the zero History they
// are those of [New] with the zero Terms.
func (h History) Correct(c Correction) (History, error) {
	d := draft{History: h, added: none, recorded: len(h.corrections)}
	d.corrections = append(slices.Clone(h.corrections), &correction{Correction: c.clone()})
	d.check()
	d.addStray()
	next, err := d.history()
	if err != nil {
		return h, value.Below("history", err)
	}
	return next, nil
}

// lastDay returns the last day of the i-th version; the zero date where it has no end.
func (h History) lastDay(i int) value.Date {
	if i+1 == len(h.versions) {
		return h.versions[i].To
	}
	last, _ := h.versions[i+1].From.AddDays(-1)
	return last
}

// span computes the spans. A correction replaces everything from its first day until its version ends.
func (h History) span() []InForce {
	var spans []InForce
	for i := range h.versions {
		v := &h.versions[i]
		of := []InForce{{Plan: v.plan, Version: v.ID, From: v.From}}
		for j := range h.corrections {
			c := h.corrections[j]
			if c.Corrects != v.ID {
				continue
			}
			for len(of) > 0 && !of[len(of)-1].From.Before(c.From) {
				of = of[:len(of)-1]
			}
			of = append(of, InForce{Plan: c.plan, Version: v.ID, Correction: c.ID, From: c.From, by: &c.Correction})
		}
		for j := range of[1:] {
			of[j].To, _ = of[j+1].From.AddDays(-1)
		}
		of[len(of)-1].To = h.lastDay(i)
		spans = append(spans, of...)
	}
	return spans
}
