package model_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/coselling/coselling/model"
)

func TestMalformedTeamsAreRefused(t *testing.T) {
	reps := func(list ...model.Rep) model.Team { return model.Team{Reps: list} }
	assigned := func(ids ...string) model.Team {
		team := reps(model.Rep{ID: "ana", Party: acme, Lead: true}, model.Rep{ID: "ben", Party: acme}, model.Rep{ID: "bo", Party: us})
		team.Assigned = map[model.Responsibility][]string{model.Demo: ids}
		return team
	}
	consulted := func(ids ...string) model.Team {
		team := pair()
		team.Consulted = map[model.Responsibility][]string{model.Demo: ids}
		return team
	}
	for name, c := range map[string]struct {
		team     model.Team
		problems []string
	}{
		"nobody":                      {model.Team{}, nil},
		"one a side":                  {pair(), nil},
		"alone and the lead rep":      {reps(model.Rep{ID: "ana", Party: acme, Lead: true}), nil},
		"one lead rep a side":         {reps(model.Rep{ID: "ana", Party: acme}, model.Rep{ID: "ben", Party: acme, Lead: true}, model.Rep{ID: "bo", Party: us}), nil},
		"ids differ bytewise":         {reps(model.Rep{ID: "ana", Party: acme}, model.Rep{ID: "Ana", Party: us}), nil},
		"no id":                       {reps(model.Rep{Party: acme}), []string{"team.reps[0].id team.rep_id"}},
		"an id twice":                 {reps(model.Rep{ID: "ana", Party: acme}, model.Rep{ID: "ana", Party: us}), []string{"team.reps[1].id team.rep_id"}},
		"no side":                     {reps(model.Rep{ID: "ana"}), []string{"team.reps[0].party.side side.unknown"}},
		"no organisation":             {reps(model.Rep{ID: "ana", Party: model.PartnerOrg("")}), []string{"team.reps[0].party.org party.org"}},
		"no lead rep":                 {reps(model.Rep{ID: "ana", Party: acme}, model.Rep{ID: "ben", Party: acme}), []string{"team.reps team.lead_rep"}},
		"two lead reps":               {reps(model.Rep{ID: "ana", Party: us, Lead: true}, model.Rep{ID: "ben", Party: us, Lead: true}, model.Rep{ID: "bo", Party: us}), []string{"team.reps team.lead_rep"}},
		"two partners":                {reps(model.Rep{ID: "ana", Party: acme, Lead: true}, model.Rep{ID: "cy", Party: borealis}), []string{"team.reps[1].party.org team.two_orgs"}},
		"two partners, none leads":    {reps(model.Rep{ID: "ana", Party: acme}, model.Rep{ID: "cy", Party: borealis}), []string{"team.reps team.lead_rep", "team.reps[1].party.org team.two_orgs"}},
		"nobody's rep is no 2nd org":  {reps(model.Rep{ID: "ana", Party: acme, Lead: true}, model.Rep{ID: "cy", Party: model.PartnerOrg("")}), []string{"team.reps[1].party.org party.org"}},
		"one rep a side assigned":     {assigned("bo", "ben"), nil},
		"nobody assigned":             {assigned(), nil},
		"two of a side assigned":      {assigned("ana", "bo", "ben"), []string{"team.assigned.role.demo[2] team.rep_id"}},
		"a stranger assigned":         {assigned("zoe", "bo"), []string{"team.assigned.role.demo[0] team.rep_unknown"}},
		"strangers and more":          {assigned("", "ana", "zoe", "ana"), []string{"team.assigned.role.demo[0] team.rep_unknown", "team.assigned.role.demo[2] team.rep_unknown", "team.assigned.role.demo[3] team.rep_id"}},
		"strangers may be consulted":  {consulted("zoe", "bo"), nil},
		"nobody with a name":          {consulted("zoe", ""), []string{"team.consulted.role.demo[1] team.rep_id"}},
		"a person consulted twice":    {consulted("zoe", "bo", "zoe"), []string{"team.consulted.role.demo[2] team.rep_id"}},
		"reps without side, assigned": {model.Team{Reps: []model.Rep{{ID: "x"}, {ID: "y"}}, Assigned: map[model.Responsibility][]string{model.Demo: {"x", "y"}}}, []string{"team.reps[0].party.side side.unknown", "team.reps[1].party.side side.unknown"}},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := model.Assign(model.PartnerLed, c.team, model.Origin{Source: model.FromPartner})
			wantProblems(t, err, c.problems...)
		})
	}
}

func TestAssignReportsEveryProblemAtOnce(t *testing.T) {
	team := model.Team{
		Reps: []model.Rep{
			{ID: "ana", Party: acme}, {ID: "ben", Party: acme}, // no lead
			{ID: "bo", Party: us, Lead: true}, {ID: "bo", Party: us, Lead: true}, // twice, two leads
			{ID: "", Party: model.VendorOrg("")}, // no id, no org
		},
		Assigned:  map[model.Responsibility][]string{"role.tea": {"ana"}, model.Demo: {"nobody"}, model.Proposal: {"ana", "ben"}},
		Consulted: map[model.Responsibility][]string{"role.coffee": {"zoe"}, "role.cake": nil},
	}
	matrix := model.DefaultMatrix()
	matrix[0].PartnerLed = model.Cell{}
	_, err := matrix.Assign(9, team, model.Origin{Source: 9, Registrant: 9})
	wantProblems(t, err,
		"matrix[0].partner_led matrix.incomplete", "engagement engagement.unknown",
		"team.reps[3].id team.rep_id", "team.reps[4].id team.rep_id", "team.reps[4].party.org party.org",
		"team.reps team.lead_rep", "team.reps team.lead_rep",
		"team.assigned role.unknown", "team.assigned.role.demo[0] team.rep_unknown", "team.assigned.role.proposal[1] team.rep_id",
		"team.consulted role.unknown", "team.consulted role.unknown",
		"origin.source source.unknown", "origin.registrant registrant.unknown",
	)
	for range 20 { // maps are walked in no order; errors have one
		if _, again := matrix.Assign(9, team, model.Origin{Source: 9, Registrant: 9}); again.Error() != err.Error() {
			t.Fatalf("the order of the errors changes:\n%v\n\n%v", err, again)
		}
	}
	for _, sentence := range []string{
		"team.reps: the partner side has 0 lead reps; among several reps exactly one leads",
		"team.reps: the vendor side has 2 lead reps; among several reps exactly one leads",
		`team.assigned: "role.tea" is no responsibility of the matrix`,
		`team.assigned.role.demo[0]: "nobody" is not on the team`,
		`team.assigned.role.proposal[1]: "ben" is the second rep of the partner for this; name one a side`,
	} {
		if !strings.Contains(err.Error(), sentence+"\n") {
			t.Errorf("%s is not in\n%v", sentence, err)
		}
	}
}

// role.single_owner: an empty list of a responsibility names nobody, so the lead reps do it, and nobody is consulted.
func TestEmptyListNamesNobody(t *testing.T) {
	for _, none := range [][]string{nil, {}} {
		team := pair()
		team.Assigned = map[model.Responsibility][]string{model.Meetings: none}
		team.Consulted = map[model.Responsibility][]string{model.Meetings: none}
		roles, err := model.Assign(model.TrueCoSell, team, model.Origin{Source: model.FromVendor})
		if err != nil {
			t.Fatal(err)
		}
		want, err := model.Assign(model.TrueCoSell, pair(), model.Origin{Source: model.FromVendor})
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want.Duties, roles.Duties, cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("role.single_owner, %#v (-want +got):\n%s", none, diff)
		}
	}
}
