package timeline_test

import (
	"testing"
	"time"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/comp/timeline"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// A correction is in force from its first day until its version ends. Of several the one
// recorded last counts.
func TestCorrectionsReplaceTheirVersion(t *testing.T) {
	h := newHistory(t, version("2026", "2026-01-01"), version("2027", "2027-01-01"))
	h = corrected(t, h, correction("c1", "2026", "2026-05-10"), correction("c2", "2026", "2026-11-15"))
	wantSpans(t, h, "2026 2026-01-01/2026-05-09", "2026+c1 2026-05-10/2026-11-14", "2026+c2 2026-11-15/2026-12-31", "2027 2027-01-01/")
	earlier := corrected(t, h, correction("c3", "2026", "2026-05-10"))
	wantSpans(t, earlier, "2026 2026-01-01/2026-05-09", "2026+c3 2026-05-10/2026-12-31", "2027 2027-01-01/")
	whole := corrected(t, h, correction("c3", "2026", "2026-01-01"), correction("c4", "2027", "2027-01-01"))
	wantSpans(t, whole, "2026+c3 2026-01-01/2026-12-31", "2027+c4 2027-01-01/")
	// A later version ends the correction, as it ends the version.
	decision, err := earlier.Add(version("b", "2026-10-01"), day("2026-09-30"))
	if err != nil || decision.Refused != nil {
		t.Fatalf("%v, %v", decision.Refused, err)
	}
	wantSpans(t, decision.History, "2026 2026-01-01/2026-05-09", "2026+c3 2026-05-10/2026-09-30", "b 2026-10-01/2026-12-31", "2027 2027-01-01/")
}

func TestDaysWithoutAVersionAreErrors(t *testing.T) {
	h := newHistory(t, ending(version("2026", "2026-01-15"), "2026-12-31"))
	for _, c := range []struct{ day, want string }{
		{"", "history: no day has a version; give the day"},
		{"2026-01-14", `history: 2026-01-14 has no version; the first, "2026", begins on 2026-01-15`},
		{"2027-01-01", `history: 2027-01-01 has no version; the last, "2026", ends on 2026-12-31`},
	} {
		in, err := h.On(day(c.day))
		wantError(t, err, timeline.Uncovered, c.want)
		if in != (timeline.InForce{}) || !in.Reason().IsZero() {
			t.Errorf("%s: %+v", c.day, in)
		}
	}
	for _, d := range []string{"2026-01-15", "2026-12-31"} {
		if in, err := h.On(day(d)); err != nil || in.Version != "2026" {
			t.Errorf("%s: %+v, %v", d, in, err)
		}
	}
	_, err := timeline.History{}.On(day("2026-01-01"))
	wantError(t, err, timeline.Uncovered, "history: 2026-01-01 has no version; the history is empty")
}

// comp.consistent: the version on the closing date applies, or the one on the registration
// date, as policy says.
func TestVersionOfADealFollowsTheBasis(t *testing.T) {
	versions := []timeline.Version{version("2026", "2026-01-01"), version("2027", "2027-01-01")}
	for _, c := range []struct {
		name               string
		by                 timeline.Basis
		closed, registered string
		version            string
		code               value.Code
		want               string
	}{
		{"closing", timeline.ByClosing, "2027-01-01", "2026-12-31", "2027", "", ""},
		{"closing, not registered", timeline.ByClosing, "2026-12-31", "", "2026", "", ""},
		{"closing, open", timeline.ByClosing, "", "2026-12-31", "", timeline.DealDate, "deal.closed: nothing says when the deal was closed*"},
		{"registration", timeline.ByRegistration, "2027-01-01", "2026-12-31", "2026", "", ""},
		{"registration, open", timeline.ByRegistration, "", "2027-12-31", "2027", "", ""},
		{"registration, on the day of closing", timeline.ByRegistration, "2027-01-01", "2027-01-01", "2027", "", ""},
		{"registration, not registered", timeline.ByRegistration, "2027-01-01", "", "", timeline.DealDate, "deal.registered: nothing says when the deal was registered*"},
		{"registered after closing", timeline.ByRegistration, "2027-01-01", "2027-01-02", "", timeline.DealDate, "deal.registered: 2027-01-02 is after the closing, 2027-01-01"},
		{"registered after closing, by closing", timeline.ByClosing, "2027-01-01", "2027-01-02", "", timeline.DealDate, "deal.registered: 2027-01-02 is after the closing, 2027-01-01"},
		{"before the first", timeline.ByClosing, "2025-12-31", "", "", timeline.Uncovered, "history: 2025-12-31 has no version*"},
	} {
		t.Run("comp.consistent "+c.name, func(t *testing.T) {
			h, err := timeline.New(timeline.Terms{FiscalYear: comp.FiscalYear{Start: time.January}, DatedBy: c.by}, versions...)
			if err != nil {
				t.Fatal(err)
			}
			in, err := h.For(timeline.Dates{Closed: day(c.closed), Registered: day(c.registered)})
			if c.code != "" {
				wantError(t, err, c.code, c.want)
			} else if err != nil {
				t.Error(err)
			}
			if in.Version != c.version {
				t.Errorf("%+v", in)
			}
		})
	}
}

func booking(closed string) comp.Booking {
	return comp.Booking{
		ID: "D-17", Value: value.MustMoney("1000.00 USD"), Closed: day(closed), Source: model.FromPartner,
		Payees: []comp.Payee{
			{Rep: "ana", Party: model.PartnerOrg("acme"), Role: comp.Primary, Rate: value.MustPercent("10%")},
			{Rep: "bo", Party: model.VendorOrg("us"), Role: comp.Supporting, Contribution: comp.TechnicalValidation, Rate: value.MustPercent("10%")},
		},
	}
}

// comp.quarter_lock: a correction shows in every result that it touches, and in no
// other.
func TestCorrectionShowsInWhatIsInForce(t *testing.T) {
	h := corrected(t, newHistory(t, version("2026", "2026-01-01")), correction("fix", "2026", "2026-11-15"))
	for _, c := range []struct{ closed, correction, credit, code, reason string }{
		{"2026-11-14", "", "300.00 USD", "comp.consistent", "version 2026 is in force from 2026-01-01 on"},
		{"2026-11-15", "fix", "310.00 USD", "comp.quarter_lock.correction",
			"version 2026 is in force as corrected from 2026-11-15 on by fix: a typing error (approved by dora, 2026-11-23T09:30:00Z)"},
	} {
		under, err := h.For(timeline.Dates{Closed: day(c.closed)})
		if err != nil {
			t.Fatal(err)
		}
		s, err := under.Plan.Statement(booking(c.closed))
		if err != nil {
			t.Fatal(err)
		}
		reason := under.Reason()
		if under.Version != "2026" || under.Correction != c.correction || s.Lines[1].QuotaCredit.String() != c.credit {
			t.Errorf("comp.quarter_lock %s: %+v", c.closed, s)
		}
		if string(reason.Code()) != c.code || reason.String() != c.reason {
			t.Errorf("comp.quarter_lock %s: %s %s", c.closed, reason.Code(), reason)
		}
	}
}
