package crmcsv_test

import (
	"cmp"
	"errors"
	"fmt"
	"math/big"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/coselling/coselling/crmcsv"
	"github.com/coselling/coselling/internal/reachtest"
)

// oracleMapping has formats, a translation and a roster for slowDeal to follow.
const oracleMapping = `{
  "export": "a test", "delimiter": "%s",
  "fields": {
    "id": {"column": "id"}, "value": {"column": "value", "format": "1,234.50"}, "currency": {"column": "currency"},
    "stage": {"column": "stage", "values": {"Closed Won": "won", "Closed Lost": "lost", "*": "open"}},
    "closed": {"column": "closed", "format": "DD/MM/YYYY"}, "source": {"column": "source", "present": "partner", "absent": "vendor"}
  },
  "payees": [
    {"rep": {"column": "a"}, "side": {"constant": "partner"}, "org": {"column": "org"}, "rate": {"column": "rate", "format": "8"}},
    {"rep": {"column": "b"}}
  ],
  "roster": {"bo": {"side": "vendor", "org": "us", "rate": "5%%"}, "cy": {"side": "vendor", "org": "us", "rate": "6.5%%"}}
}`

var oracleColumns = []string{"id", "value", "currency", "stage", "closed", "source", "a", "org", "rate", "b", "note"}

// anyCell draws a cell that is right most of the time.
func anyCell(column string) *rapid.Generator[string] {
	texts := map[string][]string{
		"id":       {"D-1", "D-2", "D 3", "Ü-4", `D"5`, "D,6", "D\n7", "D\r\n8", "D;9", "", " "},
		"value":    {"1", "12.50", "1,234.50", "1234.5", "999,999", "0.01", " 7 ", "12,34", "1.234,50", "1.005", "0", "-5", "1e9", "", "99,999,999,999,999", "100,000,000,000,000", "00012"},
		"currency": {"USD", "USD", "USD", "JPY", "KWD", "XAU", "usd", ""},
		"stage":    {"Closed Won", "Closed Won", "Closed Lost", "Discovery", ""},
		"closed":   {"31/01/2026", "1/2/2026", "29/2/2028", "29/2/2026", "2026-01-31", "", "13/13/2026"},
		"source":   {"", "x", "partner", "  "},
		"a":        {"ana", "ana", "eve", "", "bo"},
		"org":      {"acme", "acme", "acme", "borealis", ""},
		"rate":     {"8", "8", "7.5", "100", "0", "101", "-1", "8%", "", "33.333333", "33.3333333"},
		"b":        {"bo", "cy", "", "dee"},
		"note":     {"", "plain", "two\nlines", `say "hi"`, "a;b,c", "\r\n"},
	}
	return rapid.OneOf(rapid.Just(texts[column][0]), rapid.SampledFrom(texts[column]))
}

func TestWellFormedFilesAgreeWithASlowReader(t *testing.T) {
	seen := reachtest.Seen{}
	reachtest.Check(t, seen, func(t *rapid.T) {
		delimiter := rapid.SampledFrom([]string{",", ";", "|"}).Draw(t, "delimiter")
		end := rapid.SampledFrom([]string{"\n", "\r\n"}).Draw(t, "line end")
		header := rapid.Permutation(oracleColumns).Draw(t, "header")
		var csv strings.Builder
		csv.WriteString(rapid.SampledFrom([]string{"", "\ufeff"}).Draw(t, "mark") + strings.Join(header, delimiter) + end)
		for row := range rapid.IntRange(0, 20).Draw(t, "rows") {
			cells := make([]string, len(header))
			for i, column := range header {
				cell := anyCell(column).Draw(t, column)
				if column == "id" && cell != "" && rapid.IntRange(0, 9).Draw(t, "own id") > 0 {
					cell = fmt.Sprintf("%s#%d", cell, row)
				}
				if strings.ContainsAny(cell, "\"\r\n"+delimiter) || rapid.Bool().Draw(t, "quoted") {
					cell = quoted(cell)
				}
				cells[i] = cell
			}
			csv.WriteString(strings.Join(cells, delimiter) + end)
			if rapid.IntRange(0, 9).Draw(t, "empty line") == 0 {
				csv.WriteString(end)
			}
		}
		got, want := fastRead(t, fmt.Sprintf(oracleMapping, delimiter), csv.String()), slowRead(csv.String(), rune(delimiter[0]))
		if !slices.Equal(got, want) {
			t.Fatalf("%q\ngot\n%s\nwant\n%s", csv.String(), strings.Join(got, "\n"), strings.Join(want, "\n"))
		}
		for _, row := range got {
			seen[strings.Fields(row)[1]]++
		}
	}, "bad", "won", "open", "lost")
}

