package comp_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/value"
)

func marshalled(t rapid.TB, v any) string {
	t.Helper()
	data, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// CASES C8: a run and its payouts, written and read back between any two events, give the statements and the bytes of
// those that never stopped.
func TestRunsAndPayoutsGoOnAfterTheyWereWrittenAndRead(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		policy := anyRatePolicy().Draw(t, "policy")
		straight, stopped := newPlayer(t, policy), newPlayer(t, policy)
		if rapid.Bool().Draw(t, "stream") {
			straight.run, stopped.run = straight.plan.StreamRun(), stopped.plan.StreamRun()
		}
		for _, step := range anyHistory(t, policy) {
			if rapid.Bool().Draw(t, "stop") {
				run, err := stopped.plan.ParseRun([]byte(marshalled(t, stopped.run)))
				if err != nil {
					t.Fatal(err)
				}
				stopped.run = run
				for i := range stopped.deals {
					var read comp.Payout
					if err := json.Unmarshal([]byte(marshalled(t, stopped.deals[i].payout)), &read); err != nil {
						t.Fatal(err)
					}
					stopped.deals[i].payout = read
				}
			}
			straight.play(t, step)
			stopped.play(t, step)
			if one, two := marshalled(t, straight.run), marshalled(t, stopped.run); one != two {
				t.Fatalf("%s\nstopped\n%s", one, two)
			}
			if one, two := marshalled(t, straight.all), marshalled(t, stopped.all); one != two {
				t.Fatalf("%s\nstopped\n%s", one, two)
			}
		}
		for i := range straight.deals {
			if one, two := marshalled(t, straight.deals[i].payout), marshalled(t, stopped.deals[i].payout); one != two {
				t.Fatalf("%s\nstopped\n%s", one, two)
			}
		}
	})
}

func TestRefusesMalformedRunsAndPayouts(t *testing.T) {
	policy := withTable(rateTable(comp.PeriodAmount, comp.Retroactive, "0:5% 1000:10%"))
	plan := compile(t, policy)
	run := plan.Run()
	s := inRun(t, run, booked("D1", "900", "2026-10-05"), booked("D2", "200", "2026-10-06"))[1]
	text := marshalled(t, run)
	for _, c := range []struct{ from, to, code, want string }{
		{plan.Hash(), compile(t, under(comp.Split)).Hash(), "run.policy", "is not the policy of this plan"},
		{`"first":"2026-10-01"`, `"first":"2026-10-02"`, "run.document", "run.first: "},
		{`"id":"D2","closed"`, `"id":"D1","closed"`, "run.document", "run.bookings[1].id: "},
		{`"tier":1`, `"tier":2`, "run.document", "run.payees[0].tables[0].table: "},
		{`"table":"accelerator"`, `"table":"other"`, "booking.table.unknown", "run.payees[0].tables[0].table: "},
		{`"credit":"110000`, `"credit":"0110000`, "run.document", "run.payees[0].tables[0].credit: "},
		{`"rep":"ana",`, ``, "json.missing", ""},
		{`"paid":`, `"payed":`, "json.unknown", ""},
		{`}]}]}`, ``, "json.syntax", ""},
	} {
		changed := strings.Replace(text, c.from, c.to, 1)
		if _, err := plan.ParseRun([]byte(changed)); changed == text || !errors.Is(err, value.Code(c.code)) || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v", c.from, err)
		}
	}
	payout := moved(t, payoutOf(t, plan, s), moving(s, comp.Refunded, "F", "2026-11-01", "50")).Payout
	text = marshalled(t, payout)
	for _, c := range []struct{ from, to, code, want string }{
		{`"due":"2000"`, `"due":"2001"`, "payout.of", "lines[0].due: "},
		{`"due":"2000"`, `"due":"2e3"`, "payout.of", "lines[0].due: "},
		{`"due":"2000"`, `"due":"4000/2"`, "payout.of", "lines[0].due: "},
		{`{"amount":"50.00"`, `{"amount":"250.00"`, "movement.above", "movements[0].amount: "},
		{`"of":"D2"`, `"of":"D3"`, "movement.of", "movements[0].of: "},
		{`"value":{"amount":"200.00"`, `"value":{"amount":"0.00"`, "fact.range", "value: "},
		{`}]}`, ``, "json.syntax", ""},
	} {
		changed := strings.Replace(text, c.from, c.to, 1)
		read := payout
		err := read.UnmarshalJSON([]byte(changed))
		if changed == text || !errors.Is(err, value.Code(c.code)) || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v", c.from, err)
		}
		if marshalled(t, read) != text {
			t.Error("a refused document changes the payout")
		}
	}
	if _, err := json.Marshal(comp.Payout{}); !errors.Is(err, value.Code("payout.of")) {
		t.Errorf("no payout is written: %v", err)
	}
	if _, err := json.Marshal(new(comp.Run)); !errors.Is(err, value.Code("comp.plan.missing")) {
		t.Errorf("no run is written: %v", err)
	}
	if _, err := (*comp.Plan)(nil).ParseRun(nil); !errors.Is(err, value.Code("comp.plan.missing")) || (*comp.Plan)(nil).Hash() != "" {
		t.Errorf("nobody's plan reads a run: %v", err)
	}
}

