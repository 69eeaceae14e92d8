package main

import (
	"cmp"
	"encoding/csv"
	"encoding/json"
	"math/big"
	"strings"
	"testing"
)

// table returns the rows of a CSV output by the names of the columns.
func csvRows(t *testing.T, text string) []map[string]string {
	t.Helper()
	records, err := csv.NewReader(strings.NewReader(text)).ReadAll() // refuses rows of different lengths
	if err != nil {
		t.Fatal(err)
	}
	var rows []map[string]string
	for _, record := range records[1:] {
		row := map[string]string{}
		for i, name := range records[0] {
			row[name] = record[i]
		}
		rows = append(rows, row)
	}
	return rows
}

// The rows of a CSV output add up to its totals, which equal those of the text.
func TestCSVAddsUp(t *testing.T) {
	earned := map[string]*big.Rat{}
	add := func(key, figure string) {
		if earned[key] == nil {
			earned[key] = new(big.Rat)
		}
		earned[key].Add(earned[key], number(t, figure))
	}
	text, totals, left := output(t), 0, 0
	for _, row := range csvRows(t, tryFormat(t, "csv")) {
		stage := "earned"
		if row["stage"] == "open" || row["stage"] == "projected" {
			stage = "projected"
		}
		keys := [3]string{"rep " + row["rep"], "side " + row["side"], "total "}
		switch {
		case row["scope"] == "deal":
			for _, key := range keys {
				add(key+row["currency"]+stage, row["commission"])
			}
		case row["scope"] == "left_out":
			left++
			if row["line"] == "" || row["code"] == "" || row["reason"] == "" {
				t.Errorf("%v", row)
			}
		case row["stage"] != "compared":
			key := map[string]string{"rep": keys[0], "side": keys[1], "total": keys[2]}[row["scope"]] +
				row["currency"] + stage
			if sum := earned[key]; sum == nil || sum.Cmp(number(t, row["commission"])) != 0 {
				t.Errorf("%s: %s, the deals add up to %v", key, row["commission"], sum)
			}
			if stage == "earned" {
				has(t, text, grouped(row["commission"]))
			}
			totals++
		}
	}
	if totals < 20 || left != 6 {
		t.Errorf("%d totals, %d left out", totals, left)
	}
}

