package life

import (
	"cmp"
	"strconv"
	"strings"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// Line is one line of a statement, as far as its life needs it: plain data, comparable with ==. Its payer and the
// party of its payee alone see it. [Lines] makes them from a statement.
type Line struct {
	ID         string      `json:"id" wire:"needed,1..2048"`     // of this line alone, in all statements
	Booking    string      `json:"booking" wire:"needed,1..256"` // the id of the booking that it is about
	Payee      string      `json:"payee" wire:"needed,1..256"`   // the id of the person or party that is paid
	Party      model.Party `json:"party" wire:"needed"`          // the party of the payee
	Payer      model.Party `json:"payer" wire:"needed"`          // of a company by default the vendor
	Won        value.Date  `json:"won" wire:"needed,set"`        // the day of the closing or the movement
	Period     value.Date  `json:"period,omitzero"`              // the first day of the period that pays it, if known
	Credit     value.Money `json:"credit,omitzero"`              // counted in a quota, or influenced; absent: none
	Commission value.Money `json:"commission" wire:"needed,set"` // below zero in a clawback
	// of a difference line: the id of the paid line that it corrects, or the id by which a missing one was disputed
	Corrects string `json:"corrects,omitzero" wire:"..2048"`
}

// check returns the problems that tags cannot express.
func (l *Line) check() error {
	var problems value.Errors
	problems.Add("party", l.Party.Check())
	problems.Add("payer", l.Payer.Check())
	if c := l.Credit.Currency(); !l.Credit.IsZero() && c != l.Commission.Currency() {
		problems.Refuse("credit", value.MoneyCurrency, value.Quote(c.String()),
			"is not the currency of the commission, "+value.Quote(l.Commission.Currency().String()))
	}
	if l.ID != "" && l.Corrects == l.ID {
		problems.Refuse("corrects", lineOther, value.Quote(l.ID), "is the line itself")
	}
	return problems.Err()
}

// payee returns the payee as a person.
func (l *Line) payee() model.Person { return model.Person{Name: l.Payee, Party: l.Party} }

// sameOwner reports whether two lines have one payee and one payer.
func (l *Line) sameOwner(other *Line) bool {
	return l.Payee == other.Payee && l.Party == other.Party && l.Payer == other.Payer
}

// Lines returns the lines of a statement of a won deal, each with an id of its own that the same statement always
// gives it; nil where the statement has none. A payee who has credit only is paid nothing and has no line. The payer of
// a company is the vendor where nobody else is named: where no line of the vendor says which, the caller sets its Org.
// The caller owns the slice, and sets Period. It is a life.projected error where nothing is earned yet: a projection is
// never approved, paid or disputed.
func Lines(s comp.Statement) ([]Line, error) {
	if s.Projected || s.Date.IsZero() {
		return nil, value.NewError("life.projected", value.Quote(s.Booking),
			"is a projection; only what is earned is approved, paid or disputed")
	}
	var lines []Line
	var vendor model.Party
	for i := range s.Lines {
		if p := s.Lines[i].Party; p.Side == model.Vendor {
			vendor = p
		}
	}
	parts := map[string]int{}
	for _, l := range s.Lines {
		if l.Commission.IsZero() {
			continue
		}
		if l.Payer == (model.Party{Side: model.Vendor}) && !vendor.IsZero() {
			l.Payer = vendor
		}
		id := name(s.Booking, l.Payee, string(l.Table), l.Credited.String())
		parts[id]++
		credit := l.QuotaCredit
		if credit.Sign() == 0 && l.Influenced.Sign() != 0 {
			credit = l.Influenced
		}
		lines = append(lines, Line{
			ID: id + strconv.Itoa(parts[id]), Booking: cmp.Or(s.Of, s.Booking), Payee: l.Payee, Party: l.Party, Payer: l.Payer,
			Won: s.Date, Period: s.Period, Credit: credit, Commission: l.Commission,
		})
	}
	return lines, nil
}

// name joins texts so that no two lists of them get one name.
func name(parts ...string) string {
	var b strings.Builder
	for _, p := range parts {
		b.WriteString(strings.NewReplacer(`\`, `\\`, "/", `\/`).Replace(p))
		b.WriteByte('/')
	}
	return b.String()
}
