package model_test

import (
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// matrixText is the table of *Responsibilities* in another form: P and V lead, J is joint,
// A alternates. The part of the other side follows the letter, the way in which the work
// is shared follows ~, and a star marks a derived default.
const matrixText = `
role.relationship           | P | V | J~one coordinated outreach plan
role.discovery              | P | V | J~partner takes business process, vendor takes technical requirements
role.meetings               | P | V* | A~by the meeting's topic
role.business_case          | P | V | P*
role.demo                   | V introduces | V | V*
role.proposal               | P supplies product pricing | V supplies services pricing* | J~one proposal
role.negotiation            | P approves its pricing | V approves its services pricing* | J~coordinated
role.contract               | P | V* | J*
role.product_expertise      | V | V* | V*
role.technical_requirements | V* | P | V
role.competitive            | V | V* | V*
role.services_objections    | P | P* | P*
role.deal_desk              | V | V* | V*
role.subject_expert         | V | P~for specific topics | A~by topic*
role.implementation         | P* | P | P*
role.integration            | P* | P | P*
role.deployment             | P* | V delivers | P*`

// says holds the words of the responsibilities, in the same order.
var says = []string{
	"own the prospect relationship and communication", "discovery and qualification", "schedule and lead meetings",
	"present the business case", "product demos", "the commercial proposal", "negotiate commercial terms", "contract and close",
	"product expertise and technical validation of the product", "validate technical requirements",
	"competitive positioning and product objections", "objections about implementation and services",
	"deal desk for complex or non-standard pricing", "join key meetings as subject-matter expert",
	"implementation-services expertise", "integration knowledge", "post-sale deployment",
}

func cellOf(text string) model.Cell {
	var c model.Cell
	text, c.Derived = strings.CutSuffix(text, "*")
	text, c.How, _ = strings.Cut(text, "~")
	letter, support, _ := strings.Cut(text, " ")
	c.Support = support
	switch letter {
	case "P":
		c.Mode, c.Leader = model.Leads, model.Partner
	case "V":
		c.Mode, c.Leader = model.Leads, model.Vendor
	case "J":
		c.Mode = model.Joint
	case "A":
		c.Mode = model.Alternates
	}
	return c
}

func TestDefaultMatrixIsTheSpec(t *testing.T) {
	matrix := model.DefaultMatrix()
	if err := matrix.Check(); err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(matrixText), "\n")
	if len(lines) != 17 || len(lines) != len(matrix) {
		t.Fatalf("%d rows, want %d", len(matrix), len(lines))
	}
	for i, line := range lines {
		cells := strings.Split(line, " | ")
		id := strings.TrimSpace(cells[0])
		row := matrix[i]
		if string(row.Responsibility) != id || row.Says != says[i] {
			t.Errorf("row %d is %q (%q), want %q (%q)", i, row.Responsibility, row.Says, id, says[i])
		}
		for j, e := range models {
			t.Run(id+" "+e.String(), func(t *testing.T) {
				if want := cellOf(strings.TrimSpace(cells[j+1])); row.Under(e) != want {
					t.Errorf("%+v, want %+v", row.Under(e), want)
				}
			})
		}
	}
}

func TestConstantsNameTheDefaultRows(t *testing.T) {
	for i, want := range []model.Responsibility{
		model.Relationship, model.DiscoveryWork, model.Meetings, model.BusinessCase, model.Demo, model.Proposal,
		model.Negotiation, model.Contract, model.ProductExpertise, model.TechnicalRequirements, model.Competitive,
		model.ServicesObjections, model.DealDesk, model.SubjectExpert, model.Implementation, model.IntegrationWork, model.Deployment,
	} {
		if got := model.DefaultMatrix()[i].Responsibility; got != want {
			t.Errorf("row %d is %s, want %s", i, got, want)
		}
	}
}

func TestDefaultMatrixBelongsToTheCaller(t *testing.T) {
	want := fmt.Sprint(model.DefaultMatrix())
	m := model.DefaultMatrix()
	for i := range m {
		m[i] = model.Row{}
	}
	if got := fmt.Sprint(model.DefaultMatrix()); got != want {
		t.Errorf("a caller changed the default matrix: %s", got)
	}
}

func TestARowHasNoCellWithoutAModel(t *testing.T) {
	for _, e := range []model.Engagement{0, 4, 255} {
		if got := model.DefaultMatrix()[0].Under(e); got != (model.Cell{}) {
			t.Errorf("under %d: %+v", e, got)
		}
	}
}

