package main

import (
	"encoding/csv"
	"math/big"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// mavenFile returns the public data set, which is not in the repository. If it is not beside
// the checkout, the test is skipped.
func mavenFile(t testing.TB) string {
	t.Helper()
	file := filepath.Join("..", "..", "..", "shared", "data", "maven-crm", "sales_pipeline.csv")
	if _, err := os.Stat(file); err != nil {
		t.Skipf("the data set CRM Sales Opportunities of Maven Analytics is not there: %v", err)
	}
	return file
}

// The mapping of the repository is valid even without the data set.
func TestMavenMapping(t *testing.T) {
	rows := "opportunity_id,sales_agent,product,account,deal_stage,engage_date,close_date,close_value\n" +
		"A,Ann Agent,MG Special,Acme,Won,2017-01-01,2017-03-01,55\n" +
		"B,Ann Agent,GTX Basic,,Won,2017-01-01,2017-03-02,550\n" +
		"C,Ann Agent,GTK 500,Acme,Won,2017-01-01,2017-03-03,26768\n" +
		"D,Ann Agent,GTX Plus Basic,Acme,Won,2017-01-01,2017-03-04,1096\n" +
		"E,Ann Agent,GTXPro,Acme,Lost,2017-01-01,2017-03-05,0\n" +
		"F,Ann Agent,GTXPro,,Prospecting,,,\n" +
		"G,Ann Agent,GTX Pro,Acme,Won,2017-01-01,2017-03-05,4821\n"
	text := output(t, filed(t, "sales_pipeline.csv", rows), "-map", "maven.json")
	checkSums(t, text)
	has(t, text, "partner-led", "vendor-led", "true-co-sell", "(no account)", "made up   ",
		"ROWS  7 read, 4 priced, 3 left out",
		`line 8: product: "GTX Pro" is not translated by the mapping`)
}

// Every won deal with a positive value is priced, the others are counted by reason, and the
// total value is that of the file.
func TestMavenDataSet(t *testing.T) {
	file := mavenFile(t)
	text := output(t, file, "-map", "maven.json")
	checkSums(t, text)
	has(t, text, "ROWS  8,800 read, 4,238 priced, 4,562 left out", "2,473  row.value.not_positive",
		"2,089  row.value.missing",
		"USD  EARNED  4,238 deals won, 0 reversals", "EACH MODEL  4,238 deals won, 0 reversals", "partner-led",
		"vendor-led", "true-co-sell", "made up   ")
	if strings.Contains(text, "TO LOOK AT") || strings.Contains(text, "PROJECTED") ||
		strings.Contains(text, "every column") {
		t.Errorf("rows are listed that should be counted, or left out of a column:\n%.3000s", text)
	}
	won, total := mavenTotal(t, file)
	if won != 4238 {
		t.Errorf("the file has %d won deals with a positive value", won)
	}
	for _, s := range sections(text) {
		if !strings.HasPrefix(s.heading, "USD  EARNED") {
			continue
		}
		last := strings.Join(s.rows[len(s.rows)-1], "  ")
		if parts := inflationLine.FindStringSubmatch(last); parts == nil || number(t, parts[3]).Cmp(total) != 0 {
			t.Errorf("%q, the file adds up to %s", last, total.FloatString(2))
		}
	}
	// -list can list all deals, and these add up to the totals of the reps.
	checkSums(t, output(t, file, "-map", "maven.json", "-list", "10000"))
}

// mavenTotal counts and adds up the won deals with a positive value, with the standard
// library only.
func mavenTotal(t testing.TB, file string) (won int, total *big.Rat) {
	t.Helper()
	text, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer text.Close()
	rows, err := csv.NewReader(text).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	total = new(big.Rat)
	for _, row := range rows[1:] {
		amount, ok := new(big.Rat).SetString(row[7])
		if row[4] == "Won" && ok && amount.Sign() > 0 {
			won++
			total.Add(total, amount)
		}
	}
	return won, total
}

func BenchmarkMavenDataSet(b *testing.B) {
	file := mavenFile(b)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := tryOutput(file, "-map", "maven.json"); err != nil {
			b.Fatal(err)
		}
	}
}
