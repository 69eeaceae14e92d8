// Dealbook reads the CSV export of a CRM and prints every deal with its engagement model and
// the reason, its playbook and the credited reps; then the totals of each rep and side, and
// what the same deals would pay under the other compensation models.
//
//	go run ./examples/dealbook                                    # an embedded sample
//	go run ./examples/dealbook -deal D-1003                       # one deal in full
//	go run ./examples/dealbook -rep ana.diaz                      # what one rep gets, deal by deal
//	go run ./examples/dealbook -deals deals.csv -map map.json -policy policy.json -format csv -out book.csv
//
// It reads a file of any length row by row. Memory holds the listed deals, the totals, and 16
// bytes for each row to find repeated ids. -h prints all flags.
//
// The mapping maven.json beside this file is for the public data set "CRM Sales
// Opportunities" of Maven Analytics, and makes up what is missing in that export:
//
//	go run ./examples/dealbook -deals sales_pipeline.csv -map examples/dealbook/maven.json
package main

import (
	"embed"
	"errors"
	"fmt"
	"io"
	"os"
	"syscall"
	"time"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/crmcsv"
	"github.com/coselling/coselling/value"
)

//go:embed sample
var sample embed.FS

func main() { os.Exit(status(run(os.Args[1:], os.Stdout, os.Stderr), os.Stderr)) }

// status prints an error and returns its exit status.
func status(err error, stderr io.Writer) int {
	switch _, usage := errors.AsType[usageError](err); {
	case err == nil:
		return 0
	case errors.Is(err, syscall.EPIPE):
		return 1 // the reader of the pipe has stopped
	case usage:
		fmt.Fprintln(stderr, "dealbook:", err)
		return 2
	default:
		fmt.Fprintln(stderr, "dealbook:", err)
		return 1
	}
}

// unparsed is the number of rows that could not be parsed. The others were read, and the
// output is complete.
type unparsed int

func (n unparsed) Error() string {
	return counted(int(n), "row", "rows") + " could not be parsed; the output says why, and holds all others"
}

func run(args []string, stdout, stderr io.Writer) error {
	o, help, err := parseOptions(args)
	if err != nil {
		return err
	}
	if help {
		_, err := io.WriteString(stderr, usage)
		return err
	}
	if err := o.checkOut(); err != nil {
		return err
	}
	var b *book
	err = written(o.out, stdout, func(out io.Writer) error {
		b, err = o.print(out, stderr)
		return err
	})
	if err == nil && o.deals != "" && b.unparsed > 0 { // the sample has such rows to show them
		return unparsed(b.unparsed)
	}
	return err
}

// print reads everything that the options name, and writes the book.
func (o options) print(out, stderr io.Writer) (*book, error) {
	policy, err := o.readPolicy()
	if err != nil {
		return nil, err
	}
	text, err := o.read(o.mapping, "map.json")
	if err != nil {
		return nil, err
	}
	mapping, err := crmcsv.ParseMapping(text)
	if err != nil {
		return nil, fmt.Errorf("the mapping has problems:\n%w", err)
	}
	zone, err := time.LoadLocation(mapping.Zone()) // UTC for a mapping that states none
	if err != nil {
		return nil, fmt.Errorf("the mapping's zone: %w", err)
	}
	mapping = mapping.In(zone)
	if o.format == "csv" || o.deal != "" || o.reps != nil { // which have no head that says them
		for _, doubt := range mapping.Doubts() {
			fmt.Fprintln(stderr, "dealbook: doubt:", doubt)
		}
	}
	sizes, err := o.readRates()
	if err != nil {
		return nil, err
	}
	b, err := newBook(o, mapping, policy, sizes, o.view(out))
	if err != nil {
		return nil, err
	}
	if b.claims, err = o.readRegistrations(); err != nil {
		return nil, fmt.Errorf("the registrations have problems:\n%w", err)
	}
	from, done := o.source(stderr)
	defer done()
	return b, b.write(from)
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

// sampleDay is the day of -as-of for the sample's registrations.
const sampleDay = "2026-11-30"

func (o options) readRegistrations() (*registrations, error) {
	if o.registrations == "" && o.deals != "" {
		return nil, nil
	}
	text, err := o.read(o.registrations, "registrations.csv")
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
	return newRegistrations(text, asOf)
}

// read returns a file, or that of the sample if no file is named.
func (o options) read(file, sampleName string) ([]byte, error) {
	if file == "" {
		return sample.ReadFile("sample/" + sampleName)
	}
	return os.ReadFile(file)
}
