package impact_test

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/comp/impact"
	"github.com/coselling/coselling/internal/goldentest"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// Names of reps that could harm a spreadsheet, a table or a page are escaped in every form
// of a report.
func TestReportsEscapeHostileNames(t *testing.T) {
	before, after := plans()
	bookings := deals()
	names := []string{`=HYPERLINK("x")`, "a|b<script>", "@c, *d*"}
	for i := range bookings {
		for j := range bookings[i].Payees {
			bookings[i].Payees[j].Rep = names[j*(i+1)]
		}
	}
	bookings[0].ID = "+1|<b>"
	report, err := impact.Compare(before, after, bookings)
	if err != nil {
		t.Fatal(err)
	}
	document, err := report.MarshalJSON()
	if err != nil {
		t.Fatal(err)
	}
	for name, got := range map[string]string{"hostile.txt": report.Text(), "hostile.md": report.Markdown(),
		"hostile.html": report.HTML(), "hostile.csv": report.CSV(), "hostile.json": string(document)} {
		goldentest.Compare(t, filepath.Join("testdata", name), got)
	}
}

var barOf = regexp.MustCompile(`<rect x="(\d+)" y="\d+" width="(\d+)"`)

// The bars of a chart are as long as their amounts, to a unit, and stay inside it, whatever the amounts are; the page is
// well formed.
func TestTheBarsOfAChartShowTheAmounts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		amount := rapid.OneOf(rapid.Int64Range(-1000, 1000), rapid.Int64Range(-9_999_999_999_999_999, 9_999_999_999_999_999))
		var r impact.Report
		for i := range rapid.IntRange(0, 15).Draw(t, "payees") {
			before, after := amount.Draw(t, "before"), amount.Draw(t, "after")
			var p impact.PayeeChange
			p.Rep, p.Party = rapid.String().Draw(t, "rep"), model.PartnerOrg("p"+strconv.Itoa(i))
			p.Before.Commission, p.After.Commission = cents(before), cents(after)
			change, err := p.After.Commission.Sub(p.Before.Commission)
			if err != nil {
				t.Skip("beyond the bounds of money")
			}
			p.Change.Commission = change
			r.Payees = append(r.Payees, p)
		}
		page := r.HTML()
		d := xml.NewDecoder(strings.NewReader(page))
		d.Strict = true
		for {
			if _, err := d.Token(); errors.Is(err, io.EOF) {
				break
			} else if err != nil {
				t.Fatalf("%v in\n%s", err, page)
			}
		}
		shown := append(r.Gains(), r.Losses()...)
		bars := barOf.FindAllStringSubmatch(page, -1)
		if len(bars) != 2*min(len(shown), 12) {
			t.Fatalf("%d bars of %d payees", len(bars), len(shown))
		}
		longest := 0
		for _, b := range bars {
			x, _ := strconv.Atoi(b[1])
			width, _ := strconv.Atoi(b[2])
			if x < 1 || x+width > 401 {
				t.Fatalf("a bar from %d to %d is outside of the chart", x, x+width)
			}
			longest = max(longest, width)
		}
		if len(bars) > 0 && longest < 199 {
			t.Fatalf("the longest bar has %d units:\n%s", longest, page)
		}
	})
}

// The chart of two amounts has bars in their proportion; a negative one goes to the left of zero.
func TestNegativeBarsGoToTheLeft(t *testing.T) {
	report := func(before, after string) string {
		var p impact.PayeeChange
		p.Rep, p.Party = "ana", model.PartnerOrg("acme")
		p.Effect = impact.Effect{
			Before: impact.Figures{Amounts: comp.Amounts{Commission: value.MustMoney(before)}},
			After:  impact.Figures{Amounts: comp.Amounts{Commission: value.MustMoney(after)}},
			Change: impact.Figures{Amounts: comp.Amounts{Commission: value.MustMoney("1.00 USD")}},
		}
		var bars []string
		for _, b := range barOf.FindAllStringSubmatch(impact.Report{Payees: []impact.PayeeChange{p}}.HTML(), -1) {
			bars = append(bars, b[1]+"+"+b[2])
		}
		return fmt.Sprint(bars)
	}
	for _, row := range [][3]string{
		{"50.00 USD", "100.00 USD", "[1+200 1+400]"},
		{"-100.00 USD", "300.00 USD", "[1+100 101+300]"},
		{"-100.00 USD", "-25.00 USD", "[1+400 301+100]"},
		{"0.00 USD", "99999999999999.99 USD", "[1+0 1+400]"},
	} {
		if got := report(row[0], row[1]); got != row[2] {
			t.Errorf("%s and %s: %s, want %s", row[0], row[1], got, row[2])
		}
	}
}
