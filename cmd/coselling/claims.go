package main

import (
	"cmp"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/coselling/coselling/registration"
	"github.com/coselling/coselling/render"
	"github.com/coselling/coselling/value"
)

// claimsCommand says of a file of claims who was first, what ends soon and who waits.
var claimsCommand = command{
	name: "claims", args: "[FILE]", formats: allFormats,
	about: "who registered an account first, what ends soon and who waits; without FILE a made-up sample",
	more: "FILE is a CSV file of at most 16 MiB, a row for each claim. Its columns, in any order: " +
		strings.Join(claimColumns, ", ") + ". Times are days, YYYY-MM-DD, or instants of RFC 3339; cells not " +
		"needed may be blank. An approval in the file does not count where an earlier claim was approved.",
	examples: []string{
		"claims registrations.csv",
		"claims registrations.csv -as-of 2026-11-30 -within 14",
		"claims registrations.csv -format csv -out claims.csv",
	},
	flags: func(flags *flag.FlagSet) func(*call) error {
		o := &options{}
		o.addDay(flags, "the `DAY` that is asked about, YYYY-MM-DD; without it today")
		within := flags.Int("within", 30, "what ends within so many `DAYS` ends soon")
		list := flags.Int("list", usualList, "list at most `N` claims; csv and json list all")
		return func(c *call) error {
			if *within < 0 || *list < 0 {
				return fmt.Errorf("-within %d and -list %d: neither may be below 0", *within, *list)
			}
			if len(c.args) > 0 {
				o.registrations = c.args[0]
			}
			r, err := o.readClaims(c, "claims.csv")
			if err != nil {
				return err
			}
			return r.write(c, *list, *within)
		}
	},
}

// claimReport says of one claim who was first, until when that holds, and what it waits for.
type claimReport struct {
	Claim   string   `json:"claim"`
	Side    string   `json:"side"`
	Org     string   `json:"org"`
	Account string   `json:"account"`
	Filed   string   `json:"filed"`
	Status  string   `json:"status"`
	Through string   `json:"protected_through,omitempty"` // the last day
	Left    *int     `json:"days_left,omitempty"`         // of an active claim, until that day
	Waits   string   `json:"waits_for,omitempty"`         // decision, confirmation or earlier claims
	Due     string   `json:"due,omitempty"`               // the last day for it
	Behind  []string `json:"behind,omitempty"`            // the earlier claims that it waits for, or that beat it
	Deals   []string `json:"deals,omitempty"`
}

// report says how the claim at a place stands.
func (r *registrations) report(at int) claimReport {
	row, s := &r.claims[at], r.standings[at]
	c := claimReport{
		Claim: row.claim.ID, Side: row.claim.Claimant.Side.String(), Org: row.claim.Claimant.Org,
		Account: row.claim.Filing.Account.Name, Filed: row.claim.Submitted.Format(time.DateOnly), Status: r.status(at),
		Through: lastDay(s.Until), Behind: s.Behind, Deals: row.deals,
	}
	switch {
	case s.BeatenBy != "":
		c.Behind = []string{s.BeatenBy}
	case s.Status == registration.Queued:
		c.Waits = "earlier claims"
	case s.Status == registration.Submitted:
		c.Waits, c.Due = "decision", lastDay(s.Due)
	case s.Status == registration.Approved && !s.Active:
		c.Waits, c.Due = "confirmation", c.Through
	case s.Active:
		if day, err := value.ParseDate(c.Through); err == nil {
			c.Left = new(day.Sub(r.asOf))
		}
	}
	return c
}

// lastDay returns the last day before an instant; nothing for an instant that has not come.
func lastDay(end time.Time) string {
	day, err := value.DateOf(end.Add(-1), nil)
	if err != nil || end.IsZero() {
		return ""
	}
	return day.String()
}