// fastRead writes every row as one text: its line, then bad or the deal.
func fastRead(t *rapid.T, mappingText, csv string) []string {
	m, err := crmcsv.ParseMapping([]byte(mappingText))
	if err != nil {
		t.Fatal(err)
	}
	reader, err := crmcsv.NewReader(strings.NewReader(csv), m)
	if err != nil {
		t.Fatal(err)
	}
	rows := []string{}
	for d, err := range reader.Rows() {
		if bad, ok := errors.AsType[*crmcsv.BadRow](err); ok {
			rows = append(rows, fmt.Sprint(bad.Line, " bad"))
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		var text strings.Builder
		text.WriteString(fmt.Sprintf("%d %s %q %d %s %q %s", d.Line, d.Status, d.Booking.ID, d.Booking.Value.Minor(), d.Booking.Value.Currency(), d.Booking.Closed, d.Booking.Source))
		for _, p := range d.Booking.Payees {
			text.WriteString(fmt.Sprintf(" %s/%s/%d", p.Rep, p.Party, p.Rate.Millionths()))
		}
		rows = append(rows, text.String())
	}
	return rows
}

// slowRead does the same another way: characters one at a time, rationals, and
// the calendar of package time.
func slowRead(csv string, delimiter rune) []string {
	records, lines := slowRecords(strings.TrimPrefix(csv, "\ufeff"), delimiter)
	rows := []string{}
	ids, parties := map[string]bool{}, map[string]string{}
	for i, record := range records[1:] {
		cells := map[string]string{}
		for j, column := range records[0] {
			cells[column] = strings.TrimSpace(record[j])
		}
		text, payees, ok := slowDeal(cells)
		for _, p := range payees {
			ok = ok && (parties[p.rep] == "" || parties[p.rep] == p.party)
		}
		if !ok || ids[cells["id"]] {
			rows = append(rows, fmt.Sprint(lines[i+1], " bad"))
			continue
		}
		ids[cells["id"]] = true
		for _, p := range payees {
			if parties[p.rep] == "" {
				parties[p.rep] = p.party
			}
			text += fmt.Sprintf(" %s/%s/%s", p.rep, p.party, p.rate)
		}
		rows = append(rows, fmt.Sprint(lines[i+1], " ", text))
	}
	return rows
}

// slowRecords splits well-formed CSV and returns the line on which each record begins.
func slowRecords(text string, delimiter rune) (records [][]string, lines []int) {
	var record []string
	var cell strings.Builder
	inQuotes, line, begun := false, 1, 1
	runes := []rune(strings.ReplaceAll(text, "\r\n", "\n"))
	for i := 0; i < len(runes); i++ {
		r := runes[i]
		switch {
		case inQuotes && r == '"' && i+1 < len(runes) && runes[i+1] == '"':
			cell.WriteRune('"')
			i++
		case r == '"':
			inQuotes = !inQuotes
		case !inQuotes && r == delimiter:
			record = append(record, cell.String())
			cell.Reset()
		case !inQuotes && r == '\n':
			if len(record) > 0 || cell.Len() > 0 {
				records, lines = append(records, append(record, cell.String())), append(lines, begun)
			}
			record = nil
			cell.Reset()
			begun = line + 1
		default:
			cell.WriteRune(r)
		}
		if r == '\n' {
			line++
		}
	}
	return records, lines
}

var (
	slowAmount = regexp.MustCompile(`^-?([0-9]{1,3}(,[0-9]{3})+|[0-9]+)(\.[0-9]+)?$`)
	slowRate   = regexp.MustCompile(`^-?[0-9]+(\.[0-9]{1,6})?$`)
)

// slowPayee is a payee as texts; the rate in millionths of a percent.
type slowPayee struct{ rep, party, rate string }

// slowDeal writes a row as fastRead does, but for the payees; false for a bad one.
func slowDeal(cells map[string]string) (string, []slowPayee, bool) {
	status := map[string]string{"Closed Won": "won", "Closed Lost": "lost", "": ""}
	stage, listed := status[cells["stage"]]
	if !listed {
		stage = "open"
	}
	closed := ""
	if stage == "won" {
		day, err := time.Parse("2/1/2006", cells["closed"])
		if err != nil {
			return "", nil, false
		}
		closed = day.Format(time.DateOnly)
	}
	places, counted := map[string]int{"USD": 2, "JPY": 0, "KWD": 3}[cells["currency"]]
	_, fraction, _ := strings.Cut(cells["value"], ".")
	if cells["id"] == "" || stage == "" || !counted || !slowAmount.MatchString(cells["value"]) || len(fraction) > places {
		return "", nil, false
	}
	amount, _ := new(big.Rat).SetString(strings.ReplaceAll(cells["value"], ",", ""))
	if amount.Sign() <= 0 || amount.Cmp(big.NewRat(100_000_000_000_000, 1)) >= 0 {
		return "", nil, false
	}
	for range places {
		amount.Mul(amount, big.NewRat(10, 1))
	}
	source := "vendor"
	if cells["source"] != "" {
		source = "partner"
	}
	payees, ok := slowPayees(cells)
	return fmt.Sprintf("%s %q %s %s %q %s", stage, cells["id"], amount.RatString(), cells["currency"], closed, source), payees, ok
}

func slowPayees(cells map[string]string) (payees []slowPayee, ok bool) {
	if rep := cells["a"]; rep != "" {
		org, rate := cells["org"], cells["rate"]
		if rep == "bo" { // the roster fills what is blank
			org, rate = cmp.Or(org, "us"), cmp.Or(rate, "5")
		}
		if org == "" || !slowRate.MatchString(rate) {
			return nil, false
		}
		percent, _ := new(big.Rat).SetString(rate)
		if percent.Sign() < 0 || percent.Cmp(big.NewRat(100, 1)) > 0 {
			return nil, false
		}
		payees = append(payees, slowPayee{rep, "partner " + org, percent.Mul(percent, big.NewRat(1_000_000, 1)).RatString()})
	}
	switch cells["b"] {
	case "bo":
		payees = append(payees, slowPayee{"bo", "vendor us", "5000000"})
	case "cy":
		payees = append(payees, slowPayee{"cy", "vendor us", "6500000"})
	case "dee":
		return nil, false
	}
	return payees, len(payees) > 0
}
