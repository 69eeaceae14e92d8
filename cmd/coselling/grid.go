package main

import (
	"encoding/json"
	"io"
	"strings"

	"github.com/coselling/coselling/internal/grid"
	"github.com/coselling/coselling/render"
)

// printGrid writes a table in the format of the call, one of text, markdown, html and csv.
func printGrid(c *call, t grid.Table) error {
	_, err := io.WriteString(c.out, gridText(c.format, t))
	return err
}

func gridText(format string, t grid.Table) string {
	switch format {
	case "markdown":
		return t.Markdown()
	case "html":
		return t.HTML()
	case "csv":
		return gridCSV(t)
	default:
		return t.Text()
	}
}

// gridCSV writes a head and rows as CSV; only cells that are no figures are escaped.
func gridCSV(t grid.Table) string {
	var b strings.Builder
	for i, row := range append([][]string{t.Head}, t.Rows...) {
		for j, cell := range row {
			if j > 0 {
				b.WriteByte(',')
			}
			if i == 0 || j < t.From || j >= t.To {
				cell = render.CSVCell(cell)
			}
			b.WriteString(cell)
		}
		b.WriteByte('\n')
	}
	return b.String()
}

// printJSON writes a value as indented JSON.
func printJSON(c *call, v any) error {
	enc := json.NewEncoder(c.out)
	enc.SetIndent("", "  ")
	enc.SetEscapeHTML(false)
	return enc.Encode(v)
}
