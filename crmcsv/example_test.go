package crmcsv_test

import (
	"errors"
	"fmt"
	"log"
	"strings"
	"time"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/crmcsv"
	"github.com/coselling/coselling/model"
)

const exampleMapping = `{
  "export": "Deals of the sales team",
  "fields": {
    "id":       {"column": "Deal ID"},
    "value":    {"column": "Amount", "format": "1,234.50"},
    "currency": {"constant": "USD"},
    "stage":    {"column": "Stage", "values": {"Closed Won": "won", "Closed Lost": "lost", "*": "open"}},
    "closed":   {"column": "Close Date", "format": "MM/DD/YYYY"},
    "source":   {"column": "Partner", "present": "partner", "absent": "vendor"}
  },
  "payees": [{"rep": {"column": "Partner"}}, {"rep": {"column": "Owner"}, "contribution": {"constant": "technical_validation"}}],
  "roster": {
    "ana": {"side": "partner", "org": "acme", "rate": "8%"},
    "bo":  {"side": "vendor", "org": "us", "rate": "5%"}
  }
}`

const exampleExport = `Deal ID,Stage,Amount,Close Date,Owner,Partner
D-1,Closed Won,"120,000.00",1/31/2026,bo,ana
D-2,Negotiation,"1,234.5",,bo,
D-3,Closed Won,"1,234.505",2/30/2026,bo,ana
D-4,Closed Lost,,,bo,
`

func ExampleReader_Rows() {
	mapping, err := crmcsv.ParseMapping([]byte(exampleMapping))
	if err != nil {
		fmt.Println(err)
		return
	}
	reader, err := crmcsv.NewReader(strings.NewReader(exampleExport), mapping)
	if err != nil {
		fmt.Println(err)
		return
	}
	for deal, err := range reader.Rows() {
		if bad, ok := errors.AsType[*crmcsv.BadRow](err); ok {
			fmt.Println(bad)
			continue
		}
		if err != nil {
			fmt.Println(err) // the file could not be read further
			return
		}
		fmt.Println(deal.Booking.ID, deal.Status, deal.Booking.Value, "from the", deal.Booking.Source, "with", len(deal.Booking.Payees), "payees")
	}
	// Output:
	// D-1 won 120000.00 USD from the partner with 2 payees
	// D-2 open 1234.50 USD from the vendor with 1 payees
	// line 4: Close Date: "2/30/2026" is not a day of the calendar from 0001-01-01 to 9999-12-31; Amount: "1,234.505" has more decimals than USD has (2)
	// line 5: Amount: nothing is stated; a deal without an amount is not priced
}

func ExampleReader_Rows_priceThem() {
	mapping, _ := crmcsv.ParseMapping([]byte(exampleMapping))
	reader, _ := crmcsv.NewReader(strings.NewReader(exampleExport), mapping)
	policy := comp.DefaultPolicy()
	plan, _ := comp.Compile(policy)
	for deal, err := range reader.Rows() {
		if err != nil || deal.Status != crmcsv.Won {
			continue
		}
		engagement, err := model.Recommend(deal.Signals, deal.Booking.Registrant).Decided()
		if err != nil {
			fmt.Println("line", deal.Line, err)
			continue
		}
		primary, err := policy.PrimarySide(engagement, deal.Booking.Origin())
		if err != nil {
			fmt.Println("line", deal.Line, err)
			continue
		}
		statement, err := plan.Statement(deal.Booking.WithRoles(primary))
		if err != nil {
			fmt.Println("line", deal.Line, err)
			continue
		}
		for _, l := range statement.Lines {
			fmt.Println(statement.Booking, engagement, l.Payee, l.QuotaCredit, l.Commission)
		}
	}
	// Output:
	// D-1 partner_led ana 120000.00 USD 9600.00 USD
	// D-1 partner_led bo 36000.00 USD 1800.00 USD
}

func ExampleParseMapping_everyProblemAtOnce() {
	_, err := crmcsv.ParseMapping([]byte(`{
	  "export": "Deals of the sales team",
	  "fields": {
	    "id":       {"column": "Deal ID"},
	    "amount":   {"column": "Amount"},
	    "currency": {"constant": "XAU"},
	    "stage":    {"column": "Stage", "values": {"Closed Won": "Won"}}
	  },
	  "payees": [{"side": {"constant": "vendor"}}],
	  "roster": {"bo": {"side": "vendor", "org": "us", "rate": "105%"}}
	}`))
	for line := range strings.Lines(err.Error()) {
		problem, _, _ := strings.Cut(strings.TrimSpace(line), "; ")
		fmt.Println(problem)
	}
	// Output:
	// mapping.roster.bo.rate: 105% is above 100%
	// mapping.fields.amount: "amount" is not known
	// mapping.fields.currency.constant: "XAU" has no minor unit, so no amount can be counted in it
	// mapping.fields.stage.values.Closed Won: "Won" is not known
	// mapping.fields.value: nothing says where it comes from
	// mapping.payees[0].rep: nothing says where it comes from
}

