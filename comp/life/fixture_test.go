package life_test

import (
	"encoding/json"
	"errors"
	"testing"
	"time"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/comp/life"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

var (
	acme, us = model.PartnerOrg("acme"), model.VendorOrg("us")
	ana      = model.Person{Name: "ana", Party: acme}
	mia      = model.Person{Name: "mia", Party: acme}
	lee      = model.Person{Name: "lee", Party: acme}
	pat      = model.Person{Name: "pat", Party: acme} // ana's manager
	bo       = model.Person{Name: "bo", Party: us}
	noor     = model.Person{Name: "noor", Party: us}
	program  model.Person
	anasID   = id("D-17", "ana", "D-17")
)

// id is the id of a line that a booking or movement makes.
func id(booking, payee, cause string) comp.LineID {
	return comp.LineID{Booking: booking, Payee: payee, Part: comp.AsPrimary, Cause: cause}
}

// monday is an hour of 23 November 2026.
func monday(hour int) time.Time { return time.Date(2026, 11, 23, hour, 0, 0, 0, time.UTC) }

// in is an instant some days after that Monday at noon.
func in(days int) time.Time { return monday(12).AddDate(0, 0, days) }

func usd(amount string) value.Money { return value.MustMoney(amount + " USD") }

func acmeStaff() *life.Staff {
	return &life.Staff{Party: acme, Approvers: []string{"mia", "lee"}, Managers: map[string]string{"ana": "pat"},
		Policy: life.DefaultPolicy()}
}

func usStaff() *life.Staff {
	return &life.Staff{Party: us, Approvers: []string{"noor", "vic"}, Policy: life.DefaultPolicy()}
}

func anasLine(commission string) life.Line {
	return life.Line{
		ID: anasID, Party: acme, Payer: acme, Won: value.MustDate("2026-11-20"), Period: value.MustDate("2026-10-01"),
		Amounts: comp.Amounts{QuotaCredit: usd("120000.00"), Commission: value.MustMoney(commission)},
	}
}

// drafted is a record in which both parties named their people and ana's line was drafted on Monday at 8.
func drafted(commission string) (*life.Record, life.Line) {
	r, line := life.New(nil), anasLine(commission)
	for _, e := range []life.Event{
		{Do: life.Named, At: monday(8), Staff: acmeStaff()},
		{Do: life.Named, At: monday(8), Staff: usStaff()},
		{Do: life.Drafted, At: monday(8), Drafts: []life.Line{line}},
	} {
		if d, err := r.Add(e); err != nil || !d.Accepted {
			panic(err)
		}
	}
	return r, line
}

// approvedBy, paid and others are events about ana's line.
func approval(at time.Time, by model.Person) life.Event {
	return life.Event{Do: life.Approved, At: at, By: by, Lines: []comp.LineID{anasID}}
}

func payment(at time.Time) life.Event {
	return life.Event{Do: life.Paid, At: at, Lines: []comp.LineID{anasID}}
}

func draft(at time.Time, correction string, lines ...life.Line) life.Event {
	return life.Event{Do: life.Drafted, At: at, Correction: correction, Drafts: lines}
}

func doubt(at time.Time, by model.Person, why life.Doubt, expects string) life.Event {
	return life.Event{Do: life.Disputed, At: at, By: by, Line: anasID, Doubt: why, Expects: usd(expects)}
}

func accept(at time.Time, by model.Person, why life.Doubt, correction string) life.Event {
	return life.Event{Do: life.Accepted, At: at, By: by, Line: anasID, Doubt: why, Correction: correction}
}

func decline(at time.Time, by model.Person, why life.Doubt) life.Event {
	return life.Event{Do: life.Declined, At: at, By: by, Line: anasID, Doubt: why, Note: "the plan says so"}
}

func appeal(at time.Time, by model.Person, why life.Doubt) life.Event {
	return life.Event{Do: life.Appealed, At: at, By: by, Line: anasID, Doubt: why}
}

// add adds events that take effect.
func add(t testing.TB, r *life.Record, events ...life.Event) {
	t.Helper()
	for _, e := range events {
		if d, err := r.Add(e); err != nil || !d.Accepted {
			t.Fatalf("%s by %s at %s: %v %v", e.Do, e.By.Name, e.At, d.Reasons, err)
		}
	}
}

// refused adds an event that a rule refuses, and wants nothing to have changed.
func refused(t testing.TB, r *life.Record, e life.Event, code value.Code, says string) {
	t.Helper()
	before := document(t, r)
	d, err := r.Add(e)
	if err != nil || d.Accepted || len(d.Reasons) == 0 {
		t.Fatalf("%s by %s: %v, %v", e.Do, e.By.Name, d, err)
	}
	found := false
	for _, reason := range d.Reasons {
		found = found || reason.Code() == code && reason.String() == says
	}
	if !found {
		t.Errorf("%s by %s is refused by %v, not by %s %q", e.Do, e.By.Name, d.Reasons, code, says)
	}
	if after := document(t, r); after != before {
		t.Errorf("a refused event changed the record")
	}
}

// bad adds an event that is bad input.
func bad(t testing.TB, r *life.Record, e life.Event, code value.Code, path string) {
	t.Helper()
	before := document(t, r)
	d, err := r.Add(e)
	var list value.Errors
	list.Add("", err)
	for _, one := range list {
		if one.Code == code && one.Path == path {
			if d.Accepted || document(t, r) != before {
				t.Error("bad input changed the record")
			}
			return
		}
	}
	t.Errorf("%s: %v, want %s at %s", e.Do, err, code, path)
}

func document(t testing.TB, v json.Marshaler) string {
	t.Helper()
	text, err := v.MarshalJSON()
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func hasCode(err error, code value.Code) bool { return errors.Is(err, code) }
