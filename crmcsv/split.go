package crmcsv

import "strings"

// split cuts a line of CSV without its end into cells, appended to cells. It returns
// false for what it leaves to encoding/csv: a quote inside of a cell, a cell of several
// lines, a mistake. What it does cut, it cuts as encoding/csv does, in a third of the
// time.
func split(cells []string, line string, delimiter byte) ([]string, bool) {
	hasQuote := strings.IndexByte(line, '"') >= 0
	for {
		if hasQuote && line != "" && line[0] == '"' {
			end := 1 + strings.IndexByte(line[1:], '"')
			if end == 0 {
				return cells, false
			}
			cells = append(cells, line[1:end])
			if line = line[end+1:]; line == "" {
				return cells, true
			}
			if line[0] != delimiter {
				return cells, false
			}
			line = line[1:]
			continue
		}
		end := strings.IndexByte(line, delimiter)
		cell := line
		if end >= 0 {
			cell = line[:end]
		}
		if hasQuote && strings.IndexByte(cell, '"') >= 0 {
			return cells, false
		}
		cells = append(cells, cell)
		if end < 0 {
			return cells, true
		}
		line = line[end+1:]
	}
}
