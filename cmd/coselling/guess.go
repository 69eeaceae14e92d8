package main

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"

	"github.com/coselling/coselling/crmcsv"
	"github.com/coselling/coselling/internal/escape"
	"github.com/coselling/coselling/internal/grid"
	"github.com/coselling/coselling/value"
)

var mapCommand = command{
	name: "map", args: "FILE", formats: []string{"json", "text", "markdown", "csv", "html"},
	about: "a first mapping for the CSV of a CRM, guessed from its columns, with what is doubtful",
	more: "The mapping is a file to read and to correct before anybody is paid by it. Where each field comes from " +
		"and what is doubtful stands beside it, on the standard error; the other formats print that alone.",
	examples: []string{
		"map deals.csv > map.json",
		"map deals.csv -currency EUR -vendor norrland -out map.json",
		"map deals.csv -format text",
	},
	flags: func(flags *flag.FlagSet) func(*call) error {
		var o crmcsv.GuessOptions
		flags.Func("currency", "the `CODE` of the currency of a file that states none, such as USD",
			into(&o.Currency, value.ParseCurrency))
		flags.StringVar(&o.Vendor, "vendor", "", "the `ORG` of the vendor, whose reps the owners are")
		flags.StringVar(&o.Partner, "partner", "", "the `ORG` of the partner, whose reps a column names")
		return func(c *call) error { return runMap(c, o) }
	},
}

func runMap(c *call, o crmcsv.GuessOptions) error {
	file, err := c.open(c.args[0])
	if err != nil {
		return err
	}
	defer file.Close()
	guessed, err := crmcsv.Guess(file, o)
	if err != nil {
		return fmt.Errorf("%s: %w", c.args[0], err)
	}
	notes := grid.Table{Head: []string{"field", "column", "because", "doubt"}}
	for _, n := range guessed.Notes {
		notes.Rows = append(notes.Rows, []string{n.Field, n.Column, n.Because, n.Doubt})
	}
	if c.format != "json" {
		return printGrid(c, notes)
	}
	text, err := guessed.Mapping.MarshalJSON()
	if err != nil {
		return err
	}
	var b bytes.Buffer
	if err := json.Indent(&b, text, "", "  "); err != nil {
		return err
	}
	b.WriteByte('\n')
	if _, err := b.WriteTo(c.out); err != nil {
		return err
	}
	for _, n := range guessed.Notes {
		fmt.Fprintln(c.stderr, escape.Line("coselling: "+noteText(n)))
	}
	for _, text := range guessed.Mapping.MadeUp() {
		fmt.Fprintln(c.stderr, escape.Line("coselling: made up: "+text))
	}
	return nil
}

// noteText writes a note on a line.
func noteText(n crmcsv.Note) string {
	text := "the file"
	if n.Field != "" {
		text = n.Field
	}
	if n.Column != "" {
		text += " from " + n.Column
	}
	text += ": " + n.Because
	if n.Doubt != "" {
		text += "; doubt: " + n.Doubt
	}
	return text
}
