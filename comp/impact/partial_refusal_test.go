package impact_test

import (
	"errors"
	"os"
	"runtime"
	"strings"
	"testing"

	"github.com/coselling/coselling/comp/impact"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// The form of a partial comparison that no comparison wrote is refused, with the path.
func TestRefusesAPartialThatNoComparisonWrote(t *testing.T) {
	seed, err := os.ReadFile("testdata/partial.json")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		from, to string
		code     value.Code
	}{
		{`"version":1`, `"version":2`, impact.PartialVersion},
		{`"deals":2`, `"deals":-2`, value.Code("impact.partial.content")},
		{`"deals":2`, `"deals":9223372036854775807`, value.Code("impact.partial.content")},
		{`"deals":2`, `"deals":1000000000001`, value.Code("impact.partial.content")},
		{`"statements":2`, `"statements":9223372036854775807`, value.Code("impact.partial.content")},
		{`"differences":1`, `"differences":9223372036854775807`, value.Code("impact.partial.content")},
		{`"left_out":[]`, `"left_out":[{"reason":"a","bookings":9223372036854775807}]`, value.Code("impact.partial.content")},
		{`"deals":2`, `"deals":2.5`, "json.type"},
		{`"deals":2`, `"deals":2,"deals":3`, "json.repeated"},
		{`"rep":"ana"`, `"rep":""`, value.Code("impact.partial.content")},
		{`"rep":"bo"`, `"rep":"aa"`, value.Code("impact.partial.content")},
		{`"rep":"bo"`, `"rep":"ana"`, value.Code("impact.partial.content")},
		{`"from":"2026-10-02"`, `"from":""`, value.Code("impact.partial.content")},
		{`"from":"2026-10-02"`, `"from":"2026-11-21"`, value.Code("impact.partial.content")},
		{`"from":"2026-10-02"`, `"from":"2026-10-32"`, value.DateRange},
		{`"value":"17000000"`, `"value":"017000000"`, value.Code("impact.partial.content")},
		{`"value":"17000000"`, `"value":"+17000000"`, value.Code("impact.partial.content")},
		{`"value":"17000000"`, `"value":""`, value.Code("impact.partial.content")},
		{`"value":"17000000"`, `"value":"1` + strings.Repeat("0", 100) + `"`, value.Code("impact.partial.content")},
		{`"before":["17000000","0","1360000"]`, `"before":["17000000","0"]`, value.Code("impact.partial.content")},
		{`"field":"role_based.contributions.true_co_sell"`, `"field":"rounding"`, value.Code("impact.partial.content")},
		{`"fields":["role_based.contributions.technical_validation"]`,
			`"fields":["role_based.contributions.true_co_sell","role_based.contributions.technical_validation"]`,
			value.Code("impact.partial.content")},
		{`"fields":["role_based.contributions.technical_validation"]`,
			`"fields":["role_based.contributions.technical_validation","role_based.contributions.technical_validation"]`, value.Code("impact.partial.content")},
		{`"booking":"D-17"`, `"booking":""`, value.Code("impact.partial.content")},
		{`"date":"2026-11-20","rep":"bo"`, `"date":"2026-11-20","rep":""`, value.Code("impact.partial.content")},
		{`"before":["3600000","0","180000"],"after":["4200000","0","210000"],"fields"`,
			`"before":["9223372036854775808","0","180000"],"after":["4200000","0","210000"],"fields"`,
			value.Code("impact.partial.content")},
		{`"before":["3600000","0","180000"],"after":["4200000","0","210000"],"fields"`,
			`"before":["3600000","9223372036854775808","180000"],"after":["4200000","0","210000"],"fields"`,
			value.Code("impact.partial.content")},
		{`"before":["3600000","0","180000"],"after":["4200000","0","210000"],"fields"`,
			`"before":["3600000","0","9223372036854775808"],"after":["4200000","0","210000"],"fields"`,
			value.Code("impact.partial.content")},
		{`"before":["3600000","0","180000"],"after":["4200000","0","210000"],"fields"`,
			`"before":["9223372036854775807","0","180000"],"after":["4200000","0","210000"],"fields"`,
			value.MoneyRange},
		{`"company":false,"paid":true`, `"company":false,"paid":false`, value.Code("impact.partial.content")},
		{`"paid":true,"before":["3600000"`, `"paid":false,"before":["3600000"`,
			value.Code("impact.partial.content")},
		{`"left_out":[]`, `"left_out":[{"reason":"","bookings":1}]`, value.Code("impact.partial.content")},
		{`"left_out":[]`, `"left_out":[{"reason":"b","bookings":1},{"reason":"a","bookings":1}]`,
			value.Code("impact.partial.content")},
		{`"left_out":[]`, `"left_out":[{"reason":"a","bookings":1},{"reason":"a","bookings":1}]`,
			value.Code("impact.partial.content")},
		{`"left_out":[]`, `"left_out":[{"reason":"a","bookings":-1}]`, value.Code("impact.partial.content")},
		{`"org":"acme"`, `"org":""`, model.PartyOrg},
		{`"30%"`, `"130%"`, value.PercentAbove},
		{`"model":"role_based"`, `"model":"split","role_based":{},"model":"split"`, "json.repeated"},
		{`"contributions":{"technical_validation":"30%","true_co_sell":"50%"}`, `"contributions":{}`,
			value.Code("comp.contributions.missing")},
	} {
		text := strings.Replace(string(seed), c.from, c.to, 1)
		if text == string(seed) {
			t.Errorf("%s is not in the recorded form", c.from)
			continue
		}
		if _, err := impact.ParsePartial([]byte(text)); !errors.Is(err, c.code) {
			t.Errorf("%s for %s: %v, want %s", c.to, c.from, err, c.code)
		}
	}
}

