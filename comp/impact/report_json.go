package impact

import (
	"strings"

	"github.com/go-json-experiment/json"

	"github.com/coselling/coselling/comp"
)

// reportWire is the JSON form of a report.
type reportWire struct {
	Currency    string        `json:"currency"`
	Projected   bool          `json:"projected"`
	From        string        `json:"from,omitempty"`
	To          string        `json:"to,omitempty"`
	Deals       int           `json:"deals"`
	Reversals   int           `json:"reversals"`
	Instalments int           `json:"instalments"`
	Value       string        `json:"value"`
	Total       effectWire    `json:"total"`
	Partner     effectWire    `json:"partner"`
	Vendor      effectWire    `json:"vendor"`
	Payees      []payeeWire   `json:"payees"`
	Changes     []causeWire   `json:"changes"`
	Gains       []string      `json:"gains"`
	Losses      []string      `json:"losses"`
	Largest     *largestWire  `json:"largest"`
	LeftOut     []leftOutWire `json:"left_out"`
	Doubts      []doubtWire   `json:"doubts"`
}

type effectWire struct {
	Before figuresWire `json:"before"`
	After  figuresWire `json:"after"`
	Change figuresWire `json:"change"`
}

type figuresWire struct {
	QuotaCredit string `json:"quota_credit"`
	Influenced  string `json:"influenced"`
	Commission  string `json:"commission"`
	Inflation   string `json:"inflation,omitempty"`
	Cost        string `json:"cost,omitempty"`
}

type payeeWire struct {
	Rep        string      `json:"rep"`
	Side       string      `json:"side"`
	Org        string      `json:"org"`
	Statements int         `json:"statements"`
	Effect     effectWire  `json:"effect"`
	Causes     []causeWire `json:"causes"`
}

type changeWire struct {
	Field  string `json:"field"`
	Before string `json:"before"`
	After  string `json:"after"`
}

type causeWire struct {
	Field       string `json:"field"`
	Before      string `json:"before"`
	After       string `json:"after"`
	Differences int    `json:"differences"`
	QuotaCredit string `json:"quota_credit"`
	Influenced  string `json:"influenced"`
	Commission  string `json:"commission"`
}

type largestWire struct {
	Booking string       `json:"booking"`
	Of      string       `json:"of,omitempty"`
	Date    string       `json:"date,omitempty"`
	Rep     string       `json:"rep"`
	Side    string       `json:"side"`
	Org     string       `json:"org"`
	Before  figuresWire  `json:"before"`
	After   figuresWire  `json:"after"`
	Change  figuresWire  `json:"change"`
	Causes  []changeWire `json:"causes"`
}

type leftOutWire struct {
	Reason   string `json:"reason"`
	Bookings int    `json:"bookings"`
}

type doubtWire struct {
	Code string   `json:"code"`
	At   []string `json:"at"`
	Says string   `json:"says"`
}

// MarshalJSON returns the report as JSON: amounts as text in the report's currency,
// inflation and cost as percentages of six decimals and left out where undefined, and
// everything in a fixed order. A byte of an id that is no UTF-8 is written as U+FFFD.
func (r Report) MarshalJSON() ([]byte, error) {
	w := reportWire{
		Currency: r.Currency.String(), Projected: r.Projected, From: r.From.String(), To: r.To.String(),
		Deals: r.Deals, Reversals: r.Reversals, Instalments: r.Instalments, Value: csvAmount(r.Value),
		Total: r.Total.wire(), Partner: r.Partner.wire(), Vendor: r.Vendor.wire(),
		Payees: []payeeWire{}, Changes: causeWires(r.Changes), Gains: names(r.Gains()), Losses: names(r.Losses()),
		LeftOut: []leftOutWire{}, Doubts: []doubtWire{},
	}
	for i := range r.Payees {
		p := &r.Payees[i]
		w.Payees = append(w.Payees, payeeWire{valid(p.Rep), p.Party.Side.String(), valid(p.Party.Org), p.Statements, p.Effect.wire(), causeWires(p.Causes)})
	}
	if r.Largest.Booking != "" {
		w.Largest = r.Largest.wire()
	}
	for _, l := range r.LeftOut {
		w.LeftOut = append(w.LeftOut, leftOutWire{string(l.Reason), l.Bookings})
	}
	for _, d := range r.Doubts {
		w.Doubts = append(w.Doubts, doubtWire{string(d.Code()), append([]string{}, d.Paths()...), valid(d.String())})
	}
	return json.Marshal(w, json.Deterministic(true))
}

func (e Effect) wire() effectWire {
	return effectWire{e.Before.wire(), e.After.wire(), e.Change.wire()}
}

func (f Figures) wire() figuresWire {
	w := f.Amounts.wire()
	w.Inflation, w.Cost = csvPercent(f.Inflation), csvPercent(f.Cost)
	return w
}

func (a Amounts) wire() figuresWire {
	return figuresWire{QuotaCredit: csvAmount(a.QuotaCredit), Influenced: csvAmount(a.Influenced), Commission: csvAmount(a.Commission)}
}

func (d Difference) wire() *largestWire {
	w := &largestWire{
		Booking: valid(d.Booking), Of: valid(d.Of), Date: d.Date.String(), Rep: valid(d.Rep), Side: d.Party.Side.String(), Org: valid(d.Party.Org),
		Before: d.Before.wire(), After: d.After.wire(), Change: d.Change.wire(), Causes: []changeWire{},
	}
	for _, c := range d.Causes {
		w.Causes = append(w.Causes, changeWireOf(c))
	}
	return w
}

func changeWireOf(c comp.Change) changeWire { return changeWire{c.Path, c.Before, c.After} }

func causeWires(causes []Cause) []causeWire {
	list := make([]causeWire, len(causes))
	for i, c := range causes {
		list[i] = causeWire{c.Path, c.Before, c.After, c.Differences, csvAmount(c.QuotaCredit), csvAmount(c.Influenced), csvAmount(c.Commission)}
	}
	return list
}

func names(payees []Payee) []string {
	list := make([]string, len(payees))
	for i, p := range payees {
		list[i] = valid(p.Rep)
	}
	return list
}

// valid returns text as JSON can hold it.
func valid(s string) string { return strings.ToValidUTF8(s, "\uFFFD") }
