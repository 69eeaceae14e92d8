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
