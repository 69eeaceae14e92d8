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
	bookings[0].Payees = append(bookings[0].Payees, comp.Payee{Rep: "=fee|<i>", Party: model.PartnerOrg("@org|<i>"),
		Company: true, Fixed: value.MustMoney("250.00 USD")})
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

// comp.company: a company is totalled apart from the reps, in every form of a report; only rounding changes its pay.
func TestCompaniesAreTotalledApart(t *testing.T) {
	policy := comp.DefaultPolicy()
	before := compile(t, policy)
	policy.Rounding = value.TowardZero
	deal := comp.Booking{ID: "D-1", Value: value.MustMoney("100.07 USD"), Source: model.FromPartner,
		Payees: []comp.Payee{
			{Rep: "ana", Party: model.PartnerOrg("acme"), Role: comp.Primary, Rate: value.MustPercent("10%")},
			{Rep: "fee", Party: model.PartnerOrg("acme"), Company: true, Fixed: value.MustMoney("2.50 USD")},
			{Rep: "margin", Party: model.PartnerOrg("acme"), Company: true, Rate: value.MustPercent("5%")},
			{Rep: "reseller", Party: model.PartnerOrg("zeta"), Company: true, Rate: value.MustPercent("10%")},
		}}
	r, err := impact.Compare(before, compile(t, policy), []comp.Booking{deal})
	if err != nil {
		t.Fatal(err)
	}
	if got := fmt.Sprint(r.Total.Before.Commission, r.Partner.After.Commission, r.Company.Before.Commission,
		r.Company.Change.Commission, r.Company.Before.Inflation, len(r.Payees), len(r.Companies)); got !=
		"10.01 USD 10.00 USD 17.51 USD -0.01 USD  1 3" {
		t.Error(got)
	}
	document, err := r.MarshalJSON()
	if err != nil {
		t.Fatal(err)
	}
	for name, form := range map[string][2]string{
		"text":     {r.Text(), "Paid to companies              17.51      17.50"},
		"Markdown": {r.Markdown(), "## By company"},
		"HTML":     {r.HTML(), "<h2>By company</h2>"},
		"CSV":      {r.CSV(), "company,partner,zeta,reseller,1,USD,0.00,0.00,0.00,0.00,0.00,0.00,10.01,10.00,-0.01"},
		"JSON":     {string(document), `"companies":[{"rep":"fee"`},
	} {
		if !strings.Contains(form[0], form[1]) {
			t.Errorf("%s: %s", name, form[0])
		}
	}
}

// A report of one side's payees has no line of the other side.
func TestAReportOfOneSideSaysNothingOfTheOther(t *testing.T) {
	plan := compile(t, comp.DefaultPolicy())
	r, err := impact.Compare(plan, plan, []comp.Booking{{ID: "D-1", Value: value.MustMoney("100.00 USD"),
		Payees: []comp.Payee{{Rep: "bo", Party: model.VendorOrg("us"), Role: comp.Primary, Rate: value.MustPercent("5%")}}}})
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{r.Text(), r.Markdown(), r.HTML(), r.CSV()} {
		if strings.Contains(text, "partner") || !strings.Contains(text, "5.00") {
			t.Error(text)
		}
	}
}

// comp.company: an id is that of a rep or of a company, in every deal, part and currency.
func TestAnIDIsOfARepOrOfACompany(t *testing.T) {
	plan := compile(t, comp.DefaultPolicy())
	rep := comp.Booking{ID: "D-1", Value: value.MustMoney("100.00 USD"), Payees: []comp.Payee{
		{Rep: "acme", Party: model.PartnerOrg("acme"), Role: comp.Primary, Rate: value.MustPercent("10%")}}}
	company := rep
	company.ID, company.Payees = "D-2", []comp.Payee{
		{Rep: "acme", Party: model.PartnerOrg("acme"), Company: true, Rate: value.MustPercent("10%")}}
	_, err := impact.Compare(plan, plan, []comp.Booking{rep, company})
	const want = `D-2"."acme": "acme" is a rep and a company; an id stands for one payee`
	if !errors.Is(err, comp.RepTwoParties) || !strings.HasSuffix(err.Error(), want) {
		t.Error(err)
	}
	var parts [2]impact.Partial
	for i, b := range []comp.Booking{rep, company} {
		if parts[i], err = partialOf(plan, plan, stream([]comp.Booking{b})); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := impact.Merge(parts[0], parts[1]); !errors.Is(err, comp.RepTwoParties) {
		t.Error(err)
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
