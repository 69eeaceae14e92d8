package crmcsv_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/crmcsv"
	"github.com/coselling/coselling/value"
)

// fault is the part of a bad cell that a test compares.
type fault struct {
	column, field string
	code          value.Code
}

func faults(row *crmcsv.BadRow) []fault {
	list := make([]fault, len(row.Cells))
	for i, c := range row.Cells {
		list[i] = fault{c.Column, c.Field, c.Reason.Code}
	}
	return list
}

// Each case is the good row with changes; the rows around it are read.
func TestRowIsReported(t *testing.T) {
	for _, c := range []struct {
		name    string
		changes []change
		want    []fault
		says    string // of the first problem
	}{
		{"too many decimals", []change{{"value", "1200.505"}}, []fault{{"value", "value", value.MoneyScaleExcess}}, `value: "1200.505" has more decimals than USD has (2)`},
		{"a zero too many", []change{{"value", "1200.500"}}, []fault{{"value", "value", value.MoneyScaleExcess}}, `"1200.500"`},
		{"decimals of a currency without any", []change{{"value", "1200.5"}, {"currency", "JPY"}}, []fault{{"value", "value", value.MoneyScaleExcess}}, `than JPY has (0)`},
		{"four decimals where three are", []change{{"value", "1.2345"}, {"currency", "KWD"}}, []fault{{"value", "value", value.MoneyScaleExcess}}, `than KWD has (3)`},
		{"unknown currency", []change{{"currency", "USX"}}, []fault{{"currency", "currency", value.CurrencyUnknown}}, `currency: "USX" is not a currency of ISO 4217`},
		{"currency in lower case", []change{{"currency", "usd"}}, []fault{{"currency", "currency", value.CurrencyUnknown}}, `"usd"`},
		{"gold", []change{{"currency", "XAU"}}, []fault{{"currency", "currency", value.CurrencyNoMinorUnit}}, `"XAU" has no minor unit`},
		{"no currency", []change{{"currency", ""}}, []fault{{"currency", "currency", crmcsv.RowMissing}}, `currency: nothing stands here; currency is needed`},
		{"grouped", []change{{"value", "1,234.50"}}, []fault{{"value", "value", value.DecimalFormat}}, `value: "1,234.50" is not a plain number`},
		{"grouped with points", []change{{"value", "1.234,50"}}, []fault{{"value", "value", value.DecimalFormat}}, `"1.234,50"`},
		{"exponent", []change{{"value", "1e999999999"}}, []fault{{"value", "value", value.DecimalFormat}}, `"1e999999999"`},
		{"NaN", []change{{"value", "NaN"}}, []fault{{"value", "value", value.DecimalFormat}}, `"NaN"`},
		{"infinity", []change{{"value", "-Inf"}}, []fault{{"value", "value", value.DecimalFormat}}, `"-Inf"`},
		{"hexadecimal", []change{{"value", "0x10"}}, []fault{{"value", "value", value.DecimalFormat}}, `"0x10"`},
		{"a sign of another currency", []change{{"value", "€5"}}, []fault{{"value", "value", "row.amount"}}, `"€5" says "€", and the currency of the row is USD`},
		{"digits of another script", []change{{"value", "١٢"}}, []fault{{"value", "value", value.DecimalFormat}}, `"١٢"`},
		{"10^14", []change{{"value", "100000000000000"}}, []fault{{"value", "value", value.MoneyRange}}, `stay below 100000000000000 (10^14)`},
		{"10^14 written long", []change{{"value", strings.Repeat("0", 900) + "100000000000000"}}, []fault{{"value", "value", value.MoneyRange}}, `…`},
		{"no value", []change{{"value", ""}}, []fault{{"value", "value", crmcsv.RowValueMissing}}, `value: nothing is stated`},
		{"blanks for a value", []change{{"value", " \u00a0\t"}}, []fault{{"value", "value", crmcsv.RowValueMissing}}, `value: nothing is stated`},
		{"zero", []change{{"value", "0"}}, []fault{{"value", "value", crmcsv.RowValueNotPositive}}, `value: 0.00 USD is not positive`},
		{"minus zero", []change{{"value", "-0.00"}}, []fault{{"value", "value", crmcsv.RowValueNotPositive}}, `not positive`},
		{"negative", []change{{"value", "-0.01"}}, []fault{{"value", "value", crmcsv.RowValueNotPositive}}, `value: -0.01 USD is not positive`},

		{"won without a day", []change{{"closed", ""}}, []fault{{"closed", "closed", crmcsv.RowMissing}}, `closed: nothing stands here; closed is needed`},
		{"a day that is none", []change{{"closed", "2026-02-30"}}, []fault{{"closed", "closed", value.DateRange}}, `closed: "2026-02-30"`},
		{"a day with a time", []change{{"closed", "2026-01-31T00:00:00Z"}}, []fault{{"closed", "closed", value.Code("row.date")}}, `is no day written YYYY-MM-DD`},
		{"a day in another form", []change{{"closed", "01/31/2026"}}, []fault{{"closed", "closed", value.Code("row.date")}}, `"01/31/2026" is no day written YYYY-MM-DD`},
		{"no stage", []change{{"stage", ""}}, []fault{{"stage", "stage", crmcsv.RowMissing}}, `stage is needed`},
		{"unknown stage", []change{{"stage", "Won"}}, []fault{{"stage", "stage", value.Code("status.unknown")}}, `"Won" is not known; allowed are open, won, lost`},
		{"no id", []change{{"id", "  "}}, []fault{{"id", "id", crmcsv.RowMissing}}, `a deal needs an id`},
		{"an earlier id", []change{{"id", "before"}}, []fault{{"id", "id", crmcsv.RowRepeated}}, `id: "before" is the id of line 2 too`},
		{"source", []change{{"source", "Partner"}}, []fault{{"source", "source", value.Code("source.unknown")}}, `allowed are partner, vendor, joint`},
		{"registrant", []change{{"registrant", "joint"}}, []fault{{"registrant", "registrant", value.Code("registrant.unknown")}}, `allowed are partner, vendor, joint_by_partner`},
		{"engagement", []change{{"engagement", "partner-led"}}, []fault{{"engagement", "engagement", value.Code("engagement.unknown")}}, `allowed are partner_led`},
		{"signal", []change{{"both", "Y"}}, []fault{{"both", "both_engaged", value.Code("answer.unknown")}}, `allowed are unknown, no, yes`},
		{"a quota value", []change{{"pq", "1.005"}, {"vq", "x"}}, []fault{{"pq", "partner_quota", value.MoneyScaleExcess}, {"vq", "vendor_quota", value.DecimalFormat}}, `pq: `},

		{"a rate below 0 %", []change{{"a rate", "-0.000001%"}}, []fault{{"a rate", "payees[0].rate", value.PercentBelow}}, `a rate: "-0.000001%" is below 0%`},
		{"a rate above 100 %", []change{{"a rate", "100.000001%"}}, []fault{{"a rate", "payees[0].rate", value.PercentAbove}}, `a rate: "100.000001%" is above 100%`},
		{"a rate far above", []change{{"a rate", "10001%"}}, []fault{{"a rate", "payees[0].rate", value.PercentRange}}, `10000%`},
		{"a rate too fine", []change{{"a rate", "8.0000001%"}}, []fault{{"a rate", "payees[0].rate", value.Code("percent.scale.excess")}}, `more than 6 decimals`},
		{"a rate without a sign", []change{{"a rate", "8"}}, []fault{{"a rate", "payees[0].rate", value.PercentFormat}}, `like 12.5%`},
		{"no rate", []change{{"a rate", ""}}, []fault{{"a rate", "payees[0].rate", crmcsv.RowMissing}}, `rate is needed`},
		{"no side", []change{{"a side", ""}}, []fault{{"a side", "payees[0].side", crmcsv.RowMissing}}, `side is needed`},
		{"no org", []change{{"a org", ""}}, []fault{{"a org", "payees[0].org", crmcsv.RowMissing}}, `org is needed`},
		{"a side", []change{{"a side", "us"}}, []fault{{"a side", "payees[0].side", value.Code("side.unknown")}}, `allowed are partner, vendor`},
		{"a role", []change{{"a role", "lead"}}, []fault{{"a role", "payees[0].role", value.Code("comp.role.unknown")}}, `allowed are primary, supporting`},
		{"a share above", []change{{"b share", "101%"}}, []fault{{"b share", "payees[1].share", value.PercentAbove}}, `b share: "101%" is above 100%`},
		{"not in the roster", []change{{"b rep", "dee"}}, []fault{{"b rep", "payees[1].rep", crmcsv.RowMissing}}, `b rep: "dee" is not in the roster`},
		{"nobody", []change{{"a rep", ""}, {"b rep", " "}}, []fault{{"", "", crmcsv.RowMissing}}, `nobody is credited`},
		{"a rep of another party", []change{{"a rep", "known"}, {"a org", "other"}}, []fault{{"a rep", "payees[0].rep", comp.RepTwoParties}}, `"known" is a rep of partner other here and of partner acme on an earlier line`},
		{"a rep of the other side", []change{{"a rep", "known"}, {"a side", "vendor"}}, []fault{{"a rep", "payees[0].rep", comp.RepTwoParties}}, `"known" is a rep of vendor acme here`},

		{"a known rep whose side is wrong", []change{{"a rep", "known"}, {"a side", "us"}}, []fault{{"a side", "payees[0].side", value.Code("side.unknown")}}, `a side: "us"`},
		{"a known rep whose org is blank", []change{{"a rep", "known"}, {"a org", ""}}, []fault{{"a org", "payees[0].org", crmcsv.RowMissing}}, `org is needed`},

		{"not UTF-8", []change{{"id", "D\xff"}}, []fault{{"id", "id", value.Code("row.text")}}, `id: "D\xff" is not UTF-8 text`},
		{"NUL", []change{{"account", "a\x00b"}}, []fault{{"account", "account", value.Code("row.text")}}, `account: "a\x00b" is not UTF-8 text`},
		{"NUL in a value", []change{{"value", "5\x00"}}, []fault{{"value", "value", value.Code("row.text")}}, `value: "5\x00"`},
		{"NUL in both reps", []change{{"a rep", "\x00"}, {"b rep", "\x00"}}, []fault{{"a rep", "payees[0].rep", value.Code("row.text")}, {"b rep", "payees[1].rep", value.Code("row.text")}}, `a rep: "\x00"`},
		{"a cell above its bound", []change{{"account", strings.Repeat("x", 1025)}}, []fault{{"account", "account", value.Code("row.text")}}, `is longer than 1024 bytes`},
	} {
		t.Run(c.name, func(t *testing.T) {
			before := line(change{"id", "before"}, change{"a rep", "known"})
			deals, bad := read(t, plainMapping, file(before, line(c.changes...), line(change{"id", "after"})))
			if len(deals) != 2 || deals[0].Booking.ID != "before" || deals[1].Booking.ID != "after" || len(bad) != 1 {
				t.Fatalf("%d deals, bad rows %v", len(deals), bad)
			}
			if got := faults(bad[0]); !slices.Equal(got, c.want) || bad[0].Line != 3 {
				t.Errorf("line %d: %v, want %v", bad[0].Line, got, c.want)
			}
			if text := bad[0].Error(); !strings.HasPrefix(text, "line 3: ") || !strings.Contains(text, c.says) {
				t.Errorf("%s\nwant %s", text, c.says)
			}
			for _, f := range c.want {
				if !errors.Is(bad[0], f.code) {
					t.Errorf("errors.Is does not find %s", f.code)
				}
			}
		})
	}
}

