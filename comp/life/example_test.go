package life_test

import (
	"fmt"

	"github.com/coselling/coselling/comp/life"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// A rep doubts a line: the amount that they expect goes with the dispute, and the record says whose turn it is.
func ExampleRecord_Add_aRepDoubtsALine() {
	record, line := drafted("8600.00 USD")
	ana := model.Person{Name: "ana", Party: acme}
	at, now := monday(9), monday(12)

	d, err := record.Add(life.Event{Do: life.Disputed, Line: line.ID, By: ana, Doubt: life.Amount,
		Expects: value.MustMoney("9600.00 USD"), Note: "the rate is 8%", At: at})
	open := record.At(now).Open() // whose turn, until when

	fmt.Println(d.Accepted, err)
	fmt.Println(open[0].Turn, open[0].Until)
	// Output:
	// true <nil>
	// [{mia partner acme} {lee partner acme}] 2026-12-01 00:00:00 +0000 UTC
}
