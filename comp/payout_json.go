package comp

import (
	"math/big"
	"strings"

	"github.com/coselling/coselling/internal/exact"
	"github.com/coselling/coselling/internal/wire"
	"github.com/coselling/coselling/value"
)

const maxPayoutBytes = 32 << 20

// payoutWire is the JSON form of [Payout].
type payoutWire struct {
	Booking   string         `json:"booking" wire:"needed,1..256"`
	Model     Model          `json:"model" wire:"needed"`
	Rounding  value.Rounding `json:"rounding" wire:"needed"`
	Value     value.Money    `json:"value" wire:"needed,positive"`
	Quota     value.Money    `json:"quota" wire:"needed,positive"`
	Date      value.Date     `json:"date" wire:"needed,set"`
	Deferred  bool           `json:"deferred,omitzero"`
	Lines     []payoutLine   `json:"lines" wire:"needed,..1048576"`
	Movements []Movement     `json:"movements,omitzero" wire:"..1000"`
}

// payoutLine is a line as it was priced, and its exact commission as a fraction.
type payoutLine struct {
	Facts lineFacts `json:",inline"`
	Due   string    `json:"due" wire:"needed,1..200"`
}

// MarshalJSON returns the canonical form, which [Payout.UnmarshalJSON] reads back: a payout that was written and read
// goes on as one that never was. The zero payout is a payout.of error.
func (p Payout) MarshalJSON() ([]byte, error) {
	o := &p.origin
	if o.Value.Sign() <= 0 {
		return nil, value.NewError(payoutOf, "nothing", "is paid; make a payout of a statement")
	}
	w := payoutWire{
		Booking: o.Booking, Model: o.Model, Rounding: value.Rounding(p.mode), Value: o.Value, Quota: o.Quota,
		Date: o.Date, Deferred: p.deferred, Lines: make([]payoutLine, len(o.Lines)),
	}
	for _, m := range p.moves {
		if m.ID != o.Booking {
			w.Movements = append(w.Movements, m)
		}
	}
	for i := range o.Lines {
		w.Lines[i] = payoutLine{o.Lines[i].facts(), p.due[i].RatString()}
	}
	return wire.Marshal(&w)
}

// UnmarshalJSON reads a payout, as strict as [ParsePolicy]. Beside errors of form: payout.of for a commission that is
// not the exact one, rounded, and the errors of [Payout.Move] for movements that do not add up.
func (p *Payout) UnmarshalJSON(data []byte) error {
	var w payoutWire
	var read Payout
	err := wire.Document(data, maxPayoutBytes, &w, func(w payoutWire) error {
		var err error
		read, err = w.payout()
		return err
	})
	return wire.Store(p, read, err)
}

func (w *payoutWire) payout() (Payout, error) {
	p := Payout{mode: exact.Mode(w.Rounding), deferred: w.Deferred, due: make([]*big.Rat, len(w.Lines))}
	p.origin = Statement{Booking: w.Booking, Model: w.Model, Value: w.Value, Quota: w.Quota, Date: w.Date,
		Deferred: w.Deferred, Lines: make([]Line, len(w.Lines))}
	var problems value.Errors
	problems.Add("quota", notIn(w.Value.Currency(), w.Quota))
	for i := range w.Lines {
		l := &p.origin.Lines[i]
		*l = w.Lines[i].Facts.line()
		at := value.Index("lines", i)
		problems.Add(at, l.check(w.Value.Currency()))
		problems.Add(at+".base", notIn(w.Value.Currency(), l.Base))
		if l.Held != 0 {
			problems.Add(at+".unheld", notIn(w.Value.Currency(), l.Unheld))
		}
		for _, part := range [...]value.Percent{l.Percent, l.Share, l.Rate} {
			problems.Add(at, part.CheckPart())
		}
		p.due[i] = new(big.Rat)
		text := w.Lines[i].Due
		_, ok := p.due[i].SetString(text)
		if !ok || strings.Trim(text, "-/0123456789") != "" || p.due[i].RatString() != text ||
			exact.Rational(p.due[i], p.mode).Cmp(big.NewInt(l.Commission.Minor())) != 0 {
			want := "is not the exact commission behind " + amountText(l.Commission)
			problems.Refuse(at+".due", payoutOf, value.Quote(text), want)
		}
	}
	if len(problems) > 0 {
		return Payout{}, problems
	}
	p.begin()
	var err error
	p.moves, err = p.with(w.Movements)
	return p, err
}
