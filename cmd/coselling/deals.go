package main

import (
	"embed"
	"errors"
	"flag"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/value"
)

//go:embed sample
var sample embed.FS

// dealsCommand prints a book of deals: the CSV export of a CRM, read by a mapping.
//
// The mapping maven.json beside this file is for the public data set "CRM Sales Opportunities" of Maven Analytics, and
// makes up what is missing in that export.
var dealsCommand = command{
	name: "deals", args: "[FILE]", formats: allFormats,
	about: "who leads each deal and why, who gets what, and the totals; without FILE a made-up sample",
	more: "FILE is the CSV that a CRM exports; it needs -map. It is read row by row, whatever its length. Rows that " +
		"cannot be read or priced are left out, counted by reason, and those that somebody should look at are listed " +
		"with line, column and reason.",
	examples: []string{
		"deals deals.csv -map map.json -policy policy.json",
		"deals deals.csv -map map.json -format csv -out book.csv",
		"deals -deal D-1003",
		"deals -rep ana.diaz,ben.okoro",
		"deals -quarters -format html -out quarters.html",
	},
	flags: func(flags *flag.FlagSet) func(*call) error {
		o := &options{}
		o.addTo(flags)
		return func(c *call) error { return o.run(c) }
	},
}

// options holds the flags of the command.
type options struct {
	deals, mapping, policy string // files; empty for the embedded sample
	rates                  string // file; empty for that of the embedded sample, or for none with deals
	registrations          string // file; empty for that of the embedded sample, or for none with deals
	asOf                   value.Date
	sort                   bool
	format                 string
	list                   int // the number of deals to list; −1 for all
	deal                   string
	reps                   []string
	quarters               bool
}

// usualList is the number of deals that text, Markdown and HTML list by default.
const usualList = 60

func (o *options) addTo(flags *flag.FlagSet) {
	flags.StringVar(&o.mapping, "map", "", "JSON `FILE`: which column is what; coselling map makes a first one")
	flags.StringVar(&o.policy, "policy", "", "JSON `FILE`: the compensation policy; without it that of the sample")
	flags.StringVar(&o.rates, "rates", "", "`FILE` of exchange rates to the currency of the playbooks' threshold, a "+
		"line each: 1 EUR = 1.08 USD on 2026-01-02")
	flags.StringVar(&o.registrations, "registrations", "", "CSV `FILE`: who registered which account when, as "+
		"coselling claims reads it. Who was first is decided from it, and for the deals that it names it stands above "+
		"the CRM")
	o.addDay(flags, "the `DAY` that is asked about, YYYY-MM-DD: deals won later count as open, and what was taken "+
		"back later is left out; without it all of the file counts, and claims stand as they do today. It also says "+
		"that a period is over, so that its floors are paid")
	flags.BoolVar(&o.sort, "sort", false, "price the deals by closing date, which holds all of them in memory. Rates "+
		"that count over a period need this unless the file is sorted")
	flags.IntVar(&o.list, "list", usualList, "list at most `N` deals; totals count all; without it csv and json "+
		"list all")
	flags.StringVar(&o.deal, "deal", "", "the `ID` of one deal, in full: who does what, and the reason of every line")
	flags.Func("rep", "`IDS` with commas between them: what these reps get, deal by deal; all is every rep",
		func(text string) error {
			o.reps = append(o.reps, strings.Split(text, ",")...)
			return nil
		})
	flags.BoolVar(&o.quarters, "quarters", false, "a page for each quarter: what each model costs, who would gain and "+
		"lose by another one, and the deals to look at")
}

// addDay adds -as-of.
func (o *options) addDay(flags *flag.FlagSet, usage string) {
	flags.Func("as-of", usage, func(text string) (err error) {
		o.asOf, err = value.ParseDate(text)
		return err
	})
}

// check refuses flags that contradict one another.
func (o *options) check(c *call) error {
	switch {
	case c.stated["list"] && o.list < 0:
		return fmt.Errorf("-list %d is below 0", o.list)
	case (o.deals == "") != (o.mapping == ""):
		return errors.New("a file of deals and -map belong together: the mapping says what the columns mean")
	case o.deal != "" && len(o.reps) > 0 || o.quarters && (o.deal != "" || len(o.reps) > 0):
		return errors.New("-deal, -rep and -quarters are different questions; ask one of them")
	case o.quarters && (o.format == "csv" || o.format == "json"):
		return fmt.Errorf("-quarters is for people to read; %s has the totals without it", o.format)
	case slices.Contains(o.reps, ""):
		return errors.New("-rep needs the id of a rep, several with commas between them, or all")
	default:
		return nil
	}
}

