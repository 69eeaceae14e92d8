package crmcsv_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/crmcsv"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// A text that no row could use is refused with the mapping, not once a row.
func TestFieldIsRefusedWithTheMapping(t *testing.T) {
	for _, c := range []struct {
		name, field, spec string
		want              []refusal
	}{
		{"neither", "account", `{}`, []refusal{{crmcsv.FieldSource, ""}}},
		{"null", "account", `null`, []refusal{{crmcsv.FieldSource, ""}}},
		{"both", "account", `{"column": "a", "constant": "b"}`, []refusal{{crmcsv.FieldSource, ""}}},
		{"constant with values", "account", `{"constant": "b", "values": {}}`, []refusal{{crmcsv.FieldSource, ""}}},
		{"constant with present", "account", `{"constant": "b", "present": "c"}`, []refusal{{crmcsv.FieldSource, ""}}},
		{"constant with absent", "account", `{"constant": "b", "absent": "c"}`, []refusal{{crmcsv.FieldSource, ""}}},
		{"constant with format", "closed", `{"constant": "b", "format": "MM/DD/YYYY"}`, []refusal{{crmcsv.FieldSource, ""}}},
		{"present with values", "account", `{"column": "b", "present": "c", "values": {"d": "e"}}`, []refusal{{crmcsv.FieldSource, ".values"}}},
		{"empty text translated", "account", `{"column": "b", "values": {"": "e"}}`, []refusal{{crmcsv.FieldSource, ".values"}}},

		{"format of a text", "account", `{"column": "b", "format": "1234.50"}`, []refusal{{crmcsv.FormatUnknown, ".format"}}},
		{"format of another field", "closed", `{"column": "b", "format": "1,234.50"}`, []refusal{{crmcsv.FormatUnknown, ".format"}}},
		{"format empty", "closed", `{"column": "b", "format": ""}`, []refusal{{crmcsv.FormatUnknown, ".format"}}},

		{"closed", "closed", `{"constant": "1/2/2026"}`, []refusal{{crmcsv.RowDate, ".constant"}}},
		{"closed translated", "closed", `{"column": "b", "format": "MM/DD/YYYY", "values": {"Q1": "31/3/2026", "*": "3/31/2026"}}`, []refusal{{value.DateRange, ".values.Q1"}}},
		{"source", "source", `{"column": "b", "values": {"x": "partner", "y": "Partner", "z": ""}}`, []refusal{{model.SourceUnknown, ".values.y"}}},
		{"source present and absent", "source", `{"column": "b", "present": "p", "absent": "v"}`, []refusal{{model.SourceUnknown, ".present"}, {model.SourceUnknown, ".absent"}}},
		{"registrant", "registrant", `{"constant": "joint"}`, []refusal{{model.RegistrantUnknown, ".constant"}}},
		{"engagement", "engagement", `{"constant": "partner-led"}`, []refusal{{model.EngagementUnknown, ".constant"}}},
		{"signal", "both_engaged", `{"column": "b", "values": {"Y": "Yes"}}`, []refusal{{model.AnswerUnknown, ".values.Y"}}},
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
	check(t, text, "mapping.fields.stage", []refusal{{crmcsv.StatusUnknown, ".values.Closed"}})
}

func TestPayeeIsRefusedWithTheMapping(t *testing.T) {
	for _, c := range []struct {
		field, spec string
		want        []refusal
	}{
		{"side", `{"constant": "us"}`, []refusal{{model.SideUnknown, ".constant"}}},
		{"role", `{"constant": "lead"}`, []refusal{{comp.RoleUnknown, ".constant"}}},
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
