package comp

import (
	"cmp"

	"github.com/coselling/coselling/internal/wire"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

const (
	maxPolicyBytes  = 1 << 20
	maxBookingBytes = 32 << 20 // a thousand payees with a hundred contributions each, of ids of 256 bytes
)

// ParsePolicy reads the JSON form of a policy, at most 1 MiB. Every member is needed, but a policy with flat rates
// only may leave out rates, and a rate table a floor, a cap, the currency where it has no amounts, the lower bound
// of the first tier of amounts, and the upper bound of the last tier. Amounts of a table are written without their
// currency, quotas with it.
//
// It reports every problem at once: a repeated, unknown, wrongly cased or missing member, a value of another type
// or out of bounds, and, where every value could be read, the problems of [Policy.Check]. Text that is not JSON,
// or has something behind it, gives only its first error. [Compile] takes every policy that ParsePolicy returns.
func ParsePolicy(data []byte) (Policy, error) {
	var p Policy
	err := p.UnmarshalJSON(data)
	return p, value.Below("comp", err)
}

// UnmarshalJSON is [ParsePolicy] for a policy inside another document; paths begin inside the policy.
func (p *Policy) UnmarshalJSON(data []byte) error {
	return wire.Document(data, maxPolicyBytes, p, Policy.rules)
}

// MarshalJSON returns the canonical form, which [ParsePolicy] reads back; only text that is not UTF-8 is an error.
func (p Policy) MarshalJSON() ([]byte, error) { return wire.Marshal(&p) }

// MarshalJSON returns the canonical form, in the order of the booking; [Booking.UnmarshalJSON] reads it back.
func (b Booking) MarshalJSON() ([]byte, error) { return wire.Marshal(&b) }

// UnmarshalJSON reads a booking, as strict as [ParsePolicy]; [Plan.Statement] says whether it can be priced.
func (b *Booking) UnmarshalJSON(data []byte) error { return wire.Unmarshal(data, maxBookingBytes, b) }

// MarshalJSON returns the canonical form without empty members; [Payee.UnmarshalJSON] reads it back.
func (p Payee) MarshalJSON() ([]byte, error) { return wire.Marshal(&p) }

// UnmarshalJSON reads a payee, as strict as [ParsePolicy]; [Plan.Statement] says whether it can be credited.
func (p *Payee) UnmarshalJSON(data []byte) error { return wire.Unmarshal(data, maxBookingBytes, p) }

// MarshalJSON returns the statement in a fixed order, amounts and percentages as text. Nothing reads it back.
func (s Statement) MarshalJSON() ([]byte, error) { return wire.Marshal(&s) }

// MarshalJSON returns the text that [Line.AppendJSON] appends.
func (l Line) MarshalJSON() ([]byte, error) { return l.AppendJSON(make([]byte, 0, 1024)) }

// AppendJSON appends the line and its reason; only text that is not UTF-8 is an error. Nothing reads it back.
func (l Line) AppendJSON(b []byte) ([]byte, error) {
	w := lineWire{Facts: l.facts()}
	if l.Credited != 0 {
		w.Why = l.Reason()
	}
	return wire.Append(b, &w)
}

// lineWire is the JSON form of [Line].
type lineWire struct {
	Facts lineFacts    `json:",inline"`
	Why   value.Reason `json:"why,omitzero"`
}

// lineFacts is the JSON form of [Line] without its sentence.
type lineFacts struct {
	Payee        string        `json:"payee"`
	Party        model.Party   `json:"party,omitzero"`
	Payer        model.Party   `json:"payer,omitzero"` // where it is not the payee's party
	Credited     Credited      `json:"credited,omitzero"`
	Contribution Contribution  `json:"contribution,omitzero"`
	Base         value.Money   `json:"base,omitzero"`
	Percent      value.Percent `json:"percent,omitzero"`
	Share        value.Percent `json:"share,omitzero"`
	Rate         value.Percent `json:"rate,omitzero"`
	Table        TableID       `json:"table,omitzero"`
	Start        value.Money   `json:"start,omitzero"`
	Quota        value.Money   `json:"quota,omitzero"`
	QuotaCredit  value.Money   `json:"quota_credit,omitzero"`
	Influenced   value.Money   `json:"influenced,omitzero"`
	Commission   value.Money   `json:"commission,omitzero"`
	Unheld       value.Money   `json:"unheld,omitzero"`
	Held         Held          `json:"held,omitzero"`
	Leftover     bool          `json:"leftover,omitzero"`
	Added        bool          `json:"added,omitzero"`
	Projected    bool          `json:"projected,omitzero"`
	Derived      bool          `json:"derived,omitzero"`
}

func (l *Line) facts() lineFacts {
	payer := l.Payer
	if payer == l.Party {
		payer = model.Party{}
	}
	return lineFacts{
		l.Payee, l.Party, payer, l.Credited, l.Contribution, l.Base, l.Percent, l.Share, l.Rate, l.Table, l.Start,
		l.Quota, l.QuotaCredit, l.Influenced, l.Commission, l.Unheld, l.Held, l.Leftover, l.Added, l.Projected,
		l.Derived,
	}
}

// line returns the line that has the facts.
func (f *lineFacts) line() Line {
	return Line{
		Payee:        f.Payee,
		Party:        f.Party,
		Payer:        cmp.Or(f.Payer, f.Party),
		Credited:     f.Credited,
		Contribution: f.Contribution,
		Base:         f.Base,
		Percent:      f.Percent,
		Share:        f.Share,
		Rate:         f.Rate,
		Table:        f.Table,
		Start:        f.Start,
		Quota:        f.Quota,
		QuotaCredit:  f.QuotaCredit,
		Influenced:   f.Influenced,
		Commission:   f.Commission,
		Unheld:       f.Unheld,
		Held:         f.Held,
		Leftover:     f.Leftover,
		Added:        f.Added,
		Projected:    f.Projected,
		Derived:      f.Derived,
	}
}