func TestRowReportsEveryProblemAtOnce(t *testing.T) {
	_, bad := read(t, plainMapping, file(line(
		change{"id", ""}, change{"stage", "Won"}, change{"value", "x"}, change{"source", "?"},
		change{"a side", "?"}, change{"a rate", "101%"}, change{"b rep", "dee"})))
	want := []fault{
		{"id", "id", crmcsv.RowMissing}, {"stage", "stage", value.Code("status.unknown")}, {"value", "value", value.DecimalFormat},
		{"source", "source", value.Code("source.unknown")}, {"a side", "payees[0].side", value.Code("side.unknown")},
		{"a rate", "payees[0].rate", value.PercentAbove}, {"b rep", "payees[1].rep", crmcsv.RowMissing},
	}
	if len(bad) != 1 || !slices.Equal(faults(bad[0]), want) {
		t.Fatalf("%v", bad)
	}
	if text := bad[0].Error(); strings.Count(text, "; ") < len(want)-1 || strings.Contains(text, "\n") {
		t.Error(text)
	}
}

// A currency that three amounts need, or none, is reported once.
func TestRowReportsACurrencyOnce(t *testing.T) {
	for _, amounts := range [][]change{
		{{"value", "5"}, {"pq", "5"}, {"vq", "5"}, {"currency", "XAU"}},
		{{"value", "5"}, {"pq", "5"}, {"vq", "5"}, {"currency", ""}},
	} {
		if _, bad := read(t, plainMapping, file(line(amounts...))); len(bad) != 1 || len(bad[0].Cells) != 1 {
			t.Errorf("%v", bad)
		}
	}
	_, bad := read(t, plainMapping, file(line(change{"value", ""}, change{"currency", "XAU"})))
	if got := faults(bad[0]); len(got) != 2 || got[0].code != crmcsv.RowValueMissing || got[1].code != value.CurrencyNoMinorUnit {
		t.Errorf("%v", got)
	}
	_, bad = read(t, plainMapping, file(line(change{"value", ""}, change{"currency", ""})))
	if got := faults(bad[0]); len(got) != 1 || got[0].code != crmcsv.RowValueMissing {
		t.Errorf("%v", got)
	}
}

