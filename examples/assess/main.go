// Assess prints what is wrong with one deal today and what to do next, as one side may
// read it.
//
//	go run ./examples/assess                    # the sample, for the partner
//	go run ./examples/assess lapsed             # a deal of the gallery; no such name lists them
//	go run ./examples/assess -for vendor -as-of 2026-11-02T09:00:00Z
//	go run ./examples/assess -for vendor -report
//	go run ./examples/assess -for all -json
//	go run ./examples/assess -deal deal.json -record record.json -book book.json -roster roster.json
package main

import (
	"embed"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"github.com/coselling/coselling"
	"github.com/coselling/coselling/escalation"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/registration/domains"
	"github.com/coselling/coselling/render"
)

//go:embed deal.json record.json roster.json
var sample embed.FS

func main() {
	if err := run(os.Args[1:], os.Stdout); err != nil && !errors.Is(err, flag.ErrHelp) {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// inputs are the files of one question; an empty name is the sample, for the book the
// default one.
type inputs struct {
	deal, record, book, roster string
	side                       string
	asOf                       string
	json, report               bool
}

func run(args []string, out io.Writer) error {
	var in inputs
	flags := flag.NewFlagSet("assess", flag.ContinueOnError)
	flags.Usage = func() {
		fmt.Fprintf(flags.Output(), "Usage: assess [flags] [deal of the gallery]\n\nThe gallery has %s.\n\n",
			strings.Join(stories(), ", "))
		flags.PrintDefaults()
	}
	flags.StringVar(&in.deal, "deal", "", "the deal, a JSON `FILE`; the sample without it")
	flags.StringVar(&in.record, "record", "", "what happened on it, a JSON `FILE`")
	flags.StringVar(&in.book, "book", "", "the policy, a JSON `FILE`; the default book without it")
	flags.StringVar(&in.roster, "roster", "", "the people to call, a JSON `FILE`")
	flags.StringVar(&in.side, "for", "partner", "whose view: partner, vendor, or all for the host's own eyes")
	flags.StringVar(&in.asOf, "as-of", "2026-11-02T09:00:00Z", "the `INSTANT` of the question")
	flags.BoolVar(&in.report, "report", false, "print everything that the side may see, with codes, as Markdown")
	flags.BoolVar(&in.json, "json", false, "print the whole view as JSON")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if flags.NArg() > 0 {
		return tell(out, flags.Arg(0))
	}
	view, err := assess(in)
	if err != nil {
		return err
	}
	text := render.Brief(view).Text()
	switch {
	case in.report:
		text = render.Report(view).Markdown()
	case in.json:
		document, err := view.MarshalJSON()
		if err != nil {
			return err
		}
		text = string(document) + "\n"
	}
	_, err = io.WriteString(out, text)
	return err
}

func assess(in inputs) (coselling.View, error) {
	asOf, err := time.Parse(time.RFC3339, in.asOf)
	if err != nil {
		return coselling.View{}, fmt.Errorf("-as-of: %w", err)
	}
	engine, err := newEngine(in)
	if err != nil {
		return coselling.View{}, err
	}
	deal, err := read(in.deal, "deal.json", coselling.ParseDeal)
	if err != nil {
		return coselling.View{}, err
	}
	record, err := read(in.record, "record.json", coselling.ParseRecord)
	if err != nil {
		return coselling.View{}, err
	}
	assessment, err := engine.Assess(deal, record, asOf)
	if err != nil {
		return coselling.View{}, err
	}
	return viewOf(assessment, deal, in.side)
}

func viewOf(a coselling.Assessment, d coselling.Deal, side string) (coselling.View, error) {
	if side == "all" {
		return a.Everything(), nil
	}
	s, err := model.ParseSide(side)
	if err != nil {
		return coselling.View{}, fmt.Errorf("-for: %w", err)
	}
	if s == model.Partner {
		return a.For(model.PartnerOrg(d.Partner)), nil
	}
	return a.For(model.VendorOrg(d.Vendor)), nil
}

func newEngine(in inputs) (*coselling.Engine, error) {
	book := coselling.DefaultBook()
	if in.book != "" {
		var err error
		if book, err = read(in.book, "", coselling.ParseBook); err != nil {
			return nil, err
		}
	}
	host, err := hostOf(in.roster)
	if err != nil {
		return nil, err
	}
	return coselling.New(book, host)
}

// hostOf returns a host with the roster of a file, or of the sample.
func hostOf(name string) (coselling.Host, error) {
	roster, err := read(name, "roster.json", escalation.ParseRoster)
	return coselling.Host{Zone: time.LoadLocation, Rosters: []escalation.Roster{roster},
		Registrable: domains.Registrable}, err
}

// read parses a file, or the sample where none is named.
func read[T any](name, fallback string, parse func([]byte) (T, error)) (T, error) {
	load := os.ReadFile
	if name == "" {
		name, load = fallback, sample.ReadFile
	}
	data, err := load(name)
	if err != nil {
		var none T
		return none, err
	}
	v, err := parse(data)
	if err != nil {
		return v, fmt.Errorf("%s: %w", name, err)
	}
	return v, nil
}
