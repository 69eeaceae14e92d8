package value_test

import (
	stdjson "encoding/json"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/coselling/coselling/value"
)

func TestReasonJSON(t *testing.T) {
	at := time.Date(2026, 11, 20, 23, 30, 0, 0, time.FixedZone("", -5*3600))
	mine := value.NewAudience("partner acme")
	r := value.NewReason(ruleOfTests, "{who} owes {what} ({part}, {ratio}) since {day}, {at}, {count} times",
		value.Op("who", `=ana "x" </b>`), value.Op("what", value.MustMoney("12.50 USD")).To(mine), value.Op("part", value.MustPercent("8%")).To(mine),
		value.Op("ratio", ratio(t, 6, 5)), value.Op("day", value.MustDate("2026-11-20")), value.Op("at", at), value.Op("count", 3)).At("payees[1]", `record.facts["x"]`)
	for _, c := range []struct {
		reader string
		want   string
	}{
		{"partner acme", `{"code":"test.rule","text":"=ana \"x\" </b> owes 12.50 USD (8%, 6/5) since 2026-11-20, 2026-11-21T04:30:00Z, 3 times","paths":["payees[1]","record.facts[\"x\"]"],` +
			`"operands":[{"name":"who","value":"=ana \"x\" </b>"},{"name":"what","value":{"amount":"12.50","currency":"USD"}},{"name":"part","value":"8%"},{"name":"ratio","value":"6/5"},` +
			`{"name":"day","value":"2026-11-20"},{"name":"at","value":"2026-11-21T04:30:00Z"},{"name":"count","value":3}]}`},
		{"vendor us", `{"code":"test.rule","text":"=ana \"x\" </b> owes (withheld) ((withheld), 6/5) since 2026-11-20, 2026-11-21T04:30:00Z, 3 times","paths":["payees[1]","record.facts[\"x\"]"],` +
			`"operands":[{"name":"who","value":"=ana \"x\" </b>"},{"name":"ratio","value":"6/5"},{"name":"day","value":"2026-11-20"},{"name":"at","value":"2026-11-21T04:30:00Z"},{"name":"count","value":3}]}`},
	} {
		text, err := r.For(c.reader).MarshalJSON()
		if err != nil || string(text) != c.want {
			t.Errorf("%s reads %s, %v\nwant %s", c.reader, text, err, c.want)
		}
	}
	if text, err := stdjson.Marshal([]value.Reason{{}, value.NewReason(ruleOfTests, "")}); err != nil || string(text) != `[null,{"code":"test.rule","text":""}]` {
		t.Errorf("no reason, and one that says nothing: %s, %v", text, err)
	}
	if text, err := value.NewReason(ruleOfTests, "\xff").MarshalJSON(); err == nil {
		t.Errorf("text that is not UTF-8 is written as %s", text)
	}
}

// A withheld operand changes no byte of the form.
func TestReasonJSONHoldsNothingWithheld(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		open := rapid.SampledFrom([]string{"a", "b", ""}).Draw(t, "open")
		forms := map[string]bool{}
		for _, secret := range []value.Operand{value.Op("x", "secret"), value.Op("x", 17), value.Op("x", value.MustMoney("99.99 USD")), value.Op("x", "")} {
			r := value.NewReason(ruleOfTests, "{x} and {y}", secret.To(value.NewAudience("me")), value.Op("y", open)).For("somebody else")
			text, err := r.MarshalJSON()
			if err != nil || strings.Contains(string(text), "secret") {
				t.Fatalf("%s, %v", text, err)
			}
			forms[string(text)] = true
		}
		if len(forms) != 1 {
			t.Fatalf("%v", forms)
		}
	})
}
