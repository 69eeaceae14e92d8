package crmcsv

import "strings"

// split cuts a line of CSV without its end into cells, appended to cells. It returns
// false for what it leaves to encoding/csv: a quote inside of a cell, a cell of several
// lines, a mistake. What it does cut, it cuts as encoding/csv does, in less than half of
// the time.
func split(cells []string, line string, delimiter byte) ([]string, bool) {
	for start := 0; ; {
		if start < len(line) && line[start] == '"' {
			end := start + 1 + strings.IndexByte(line[start+1:], '"')
			if end == start {
				return cells, false
			}
			cells = append(cells, line[start+1:end])
			if end+1 == len(line) {
				return cells, true
			}
			if line[end+1] != delimiter {
				return cells, false
			}
			start = end + 2
			continue
		}
		end := start
		for end < len(line) && line[end] != delimiter { // cells are short: a search that must be called takes longer
			if line[end] == '"' {
				return cells, false
			}
			end++
		}
		cells = append(cells, line[start:end])
		if end == len(line) {
			return cells, true
		}
		start = end + 1
	}
}
