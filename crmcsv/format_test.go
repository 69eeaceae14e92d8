package crmcsv_test

import (
	"strings"
	"testing"

	"github.com/coselling/coselling/crmcsv"
	"github.com/coselling/coselling/value"
)

// formatted reads one cell under a format; refused is "" where it was read.
func formatted(t *testing.T, field, column, format, currency, cell string) (deal crmcsv.Row, refused value.Code) {
	t.Helper()
	spec := `"` + field + `": {"column": "` + column + `"`
	text := strings.Replace(plainMapping, spec, spec+`, "format": "`+format+`"`, 1)
	if format == "" {
		text = plainMapping
	} else if text == plainMapping {
		t.Fatal("the format is not put in")
	}
	rows := []string{line(change{"currency", currency}, change{column, cell})}
	if format != "" && strings.ContainsAny(format[:1], "MD") { // a day that is certain of its order
		day := strings.NewReplacer("MM", "12", "DD", "31", "YYYY", "2026").Replace(format)
		rows = append(rows, line(change{"id", "certain"}, change{"closed", day}))
	}
	deals, bad := read(t, text, file(rows...))
	if len(bad) == 0 {
		return deals[0], ""
	}
	problem := bad[0].Cells[0]
	if len(bad[0].Cells) != 1 || problem.Value != cell || problem.Reason.Got != value.Quote(cell) {
		t.Errorf("%s %q: %v does not repeat the cell as it is written", format, cell, bad[0])
	}
	return crmcsv.Row{}, problem.Reason.Code
}

func TestAmountFormats(t *testing.T) {
	for _, c := range []struct{ format, currency, cell, want string }{
		{"", "USD", "1234.50", "1234.50 USD"},
		{"", "USD", "1234", "1234.00 USD"},
		{"", "USD", "0001.5", "1.50 USD"},
		{"", "USD", "1,234", ""},
		{"", "USD", "99999999999999.99", "99999999999999.99 USD"},
		{"1234.50", "USD", "1234.5", "1234.50 USD"},
		{"1,234.50", "USD", "1,234.50", "1234.50 USD"},
		{"1,234.50", "USD", "1234.50", "1234.50 USD"},
		{"1,234.50", "USD", "1,234", "1234.00 USD"},
		{"1,234.50", "USD", "99,999,999,999,999.99", "99999999999999.99 USD"},
		{"1,234.50", "USD", "100,000,000,000,000", string(value.MoneyRange)},
		{"1,234.50", "USD", "12,34.50", string(value.Code("row.amount"))},
		{"1,234.50", "USD", "1234,567.50", string(value.Code("row.amount"))},
		{"1,234.50", "USD", ",234.50", string(value.Code("row.amount"))},
		{"1,234.50", "USD", "1,,234", string(value.Code("row.amount"))},
		{"1,234.50", "USD", "1,23", string(value.Code("row.amount"))},
		{"1,234.50", "USD", "1,234,", string(value.Code("row.amount"))},
		{"1,234.50", "USD", "1.234,50", string(value.Code("row.amount"))},
		{"1,234.50", "USD", "1,234.505", string(value.MoneyScaleExcess)},
		{"1,234.50", "USD", "1,234.5,0", string(value.Code("row.amount"))},
		{"1,234.50", "USD", "1,2 4", string(value.Code("row.amount"))},
		{"1,234.50", "USD", "1e9", string(value.Code("row.amount"))},
		{"1,234.50", "USD", "1,e99", string(value.Code("row.amount"))},
		{"1,234.50", "USD", "NaN", string(value.Code("row.amount"))},
		{"1.234,50", "USD", "1.234,50", "1234.50 USD"},
		{"1.234,50", "USD", "1234,5", "1234.50 USD"},
		{"1.234,50", "USD", "1.234.567", "1234567.00 USD"},
		{"1.234,50", "USD", "1,234.50", string(value.Code("row.amount"))},
		{"1.234,50", "USD", "1234.50", string(value.Code("row.amount"))},
		{"1.234,50", "USD", "1.5", string(value.Code("row.amount"))},
		{"1.234,50", "USD", "1,234", string(value.MoneyScaleExcess)},
		{"1.234,50", "KWD", "1,234", "1.234 KWD"},
		{"1.234,50", "JPY", "8.400.000", "8400000 JPY"},
	} {
		deal, refused := formatted(t, "value", "value", c.format, c.currency, c.cell)
		want := c.want
		if want == "" {
			want = string(value.DecimalFormat)
		}
		if got := deal.Booking.Value.String() + string(refused); got != want {
			t.Errorf("%q as %q: %s, want %s", c.cell, c.format, got, want)
		}
	}
}

