package render

import (
	"strings"

	"github.com/coselling/coselling/model"
)

// Matrix returns a responsibility matrix as a Markdown table, a row a responsibility
// and a column an engagement model. A matrix without rows gives the head alone.
func Matrix(m model.Matrix) string {
	var b strings.Builder
	b.WriteString("| responsibility | partner-led | vendor-led | true co-sell |\n|---|---|---|---|\n")
	for _, row := range m {
		b.WriteString("| " + markdown(row.Says))
		for _, e := range [...]model.Engagement{model.PartnerLed, model.VendorLed, model.TrueCoSell} {
			b.WriteString(" | " + markdown(cell(row.Under(e))))
		}
		b.WriteString(" |\n")
	}
	return b.String()
}

// cell says who does it in the words of SPEC 2.1.
func cell(c model.Cell) string {
	text := ""
	switch c.Mode {
	case model.Leads:
		text = c.Leader.String() + " leads"
	case model.Joint:
		text = "joint"
	case model.Alternates:
		text = "alternate"
	}
	if c.How != "" {
		text += ": " + c.How
	}
	if c.Support != "" {
		text += "; " + c.Leader.Other().String() + " " + c.Support
	}
	return text
}