// The JSON output has the same content as the CSV output.
func TestJSONAgreesWithCSV(t *testing.T) {
	var book struct {
		Export string
		Model  string
		Rows   []struct {
			Deal, Stage, Account, Value, Engagement, Why string
			Line                                         int
			Lines                                        []struct{ Rep, Commission, Why string }
			LeftOut                                      []struct{ Column, Code, Text string } `json:"left_out"`
		}
		Totals []struct{ Scope, Stage, Currency, Rep, Commission string }
		Counts struct {
			Read, Priced, Unparsed int
			LeftOut                int `json:"left_out"`
			Reasons                map[string]int
		}
	}
	if err := json.Unmarshal([]byte(tryFormat(t, "json")), &book); err != nil {
		t.Fatal(err)
	}
	var got, want []string
	for _, r := range book.Rows {
		for _, l := range r.Lines {
			got = append(got, strings.Join([]string{r.Deal, r.Stage, r.Account, r.Value, r.Engagement, r.Why, l.Rep,
				l.Commission}, "|"))
			if l.Why == "" {
				t.Errorf("%s: no reason", r.Deal)
			}
		}
		for i, l := range r.LeftOut {
			if i == 0 {
				column, _, _ := strings.Cut(l.Text, ":")
				got = append(got, strings.Join([]string{"left out", r.Deal, l.Code, cmp.Or(l.Column, column)}, "|"))
			}
		}
	}
	for _, r := range book.Totals {
		got = append(got, strings.Join([]string{r.Scope, r.Stage, r.Currency, r.Rep, r.Commission}, "|"))
	}
	for _, r := range csvRows(t, tryFormat(t, "csv")) {
		switch r["scope"] {
		case "deal":
			want = append(want, strings.Join([]string{r["deal"], r["stage"], r["account"], r["value"], r["engagement"],
				r["why"], r["rep"], r["commission"]}, "|"))
		case "left_out":
			column, _, _ := strings.Cut(strings.TrimPrefix(r["reason"], r["deal"]+": "), ":")
			want = append(want, strings.Join([]string{"left out", r["deal"], r["code"], column}, "|"))
		default:
			want = append(want, strings.Join([]string{r["scope"], r["stage"], r["currency"], r["rep"], r["commission"]},
				"|"))
		}
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("json\n%s\ncsv\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if c := book.Counts; c.Read != 50 || c.Priced != 44 || c.LeftOut != 6 || c.Unparsed != 2 ||
		c.Reasons["dealbook.lost"] != 2 {
		t.Errorf("%+v", c)
	}
}

func tryFormat(t *testing.T, format string, args ...string) string {
	t.Helper()
	text, err := tryOutput(append(args, "-format", format)...)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// Every table of a Markdown output has as many cells in each row as in its head.
func TestMarkdownTables(t *testing.T) {
	for _, args := range [][]string{nil, {"-deal", "D-1003"}, {"-rep", "all"}, {"-list", "0"}, {"-quarters"}} {
		text := tryFormat(t, "markdown", args...)
		cells, tables := 0, 0
		for line := range strings.SplitSeq(text, "\n") {
			bare := strings.ReplaceAll(line, `\|`, "")
			switch n := strings.Count(bare, "|"); {
			case !strings.HasPrefix(line, "|"):
				cells = 0
			case cells == 0:
				cells = n
				tables++
			case n != cells:
				t.Errorf("%d cells, want %d: %s", n, cells, line)
			}
		}
		if tables < 2 || !strings.HasPrefix(text, "# ") {
			t.Errorf("%q: %d tables\n%.300s", args, tables, text)
		}
	}
}

// Formulas in an export are escaped in CSV, markup is escaped in Markdown.
func TestFormulasComeOutInert(t *testing.T) {
	header, _, _ := strings.Cut(sampleFile(t, "deals.csv"), "\n")
	formula := `=HYPERLINK("http://x","y")`
	rows := row(t, "D-1012", "D-1012", quoted(formula), "Lindqvist Bygg", quoted("@SUM(1)|<b>"), "ivo.rossi", "+eve") +
		row(t, "D-1048", "D-1048", quoted("-2+3"), "1234.567", quoted("=1+1"))
	mapping := strings.Replace(sampleFile(t, "map.json"), `"roster": {`,
		`"roster": {"+eve": {"side": "vendor", "org": "-halden-", "rate": "8%"},`, 1)
	args := []string{filed(t, "deals.csv", header+"\n"+rows), "-map", filed(t, "map.json", mapping)}
	text := tryFormat(t, "csv", args...)
	for _, row := range csvRows(t, text) {
		for name, cell := range row {
			if cell != "" && strings.ContainsRune("=+@-|%", rune(cell[0])) {
				t.Errorf("%s holds %q", name, cell)
			}
		}
	}
	has(t, text, `"'=HYPERLINK(""http://x"",""y"")"`, "'@SUM(1)|<b>", "'+eve", "'-halden-")
	has(t, tryFormat(t, "markdown", args...), `@SUM(1)\|&lt;b&gt;`)
}

// -deal and -rep select the same in every format.
func TestQuestionsInEveryFormat(t *testing.T) {
	for _, row := range csvRows(t, tryFormat(t, "csv", "-deal", "D-1003")) {
		if row["deal"] != "D-1003" {
			t.Errorf("%v", row)
		}
	}
	for _, row := range csvRows(t, tryFormat(t, "csv", "-rep", "hana.kim")) {
		if row["rep"] != "hana.kim" {
			t.Errorf("%v", row)
		}
	}
	if rows := csvRows(t, tryFormat(t, "csv", "-list", "3")); rows[5]["deal"] != "D-1003" ||
		rows[7]["scope"] == "deal" {
		t.Errorf("%v", rows[:8])
	}
	has(t, tryFormat(t, "json", "-deal", "D-1003"), `"deal":"D-1003"`, `"totals":[]`)
	for _, format := range allFormats {
		if _, err := tryOutput("-deal", "D-1011", "-format", format); err == nil ||
			!strings.Contains(err.Error(), "not priced: line 12: D-1011") {
			t.Errorf("%s: %v", format, err)
		}
	}
}

// Statements of all reps have every line of the book, and add up to its totals.
func TestStatementsAddUp(t *testing.T) {
	text := output(t, "-rep", "all")
	want := map[string]string{}
	for _, row := range csvRows(t, tryFormat(t, "csv")) {
		if row["scope"] == "rep" && row["stage"] != "compared" {
			want[row["rep"]+" "+row["stage"]+" "+row["currency"]] = grouped(row["commission"])
		}
	}
	for _, s := range sections(text) {
		name, isStatement := strings.CutPrefix(s.heading, "STATEMENT  ")
		rep, _, _ := strings.Cut(name, ",")
		for _, row := range s.rows {
			if isStatement && (row[0] == "earned" || row[0] == "projected") {
				figure, currency, _ := strings.Cut(row[len(row)-1], " ")
				key := rep + " " + row[0] + " " + currency
				if want[key] != figure {
					t.Errorf("%s: %s, want %s", key, figure, want[key])
				}
				delete(want, key)
			}
		}
	}
	if len(want) > 0 {
		t.Errorf("no statement says %v", want)
	}
	has(t, output(t, "-rep", "nobody,ana.diaz"), "STATEMENT  nobody", "no deal of the file credits nobody",
		"STATEMENT  ana.diaz, partner acme-consulting")
}
