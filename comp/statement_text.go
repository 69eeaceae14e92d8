package comp

import (
	"slices"
	"strings"

	"github.com/coselling/coselling/internal/escape"
	"github.com/coselling/coselling/internal/grid"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// Text returns the statement as plain text in columns: a headline, a row for each line with [Line.Why], the sums,
// a row for each of the tier parts that are given ([Plan.TierParts]), and for a booking its quota inflation.
// Influenced credit has a column where there is some. Every line shows its rate: for a reader of one party, first
// remove the other parties' lines. Text from outside stays on one line.
func (s Statement) Text(parts ...TierPart) string {
	text := escape.Line(s.headline()) + "\n\n" + s.table().Text()
	if len(parts) > 0 {
		text += "\n" + tierTable(parts).Text()
	}
	return text + s.inflationText()
}

// Markdown returns the same as [Statement.Text] as Markdown with a table. Text from outside is escaped.
func (s Statement) Markdown(parts ...TierPart) string {
	text := "# " + escape.Markdown(s.headline()) + "\n\n" + s.table().Markdown()
	if len(parts) > 0 {
		text += "\n" + tierTable(parts).Markdown()
	}
	return text + s.inflationText()
}

// tierTable returns a row for each tier that paid a part of a line.
func tierTable(parts []TierPart) grid.Table {
	t := grid.Table{Head: []string{"rep", "table", "tier", "credit", "rate", "commission"}, From: 3, To: 6}
	for _, part := range parts {
		t.Rows = append(t.Rows, []string{part.Payee, string(part.Table), part.Tier.span(), part.Credit.String(),
			part.Tier.Rate.String(), part.Commission.String()})
	}
	return t
}

// span writes the bounds of a tier: "from 100% to 120%".
func (t Tier) span() string {
	text := "from " + t.From.end()
	if !t.To.isZero() {
		text += " to " + t.To.String()
	}
	return text
}

func (s Statement) headline() string {
	var parts []string
	switch {
	case s.Kind.String() != "":
		parts = []string{movementNouns[s.Kind] + " " + s.Booking + " of " + s.Of}
	case !s.Period.IsZero():
		parts = []string{"Closing " + s.Booking + " of the period from " + s.Period.String()}
	default:
		parts = []string{strings.TrimSuffix("Statement of "+s.Booking, " of ")}
	}
	if !s.Date.IsZero() {
		parts = append(parts, s.Date.String())
	}
	if s.Projected {
		parts = append(parts, "open: projected")
	}
	if s.Deferred {
		parts = append(parts, "deferred: paid as the customer pays")
	}
	if s.Value.Sign() != 0 {
		parts = append(parts, "value "+s.Value.String())
	}
	if s.Model != 0 {
		parts = append(parts, "model "+s.Model.String())
	}
	return strings.Join(parts, ", ")
}

var movementNouns = [...]string{
	Received: "Instalment", Reversed: "Reversal", Refunded: "Refund", WrittenOff: "Write-off",
}

// table returns a row for each line, and a row with the sums where there are several.
func (s Statement) table() grid.Table {
	shown, head := []int{credit, commission}, []string{"of", "rep", "quota credit", "commission", "why"}
	if slices.ContainsFunc(s.Lines, func(l Line) bool { return l.Influenced.Sign() != 0 }) {
		shown, head = []int{credit, influenced, commission}, slices.Insert(head, 3, "influenced credit")
	}
	t := grid.Table{Head: head, From: 2, To: len(head) - 1}
	for i := range s.Lines {
		l := &s.Lines[i]
		row := []string{l.Party.String(), l.Payee}
		for _, kind := range shown {
			row = append(row, l.amounts()[kind].String())
		}
		t.Rows = append(t.Rows, append(row, l.Why()))
	}
	if len(s.Lines) > 1 {
		row := []string{"in total", ""}
		for _, kind := range shown {
			row = append(row, s.sum(kind))
		}
		t.Rows = append(t.Rows, append(row, ""))
	}
	return t
}

// sum adds up one amount of every line; empty where there is no sum, only in a statement that no plan made.
func (s Statement) sum(kind int) string {
	var total value.Sum
	for i := range s.Lines {
		l := &s.Lines[i]
		if kind == commission && l.creditOnly() {
			continue
		}
		var err error
		if total, err = total.Add(l.amounts()[kind]); err != nil {
			return ""
		}
	}
	sum, _ := total.Money()
	return sum.String()
}

func (s Statement) inflationText() string {
	if !s.isBooking() || s.Inflation().IsZero() {
		return ""
	}
	return "\nQuota inflation " + ratioText(s.Inflation()) +
		": " + model.Partner.String() + " " + ratioText(s.inflation(model.Partner)) +
		", " + model.Vendor.String() + " " + ratioText(s.inflation(model.Vendor)) + "\n"
}

// ratioText writes a ratio as a percentage with six decimals, above the highest percentage as a fraction.
func ratioText(r value.Ratio) string {
	p, err := r.Percent(value.HalfEven)
	if err != nil {
		return r.String()
	}
	return p.String()
}
