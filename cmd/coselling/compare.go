package main

import (
	"errors"
	"flag"
	"fmt"
	"time"

	agreed "github.com/coselling/coselling/book"
	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/comp/comptest"
	"github.com/coselling/coselling/comp/timeline"
	"github.com/coselling/coselling/crmcsv"
	"github.com/coselling/coselling/internal/shards"
	"github.com/coselling/coselling/value"
)

var compareCommand = command{
	name: "compare", args: "OLD NEW", formats: allFormats,
	about: "two policies or two books in words: what changed, from when it may hold, who gains, who loses",
	more: "OLD and NEW are two policies of compensation, or two books, in JSON. Without -deals the pay of made-up " +
		"deals is compared, one of each kind. csv has a row for each field that changed.",
	examples: []string{
		"compare policy.json next.json",
		"compare policy.json next.json -deals deals.csv -map map.json -format html -out memo.html",
		"compare book-2026.json book-2027.json -at 2026-11-30",
	},
	flags: func(flags *flag.FlagSet) func(*call) error {
		o := &comparing{terms: timeline.DefaultTerms()}
		flags.StringVar(&o.deals, "deals", "", "CSV `FILE` that a CRM exports: compare the pay of its won deals; it "+
			"needs -map. Where rates count over a period, sort a large file by the day on which the deals closed")
		flags.StringVar(&o.mapping, "map", "", "JSON `FILE`: which column is what; coselling map makes a first one")
		flags.Func("at", "the `DAY` on which it is decided, YYYY-MM-DD; without it today",
			into(&o.at, value.ParseDate))
		flags.Func("fiscal-year", "the `MONTH` in which fiscal years begin, such as february; without it that of the "+
			"rates, else "+o.terms.FiscalYear.String(), func(s string) error {
			o.stated = true
			return o.terms.FiscalYear.UnmarshalText([]byte(s))
		})
		flags.BoolVar(&o.exitCode, "exit-code", false, "exit with status 1 where the two differ")
		return o.run
	},
}

// comparing holds the flags of the command.
type comparing struct {
	deals, mapping string
	at             value.Date
	terms          timeline.Terms
	stated         bool // the fiscal year is
	exitCode       bool
}

func (o *comparing) run(c *call) error {
	if (o.deals == "") != (o.mapping == "") {
		return errors.New("-deals and -map belong together: the mapping says what the columns mean")
	}
	if o.at.IsZero() {
		today, err := value.DateOf(time.Now(), time.UTC)
		if err != nil {
			return err
		}
		o.at = today
	}
	var sides [2]agreement
	for i := range sides {
		var err error
		if sides[i], err = readAgreement(c, c.args[i]); err != nil {
			return err
		}
	}
	if (sides[0].book == nil) != (sides[1].book == nil) {
		return fmt.Errorf("%s is a %s and %s is a %s; compare two of one kind", c.args[0], sides[0].kind(), c.args[1],
			sides[1].kind())
	}
	m := &memo{names: [2]string(c.args), sides: sides, madeUp: o.deals == ""}
	var export comptest.Export
	pay := impactOver(madeUpDeals(sides[0].comp, sides[1].comp, o.at))
	if !m.madeUp {
		from, done := c.source(o.deals)
		defer done()
		var err error
		if export, err = o.read(c, from); err != nil {
			return err
		}
		pay = export.Impact
	}
	if err := m.make(o, pay); err != nil {
		return err
	}
	if err := m.print(c); err != nil {
		return err
	}
	switch {
	case export.Unread != nil:
		return found{fmt.Errorf("%s: %w", o.deals, export.Unread)}
	case o.exitCode && len(m.changes) > 0:
		return found{errors.New("they differ")}
	}
	return nil
}

// read reads the file once. It says on the side what is doubtful, and how much was read.
func (o *comparing) read(c *call, from source) (comptest.Export, error) {
	text, err := c.read(o.mapping, maxMappingBytes)
	if err != nil {
		return comptest.Export{}, err
	}
	mapping, err := parseMapping(text)
	if err != nil {
		return comptest.Export{}, err
	}
	export, err := comptest.ReadExport(from, mapping)
	if err != nil {
		return export, fmt.Errorf("%s: %w", o.deals, err)
	}
	for _, note := range export.Notes {
		fmt.Fprintln(c.stderr, "coselling:", note)
	}
	for _, doubt := range mapping.Doubts() {
		fmt.Fprintln(c.stderr, "coselling: doubt:", doubt)
	}
	return export, nil
}

const maxMappingBytes = 4 << 20

// parseMapping returns a mapping in its time zone.
func parseMapping(text []byte) (crmcsv.Mapping, error) {
	mapping, err := shards.ParseMapping(text)
	if err != nil {
		err = fmt.Errorf("the mapping has problems:\n%w", err)
	}
	return mapping, err
}

// agreement is a policy, or a book with its policy.
type agreement struct {
	comp comp.Policy
	book *agreed.Book // nil for a policy
}

func (a agreement) kind() string {
	if a.book != nil {
		return "book"
	}
	return "policy"
}

func readAgreement(c *call, file string) (a agreement, err error) {
	data, err := c.read(file, maxDocumentBytes)
	if err != nil {
		return a, err
	}
	k, err := kindOf("", data)
	if err != nil {
		return a, fmt.Errorf("%s: %w", file, err)
	}
	switch k.name {
	case "book":
		a.book = new(agreed.Book)
		err = a.book.UnmarshalJSON(data)
		a.comp = a.book.Comp
	case "policy":
		err = a.comp.UnmarshalJSON(data)
	default:
		return a, fmt.Errorf("%s is no policy and no book; coselling check says what it is", file)
	}
	if err != nil {
		return a, fmt.Errorf("%s has problems, of which coselling check says the places:\n%w", file, err)
	}
	return a, nil
}

// changesBetween returns every field that differs.
func changesBetween(before, after agreement) ([]comp.PolicyChange, error) {
	if before.book == nil {
		return comp.Diff(before.comp, after.comp), nil
	}
	return agreed.Diff(*before.book, *after.book)
}
