package impact

import (
	"strings"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/internal/wire"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// reportWire is the JSON form of [Report]. Amounts are without the report's currency.
type reportWire struct {
	Currency  value.Currency  `json:"currency"`
	Projected bool            `json:"projected"`
	From      value.Date      `json:"from,omitzero"`
	To        value.Date      `json:"to,omitzero"`
	Deals     int             `json:"deals"`
	Reversals int             `json:"reversals"`
	Movements int             `json:"movements"`
	Value     amount          `json:"value"`
	Total     effectWire      `json:"total"`
	Partner   effectWire      `json:"partner"`
	Vendor    effectWire      `json:"vendor"`
	Payees    []payeeWire     `json:"payees"`
	Company   effectWire      `json:"company"`
	Companies []payeeWire     `json:"companies"`
	Changes   []causeWire     `json:"changes"`
	Gains     []string        `json:"gains"`
	Losses    []string        `json:"losses"`
	Largest   *differenceWire `json:"largest"`
	LeftOut   []LeftOut       `json:"left_out"`
	Doubts    []doubtWire     `json:"doubts"`
}

type effectWire struct {
	Before figuresWire `json:"before"`
	After  figuresWire `json:"after"`
	Change figuresWire `json:"change"`
}

type figuresWire struct {
	Amounts   amountsWire `json:",inline"`
	Inflation quotient    `json:"inflation,omitzero"`
	Cost      quotient    `json:"cost,omitzero"`
}

type amountsWire struct {
	QuotaCredit amount `json:"quota_credit"`
	Influenced  amount `json:"influenced"`
	Commission  amount `json:"commission"`
}

type payeeWire struct {
	Rep        string      `json:"rep"`
	Party      model.Party `json:"party"`
	Statements int         `json:"statements"`
	Effect     effectWire  `json:"effect"`
	Causes     []causeWire `json:"causes"`
}

type changeWire struct {
	Path   string `json:"field"`
	Before string `json:"before"`
	After  string `json:"after"`
}

type causeWire struct {
	Change      changeWire  `json:",inline"`
	Differences int         `json:"differences"`
	Amounts     amountsWire `json:",inline"`
}

type differenceWire struct {
	Booking string       `json:"booking"`
	Of      string       `json:"of,omitzero"`
	Date    value.Date   `json:"date,omitzero"`
	Rep     string       `json:"rep"`
	Party   model.Party  `json:"party"`
	Before  amountsWire  `json:"before"`
	After   amountsWire  `json:"after"`
	Change  amountsWire  `json:"change"`
	Causes  []changeWire `json:"causes"`
}

type doubtWire struct {
	Code value.Code `json:"code"`
	At   []string   `json:"at"`
	Says string     `json:"says"`
}

// amount is money that is written without its currency, and the zero Money as "".
type amount value.Money

func (a amount) AppendText(b []byte) ([]byte, error) {
	if m := value.Money(a); !m.IsZero() {
		return m.AppendAmount(b), nil
	}
	return b, nil
}

// quotient is a ratio that is written as a percentage.
type quotient value.Ratio

func (q quotient) AppendText(b []byte) ([]byte, error) {
	return append(b, percent(value.Ratio(q))...), nil
}

// MarshalJSON returns what [Report.AppendJSON] appends.
func (r Report) MarshalJSON() ([]byte, error) { return r.AppendJSON(make([]byte, 0, 1024)) }

// AppendJSON appends the report in a fixed order, amounts without currency. Ids that are not UTF-8 get U+FFFD.
func (r Report) AppendJSON(b []byte) ([]byte, error) {
	w := reportWire{
		Currency: r.Currency, Projected: r.Projected, From: r.From, To: r.To,
		Deals: r.Deals, Reversals: r.Reversals, Movements: r.Movements, Value: amount(r.Value),
		Total: r.Total.wire(), Partner: r.Partner.wire(), Vendor: r.Vendor.wire(),
		Payees: each(r.Payees, (*PayeeChange).wire), Company: r.Company.wire(),
		Companies: each(r.Companies, (*PayeeChange).wire), Changes: each(r.Changes, (*Cause).wire),
		Gains: each(r.Gains(), (*PayeeChange).name), Losses: each(r.Losses(), (*PayeeChange).name), LeftOut: r.LeftOut,
		Doubts: each(r.Doubts, func(d *value.Reason) doubtWire {
			return doubtWire{d.Code(), d.Paths(), valid(d.String())}
		}),
	}
	if r.Largest.Booking != "" {
		w.Largest = r.Largest.wire()
	}
	return wire.Append(b, &w)
}

func (p *PayeeChange) wire() payeeWire {
	return payeeWire{p.name(), validParty(p.Party), p.Statements, p.Effect.wire(), each(p.Causes, (*Cause).wire)}
}

func (p *PayeeChange) name() string { return valid(p.Rep) }

func (e *Effect) wire() effectWire {
	return effectWire{e.Before.wire(), e.After.wire(), e.Change.wire()}
}

func (f *Figures) wire() figuresWire {
	return figuresWire{wireOf(&f.Amounts), quotient(f.Inflation), quotient(f.Cost)}
}

func wireOf(a *comp.Amounts) amountsWire {
	return amountsWire{amount(a.QuotaCredit), amount(a.Influenced), amount(a.Commission)}
}

func (d *Difference) wire() *differenceWire {
	return &differenceWire{
		valid(d.Booking), valid(d.Of), d.Date, valid(d.Rep), validParty(d.Party),
		wireOf(&d.Before), wireOf(&d.After), wireOf(&d.Change),
		each(d.Causes, func(c *comp.PolicyChange) changeWire { return changeWire(*c) }),
	}
}

func (c *Cause) wire() causeWire {
	return causeWire{changeWire(c.PolicyChange), c.Differences, wireOf(&c.Amounts)}
}

// valid returns text with U+FFFD in place of what is not UTF-8.
func valid(s string) string { return strings.ToValidUTF8(s, "\uFFFD") }

func validParty(p model.Party) model.Party { return model.Party{Side: p.Side, Org: valid(p.Org)} }
