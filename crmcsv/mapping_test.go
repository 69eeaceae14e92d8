package crmcsv_test

import (
	"errors"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/crmcsv"
	"github.com/coselling/coselling/internal/wire"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// smallest has what every mapping needs; tests replace a part of it.
const smallest = `{
  "export": "a test",
  "fields": {"id": {"column": "id"}, "value": {"column": "value"}, "currency": {"constant": "USD"}, "stage": {"constant": "open"}},
  "payees": [{"rep": {"column": "rep"}}],
  "roster": {"ana": {"side": "partner", "org": "acme", "rate": "8%"}}
}`

func TestMappingReturnsExportAndMadeUp(t *testing.T) {
	m := mapping(t, strings.Replace(smallest, `"export"`, `"made_up": ["the currency", "the rates"], "export"`, 1))
	if m.Export() != "a test" {
		t.Errorf("export %q", m.Export())
	}
	words := m.MadeUp()
	if !slices.Equal(words, []string{"the currency", "the rates"}) {
		t.Errorf("made up %q", words)
	}
	words[0] = "changed"
	if m.MadeUp()[0] != "the currency" {
		t.Error("MadeUp hands out the mapping's own slice")
	}
	if words := mapping(t, smallest).MadeUp(); len(words) != 0 {
		t.Errorf("a mapping that invents nothing says %q", words)
	}
}

// Each case replaces one part of the smallest mapping.
func TestMappingIsRefused(t *testing.T) {
	for _, c := range []struct {
		name     string
		old, new string
		want     refusal
	}{
		{"not JSON", `{`, `{,`, refusal{wire.Syntax, "mapping"}},
		{"trailing data", "\"8%\"}}\n}", "\"8%\"}}\n} {}", refusal{wire.Syntax, "mapping"}},
		{"export missing", `"export": "a test",`, ``, refusal{wire.Missing, "mapping.export"}},
		{"export null", `"a test"`, `null`, refusal{wire.Missing, "mapping.export"}},
		{"payees missing", `"payees": [{"rep": {"column": "rep"}}],`, ``, refusal{wire.Missing, "mapping.payees"}},
		{"unknown member", `"export"`, `"exports": "", "export"`, refusal{wire.Unknown, "mapping.exports"}},
		{"wrongly cased member", `"roster"`, `"Roster"`, refusal{wire.Unknown, "mapping.Roster"}},
		{"wrongly cased member of a field", `"column": "id"`, `"Column": "id"`, refusal{wire.Unknown, "mapping.fields.id.Column"}},
		{"repeated member", `"export"`, `"export": "b", "export"`, refusal{wire.Repeated, "mapping.export"}},
		{"repeated field", `"id": {`, `"id": {"column": "b"}, "id": {`, refusal{wire.Repeated, "mapping.fields.id"}},
		{"repeated rep", `"ana": {`, `"ana": {"side": "vendor", "org": "us", "rate": "5%"}, "ana": {`, refusal{wire.Repeated, "mapping.roster.ana"}},
		{"a number", `"rate": "8%"`, `"rate": 8`, refusal{wire.Type, "mapping.roster.ana.rate"}},
		{"roster entry without a side", `"side": "partner", `, ``, refusal{wire.Missing, "mapping.roster.ana.side"}},
		{"roster entry without an org", `"org": "acme", `, ``, refusal{wire.Missing, "mapping.roster.ana.org"}},
		{"roster entry with an empty table", `"rate": "8%"`, `"rate": "8%", "table": ""`, refusal{wire.Missing, "mapping.roster.ana.table"}},
		{"roster entry without a rate", `, "rate": "8%"`, ``, refusal{value.Code("mapping.field.missing"), "mapping.roster.ana.rate"}},
		{"roster entry with two rates", `"rate": "8%"`, `"rate": "8%", "table": "accelerator"`, refusal{comp.RateTwo, "mapping.roster.ana.rate"}},
		{"too deep", `"column": "rep"`, `"values": ` + strings.Repeat(`{"a":`, 9) + `1` + strings.Repeat(`}`, 9), refusal{wire.Type, "mapping.payees[0].rep.values.a"}},

		{"delimiter empty", `"export"`, `"delimiter": "", "export"`, refusal{value.Code("mapping.delimiter"), "mapping.delimiter"}},
		{"delimiter of two", `"export"`, `"delimiter": ";;", "export"`, refusal{value.Code("mapping.delimiter"), "mapping.delimiter"}},
		{"delimiter a quote", `"export"`, `"delimiter": "\"", "export"`, refusal{value.Code("mapping.delimiter"), "mapping.delimiter"}},
		{"delimiter a line end", `"export"`, `"delimiter": "\n", "export"`, refusal{value.Code("mapping.delimiter"), "mapping.delimiter"}},
		{"delimiter a carriage return", `"export"`, `"delimiter": "\r", "export"`, refusal{value.Code("mapping.delimiter"), "mapping.delimiter"}},
		{"delimiter NUL", `"export"`, `"delimiter": "\u0000", "export"`, refusal{value.Code("mapping.delimiter"), "mapping.delimiter"}},
		{"delimiter U+FFFD", `"export"`, `"delimiter": "\ufffd", "export"`, refusal{value.Code("mapping.delimiter"), "mapping.delimiter"}},

		{"unknown field", `"id": {`, `"ID": {"column": "x"}, "id": {`, refusal{value.Code("mapping.field.unknown"), "mapping.fields.ID"}},
		{"unknown field of a payee", `"rep": {`, `"id": {"column": "x"}, "rep": {`, refusal{value.Code("mapping.field.unknown"), "mapping.payees[0].id"}},
		{"id missing", `"id": {"column": "id"}, `, ``, refusal{value.Code("mapping.field.missing"), "mapping.fields.id"}},
		{"value missing", `"value": {"column": "value"}, `, ``, refusal{value.Code("mapping.field.missing"), "mapping.fields.value"}},
		{"currency missing", `"currency": {"constant": "USD"}, `, ``, refusal{value.Code("mapping.field.missing"), "mapping.fields.currency"}},
		{"stage missing", `, "stage": {"constant": "open"}`, ``, refusal{value.Code("mapping.field.missing"), "mapping.fields.stage"}},
		{"no payee", `[{"rep": {"column": "rep"}}]`, `[]`, refusal{value.Code("mapping.field.missing"), "mapping.payees"}},
		{"payee without a rep", `{"rep": {"column": "rep"}}`, `{"side": {"constant": "vendor"}}`, refusal{value.Code("mapping.field.missing"), "mapping.payees[0].rep"}},
		{"payee null", `[{"rep": {"column": "rep"}}]`, `[null]`, refusal{value.Code("mapping.field.missing"), "mapping.payees[0].rep"}},

		{"roster side", `"side": "partner"`, `"side": "Partner"`, refusal{value.Code("side.unknown"), "mapping.roster.ana.side"}},
		{"roster org", `"org": "acme"`, `"org": ""`, refusal{model.PartyOrg, "mapping.roster.ana.org"}},
		{"roster rate without a sign", `"8%"`, `"8"`, refusal{value.PercentFormat, "mapping.roster.ana.rate"}},
		{"roster rate below", `"8%"`, `"-0.000001%"`, refusal{value.PercentBelow, "mapping.roster.ana.rate"}},
		{"roster rate above", `"8%"`, `"100.000001%"`, refusal{value.PercentAbove, "mapping.roster.ana.rate"}},
		{"roster rate too fine", `"8%"`, `"8.0000001%"`, refusal{value.Code("percent.scale.excess"), "mapping.roster.ana.rate"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			text := strings.Replace(smallest, c.old, c.new, 1)
			if text == smallest {
				t.Fatal("the case changes nothing")
			}
			_, err := crmcsv.ParseMapping([]byte(text))
			if got := refusals(t, err); !slices.Equal(got, []refusal{c.want}) {
				t.Errorf("%v\n%v\nwant\n%v", err, got, []refusal{c.want})
			}
		})
	}
}

func TestMappingReportsEveryProblemAtOnce(t *testing.T) {
	_, err := crmcsv.ParseMapping([]byte(`{
	  "export": "a test", "delimiter": "",
	  "fields": {"id": {}, "Value": {"column": "x"}, "currency": {"constant": "XAU"}, "stage": {"column": "s", "format": "8%"}},
	  "payees": [{}, {"rep": {"column": "r"}, "rate": {"column": "q", "format": "%"}}],
	  "roster": {"b": {"side": "", "org": "", "rate": "101%"}, "a": {"side": "vendor", "org": "us", "rate": ""}}
	}`))
	want := []refusal{ // of form, in the order of the file, then of the fields
		{value.Code("side.unknown"), "mapping.roster.b.side"},
		{value.PercentAbove, "mapping.roster.b.rate"},
		{value.PercentFormat, "mapping.roster.a.rate"},
		{value.Code("mapping.delimiter"), "mapping.delimiter"},
		{value.Code("mapping.field.unknown"), "mapping.fields.Value"},
		{value.CurrencyNoMinorUnit, "mapping.fields.currency.constant"},
		{value.Code("mapping.field.source"), "mapping.fields.id"},
		{value.Code("mapping.format.unknown"), "mapping.fields.stage.format"},
		{value.Code("mapping.field.missing"), "mapping.fields.value"},
		{value.Code("mapping.field.missing"), "mapping.payees[0].rep"},
		{value.Code("mapping.format.unknown"), "mapping.payees[1].rate.format"},
	}
	if got := refusals(t, err); !slices.Equal(got, want) {
		t.Errorf("%v\n%v\nwant\n%v", err, got, want)
	}
	if !errors.Is(err, value.Code("mapping.field.unknown")) || !strings.Contains(err.Error(), `"Value" is not known; allowed are id, value, currency`) {
		t.Errorf("the unknown field is not named with those that exist:\n%v", err)
	}
}

func TestMappingIsBounded(t *testing.T) {
	long := strings.Replace(smallest, "a test", strings.Repeat("x", 4<<20), 1)
	if _, err := crmcsv.ParseMapping([]byte(long)); !errors.Is(err, wire.Size) {
		t.Errorf("above 4 MiB: %v", err)
	}
	name := strings.Repeat("x", 1<<20)
	for _, text := range []string{
		strings.Replace(smallest, `"id": {`, `"`+name+`": {"column": "x"}, "id": {`, 1),
		strings.Replace(smallest, `"ana"`, `"`+name+`"`, 1),
		strings.Replace(smallest, `"USD"`, `"`+name+`"`, 1),
		strings.Replace(smallest, `{"constant": "open"}`, `{"column": "x", "values": {"`+name+`": "`+name+`"}}`, 1),
		strings.Replace(smallest, `{"column": "id"}`, `{"column": "id", "format": "`+name+`"}`, 1),
	} {
		_, err := crmcsv.ParseMapping([]byte(text))
		if err != nil && len(err.Error()) > 1000 {
			t.Errorf("an error of %d bytes", len(err.Error()))
		}
	}
}

// A mapping full of mistakes costs no more than its size: the number of listed problems, their
// text and the allocated memory are bounded.
func TestMappingFullOfMistakesCostsLittle(t *testing.T) {
	fill := func(n int, each func(i int) string) string {
		var b strings.Builder
		for i := 0; b.Len() < n; i++ {
			b.WriteString(each(i) + ",")
		}
		return strings.TrimSuffix(b.String(), ",")
	}
	const size = 3_900_000
	empty := func(int) string { return `{}` }
	unknown := func(i int) string { return `"` + strconv.Itoa(i) + `":{}` }
	payee := func(int) string { return `{` + fill(600, unknown) + `}` }
	translated := func(i int) string { return `"` + strconv.Itoa(i) + `":""` }
	wrong := func(i int) string { return `"` + strconv.Itoa(i) + `":"x"` }
	for name, text := range map[string]string{
		"empty payees":                     `"payees":[` + fill(size, empty) + `]`,
		"a thousand empty payees":          `"payees":[` + fill(2_999, empty) + `]`,
		"payees of unknown fields":         `"payees":[` + fill(590_000, payee) + `]`,
		"unknown fields":                   `"fields":{` + fill(size, unknown) + `}`,
		"unknown members":                  fill(size, unknown),
		"members of a field":               `"fields":{"id":{` + fill(size, unknown) + `}}`,
		"empty reps":                       `"roster":{` + fill(size, unknown) + `}`,
		"a hundred thousand empty reps":    `"roster":{` + fill(1_089_000, unknown) + `}`,
		"translations":                     `"fields":{"stage":{"column":"x","values":{` + fill(size, translated) + `}}}`,
		"a hundred thousand wrong stages":  `"fields":{"stage":{"column":"x","values":{` + fill(1_188_000, wrong) + `}}}`,
		"made up, too often":               `"made_up":[` + fill(size, func(int) string { return `""` }) + `]`,
		"the same member, again and again": fill(size, func(int) string { return `"export":{}` }),
	} {
		t.Run(name, func(t *testing.T) {
			document := []byte(`{` + text + `}`)
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			_, err := crmcsv.ParseMapping(document)
			runtime.ReadMemStats(&after)
			if all := after.TotalAlloc - before.TotalAlloc; all > 64<<20 {
				t.Errorf("%d bytes were allocated", all)
			}
			list, _ := errors.AsType[value.Errors](err)
			if len(list) == 0 || len(list) > 101 || len(err.Error()) > 64<<10 {
				t.Errorf("%d problems of %d bytes", len(list), len(err.Error()))
			}
		})
	}
}

func TestZeroMappingIsRefused(t *testing.T) {
	var m crmcsv.Mapping
	if _, err := crmcsv.NewReader(strings.NewReader("id\n"), m); !errors.Is(err, value.Code("mapping.field.missing")) {
		t.Errorf("%v", err)
	}
	if m.Export() != "" || m.MadeUp() != nil {
		t.Error("the zero mapping says something")
	}
}
