package comp_test

import (
	"encoding/csv"
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

func printed() comp.Statement {
	plan, err := comp.Compile(comp.DefaultPolicy())
	if err != nil {
		panic(err)
	}
	statement, err := plan.Statement(exampleDeal())
	if err != nil {
		panic(err)
	}
	return statement
}

func ExampleStatement_Text() {
	fmt.Print(printed().Text())
	// Output:
	// D-17, 1000.00 USD, 2026-11-20, role_based
	//   of            rep  quota credit  influenced  commission  why
	//   partner acme  ana       1000.00        0.00      100.00  100% of 1000.00 USD as primary (comp.role_based) at 10%
	//   vendor us     bo         300.00        0.00       30.00  30% of 1000.00 USD for technical_validation (comp.role_based) at 10%
}

func ExampleStatement_Markdown() {
	fmt.Print(printed().Markdown())
	// Output:
	// # D-17, 1000.00 USD, 2026-11-20, role\_based
	//
	// | of | rep | quota credit | influenced | commission | why |
	// | --- | --- | ---: | ---: | ---: | --- |
	// | partner acme | ana | 1000.00 | 0.00 | 100.00 | 100% of 1000.00 USD as primary (comp.role\_based) at 10% |
	// | vendor us | bo | 300.00 | 0.00 | 30.00 | 30% of 1000.00 USD for technical\_validation (comp.role\_based) at 10% |
}

func ExampleStatement_CSV() {
	for line := range strings.Lines(printed().CSV()) {
		cells := strings.Split(strings.TrimSpace(line), ",")
		fmt.Println(cells[0], cells[11], cells[18], cells[20])
	}
	// Output:
	// booking rep quota_credit commission
	// D-17 ana 1000.00 100.00
	// D-17 bo 300.00 30.00
}

// Each kind of statement says what it is of.
func TestStatementHeadlines(t *testing.T) {
	s := printed()
	reversal, err := s.Reverse("D-17-R", value.MustDate("2026-12-01"))
	if err != nil {
		t.Fatal(err)
	}
	open := s
	open.Projected, open.Date = true, value.Date{}
	paid, closing := s, comp.Statement{Booking: "Q4", Period: value.MustDate("2026-10-01"), Date: value.MustDate("2026-12-31"), Model: comp.Split}
	paid.Pays = "D-1"
	for _, c := range []struct {
		s    comp.Statement
		want string
	}{
		{reversal, "D-17-R takes back D-17, -1000.00 USD, 2026-12-01, role_based"},
		{open, "D-17, 1000.00 USD, open: projected (comp.closed_only), role_based"},
		{paid, "D-17 pays an instalment of D-1, 1000.00 USD, 2026-11-20, role_based"},
		{closing, "Q4 pays the floors of the period from 2026-10-01, 2026-12-31, split"},
		{comp.Statement{}, ", "},
	} {
		if got, _, _ := strings.Cut(c.s.Text(), "\n"); got != c.want {
			t.Errorf("%q, want %q", got, c.want)
		}
	}
	if text := reversal.CSV(); !strings.Contains(text, ",-1000.00,") || strings.Contains(text, "'-") {
		t.Errorf("a negative amount is no formula:\n%s", text)
	}
}

// Whatever ids hold, a statement keeps its rows and columns, and its CSV runs nothing.
func TestStatementsComeOutInert(t *testing.T) {
	text := rapid.OneOf(rapid.String(), rapid.StringMatching(`[=+@|\n",<*a-z-]{0,9}`))
	rapid.Check(t, func(t *rapid.T) {
		s := printed()
		id, rep, org := text.Draw(t, "id"), text.Draw(t, "rep"), text.Draw(t, "org")
		s.Booking, s.Lines[0].Payee, s.Lines[0].Party = id, rep, model.PartnerOrg(org)
		s.Lines[0].Contribution = comp.Contribution(text.Draw(t, "contribution"))
		if n := strings.Count(s.Text(), "\n"); n != 4 {
			t.Fatalf("%d lines:\n%s", n, s.Text())
		}
		if n := strings.Count(s.Markdown(), "\n"); n != 6 {
			t.Fatalf("%d lines:\n%s", n, s.Markdown())
		}
		records, err := csv.NewReader(strings.NewReader(s.CSV())).ReadAll()
		if err != nil || len(records) != 3 {
			t.Fatalf("%d records, %v:\n%s", len(records), err, s.CSV())
		}
		for _, record := range records[1:] {
			for _, cell := range record {
				if cell != "" && strings.ContainsRune("=+@", rune(cell[0])) {
					t.Fatalf("%q runs", cell)
				}
			}
		}
	})
}
