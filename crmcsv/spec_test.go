package crmcsv_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/coselling/coselling/crmcsv"
	"github.com/coselling/coselling/value"
)

// A text that no row could use is refused with the mapping, not once a row.
func TestFieldIsRefusedWithTheMapping(t *testing.T) {
	for _, c := range []struct {
		name, field, spec string
		want              []refusal
	}{
		{"neither", "account", `{}`, []refusal{{value.Code("mapping.field.source"), ""}}},
		{"null", "account", `null`, []refusal{{value.Code("mapping.field.source"), ""}}},
		{"both", "account", `{"column": "a", "constant": "b"}`, []refusal{{value.Code("mapping.field.source"), ""}}},
		{"constant with values", "account", `{"constant": "b", "values": {}}`, []refusal{{value.Code("mapping.field.source"), ""}}},
		{"constant with present", "account", `{"constant": "b", "present": "c"}`, []refusal{{value.Code("mapping.field.source"), ""}}},
		{"constant with absent", "account", `{"constant": "b", "absent": "c"}`, []refusal{{value.Code("mapping.field.source"), ""}}},
		{"constant with no_value", "account", `{"constant": "b", "no_value": ["-"]}`, []refusal{{value.Code("mapping.field.source"), ""}}},
		{"no_value with its translation", "account", `{"column": "b", "no_value": ["N/A"], "values": {"n/a": "x", "y": "z"}}`, []refusal{{value.Code("mapping.field.source"), ".values.n/a"}}},
		{"no_value without a text", "account", `{"column": "b", "no_value": ["-", ""]}`, []refusal{{value.Code("fact.id"), ".no_value[1]"}}},
		{"several formats of an amount", "partner_quota", `{"column": "b", "format": ["1234.50", "1,234.50"]}`, []refusal{{value.Code("mapping.format.unknown"), ".format"}}},
		{"format that is no text", "partner_quota", `{"column": "b", "format": 5}`, []refusal{{value.Code("json.type"), ".format"}}},
		{"constant with format", "closed", `{"constant": "b", "format": "MM/DD/YYYY"}`, []refusal{{value.Code("mapping.field.source"), ""}}},
		{"present with values", "account", `{"column": "b", "present": "c", "values": {"d": "e"}}`, []refusal{{value.Code("mapping.field.source"), ".values"}}},
		{"empty text translated", "account", `{"column": "b", "values": {"": "e"}}`, []refusal{{value.Code("mapping.field.source"), ".values"}}},

		{"format of a text", "account", `{"column": "b", "format": "1234.50"}`, []refusal{{value.Code("mapping.format.unknown"), ".format"}}},
		{"format of another field", "closed", `{"column": "b", "format": "1,234.50"}`, []refusal{{value.Code("mapping.format.unknown"), ".format"}}},
		{"format empty", "closed", `{"column": "b", "format": ""}`, []refusal{{value.Code("mapping.format.unknown"), ".format"}}},

		{"closed", "closed", `{"constant": "1/2/2026"}`, []refusal{{value.Code("row.date"), ".constant"}}},
		{"closed translated", "closed", `{"column": "b", "format": "MM/DD/YYYY", "values": {"Q1": "31/3/2026", "*": "3/31/2026"}}`, []refusal{{value.DateRange, ".values.Q1"}}},
		{"source", "source", `{"column": "b", "values": {"x": "partner", "y": "Partner", "z": ""}}`, []refusal{{value.Code("source.unknown"), ".values.y"}}},
		{"source present and absent", "source", `{"column": "b", "present": "p", "absent": "v"}`, []refusal{{value.Code("source.unknown"), ".present"}, {value.Code("source.unknown"), ".absent"}}},
		{"registrant", "registrant", `{"constant": "joint"}`, []refusal{{value.Code("registrant.unknown"), ".constant"}}},
		{"engagement", "engagement", `{"constant": "partner-led"}`, []refusal{{value.Code("engagement.unknown"), ".constant"}}},
		{"signal", "both_engaged", `{"column": "b", "values": {"Y": "Yes"}}`, []refusal{{value.Code("answer.unknown"), ".values.Y"}}},
		{"amount stays for the rows", "partner_quota", `{"constant": "1.234"}`, nil},
		{"blank constant", "account", `{"constant": ""}`, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			text := strings.Replace(smallest, `"id": {`, `"`+c.field+`": `+c.spec+`, "id": {`, 1)
			check(t, text, "mapping.fields."+c.field, c.want)
		})
	}
}

func TestMappingRefusesAnUnknownStage(t *testing.T) {
	text := strings.Replace(smallest, `{"constant": "open"}`, `{"column": "s", "values": {"Won": "won", "Closed": "closed"}}`, 1)
	check(t, text, "mapping.fields.stage", []refusal{{value.Code("status.unknown"), ".values.Closed"}})
}

func TestPayeeIsRefusedWithTheMapping(t *testing.T) {
	for _, c := range []struct {
		field, spec string
		want        []refusal
	}{
		{"side", `{"constant": "us"}`, []refusal{{value.Code("side.unknown"), ".constant"}}},
		{"role", `{"constant": "lead"}`, []refusal{{value.Code("comp.role.unknown"), ".constant"}}},
		{"rate", `{"constant": "8"}`, []refusal{{value.PercentFormat, ".constant"}}},
		{"rate", `{"constant": "101%"}`, []refusal{{value.PercentAbove, ".constant"}}},
		{"rate", `{"column": "b", "format": "8", "values": {"gold": "9", "silver": "-1", "bronze": "5%"}}`,
			[]refusal{{value.PercentFormat, ".values.bronze"}, {value.PercentBelow, ".values.silver"}}},
		{"share", `{"column": "b", "absent": "1"}`, []refusal{{value.PercentFormat, ".absent"}}},
		{"contribution", `{"constant": "free text"}`, nil},
	} {
		t.Run(c.field+c.spec, func(t *testing.T) {
			text := strings.Replace(smallest, `"rep": {`, `"`+c.field+`": `+c.spec+`, "rep": {`, 1)
			check(t, text, "mapping.payees[0]."+c.field, c.want)
		})
	}
}

// check parses a mapping whose problems all stand below path.
func check(t *testing.T, text, path string, below []refusal) {
	t.Helper()
	_, err := crmcsv.ParseMapping([]byte(text))
	want := make([]refusal, len(below))
	for i, r := range below {
		want[i] = refusal{r.code, path + r.path}
	}
	if got := refusals(t, err); !slices.Equal(got, want) {
		t.Errorf("%v\n%v\nwant\n%v", err, got, want)
	}
}
