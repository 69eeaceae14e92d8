package comms

import (
	"cmp"
	"slices"
	"time"

	"github.com/coselling/coselling/internal/wire"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// Report holds the broken rules as of an instant and the duties that are due next. The caller owns both lists.
type Report struct {
	Findings []Finding `json:"findings,omitzero"` // sorted by Since, then by code and evidence; nil: none
	// sorted by At, then by code and evidence; nothing changes before the first without new facts; nil after the deal
	Due []Due `json:"due,omitzero"`
}

// Finding is a broken rule. A duty that was done too late stays a finding, which ends when it was done.
type Finding struct {
	// the rule's code and the sentence; its paths are the ids of the activities that show it, the earliest first; of
	// [OnePrice] also comm.one_price.not_comparable, for a quote in a currency in which the other side has none
	Reason  value.Reason
	Side    model.Side // the side whose duty it was; zero: both
	Since   time.Time  // when the rule was broken, in UTC
	Until   time.Time  // when it was mended or no longer applied; zero while it is broken
	missing []string
}

// Missing returns, of [SingleThread], the names of the lead reps who were not on a mail, the partner's first, and
// "partner" or "vendor" for a side that had no rep; of [Prep] and [Debrief] the parts that no call covered in time,
// such as agenda; nil for other rules. The caller owns the slice.
func (f Finding) Missing() []string { return slices.Clone(f.missing) }

// Due is a duty that has to be done by an instant so that no rule is broken.
type Due struct {
	// the rule's code and the sentence; its paths are the ids of the activities that ask for it, the earliest first
	Reason value.Reason
	Side   model.Side // the side whose duty it is; zero: both
	At     time.Time  // in UTC
}

// MarshalJSON returns the findings and due items in their order. Nothing reads this form back.
func (r Report) MarshalJSON() ([]byte, error) { return wire.Marshal(&r) }

// MarshalJSON returns the finding with its evidence, as a [Report] writes it.
func (f Finding) MarshalJSON() ([]byte, error) { return f.AppendJSON(nil) }

// AppendJSON appends what [Finding.MarshalJSON] returns.
func (f Finding) AppendJSON(b []byte) ([]byte, error) {
	return wire.Append(b, &itemForm{f.Reason, f.Side, f.Since, f.Until, time.Time{}, f.Reason.Paths(), f.missing})
}

// MarshalJSON returns the due item with its evidence, as a [Report] writes it.
func (d Due) MarshalJSON() ([]byte, error) { return d.AppendJSON(nil) }

// AppendJSON appends what [Due.MarshalJSON] returns.
func (d Due) AppendJSON(b []byte) ([]byte, error) {
	return wire.Append(b, &itemForm{Reason: d.Reason, Side: d.Side, At: d.At, Evidence: d.Reason.Paths()})
}

// itemForm is the JSON form of a [Finding] or a [Due].
type itemForm struct {
	Reason   value.Reason `json:"reason"`
	Side     model.Side   `json:"side,omitzero"`
	Since    time.Time    `json:"since,omitzero"`
	Until    time.Time    `json:"until,omitzero"`
	At       time.Time    `json:"at,omitzero"`
	Evidence []string     `json:"evidence,omitzero"`
	Missing  []string     `json:"missing,omitzero"`
}

func (f *Finding) compare(g *Finding) int { return compare(f.Since, g.Since, f.Reason, g.Reason) }

func (d *Due) compare(e *Due) int { return compare(d.At, e.At, d.Reason, e.Reason) }

// compare orders reasons by their instants, then by code and evidence.
func compare(s, t time.Time, a, b value.Reason) int {
	if order := cmp.Or(s.Compare(t), cmp.Compare(a.Code(), b.Code())); order != 0 {
		return order
	}
	return slices.Compare(a.Paths(), b.Paths())
}
