package impact

import (
	"math/big"
	"strconv"

	"github.com/go-json-experiment/json"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/internal/exact"
	"github.com/coselling/coselling/internal/strictjson"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

const (
	partialVersion  = 1
	maxPartialBytes = 256 << 20
	maxPartialDepth = 12
	maxSumDigits    = 36                // of a sum of minor units: below 2^120, so that many of them fit 128 bits
	maxCount        = 1_000_000_000_000 // of bookings, so that many counts fit 64 bits
)

// partialWire is the encoded form. Sums are whole minor units as text, because they
// may be beyond what money holds; fields are named by their paths.
type partialWire struct {
	Version *int         `json:"version"`
	Before  *comp.Policy `json:"before"`
	After   *comp.Policy `json:"after"`
	Books   []bookWire   `json:"books"`
}

type bookWire struct {
	Currency    *string         `json:"currency"`
	Projected   *bool           `json:"projected"`
	Deals       *int            `json:"deals"`
	Reversals   *int            `json:"reversals"`
	Instalments *int            `json:"instalments"`
	From        *string         `json:"from"`
	To          *string         `json:"to"`
	Value       *string         `json:"value"`
	QuotaBefore *string         `json:"quota_before"`
	QuotaAfter  *string         `json:"quota_after"`
	Payees      []sumsWire      `json:"payees"`
	Largest     *differenceWire `json:"largest,omitempty"`
	LeftOut     []countWire     `json:"left_out"`
}

type sumsWire struct {
	Rep        *string      `json:"rep"`
	Side       *string      `json:"side"`
	Org        *string      `json:"org"`
	Statements *int         `json:"statements"`
	Before     []string     `json:"before"` // quota credit, influenced credit, commission
	After      []string     `json:"after"`
	Causes     []blamedWire `json:"causes"`
}

type blamedWire struct {
	Field       *string  `json:"field"`
	Differences *int     `json:"differences"`
	Change      []string `json:"change"`
}

type differenceWire struct {
	Booking *string  `json:"booking"`
	Of      *string  `json:"of"`
	Date    *string  `json:"date"`
	Rep     *string  `json:"rep"`
	Side    *string  `json:"side"`
	Org     *string  `json:"org"`
	Before  []string `json:"before"`
	After   []string `json:"after"`
	Fields  []string `json:"fields"`
}

type countWire struct {
	Reason   *string `json:"reason"`
	Bookings *int    `json:"bookings"`
}

// MarshalJSON returns the encoded form of version 1, in which a comparison of some
// payees travels to where it is merged: the same comparison gives the same bytes, and
// [ParsePartial] gives an equal one back. Only an id that is not UTF-8 is an error.
func (p Partial) MarshalJSON() ([]byte, error) {
	w := partialWire{Version: new(partialVersion), Before: &p.policies[before], After: &p.policies[after], Books: []bookWire{}}
	for i := range p.books {
		w.Books = append(w.Books, p.wire(&p.books[i]))
	}
	return json.Marshal(w, json.Deterministic(true))
}

func (p Partial) wire(b *bookSums) bookWire {
	w := bookWire{
		Currency: new(b.currency.String()), Projected: &b.projected,
		Deals: &b.deals, Reversals: &b.reversals, Instalments: &b.instalments, From: new(b.from.String()), To: new(b.to.String()),
		Value: sumText(b.value), QuotaBefore: sumText(b.quota[before]), QuotaAfter: sumText(b.quota[after]),
		Payees: make([]sumsWire, 0, len(b.payees)), LeftOut: []countWire{},
	}
	for i := range b.payees {
		payee := &b.payees[i]
		s := sumsWire{
			Rep: &payee.rep, Side: new(payee.party.Side.String()), Org: &payee.party.Org, Statements: &payee.statements,
			Before: payee.sums[before].wire(), After: payee.sums[after].wire(), Causes: []blamedWire{},
		}
		for _, c := range payee.causes {
			s.Causes = append(s.Causes, blamedWire{&p.changes[c.field].Path, new(c.differences), c.sums.wire()})
		}
		w.Payees = append(w.Payees, s)
	}
	if l := &b.largest; l.booking != "" {
		w.Largest = &differenceWire{
			Booking: &l.booking, Of: &l.of, Date: new(l.date.String()), Rep: &l.rep, Side: new(l.party.Side.String()), Org: &l.party.Org,
			Before: l.figures[before].wire(), After: l.figures[after].wire(), Fields: []string{},
		}
		for _, field := range l.fields {
			w.Largest.Fields = append(w.Largest.Fields, p.changes[field].Path)
		}
	}
	for _, l := range b.leftOut {
		w.LeftOut = append(w.LeftOut, countWire{new(string(l.Reason)), new(l.Bookings)})
	}
	return w
}

func sumText(n exact.Wide) *string { return new(n.Big().String()) }

func (s sums) wire() []string {
	return []string{*sumText(s.credit), *sumText(s.influenced), *sumText(s.commission)}
}

func (f figures) wire() []string {
	return []string{strconv.FormatInt(f.credit, 10), strconv.FormatInt(f.influenced, 10), strconv.FormatInt(f.commission, 10)}
}

// ParsePartial reads the encoded form of a partial comparison, at most 256 MiB. A
// repeated, unknown, wrongly cased or missing member is refused, and so are another
// version ([PartialVersion]) and what no comparison writes ([PartialContent]), each
// with its path.
func ParsePartial(data []byte) (Partial, error) {
	p, err := parsePartial(data)
	if err != nil {
		return Partial{}, value.In("partial", err)
	}
	return p, nil
}

// UnmarshalJSON is [ParsePartial].
func (p *Partial) UnmarshalJSON(data []byte) error {
	parsed, err := parsePartial(data)
	if err != nil {
		return err
	}
	*p = parsed
	return nil
}

func parsePartial(data []byte) (Partial, error) {
	var w partialWire
	if err := strictjson.Decode(data, &w, strictjson.Limits{Bytes: maxPartialBytes, Depth: maxPartialDepth}); err != nil {
		return Partial{}, err
	}
	if *w.Version != partialVersion {
		return Partial{}, value.In("version", value.NewError(PartialVersion, strconv.Itoa(*w.Version), "is not known; this library reads version "+strconv.Itoa(partialVersion)))
	}
	p := Partial{policies: [policies]comp.Policy{*w.Before, *w.After}, changes: comp.Diff(*w.Before, *w.After)}
	r := partialReader{fields: positions(p.changes)}
	for i := range w.Books {
		p.books = append(p.books, r.book(value.Index("books", i), &w.Books[i]))
		if i > 0 && p.books[i-1].currency.Compare(p.books[i].currency) >= 0 {
			r.refuse(value.Index("books", i)+".currency", *w.Books[i].Currency, "does not come after the currency before")
		}
	}
	r.checkParties(p.books)
	if err := r.problems.Err(); err != nil {
		return Partial{}, err
	}
	return p, nil
}

// partialReader converts the wire form and collects its problems.
type partialReader struct {
	problems value.Errors
	fields   where
}

func (r *partialReader) refuse(path, got, want string) {
	r.problems.Add(path, value.NewError(PartialContent, value.Quote(got), want))
}

// sum reads a whole number of minor units.
func (r *partialReader) sum(path, text string) exact.Wide {
	n := new(big.Int)
	if len(text) <= maxSumDigits {
		n.SetString(text, 10)
	}
	if n.String() != text { // nor is 007, +7 or a text of a million digits, which is not even read
		r.refuse(path, text, "is no whole number of at most "+strconv.Itoa(maxSumDigits)+" digits, as it is written")
		return exact.Wide{}
	}
	return exact.WideOf(n)
}

func (r *partialReader) sums(path string, list []string) sums {
	if len(list) != 3 {
		r.refuse(path, strconv.Itoa(len(list))+" numbers", "are not quota credit, influenced credit and commission")
		return sums{}
	}
	return sums{r.sum(path+"[0]", list[0]), r.sum(path+"[1]", list[1]), r.sum(path+"[2]", list[2])}
}

// count reads a number of things.
func (r *partialReader) count(path string, n int) int {
	switch {
	case n < 0:
		r.refuse(path, strconv.Itoa(n), "is below zero")
	case int64(n) > maxCount:
		r.refuse(path, strconv.Itoa(n), "is above "+strconv.FormatInt(maxCount, 10))
	}
	return n
}

func (r *partialReader) date(path, text string) value.Date {
	if text == "" {
		return value.Date{}
	}
	d, err := value.ParseDate(text)
	r.problems.Add(path, err)
	return d
}

func (r *partialReader) party(path, side, org string) model.Party {
	var party model.Party
	var err error
	party.Side, err = model.ParseSide(side)
	r.problems.Add(path+".side", err)
	party.Org = org
	if err == nil {
		r.problems.Add(path, party.Check())
	}
	return party
}

// field reads the path of a field that differs; they come in the order of the policy.
func (r *partialReader) field(path, text string, last int32) int32 {
	field := r.fields.of(text)
	if field == same {
		r.refuse(path, text, "is no field that differs between the policies")
	} else if field <= last {
		r.refuse(path, text, "does not come after the field before")
	}
	return field
}
