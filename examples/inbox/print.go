package main

import (
	"cmp"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/coselling/coselling/model"
)

// print judges the inbox and writes the findings and duties, with times of the account's zone.
func (p *inbox) print(out io.Writer) error {
	report, err := p.report()
	if err != nil {
		return err
	}
	files := map[string]string{}
	for _, l := range p.log {
		files[l.activity.ID] = cmp.Or(files[l.activity.ID], l.file)
	}
	shown := func(ids []string) string {
		var list []string
		for _, id := range ids {
			list = append(list, printable(files[id]))
		}
		return strings.Join(slices.Compact(list), ", ")
	}
	fmt.Fprintf(out, "INBOX  %d mails, %d calendar entries, %d activities, as of %s\n", len(p.mails), len(p.events),
		len(p.log), p.clock(p.facts.AsOf))
	fmt.Fprintf(out, "\nFINDINGS  %d: since when, rule, whose duty, files that show it\n", len(report.Findings))
	for _, f := range report.Findings {
		text := f.Reason.String()
		if f.Until.After(f.Since) {
			text += "; until " + p.clock(f.Until)
		}
		p.line(out, f.Since, string(f.Reason.Code()), f.Side, shown(f.Reason.Paths()), text)
	}
	fmt.Fprintf(out, "\nDUE  %d: until when, rule, whose duty, files that ask for it\n", len(report.Due))
	for _, d := range report.Due {
		p.line(out, d.At, string(d.Reason.Code()), d.Side, shown(d.Reason.Paths()), d.Reason.String())
	}
	if err := p.printRoutes(out); err != nil {
		return err
	}
	p.printProblems(out)
	return nil
}

// printProblems prints at most a hundred lines of each file, then how many more it has.
func (p *inbox) printProblems(out io.Writer) {
	fmt.Fprintf(out, "\nLEFT OUT  %d\n", len(p.problems))
	lines := map[string]int{}
	for _, l := range p.problems {
		for line := range strings.SplitSeq(l.err.Error(), "\n") {
			if lines[l.file]++; lines[l.file] <= 100 {
				fmt.Fprintf(out, "%s: %s\n", printable(l.file), line)
			}
		}
	}
	for _, file := range slices.Sorted(maps.Keys(lines)) {
		if n := lines[file] - 100; n > 0 {
			fmt.Fprintf(out, "%s: and %d more\n", printable(file), n)
		}
	}
}

func (p *inbox) line(out io.Writer, at time.Time, code string, side model.Side, files, text string) {
	fmt.Fprintf(out, "%-21s  %-27s %-8s %s\n    %s\n", p.clock(at), code, cmp.Or(side.String(), "both"),
		cmp.Or(files, "(no file)"), text)
}

func (p *inbox) clock(t time.Time) string { return t.In(p.deal.Zone).Format("2006-01-02 15:04 MST") }

// printable returns a file name without characters that act on a terminal.
func printable(name string) string {
	if quoted := strconv.Quote(name); quoted != `"`+name+`"` {
		return quoted
	}
	return name
}
