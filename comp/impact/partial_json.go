package impact

import (
	"math/big"
	"strconv"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/internal/exact"
	"github.com/coselling/coselling/internal/wire"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

const (
	maxPartialBytes = 256 << 20
	maxSumDigits    = 36 // of a sum of minor units: below 2^120, so that many of them fit 128 bits
	notSum          = "is no whole number of at most 36 digits, as it is written"
)

// partialWire is the JSON form of [Partial]. Fields are named by their paths, counts are
// bounded so that many of them fit 64 bits.
type partialWire struct {
	// of this form
	Version int         `json:"version" wire:"needed,1..1,code=impact.partial.version"`
	Before  comp.Policy `json:"before" wire:"needed"`
	After   comp.Policy `json:"after" wire:"needed"`
	// one for each currency, in the order of their codes
	Books []bookWire `json:"books" wire:"needed"`
}

// bookWire is the sums of a [Report] in one currency.
type bookWire struct {
	Currency  value.Currency `json:"currency" wire:"needed,set"`
	Projected bool           `json:"projected" wire:"needed"`
	// how many were compared
	Deals int `json:"deals" wire:"needed,0..1000000000000,code=impact.partial.content"`
	// how many took a deal back, in full or in part
	Reversals int `json:"reversals" wire:"needed,0..1000000000000,code=impact.partial.content"`
	// how many paid a part later
	Instalments int        `json:"instalments" wire:"needed,0..1000000000000,code=impact.partial.content"`
	From        value.Date `json:"from" wire:"needed"`
	To          value.Date `json:"to" wire:"needed"`
	Value       sum        `json:"value" wire:"needed"`
	QuotaBefore sum        `json:"quota_before" wire:"needed"`
	QuotaAfter  sum        `json:"quota_after" wire:"needed"`
	// who is credited, by party and rep
	Payees  []sumsWire   `json:"payees" wire:"needed,..2000000"`
	Largest *largestWire `json:"largest,omitzero"`
	LeftOut []LeftOut    `json:"left_out" wire:"needed"`
}

// sumsWire is the sums of a [Payee]. Three sums are quota
// credit, influenced credit and commission.
type sumsWire struct {
	// its id
	Rep   string      `json:"rep" wire:"needed,1..4096,code=impact.partial.content"`
	Party model.Party `json:"party" wire:"needed"`
	// with a line of the rep
	Statements int `json:"statements" wire:"needed,0..1000000000000,code=impact.partial.content"`
	// quota credit, influenced credit and commission under the policy before
	Before []sum `json:"before" wire:"needed,3..3,code=impact.partial.content"`
	// the same under the policy after
	After []sum `json:"after" wire:"needed,3..3,code=impact.partial.content"`
	// the fields of the policy behind the change, in their order
	Causes []blameWire `json:"causes" wire:"needed,..1000000"`
}

// blameWire is the sums of a [Cause].
type blameWire struct {
	// its path in the policy
	Field string `json:"field" wire:"needed"`
	// how many statements it changed
	Differences int `json:"differences" wire:"needed,0..1000000000000,code=impact.partial.content"`
	// of quota credit, influenced credit and commission
	Change []sum `json:"change" wire:"needed,3..3,code=impact.partial.content"`
}

// largestWire is the sums of a [Difference].
type largestWire struct {
	// the id of the booking, movement or period
	Booking string `json:"booking" wire:"needed,1..4096,code=impact.partial.content"`
	// the booking that it belongs to; may be empty
	Of   string     `json:"of" wire:"needed"`
	Date value.Date `json:"date" wire:"needed"`
	// whose it is
	Rep   string      `json:"rep" wire:"needed,1..4096,code=impact.partial.content"`
	Party model.Party `json:"party" wire:"needed"`
	// quota credit, influenced credit and commission under the policy before
	Before []sum `json:"before" wire:"needed,3..3,code=impact.partial.content"`
	// the same under the policy after
	After []sum `json:"after" wire:"needed,3..3,code=impact.partial.content"`
	// the fields of the policy behind it, by their paths
	Fields []string `json:"fields" wire:"needed,..1000000"`
}

// sum is a whole number of minor units as text, because it may be beyond what money
// holds.
type sum exact.Wide

func (s sum) AppendText(b []byte) ([]byte, error) {
	if n, ok := exact.Wide(s).Int64(); ok {
		return strconv.AppendInt(b, n, 10), nil
	}
	return exact.Wide(s).Big().Append(b, 10), nil
}

// UnmarshalText reads what AppendText writes, and nothing else: neither 007 nor +7, nor
// a text of a million digits.
func (s *sum) UnmarshalText(text []byte) error {
	if len(text) > 0 && len(text) <= maxSumDigits {
		if n, ok := new(big.Int).SetString(string(text), 10); ok {
			*s = sum(exact.WideOf(n))
		}
	}
	if again, _ := s.AppendText(make([]byte, 0, maxSumDigits)); string(again) != string(text) {
		return value.NewError(PartialContent, value.Quote(string(text)), notSum)
	}
	return nil
}

// MarshalJSON returns what [Partial.AppendJSON] appends.
func (p Partial) MarshalJSON() ([]byte, error) { return p.AppendJSON(make([]byte, 0, 1024)) }

// AppendJSON appends the encoded form of version 1, in which a comparison of some
// payees travels to where it is merged: the same comparison gives the same bytes, and
// [ParsePartial] gives an equal one back. Only an id that is not UTF-8 is an error.
func (p Partial) AppendJSON(b []byte) ([]byte, error) {
	w := partialWire{1, p.policies[before], p.policies[after], each(p.books, p.wire)}
	return wire.Append(b, &w)
}

func (p Partial) wire(b *bookSums) bookWire {
	w := bookWire{
		b.currency, b.projected, b.deals, b.reversals, b.instalments, b.from, b.to,
		sum(b.value), sum(b.quota[before]), sum(b.quota[after]), each(b.payees, p.payee), nil, b.leftOut,
	}
	if l := &b.largest; l.booking != "" {
		w.Largest = &largestWire{
			l.booking, l.of, l.date, l.rep, l.party, l.figures[before].sums().wire(), l.figures[after].sums().wire(),
			each(l.fields, func(field *int32) string { return p.changes[*field].Path }),
		}
	}
	return w
}

func (p Partial) payee(s *payeeSums) sumsWire {
	return sumsWire{
		s.rep, s.party, s.statements, s.sums[before].wire(), s.sums[after].wire(),
		each(s.causes, func(c *causeSum) blameWire { return blameWire{p.changes[c.field].Path, c.differences, c.sums.wire()} }),
	}
}

func (s sums) wire() []sum { return []sum{sum(s[credit]), sum(s[influenced]), sum(s[commission])} }

// ParsePartial reads the encoded form of a partial comparison, at most 256 MiB, with
// 2,000,000 payees. It is strict, and reports every problem at once: a repeated, unknown,
// wrongly cased or missing member, a value of another type or out of bounds, another
// version ([PartialVersion]), and where every value could be read what no comparison
// writes ([PartialContent]), each with its path. Text that is not JSON, or has something
// behind it, gives its first error alone.
func ParsePartial(data []byte) (Partial, error) {
	var p Partial
	err := p.UnmarshalJSON(data)
	return p, value.In("partial", err)
}

// UnmarshalJSON is [ParsePartial] for a partial comparison inside another document. The
// paths of its errors begin inside the comparison.
func (p *Partial) UnmarshalJSON(data []byte) error {
	var read Partial
	err := wire.Document(data, maxPartialBytes, new(partialWire), func(w partialWire) (err error) {
		read, err = w.partial()
		return err
	})
	if err == nil {
		*p = read
	}
	return err
}
