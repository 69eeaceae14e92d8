// Dealbook reads the CSV export of a CRM and prints who does what and who gets
// what: every deal with its engagement model and why, its playbook, the credited
// reps, totals a rep and a side, and what the same deals would pay under the other
// compensation models.
//
//	go run ./examples/dealbook                                    # an embedded sample
//	go run ./examples/dealbook -deal D-1003                       # one deal in full
//	go run ./examples/dealbook -deals deals.csv -map map.json -policy policy.json
//	go run ./examples/dealbook -registrations examples/dealbook/sample/registrations.json
//
// The mapping maven.json beside this file is for the public data set "CRM Sales
// Opportunities" of Maven Analytics, and makes up what that export lacks:
//
//	go run ./examples/dealbook -deals sales_pipeline.csv -map examples/dealbook/maven.json
package main

import (
	"bufio"
	"bytes"
	"embed"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/crmcsv"
)

//go:embed sample
var sample embed.FS

func main() {
	if err := run(os.Args[1:], os.Stdout, os.Stderr); err != nil {
		fmt.Fprintln(os.Stderr, "dealbook:", err)
		os.Exit(1)
	}
}

// options are what the command line asks for.
type options struct {
	deals, mapping, policy string // files; empty for the embedded sample
	registrations          string // file; empty for the export's own column
	rates                  string // file; empty for the embedded sample's, or none beside -deals
	deal                   string // the one deal to show in full
	list                   int    // how many deals to list
}

func run(args []string, stdout, stderr io.Writer) error {
	var o options
	flags := flag.NewFlagSet("dealbook", flag.ContinueOnError)
	flags.SetOutput(io.Discard) // run's error says it once
	flags.StringVar(&o.deals, "deals", "", "CSV export of the CRM; needs -map (default: the embedded sample)")
	flags.StringVar(&o.mapping, "map", "", "JSON file that says which column is what")
	flags.StringVar(&o.policy, "policy", "", "JSON file of the compensation policy (default: the sample's)")
	flags.StringVar(&o.rates, "rates", "", "text file of exchange rates to the currency of the playbooks' threshold, one a line:\n1 EUR = 1.08 USD on 2026-01-02")
	flags.StringVar(&o.registrations, "registrations", "", "JSON file of registrations, and which deal names which; they count instead of the export's column")
	flags.StringVar(&o.deal, "deal", "", "id of one deal to show in full: who does what, and every line's reason")
	flags.IntVar(&o.list, "list", 60, "how many `deals` to list; totals count all of them")
	if err := flags.Parse(args); errors.Is(err, flag.ErrHelp) {
		flags.SetOutput(stderr)
		flags.Usage()
		return nil
	} else if err != nil {
		return fmt.Errorf("%w; -help lists the flags", err)
	}
	if flags.NArg() > 0 {
		return fmt.Errorf("%q is not expected; files come behind -deals, -map, -policy, -rates and -registrations", flags.Arg(0))
	}
	if o.list < 0 {
		return fmt.Errorf("-list %d is below 0", o.list)
	}
	if (o.deals == "") != (o.mapping == "") {
		return fmt.Errorf("-deals and -map belong together: the mapping says what the columns mean")
	}
	out := bufio.NewWriter(stdout)
	if err := o.print(out); err != nil {
		return err
	}
	return out.Flush()
}

func (o options) print(out io.Writer) error {
	policy, err := o.readPolicy()
	if err != nil {
		return err
	}
	mappingText, err := o.read(o.mapping, "map.json")
	if err != nil {
		return err
	}
	mapping, err := crmcsv.ParseMapping(mappingText)
	if err != nil {
		return fmt.Errorf("the mapping has problems:\n%w", err)
	}
	sizes, err := o.readRates()
	if err != nil {
		return err
	}
	claims, err := o.readRegistrations()
	if err != nil {
		return err
	}
	deals, err := o.open()
	if err != nil {
		return err
	}
	defer deals.Close()
	book, err := readBook(deals, mapping, policy, sizes, claims)
	if err != nil {
		return err
	}
	if o.deal != "" {
		return book.printDeal(out, o.deal)
	}
	return book.print(out, o.list)
}

func (o options) readPolicy() (comp.Policy, error) {
	text, err := o.read(o.policy, "policy.json")
	if err != nil {
		return comp.Policy{}, err
	}
	policy, err := comp.ParsePolicy(text)
	if err != nil {
		return comp.Policy{}, fmt.Errorf("the policy has problems:\n%w", err)
	}
	return policy, nil
}

func (o options) readRegistrations() (*registrations, error) {
	if o.registrations == "" {
		return nil, nil
	}
	text, err := os.ReadFile(o.registrations)
	if err != nil {
		return nil, err
	}
	claims, err := readRegistrations(text)
	if err != nil {
		return nil, fmt.Errorf("the registrations have problems:\n%w", err)
	}
	return claims, nil
}

func (o options) readRates() (sizer, error) {
	if o.rates == "" && o.deals != "" {
		return newSizer(nil)
	}
	text, err := o.read(o.rates, "rates.txt")
	if err != nil {
		return sizer{}, err
	}
	return newSizer(text)
}

// read returns a file, or the sample's where no file is named.
func (o options) read(file, sampleName string) ([]byte, error) {
	if file == "" {
		return sample.ReadFile("sample/" + sampleName)
	}
	return os.ReadFile(file)
}

func (o options) open() (io.ReadCloser, error) {
	if o.deals != "" {
		return os.Open(o.deals)
	}
	text, err := sample.ReadFile("sample/deals.csv")
	return io.NopCloser(bytes.NewReader(text)), err
}