// CASES R1: the refusal of a very bad document is short and cheap.
func TestRefusesHostilePartialsCheaply(t *testing.T) {
	seed, err := os.ReadFile("testdata/partial.json")
	if err != nil {
		t.Fatal(err)
	}
	const mega = 1_000_000
	long := func(list, each string) string { // 3 MB of wrong elements at the beginning of a list
		return strings.Replace(string(seed), `"`+list+`":[`,
			`"`+list+`":[`+strings.Repeat(each+",", 3*mega/(len(each)+1)), 1)
	}
	payee := seed[strings.Index(string(seed), `{"rep":"bo"`):strings.Index(string(seed), `,{"rep":"cy"`)]
	for name, data := range map[string]string{
		"payees of empty text":    long("payees", `""`),
		"payees of nothing":       long("payees", `null`),
		"empty payees":            long("payees", `{}`),
		"payees with empty texts": long("payees", `{"rep":"","before":["","",""]}`),
		"one payee many times":    long("payees", string(payee)),
		"books of empty text":     long("books", `""`),
		"sums of empty text":      long("before", `""`),
		"causes of empty text":    long("causes", `""`),
		"fields of empty text":    long("fields", `""`),
		"one field many times":    long("fields", `"rounding"`),
		"reasons of empty text":   long("left_out", `""`),
		"a member many times":     strings.Replace(string(seed), `{`, `{`+strings.Repeat(`"x":"",`, mega), 1),
		"a policy of empty tables": strings.Replace(string(seed), `"tables":{`,
			`"tables":{`+strings.Repeat(`"a":"",`, mega/8), 1),
	} {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		_, err := impact.ParsePartial([]byte(data))
		runtime.ReadMemStats(&after)
		if n := after.TotalAlloc - before.TotalAlloc; n > 64<<20 {
			t.Errorf("%s: %d bytes allocated", name, n)
		}
		var list value.Errors
		list.Add("", err)
		if len(list) == 0 || len(list) > 101 || len(err.Error()) > 80<<10 {
			t.Errorf("%s: %d problems in %d bytes", name, len(list), len(err.Error()))
		}
	}
}

// Currencies stand in order, each once.
func TestRefusesAPartialWithCurrenciesOutOfOrder(t *testing.T) {
	before, after := plans()
	all := deals()
	all[0].Value = value.MustMoney("50000 EUR")
	p, err := partialOf(before, after, stream(all), impact.ByCurrency())
	if err != nil {
		t.Fatal(err)
	}
	text := bytesOf(t, encoded(t, p))
	var decoded impact.Partial
	if err := decoded.UnmarshalJSON([]byte(text)); err != nil || bytesOf(t, decoded) != text {
		t.Errorf("%v: read and written again it is another text", err)
	}
	for _, c := range [][2]string{{`"currency":"EUR"`, `"currency":"USD"`}, {`"currency":"EUR"`, `"currency":"XAF"`}} {
		if _, err := impact.ParsePartial([]byte(strings.Replace(text, c[0], c[1], 1))); !errors.Is(err,
			value.Code("impact.partial.content")) {
			t.Errorf("%s for %s: %v", c[1], c[0], err)
		}
	}
	euros, dollars, _ := strings.Cut(text, `"currency":"USD"`) // ana sells in both
	foreign := euros + `"currency":"USD"` +
		strings.Replace(dollars, `"rep":"ana","party":{"side":"partner","org":"acme"}`,
			`"rep":"ana","party":{"side":"partner","org":"other"}`, 1)
	if _, err := impact.ParsePartial([]byte(foreign)); foreign == text || !errors.Is(err, value.Code("impact.partial.content")) {
		t.Errorf("a rep of two parties: %v", err)
	}
}

// impact.finished: a comparison that has ended takes no more bookings.
func TestRefusesBookingsAfterTheEnd(t *testing.T) {
	before, after := plans()
	c, err := impact.New(before, after)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := c.Finish(); err != nil {
		t.Fatal(err)
	}
	if err := c.Add(deals()[0]); !errors.Is(err, value.Code("impact.finished")) {
		t.Errorf("a booking after the end: %v", err)
	}
	if _, err := c.Finish(); !errors.Is(err, value.Code("impact.finished")) {
		t.Errorf("a second end: %v", err)
	}
}
