package main

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/parquet-go/parquet-go"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/value"
)

// The sample pays what one process pays for the same deals without the file between, line by line.
func TestPayIsThatOfOneProcess(t *testing.T) {
	dir := t.TempDir()
	lines := filepath.Join(dir, "lines.parquet")
	if err := pay(from+"policy-2026q4.json", "sample.parquet", lines, io.Discard); err != nil {
		t.Fatal(err)
	}
	got, err := parquet.ReadFile[line](lines)
	if err != nil {
		t.Fatal(err)
	}
	want := onePass(t)
	if len(got) != len(want) {
		t.Fatalf("%d lines, want %d", len(got), len(want))
	}
	for i := range got {
		if got[i] != want[i] {
			t.Errorf("line %d:\n%+v, want\n%+v", i, got[i], want[i])
		}
	}
}

// onePass pays the deals by a ledger, which takes them in any order.
func onePass(t *testing.T) (lines []line) {
	t.Helper()
	data, err := os.ReadFile(from + "policy-2026q4.json")
	if err != nil {
		t.Fatal(err)
	}
	policy, err := comp.ParsePolicy(data)
	if err != nil {
		t.Fatal(err)
	}
	plan, err := comp.Compile(policy)
	if err != nil {
		t.Fatal(err)
	}
	won, err := wonDeals(from+"deals-2026.csv", from+"deals-map.json")
	if err != nil {
		t.Fatal(err)
	}
	ledger := plan.Ledger()
	for _, deal := range won {
		primary, err := policy.PrimarySide(deal.Engagement, deal.Booking.Origin())
		if err != nil {
			t.Fatal(err)
		}
		if err := ledger.Add([]comp.Booking{deal.Booking.WithRoles(primary)}, nil); err != nil {
			t.Fatal(err)
		}
	}
	for _, s := range ledger.Statements() {
		for i := range s.Lines {
			line := lineOf(&s, &s.Lines[i])
			line.Booking = strings.Replace(line.Booking, "floors of USD", "floors", 1) // the ledger has many currencies
			lines = append(lines, line)
		}
	}
	return lines
}

func TestSampleIsPaid(t *testing.T) {
	var out strings.Builder
	if err := run(nil, &out); err != nil || out.String() != "45 statements: quota credit 4667517.25 USD, commission 315868.60 USD\n" {
		t.Errorf("%q, %v", out.String(), err)
	}
	if err := run([]string{"policy.json"}, &out); err == nil {
		t.Error("a command without files is taken")
	}
}

// A file that cannot be paid to its end is refused with what is wrong, and leaves no file of lines.
func TestBadFilesAreRefused(t *testing.T) {
	good := booking{ID: "D-1", Currency: "USD", Value: 100_00, Closed: 20_000, Source: "partner", Payees: []payee{{Rep: "ana",
		Side: "partner", Org: "acme", Role: "primary", Rate: "8%"}}}
	with := func(change func(*booking)) booking {
		b := good
		b.Payees = append([]payee(nil), good.Payees...)
		change(&b)
		return b
	}
	for name, c := range map[string]struct {
		rows []booking
		want string
	}{
		"currency":     {[]booking{with(func(b *booking) { b.Currency = "dollars" })}, `booking "D-1".currency`},
		"side":         {[]booking{with(func(b *booking) { b.Payees[0].Side = "both" })}, `booking "D-1".payees[0].side`},
		"rate":         {[]booking{with(func(b *booking) { b.Payees[0].Rate = "8" })}, `booking "D-1".payees[0].rate`},
		"negative":     {[]booking{with(func(b *booking) { b.Value = -1 })}, "booking.value"},
		"day":          {[]booking{with(func(b *booking) { b.Closed = 1 << 30 })}, `booking "D-1".closed`},
		"no payees":    {[]booking{with(func(b *booking) { b.Payees = nil })}, "payees"},
		"out of order": {[]booking{good, with(func(b *booking) { b.ID, b.Closed = "D-2", 19_999 })}, "run.order"},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			file := filepath.Join(dir, "bookings.parquet")
			if err := parquet.WriteFile(file, c.rows); err != nil {
				t.Fatal(err)
			}
			refused(t, dir, file, c.want)
		})
	}
	dir := t.TempDir()
	file := filepath.Join(dir, "bookings.parquet")
	for text, want := range map[string]string{"": "", "PAR1": "", "no parquet at all, but long enough for a footer": ""} {
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		refused(t, dir, file, want)
	}
	if err := parquet.WriteFile(file, []line{{Booking: "D-1"}}); err != nil {
		t.Fatal(err)
	}
	refused(t, dir, file, "no column")
}

func refused(t *testing.T, dir, file, want string) {
	t.Helper()
	lines := filepath.Join(dir, "lines.parquet")
	err := pay(from+"policy-2026q4.json", file, lines, io.Discard)
	if err == nil || !strings.Contains(err.Error(), want) && !errors.Is(err, value.Code(want)) {
		t.Errorf("%v, want %q", err, want)
	}
	if left, _ := filepath.Glob(filepath.Join(dir, "*lines*")); left != nil {
		t.Errorf("%v is left", left)
	}
	if left, _ := filepath.Glob(filepath.Join(dir, ".parquet-*")); left != nil {
		t.Errorf("%v is left", left)
	}
}
