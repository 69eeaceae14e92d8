package main

import (
	"flag"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/coselling/coselling"
	"github.com/coselling/coselling/escalation"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/registration/domains"
	"github.com/coselling/coselling/render"
)

var briefCommand = command{
	name: "brief", args: "DEAL [RECORD]", formats: []string{"text", "markdown", "html", "slack", "json"},
	about: "what to do next about one deal, and what is wrong with it, as one party may read it",
	more:  "DEAL is a deal and RECORD what happened to it, in JSON; without RECORD nothing. json is the whole view.",
	examples: []string{
		"brief deal.json record.json -for partner:acme",
		"brief deal.json record.json -for vendor -at 2026-11-02T09:00:00Z -format slack",
		"brief deal.json record.json -report -format html -out report.html",
	},
	flags: func(flags *flag.FlagSet) func(*call) error {
		o := &briefing{at: time.Now()}
		flags.StringVar(&o.reader, "for", "all", "the `PARTY` that reads it: partner, vendor, a company of the deal "+
			"such as partner:acme, or all for your own eyes")
		flags.Func("at", "the `INSTANT` that is asked about, such as 2026-11-02T09:00:00Z; without it now",
			into(&o.at, func(s string) (time.Time, error) { return time.Parse(time.RFC3339, s) }))
		flags.BoolVar(&o.report, "report", false, "everything that the party may read")
		flags.StringVar(&o.book, "book", "", "JSON `FILE` of the book; without it the default one")
		flags.StringVar(&o.roster, "roster", "", "JSON `FILE` of the people to call")
		return o.run
	},
}

// briefing holds the flags of the command.
type briefing struct {
	reader, book, roster string
	at                   time.Time
	report               bool
}

func (o *briefing) run(c *call) error {
	view, err := o.view(c)
	if err != nil {
		return err
	}
	if c.format == "json" {
		return printJSON(c, view)
	}
	document := render.Brief(view)
	if o.report {
		document = render.Report(view)
	}
	text := map[string]func(render.Document) string{"text": render.Document.Text, "markdown": render.Document.Markdown,
		"html": render.Document.HTML, "slack": render.Document.Slack}[c.format](document)
	_, err = io.WriteString(c.out, text)
	return err
}

// view assesses the deal for the reader.
func (o *briefing) view(c *call) (coselling.View, error) {
	engine, err := o.engine(c)
	if err != nil {
		return coselling.View{}, err
	}
	deal, err := parsed(c, c.args[0], coselling.ParseDeal)
	if err != nil {
		return coselling.View{}, err
	}
	var record coselling.Record
	if len(c.args) > 1 {
		if record, err = parsed(c, c.args[1], coselling.ParseRecord); err != nil {
			return coselling.View{}, err
		}
	}
	reader, err := o.party(deal)
	if err != nil {
		return coselling.View{}, err
	}
	assessment, err := engine.Assess(deal, record, o.at)
	switch {
	case err != nil:
		return coselling.View{}, err
	case reader == (model.Party{}):
		return assessment.Everything(), nil
	default:
		return assessment.For(reader), nil
	}
}

func (o *briefing) engine(c *call) (*coselling.Engine, error) {
	host := coselling.Host{Zone: time.LoadLocation, Registrable: domains.Registrable}
	book := coselling.DefaultBook()
	var err error
	if o.book != "" {
		if book, err = parsed(c, o.book, coselling.ParseBook); err != nil {
			return nil, err
		}
	}
	if o.roster != "" {
		roster, err := parsed(c, o.roster, escalation.ParseRoster)
		if err != nil {
			return nil, err
		}
		host.Rosters = []escalation.Roster{roster}
	}
	return coselling.New(book, host)
}

// party returns the company of the deal that reads the view; the zero Party for the eyes of the host.
func (o *briefing) party(d coselling.Deal) (model.Party, error) {
	all := []model.Party{model.PartnerOrg(d.Partner), model.VendorOrg(d.Vendor)}
	for _, p := range d.Participants {
		all = append(all, p.Party)
	}
	switch o.reader {
	case "all":
		return model.Party{}, nil
	case "partner":
		return all[0], nil
	case "vendor":
		return all[1], nil
	}
	names := make([]string, len(all))
	for i, p := range all {
		names[i] = p.Side.String() + ":" + p.Org
	}
	if i := slices.Index(names, o.reader); i >= 0 {
		return all[i], nil
	}
	return model.Party{}, fmt.Errorf("-for %q is no party of the deal; allowed are all, partner, vendor, %s", o.reader,
		strings.Join(names, ", "))
}

// parsed reads a document of a file.
func parsed[T any](c *call, file string, parse func([]byte) (T, error)) (T, error) {
	data, err := c.read(file, maxDocumentBytes)
	if err != nil {
		var none T
		return none, err
	}
	v, err := parse(data)
	if err != nil {
		err = fmt.Errorf("%s has problems, of which coselling check says the places:\n%w", file, err)
	}
	return v, err
}
