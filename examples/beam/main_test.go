package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/apache/beam/sdks/v2/go/pkg/beam"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/comp/impact"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

func TestMain(m *testing.M) {
	beam.Init()
	os.Exit(m.Run())
}

// anyBookings makes the sample: deals of either side's, of two and of three reps, with odd amounts.
func anyBookings(n int) (list []comp.Booking) {
	acme, us := model.PartnerOrg("acme"), model.VendorOrg("us")
	contributions := []comp.Contribution{comp.TechnicalValidation, "true_co_sell", comp.TechnicalValidation}
	day := value.MustDate("2026-01-05")
	for i := range n {
		closed, err := day.AddDays(i * 3 % 350)
		if err != nil {
			panic(err)
		}
		lead, help, source := acme, us, model.FromPartner
		if i%3 == 1 {
			lead, help, source = us, acme, model.FromVendor
		}
		rep := func(p model.Party, i int) string { return fmt.Sprintf("%s-%d", p.Org, i%4) }
		b := comp.Booking{ID: fmt.Sprintf("D-%04d", i), Closed: closed, Source: source,
			Value: value.MustMoney(fmt.Sprintf("%d.%02d USD", 2000+i*7919%250000, i*37%100)),
			Payees: []comp.Payee{
				{Rep: rep(lead, i), Party: lead, Role: comp.Primary, Rate: value.MustPercent("7.5%")},
				{Rep: rep(help, i/2), Party: help, Role: comp.Supporting, Contribution: contributions[i%3], Rate: value.MustPercent("5%")},
			}}
		if i%5 == 2 {
			b.Payees[0].Share = value.MustPercent("66.666667%")
			b.Payees = append(b.Payees, comp.Payee{Rep: rep(lead, i+1), Party: lead, Role: comp.Primary,
				Share: value.MustPercent("33.333333%"), Rate: value.MustPercent("8%")})
		}
		list = append(list, b)
	}
	return list
}

func lines(t *testing.T, list []comp.Booking) string {
	t.Helper()
	var text bytes.Buffer
	for _, b := range list {
		data, err := json.Marshal(b)
		if err != nil {
			t.Fatal(err)
		}
		text.Write(append(data, '\n'))
	}
	return text.String()
}

// COSELLING_UPDATE=1 makes the sample anew.
func TestSampleIsAsItWasMade(t *testing.T) {
	want := lines(t, anyBookings(120))
	if os.Getenv("COSELLING_UPDATE") == "1" {
		if err := os.WriteFile("sample/bookings.jsonl", []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile("sample/bookings.jsonl")
	if err != nil || string(got) != want {
		t.Errorf("sample/bookings.jsonl is another one: %v", err)
	}
}

// onePass is the report of one process.
func onePass(t *testing.T, bookings string) string {
	t.Helper()
	var step compare
	for file, into := range map[string]*string{"sample/before.json": &step.Before, "sample/after.json": &step.After} {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		*into = string(data)
	}
	if err := step.Setup(); err != nil {
		t.Fatal(err)
	}
	f, err := os.Open(bookings)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var list []comp.Booking
	for scan := bufio.NewScanner(f); scan.Scan(); {
		var b comp.Booking
		if err := json.Unmarshal(scan.Bytes(), &b); err != nil {
			t.Fatal(err)
		}
		list = append(list, b)
	}
	report, err := impact.Compare(step.before, step.after, list)
	if err != nil {
		t.Fatal(err)
	}
	return report.Text()
}

func TestReportIsThatOfOneProcess(t *testing.T) {
	file := filepath.Join(t.TempDir(), "report.txt")
	if err := run(t.Context(), "prism", "sample/before.json", "sample/after.json", "sample/bookings.jsonl", file); err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if want := onePass(t, "sample/bookings.jsonl"); string(got) != want || !strings.Contains(want, "technical_validation") {
		t.Errorf("the report is\n%s\nwant\n%s", got, want)
	}
}

func TestWhatCannotBeComparedIsRefused(t *testing.T) {
	dir := t.TempDir()
	bad := filepath.Join(dir, "bad.jsonl")
	if err := os.WriteFile(bad, []byte("{\"id\":\"D-1\",\"valu\":1}\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ before, bookings, want string }{
		{"../policychange/policy-2026q4.json", "sample/bookings.jsonl", "counts over a period"},
		{"sample/bookings.jsonl", "sample/bookings.jsonl", "-before"},
		{"none.json", "sample/bookings.jsonl", "none.json"},
		{"sample/before.json", bad, "valu"},
	} {
		file := filepath.Join(dir, "report.txt")
		err := run(t.Context(), "prism", c.before, "sample/after.json", c.bookings, file)
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s, %s: %v, want %q", c.before, c.bookings, err, c.want)
		}
		if _, err := os.Stat(file); err == nil {
			t.Error("a report is left")
		}
	}
}
