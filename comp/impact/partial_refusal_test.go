package impact_test

import (
	"errors"
	"os"
	"strings"
	"testing"

	"github.com/coselling/coselling/comp/impact"
	"github.com/coselling/coselling/value"
)

// An encoded partial comparison that no comparison wrote is refused, with where.
func TestForeignPartialsAreRefused(t *testing.T) {
	seed, err := os.ReadFile("testdata/partial.json")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		from, to string
		code     value.Code
	}{
		{`"version":1`, `"version":2`, impact.PartialVersion},
		{`"deals":2`, `"deals":-2`, impact.PartialContent},
		{`"deals":2`, `"deals":9223372036854775807`, impact.PartialContent},
		{`"deals":2`, `"deals":1000000000001`, impact.PartialContent},
		{`"statements":2`, `"statements":9223372036854775807`, impact.PartialContent},
		{`"differences":1`, `"differences":9223372036854775807`, impact.PartialContent},
		{`"left_out":[]`, `"left_out":[{"reason":"a","bookings":9223372036854775807}]`, impact.PartialContent},
		{`"deals":2`, `"deals":2.5`, "json.type"},
		{`"deals":2`, `"deals":2,"deals":3`, "json.repeated"},
		{`"rep":"ana"`, `"rep":""`, impact.PartialContent},
		{`"rep":"bo"`, `"rep":"aa"`, impact.PartialContent},
		{`"rep":"bo"`, `"rep":"ana"`, impact.PartialContent},
		{`"from":"2026-10-02"`, `"from":""`, impact.PartialContent},
		{`"from":"2026-10-02"`, `"from":"2026-11-21"`, impact.PartialContent},
		{`"from":"2026-10-02"`, `"from":"2026-10-32"`, value.DateRange},
		{`"value":"17000000"`, `"value":"017000000"`, impact.PartialContent},
		{`"value":"17000000"`, `"value":"+17000000"`, impact.PartialContent},
		{`"value":"17000000"`, `"value":""`, impact.PartialContent},
		{`"value":"17000000"`, `"value":"1` + strings.Repeat("0", 100) + `"`, impact.PartialContent},
		{`"before":["17000000","0","1360000"]`, `"before":["17000000","0"]`, impact.PartialContent},
		{`"field":"role_based.contributions.true_co_sell"`, `"field":"rounding"`, impact.PartialContent},
		{`"fields":["role_based.contributions.technical_validation"]`, `"fields":["role_based.contributions.true_co_sell","role_based.contributions.technical_validation"]`, impact.PartialContent},
		{`"fields":["role_based.contributions.technical_validation"]`, `"fields":["role_based.contributions.technical_validation","role_based.contributions.technical_validation"]`, impact.PartialContent},
		{`"booking":"D-17"`, `"booking":""`, impact.PartialContent},
		{`"date":"2026-11-20","rep":"bo"`, `"date":"2026-11-20","rep":""`, impact.PartialContent},
		{`"before":["3600000","0","180000"],"after":["4200000","0","210000"],"fields"`, `"before":["9223372036854775808","0","180000"],"after":["4200000","0","210000"],"fields"`, impact.PartialContent},
		{`"before":["3600000","0","180000"],"after":["4200000","0","210000"],"fields"`, `"before":["3600000","9223372036854775808","180000"],"after":["4200000","0","210000"],"fields"`, impact.PartialContent},
		{`"before":["3600000","0","180000"],"after":["4200000","0","210000"],"fields"`, `"before":["3600000","0","9223372036854775808"],"after":["4200000","0","210000"],"fields"`, impact.PartialContent},
		{`"before":["3600000","0","180000"],"after":["4200000","0","210000"],"fields"`, `"before":["9223372036854775807","0","180000"],"after":["4200000","0","210000"],"fields"`, value.MoneyRange},
		{`"left_out":[]`, `"left_out":[{"reason":"","bookings":1}]`, impact.PartialContent},
		{`"left_out":[]`, `"left_out":[{"reason":"b","bookings":1},{"reason":"a","bookings":1}]`, impact.PartialContent},
		{`"left_out":[]`, `"left_out":[{"reason":"a","bookings":1},{"reason":"a","bookings":1}]`, impact.PartialContent},
		{`"left_out":[]`, `"left_out":[{"reason":"a","bookings":-1}]`, impact.PartialContent},
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

// Books come in the order of their currencies, each once.
func TestBooksOfAPartialAreInOrder(t *testing.T) {
	before, after := plans()
	all := deals()
	all[0].Value = value.MustMoney("50000 EUR")
	p, err := impact.PartialSeq(before, after, stream(all), impact.ByCurrency())
	if err != nil {
		t.Fatal(err)
	}
	text := bytesOf(t, encoded(t, p))
	var decoded impact.Partial
	if err := decoded.UnmarshalJSON([]byte(text)); err != nil || bytesOf(t, decoded) != text {
		t.Errorf("%v: read and written again it is another text", err)
	}
	for _, c := range [][2]string{{`"currency":"EUR"`, `"currency":"USD"`}, {`"currency":"EUR"`, `"currency":"XAF"`}} {
		if _, err := impact.ParsePartial([]byte(strings.Replace(text, c[0], c[1], 1))); !errors.Is(err, impact.PartialContent) {
			t.Errorf("%s for %s: %v", c[1], c[0], err)
		}
	}
	euros, dollars, _ := strings.Cut(text, `"currency":"USD"`) // ana sells in both
	foreign := euros + `"currency":"USD"` + strings.Replace(dollars, `"rep":"ana","side":"partner","org":"acme"`, `"rep":"ana","side":"partner","org":"other"`, 1)
	if _, err := impact.ParsePartial([]byte(foreign)); foreign == text || !errors.Is(err, impact.PartialContent) {
		t.Errorf("a rep of two parties: %v", err)
	}
}

// impact.finished: a comparison that has ended takes nothing more.
func TestAComparisonEndsOnce(t *testing.T) {
	before, after := plans()
	c, err := impact.New(before, after)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := c.Finish(); err != nil {
		t.Fatal(err)
	}
	if err := c.Add(deals()[0]); !errors.Is(err, impact.Finished) {
		t.Errorf("a booking after the end: %v", err)
	}
	if _, err := c.Finish(); !errors.Is(err, impact.Finished) {
		t.Errorf("a second end: %v", err)
	}
}
