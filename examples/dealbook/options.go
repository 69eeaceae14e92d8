package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/coselling/coselling/value"
)

// usage is the text of -h.
const usage = `Dealbook reads the deals that a CRM exports as CSV and prints who leads each deal and
why, who is credited with what, and the totals. Without flags it shows a made-up sample.

  dealbook                                             the sample
  dealbook -deals deals.csv -map map.json              your deals, under the sample's policy
  dealbook -deals deals.csv -map map.json -policy policy.json -format csv -out book.csv

What to read
  -deals FILE          CSV export of the CRM; needs -map
  -map FILE            JSON: which column is what; examples/dealbook/sample/map.json is one
  -policy FILE         JSON: the compensation policy (default: the sample's)
  -rates FILE          exchange rates to the currency of the playbooks' threshold, a line each:
                       1 EUR = 1.08 USD on 2026-01-02
  -registrations FILE  CSV: who registered which account when; the columns are those of
                       examples/dealbook/sample/registrations.csv. Who was first is decided
                       from it, and for the deals that it names it stands above the CRM
  -as-of YYYY-MM-DD    the day that is asked about: deals won later count as open, and what was
                       taken back later is left out (default: all of the file counts, and claims
                       stand as they do today). It also says that a period is over, so that its
                       floors are paid; without it those of the last one in the file are not
  -sort                price the deals by closing date. Rates that count over a period need this
                       unless the file is sorted by closing date. It holds all deals in memory

What to write
  -format FORMAT       text, markdown, csv or json (default text)
  -out FILE            write there instead of to the screen: the whole file, or nothing
  -list N              how many deals to list; totals count all of them (default 60 in text and
                       markdown, which hold them in memory, and all in csv and json)
  -deal ID             one deal in full: who does what, and the reason of every line
  -rep ID,ID,...       statements: what these reps get, deal by deal; "all" is every rep

Rows that cannot be read or priced are left out, counted by reason, and those that somebody
should look at are listed with line, column and reason.

Exit status: 0 every row was read, or left out for a reason that is no mistake of the file;
1 some rows could not be parsed (the rest is in the output), or nothing was written;
2 the command line is wrong.
`

// options holds the flags of the command line.
type options struct {
	deals, mapping, policy string // files; empty for the embedded sample
	rates                  string // file; empty for that of the embedded sample, or for none with -deals
	registrations          string // file; empty for that of the embedded sample, or for none with -deals
	asOf                   value.Date
	sort                   bool
	format, out            string
	list                   int // the number of deals to list; −1 for all
	deal                   string
	reps                   []string
}

// usageError is a mistake on the command line.
type usageError struct{ error }

func (u usageError) Unwrap() error { return u.error }

var formats = []string{"text", "markdown", "csv", "json"}

// usualList is the number of deals that text and Markdown list by default.
const usualList = 60

func parseOptions(args []string) (o options, help bool, err error) {
	flags := flag.NewFlagSet("dealbook", flag.ContinueOnError)
	flags.SetOutput(io.Discard) // run's error says it once
	flags.StringVar(&o.deals, "deals", "", "")
	flags.StringVar(&o.mapping, "map", "", "")
	flags.StringVar(&o.policy, "policy", "", "")
	flags.StringVar(&o.rates, "rates", "", "")
	flags.StringVar(&o.registrations, "registrations", "", "")
	flags.StringVar(&o.format, "format", "text", "")
	flags.StringVar(&o.out, "out", "", "")
	flags.StringVar(&o.deal, "deal", "", "")
	flags.IntVar(&o.list, "list", usualList, "")
	flags.BoolVar(&o.sort, "sort", false, "")
	flags.Func("as-of", "", func(text string) (err error) {
		o.asOf, err = value.ParseDate(text)
		return err
	})
	flags.Func("rep", "", func(text string) error {
		o.reps = append(o.reps, strings.Split(text, ",")...)
		return nil
	})
	if err := flags.Parse(args); errors.Is(err, flag.ErrHelp) {
		return o, true, nil
	} else if err != nil {
		return o, false, usageError{fmt.Errorf("%w; -help lists the flags", err)}
	}
	stated := map[string]bool{}
	flags.Visit(func(f *flag.Flag) { stated[f.Name] = true })
	if err := o.check(flags.Args(), stated); err != nil {
		return o, false, usageError{err}
	}
	if !stated["list"] && (o.format == "csv" || o.format == "json") {
		o.list = -1
	}
	return o, false, nil
}

func (o options) check(rest []string, stated map[string]bool) error {
	switch {
	case len(rest) > 0:
		return fmt.Errorf("%q is not expected; files come behind -deals, -map, -policy and -rates", rest[0])
	case stated["list"] && o.list < 0:
		return fmt.Errorf("-list %d is below 0", o.list)
	case (o.deals == "") != (o.mapping == ""):
		return errors.New("-deals and -map belong together: the mapping says what the columns mean")
	case !slices.Contains(formats, o.format):
		return fmt.Errorf("-format %q is not known; allowed are %s", o.format, strings.Join(formats, ", "))
	case o.deal != "" && len(o.reps) > 0:
		return errors.New("-deal and -rep are two questions; ask one of them")
	case slices.Contains(o.reps, ""):
		return errors.New("-rep needs the id of a rep, several with commas between them, or all")
	default:
		return nil
	}
}

// view returns the view for the format and the selection of the flags.
func (o options) view(out io.Writer) view {
	filter := filter{deal: o.deal, reps: o.reps, most: o.list}
	switch {
	case o.format == "csv":
		return &csvView{out: out, filter: filter}
	case o.format == "json":
		return &jsonView{out: out, filter: filter}
	}
	p := &printer{out: out, markdown: o.format == "markdown"}
	switch {
	case o.deal != "":
		return &dealView{p: p, filter: filter}
	case len(o.reps) > 0:
		return newRepView(p, o.reps)
	default:
		return &bookView{p: p, most: o.list}
	}
}
