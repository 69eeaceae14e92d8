package model_test

import (
	"errors"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

var (
	acme = model.PartnerOrg("acme")
	us   = model.VendorOrg("us")
)

// pair is the smallest team with both sides.
func pair() model.Team {
	return model.Team{Reps: []model.Rep{{ID: "ana", Party: acme}, {ID: "bo", Party: us}}}
}

// accountable is role.single_owner read from SPEC 2.1, for an unknown topic.
func accountable(c model.Cell, o model.Origin) (side model.Side, decided bool) {
	registrant := map[model.Registrant]model.Side{
		model.ByPartner: model.Partner, model.ByPartnerJoint: model.Partner,
		model.ByVendor: model.Vendor, model.ByVendorJoint: model.Vendor,
	}[o.Registrant]
	source := map[model.Source]model.Side{model.FromPartner: model.Partner, model.FromVendor: model.Vendor}[o.Source]
	order := []model.Side{source, registrant}
	switch c.Mode {
	case model.Leads:
		order = []model.Side{c.Leader}
	case model.Alternates:
		order = []model.Side{registrant, source}
	}
	for _, s := range order {
		if s != 0 {
			return s, true
		}
	}
	return model.Vendor, false
}

func TestEveryResponsibilityHasOneOwner(t *testing.T) {
	for e := model.PartnerLed; e <= model.TrueCoSell; e++ {
		for source := model.UnknownSource; source <= model.FromBoth; source++ {
			for r := model.NoRegistrant; r <= model.ByVendorJoint; r++ {
				origin := model.Origin{Source: source, Registrant: r}
				roles, err := model.Assign(e, pair(), origin)
				if err != nil {
					t.Fatal(err)
				}
				t.Run("role.single_owner "+e.String()+" "+source.String()+" "+r.String(), func(t *testing.T) {
					checkOwners(t, roles, origin)
				})
			}
		}
	}
}

func checkOwners(t *testing.T, roles model.Roles, origin model.Origin) {
	undecided := 0
	for i, row := range model.DefaultMatrix() {
		d := roles.Duties[i]
		side, decided := accountable(row.Under(roles.Engagement), origin)
		if !decided {
			undecided++
		}
		owner := map[model.Side]string{model.Partner: "ana", model.Vendor: "bo"}[side]
		if d.Responsibility != row.Responsibility || d.Accountable.Side != side || d.Owner != owner {
			t.Errorf("%s: %v by %q, want the %v by %q", row.Responsibility, d.Accountable, d.Owner, side, owner)
		}
	}
	if found := len(roles.Findings) == 1 && roles.Findings[0].Code() == model.SingleOwner; found != (undecided > 0) {
		t.Errorf("%d undecided, findings %v", undecided, roles.Findings)
	}
	if undecided > 0 && len(roles.Findings[0].Paths()) != undecided {
		t.Errorf("the finding names %v, want %d", roles.Findings[0].Paths(), undecided)
	}
}

func TestTopicDecidesAlternatingWork(t *testing.T) {
	roles, err := model.Assign(model.TrueCoSell, pair(), model.Origin{Registrant: model.ByPartnerJoint})
	if err != nil {
		t.Fatal(err)
	}
	for topic, want := range map[model.Topic]model.Side{
		model.BusinessProcess: model.Partner, model.Services: model.Partner, model.ImplementationTopic: model.Partner,
		model.Product: model.Vendor, model.Technical: model.Vendor, model.Security: model.Vendor,
		model.Commercial: model.Partner, model.UnknownTopic: model.Partner, // the registrant's
	} {
		d, err := roles.On(model.Meetings, topic)
		if err != nil || d.Accountable.Side != want {
			t.Errorf("%v: %v %v, want the %v", topic, d.Accountable, err, want)
		}
		d, err = roles.On(model.Demo, topic)
		if err != nil || d.Accountable != us {
			t.Errorf("a topic moved work that does not alternate: %v %v", d.Accountable, err)
		}
	}
	if _, err := roles.On("role.tea", model.Product); !errors.Is(err, model.ResponsibilityUnknown) {
		t.Errorf("an unknown responsibility: %v", err)
	}
	if _, err := roles.On(model.Meetings, 99); !errors.Is(err, model.TopicUnknown) {
		t.Errorf("an unknown topic: %v", err)
	}
}

func TestAssignedRepElseLeadRep(t *testing.T) {
	team := model.Team{
		Reps:     []model.Rep{{ID: "ana", Party: acme, Lead: true}, {ID: "ben", Party: acme}, {ID: "bo", Party: us}},
		Assigned: map[model.Responsibility][]string{model.Negotiation: {"ben"}},
	}
	roles, err := model.Assign(model.PartnerLed, team, model.Origin{})
	if err != nil {
		t.Fatal(err)
	}
	team.Assigned[model.Negotiation][0] = "bo" // the roles keep what they were given
	for _, d := range roles.Duties {
		want := "ana"
		if d.Responsibility == model.Negotiation {
			want = "ben"
		}
		if d.Accountable == acme && d.Owner != want {
			t.Errorf("%s is %q's, want %q", d.Responsibility, d.Owner, want)
		}
	}
	if d, err := roles.On(model.Negotiation, model.UnknownTopic); err != nil || d.Owner != "ben" {
		t.Errorf("On: %q %v", d.Owner, err)
	}
}

// role.no_orphan: a side without reps is a finding that names what it leads.
func TestSideWithoutRepIsAFinding(t *testing.T) {
	team := model.Team{Reps: []model.Rep{{ID: "bo", Party: us}}}
	roles, err := model.Assign(model.PartnerLed, team, model.Origin{Source: model.FromPartner})
	if err != nil {
		t.Fatal(err)
	}
	if len(roles.Findings) != 1 || roles.Findings[0].Code() != model.NoOrphan {
		t.Fatalf("%v", roles.Findings)
	}
	leads := map[string]bool{}
	for _, path := range roles.Findings[0].Paths() {
		leads[path] = true
	}
	for _, d := range roles.Duties {
		orphan := d.Accountable.Side == model.Partner
		if leads[string(d.Responsibility)] != orphan || orphan == (d.Owner != "") {
			t.Errorf("%s: accountable %v, owner %q, in the finding %v", d.Responsibility, d.Accountable, d.Owner, leads[string(d.Responsibility)])
		}
	}
	both, err := model.Assign(model.TrueCoSell, model.Team{}, model.Origin{Source: model.FromBoth, Registrant: model.ByVendorJoint})
	if err != nil || len(both.Findings) != 2 {
		t.Errorf("nobody on either side: %v %v", both.Findings, err)
	}
}

func TestAssignReportsEveryProblemAtOnce(t *testing.T) {
	team := model.Team{
		Reps: []model.Rep{
			{ID: "ana", Party: acme}, {ID: "ben", Party: acme}, // no lead
			{ID: "bo", Party: us, Lead: true}, {ID: "bo", Party: us, Lead: true}, // twice, two leads
			{ID: "", Party: model.Party{Side: model.Vendor}}, // no id, no org
		},
		Assigned:  map[model.Responsibility][]string{"role.tea": {"ana"}, model.Demo: {"nobody"}, model.Proposal: {"ana", "ben"}},
		Consulted: map[model.Responsibility][]string{"role.coffee": {"zoe"}},
	}
	_, err := model.Assign(9, team, model.Origin{Source: 9, Registrant: 9})
	for code, path := range map[value.Code]string{
		model.EngagementUnknown: "engagement", model.LeadRep: "team.reps", model.RepID: "team.reps[3].id",
		model.PartyOrg: "team.reps[4].party.org", model.RepUnknown: "team.assigned.role.demo[0]",
		model.ResponsibilityUnknown: "team.consulted", model.SourceUnknown: "origin.source", model.RegistrantUnknown: "origin.registrant",
	} {
		if !errors.Is(err, code) || !strings.Contains(err.Error(), path+":") {
			t.Errorf("%s at %s is missing in\n%v", code, path, err)
		}
	}
	two := model.Team{Reps: []model.Rep{{ID: "ana", Party: acme, Lead: true}, {ID: "cy", Party: model.PartnerOrg("borealis")}}}
	if _, err := model.Assign(model.PartnerLed, two, model.Origin{}); !errors.Is(err, model.TwoOrgs) {
		t.Errorf("two partners on one deal: %v", err)
	}
}

// Whatever team and origin: one accountable side a responsibility, and exactly one
// A in each line of the RACI view.
func TestOwnersProperty(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var team model.Team
		for _, side := range []model.Party{acme, us} {
			for i := range rapid.IntRange(0, 3).Draw(t, "reps") {
				team.Reps = append(team.Reps, model.Rep{ID: side.Org + string(rune('0'+i)), Party: side, Lead: i == 0})
			}
		}
		e := model.Engagement(rapid.IntRange(1, 3).Draw(t, "engagement"))
		o := model.Origin{Source: model.Source(rapid.IntRange(0, 3).Draw(t, "source")), Registrant: model.Registrant(rapid.IntRange(0, 4).Draw(t, "registrant"))}
		roles, err := model.Assign(e, team, o)
		if err != nil {
			t.Fatal(err)
		}
		for i, line := range roles.RACI() {
			d := roles.Duties[i]
			if strings.Count(line.Partner+line.Vendor, "A") != 1 || (line.Partner == "AR") != (d.Accountable.Side == model.Partner) {
				t.Fatalf("%s: partner %s, vendor %s, accountable %v", line.Responsibility, line.Partner, line.Vendor, d.Accountable)
			}
		}
	})
}
