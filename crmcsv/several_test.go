package crmcsv_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/crmcsv"
)

const severalFields = `"fields": {"id": {"column": "Deal"}, "value": {"column": "Amount"},
	"currency": {"constant": "USD"}, "stage": {"constant": "won"}, "closed": {"column": "Closed"},
	"account": {"column": "Account"}, "source": {"constant": "partner"},
	"lead_partner": {"column": "Lead"}, "brought_by": {"column": "Brought by"}}`

func payeeOf(n string) string {
	return `{"rep": {"column": "Rep` + n + `"}, "side": {"column": "Side` + n + `"}, "org": {"column": "Company` + n +
		`"}, "rate": {"constant": "5%"}, "party_share": {"column": "Share` + n + `"}}`
}

// readDeals returns the deals of a file, one line each, and its bad rows.
func readDeals(t *testing.T, mapping, file string) (lines []string) {
	t.Helper()
	m, err := crmcsv.ParseMapping([]byte(mapping))
	if err != nil {
		t.Fatal(err)
	}
	r, err := crmcsv.NewReader(strings.NewReader(file), m)
	if err != nil {
		t.Fatal(err)
	}
	for d, err := range r.Rows() {
		if bad, ok := errors.AsType[*crmcsv.BadRow](err); ok {
			lines = append(lines, bad.Error())
			continue
		}
		b := &d.Booking
		var line strings.Builder
		line.WriteString(fmt.Sprint(d.Line, " ", b.ID, " ", b.Value, " ", b.LeadPartner, " ", b.BroughtBy))
		for _, p := range b.Payees {
			line.WriteString(" " + p.Rep + "/" + p.Party.Org)
		}
		for _, s := range b.PartnerShares {
			line.WriteString(" " + s.Party.Org + "=" + s.Share.String())
		}
		lines = append(lines, line.String())
	}
	return lines
}

// Several partners of a deal stand in one row or in several; both read alike, and are priced.
func TestSeveralPartnersInOneRowOrInSeveral(t *testing.T) {
	wide := `{"export": "wide", ` + severalFields + `, "payees": [` + payeeOf("1") + `, ` + payeeOf("2") + `, ` +
		payeeOf("3") + `]}`
	const head = "Deal,Amount,Closed,Account,Lead,Brought by,"
	one := head + "Rep1,Side1,Company1,Share1,Rep2,Side2,Company2,Share2,Rep3,Side3,Company3,Share3\n" +
		"D-1,1000.00,2026-11-02,Calder,acme,integra,ana,partner,acme,60%,ira,partner,integra,40%,bo,vendor,us,\n"
	long := longMapping("")
	several := head + "Rep,Side,Company,Share\n" +
		"D-1,1000.00,2026-11-02,Calder,acme,integra,ana,partner,acme,60%\n" +
		"D-1,,,,,,ira,partner,integra,40%\n" +
		"D-1,1000.00,2026-11-02,,,,bo,vendor,us,\n" +
		"D-2,5.00,2026-11-02,,,,bo,vendor,us,\n"
	const want = "2 D-1 1000.00 USD acme integra ana/acme ira/integra bo/us acme=60% integra=40%"
	if got := readDeals(t, wide, one); len(got) != 1 || got[0] != want {
		t.Errorf("in one row: %q", got)
	}
	if got := readDeals(t, long, several); len(got) != 2 || got[0] != want || got[1] != "5 D-2 5.00 USD   bo/us" {
		t.Errorf("in several rows: %q", got)
	}
	m, err := crmcsv.ParseMapping([]byte(long))
	if err != nil {
		t.Fatal(err)
	}
	r, err := crmcsv.NewReader(strings.NewReader(several), m)
	if err != nil {
		t.Fatal(err)
	}
	plan, err := comp.Compile(comp.DefaultPolicy().Under(comp.Split))
	if err != nil {
		t.Fatal(err)
	}
	for d, err := range r.Rows() {
		if err != nil {
			t.Fatal(err)
		}
		if _, err := plan.Statement(d.Booking); err != nil {
			t.Errorf("%s: %v", d.Booking.ID, err)
		}
	}
}

// A deal with a row that cannot be read is left out whole, and each such row is reported.
func TestADealIsReadWholeOrNotAtAll(t *testing.T) {
	got := readDeals(t, longMapping(""), "Deal,Amount,Closed,Account,Lead,Brought by,Rep,Side,Company,Share\n"+
		"D-1,1000.00,2026-11-02,Calder,acme,,ana,partner,acme,60%\n"+
		"D-1,2000.00,,,,,ira,partner,integra,40%\n"+
		"D-1,,,,resell,,rosa,partner,resell,30%\n"+
		"D-1,,,,,,cy,partner,acme,50%\n"+
		"D-1,,,,,,bo,vendor,us,\n"+
		"D-2,x,2026-11-02,,,,bo,vendor,us,\n"+
		"D-2,,,,,,bea,vendor,us,\n"+
		"D-3,5.00,2026-11-02,,,,bo,vendor,us,\n"+
		"D-1,1000.00,2026-11-02,,,,bo,vendor,us,\n")
	want := []string{
		`line 3: Amount: "2000.00" contradicts line 2 of the same deal, "1000.00"`,
		`line 4: Lead: "resell" contradicts line 2 of the same deal, "acme"`,
		`line 5: Share: "50%" is the share of partner acme, which has 60% above`,
		`line 7: Amount: "x" is not a plain number`,
		`9 D-3 5.00 USD   bo/us`,
		`line 10: Deal: "D-1" is the id of line 2 too`,
	}
	wantDeals(t, got, want)
}

// wantDeals compares the beginnings of lines that readDeals returned.
func wantDeals(t *testing.T, got, want []string) {
	t.Helper()
	for i := range max(len(got), len(want)) {
		if i >= len(got) || i >= len(want) || !strings.HasPrefix(got[i]+"$", want[i]) {
			t.Fatalf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
		}
	}
}
