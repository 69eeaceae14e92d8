package escalation_test

import (
	"slices"
	"testing"

	"github.com/coselling/coselling/escalation"
	"github.com/coselling/coselling/model"
)

// section 7, esc.total: of a deal with several partners the people of each company concerned are called, each by its
// own roster with its stand-ins, and of a company without a roster its rep; anybody of the deal may act on the case.
func TestEachCompanyConcernedIsCalledByItsRoster(t *testing.T) {
	integra, resell := model.PartnerOrg("integra"), model.PartnerOrg("resell")
	own := exampleRoster()
	for i := range own.People {
		if m := &own.People[i]; m.Party == acme {
			m.Party, m.Name = integra, "i-"+m.Name
		}
	}
	own.Absences = []escalation.Absence{{Name: "i-mia", From: date("2026-11-23"), Until: date("2026-11-24"), StandIn: "i-eli"}}
	routes := defaultRoutes(t)
	ida := model.Person{Name: "ida", Party: integra}
	companies := []escalation.Company{{Party: acme, Rep: "ana", Roster: routes},
		{Party: integra, Rep: "ida", Roster: compile(t, escalation.DefaultPolicy(), own), Called: true},
		{Party: resell, Rep: "rob", Called: true}, {Party: model.PartnerOrg("market"), Called: true},
		{Party: us, Rep: "bo", Roster: routes, Called: true}}
	r := routes.Among(companies...)
	companies[1].Called = false // the rules keep a copy
	d := deal()
	d.PartnerLead = "" // which is needed of a company that is called
	for kind, want := range map[escalation.BlockerKind]struct {
		people []string
		reason string
	}{
		escalation.Scheduling: {[]string{"ida", "rob", "bo"},
			"scheduling: for the lead reps of the companies concerned, who respond within 24 hours"},
		escalation.InternalCoordination: {[]string{"i-eli", "rob", "noor"},
			"internal_coordination: for the sales managers of the companies concerned, who respond within 1 business day"},
	} {
		b := escalation.Blocker{Deal: d, Kind: kind, Raised: instant(23, 9), By: ida}
		route, err := r.Route(b, instant(23, 10))
		if err != nil || route.Reason.String() != want.reason {
			t.Errorf("esc.total: %s: %q, %v", kind, route.Reason, err)
		}
		c, err := r.Raise(escalation.Case{}, b)
		if err != nil {
			t.Fatal(err)
		}
		c, err = r.Acknowledge(c, d, escalation.Event{By: model.Person{Name: "rob", Party: resell}, At: instant(23, 11)})
		if err != nil {
			t.Fatal(err)
		}
		state, err := r.State(c, d, instant(23, 12))
		if err != nil || state.Route.Reason.String() != want.reason {
			t.Errorf("esc.total: %s: %q, %v", kind, state.Route.Reason, err)
		}
		for _, one := range []escalation.Route{route, state.Route} {
			var people []string
			for _, contact := range one.People() {
				people = append(people, contact.Person.Name)
			}
			if !slices.Equal(people, want.people) {
				t.Errorf("section 7: %s calls %q, want %q", kind, people, want.people)
			}
		}
		if kind == escalation.Scheduling {
			_, err = r.Route(b, instant(23, 10))
			companies[0].Called = true
			_, called := routes.Among(companies...).Route(b, instant(23, 10))
			if err != nil || called == nil {
				t.Errorf("section 7: level 1 needs the lead rep of a company that is called: %v, %v", err, called)
			}
		}
		b.By.Party = model.PartnerOrg("other")
		_, err = r.Raise(escalation.Case{}, b)
		wantError(t, err, `by.party: "partner other" is not "partner acme", whose roster this is`)
	}
	if routes.Among() != routes || (*escalation.Rules)(nil).Among(companies...) != nil {
		t.Error("Among: without companies the rules are others")
	}
}
