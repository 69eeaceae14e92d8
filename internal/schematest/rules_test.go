package schematest

import (
	"slices"
	"strings"
	"testing"

	"github.com/coselling/coselling"
	"github.com/coselling/coselling/comms"
	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/internal/strictjson"
	"github.com/coselling/coselling/internal/wire"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/registration"
	"github.com/coselling/coselling/registration/matching"
	"github.com/coselling/coselling/stage"
	"github.com/coselling/coselling/value"
)

// table is a compensation policy's rates with one table of tiers.
func table(measure, currency, tiers string) [2]string {
	return [2]string{`"tables": {}`, `"tables": {"t": {"measure": "` + measure + `", "method": "marginal", ` + currency + `"tiers": [` + tiers + `]}}`}
}

func quota(day, rep string) [2]string {
	return [2]string{`"quotas": {}`, `"quotas": {"` + rep + `": {"` + day + `": "100.00 USD"}}`}
}

// Every code of the published list is one that the decoder alone refuses: here is a
// document for each, the default book with a text replaced.
func TestEveryCrossFieldRuleIsTheDecodersAlone(t *testing.T) {
	const usd = `"currency": "USD", `
	const task = `"task": "register_deal", "owner": "partner", "kind": "required", `
	long := strings.Repeat("é", 4000)
	cases := map[value.Code][2]string{
		strictjson.Size:     {"\n", strings.Repeat("\n", 8<<20)},
		strictjson.Syntax:   {`"default"`, `"\ud800"`},
		strictjson.Repeated: {`"zone": "UTC",`, `"zone": "UTC", "zone": "UTC",`},
		strictjson.Type:     {`"replan_days": 7,`, `"replan_days": 7.0,`},

		coselling.BookVersion:     {`"default"`, `"\u200b"`},
		value.DateRange:           {`2026-01-01`, `2026-02-30`},
		value.CurrencyUnknown:     {`"amount": "25000.00", "currency": "USD"`, `"amount": "25000.00", "currency": "ZZZ"`},
		value.CurrencyNoMinorUnit: {`"amount": "25000.00", "currency": "USD"`, `"amount": "25000.00", "currency": "XAU"`},
		value.MoneyScaleExcess:    {`"25000.00"`, `"25000.001"`},
		value.MoneyRange:          {`"25000.00"`, `"100000000000000.00"`},
		value.PercentFormat:       table("attainment", "", `{"to": "5", "rate": "5%"}, {"from": "5", "rate": "6%"}`),
		value.PercentRange:        table("attainment", "", `{"to": "10001%", "rate": "5%"}, {"from": "10001%", "rate": "6%"}`),
		value.DecimalFormat:       table("deal_amount", usd, `{"to": "5%", "rate": "5%"}, {"from": "5%", "rate": "6%"}`),
		model.MatrixExcess:        {`"own the prospect relationship and communication"`, `"` + long[:2000] + `"`},
		comp.PayeeRep:             quota("2026-01-01", long[:400]),
		stage.TextLength:          {`"says": "identify the opportunity and register the deal"`, `"says": "` + long + `"`},
		stage.PlaybookText:        {`"says": "identify the opportunity and register the deal"`, `"says": "\u00a0"`},
		registration.PolicyVendor: {`"vendor": "vendor"`, `"vendor": "\u200b"`},
		registration.ChannelOwners: {
			`"channel_owner_2"`, `"\u2028"`},
		matching.SharedDomain: {`"gmail.com"`, `"` + long[:300] + `"`},
		wire.Duration:         {`"168h"`, `"9999999999h"`},
		comms.PolicyRange:     {`"168h"`, `"0h"`},

		model.MatrixIncomplete:    {`{"mode": "joint", "how": "one proposal"}`, `{"mode": "joint", "leader": "vendor"}`},
		comp.ContributionsMissing: {`{"technical_validation": "30%", "true_co_sell": "50%"}`, `{}`},
		comp.RateCurrency:         table("deal_amount", "", `{"rate": "5%"}`),
		comp.TierGap:              table("attainment", "", `{"to": "50%", "rate": "5%"}, {"from": "60%", "rate": "6%"}`),
		comp.TierOverlap:          table("attainment", "", `{"to": "50%", "rate": "5%"}, {"from": "40%", "rate": "6%"}`),
		comp.TierEmpty:            table("attainment", "", `{"to": "0%", "rate": "5%"}, {"from": "0%", "rate": "6%"}`),
		comp.QuotaPeriod:          quota("2026-01-02", "ana"),
		stage.StageWindows:        {`"first": 8,`, `"first": 9,`},
		stage.PlaybookMissing:     {`"engagement": "vendor_led"`, `"engagement": "partner_led"`},
		stage.PlaybookStages:      {`"stage": "discovery"`, `"stage": "demo"`},
		stage.PlaybookEmpty:       {task, ""},
		stage.PlaybookID:          {`"task": "register_deal"`, `"task": "qualify_interest"`},
		stage.PlaybookGate:        {`"gate.registered"`, `"gate.other"`},
		stage.PlaybookDays:        {task, task + `"first": 100, `},
		stage.PlaybookCovers:      {task, task + `"covers": ["send_contract"], `},
		stage.KindUnknown:         {`"kind": "required"`, `"kind": "after_close"`},
		stage.FactKindUnknown:     {`"fact": "registered"`, `"fact": "gate.other"`},
		coselling.BookCurrency:    {`"amount": "25000.00", "currency": "USD"`, `"amount": "25000.00", "currency": "EUR"`},
		coselling.BookRole:        {`"role": "role.relationship"`, `"role": "role.none"`},
	}
	s := schema(t)
	for _, code := range coselling.CrossFieldRules() {
		c, ok := cases[code]
		if !ok {
			t.Errorf("%s: no document shows it", code)
			continue
		}
		delete(cases, code)
		text := strings.Replace(coselling.DefaultDocument(), c[0], c[1], 1)
		if code == stage.PlaybookEmpty {
			text = crowded(t)
		}
		if text == coselling.DefaultDocument() {
			t.Errorf("%s: %q does not stand in the book", code, c[0])
		}
		if outcome := compare(t, s, []byte(text)); outcome != "decoder" {
			t.Errorf("%s: refused by %s: %v", code, outcome, s.Validate(read(t, []byte(text))))
		}
		if _, err := coselling.ParseBook([]byte(text)); !slices.Contains(codes(err), code) {
			t.Errorf("%s: %.500v", code, err)
		}
	}
	for code := range cases {
		t.Errorf("%s is not published", code)
	}
}

// crowded is a book with more different tasks than a policy takes.
func crowded(t *testing.T) string {
	b := coselling.DefaultBook()
	for i := range b.Stage.Playbooks {
		step := &b.Stage.Playbooks[i].Steps[0]
		for j := range 200 {
			own := stage.TaskID("t" + strings.Repeat("x", j/20) + string(rune('a'+j%20)) + string(rune('a'+i)))
			step.Tasks = append(step.Tasks, stage.Task{ID: own, Owner: stage.ByEach, Kind: stage.Recurring, Says: "work"})
		}
	}
	text, err := b.MarshalJSON()
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
