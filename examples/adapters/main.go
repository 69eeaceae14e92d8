// Adapters turns the deals of four systems, JSON as their public interfaces give it,
// into deals and records of coselling, and says what is wrong with each and what to do
// next.
//
//	go run .                                  # the samples of the four systems
//	go run . -from salesforce -crm vendor -partner acme -vendor us -currency USD FILE
//	go run . -json -from aws FILE             # documents and notes, for another program
//	go run . -fields -from hubspot            # the use of each field, and the losses
//	go run . -sync FILE                       # what a connector does next with an opportunity of AWS
//
// The exit status is 0 where every payload became a deal, 2 where one or more were refused, and 1
// where the program could not do its work.
//
// A document holds one deal or a list of deals, as the interface returns it. Facts that a deal
// does not have stay unset. The program lists its assumptions and every field that it did not
// read. A wrong payload is refused with the path of each mistake.
//
// To copy it, take the tables of your systems, which are one file each, and the files for every
// system: main.go, print.go and write.go; reader.go, which reads JSON and records the fields that were
// read; field.go, which reads amounts, instants and addresses; source.go, the form of a table;
// import.go, which applies it; and draft.go, people.go, participant.go and carry.go, which make the
// deal. The sync of AWS is sync.go, merge.go and review.go.
package main

import (
	"bufio"
	"cmp"
	"embed"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"time"
	_ "time/tzdata" // zones do not depend on the host

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/stage/mapping"
	"github.com/coselling/coselling/value"
)

//go:embed sample
var samples embed.FS

// sampleSeen is the instant of the question for the samples.
var sampleSeen = time.Date(2026, time.November, 20, 9, 0, 0, 0, time.UTC)

// system is one of the systems, in each of its forms, with the terms of its sample.
type system struct {
	name   string
	forms  []*source
	vendor string
	crm    model.Side
	domain string // of the vendor
}

var systems = []system{
	{"aws", []*source{&aws, &ace}, "aws", model.Partner, "amazon.com"},
	{"microsoft", []*source{&microsoft}, "microsoft", model.Partner, "microsoft.com"},
	{"hubspot", []*source{&hubspot}, "us", model.Partner, "us.example"},
	{"salesforce", []*source{&salesforce}, "us", model.Vendor, "us.example"},
}

func main() {
	err := run(os.Args[1:], time.Now(), os.Stdout, os.Stderr)
	if err == nil {
		return
	}
	fmt.Fprintln(os.Stderr, "adapters:", err)
	if errors.As(err, new(refusals)) {
		os.Exit(2)
	}
	os.Exit(1)
}

// refusals is the error of a run that wrote all it could: how many payloads were refused.
type refusals int

func (n refusals) Error() string {
	return fmt.Sprintf("payloads refused: %d; the output says why", int(n))
}

// options are the flags.
type options struct {
	from, asOf, partner, vendor, crm, engagement, currency, stages string
	partnerDomain, vendorDomain, zone                              string
	fields, json, sync                                             bool
	files                                                          []string
}

func parseOptions(args []string, stderr io.Writer) (options, error) {
	var o options
	flags := flag.NewFlagSet("adapters", flag.ContinueOnError)
	flags.SetOutput(io.Discard) // run's error says it once
	flags.StringVar(&o.from, "from", "", "`system` of the file: aws, microsoft, hubspot or salesforce (default: the sample of each)")
	flags.StringVar(&o.asOf, "as-of", "", "`instant` of the question, like 2026-11-20T09:00:00Z (default: now)")
	flags.StringVar(&o.partner, "partner", "acme", "the partner's `organisation`")
	flags.StringVar(&o.vendor, "vendor", "", "the vendor's `organisation` (default: aws, microsoft or us)")
	flags.StringVar(&o.crm, "crm", "", "`side` whose HubSpot or Salesforce it is: partner or vendor (default: partner, vendor)")
	flags.StringVar(&o.engagement, "model", "", "engagement `model` of every deal: partner_led, vendor_led or true_co_sell (default: what its fields speak for)")
	flags.StringVar(&o.currency, "currency", "", "`code` of amounts without a currency, like USD (default: such amounts are unknown)")
	flags.StringVar(&o.zone, "zone", "", "`time zone` in which days are counted and dates without a zone are read, like Europe/Berlin (default: UTC)")
	flags.StringVar(&o.stages, "stages", "", "`file` with your own stage names, a mapping of stage/mapping (default: those of a fresh installation)")
	flags.StringVar(&o.partnerDomain, "partner-domain", "acme.example", "mail `domain` of the partner")
	flags.StringVar(&o.vendorDomain, "vendor-domain", "", "mail `domain` of the vendor")
	flags.BoolVar(&o.fields, "fields", false, "print what becomes of each field")
	flags.BoolVar(&o.json, "json", false, "print deals and records as documents, one line each, with what was taken for granted, lost, reported and not read")
	flags.BoolVar(&o.sync, "sync", false, "print what a connector does next with an opportunity of AWS: the file has ours, seen, theirs, found, or an event")
	if err := flags.Parse(args); errors.Is(err, flag.ErrHelp) {
		flags.SetOutput(stderr)
		flags.Usage()
		return o, err
	} else if err != nil {
		return o, fmt.Errorf("%w; -help lists the flags", err)
	}
	o.files = flags.Args()
	if o.sync {
		o.from = cmp.Or(o.from, "aws")
	}
	if o.sync && o.from != "aws" {
		return o, errors.New("-sync: only AWS has a sync here; leave out -from")
	}
	if len(o.files) > 1 || len(o.files) == 1 && o.from == "" {
		return o, errors.New("give one file, and say with -from which system it is of")
	}
	return o, nil
}

