package crmcsv_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/coselling/coselling/crmcsv"
	"github.com/coselling/coselling/value"
)

// guessed guesses a mapping, which must be the same when it is written and read back.
func guessed(t fataler, file []byte, o crmcsv.GuessOptions) (crmcsv.Guessed, error) {
	t.Helper()
	g, err := crmcsv.Guess(bytes.NewReader(file), o)
	if err != nil {
		return g, err
	}
	text, err := json.Marshal(g.Mapping)
	if err != nil {
		t.Fatal(err)
	}
	read, err := crmcsv.ParseMapping(text)
	if err != nil {
		t.Fatalf("%s\n%s", err, text)
	}
	again, err := json.Marshal(read)
	if err != nil || !bytes.Equal(text, again) {
		t.Fatalf("%v\n%s\nread back\n%s", err, text, again)
	}
	return g, nil
}

type fataler interface {
	Helper()
	Fatal(...any)
	Fatalf(string, ...any)
}

// rowsBy reads a file by a mapping: the number of deals, of bad rows, and the error at the end.
func rowsBy(t fataler, file []byte, m crmcsv.Mapping) (deals, bad int, end error) {
	t.Helper()
	reader, err := crmcsv.NewReader(bytes.NewReader(file), m)
	if err != nil {
		t.Fatalf("the mapping does not run: %v", err)
	}
	for _, err := range reader.Rows() {
		if _, isBad := errors.AsType[*crmcsv.BadRow](err); isBad {
			bad++
		} else if err != nil {
			return deals, bad, err
		} else {
			deals++
		}
	}
	return deals, bad, nil
}

