package comp_test

import (
	"encoding/json"
	"errors"
	"testing"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/value"
)

// A portal sends the id of a line that a rep doubts to a browser and reads it back with any JSON library.
func TestLineIDsCrossAnyWireByName(t *testing.T) {
	for part := comp.AsPrimary; part <= comp.AsDifference; part++ {
		id := comp.LineID{Booking: "D-17", Payee: "ana", Part: part, Cause: "D-17"}
		text, err := json.Marshal(id)
		want := `{"booking":"D-17","payee":"ana","part":"` + part.String() + `","cause":"D-17"}`
		if err != nil || string(text) != want {
			t.Errorf("got %s, %v; want %s", text, err, want)
		}
		var back comp.LineID
		if err := json.Unmarshal(text, &back); err != nil || back != id {
			t.Errorf("%s reads back as %v, %v", text, back, err)
		}
	}
	var id comp.LineID
	if err := json.Unmarshal([]byte(`{"part":"boss"}`), &id); !errors.Is(err, value.Code("comp.credited.unknown")) {
		t.Errorf("an unknown part: %v", err)
	}
}

// A line that a life gives to the ledger without its credits has those of the ledger; without a commission it is refused
// by that name.
func TestClosedLinesWithoutAnAmount(t *testing.T) {
	bookings := []comp.Booking{booked("D1", "1000", "2026-10-05")}
	ledger := newLedger(t, marginal(), bookings)
	line, day := statementsOf(ledger)[0].ClosedLines()[0], value.MustDate("2026-12-31")
	without := line
	without.Amounts = comp.Amounts{}
	err := ledger.Close(day, without)
	want := "lines[0].commission: nothing cannot stand for the " + line.Commission.String() +
		" of the ledger's line; give an amount like it"
	if err == nil || err.Error() != want {
		t.Errorf("got %v; want %s", err, want)
	}
	without.Commission = usd("7.00")
	if err := ledger.Close(day, without); err != nil {
		t.Fatal(err)
	}
	line.Commission = usd("7.00")
	whole := newLedger(t, marginal(), bookings)
	if err := whole.Close(day, line); err != nil {
		t.Fatal(err)
	}
	if one, two := marshalled(t, ledger), marshalled(t, whole); one != two {
		t.Errorf("%s\nwith its credits\n%s", one, two)
	}
}