func ExampleNewReader_missingColumn() {
	mapping, _ := crmcsv.ParseMapping([]byte(exampleMapping))
	_, err := crmcsv.NewReader(strings.NewReader("Deal ID,Stage,Amount\n"), mapping)
	fmt.Println(errors.Is(err, crmcsv.ColumnMissing))
	first, _, _ := strings.Cut(err.Error(), "\n")
	fmt.Println(first)
	// Output:
	// true
	// mapping.fields.closed.column: "Close Date" is no column of the file; it has "Deal ID", "Stage", "Amount"
}

func ExampleBadRow() {
	mapping, _ := crmcsv.ParseMapping([]byte(exampleMapping))
	reader, _ := crmcsv.NewReader(strings.NewReader(exampleExport), mapping)
	for _, err := range reader.Rows() {
		if bad, ok := errors.AsType[*crmcsv.BadRow](err); ok {
			for _, c := range bad.Cells {
				fmt.Printf("line %d, column %q, field %s, value %q: %s\n", bad.Line, c.Column, c.Field, c.Value, c.Reason.Code)
			}
		}
	}
	// Output:
	// line 4, column "Close Date", field closed, value "2/30/2026": date.range
	// line 4, column "Amount", field value, value "1,234.505": money.scale.excess
	// line 5, column "Amount", field value, value "": row.value.missing
}

func ExampleParseOutcome() {
	status, err := crmcsv.ParseOutcome("won")
	fmt.Println(status, err)
	_, err = crmcsv.ParseOutcome("Closed Won") // a stage; the mapping translates it
	fmt.Println(err)
	// Output:
	// won <nil>
	// "Closed Won" is not known; allowed are open, won, lost
}

const mappingJSON = `{
  "export": "Deals of the sales team",
  "fields": {
    "id": {"column": "Deal"}, "value": {"column": "Amount"}, "currency": {"constant": "USD"},
    "stage": {"column": "Stage", "values": {"Closed Lost": "lost", "*": "open"}}
  },
  "payees": [{"rep": {"column": "Owner"}}],
  "roster": {"ana": {"side": "vendor", "org": "us", "rate": "8%"}}
}`

const export = `Deal,Amount,Stage,Owner
D-1,120000.00,Proposal,ana
D-2,1234.505,Proposal,ana
`

func Example() {
	mapping, err := crmcsv.ParseMapping([]byte(mappingJSON))
	if err != nil {
		log.Fatal(err)
	}
	reader, err := crmcsv.NewReader(strings.NewReader(export), mapping)
	if err != nil {
		log.Fatal(err) // a column of the mapping is missing, or the file is not CSV
	}
	for deal, err := range reader.Rows() {
		if bad, ok := errors.AsType[*crmcsv.BadRow](err); ok {
			fmt.Println(bad) // reading goes on
		} else if err != nil {
			log.Fatal(err) // the rest of the file cannot be read
		} else {
			fmt.Println(deal.Booking.ID, deal.Status, deal.Booking.Value)
		}
	}
	// Output:
	// D-1 open 120000.00 USD
	// line 3: Amount: "1234.505" has more decimals than USD has (2)
}

// The sales team writes the day before the month, and the mapping says the other order. What is read would be swapped,
// so a program that shows rows before the end of the file asks first.
func ExampleReader_Check() {
	const export = "Deal ID,Stage,Amount,Close Date,Owner,Partner\n" +
		"D-1,Closed Won,500,04/08/2026,bo,\n" +
		"D-2,Closed Won,700,19/07/2026,bo,\n"
	mapping, _ := crmcsv.ParseMapping([]byte(exampleMapping))
	reader, err := crmcsv.NewReader(strings.NewReader(export), mapping)
	if err != nil {
		log.Fatal(err)
	}
	if err := reader.Check(); err != nil {
		fmt.Println(strings.ReplaceAll(err.Error(), "; ", ";\n"))
	}
	// Output:
	// mapping.fields.closed.format: MM/DD/YYYY fits no row alone, and one row fits DD/MM/YYYY only, the first on line 3 with "19/07/2026";
	// write DD/MM/YYYY into the mapping, and discard what was read
}

// A library resolves no zone by name, because the answer depends on the machine; the program does.
func ExampleMapping_In() {
	text := strings.NewReplacer(`"export"`, `"zone": "Europe/Berlin", "export"`, "MM/DD/YYYY", "YYYY-MM-DD HH:mmZ").Replace(exampleMapping)
	mapping, err := crmcsv.ParseMapping([]byte(text))
	if err != nil {
		log.Fatal(err)
	}
	zone, err := time.LoadLocation(mapping.Zone())
	if err != nil {
		log.Fatal(err)
	}
	const export = "Deal ID,Stage,Amount,Close Date,Owner,Partner\nD-1,Closed Won,500,2026-03-31 23:30Z,bo,\n"
	reader, err := crmcsv.NewReader(strings.NewReader(export), mapping.In(zone))
	if err != nil {
		log.Fatal(err)
	}
	for deal, err := range reader.Rows() {
		fmt.Println(deal.Booking.ID, deal.Booking.Closed, err)
	}
	// Output:
	// D-1 2026-04-01 <nil>
}

