package wiregen_test

import (
	stdjson "encoding/json"
	"reflect"
	"strconv"
	"testing"

	"github.com/go-json-experiment/json"
	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/coselling/coselling/comms"
	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/deal"
	"github.com/coselling/coselling/escalation"
	"github.com/coselling/coselling/internal/wire"
	"github.com/coselling/coselling/internal/wiregen"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/registration"
	"github.com/coselling/coselling/stage"
	"github.com/coselling/coselling/value"
)

// form is a type with a JSON form.
type form struct {
	name  string
	check func(*rapid.T)
	read  func([]byte) (any, error)
}

// reads is a pointer type that reads its JSON form.
type reads[T any] interface {
	*T
	UnmarshalJSON([]byte) error
}

func formOf[T any, R reads[T]](name string, repair ...func(*T)) form {
	read := func(data []byte) (any, error) {
		var v T
		err := R(&v).UnmarshalJSON(data)
		return v, err
	}
	check := func(t *rapid.T) {
		v := wiregen.Of[T](nil).Draw(t, "fact")
		for _, f := range repair {
			f(&v)
		}
		roundTrip[T, R](t, v)
	}
	return form{name, check, read}
}

// roundTrip checks that a value is parsed to an equal one, that equal values have equal
// bytes, that both JSON libraries agree, and that a value that is read has no problem of
// form.
func roundTrip[T any, R reads[T]](t *rapid.T, v T) {
	text, err := json.Marshal(v)
	if err != nil {
		t.Fatalf("%+v: %v", v, err)
	}
	var again T
	if err := R(&again).UnmarshalJSON(text); err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	if diff := cmp.Diff(v, again, cmp.Exporter(func(reflect.Type) bool { return true })); diff != "" {
		t.Fatalf("%s is read as another value\n%s", text, diff)
	}
	if twice, err := json.Marshal(again); err != nil || string(twice) != string(text) {
		t.Fatalf("%s\nbecame %s, %v", text, twice, err)
	}
	if err := wire.Check(&v); err != nil {
		t.Fatalf("%s is read, and Check says %v", text, err)
	}
	if wire.Compare(&v, &again) != 0 || !reflect.DeepEqual(wire.Clone(v), v) {
		t.Fatalf("%s is not equal to what is read, or to its copy", text)
	}
	var standard T
	if err := stdjson.Unmarshal(text, &standard); err != nil || !reflect.DeepEqual(standard, v) {
		t.Fatalf("%s: encoding/json reads %+v, %v", text, standard, err)
	}
}

func forms() []form {
	return []form{
		formOf[model.Party]("model.Party"),
		formOf[model.Person]("model.Person"),
		formOf[model.Consent]("model.Consent"),
		formOf[model.Signals]("model.Signals"),
		formOf[model.Rep]("model.Rep"),
		formOf[model.Team]("model.Team"),
		formOf[stage.Opening]("stage.Opening"),
		formOf[stage.Fact]("stage.Fact"),
		formOf[stage.Event]("stage.Event"),
		formOf[comms.Activity]("comms.Activity"),
		formOf[comms.Correspondent]("comms.Person"),
		formOf[comp.Payee]("comp.Payee"),
		formOf[comp.Booking]("comp.Booking"),
		formOf[escalation.Event]("escalation.Event"),
		formOf[registration.Claim]("registration.Claim"),
		formOf[registration.Scope]("registration.Scope"),
		formOf("deal.Deal", func(d *deal.Deal) {
			if d.Committed.Before(d.Opening.Day) { // which is refused
				d.Committed = value.Date{}
			}
			for i := range d.Participants { // each is another partner, with days in their order
				p := &d.Participants[i]
				p.Party = model.PartnerOrg(d.Partner + strconv.Itoa(i))
				if p.Until.Before(p.From) {
					p.Until = value.Date{}
				}
			}
			if len(d.PartnerShares) > 0 { // shares are of partners of the deal
				d.PartnerShares = d.PartnerShares[:1]
				d.PartnerShares[0].Party = model.PartnerOrg(d.Partner)
			}
		}),
		formOf("deal.Blocker", func(b *deal.Blocker) {
			for i := range b.Concerns { // each stands once
				b.Concerns[i] = model.PartnerOrg(strconv.Itoa(i))
			}
		}),
	}
}

func TestWrittenFactsAreReadAsEqual(t *testing.T) {
	for _, f := range forms() {
		t.Run(f.name, func(t *testing.T) { rapid.Check(t, f.check) })
	}
}

// Every document that a form reads is written, and read as the same value.
func FuzzFacts(f *testing.F) {
	for i := range forms() {
		for _, seed := range []string{`{}`, `null`, `[]`, `{"at":"2026-11-02T09:00:00+01:00"}`, `{"id":"a","id":"b"}`,
			`{"Id":1e400}`} {
			f.Add(uint8(i), []byte(seed))
		}
	}
	f.Add(uint8(8), []byte(`{"verb":"advance","at":"2026-11-02T09:00:00Z","to":"discovery","by":{"name":"ana","party":{"side":"partner","org":"acme"}}}`))
	f.Add(uint8(9), []byte(`{"id":"m-1","kind":"quote","at":"2026-11-02T09:00:00Z","side":"partner","offer":{"item":"x","quantity":1,"price":{"amount":"1.00","currency":"USD"}}}`))
	f.Fuzz(func(t *testing.T, which uint8, data []byte) {
		all := forms()
		form := all[int(which)%len(all)]
		v, err := form.read(data)
		if err != nil {
			return
		}
		text, err := json.Marshal(v)
		if err != nil {
			t.Fatalf("%s reads %q, and does not write it: %v", form.name, data, err)
		}
		again, err := form.read(text)
		if err != nil {
			t.Fatalf("%s writes %s of %q, and does not read it: %v", form.name, text, data, err)
		}
		if twice, err := json.Marshal(again); err != nil || string(twice) != string(text) {
			t.Fatalf("%s: %s became %s, %v", form.name, text, twice, err)
		}
	})
}
