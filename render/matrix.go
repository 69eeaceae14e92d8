package render

import (
	"github.com/coselling/coselling/internal/grid"
	"github.com/coselling/coselling/model"
)

// Matrix returns a responsibility matrix as a Markdown table with a row for each
// responsibility and a column for each engagement model. For a matrix without rows it
// returns the word "nothing".
func Matrix(m model.Matrix) string {
	table := grid.Table{Head: []string{"responsibility", "partner-led", "vendor-led", "true co-sell"}}
	for _, row := range m {
		cells := []string{row.Says}
		for _, e := range [...]model.Engagement{model.PartnerLed, model.VendorLed, model.TrueCoSell} {
			cells = append(cells, cell(row.Under(e)))
		}
		table.Rows = append(table.Rows, cells)
	}
	return table.Markdown()
}

// cell returns the text for a responsibility under one engagement model.
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
