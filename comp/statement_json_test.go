package comp_test

import (
	"testing"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// Every member of a statement and of a line has its name and place. An empty statement has
// only its id.
func TestStatementJSON(t *testing.T) {
	s := statement(t, comp.DefaultPolicy(), deal(primary("ana", acme), supporting("bo", us, comp.TechnicalValidation)))
	s.Lines[1].Table, s.Lines[1].Start, s.Lines[1].Quota = "accelerator", usd("0.00"), usd("9.00")
	s.Lines[1].Held, s.Lines[1].Unheld, s.Lines[1].Leftover = comp.ByDealCap, usd("31.00"), true
	wantForm(t, s, `{"booking":"D-17","model":"role_based","value":{"amount":"1000.00","currency":"USD"},"quota":{"amount":"1000.00","currency":"USD"},"date":"2026-11-20","lines":[`+
		`{"payee":"ana","party":{"side":"partner","org":"acme"},"credited":"primary","base":{"amount":"1000.00","currency":"USD"},"percent":"100%","share":"100%","rate":"10%",`+
		`"quota_credit":{"amount":"1000.00","currency":"USD"},"influenced":{"amount":"0.00","currency":"USD"},"commission":{"amount":"100.00","currency":"USD"},`+
		`"why":{"code":"comp.role_based","text":"100% of 1000.00 USD as primary (comp.role_based) at 10%","operands":[{"name":"credit","value":"100% of 1000.00 USD"},{"name":"as","value":"as primary"},`+
		`{"name":"rule","value":"comp.role_based"},{"name":"rate","value":"10%"},{"name":"percent","value":"100%"},{"name":"base","value":{"amount":"1000.00","currency":"USD"}},{"name":"share","value":"100%"}]}},`+
		`{"payee":"bo","party":{"side":"vendor","org":"us"},"credited":"supporting","contribution":"technical_validation","base":{"amount":"1000.00","currency":"USD"},"percent":"30%","share":"100%","rate":"10%",`+
		`"table":"accelerator","start":{"amount":"0.00","currency":"USD"},"quota":{"amount":"9.00","currency":"USD"},`+
		`"quota_credit":{"amount":"300.00","currency":"USD"},"influenced":{"amount":"0.00","currency":"USD"},"commission":{"amount":"30.00","currency":"USD"},"unheld":{"amount":"31.00","currency":"USD"},`+
		`"held":"deal_cap","leftover":true,`+
		`"why":{"code":"comp.role_based","text":"30% of 1000.00 USD, a leftover minor unit included (comp.conserve), for technical_validation (comp.role_based) at 10% by table accelerator, 31.00 USD cut to the deal's cap (comp.cap)",`+
		`"operands":[{"name":"credit","value":"30% of 1000.00 USD, a leftover minor unit included (comp.conserve),"},{"name":"as","value":"for technical_validation"},{"name":"rule","value":"comp.role_based"},`+
		`{"name":"rate","value":"10% by table accelerator, 31.00 USD cut to the deal's cap (comp.cap)"},{"name":"percent","value":"30%"},{"name":"base","value":{"amount":"1000.00","currency":"USD"}},{"name":"share","value":"100%"},`+
		`{"name":"percent_rate","value":"10%"},{"name":"table","value":"accelerator"},{"name":"start","value":{"amount":"0.00","currency":"USD"}},{"name":"quota","value":{"amount":"9.00","currency":"USD"}},{"name":"unheld","value":{"amount":"31.00","currency":"USD"}}]}}]}`)
	wantForm(t, comp.Statement{Booking: "I-1", Of: "D-1", Kind: comp.WrittenOff, Period: value.MustDate("2026-10-01"), Projected: true, Deferred: true},
		`{"booking":"I-1","of":"D-1","kind":"written_off","period":"2026-10-01","projected":true,"deferred":true}`)
	wantForm(t, comp.Line{Payee: "ana", Projected: true}, `{"payee":"ana","projected":true}`)
}

func TestCreditedHasANameForEachRule(t *testing.T) {
	seen := map[string]bool{"": true}
	for c := comp.AsPrimary; (comp.Line{Credited: c}).Rule() != ""; c++ {
		if seen[c.String()] {
			t.Errorf("%d is called %q", c, c)
		}
		seen[c.String()] = true
	}
	if len(seen) != 12 || comp.Credited(12).String() != "" || comp.Credited(0).String() != "" {
		t.Errorf("%v", seen)
	}
}

// wantForm checks the JSON form of a value.
func wantForm(t *testing.T, v interface{ MarshalJSON() ([]byte, error) }, want string) {
	t.Helper()
	if got, err := v.MarshalJSON(); err != nil || string(got) != want {
		t.Errorf("got  %s, %v\nwant %s", got, err, want)
	}
}

// A payee and a booking with every member.
func TestBookingJSON(t *testing.T) {
	p := supporting("bo", us, comp.TechnicalValidation, comp.CoSelling)
	p.Table, p.Share = "accelerator", value.MustPercent("60%")
	b := deal(p)
	b.PartnerQuota, b.VendorQuota, b.Registrant = usd("900.00"), usd("0.00"), model.ByVendorJoint
	b.Deferred = true
	wantForm(t, b, `{"id":"D-17","value":{"amount":"1000.00","currency":"USD"},"partner_quota":{"amount":"900.00","currency":"USD"},"vendor_quota":{"amount":"0.00","currency":"USD"},`+
		`"closed":"2026-11-20","source":"partner","registrant":"joint_by_vendor","deferred":true,"payees":[{"rep":"bo","party":{"side":"vendor","org":"us"},"role":"supporting","contribution":"technical_validation",`+
		`"also_contributed":["true_co_sell"],"rate":"10%","table":"accelerator","share":"60%"}]}`)
	wantForm(t, comp.Booking{ID: "D"}, `{"id":"D"}`)
	wantForm(t, comp.Payee{Rep: "ana"}, `{"rep":"ana"}`)
}
