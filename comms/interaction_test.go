package comms_test

import (
	"slices"
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

// Case M7. A mail that a program wrote is no contact, asks for no notice, reaches nobody and answers nothing.
func TestAnAutomaticMailIsNoContact(t *testing.T) {
	away := mail("away", "Mon 11:00", dana, ana)
	away.Side, away.Automatic = model.Partner, true
	bounce := mail("bounce", "Mon 11:00", bo, dana, ana)
	bounce.Automatic, bounce.Refs = true, []string{"m"}
	tracker, err := compiled(t).Track(plainDeal())
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range []comms.Activity{mail("m", "Mon 10:00", ana, dana), away, bounce} {
		if err := tracker.Add(a); err != nil {
			t.Fatal(err)
		}
	}
	for _, f := range tracker.Report(at("Mon 15:00")).Findings {
		if f.Reason.Paths()[0] != "m" || !f.Until.IsZero() {
			t.Errorf("%v of %v until %s", f.Reason, f.Reason.Paths(), f.Until)
		}
	}
	if met := tracker.Interactions(at("Mon 15:00")); len(met) != 1 || met[0].ID != "m" {
		t.Errorf("the contacts are %v", met)
	}
	note := comms.Activity{ID: "n", Kind: comms.Note, At: at("Mon 10:00"), Side: model.Partner, Automatic: true}
	wantError(t, tracker.Add(note), "comms.activity.field", "automatic: a value is given; a note has none")
}

// Case M15. A person of a subdomain belongs to the stated domain; the nearest one counts.
func TestADomainHasItsSubdomains(t *testing.T) {
	d := plainDeal()
	d.People = append(slices.Clone(d.People), comms.Correspondent{Prospect: true, Addresses: []string{"@rail.example"}},
		comms.Correspondent{Party: model.VendorOrg("us"), Addresses: []string{"@ours.rail.example"}})
	for from, want := range map[string]int{"eve@rail.example": 1, "eve@de.rail.example": 1, "eve@a.de.rail.example": 1,
		"eve@ours.rail.example": 0, "eve@x.ours.rail.example": 0, "eve@monorail.example": 0} {
		m := mail("m", "Mon 10:00", from, ana)
		m.Side = model.Partner
		tracker, err := compiled(t).Track(d)
		if err != nil {
			t.Fatal(err)
		}
		if want == 0 && strings.Contains(from, "ours") {
			m.Side = model.Vendor
		}
		if err := tracker.Add(m); err != nil {
			t.Fatal(err)
		}
		if got := len(tracker.Interactions(at("Tue 00:00"))); got != want {
			t.Errorf("%s makes %d contacts, want %d", from, got, want)
		}
	}
}
