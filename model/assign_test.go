package model_test

import (
	"fmt"
	"slices"
	"strconv"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// accountable is role.single_owner, written once more, for an unknown topic.
func accountable(c model.Cell, o model.Origin) (side model.Side, decided bool) {
	registrant := meaning[o.Registrant].claimant
	source := map[model.Source]model.Side{model.FromPartner: model.Partner, model.FromVendor: model.Vendor}[o.Source]
	order := []model.Side{registrant, source}
	if c.Mode == model.Leads {
		order = []model.Side{c.Leader}
	}
	for _, s := range order {
		if s != 0 {
			return s, true
		}
	}
	return model.Partner, o.Source == model.FromBoth
}

// CASES C11: who filed the registration answers for shared work, else the source, else the partner.
func TestSharedWorkFollowsRegistrationThenSource(t *testing.T) {
	for _, c := range []struct {
		source     model.Source
		registrant model.Registrant
		want       model.Side
	}{
		{model.FromPartner, model.ByVendor, model.Vendor},
		{model.FromVendor, model.ByPartnerJoint, model.Partner},
		{model.FromBoth, model.ByVendor, model.Vendor},
		{model.FromBoth, model.ByVendorJoint, model.Vendor},
		{model.UnknownSource, model.ByPartnerJoint, model.Partner},
		{model.FromVendor, model.NoRegistrant, model.Vendor},
		{model.FromBoth, model.NoRegistrant, model.Partner},
		{model.UnknownSource, model.NoRegistrant, model.Partner},
	} {
		t.Run(fmt.Sprintf("role.single_owner from %s registered by %s", c.source, c.registrant), func(t *testing.T) {
			roles, err := model.Assign(model.TrueCoSell, pair(), model.Origin{Source: c.source, Registrant: c.registrant})
			if err != nil {
				t.Fatal(err)
			}
			if got := roles.Duties[0].Accountable.Side; got != c.want {
				t.Errorf("joint work is the %v's, want the %v's", got, c.want)
			}
			if got := roles.Duties[2].Accountable.Side; got != c.want {
				t.Errorf("alternating work is the %v's, want the %v's", got, c.want)
			}
		})
	}
}

// Where neither the source nor a registration is known, the partner is accountable for
// shared work, and a finding lists that work.
func TestUndecidedWorkIsAFinding(t *testing.T) {
	shared := []string{"role.relationship", "role.discovery", "role.meetings", "role.proposal", "role.negotiation", "role.contract", "role.subject_expert"}
	for _, e := range models {
		everyOrigin(func(o model.Origin) {
			roles, err := model.Assign(e, pair(), o)
			if err != nil {
				t.Fatal(err)
			}
			undecided := e == model.TrueCoSell && o == model.Origin{}
			if roles.Engagement != e {
				t.Errorf("the roles are for %v, want %v", roles.Engagement, e)
			}
			if !undecided {
				if roles.Findings != nil {
					t.Errorf("role.single_owner %v %+v: %v", e, o, roles.Findings)
				}
				return
			}
			if !slices.Equal(codesOf(roles.Findings), []value.Code{"role.single_owner"}) || !slices.Equal(roles.Findings[0].Paths(), shared) {
				t.Errorf("role.single_owner %v %+v: %v", e, o, roles.Findings)
			}
		})
	}
}

// One shared row is enough for the finding.
func TestOneUndecidedRowIsAFinding(t *testing.T) {
	m := model.Matrix{{Responsibility: "x", PartnerLed: cellOf("P"), VendorLed: cellOf("V"), TrueCoSell: cellOf("J")}}
	roles, err := m.Assign(model.TrueCoSell, pair(), model.Origin{})
	if err != nil || !slices.Equal(codesOf(roles.Findings), []value.Code{"role.single_owner"}) || roles.Duties[0].Owner != "ana" {
		t.Errorf("role.single_owner: %+v %v", roles, err)
	}
}

// role.no_orphan: a side without reps is a finding that names the side and the
// responsibilities that it leads, not an error.
func TestSideWithoutRepIsAFinding(t *testing.T) {
	vendorOnly := model.Team{Reps: []model.Rep{{ID: "bo", Party: us}}}
	t.Run("role.no_orphan no partner rep", func(t *testing.T) {
		roles, err := model.Assign(model.VendorLed, vendorOnly, model.Origin{Source: model.FromVendor})
		if err != nil {
			t.Fatal(err)
		}
		leads := []string{"role.technical_requirements", "role.services_objections", "role.subject_expert", "role.implementation", "role.integration"}
		if !slices.Equal(codesOf(roles.Findings), []value.Code{"role.no_orphan"}) || !slices.Equal(roles.Findings[0].Paths(), leads) {
			t.Errorf("%v", roles.Findings)
		}
		for _, d := range roles.Duties {
			if orphan := slices.Contains(leads, string(d.Responsibility)); orphan != (d.Owner == "") || orphan && d.Accountable != (model.Party{Side: model.Partner}) {
				t.Errorf("%s: %v by %q", d.Responsibility, d.Accountable, d.Owner)
			}
		}
	})
	t.Run("role.no_orphan nobody on either side", func(t *testing.T) {
		roles, err := model.Assign(model.TrueCoSell, model.Team{}, model.Origin{})
		if err != nil || !slices.Equal(codesOf(roles.Findings), []value.Code{"role.single_owner", "role.no_orphan", "role.no_orphan"}) {
			t.Fatalf("%v %v", roles.Findings, err)
		}
		if !slices.Equal(texts(roles.Findings), []string{
			"neither the deal's source nor a registration is known, so the partner is accountable for shared work",
			"the partner side has no rep; 12 responsibilities are without an owner",
			"the vendor side has no rep; 5 responsibilities are without an owner",
		}) {
			t.Errorf("%q", texts(roles.Findings))
		}
	})
	t.Run("role.no_orphan a side that leads nothing", func(t *testing.T) {
		m := model.Matrix{{Responsibility: "x", PartnerLed: cellOf("P"), VendorLed: cellOf("V"), TrueCoSell: cellOf("J")}}
		roles, err := m.Assign(model.VendorLed, vendorOnly, model.Origin{})
		if err != nil || !slices.Equal(codesOf(roles.Findings), []value.Code{"role.no_orphan"}) || roles.Findings[0].Paths() != nil {
			t.Errorf("%v %v", roles.Findings, err)
		}
	})
}

func TestAssignedRepElseLeadRep(t *testing.T) {
	team := model.Team{
		Reps:     []model.Rep{{ID: "ben", Party: acme}, {ID: "ana", Party: acme, Lead: true}, {ID: "bo", Party: us}},
		Assigned: map[model.Responsibility][]string{model.Negotiation: {"ben"}, model.Proposal: {"bo", "ben"}, model.Demo: {"ben"}, model.Contract: {"bo"}},
	}
	roles, err := model.Assign(model.PartnerLed, team, model.Origin{})
	if err != nil {
		t.Fatal(err)
	}
	type reps struct{ owner, partner, vendor string }
	want := map[model.Responsibility]reps{
		model.Relationship: {"ana", "ana", ""},   // nobody assigned; the vendor is informed
		model.Negotiation:  {"ben", "ben", "bo"}, // assigned; the vendor approves
		model.Proposal:     {"ben", "ben", "bo"},
		model.Demo:         {"bo", "ben", "bo"}, // the vendor leads, the partner introduces
		model.Contract:     {"ana", "ana", ""},  // only the other side's rep is assigned
		model.Competitive:  {"bo", "", "bo"},
	}
	for _, d := range roles.Duties {
		if w, ok := want[d.Responsibility]; ok && w != (reps{d.Owner, d.PartnerRep, d.VendorRep}) {
			t.Errorf("%s: %+v, want %+v", d.Responsibility, d, w)
		}
	}
}

// genTeam draws up to three reps of each side, the first of several as the lead rep, and
// assigns some of them.
func genTeam(t *rapid.T, m model.Matrix) model.Team {
	team := model.Team{Assigned: map[model.Responsibility][]string{}, Consulted: map[model.Responsibility][]string{}}
	ids := map[model.Party][]string{}
	for _, party := range []model.Party{acme, us} {
		n := rapid.IntRange(0, 3).Draw(t, "reps")
		lead := rapid.IntRange(0, max(0, n-1)).Draw(t, "lead")
		for i := range n {
			id := party.Org + strconv.Itoa(i)
			ids[party] = append(ids[party], id)
			team.Reps = append(team.Reps, model.Rep{ID: id, Party: party, Lead: i == lead && (n > 1 || rapid.Bool().Draw(t, "said"))})
		}
	}
	team.Reps = rapid.Permutation(team.Reps).Draw(t, "order")
	for _, row := range m {
		for _, party := range []model.Party{us, acme} {
			if len(ids[party]) > 0 && rapid.Bool().Draw(t, "assigned") {
				team.Assigned[row.Responsibility] = append(team.Assigned[row.Responsibility], rapid.SampledFrom(ids[party]).Draw(t, "rep"))
			}
		}
		if rapid.IntRange(0, 5).Draw(t, "consulted") == 0 {
			team.Consulted[row.Responsibility] = []string{"legal", "zoe"}
		}
	}
	return team
}

func genMatrix(t *rapid.T) model.Matrix {
	m := rapid.Permutation(model.DefaultMatrix()).Draw(t, "matrix")
	cell := rapid.SampledFrom([]model.Cell{cellOf("P"), cellOf("V"), cellOf("P helps"), cellOf("V helps"), cellOf("J"), cellOf("A")})
	for i := range m {
		m[i].PartnerLed, m[i].VendorLed, m[i].TrueCoSell = cell.Draw(t, "cell"), cell.Draw(t, "cell"), cell.Draw(t, "cell")
	}
	return m
}

// doing returns the rep of a side for a responsibility, by the words of role.single_owner.
func doing(team model.Team, side model.Side, r model.Responsibility) string {
	lead := ""
	reps := 0
	for _, rep := range team.Reps {
		if rep.Party.Side != side {
			continue
		}
		if slices.Contains(team.Assigned[r], rep.ID) {
			return rep.ID
		}
		reps++
		if rep.Lead || lead == "" && reps == 1 {
			lead = rep.ID
		}
	}
	return lead
}

// role.single_owner: for any matrix, team and origin, each responsibility has one
// accountable side, and its rep is the assigned one, else the lead rep.
func TestEachResponsibilityHasOneAccountableSide(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := genMatrix(t)
		team := genTeam(t, m)
		e := rapid.SampledFrom(models).Draw(t, "engagement")
		o := model.Origin{Source: model.Source(rapid.IntRange(0, 3).Draw(t, "source")), Registrant: model.Registrant(rapid.IntRange(0, 4).Draw(t, "registrant"))}
		roles, err := m.Assign(e, team, o)
		if err != nil {
			t.Fatal(err)
		}
		var undecided []string
		orphans := map[model.Side][]string{}
		for i, row := range m {
			cell := row.Under(e)
			side, decided := accountable(cell, o)
			if !decided {
				undecided = append(undecided, string(row.Responsibility))
			}
			want := model.Duty{
				Responsibility: row.Responsibility, Says: row.Says, Cell: cell, Accountable: model.Party{Side: side},
				Owner: doing(team, side, row.Responsibility), Consulted: team.Consulted[row.Responsibility],
			}
			if want.Owner == "" {
				orphans[side] = append(orphans[side], want.Says)
			} else {
				want.Accountable = map[model.Side]model.Party{model.Partner: acme, model.Vendor: us}[side]
			}
			helps := cell.Support != "" || cell.Mode != model.Leads
			if helps || side == model.Partner {
				want.PartnerRep = doing(team, model.Partner, row.Responsibility)
			}
			if helps || side == model.Vendor {
				want.VendorRep = doing(team, model.Vendor, row.Responsibility)
			}
			if diff := cmp.Diff(want, roles.Duties[i]); diff != "" {
				t.Fatalf("role.single_owner %s under %v (-want +got):\n%s", row.Responsibility, e, diff)
			}
		}
		checkFindings(t, roles, team, undecided, orphans)
	})
}

