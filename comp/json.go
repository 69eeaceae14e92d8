package comp

import (
	"github.com/coselling/coselling/internal/wire"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

const (
	maxPolicyBytes = 1 << 20
	// maxBookingBytes bounds a booking, and a payee: a thousand payees with a hundred
	// contributions each, of ids of 256 bytes.
	maxBookingBytes = 32 << 20
)

// ParsePolicy reads the JSON form of a policy, at most 1 MiB. Every member is needed but
// rates, which a policy of flat rates alone may leave out, and what is unset in a rate
// table: a floor, a cap, the currency of a table without money, the beginning of the
// first tier of amounts, the end of the last one. Amounts of a table are written without
// its currency, quotas with theirs. It is strict, and reports every problem at once: a
// repeated, unknown, wrongly cased or missing member, a value of another type or out of
// bounds, and where every value could be read those of [Policy.Check]. Text that is not
// JSON, or has something behind it, gives its first error alone. What ParsePolicy returns
// is a policy that [Compile] takes.
func ParsePolicy(data []byte) (Policy, error) {
	var p Policy
	err := p.UnmarshalJSON(data)
	return p, value.In("comp", err)
}

// UnmarshalJSON is [ParsePolicy] for a policy inside another document. The paths of
// its errors begin inside the policy; the document knows where that stands.
func (p *Policy) UnmarshalJSON(data []byte) error {
	return wire.Document(data, maxPolicyBytes, p, Policy.rules)
}

// MarshalJSON returns the canonical form: every member, in a fixed order, with
// contributions, reps, days and tables sorted, and unset terms left out. [ParsePolicy]
// gives an equal policy back. A policy that [Compile] refuses is written as it stands;
// only text that is not UTF-8 cannot be.
func (p Policy) MarshalJSON() ([]byte, error) { return wire.Marshal(&p) }

// MarshalJSON returns the canonical form: members in a fixed order, payees in theirs,
// what is empty left out. [Booking.UnmarshalJSON] gives an equal booking back.
func (b Booking) MarshalJSON() ([]byte, error) { return wire.Marshal(&b) }

// UnmarshalJSON reads a booking, at most 1,000 payees. It is strict: id is needed, an
// unknown, repeated or wrongly cased member, an unknown name and what is no amount or
// day are refused. Whether the booking can be priced says [Plan.Statement].
func (b *Booking) UnmarshalJSON(data []byte) error { return wire.Unmarshal(data, maxBookingBytes, b) }

// MarshalJSON returns the canonical form: members in a fixed order, what is empty left
// out, a rate and a share of zero included. [Payee.UnmarshalJSON] gives an equal
// payee back.
func (p Payee) MarshalJSON() ([]byte, error) { return wire.Marshal(&p) }

// UnmarshalJSON reads a payee. It is strict: rep is needed, an unknown, repeated or
// wrongly cased member, an unknown role and what is no percentage are refused. Whether
// the payee can be credited says [Plan.Statement].
func (p *Payee) UnmarshalJSON(data []byte) error { return wire.Unmarshal(data, maxBookingBytes, p) }

// MarshalJSON returns the statement with its lines in their order: members in a fixed
// order, what is empty left out, amounts and percentages as text. The form is for
// readers; nothing reads it back.
func (s Statement) MarshalJSON() ([]byte, error) { return wire.Marshal(&s) }

// MarshalJSON returns what [Line.AppendJSON] appends.
func (l Line) MarshalJSON() ([]byte, error) { return l.AppendJSON(make([]byte, 0, 1024)) }

// AppendJSON appends the line with the reason that made it, which holds the rule:
// members in a fixed order, what is empty left out, a percentage of zero included. Only
// text that is not UTF-8 is an error. The form is for readers; nothing reads it back.
func (l Line) AppendJSON(b []byte) ([]byte, error) {
	w := lineWire{
		l.Payee, l.Party, l.Credited, l.Contribution, l.Base, l.Percent, l.Share, l.Rate, l.Table, l.Start, l.Quota,
		l.QuotaCredit, l.Influenced, l.Commission, l.Unheld, l.Held, l.Leftover, l.Projected, value.Reason{},
	}
	if l.Credited != 0 {
		w.Why = l.Reason()
	}
	return wire.Append(b, &w)
}

// lineWire is the JSON form of [Line].
type lineWire struct {
	Payee        string        `json:"payee"`
	Party        model.Party   `json:"party,omitzero"`
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
	Projected    bool          `json:"projected,omitzero"`
	Why          value.Reason  `json:"why,omitzero"`
}