func TestBadCellShowsTheCell(t *testing.T) {
	text := strings.Replace(plainMapping, `"value": {"column": "value"}`, `"value": {"column": "value", "values": {"many": "1,2", "*": "1"}}`, 1)
	text = strings.Replace(text, `"role": {"column": "a role"}`, `"role": {"column": "a role", "values": {"x": "primary"}}`, 1)
	text = strings.Replace(text, `"currency": {"column": "currency"}`, `"currency": {"column": "currency", "absent": "USD"}`, 1)
	_, bad := read(t, text, file(line(change{"value", " many "}, change{"a role", "y\u202ez"})))
	if len(bad) != 1 || len(bad[0].Cells) != 2 {
		t.Fatalf("%v", bad)
	}
	if c := bad[0].Cells[0]; c.Value != "many" || c.Reason.Got != `"1,2"` {
		t.Errorf("%+v %v", c, c.Reason)
	}
	if c := bad[0].Cells[1]; c.Value != "y\u202ez" || !strings.Contains(bad[0].Error(), `a role: "y\u202ez" is not translated by the mapping, which knows "x"`) {
		t.Errorf("%+v %v", c, c.Reason)
	}
}

// A constant has no column; its field names it.
func TestBadConstantIsNamedByItsField(t *testing.T) {
	text := strings.Replace(plainMapping, `{"column": "pq"}`, `{"constant": "1234.567"}`, 1)
	_, bad := read(t, text, file(line()))
	if len(bad) != 1 || bad[0].Error() != `line 2: partner_quota: "1234.567" has more decimals than USD has (2)` {
		t.Fatalf("%v", bad)
	}
	if c := bad[0].Cells[0]; c.Column != "" || c.Field != "partner_quota" || c.Value != "1234.567" {
		t.Errorf("%+v", c)
	}
}

