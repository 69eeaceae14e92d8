package main

import (
	stdjson "encoding/json"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// sources is as much of a mapping as is needed to make up an export for it.
type sources struct {
	Delimiter string                        `json:"delimiter"`
	Fields    map[string]sourceOf           `json:"fields"`
	Payees    []map[string]sourceOf         `json:"payees"`
	Roster    map[string]stdjson.RawMessage `json:"roster"`
}

type sourceOf struct {
	Column string            `json:"column"`
	Format string            `json:"format"`
	Values map[string]string `json:"values"`
}

// cells are what stands in exports under any column.
var cells = []string{"", "D-1", "1,200.50", "2026-11-02", "ana", "USD", "Acme, \"Inc\"", "=1+1", "-5", " x ", "Won"}

// exportFor makes up an export for a mapping: a column for each that the mapping names,
// and rows of which some are good.
func exportFor(mapping []byte) string {
	m := sources{Delimiter: ","}
	_ = stdjson.Unmarshal(mapping, &m) // what is of another type is left out
	var columns []string
	sheets := map[string][]string{}
	add := func(fields map[string]sourceOf) {
		for _, name := range slices.Sorted(maps.Keys(fields)) {
			column := fields[name].Column
			if _, ok := sheets[column]; !ok {
				columns = append(columns, column)
			}
			sheets[column] = append(sheets[column], m.likely(name, fields[name])...)
		}
	}
	add(m.Fields)
	for _, payee := range m.Payees {
		add(payee)
	}
	var b strings.Builder
	writeRow(&b, m.Delimiter, columns)
	for row := range 16 {
		record := make([]string, len(columns))
		for i, column := range columns {
			record[i] = sheets[column][row%len(sheets[column])]
			if (row+i)%16 == 5 {
				record[i] = cells[(row+3*i)%len(cells)]
			}
		}
		writeRow(&b, m.Delimiter, record)
	}
	return b.String()
}

// likely returns what probably stands in the column of a field.
func (m sources) likely(field string, s sourceOf) []string {
	switch {
	case len(s.Values) > 0:
		return slices.Sorted(maps.Keys(s.Values))
	case strings.Contains(s.Format, "YYYY"):
		return []string{strings.NewReplacer("YYYY", "2026", "MM", "11", "DD", "22").Replace(s.Format)}
	case s.Format != "":
		return []string{s.Format, strings.ReplaceAll(s.Format, "1", "7")}
	}
	switch field {
	case "id":
		var ids []string
		for i := range 13 {
			ids = append(ids, "D-"+strconv.Itoa(i))
		}
		return ids
	case "value":
		return []string{"1200.50", "75000", "-1200.50"}
	case "closed":
		return []string{"2026-11-22", "2026-02-28", ""}
	case "currency":
		return []string{"USD", "EUR", "JPY"}
	case "rep":
		return append(slices.Sorted(maps.Keys(m.Roster)), "")
	case "reverses":
		return []string{"", "", "", "D-1"}
	default:
		return cells
	}
}

func writeRow(b *strings.Builder, delimiter string, record []string) {
	for i, cell := range record {
		if i > 0 {
			b.WriteString(delimiter)
		}
		b.WriteString(`"` + strings.ReplaceAll(cell, `"`, `""`) + `"`)
	}
	b.WriteString("\r\n")
}
