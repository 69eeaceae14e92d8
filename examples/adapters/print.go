package main

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/coselling/coselling"
)

const maxActions = 3

// print writes what became of every payload of a document.
func (all *document) print(out io.Writer, name string, t terms) error {
	book := coselling.DefaultBook()
	book.Registration.Vendor, book.Zone = t.Vendor, t.zone().String()
	engine, err := coselling.New(book, coselling.Host{Zone: time.LoadLocation})
	if err != nil {
		return err
	}
	for i := range all.deals {
		fmt.Fprintf(out, "== %s\n", strings.TrimSpace(printable(name)+" "+all.deals[i].path))
		if err := all.deals[i].print(out, engine, t.Seen); err != nil {
			return err
		}
		fmt.Fprintln(out)
	}
	printNotes(out, "around the deals, not read", all.unmapped)
	return nil
}

// print writes one deal: what it is, what the assessment says, and what is missing from
// it.
func (i *imported) print(out io.Writer, engine *coselling.Engine, asOf time.Time) error {
	if i.err != nil {
		fmt.Fprintf(out, "refused:\n  %s\n", strings.ReplaceAll(i.err.Error(), "\n", "\n  "))
		return nil
	}
	assessment, err := engine.Assess(i.Deal, i.Record, asOf)
	if err != nil {
		return err
	}
	v := assessment.Everything()
	d := &i.Deal
	fmt.Fprintf(out, "deal     %s of %s, opened %s, partner %s, vendor %s\n", printable(d.ID), cmp.Or(printable(d.Account), "(account not said)"), d.Opening.Day, printable(d.Partner), printable(d.Vendor))
	for _, p := range d.Participants {
		fmt.Fprintf(out, "with     %s, %s, %s\n", printable(p.Party.Org), p.Function, cmp.Or(strings.TrimSuffix("since "+p.From.String(), "since "), "from the opening on"))
	}
	fmt.Fprintf(out, "amount   %s\n", cmp.Or(d.Amount.String(), "(not said)"))
	fmt.Fprintf(out, "stage    %s, %s; %s in %s\n", v.Progress.Stage, v.Progress.Status, printable(i.theirs), d.Opening.From)
	fmt.Fprintf(out, "model    %s\n", modelLine(&v))
	for _, a := range v.Next[:min(len(v.Next), maxActions)] {
		fmt.Fprintf(out, "next     %s, %s: %s (%s)\n", cmp.Or(a.Due.String(), "now"), cmp.Or(a.Owner.String(), "both"), printable(a.Text()), a.Code)
	}
	for _, m := range v.Missing {
		for _, p := range m.Problems {
			fmt.Fprintf(out, "unknown  %s: %s\n", m.Part, printable(p.Error()))
		}
	}
	printNotes(out, "taken for granted", i.within(i.assumed))
	printNotes(out, "lost", i.within(i.lost))
	printNotes(out, "reported", i.within(i.reported))
	printNotes(out, "not read", folded(i.within(i.unmapped)))
	return nil
}

// within are notes whose paths begin at the payload.
func (i *imported) within(notes []note) []note {
	list := slices.Clone(notes)
	for n := range list {
		list[n].Path = strings.TrimPrefix(strings.TrimPrefix(list[n].Path, i.path), ".")
	}
	return list
}

// modelLine is the model that is set or else recommended, and why.
func modelLine(v *coselling.View) string {
	advice := &v.Model.Advice
	var because []string
	for _, reason := range advice.For {
		because = append(because, reason.String())
	}
	switch {
	case v.Model.Set != 0 && v.Model.Set == advice.Engagement:
		return fmt.Sprintf("%s; %s: %s", v.Model.Set, advice.Strength, strings.Join(because, "; "))
	case v.Model.Set != 0:
		return fmt.Sprintf("%s, as the host says", v.Model.Set)
	case advice.Engagement != 0:
		return fmt.Sprintf("none is set; %s is recommended, %s: %s", advice.Engagement, advice.Strength, strings.Join(because, "; "))
	default:
		return strings.TrimSuffix(fmt.Sprintf("none is set, and none is recommended (%s): %s", advice.Strength, strings.Join(because, "; ")), ": ")
	}
}

// folded has one line for the elements of a list, and those with a reason first by it.
func folded(notes []note) []note {
	var list []note
	for _, n := range notes {
		n.Path = anyIndex.ReplaceAllString(n.Path, "[]")
		at := slices.IndexFunc(list, func(o note) bool { return o.Text == n.Text && o.Text != "" })
		switch {
		case slices.Contains(list, n):
		case at >= 0:
			if !slices.Contains(strings.Split(list[at].Path, ", "), n.Path) {
				list[at].Path += ", " + n.Path
			}
		default:
			list = append(list, n)
		}
	}
	slices.SortStableFunc(list, func(a, b note) int { return cmp.Compare(min(len(b.Text), 1), min(len(a.Text), 1)) })
	return list
}

func printNotes(out io.Writer, title string, notes []note) {
	if len(notes) == 0 {
		return
	}
	fmt.Fprintf(out, "%s:\n", title)
	for _, n := range notes {
		line := printable(n.Path)
		if n.Text != "" {
			line += ": " + printable(n.Text)
		}
		fmt.Fprintln(out, "  "+line)
	}
}

// printable keeps what a payload says from doing anything to a terminal.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || r >= 0x7f && r < 0xa0 || r >= 0x2028 && r <= 0x202e || r >= 0x2066 && r <= 0x2069 || r == 0xfeff {
			return '?'
		}
		return r
	}, s)
}

// printFields writes the table of a source.
func (s *source) printFields(out io.Writer) error {
	fmt.Fprintf(out, "== %s\n", s.title)
	table := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "fact\tfrom\thow")
	for i := range s.rows {
		if r := &s.rows[i]; r.to != "" {
			how := cmp.Or(r.says, "as it stands")
			if r.loses != "" {
				how += "; lost: " + r.loses
			}
			fmt.Fprintf(table, "%s\t%s\t%s\n", r.to, r.fields(), how)
		}
	}
	if err := table.Flush(); err != nil {
		return err
	}
	fmt.Fprintln(out, "left:")
	for i := range s.rows {
		if r := &s.rows[i]; r.to == "" {
			fmt.Fprintf(out, "  %s: %s\n", r.fields(), r.loses)
		}
	}
	_, err := fmt.Fprintln(out)
	return err
}

// fields are the paths of a row.
func (r *row) fields() string {
	var paths []string
	for f := range max(1, len(r.of)) {
		paths = append(paths, r.path(f))
	}
	return strings.Join(paths, ", ")
}
