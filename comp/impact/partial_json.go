package impact

import (
	"math/big"
	"slices"
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

// partialWire is the JSON form of [Partial]. Fields stand by their paths; counts are bounded to fit 64 bits.
type partialWire struct {
	Version int         `json:"version" wire:"needed,1..1,code=impact.partial.version"` // of this form
	Before  comp.Policy `json:"before" wire:"needed"`
	After   comp.Policy `json:"after" wire:"needed"`
	Books   []bookSums  `json:"books" wire:"needed"` // one for each currency, in the order of their codes
}

// largestWire is the sums of a [Difference].
type largestWire struct {
	// the id of the booking, movement or period
	Booking string      `json:"booking" wire:"needed,1..4096,code=impact.partial.content"`
	Of      string      `json:"of" wire:"needed"` // the booking that it belongs to; may be empty
	Date    value.Date  `json:"date" wire:"needed"`
	Rep     string      `json:"rep" wire:"needed,1..4096,code=impact.partial.content"` // whose it is
	Party   model.Party `json:"party" wire:"needed"`
	Paid    bool        `json:"paid" wire:"needed"` // with a commission, which may be zero; else with credit only
	// quota credit, influenced credit and commission under the policy before
	Before sums `json:"before" wire:"needed,3..3,code=impact.partial.content"`
	After  sums `json:"after" wire:"needed,3..3,code=impact.partial.content"` // the same under the policy after
	// the fields of the policy behind it, by their paths
	Fields []string `json:"fields" wire:"needed,..1000000"`
}

func (s sum) AppendText(b []byte) ([]byte, error) {
	if n, ok := exact.Wide(s).Int64(); ok {
		return strconv.AppendInt(b, n, 10), nil
	}
	return exact.Wide(s).Big().Append(b, 10), nil
}

// UnmarshalText reads only what AppendText writes: neither 007 nor +7, nor a text of a million digits.
func (s *sum) UnmarshalText(text []byte) error {
	if len(text) <= maxSumDigits {
		if n, ok := new(big.Int).SetString(string(text), 10); ok {
			*s = sum(exact.WideOf(n))
		}
	}
	if again, _ := s.AppendText(make([]byte, 0, maxSumDigits)); string(again) != string(text) {
		return value.NewError(partialContent, value.Quote(string(text)), notSum)
	}
	return nil
}

// MarshalJSON returns what [Partial.AppendJSON] appends.
func (p Partial) MarshalJSON() ([]byte, error) { return p.AppendJSON(make([]byte, 0, 1024)) }

// AppendJSON appends the JSON form, which [ParsePartial] reads back, except that of the zero value, whose
// policies it refuses. An id that is not UTF-8 is an error.
func (p Partial) AppendJSON(b []byte) ([]byte, error) {
	w := partialWire{1, p.policies[before], p.policies[after], slices.Clone(p.books)}
	for i := range w.Books {
		if l := &w.Books[i].largest; l.booking != "" {
			w.Books[i].Largest = &largestWire{
				l.booking, l.of, l.date, l.rep, l.party, l.paid, l.figures[before].sums(), l.figures[after].sums(),
				each(l.fields, func(field *int32) string { return p.changes[*field].Path }),
			}
		}
	}
	return wire.Append(b, &w)
}

// ParsePartial reads the JSON form of a partial comparison: at most 256 MiB, and 2,000,000 payees in a currency.
// It reports every problem at once, each with its path: those of form as [comp.ParsePolicy] does, another version
// ([PartialVersion]), and content that no comparison writes (impact.partial.content).
func ParsePartial(data []byte) (Partial, error) {
	var p Partial
	err := p.UnmarshalJSON(data)
	return p, value.Below("partial", err)
}

// UnmarshalJSON is [ParsePartial] for a comparison inside another document; paths begin inside it.
func (p *Partial) UnmarshalJSON(data []byte) error {
	var read Partial
	err := wire.Document(data, maxPartialBytes, new(partialWire), func(w partialWire) (err error) {
		read, err = w.partial()
		return err
	})
	return wire.Store(p, read, err)
}