// A won deal needs a closing day, also where no column has it.
func TestMissingFieldIsNamed(t *testing.T) {
	text := strings.Replace(smallest, `"constant": "open"`, `"constant": "won"`, 1)
	_, bad := read(t, text, "id,value,rep\nD-1,5,ana\n")
	if len(bad) != 1 || bad[0].Error() != "line 2: closed: nothing stands here; closed is needed" {
		t.Errorf("%v", bad)
	}
}

// Errors stay short whatever a file holds, and a kept bad row keeps little of it.
func TestHostileCellsGiveShortErrors(t *testing.T) {
	huge := strings.Repeat("\u202e💣", 1<<20/7)
	var values strings.Builder
	for i := range 500 {
		fmt.Fprintf(&values, `"%d%s": "open", `, i, strings.Repeat("v", 50))
	}
	text := strings.Replace(plainMapping, `"stage": {"column": "stage"}`, `"stage": {"column": "stage", "values": {`+strings.TrimSuffix(values.String(), ", ")+`}}`, 1)
	var rows []string
	for _, column := range columns {
		rows = append(rows, line(change{column, huge}), line(change{column, huge[:1000]}))
	}
	for _, mappingText := range []string{plainMapping, text} {
		_, bad := read(t, mappingText, file(rows...))
		if len(bad) < len(columns) {
			t.Fatalf("%d bad rows", len(bad))
		}
		for _, row := range bad {
			if text := row.Error(); len(text) > 5000 || strings.ContainsAny(text, "\u202e\n\x1b") {
				t.Errorf("an error of %d bytes: %.300s", len(text), text)
			}
			for _, c := range row.Cells {
				if len(c.Value) > 1024 {
					t.Errorf("%s: %d bytes are kept", c.Field, len(c.Value))
				}
			}
		}
	}
}

func TestBadRowNamesHostileColumnsSafely(t *testing.T) {
	header := "\x1b[31mid\u202e"
	text := strings.Replace(smallest, `{"column": "id"}`, `{"column": "\u001b[31mid\u202e"}`, 1)
	_, bad := read(t, text, header+",value,rep\n,5,ana\n")
	if len(bad) != 1 || bad[0].Error() != `line 2: "\x1b[31mid\u202e": nothing stands here; a deal needs an id` || !utf8.ValidString(bad[0].Error()) {
		t.Errorf("%q", bad)
	}
}