// Each file of testdata in one line: whether a mapping is guessed, the rows that it reads and those that it refuses,
// then what is doubtful.
func TestGuessesOnTheFilesOfTestdata(t *testing.T) {
	files, err := filepath.Glob("testdata/*/*.csv")
	if err != nil || len(files) < 20 {
		t.Fatalf("%d files, %v", len(files), err)
	}
	var table, all strings.Builder
	run, deals, bad := 0, 0, 0
	for _, name := range files {
		file, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		short := strings.TrimSuffix(strings.TrimPrefix(filepath.ToSlash(name), "testdata/"), ".csv")
		g, err := guessed(t, file, crmcsv.GuessOptions{})
		if err != nil {
			fmt.Fprintf(&table, "%-28s %5s %7s  %s\n", short, "-", "-", err)
			continue
		}
		d, b, end := rowsBy(t, file, g.Mapping)
		run, deals, bad = run+1, deals+d, bad+b
		fmt.Fprintf(&table, "%-28s %5d %7d", short, d, b)
		if end != nil {
			fmt.Fprint(&table, "  ", end)
		}
		table.WriteByte('\n')
		fmt.Fprintf(&all, "\n%s\n", short)
		for _, n := range g.Notes {
			fmt.Fprintf(&all, "  %s: %s: %s\n", n.Field, n.Column, n.Because)
			if n.Doubt != "" {
				fmt.Fprintf(&all, "    doubt: %s\n", n.Doubt)
			}
		}
		text, _ := json.Marshal(g.Mapping)
		fmt.Fprintf(&all, "  %s\n", text)
	}
	got := fmt.Sprintf("%-28s %5s %7s\n", "file", "deals", "refused") + table.String() +
		fmt.Sprintf("%d of %d files: %d deals read, %d rows refused\n", run, len(files), deals, bad) + all.String()
	const golden = "testdata/guesses.golden"
	if os.Getenv("COSELLING_UPDATE") == "1" {
		if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil || got != string(want) {
		t.Errorf("%v\ngot\n%s\nwant\n%s", err, got, want)
	}
}

// What is ambiguous is decided in a stated way and doubted; what a row decides is not doubted.
func TestGuessesOfOneColumn(t *testing.T) {
	const plain = "Deal ID;Amount;Stage;Close Date;Owner\n"
	for _, c := range []struct {
		name, file string
		currency   string // of the options
		want       string // of the first row that is read: value and day
		doubts     []string
	}{
		{"the month is first in US dollars", plain + "A;5;Won;04/08/2026;ana\n", "", "5.00 USD 2026-04-08",
			[]string{"the month is read first, and no row decides that"}},
		{"the day is first in euros", plain + "A;5;Won;04/08/2026;ana\n", "EUR", "5.00 EUR 2026-08-04",
			[]string{"the day is read first, and no row decides that"}},
		{"the day is first with the sign of the euro", plain + "A;5 €;Won;04/08/2026;ana\n", "", "5.00 EUR 2026-08-04",
			[]string{"the day is read first, and no row decides that"}},
		{"the day is first in a German file", "Nummer;Betrag;Phase;Abschlussdatum;Inhaber\nA;5;Gewonnen;04/08/2026;ana\n", "",
			"5.00 USD 2026-08-04", []string{"the day is read first, and no row decides that"}},
		{"the day is first between points", plain + "A;5;Won;04.08.2026;ana\n", "", "5.00 USD 2026-08-04",
			[]string{"the day is read first, and no row decides that"}},
		{"a row decides", plain + "A;5;Won;04/08/2026;ana\nB;5;Won;19/08/2026;ana\n", "", "5.00 USD 2026-08-04", nil},
		{"a row decides the other way", plain + "A;5;Won;04/08/2026;ana\nB;5;Won;08/19/2026;ana\n", "EUR", "5.00 EUR 2026-04-08", nil},
		{"the currency of a column decides", strings.Replace(plain, "Stage", "Stage;Currency", 1) + "A;5;Won;CHF;04/08/2026;ana\n", "",
			"5.00 CHF 2026-08-04", []string{"the day is read first, and no row decides that"}},
		{"thousands or three decimals", plain + "A;1.500;Won;2026-04-07;ana\n", "", "1500.00 USD 2026-04-07",
			[]string{`amounts are read like 1.234,50, and could mean other ones, like 1234.50`}},
		{"a decimal comma", plain + "A;1.500;Won;2026-04-07;ana\nB;1.234.567,50;Open;;ana\n", "", "1500.00 USD 2026-04-07", nil},
		{"a sign of several currencies", plain + "A;5 kr;Won;2026-04-07;ana\n", "", "5.00 SEK 2026-04-07",
			[]string{`"kr" is read as SEK and is a sign of other currencies too, such as NOK`}},
		{"an ended deal that may be lost", plain + "A;5;Won;2026-04-07;ana\nB;5;Closed;2026-04-07;ana\n", "", "5.00 USD 2026-04-07",
			[]string{`deals of these stages count as open, and may be won or lost: "Closed"`}},
		{"French names of months", "Numéro;Montant;Étape;Date de clôture;Propriétaire\nA;1 234,50 €;Gagné;7 août 2026;ana\n", "",
			"1234.50 EUR 2026-08-07", nil},
		{"a name that only has the known one in it", strings.Replace(plain, "Owner", "Regional owner", 1) + "A;5;Won;2026-04-07;ana\n", "",
			"5.00 USD 2026-04-07", []string{`the column "Regional owner" may be another than its name hints at`}},
		{"an expected day", strings.Replace(plain, "Close", "Expected close", 1) + "A;5;Won;2026-04-07;ana\n", "", "5.00 USD 2026-04-07",
			[]string{`the column "Expected close Date" has the days that were expected`}},
		{"seconds and milliseconds", plain + "A;5;Won;1775563200;ana\nB;5;Won;1775563200000;ana\n", "", "5.00 USD 2026-04-07",
			[]string{"days are those of UTC", "1 of the first 2 rows cannot be read; line 3"}},
		{"letters that are not UTF-8", plain + "A;5;Won;2026-04-07;Jos\xe9\n", "", "5.00 USD 2026-04-07",
			[]string{"the file is not UTF-8 and does not state its encoding"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			o := crmcsv.GuessOptions{}
			if c.currency != "" {
				o.Currency = value.MustCurrency(c.currency)
			}
			g, err := guessed(t, []byte(c.file), o)
			if err != nil {
				t.Fatal(err)
			}
			reader, err := crmcsv.NewReader(strings.NewReader(c.file), g.Mapping)
			if err != nil {
				t.Fatal(err)
			}
			var d crmcsv.Row
			if err := reader.Read(&d); err != nil || fmt.Sprint(d.Booking.Value, " ", d.Booking.Closed) != c.want {
				t.Errorf("%v %v, %v; want %s", d.Booking.Value, d.Booking.Closed, err, c.want)
			}
			doubts := g.Mapping.Doubts()
			same := func(doubt, want string) bool { return strings.HasPrefix(doubt, want) }
			if !slices.EqualFunc(doubts, c.doubts, same) {
				t.Errorf("%q, want %q", doubts, c.doubts)
			}
		})
	}
}

// The options stand in the mapping, and what a file does not say is listed as made up.
func TestMadeUpFactsAreListed(t *testing.T) {
	const file = "Amount,Partner,Partner Rep,Owner\n5,Borealis,eve,ana\n7,,,bo\n"
	g, err := guessed(t, []byte(file), crmcsv.GuessOptions{Currency: value.MustCurrency("EUR"), Vendor: "us", Partner: "borealis"})
	if err != nil {
		t.Fatal(err)
	}
	want := []string{
		"every amount is in EUR, as it was stated for the file",
		"every deal is open",
		`every owner is a rep of the vendor, "us", at 0%; write a roster with the reps and their rates`,
		`every partner rep is one of the partner, "borealis", at 0%; write a roster with the reps and their rates`,
	}
	if got := g.Mapping.MadeUp(); !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
	var deals []string
	reader, err := crmcsv.NewReader(strings.NewReader(file), g.Mapping)
	if err != nil {
		t.Fatal(err)
	}
	for d, err := range reader.Rows() {
		if err != nil {
			t.Fatal(err)
		}
		var text strings.Builder
		text.WriteString(fmt.Sprintf("%s %s %s %s", d.Booking.ID, d.Status, d.Booking.Value, d.Booking.Source))
		for _, p := range d.Booking.Payees {
			text.WriteString(fmt.Sprintf(", %s %s %s", p.Rep, p.Party, p.Rate))
		}
		deals = append(deals, text.String())
	}
	wantDeals := []string{"2 open 5.00 EUR partner, ana vendor us 0%, eve partner borealis 0%", "3 open 7.00 EUR vendor, bo vendor us 0%"}
	if !slices.Equal(deals, wantDeals) {
		t.Errorf("%q", deals)
	}
}

// A file without amounts, and orgs that are none, are refused by name, all of them at once.
func TestGuessesThatAreRefused(t *testing.T) {
	for _, c := range []struct {
		file string
		o    crmcsv.GuessOptions
		want []refusal
	}{
		{"", crmcsv.GuessOptions{}, []refusal{{"file.header", "header"}}},
		{"Deal,Owner\nA,ana\n", crmcsv.GuessOptions{}, []refusal{{"file.amount", "header"}}},
		{"Deal,Amount,Amount\nA,5,6\n", crmcsv.GuessOptions{}, []refusal{{"file.amount", "header"}}},
		{"Amount\n5\n", crmcsv.GuessOptions{Vendor: "\x00", Partner: strings.Repeat("x", 5000)},
			[]refusal{{"row.text", "options.vendor"}, {"row.text", "options.partner"}}},
	} {
		_, err := crmcsv.Guess(strings.NewReader(c.file), c.o)
		if got := refusals(t, err); !slices.Equal(got, c.want) {
			t.Errorf("%q: %v", c.file, err)
		}
	}
	if _, err := crmcsv.Guess(failing{}, crmcsv.GuessOptions{}); !errors.Is(err, errFailed) {
		t.Errorf("a reader that fails: %v", err)
	}
}

var errFailed = errors.New("failed")

type failing struct{}

func (failing) Read([]byte) (int, error) { return 0, errFailed }

// A guess looks at the first 1,000 rows and at most at 1 MiB, in which a row that is cut off is no bad row.
func TestOnlyTheBeginningOfAFileCounts(t *testing.T) {
	const header, decides = "Deal ID,Amount,Stage,Close Date,Owner,Note\n", "Z,5,Won,19/04/2026,ana,\n"
	for _, c := range []struct {
		name string
		rows int
		note string
		want bool // the last row decides the order of day and month
	}{
		{"the last of 1,000 rows", 999, "", true},
		{"a row behind them", 1000, "", false},
		{"the last row of 1 MiB", 500, strings.Repeat("x", 2000), true},
		{"a row behind 1 MiB", 600, strings.Repeat("x", 2000), false},
	} {
		var file strings.Builder
		file.WriteString(header)
		for row := range c.rows {
			fmt.Fprintf(&file, "A-%d,5,Won,03/04/2026,ana,%s\n", row, c.note)
		}
		file.WriteString(decides)
		g, err := guessed(t, []byte(file.String()), crmcsv.GuessOptions{})
		if err != nil {
			t.Fatal(err)
		}
		if doubts := g.Mapping.Doubts(); (len(doubts) == 0) != c.want || len(doubts) > 1 {
			t.Errorf("%s: %q", c.name, doubts)
		}
	}
}

// The last cell of 1 MiB may be the beginning of one, and is no evidence.
func TestACellThatIsCutOffSaysNothing(t *testing.T) {
	const header, last = "Deal ID,Note,Amount,Stage,Owner,Close Date\n", "Z,,5,Won,ana,19/04/20"
	row := func(n, note int) string {
		return fmt.Sprintf("A-%03d,%s,5,Won,ana,03/04/2026\n", n, strings.Repeat("x", note))
	}
	var file strings.Builder
	file.WriteString(header)
	left := 1<<20 - len(header) - len(last)
	for n := 0; left > 0; n++ {
		bare := len(row(n, 0))
		text := row(n, max(min(left, 8000)-bare, 0))
		if left-len(text) < 2*bare && left-len(text) > 0 {
			text = row(n, left-bare)
		}
		file.WriteString(text)
		left -= len(text)
	}
	file.WriteString(last + "26\n")
	if file.Len() != 1<<20+3 {
		t.Fatal(file.Len() - 1<<20)
	}
	g, err := guessed(t, []byte(file.String()), crmcsv.GuessOptions{})
	if err != nil {
		t.Fatal(err)
	}
	text, _ := json.Marshal(g.Mapping)
	if !strings.Contains(string(text), `"closed":{"column":"Close Date","format":"M/D/YYYY"}`) || len(g.Mapping.Doubts()) != 1 {
		t.Errorf("%s", text)
	}
}

// A column of days has five layouts at most, as other ones are more likely to be wrong than to be meant.
func TestAGuessHasFiveLayoutsAtMost(t *testing.T) {
	days := []string{"2026-04-07", "4/19/2026", "7 Aug 2026", "Aug 7, 2026", "2026-04-07T10:00:00Z", "2026/04/07", "19.04.2026"}
	g, err := guessed(t, []byte("Amount;Close Date\n5;"+strings.Join(days, "\n5;")+"\n"), crmcsv.GuessOptions{})
	if err != nil {
		t.Fatal(err)
	}
	var form struct {
		Fields struct{ Closed struct{ Format []string } }
	}
	text, _ := json.Marshal(g.Mapping)
	if err := json.Unmarshal(text, &form); err != nil || len(form.Fields.Closed.Format) != 5 {
		t.Errorf("%v\n%s", err, text)
	}
}

func TestTheZeroMappingIsWrittenAsNull(t *testing.T) {
	if text, err := json.Marshal(crmcsv.Mapping{}); err != nil || string(text) != "null" {
		t.Errorf("%s, %v", text, err)
	}
}

// Currencies in other letters or as signs, a column of flags and zeros are taken for their meaning.
func TestGuessesOfOtherColumns(t *testing.T) {
	for _, c := range []struct{ name, file, want string }{
		{"currencies", "Amount,Currency\n5,usd\n5,€\n5,USD\n", `"currency":{"column":"Currency","values":{"USD":"USD","usd":"USD","€":"EUR"}}`},
		{"a blank currency", "Amount,Currency\n5,USD\n5,\n", `"currency":{"column":"Currency","absent":"GBP"}`},
		{"a column without a currency beside one with", "Amount,Currency,Deal Currency\n5,,EUR\n", `"currency":{"column":"Deal Currency"}`},
		{"no currencies", "Amount,Currency\n5,many\n", `"currency":{"constant":"GBP"}`},
		{"flags", "Amount,Partner\n5,yes\n5,no\n", `"source":{"constant":"vendor"}`},
		{"partners", "Amount,Reseller\n5,Aster\n5,\n", `"source":{"column":"Reseller","present":"partner","absent":"vendor"}`},
		{"zeros", "Actual Revenue,Amount,Owner\n0.00,5,a\n7,5,a\n", `"columns":["Actual Revenue","Amount"],"take":"first","no_value":["0.00"]`},
		{"two columns of stages", "Amount,Status,Stage\n5,new,lost\n", `"stage":{"column":"Stage"`},
		{"an amount that is words", "Actual Revenue,Actual Amount,Amount,Owner\nlarge,5,5,a\nsmall,7,5,a\n", `"columns":["Actual Amount","Amount"]`},
		{"two columns of ids", "Amount,Deal ID,Reference\n5,a,x\n5,a,y\n", `"id":{"column":"Deal ID"}`},
		{"a name and its parts", "Amount,Owner,Owner given,Owner family\n5,ana,a,b\n", `"rep":{"column":"Owner"}`},
		{"numbers that are no days", "Amount,Close Date\n5,1234\n", `"closed":{"column":"Close Date"}`},
		{"two names of one rank", "Amount,Zone owner,City owner,Regional owner,Hub owner,Area owner,Desk owner\n5,a,b,c,d,e,f\n", `"rep":{"column":"Area owner"}`},
		{"a header below a title", "Deals;of;the;owner;in;May\nid;amount;owner\n1;5;ana\n", `"delimiter":";"`},
	} {
		g, err := guessed(t, []byte(c.file), crmcsv.GuessOptions{Currency: value.MustCurrency("GBP")})
		if text, _ := json.Marshal(g.Mapping); err != nil || !strings.Contains(string(text), c.want) {
			t.Errorf("%s: %v\n%s\nwant %s", c.name, err, text, c.want)
		}
	}
}
