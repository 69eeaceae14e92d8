package crmcsv_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/crmcsv"
	"github.com/coselling/coselling/internal/strictjson"
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

func TestMappingKeepsItsWords(t *testing.T) {
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
		{"not JSON", `{`, `{,`, refusal{strictjson.Syntax, "mapping"}},
		{"trailing data", "\"8%\"}}\n}", "\"8%\"}}\n} {}", refusal{strictjson.Syntax, "mapping"}},
		{"export missing", `"export": "a test",`, ``, refusal{strictjson.Missing, "mapping.export"}},
		{"export null", `"a test"`, `null`, refusal{strictjson.Missing, "mapping.export"}},
		{"payees missing", `"payees": [{"rep": {"column": "rep"}}],`, ``, refusal{strictjson.Missing, "mapping.payees"}},
		{"unknown member", `"export"`, `"exports": "", "export"`, refusal{strictjson.Unknown, "mapping.exports"}},
		{"wrongly cased member", `"export"`, `"Export"`, refusal{strictjson.Unknown, "mapping.Export"}},
		{"wrongly cased member of a field", `"column": "id"`, `"Column": "id"`, refusal{strictjson.Unknown, "mapping.fields.id.Column"}},
		{"repeated member", `"export"`, `"export": "b", "export"`, refusal{strictjson.Repeated, "mapping.export"}},
		{"repeated field", `"id": {`, `"id": {"column": "b"}, "id": {`, refusal{strictjson.Repeated, "mapping.fields.id"}},
		{"repeated rep", `"ana": {`, `"ana": null, "ana": {`, refusal{strictjson.Repeated, "mapping.roster.ana"}},
		{"a number", `"rate": "8%"`, `"rate": 8`, refusal{strictjson.Type, "mapping.roster.ana.rate"}},
		{"roster entry null", `{"side": "partner", "org": "acme", "rate": "8%"}`, `null`, refusal{strictjson.Missing, "mapping.roster.ana"}},
		{"too deep", `"column": "rep"`, `"values": ` + strings.Repeat(`{"a":`, 9) + `1` + strings.Repeat(`}`, 9), refusal{strictjson.Depth, "mapping.payees[0].rep.values.a.a.a.a"}},

		{"delimiter empty", `"export"`, `"delimiter": "", "export"`, refusal{crmcsv.Delimiter, "mapping.delimiter"}},
		{"delimiter of two", `"export"`, `"delimiter": ";;", "export"`, refusal{crmcsv.Delimiter, "mapping.delimiter"}},
		{"delimiter a quote", `"export"`, `"delimiter": "\"", "export"`, refusal{crmcsv.Delimiter, "mapping.delimiter"}},
		{"delimiter a line end", `"export"`, `"delimiter": "\n", "export"`, refusal{crmcsv.Delimiter, "mapping.delimiter"}},
		{"delimiter a carriage return", `"export"`, `"delimiter": "\r", "export"`, refusal{crmcsv.Delimiter, "mapping.delimiter"}},
		{"delimiter NUL", `"export"`, `"delimiter": "\u0000", "export"`, refusal{crmcsv.Delimiter, "mapping.delimiter"}},
		{"delimiter U+FFFD", `"export"`, `"delimiter": "\ufffd", "export"`, refusal{crmcsv.Delimiter, "mapping.delimiter"}},

		{"unknown field", `"id": {`, `"ID": {"column": "x"}, "id": {`, refusal{crmcsv.FieldUnknown, "mapping.fields"}},
		{"unknown field of a payee", `"rep": {`, `"id": {"column": "x"}, "rep": {`, refusal{crmcsv.FieldUnknown, "mapping.payees[0]"}},
		{"id missing", `"id": {"column": "id"}, `, ``, refusal{crmcsv.FieldMissing, "mapping.fields.id"}},
		{"value missing", `"value": {"column": "value"}, `, ``, refusal{crmcsv.FieldMissing, "mapping.fields.value"}},
		{"currency missing", `"currency": {"constant": "USD"}, `, ``, refusal{crmcsv.FieldMissing, "mapping.fields.currency"}},
		{"stage missing", `, "stage": {"constant": "open"}`, ``, refusal{crmcsv.FieldMissing, "mapping.fields.stage"}},
		{"no payee", `[{"rep": {"column": "rep"}}]`, `[]`, refusal{crmcsv.FieldMissing, "mapping.payees"}},
		{"payee without a rep", `{"rep": {"column": "rep"}}`, `{"side": {"constant": "vendor"}}`, refusal{crmcsv.FieldMissing, "mapping.payees[0].rep"}},
		{"payee null", `[{"rep": {"column": "rep"}}]`, `[null]`, refusal{strictjson.Missing, "mapping.payees[0]"}},

		{"roster side", `"side": "partner"`, `"side": "Partner"`, refusal{model.SideUnknown, `mapping.roster."ana".side`}},
		{"roster org", `"org": "acme"`, `"org": ""`, refusal{model.PartyOrg, `mapping.roster."ana".org`}},
		{"roster without a rate", `, "rate": "8%"`, ``, refusal{crmcsv.FieldMissing, `mapping.roster."ana".rate`}},
		{"roster with a rate and a table", `"rate": "8%"`, `"rate": "8%", "table": "fast"`, refusal{comp.RateTwo, `mapping.roster."ana".table`}},
		{"roster table empty", `"rate": "8%"`, `"table": ""`, refusal{crmcsv.FieldMissing, `mapping.roster."ana".table`}},
		{"roster rate without a sign", `"8%"`, `"8"`, refusal{value.PercentFormat, `mapping.roster."ana".rate`}},
		{"roster rate below", `"8%"`, `"-0.000001%"`, refusal{value.PercentBelow, `mapping.roster."ana".rate`}},
		{"roster rate above", `"8%"`, `"100.000001%"`, refusal{value.PercentAbove, `mapping.roster."ana".rate`}},
		{"roster rate too fine", `"8%"`, `"8.0000001%"`, refusal{value.PercentScaleExcess, `mapping.roster."ana".rate`}},
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
	want := []refusal{
		{crmcsv.Delimiter, "mapping.delimiter"},
		{crmcsv.FieldUnknown, "mapping.fields"},
		{value.CurrencyNoMinorUnit, "mapping.fields.currency.constant"},
		{crmcsv.FieldSource, "mapping.fields.id"},
		{crmcsv.FormatUnknown, "mapping.fields.stage.format"},
		{crmcsv.FieldMissing, "mapping.fields.value"},
		{crmcsv.FieldMissing, "mapping.payees[0].rep"},
		{crmcsv.FormatUnknown, "mapping.payees[1].rate.format"},
		{value.PercentFormat, `mapping.roster."a".rate`},
		{model.SideUnknown, `mapping.roster."b".side`},
		{value.PercentAbove, `mapping.roster."b".rate`},
	}
	if got := refusals(t, err); !slices.Equal(got, want) {
		t.Errorf("%v\n%v\nwant\n%v", err, got, want)
	}
	if !errors.Is(err, crmcsv.FieldUnknown) || !strings.Contains(err.Error(), `"Value" is not known; allowed are id, value, currency`) {
		t.Errorf("the unknown field is not named with those that exist:\n%v", err)
	}
}

func TestMappingIsBounded(t *testing.T) {
	long := strings.Replace(smallest, "a test", strings.Repeat("x", 4<<20), 1)
	if _, err := crmcsv.ParseMapping([]byte(long)); !errors.Is(err, strictjson.Size) {
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

func TestZeroMappingIsRefused(t *testing.T) {
	var m crmcsv.Mapping
	if _, err := crmcsv.NewReader(strings.NewReader("id\n"), m); !errors.Is(err, crmcsv.FieldMissing) {
		t.Errorf("%v", err)
	}
	if m.Export() != "" || m.MadeUp() != nil {
		t.Error("the zero mapping says something")
	}
}
