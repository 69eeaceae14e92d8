package crmcsv_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/crmcsv"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// payMapping maps every field of a payee's pay, for a rep of the roster and for somebody whom it does not have.
const payMapping = `{
  "export": "a test of pay",
  "fields": {"id": {"column": "id"}, "value": {"constant": "1000"}, "currency": {"column": "currency"},
    "stage": {"constant": "open"}},
  "payees": [{"rep": {"column": "who"}, "side": {"column": "side"}, "org": {"column": "org"},
    "rate": {"column": "rate"}, "table": {"column": "table"},
    "added_tables": {"columns": ["more", "still more"], "join": ","},
    "credit_only": {"column": "secret", "values": {"x": "yes", "no": "no", "?": "unknown"}},
    "company": {"column": "firm", "present": "yes", "absent": "no"},
    "fixed": {"column": "sum", "format": "1,234.50"}}],
  "roster": {"bo": {"side": "vendor", "org": "us", "rate": "5%"}, "cy": {"side": "vendor", "org": "us", "table": "fast"}}
}`

func paid(t *testing.T, cells string) (comp.Payee, *crmcsv.BadRow) {
	t.Helper()
	const header = "id,currency,who,side,org,rate,table,more,still more,secret,firm,sum\n"
	deals, bad := read(t, payMapping, header+"D-1,"+cells+"\n")
	if len(deals)+len(bad) != 1 {
		t.Fatalf("%v %v", deals, bad)
	}
	if len(bad) > 0 {
		return comp.Payee{}, bad[0]
	}
	return deals[0].Booking.Payees[0], nil
}

// comp.company: what a row says about a payee's pay, and what the roster says where it is silent.
func TestAPayeeHasThePayOfTheRow(t *testing.T) {
	acme, us := model.PartnerOrg("acme"), model.VendorOrg("us")
	five := value.MustPercent("5%")
	for cells, want := range map[string]comp.Payee{
		"USD,ana,partner,acme,5%,,,,,,":           {Rep: "ana", Party: acme, Rate: five},
		"USD,ana,partner,acme,,,,,x,,":            {Rep: "ana", Party: acme, CreditOnly: true},
		"USD,ana,partner,acme,,fast,one,,,,":      {Rep: "ana", Party: acme, Table: "fast", AddedTables: []comp.TableID{"one"}},
		`USD,bo,,,,fast,"one, two",three,no,,`:    {Rep: "bo", Party: us, Table: "fast", AddedTables: []comp.TableID{"one", "two", "three"}},
		"USD,bo,,,,,,,?,,":                        {Rep: "bo", Party: us, Rate: five},
		"USD,bo,,,,,,,x,,":                        {Rep: "bo", Party: us, CreditOnly: true},
		"USD,cy,,,,,one,,,,":                      {Rep: "cy", Party: us, Table: "fast", AddedTables: []comp.TableID{"one"}},
		"USD,acme,partner,acme,5%,,,,,firm,":      {Rep: "acme", Party: acme, Rate: five, Company: true},
		`USD,acme,partner,acme,,,,,,1,"1,234.50"`: {Rep: "acme", Party: acme, Company: true, Fixed: value.MustMoney("1234.50 USD")},
		"JPY,acme,partner,acme,,,,,,1,500":        {Rep: "acme", Party: acme, Company: true, Fixed: value.MustMoney("500 JPY")},
	} {
		got, bad := paid(t, cells)
		if d := cmp.Diff(want, got, everyField); bad != nil || d != "" {
			t.Errorf("%s: %v\n%s", cells, bad, d)
		}
	}
}

// booking.rate.two: a row states one pay; every problem is reported with the field and the column.
func TestRefusesAPayOfWhichARowSaysTooMuchOrTooLittle(t *testing.T) {
	for cells, says := range map[string]string{
		"USD,ana,partner,acme,5%,fast,,,,,":  `table: "fast" stands beside the rate "5%"; give one of them`,
		"USD,ana,partner,acme,5%,,,,x,,":     `secret: "yes" stands beside the rate "5%"; give one of them`,
		"USD,ana,partner,acme,,fast,,,,1,7":  `sum: "7" stands beside the table "fast"; give one of them`,
		"USD,ana,partner,acme,,,,,x,1,7":     `secret: "yes" stands beside the fixed "7"; give one of them`,
		"USD,ana,partner,acme,,,,,maybe,,":   `secret: "maybe" is not translated by the mapping, which knows "?", "no", "x"`,
		"USD,ana,partner,acme,,,,,,,":        `rate: nothing stands here; rate is needed`,
		"USD,acme,partner,acme,,,,,,1,1.234": `sum: "1.234" has more decimals than USD has (2)`,
		"USX,acme,partner,acme,,,,,,1,7":     `currency: "USX" is not a currency of ISO 4217`,
	} {
		if _, bad := paid(t, cells); bad == nil || !strings.Contains(bad.Error(), says) {
			t.Errorf("%s: %v; want %s", cells, bad, says)
		}
	}
}

// A mapping is refused where a constant is no answer, or a field that is no amount has a format.
func TestRefusesMappingsOfPay(t *testing.T) {
	for from, to := range map[string]string{
		`"present": "yes"`: `"present": "maybe"`,
		`{"column": "secret", "values": {"x": "yes", "no": "no", "?": "unknown"}}`: `{"constant": "perhaps"}`,
		`"format": "1,234.50"`: `"format": "8%"`,
		`"join": ","`:          `"join": ",", "format": "8%"`,
	} {
		text := strings.Replace(payMapping, from, to, 1)
		if _, err := crmcsv.ParseMapping([]byte(text)); text == payMapping || err == nil {
			t.Errorf("%s: %v", to, err)
		}
	}
}
