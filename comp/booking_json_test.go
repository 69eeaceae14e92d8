package comp_test

import (
	"testing"

	"pgregory.net/rapid"

	"github.com/coselling/coselling/comp"
)

// A booking that is written and read back is equal, also one that cannot be priced.
func TestBookingJSONRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		policy := anyPolicy().Draw(t, "policy")
		booking := anyBooking(policy).Draw(t, "booking")
		for i := range booking.Payees {
			booking.Payees[i].AlsoContributed = rapid.SampledFrom([][]comp.Contribution{nil, {"introduction"}, {"b", "a"}}).Draw(t, "further")
			if rapid.Bool().Draw(t, "by table") {
				booking.Payees[i].Table = tableID
			}
		}
		text, err := booking.MarshalJSON()
		if err != nil {
			t.Fatal(err)
		}
		var read comp.Booking
		if err := read.UnmarshalJSON(text); err != nil || diff(booking, read) != "" {
			t.Fatalf("%v: %s is read as another booking (-written +read):\n%s", err, text, diff(booking, read))
		}
		for _, payee := range booking.Payees {
			text, err := payee.MarshalJSON()
			if err != nil {
				t.Fatal(err)
			}
			var read comp.Payee
			if err := read.UnmarshalJSON(text); err != nil || diff(payee, read) != "" {
				t.Fatalf("%v: %s is read as another payee (-written +read):\n%s", err, text, diff(payee, read))
			}
		}
	})
}

// A malformed booking is refused with its path and leaves the value unchanged.
func TestRefusesMalformedBookingJSON(t *testing.T) {
	for text, want := range map[string][]string{
		`{}`:                                                nil,
		`{"id":"D-1","closed":"2026-02-30"}`:                {`closed: "2026-02-30" is not a day of the calendar from 0001-01-01 to 9999-12-31`},
		`{"id":"D-1","source":"x"}`:                         {`source: "x" is not known; allowed are partner, vendor, joint`},
		`{"id":"D-1","registrant":"x"}`:                     nil,
		`{"id":"D-1","Closed":"2026-02-28"}`:                nil,
		`{"id":"D-1","payees":[{"rep":"ana","role":"x"}]}`:  nil,
		`{"id":"D-1","payees":[{"rep":"ana","rate":"x"}]}`:  nil,
		`{"id":"D-1","payees":[{"rep":"ana","share":"1"}]}`: nil,
		`{"id":"D-1","payees":[{"role":"primary"}]}`:        nil,
	} {
		read := comp.Booking{ID: "D-0"}
		err := read.UnmarshalJSON([]byte(text))
		if want != nil {
			wantError(t, err, want...)
		}
		if unread := diff(comp.Booking{ID: "D-0"}, read); err == nil || unread != "" {
			t.Errorf("%s: %v, and the booking changed (-before +after):\n%s", text, err, unread)
		}
	}
}
