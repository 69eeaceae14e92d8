package comptest

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// recorder records what a test logs and how it fails.
type recorder struct {
	testing.TB
	errors, logs []string
	stopped      bool
}

func (r *recorder) Helper() {}
func (r *recorder) Error(args ...any) {
	r.errors = append(r.errors, strings.TrimSuffix(fmt.Sprintln(args...), "\n"))
}
func (r *recorder) Errorf(format string, args ...any) {
	r.errors = append(r.errors, fmt.Sprintf(format, args...))
}
func (r *recorder) Log(args ...any) {
	r.logs = append(r.logs, strings.TrimSuffix(fmt.Sprintln(args...), "\n"))
}
func (r *recorder) Logf(format string, args ...any) {
	r.logs = append(r.logs, fmt.Sprintf(format, args...))
}

func (r *recorder) Fatal(args ...any) {
	r.Error(args...)
	r.stopped = true
	runtime.Goexit()
}

func (r *recorder) Fatalf(format string, args ...any) {
	r.Errorf(format, args...)
	r.stopped = true
	runtime.Goexit()
}

// text returns everything that the test printed, failures first.
func (r *recorder) text() string {
	return strings.Join(append(append([]string{}, r.errors...), r.logs...), "\n") + "\n"
}

// record runs a test and returns its recorder.
func record(t *testing.T, test func(testing.TB)) *recorder {
	t.Helper()
	r := &recorder{TB: t}
	done := make(chan struct{})
	go func() {
		defer close(done)
		test(r)
	}()
	<-done
	return r
}

// passes fails unless a test succeeds.
func passes(t *testing.T, test func(testing.TB)) *recorder {
	t.Helper()
	r := record(t, test)
	if len(r.errors) > 0 {
		t.Errorf("the test fails:\n%s", r.text())
	}
	return r
}

// fails compares what a failing test prints with a golden file.
func fails(t *testing.T, golden string, test func(testing.TB)) {
	t.Helper()
	r := record(t, test)
	if len(r.errors) == 0 {
		t.Errorf("the test does not fail:\n%s", r.text())
	}
	pinned(t, golden, strings.Join(r.errors, "\n")+"\n")
}

// pinned compares a text with a golden file of this package.
func pinned(t *testing.T, golden, text string) {
	t.Helper()
	file := filepath.Join("testdata", strings.ReplaceAll(golden, " ", "_")+".golden")
	if os.Getenv(updateVariable) == "1" {
		if err := rewrite(file, text); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if string(want) != text {
		t.Errorf("%s differs:\n%s", file, lineReport(string(want), text))
	}
}

func usd(text string) value.Money { return value.MustMoney(text + " USD") }

func pct(text string) value.Percent { return value.MustPercent(text) }

// deal returns a won deal of ana, a partner's rep, supported by bo, a vendor's rep.
func deal(id, amount, day string, by comp.Contribution) comp.Booking {
	b := comp.Booking{ID: id, Value: usd(amount), Closed: value.MustDate(day), Source: model.FromPartner,
		Payees: []comp.Payee{
			{Rep: "ana", Party: model.PartnerOrg("acme"), Role: comp.Primary, Rate: pct("8%")},
		}}
	if by != "" {
		b.Payees = append(b.Payees, comp.Payee{Rep: "bo", Party: model.VendorOrg("us"), Role: comp.Supporting,
			Contribution: by, Rate: pct("5%")})
	}
	return b
}

// year returns some deals of a year; one is taken back.
func year() Bookings {
	return Bookings{
		Deals: []comp.Booking{
			deal("D-3", "48000.00", "2026-06-30", comp.CoSelling),
			deal("D-1", "120000.00", "2026-01-20", comp.TechnicalValidation),
			deal("D-2", "9999.99", "2026-03-02", comp.TechnicalValidation),
			deal("D-4", "75000.00", "2026-11-11", ""),
			deal("D-5", "20000.00", "2026-11-11", comp.TechnicalValidation),
		},
		Movements: []comp.Movement{{Of: "D-5", Kind: comp.Reversed, ID: "R-5", On: value.MustDate("2026-12-01")}},
	}
}

// changed returns the default policy with edits.
func changed(edit func(*comp.Policy)) comp.Policy {
	p := comp.DefaultPolicy()
	edit(&p)
	return p
}

// tabled returns the default policy with the rate table "fast".
func tabled(measure comp.Measure, method comp.Method, rates ...string) comp.Policy {
	table := comp.RateTable{Measure: measure, Method: method, Currency: value.MustCurrency("USD")}
	for i, rate := range rates {
		from := comp.Bound{Amount: usd(fmt.Sprint(50_000 * i))}
		if measure == comp.Attainment {
			from = comp.Bound{Attainment: pct(fmt.Sprint(60*i) + "%")}
		}
		if i > 0 {
			table.Tiers[i-1].To = from
		}
		table.Tiers = append(table.Tiers, comp.Tier{From: from, Rate: pct(rate)})
	}
	table.Tiers[0].From = comp.Bound{}
	return changed(func(p *comp.Policy) {
		p.Rates.Tables = map[comp.TableID]comp.RateTable{"fast": table}
		p.Rates.Quotas = map[string]map[value.Date]value.Money{"ana": {}}
		for _, day := range []string{"2026-01-01", "2026-04-01", "2026-07-01", "2026-10-01"} {
			p.Rates.Quotas["ana"][value.MustDate(day)] = usd("100000.00")
		}
	})
}

// byTable pays ana by the table instead of a flat rate.
func byTable(b Bookings) Bookings {
	for i := range b.Deals {
		p := &b.Deals[i].Payees[0]
		p.Rate, p.Table = value.Percent{}, "fast"
	}
	return b
}