func run(args []string, now time.Time, stdout, stderr io.Writer) error {
	o, err := parseOptions(args, stderr)
	if errors.Is(err, flag.ErrHelp) {
		return nil
	} else if err != nil {
		return err
	}
	out := bufio.NewWriter(stdout)
	if o.sync {
		if err := o.runSync(out); err != nil {
			return err
		}
		return out.Flush()
	}
	var refused refusals
	for i := range systems {
		s := &systems[i]
		if o.from != "" && o.from != s.name {
			continue
		}
		n, err := o.runOne(s, now, out)
		if err != nil {
			return err
		}
		refused += refusals(n)
	}
	if o.from != "" && !slices.ContainsFunc(systems, func(s system) bool { return s.name == o.from }) {
		return fmt.Errorf("-from: %q is no system; allowed are aws, microsoft, hubspot, salesforce", o.from)
	}
	if err := out.Flush(); err != nil || refused == 0 {
		return err
	}
	return refused
}

// runOne prints the file, or the sample, of one system, and returns how many payloads were refused.
func (o *options) runOne(s *system, now time.Time, out io.Writer) (refused int, err error) {
	if o.fields {
		for _, form := range s.forms {
			if err := form.printFields(out); err != nil {
				return 0, err
			}
		}
		return 0, nil
	}
	t, err := o.terms(s, now)
	if err != nil {
		return 0, err
	}
	name, data, err := o.document(s.name)
	if err != nil {
		return 0, err
	}
	all, err := importAll(s.forms, t, data)
	if err != nil {
		return 0, fmt.Errorf("%s: %w", name, err)
	}
	if o.json {
		return all.refused(), all.write(out)
	}
	return all.refused(), all.print(out, name, t)
}

// runSync prints the decision on the file, or on the sample.
func (o *options) runSync(out io.Writer) error {
	name, data, err := o.document("sync")
	if err != nil {
		return err
	}
	s, err := parseSyncing(data)
	if err == nil {
		var d decision
		if d, err = Sync(s); err == nil {
			if err = json.MarshalWrite(out, d, jsontext.WithIndent("  ")); err == nil {
				_, err = fmt.Fprintln(out)
			}
			return err
		}
	}
	return fmt.Errorf("%s: %w", name, err)
}

// document returns the file that was asked for, or the sample of a name.
func (o *options) document(sample string) (name string, data []byte, err error) {
	if len(o.files) == 0 {
		name = sample + ".json"
		data, err = samples.ReadFile("sample/" + name)
		return name, data, err
	}
	file, err := os.Open(o.files[0])
	if err != nil {
		return "", nil, err
	}
	defer file.Close()
	data, err = io.ReadAll(io.LimitReader(file, maxPayload+1))
	return o.files[0], data, err
}

// terms returns the terms that the flags state, with all mistakes at once.
func (o *options) terms(s *system, now time.Time) (terms, error) {
	t := terms{Partner: o.partner, Vendor: s.vendor, CRM: s.crm, Seen: now.UTC().Truncate(time.Second), Domains: map[string]model.Side{}}
	var problems value.Errors
	if o.vendor != "" {
		t.Vendor = o.vendor
	}
	if len(o.files) == 0 {
		t.Seen = sampleSeen
	}
	optional(&problems, "-as-of", o.asOf, &t.Seen, parseInstant)
	optional(&problems, "-model", o.engagement, &t.Model, model.ParseEngagement)
	optional(&problems, "-currency", o.currency, &t.Currency, value.ParseCurrency)
	optional(&problems, "-crm", o.crm, &t.CRM, model.ParseSide)
	optional(&problems, "-zone", o.zone, &t.Zone, time.LoadLocation)
	optional(&problems, "-stages", o.stages, &t.Stages, readStages)
	t.Domains[strings.ToLower(s.domain)] = model.Vendor
	if o.vendorDomain != "" {
		t.Domains[strings.ToLower(o.vendorDomain)] = model.Vendor
	}
	t.Domains[strings.ToLower(o.partnerDomain)] = model.Partner
	return t, problems.Err()
}

// optional reads a flag that was given.
func optional[T any](problems *value.Errors, flag, text string, into *T, parse func(string) (T, error)) {
	if text == "" {
		return
	}
	v, err := parse(text)
	if problems.Add(flag, err); err == nil {
		*into = v
	}
}

func parseInstant(s string) (time.Time, error) {
	at, err := time.Parse(time.RFC3339, s)
	if err != nil {
		return at, value.NewError(instantFormat, value.Quote(s), "is no instant like 2026-11-20T09:00:00Z")
	}
	return at.UTC(), nil
}

func readStages(file string) (*mapping.Mapping, error) {
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	m, err := mapping.Parse(data)
	return &m, err
}