// write writes the reports of all claims in the format of the call.
func (r *registrations) write(c *call, list, within int) error {
	reports := make([]claimReport, 0, len(r.claims))
	for at := range r.claims {
		reports = append(reports, r.report(at))
	}
	switch c.format {
	case "csv":
		return writeClaimsCSV(c.out, reports)
	case "json":
		text, err := json.MarshalIndent(struct {
			AsOf   string        `json:"as_of"`
			Claims []claimReport `json:"claims"`
		}{r.asOf.String(), reports}, "", "  ")
		if err == nil {
			_, err = c.out.Write(append(text, '\n'))
		}
		return err
	}
	p := &printer{out: c.out, format: c.format}
	p.title("Claims")
	if c.args == nil {
		p.line("A made-up sample. For a file of your own: coselling claims FILE")
	}
	r.print(p, list)
	r.printEnding(p, reports, list, within)
	r.printWaiting(p, reports, list)
	return p.err
}

// printEnding lists active claims whose protection ends soon, the next one first.
func (r *registrations) printEnding(p *printer, reports []claimReport, list, within int) {
	var soon []claimReport
	for _, c := range reports {
		if c.Left != nil && *c.Left <= within {
			soon = append(soon, c)
		}
	}
	slices.SortStableFunc(soon, func(x, y claimReport) int { return cmp.Compare(*x.Left, *y.Left) })
	p.heading("ENDS SOON  %s within %s of %s", counted(len(soon), "claim", "claims"),
		counted(within, "day", "days"), r.asOf)
	t := &table{columns: "ww*wn"}
	t.row("claim", "of", "account", "protected through", "days left")
	for _, c := range soon[:min(list, len(soon))] {
		t.row(c.Claim, c.Side+" "+c.Org, c.Account, c.Through, count(*c.Left))
	}
	printRows(p, t, len(soon))
}

// printWaiting lists the claims that wait for somebody, what is due next first.
func (r *registrations) printWaiting(p *printer, reports []claimReport, list int) {
	var waiting []claimReport
	for _, c := range reports {
		if c.Waits != "" {
			waiting = append(waiting, c)
		}
	}
	slices.SortStableFunc(waiting, func(x, y claimReport) int {
		return cmp.Or(compareBool(x.Due == "", y.Due == ""), cmp.Compare(x.Due, y.Due))
	})
	p.heading("WAITS  %s for a decision, a confirmation or earlier claims", counted(len(waiting), "claim", "claims"))
	t := &table{columns: "ww*ww"}
	t.row("claim", "of", "account", "waits for", "due")
	for _, c := range waiting[:min(list, len(waiting))] {
		due := c.Due
		switch {
		case len(c.Behind) > 0:
			due = "after " + strings.Join(c.Behind, ", ")
		case due < r.asOf.String():
			due += ", late"
		}
		t.row(c.Claim, c.Side+" "+c.Org, c.Account, c.Waits, due)
	}
	printRows(p, t, len(waiting))
}

// printRows writes a table unless it has only its head, and counts the rows that it leaves out.
func printRows(p *printer, t *table, of int) {
	rows := len(t.rows) - 1
	if rows > 0 {
		t.print(p)
	}
	if more := of - rows; more > 0 {
		p.line("… and %s more", count(more))
	}
}

func writeClaimsCSV(out io.Writer, reports []claimReport) error {
	row := []byte("claim,side,org,account,filed,status,protected_through,days_left,waits_for,due,behind,deals\n")
	for _, c := range reports {
		if _, err := out.Write(row); err != nil {
			return err
		}
		row = append(row[:0], render.CSVCell(c.Claim)...)
		for _, text := range []string{c.Side, c.Org, c.Account, c.Filed, c.Status, c.Through} {
			row = cell(row, text)
		}
		if row = append(row, ','); c.Left != nil {
			row = strconv.AppendInt(row, int64(*c.Left), 10)
		}
		for _, text := range []string{c.Waits, c.Due, strings.Join(c.Behind, " "), strings.Join(c.Deals, " ")} {
			row = cell(row, text)
		}
		row = append(row, '\n')
	}
	_, err := out.Write(row)
	return err
}
