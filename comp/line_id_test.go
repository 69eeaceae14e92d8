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

// A line that a life gives to the ledger without one of its amounts is refused by the name of that amount.
func TestClosedLinesNameTheMissingAmount(t *testing.T) {
	ledger := newLedger(t, marginal(), []comp.Booking{booked("D1", "1000", "2026-10-05")})
	line := statementsOf(ledger)[0].ClosedLines()[0]
	line.Influenced = value.Money{}
	err := ledger.Close(value.MustDate("2026-12-31"), line)
	want := "lines[0].influenced: nothing cannot stand for the 0.00 USD of the ledger's line; give an amount like it"
	if err == nil || err.Error() != want {
		t.Errorf("got %v; want %s", err, want)
	}
}
