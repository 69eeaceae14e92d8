package model_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/coselling/coselling/model"
)

// matrixText is SPEC 2.1 typed once more, in another form: P and V lead, J is
// joint, A alternates; after the letter what the other side does, behind ~ how the
// work is shared; a star is a derived default.
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
	if len(lines) != len(matrix) {
		t.Fatalf("%d rows, want %d", len(matrix), len(lines))
	}
	for i, line := range lines {
		cells := strings.Split(line, " | ")
		id := strings.TrimSpace(cells[0])
		t.Run(id, func(t *testing.T) {
			row := matrix[i]
			if string(row.Responsibility) != id || row.Says == "" {
				t.Fatalf("row %d is %q (%q)", i, row.Responsibility, row.Says)
			}
			for j, e := range []model.Engagement{model.PartnerLed, model.VendorLed, model.TrueCoSell} {
				if want := cellOf(strings.TrimSpace(cells[j+1])); row.Under(e) != want {
					t.Errorf("%v: %+v, want %+v", e, row.Under(e), want)
				}
			}
		})
	}
}

func TestDefaultMatrixBelongsToTheCaller(t *testing.T) {
	model.DefaultMatrix()[0] = model.Row{}
	if model.DefaultMatrix()[0].Responsibility != model.Relationship {
		t.Error("a caller changed the default matrix")
	}
}

func TestMatrixReportsEveryProblem(t *testing.T) {
	m := model.DefaultMatrix()
	m[1].Responsibility = m[0].Responsibility
	m[2].PartnerLed.Leader = 0
	m[3].TrueCoSell = model.Cell{Mode: model.Joint, Leader: model.Vendor}
	m[4].VendorLed = model.Cell{}
	err := m.Check()
	if !errors.Is(err, model.MatrixIncomplete) {
		t.Fatalf("%v", err)
	}
	for _, path := range []string{"[1].responsibility", "[2].partner_led", "[3].true_co_sell", "[4].vendor_led"} {
		if !strings.Contains(err.Error(), path+":") {
			t.Errorf("%s is not in\n%v", path, err)
		}
	}
	if err := (model.Matrix{}).Check(); !errors.Is(err, model.MatrixIncomplete) {
		t.Errorf("an empty matrix: %v", err)
	}
}
