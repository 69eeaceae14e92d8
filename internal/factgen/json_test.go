package factgen_test

import (
	stdjson "encoding/json"
	"reflect"
	"testing"

	"github.com/go-json-experiment/json"
	"pgregory.net/rapid"

	"github.com/coselling/coselling/internal/factgen"
)

// form is a type whose JSON form is read and written, with facts of it.
type form struct {
	name  string
	check func(*rapid.T)
	read  func([]byte) (any, error)
}

// reads is what reads its own form.
type reads[T any] interface {
	*T
	UnmarshalJSON([]byte) error
}

func formOf[T any, R reads[T]](name string, facts *rapid.Generator[T]) form {
	read := func(data []byte) (any, error) {
		var v T
		err := R(&v).UnmarshalJSON(data)
		return v, err
	}
	return form{name, func(t *rapid.T) { roundTrip[T, R](t, facts.Draw(t, "fact")) }, read}
}

// roundTrip proves that what is parsed is equal, that the same value has the same
// bytes, and that both JSON libraries agree.
func roundTrip[T any, R reads[T]](t *rapid.T, v T) {
	text, err := json.Marshal(v)
	if err != nil {
		t.Fatalf("%+v: %v", v, err)
	}
	var again T
	if err := R(&again).UnmarshalJSON(text); err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	if !reflect.DeepEqual(again, v) {
		t.Fatalf("%s\nis %+v\nnot %+v", text, again, v)
	}
	if twice, err := json.Marshal(again); err != nil || string(twice) != string(text) {
		t.Fatalf("%s\nbecame %s, %v", text, twice, err)
	}
	var standard T
	if err := stdjson.Unmarshal(text, &standard); err != nil || !reflect.DeepEqual(standard, v) {
		t.Fatalf("%s: encoding/json reads %+v, %v", text, standard, err)
	}
}

func forms() []form {
	return []form{
		formOf("model.Party", factgen.Party()),
		formOf("model.Person", factgen.Person()),
		formOf("model.Consent", factgen.Consent()),
		formOf("model.Signals", factgen.Signals()),
		formOf("model.Team", factgen.Team()),
		formOf("stage.Opening", factgen.Opening()),
		formOf("stage.Fact", factgen.Fact()),
		formOf("stage.Event", factgen.Event()),
		formOf("comms.Activity", factgen.Activity()),
		formOf("comms.Person", factgen.Member()),
		formOf("comp.Payee", factgen.Payee()),
		formOf("comp.Booking", factgen.Booking()),
		formOf("escalation.Event", factgen.Handled()),
		formOf("registration.Claim", factgen.Claim()),
		formOf("registration.Scope", factgen.Scope()),
	}
}

func TestFactsAreWhatIsParsedFromThem(t *testing.T) {
	for _, f := range forms() {
		t.Run(f.name, func(t *testing.T) { rapid.Check(t, f.check) })
	}
}

// What a form reads, it writes, and reads as the same.
func FuzzFacts(f *testing.F) {
	for i := range forms() {
		for _, seed := range []string{`{}`, `null`, `[]`, `{"at":"2026-11-02T09:00:00+01:00"}`, `{"id":"a","id":"b"}`, `{"Id":1e400}`} {
			f.Add(uint8(i), []byte(seed))
		}
	}
	f.Add(uint8(7), []byte(`{"verb":"advance","at":"2026-11-02T09:00:00Z","to":"discovery","by":{"name":"ana","party":{"side":"partner","org":"acme"}}}`))
	f.Add(uint8(8), []byte(`{"id":"m-1","kind":"quote","at":"2026-11-02T09:00:00Z","side":"partner","offer":{"item":"x","quantity":1,"price":{"amount":"1.00","currency":"USD"}}}`))
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
