package deal_test

import (
	"reflect"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/google/go-cmp/cmp"

	"github.com/coselling/coselling/deal"
	"github.com/coselling/coselling/internal/dealgen"
	"github.com/coselling/coselling/internal/wire"
	"github.com/coselling/coselling/value"
)

func TestDealIsReadBackAsWritten(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := dealgen.AnyDeal().Draw(t, "deal")
		text := document(t, d)
		again, err := deal.Parse(text)
		if diff := cmp.Diff(d, again, cmp.Exporter(func(reflect.Type) bool { return true })); err != nil || diff != "" {
			t.Fatalf("%s: %v (- written, + read)\n%s", text, err, diff)
		}
		if twice := document(t, again); string(twice) != string(text) {
			t.Fatalf("%s\nbecame %s", text, twice)
		}
	})
}

func TestDealDocumentsAreStrict(t *testing.T) {
	with := func(members string) string { return strings.TrimSuffix(smallDeal, "}") + "," + members + "}" }
	for _, c := range []struct {
		name, data string
		code       value.Code
		want       string
	}{
		{"missing members", `{}`, wire.Missing, "deal.id: nothing stands here; the member is needed\ndeal.partner: nothing stands here; the member is needed\n" +
			"deal.vendor: nothing stands here; the member is needed\ndeal.opening: nothing stands here; the member is needed"},
		{"null", `null`, wire.Missing, ""},
		{"no day", `{"id":"D","partner":"a","vendor":"b","opening":{}}`, wire.Missing, "deal.opening.day: nothing stands here; the member is needed"},
		{"empty id", `{"id":"","partner":"a","vendor":"b","opening":{"day":"2026-11-02"}}`, value.Code("deal.id"), "deal.id: nothing stands here; a text of 1 to 256 bytes of UTF-8 is needed"},
		{"wrongly cased", with(`"Amount":null`), wire.Unknown, ""},
		{"an amount finer than its currency", with(`"amount":{"amount":"1.001","currency":"USD"}`), value.MoneyScaleExcess, ""},
		{"an amount that is a number", with(`"amount":180000`), value.MoneyFormat, ""},
		{"a percentage without its sign", with(`"payees":[{"rep":"ana","rate":"8"}]`), value.PercentFormat, ""},
		{"values all at once", with(`"payees":[{"rep":"ana","role":"boss","rate":"x"}],"people":[{"party":{"side":"both","org":"acme"}}],"signals":{"source":"me","both_engaged":"maybe"},"exchange":"2","agreed":"soon"`), "",
			"deal.payees[0].role: \"boss\" is not known; allowed are primary, supporting\n" +
				"deal.payees[0].rate: \"x\" is not a percentage; write digits, a point where needed and a percent sign, like 12.5%\n" +
				"deal.people[0].party.side: \"both\" is not known; allowed are partner, vendor\n" +
				"deal.signals.source: \"me\" is not known; allowed are partner, vendor, joint\n" +
				"deal.signals.both_engaged: \"maybe\" is not known; allowed are unknown, no, yes\n" +
				"deal.exchange: \"2\" is not a rate; write it like 1 EUR = 1.0825 USD on 2026-11-02\n" +
				"deal.agreed: \"soon\" is no instant; write it like 2026-11-22T09:30:00Z"},
		{"a repeated duty", with(`"team":{"assigned":{"role.demo":[],"role.demo":[]}}`), wire.Repeated, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			d, err := deal.Parse([]byte(c.data))
			wantRefused(t, err, c.code, c.want)
			if !reflect.DeepEqual(d, deal.Deal{}) {
				t.Errorf("beside an error stands %+v", d)
			}
		})
	}
}

// The answer unknown and no answer are the same: the form has neither.
func TestUnknownAnswersAreLeftOut(t *testing.T) {
	d, err := deal.Parse([]byte(strings.TrimSuffix(smallDeal, "}") + `,"amount":null,"signals":{"both_engaged":"unknown"},"team":{},"payees":[],"zone":""}`))
	if err != nil || string(document(t, d)) != smallDeal {
		t.Errorf("%s, %v", document(t, d), err)
	}
}

func FuzzParseDeal(f *testing.F) {
	for _, seed := range []string{smallDeal, `{}`, `{"id":"D","id":"E"}`, `{"opening":{"day":"0000-01-01"}}`, strings.Repeat(`{"team":`, 20)} {
		f.Add([]byte(seed))
	}
	f.Add(fileOf(f, "../examples/assess/deal.json"))
	f.Fuzz(func(t *testing.T, data []byte) {
		d, err := deal.Parse(data)
		if err != nil {
			return
		}
		text := document(t, d)
		again, err := deal.Parse(text)
		if err != nil {
			t.Fatalf("%q is written as %s: %v", data, text, err)
		}
		if twice := document(t, again); string(twice) != string(text) {
			t.Fatalf("%s became %s", text, twice)
		}
	})
}