// Sums that no bookings make are refused before a booking is priced by them: nothing wraps, and nothing panics.
func TestRefusesRunsThatNoBookingsMake(t *testing.T) {
	table := rateTable(comp.Attainment, comp.Marginal, "0%:5% 100%:10%")
	table.PeriodFloor = usd("500")
	plan := compile(t, withTable(table, usd("1000")))
	run := plan.Run()
	b := booked("D1", "900", "2026-10-05")
	b.Payees[0].Payer = us
	inRun(t, run, b)
	text := marshalled(t, run)
	for _, c := range []struct{ from, to, want string }{
		{`"paid":4500`, `"paid":9223372036854775807`, "run.payees[0].tables[0].paid: "},
		{`"unheld":4500`, `"unheld":-9223372036854775808`, "run.payees[0].tables[0].unheld: "},
		{`"credit":"900000000000000000000"`, `"credit":"80000000000000000000000000000000000000"`, "run.payees[0].tables[0].credit: "},
		{`"quota":{"amount":"1000.00"`, `"quota":{"amount":"-1000.00"`, "run.payees[0].quota: "},
		{`"payer":{"side":"vendor","org":"us"}`, `"payer":{"side":"vendor","org":""}`, "run.payees[0].payer."},
		{`"date":"2026-10-05"`, `"date":"2029-10-05"`, "run.date: "},
		{`"date":"2026-10-05"`, `"closed":"2026-12-31","date":"2026-10-05"`, "run.date: "},
		{`"first":"2026-10-01","last":"2026-12-31",`, ``, "run.payees[0]: "},
		{`"currency":"USD","first"`, `"first"`, "run.date: "},
		{`"closed":"2026-10-05"}`, `"closed":"2026-10-06"}`, "run.bookings[0].closed: "},
		{`"id":"D1","bookings"`, `"id":"D0","bookings"`, "run.id: "},
		{`"closed":"2026-10-05"}],`, `"closed":"2026-10-05"}],"stream":true,`, "run.bookings: "},
	} {
		changed := strings.Replace(text, c.from, c.to, 1)
		if _, err := plan.ParseRun([]byte(changed)); changed == text || err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v", c.from, err)
		}
	}
	read, err := plan.ParseRun([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	closing, err := read.Close("floors", value.MustDate("2026-12-31"))
	if err != nil || closing.Lines[0].Payer != us || closing.Lines[0].Commission != usd("455") {
		t.Errorf("the payer of the lines pays the floor too: %+v %v", closing, err)
	}
	if again, err := plan.ParseRun([]byte(marshalled(t, read))); err != nil || marshalled(t, again) != marshalled(t, read) {
		t.Errorf("a run that is closed: %v", err)
	}
}

// A payout of a thousand lines and as many movements is read without a statement of each movement.
func TestReadingAPayoutMakesNoStatements(t *testing.T) {
	plan := compile(t, under(comp.Split))
	b := flatDeal("1000", "10%")
	b.Deferred, b.Payees = true, b.Payees[:0]
	for i := range 1000 {
		b.Payees = append(b.Payees, comp.Payee{Rep: fmt.Sprint(i), Party: acme, Company: true, Rate: value.MustPercent("1%")})
	}
	s := statement(t, under(comp.Split), b)
	text := marshalled(t, payoutOf(t, plan, s))
	var moves []string
	for i := range 1000 {
		moves = append(moves, marshalled(t, moving(s, comp.Received, fmt.Sprint("I", i), "2026-11-20", "0.01")))
	}
	text = strings.TrimSuffix(text, "}") + `,"movements":[` + strings.Join(moves, ",") + `]}`
	var read comp.Payout
	allocations := testing.AllocsPerRun(1, func() {
		if err := read.UnmarshalJSON([]byte(text)); err != nil {
			t.Fatal(err)
		}
	})
	if allocations > 500_000 {
		t.Errorf("%.0f allocations", allocations)
	}
	for _, c := range [][2]string{{`"quota":{"amount":"1000.00","currency":"USD"}`, "quota: "}, {`"base":{"amount":"1000.00","currency":"USD"}`, "lines[0].base: "}} {
		changed := strings.Replace(text, c[0], strings.Replace(c[0], `1000.00","currency":"USD`, `1000","currency":"JPY`, 1), 1)
		if err := new(comp.Payout).UnmarshalJSON([]byte(changed)); changed == text || !errors.Is(err, value.MoneyCurrency) || !strings.Contains(err.Error(), c[1]) {
			t.Errorf("%s: %v", c[1], err)
		}
	}
}

// A company and a payee who has credit only are paid by the same rules, and stand in documents as they are.
func TestLedgersPayCompaniesAndKeepCreditOnly(t *testing.T) {
	b := later(booked("D1", "1000", "2026-10-05"))
	b.Payees = append(b.Payees,
		comp.Payee{Rep: "acme-fee", Party: acme, Company: true, Fixed: usd("50")},
		comp.Payee{Rep: "bo", Party: us, CreditOnly: true})
	l := newLedger(t, marginal(), []comp.Booking{b}, moveOf(comp.Received, "I", "D1", "2026-11-01", "500"), moveOf(comp.Reversed, "R", "D1", "2026-12-01", ""))
	wantLedger(t, l, "D1 10-05 0.00  0.00, I 11-01 25.00  25.00, R 12-01 -25.00  -25.00")
	if err := l.Close(won, statementsOf(l)[0].ClosedLines()...); err != nil {
		t.Fatal(err)
	}
	plans := func(value.Date) (*comp.Plan, error) { return compile(t, marginal()), nil }
	read, err := comp.ReadLedger(plans, strings.NewReader(marshalled(t, l)))
	if err != nil || marshalled(t, read) != marshalled(t, l) || texts(read) != texts(l) {
		t.Fatalf("%v\n%s", err, texts(l))
	}
	s := statement(t, under(comp.Split), func() comp.Booking { b.Payees = b.Payees[1:]; return b }())
	payout := payoutOf(t, compile(t, under(comp.Split)), s)
	var again comp.Payout
	if err := again.UnmarshalJSON([]byte(marshalled(t, payout))); err != nil || marshalled(t, again) != marshalled(t, payout) {
		t.Errorf("%v\n%s", err, marshalled(t, payout))
	}
}

func FuzzDocuments(f *testing.F) {
	policy := withTable(rateTable(comp.PeriodAmount, comp.Retroactive, "0:5% 1000:10%"))
	plan, err := comp.Compile(policy)
	if err != nil {
		f.Fatal(err)
	}
	run := plan.Run()
	s, err := run.Statement(booked("D1", "900", "2026-10-05"))
	if err != nil {
		f.Fatal(err)
	}
	f.Add([]byte(marshalled(f, run)))
	f.Add([]byte(marshalled(f, payoutOf(f, plan, s))))
	l := plan.Ledger()
	if err := l.Add([]comp.Booking{later(booked("D1", "900", "2026-10-05"))}, []comp.Movement{moveOf(comp.Received, "I", "D1", "2026-11-01", "")}); err != nil {
		f.Fatal(err)
	}
	if err := l.Close(won, s.ClosedLines()...); err != nil {
		f.Fatal(err)
	}
	f.Add([]byte(marshalled(f, l)))
	f.Fuzz(func(t *testing.T, data []byte) {
		if read, err := plan.ParseRun(data); err == nil {
			text := marshalled(t, read)
			again, err := plan.ParseRun([]byte(text))
			if err != nil || marshalled(t, again) != text {
				t.Errorf("%v: %s", err, text)
			}
			_, _ = read.Statement(booked("D8", "900", "2026-11-05"))
			_, _ = read.Statement(booked("D9", "900", "2027-10-05"))
		}
		plans := func(value.Date) (*comp.Plan, error) { return plan, nil }
		if read, err := comp.ReadLedger(plans, bytes.NewReader(data)); err == nil {
			text := marshalled(t, read)
			again, err := comp.ReadLedger(plans, strings.NewReader(text))
			if err != nil || marshalled(t, again) != text || texts(again) != texts(read) {
				t.Errorf("%v: %s", err, text)
			}
		}
		var p comp.Payout
		if p.UnmarshalJSON(data) == nil {
			var again comp.Payout
			text := marshalled(t, p)
			if err := again.UnmarshalJSON([]byte(text)); err != nil || marshalled(t, again) != text {
				t.Errorf("%v: %s", err, text)
			}
			_, _ = p.Move(comp.Movement{ID: fmt.Sprint("new", len(data)), Of: s.Booking, Kind: comp.Refunded, On: won})
		}
	})
}