func checkFindings(t *rapid.T, roles model.Roles, team model.Team, undecided []string, orphans map[model.Side][]string) {
	findings := roles.Findings
	if undecided != nil {
		if len(findings) == 0 || findings[0].Code() != model.SingleOwner || !slices.Equal(findings[0].Paths(), undecided) {
			t.Fatalf("role.single_owner: %v, want one about %v", findings, undecided)
		}
		findings = findings[1:]
	}
	for _, side := range bothSides {
		if slices.ContainsFunc(team.Reps, func(r model.Rep) bool { return r.Party.Side == side }) {
			continue
		}
		if len(findings) == 0 || findings[0].Code() != model.NoOrphan || len(findings[0].Paths()) != len(orphans[side]) {
			t.Fatalf("role.no_orphan: %v, want one about the %v and %v", findings, side, orphans[side])
		}
		findings = findings[1:]
	}
	if len(findings) > 0 {
		t.Fatalf("findings without ground: %v", findings)
	}
}

// Changing an argument or a returned slice later does not change the roles.
func TestRolesShareNothingWithTheCaller(t *testing.T) {
	matrix := model.DefaultMatrix()
	team := model.Team{
		Reps:      []model.Rep{{ID: "ana", Party: acme, Lead: true}, {ID: "ben", Party: acme}, {ID: "bo", Party: us}},
		Assigned:  map[model.Responsibility][]string{model.Negotiation: {"ben"}},
		Consulted: map[model.Responsibility][]string{model.Negotiation: {"zoe", "legal"}},
	}
	roles, err := matrix.Assign(model.PartnerLed, team, model.Origin{})
	if err != nil {
		t.Fatal(err)
	}
	show := func() string {
		d, err := roles.On(model.Negotiation, model.Commercial)
		return fmt.Sprint(roles.Duties, roles.RACI(), d, err)
	}
	before := show()
	matrix[6] = model.Row{}
	team.Reps[0].ID, team.Reps[1].Party = "changed", us
	team.Assigned[model.Negotiation][0] = "bo"
	team.Consulted[model.Negotiation][0] = "changed"
	delete(team.Assigned, model.Negotiation)
	roles.RACI()[6].Consulted[0] = "changed"
	d, err := roles.On(model.Negotiation, model.Commercial)
	if err != nil {
		t.Fatal(err)
	}
	d.Consulted[0] = "changed"
	if after := show(); after != before {
		t.Errorf("roles changed from\n%s\nto\n%s", before, after)
	}
}
