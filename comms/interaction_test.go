package comms_test

import (
	"strings"
	"testing"

	"github.com/coselling/coselling/comms"
	"github.com/coselling/coselling/model"
)

// Contact with the prospect is listed in order up to an instant, without what was cancelled
// by then.
func TestInteractionsAreListedInOrder(t *testing.T) {
	tracker, err := compiled(t).Track(plainDeal())
	if err != nil {
		t.Fatal(err)
	}
	inbound := mail("m3", "Wed 09:00", dana, bo)
	inbound.Side = model.Vendor
	for _, a := range []comms.Activity{
		inbound,
		mail("m1", "Mon 09:00", ana, dana), mail("m2", "Tue 09:00", bo, dana, ana), mail("own", "Mon 10:00", ana, bo),
		meeting("prep", "Mon 11:00", "Mon 12:00", comms.PrepCall, allPrep()...),
		meeting("met", "Thu 09:00", "Thu 10:00", 0), meeting("off", "Thu 12:00", "Thu 13:00", 0),
		{ID: "x", Kind: comms.Cancellation, At: at("Thu 11:00"), Side: model.Partner, About: []string{"off", "m1"}},
		mail("m5", "Fri 09:00", bo, dana), mail("m4", "Fri 09:00", ana, dana),
	} {
		if err := tracker.Add(a); err != nil {
			t.Fatal(err)
		}
	}
	for _, c := range []struct {
		asOf, want string
	}{
		{"Mon 08:59", ""},
		{"Mon 09:00", "m1 partner;"},
		{"Tue 09:00", "m1 partner;m2 partner vendor;"},
		{"Wed 09:00", "m1 partner;m2 partner vendor;m3 inbound vendor;"},
		{"Thu 12:00", "m1 partner;m2 partner vendor;m3 inbound vendor;met partner vendor;"},
		{"Fri 09:00", "m1 partner;m2 partner vendor;m3 inbound vendor;met partner vendor;m4 partner;m5 vendor;"},
	} {
		list := tracker.Interactions(at(c.asOf))
		var got strings.Builder
		for _, i := range list {
			got.WriteString(i.ID)
			for _, part := range []struct {
				on   bool
				word string
			}{{i.Inbound, "inbound"}, {i.Partner, "partner"}, {i.Vendor, "vendor"}} {
				if part.on {
					got.WriteString(" " + part.word)
				}
			}
			got.WriteString(";")
		}
		if got.String() != c.want {
			t.Errorf("as of %s: %s, want %s", c.asOf, got.String(), c.want)
		}
	}
}
