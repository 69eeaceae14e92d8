package comp_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// agreeing returns an act of acme with the consents of some parties.
func agreeing(parties ...model.Party) model.Agreement {
	a := byAcme
	for _, p := range parties {
		a.Consents = append(a.Consents, model.Consent{By: model.Person{Name: "Cy", Party: p}, At: asked})
	}
	return a
}

// Shares between partners are changed by all who share, those who get one included, and settled at won.
func TestPartnersChangeTheirSharesByConsentOfAll(t *testing.T) {
	half := []comp.PartnerShare{{Party: acme, Share: value.MustPercent("50%")}, {Party: bay, Share: value.MustPercent("50%")}}
	for _, c := range []struct {
		name      string
		before    []comp.PartnerShare
		agreement model.Agreement
		since     time.Time
		missing   string
	}{
		{"first ones by one alone", nil, byAcme, agreed,
			"partner bay has not consented, partner cal has not consented, partner eve has not consented"},
		{"first ones by all", nil, agreeing(bay, cal, model.PartnerOrg("eve")), time.Time{}, ""},
		{"changed by all", shared().PartnerShares, agreeing(bay, cal), agreed, ""},
		{"the vendor does not share", shared().PartnerShares, agreeing(us), agreed,
			"partner bay has not consented, partner cal has not consented"},
		{"who leaves consents too", shared().PartnerShares, agreeing(bay), agreed, "partner cal has not consented"},
		{"consent from before the present ones", shared().PartnerShares, agreeing(bay, cal), asked.Add(1),
			"partner bay has not consented, partner cal has not consented"},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := shared(rep("ana", acme))
			b.PartnerShares, b.Closed = c.before, value.Date{}
			if c.before == nil { // who brought the deal and who has a rep consent beside who gets a share
				b.BroughtBy, b.Payees = "eve", append(b.Payees, rep("cy", cal), rep("vi", us))
			}
			got, err := b.ChangeShares(comp.ShareChange{Shares: half, Agreement: c.agreement}, c.since)
			if err != nil {
				t.Fatal(err)
			}
			var missing []string
			for _, m := range got.Missing {
				missing = append(missing, m.String())
			}
			want := half
			if c.missing != "" {
				want = c.before
			}
			if strings.Join(missing, ", ") != c.missing || !slices.Equal(got.Booking.PartnerShares, want) {
				t.Errorf("missing %q; %v", missing, got.Booking.PartnerShares)
			}
		})
	}
}

func TestRefusesAMalformedChangeOfShares(t *testing.T) {
	b := shared(rep("ana", acme))
	_, err := b.ChangeShares(comp.ShareChange{Agreement: agreeing(model.PartnerOrg("dot"))}, agreed)
	wantError(t, err, "change: the deal was won on 2026-11-20; shares are settled at won",
		"change.partner_shares: nothing says how the partners share",
		`change.consents[0].by.party.org: "dot" is none of the partners of the deal; name it among the participants`)
	b.Closed = value.Date{}
	_, err = b.ChangeShares(comp.ShareChange{Agreement: byAcme, Shares: []comp.PartnerShare{{Party: acme,
		Share: value.MustPercent("99%")}}}, agreed)
	wantError(t, err, "change.partner_shares: a total of 99% is 1% below 100%; shares of one group total exactly 100%")
	_, err = deal(rep("ana", acme)).ChangeShares(comp.ShareChange{}, agreed)
	wantError(t, err, "change: the booking has one partner, which shares with nobody", "change.partner_shares: *",
		"change.by.name: *", "change.by.party.side: *", "change.at: *")
}

// comp.contribution_upfront: the contribution of a participant's rep changes by consent of the participant, of the
// partner that leads and of the vendor; another participant has none to give.
func TestAParticipantsContributionChangesByConsentOfThree(t *testing.T) {
	b := shared(primary("ana", acme), supporting("ben", bay, comp.CoSelling))
	for missing, a := range map[string]model.Agreement{
		"": agreeing(us, bay), "partner bay has not consented": agreeing(us), "the vendor has not consented": agreeing(bay),
	} {
		change := comp.ContributionChange{Rep: "ben", Contribution: comp.TechnicalValidation, Agreement: a}
		got, err := compile(t, comp.DefaultPolicy()).ChangeContribution(b, change, agreed)
		if err != nil || missing != "" && (len(got.Missing) != 1 || got.Missing[0].String() != missing) ||
			(missing == "") != (got.Booking.Payees[1].Contribution == comp.TechnicalValidation) {
			t.Errorf("%q: %v, %v", missing, got.Missing, err)
		}
	}
	change := comp.ContributionChange{Rep: "ben", Contribution: comp.CoSelling, Agreement: agreeing(us, bay, cal)}
	_, err := compile(t, comp.DefaultPolicy()).ChangeContribution(b, change, agreed)
	wantError(t, err,
		`change.consents[2].by.party.org: "cal" is none of the partners of the deal; name it among the participants`)
}

// comp.conserve: of two equal parts the odd unit goes to the lower organisation, in whatever order they are stated.
func TestTheOrderOfPartnerSharesDoesNotMatter(t *testing.T) {
	half := value.MustPercent("50%")
	b := deal(rep("ana", acme), rep("ben", bay))
	b.Value, b.LeadPartner = usd("0.01"), "bay"
	b.PartnerShares = []comp.PartnerShare{{Party: bay, Share: half}, {Party: acme, Share: half}}
	for range 2 {
		s := statement(t, under(comp.Split), b)
		wantRows(t, s, "ana 0.01 0.00 0.00", "ben 0.00 0.00 0.00")
		if !s.Lines[0].Leftover || s.Lines[1].Leftover {
			t.Error("the line of ana says that it has the unit that was left over")
		}
		slices.Reverse(b.PartnerShares)
	}
}