// Some rows are read and still look wrong, and some rows are no deals.
func ExampleReader_Doubts() {
	text := strings.Replace(exampleMapping, `"payees": [`, `"payees": [{"rep": {"column": "Reseller"}, "side": {"constant": "partner"},
		"org": {"constant": "acme"}, "rate": {"column": "Rate", "format": "8"}}, `, 1)
	const export = "Pipeline of the partner team\n" +
		"Deal ID,Stage,Amount,Close Date,Owner,Partner,Reseller,Rate\n" +
		"D-1,Negotiation,500,,bo,,eve,0.3\n" +
		"D-2,Negotiation,700,,bo,,Eve,8\n"
	mapping, err := crmcsv.ParseMapping([]byte(text))
	if err != nil {
		log.Fatal(err)
	}
	reader, err := crmcsv.NewReader(strings.NewReader(export), mapping)
	if err != nil {
		log.Fatal(err)
	}
	deals := 0
	for _, err := range reader.Rows() {
		if err != nil {
			log.Fatal(err)
		}
		deals++
	}
	fmt.Println(deals, "deals,", reader.Skipped(), "other row")
	for _, doubt := range reader.Doubts() {
		fmt.Println(doubt)
	}
	// Output:
	// 2 deals, 1 other row
	// "Eve", first on line 4, differs from "eve" by case or blanks only; they count as two reps
	// rates below 1% in a column of percentages: 1, the first on line 3; 0.3 is 0.3%, and 30% in the format fraction
}

// A file of a system for which nobody has written a mapping. The notes say where each field comes from; the doubts are
// shown first.
func ExampleGuess() {
	const export = "Opportunity ID;Betrag;Phase;Abschlussdatum;Inhaber\n" +
		"A-1;1.234,50 €;Gewonnen;03.04.2026;Ana\n" +
		"A-2;500,00 €;Angebot;05.06.2026;Bo\n"
	guess, err := crmcsv.Guess(strings.NewReader(export), crmcsv.GuessOptions{Vendor: "us"})
	if err != nil {
		log.Fatal(err)
	}
	for _, doubt := range guess.Mapping.Doubts() {
		fmt.Println("doubt:", doubt)
	}
	for _, fact := range guess.Mapping.MadeUp() {
		fmt.Println("made up:", fact)
	}
	for _, note := range guess.Notes[1:4] {
		fmt.Printf("%s: %q, because %s\n", note.Field, note.Column, note.Because)
	}
	reader, err := crmcsv.NewReader(strings.NewReader(export), guess.Mapping)
	if err != nil {
		log.Fatal(err)
	}
	for deal, err := range reader.Rows() {
		fmt.Println(deal.Booking.ID, deal.Status, deal.Booking.Value, deal.Booking.Closed, err)
	}
	// Output:
	// doubt: the day is read first, and no row decides that: "03.04.2026" could be another day
	// made up: the vendor has found every deal
	// made up: every owner is a rep of the vendor, "us", at 0%; write a roster with the reps and their rates
	// id: "Opportunity ID", because the column is named so
	// currency: "", because no column has currencies, and amounts are written with "€"
	// value: "Betrag", because the column is named so
	// A-1 won 1234.50 EUR 2026-04-03 <nil>
	// A-2 open 500.00 EUR  <nil>
}

// A file is read in batches, each of which another goroutine may map.
func ExampleBatch() {
	mapping, err := crmcsv.ParseMapping([]byte(`{
	  "export": "deals", "fields": {"id": {"column": "Deal"}, "value": {"column": "Amount"}, "currency": {"constant": "USD"},
	    "stage": {"constant": "open"}},
	  "payees": [{"rep": {"column": "Owner"}}],
	  "roster": {"ana": {"side": "vendor", "org": "us", "rate": "8%"}}
	}`))
	if err != nil {
		panic(err)
	}
	file := strings.NewReader("Deal,Amount,Owner\nD-1,10.00,ana\nD-2,x,ana\n")
	reader, err := crmcsv.NewReader(file, mapping)
	if err != nil {
		panic(err)
	}
	var batch crmcsv.Batch
	reader.Ahead(&batch)
	batch.Map() // beside other batches
	for deal, err := range batch.Rows() {
		if err != nil {
			fmt.Println(err)
		} else {
			fmt.Println(deal.Booking.ID, deal.Booking.Value)
		}
	}
	// Output:
	// D-1 10.00 USD
	// line 3: Amount: "x" is not a plain number like 1234.50; the mapping states no other format
	// EOF
}