// A minus sign stands before the digits, in every format.
func TestNegativeAmounts(t *testing.T) {
	spec := `"value": {"column": "value"`
	for format, cell := range map[string]string{"1234.50": "-1234.50", "1,234.50": "-1,234.50", "1.234,50": "-1.234,50"} {
		text := strings.Replace(plainMapping, spec, spec+`, "format": "`+format+`"`, 1)
		deal := readOne(t, text, file(line(change{"reverses", "D-0"}, change{"value", cell})))
		if deal.Booking.Value != value.MustMoney("-1234.50 USD") {
			t.Errorf("%s: %v", format, deal.Booking.Value)
		}
		for _, wrong := range []string{"-" + cell, cell + "-", "(" + cell + ")", "+1"} {
			if _, bad := read(t, text, file(line(change{"reverses", "D-0"}, change{"value", wrong}))); len(bad) != 1 {
				t.Errorf("%s: %q is read", format, wrong)
			}
		}
	}
}

func TestDayFormats(t *testing.T) {
	formats := []string{"", "YYYY-MM-DD", "MM/DD/YYYY", "DD/MM/YYYY", "DD.MM.YYYY"}
	for cell, days := range map[string][]string{
		"2026-02-03":   {"2026-02-03", "2026-02-03", "", "", ""},
		"2026-2-3":     {"2026-02-03", "2026-02-03", "", "", ""},
		"02/03/2026":   {"", "", "2026-02-03", "2026-03-02", ""},
		"2/3/2026":     {"", "", "2026-02-03", "2026-03-02", ""},
		"12/31/2026":   {"", "", "2026-12-31", "range", ""},
		"31/12/2026":   {"", "", "range", "2026-12-31", ""},
		"03.02.2026":   {"", "", "", "", "2026-02-03"},
		"3.2.2026":     {"", "", "", "", "2026-02-03"},
		"29.02.2026":   {"", "", "", "", "range"},
		"29.02.2028":   {"", "", "", "", "2028-02-29"},
		"0.1.2026":     {"", "", "", "", "range"},
		"0001-01-01":   {"0001-01-01", "0001-01-01", "", "", ""},
		"0000-01-01":   {"range", "range", "", "", ""},
		"2/3/26":       {"", "", "", "", ""},
		"2/3":          {"", "", "", "", ""},
		"2/3/2026/1":   {"", "", "", "", ""},
		"002/3/2026":   {"", "", "", "", ""},
		"/3/2026":      {"", "", "", "", ""},
		"-1/+2/2026":   {"", "", "", "", ""},
		"٢/3/2026":     {"", "", "", "", ""},
		"2026/02/03":   {"", "", "", "", ""},
		"2026-02-03Z":  {"", "", "", "", ""},
		"46055":        {"", "", "", "", ""},
		"3. 2. 2026":   {"", "", "", "", ""},
		"Feb 3, 2026":  {"", "", "", "", ""},
		"20260203":     {"", "", "", "", ""},
		"2026-02-0003": {"", "", "", "", ""},
	} {
		for i, want := range days {
			deal, refused := formatted(t, "closed", "closed", formats[i], "USD", cell)
			switch want {
			case "":
				want = string(value.Code("row.date"))
			case "range":
				want = string(value.DateRange)
			}
			if got := deal.Booking.Closed.String() + string(refused); got != want {
				t.Errorf("%q as %q: %s, want %s", cell, formats[i], got, want)
			}
		}
	}
}

func TestPercentFormats(t *testing.T) {
	formats := []string{"", "8%", "8"}
	for cell, rates := range map[string][]string{
		"8%":        {"8%", "8%", "percent.format"},
		"8":         {"percent.format", "percent.format", "8%"},
		"0.08":      {"percent.format", "percent.format", "0.08%"},
		"100":       {"percent.format", "percent.format", "100%"},
		"100.1":     {"percent.format", "percent.format", "percent.above"},
		"-1":        {"percent.format", "percent.format", "percent.below"},
		"8 %":       {"percent.format", "percent.format", "percent.format"},
		"8%%":       {"percent.format", "percent.format", "percent.format"},
		"1e1":       {"percent.format", "percent.format", "percent.format"},
		"8.1234567": {"percent.format", "percent.format", "percent.scale.excess"},
	} {
		for i, want := range rates {
			deal, refused := formatted(t, "rate", "a rate", formats[i], "USD", cell)
			got := string(refused)
			if refused == "" {
				got = deal.Booking.Payees[0].Rate.String()
			}
			if got != want {
				t.Errorf("%q as %q: %s, want %s", cell, formats[i], got, want)
			}
		}
	}
}
