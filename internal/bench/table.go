package main

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"
)

const preamble = `# Ratios to peers

Medians of ratios within one round, over %d rounds; %s, %s/%s, %d CPUs. *Half of
the rounds* and *all rounds* are the spread of the ratio to the first line, the floor. The
times themselves depend on the machine. Allocations and bytes are those of a call; collecting
garbage is not timed. *Other answers* are the checked cases in which the candidate answers
otherwise than coselling.
`

// table prints what was measured of a job as a Markdown table that is also straight
// in a terminal.
func table(j job, results []result) string {
	rows := [][]string{{
		j.title, "× floor", "half of the rounds", "all rounds", "× coselling", "allocations", "bytes", "other answers",
	}}
	for _, r := range results {
		rows = append(rows, []string{
			r.name, ratio(r.toFloor.median),
			ratio(r.toFloor.q1) + "–" + ratio(r.toFloor.q3), ratio(r.toFloor.lowest) + "–" + ratio(r.toFloor.highest),
			ratio(r.toOurs.median), thousands(r.allocations), thousands(r.bytes), others(r.differ, j.cases),
		})
	}
	var text strings.Builder
	if j.more != nil {
		j.note += " " + j.more()
	}
	fmt.Fprintf(&text, "\n%s The floor took %s ns a call.\n\n", j.note, ratio(results[floor].nanoseconds))
	widths := make([]int, len(rows[0]))
	for _, row := range rows {
		for i, cell := range row {
			widths[i] = max(widths[i], utf8.RuneCountInString(cell))
		}
	}
	for n, row := range rows {
		for i, cell := range row {
			text.WriteString("| " + aligned(cell, widths[i], i > 0) + " ")
		}
		text.WriteString("|\n")
		if n == 0 {
			text.WriteString(rule(widths))
		}
	}
	return text.String()
}

// rule is the line below the head: the first column to the left, the others to the right.
func rule(widths []int) string {
	var text strings.Builder
	for i, width := range widths {
		dashes := strings.Repeat("-", width)
		if i > 0 {
			dashes = dashes[1:] + ":"
		}
		text.WriteString("| " + dashes + " ")
	}
	return text.String() + "|\n"
}

func aligned(cell string, width int, right bool) string {
	space := strings.Repeat(" ", width-utf8.RuneCountInString(cell))
	if right {
		return space + cell
	}
	return cell + space
}

// ratio prints three digits, or all that stand before the point.
func ratio(x float64) string {
	switch {
	case x < 9.995:
		return strconv.FormatFloat(x, 'f', 2, 64)
	case x < 99.95:
		return strconv.FormatFloat(x, 'f', 1, 64)
	default:
		return thousands(int(x + 0.5))
	}
}

func others(differ, cases int) string {
	if differ == 0 {
		return "0"
	}
	return thousands(differ) + " of " + thousands(cases)
}

// thousands separates groups of three digits by commas.
func thousands(n int) string {
	text := strconv.Itoa(n)
	for at := len(text) - 3; at > 0; at -= 3 {
		text = text[:at] + "," + text[at:]
	}
	return text
}