// run writes the book in the format and the selection of the flags.
func (o *options) run(c *call) error {
	if err := o.ready(c); err != nil {
		return err
	}
	b, err := o.book(c, o.view(c.out))
	if err != nil {
		return err
	}
	from, done := o.source(c)
	defer done()
	if err := b.write(from); err != nil {
		return err
	}
	if o.deals != "" && b.unparsed > 0 { // the sample has such rows to show them
		const text = "%s could not be parsed; the output says why, and holds all others"
		return found{fmt.Errorf(text, counted(b.unparsed, "row", "rows"))}
	}
	return nil
}

// ready takes what the frame has read, and refuses flags that contradict one another.
func (o *options) ready(c *call) error {
	o.format = c.format
	if len(c.args) > 0 {
		o.deals = c.args[0]
	}
	if !c.stated["list"] && (o.format == "csv" || o.format == "json") {
		o.list = -1
	}
	return o.check(c)
}

// view returns the view for the format and the selection of the flags.
func (o *options) view(out io.Writer) view {
	filter := filter{deal: o.deal, reps: o.reps, most: o.list}
	switch {
	case o.format == "csv":
		return &csvView{out: out, filter: filter}
	case o.format == "json":
		return &jsonView{out: out, filter: filter}
	}
	p := &printer{out: out, format: o.format}
	switch {
	case o.deal != "":
		return &dealView{p: p, filter: filter}
	case len(o.reps) > 0:
		return newRepView(p, o.reps)
	case o.quarters:
		return &quarterView{p: p, pages: map[quarter]*page{}}
	default:
		return &bookView{p: p, most: o.list}
	}
}

// book reads everything that the options name but the deals.
func (o *options) book(c *call, v view) (*book, error) {
	policy, err := o.readPolicy(c)
	if err != nil {
		return nil, err
	}
	text, err := o.read(c, o.mapping, "map.json", maxMappingBytes)
	if err != nil {
		return nil, err
	}
	mapping, err := parseMapping(text)
	if err != nil {
		return nil, err
	}
	if o.format == "csv" || o.deal != "" || o.reps != nil { // which have no head that says them
		for _, doubt := range mapping.Doubts() {
			fmt.Fprintln(c.stderr, "coselling: doubt:", doubt)
		}
	}
	sizes, err := o.readRates(c)
	if err != nil {
		return nil, err
	}
	b, err := newBook(*o, mapping, policy, sizes, v)
	if err != nil {
		return nil, err
	}
	if b.claims, err = o.readRegistrations(c); err != nil {
		return nil, err
	}
	return b, nil
}

func (o *options) readPolicy(c *call) (comp.Policy, error) {
	text, err := o.read(c, o.policy, "policy.json", 1<<20)
	if err != nil {
		return comp.Policy{}, err
	}
	policy, err := comp.ParsePolicy(text)
	if err != nil {
		return comp.Policy{}, fmt.Errorf("the policy has problems:\n%w", err)
	}
	return policy, nil
}

func (o *options) readRates(c *call) (sizer, error) {
	if o.rates == "" && o.deals != "" {
		return newSizer(nil)
	}
	text, err := o.read(c, o.rates, "rates.txt", 1<<20)
	if err != nil {
		return sizer{}, err
	}
	return newSizer(text)
}

// sampleDay is the day of -as-of for the sample's registrations.
const sampleDay = "2026-11-30"

func (o *options) readRegistrations(c *call) (*registrations, error) {
	if o.registrations == "" && o.deals != "" {
		return nil, nil
	}
	return o.readClaims(c, "registrations.csv")
}

// readClaims reads the file of claims, or one of the sample.
func (o *options) readClaims(c *call, sampleName string) (*registrations, error) {
	text, err := o.read(c, o.registrations, sampleName, maxClaimsFile)
	if err != nil {
		return nil, err
	}
	asOf := o.asOf
	switch {
	case !asOf.IsZero():
	case o.registrations == "":
		asOf = value.MustDate(sampleDay)
	default:
		if asOf, err = value.DateOf(time.Now(), time.UTC); err != nil {
			return nil, err
		}
	}
	r, err := newRegistrations(text, asOf)
	if err != nil {
		return nil, fmt.Errorf("the registrations have problems:\n%w", err)
	}
	return r, nil
}

// read returns a file of at most so many bytes, or that of the sample if no file is named.
func (o *options) read(c *call, file, sampleName string, most int64) ([]byte, error) {
	if file == "" {
		return sample.ReadFile("sample/" + sampleName)
	}
	return c.read(file, most)
}