func TestMatrixReportsEveryProblem(t *testing.T) {
	m := model.DefaultMatrix()
	m[1].Responsibility = m[0].Responsibility
	m[2].PartnerLed.Leader = 0
	m[3].TrueCoSell = model.Cell{Mode: model.Joint, Leader: model.Vendor}
	m[4].VendorLed = model.Cell{}
	m[5] = model.Row{}
	problems := []string{
		"[1].responsibility matrix.incomplete", "[2].partner_led matrix.incomplete", "[3].true_co_sell matrix.incomplete",
		"[4].vendor_led matrix.incomplete", "[5].responsibility fact.id", "[5].partner_led matrix.incomplete",
		"[5].vendor_led matrix.incomplete", "[5].true_co_sell matrix.incomplete",
	}
	wantProblems(t, m.Check(), problems...)
	for i := range problems {
		problems[i] = "matrix" + problems[i]
	}
	roles, err := m.Assign(model.PartnerLed, model.Team{}, model.Origin{})
	wantProblems(t, err, problems...)
	if !reflect.DeepEqual(roles, model.Roles{}) {
		t.Errorf("roles beside an error: %+v", roles)
	}
	for _, empty := range []model.Matrix{nil, {}} {
		wantProblems(t, empty.Check(), " matrix.incomplete")
		if got := empty.Check().Error(); got != "an empty matrix says nothing about who does what" {
			t.Error(got)
		}
		if _, err := empty.Assign(model.PartnerLed, pair(), model.Origin{}); !errors.Is(err, value.Code("matrix.incomplete")) {
			t.Errorf("an empty matrix is assigned: %v", err)
		}
	}
	x := model.Row{Responsibility: "x", PartnerLed: cellOf("P"), VendorLed: cellOf("P"), TrueCoSell: cellOf("J")}
	m = model.Matrix{x, x}
	m[0].PartnerLed = model.Cell{Mode: model.Joint, Leader: model.Vendor}
	const want = `[0].partner_led: mode "joint" with leader "vendor" does not say who is accountable; one side leads, or the work is joint or alternates and has no leader` +
		"\n" + `[1].responsibility: "x" stands there twice`
	if err := m.Check(); err == nil || err.Error() != want {
		t.Errorf("%v", err)
	}
}

// role.single_owner: a cell is accepted exactly where it names the accountable side.
func TestCellsSayWhoIsAccountable(t *testing.T) {
	for mode := range model.Mode(6) {
		for leader := range model.Side(5) {
			shared := (mode == model.Joint || mode == model.Alternates) && leader == 0
			led := mode == model.Leads && (leader == model.Partner || leader == model.Vendor)
			for _, e := range models {
				m := model.Matrix{{Responsibility: "x", PartnerLed: cellOf("P"), VendorLed: cellOf("V"), TrueCoSell: cellOf("A")}}
				cell := map[model.Engagement]*model.Cell{
					model.PartnerLed: &m[0].PartnerLed, model.VendorLed: &m[0].VendorLed, model.TrueCoSell: &m[0].TrueCoSell,
				}[e]
				*cell = model.Cell{Mode: mode, Leader: leader}
				if err := m.Check(); (err == nil) != (shared || led) {
					t.Errorf("mode %d, leader %d under %v: %v", mode, leader, e, err)
				}
			}
		}
	}
}

// A host changes a row, drops one and adds one; the others stay.
func TestAHostChangesTheMatrix(t *testing.T) {
	m := model.DefaultMatrix()[1:]
	m[0].PartnerLed = model.Cell{Mode: model.Leads, Leader: model.Vendor, Support: "introduces"}
	m = append(m, model.Row{Responsibility: "acme.training", Says: "train the users", PartnerLed: cellOf("P"), VendorLed: cellOf("P"), TrueCoSell: cellOf("A")})
	team := pair()
	team.Reps = append(team.Reps, model.Rep{ID: "tom", Party: acme})
	team.Reps[0].Lead = true
	team.Assigned = map[model.Responsibility][]string{"acme.training": {"tom"}}
	roles, err := m.Assign(model.PartnerLed, team, model.Origin{})
	if err != nil {
		t.Fatal(err)
	}
	first, last := roles.Duties[0], roles.Duties[len(roles.Duties)-1]
	if len(roles.Duties) != 17 || first.Responsibility != model.DiscoveryWork || first.Owner != "bo" || first.PartnerRep != "ana" {
		t.Errorf("the changed row: %d duties, %+v", len(roles.Duties), first)
	}
	if last.Responsibility != "acme.training" || last.Says != "train the users" || last.Owner != "tom" || last.VendorRep != "" {
		t.Errorf("the added row: %+v", last)
	}
	if _, err := roles.On(model.Relationship, model.UnknownTopic); !errors.Is(err, value.Code("role.unknown")) {
		t.Errorf("the dropped row: %v", err)
	}
	_, err = model.Assign(model.PartnerLed, team, model.Origin{})
	wantProblems(t, err, "team.assigned role.unknown")
	_, err = m.Assign(model.PartnerLed, model.Team{Assigned: map[model.Responsibility][]string{model.Relationship: nil}}, model.Origin{})
	wantProblems(t, err, "team.assigned role.unknown")
}
