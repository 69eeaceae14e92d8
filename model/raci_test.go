package model_test

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/coselling/coselling/internal/goldentest"
	"github.com/coselling/coselling/model"
)

// The golden file has the view of the three models as a table.
func TestRACIIsAsRecorded(t *testing.T) {
	const file = "testdata/raci.golden"
	var b strings.Builder
	for _, e := range models {
		team := pair()
		team.Consulted = map[model.Responsibility][]string{model.DealDesk: {"zoe", "legal"}}
		roles, err := model.Assign(e, team, model.Origin{Source: model.FromPartner})
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&b, "%s\n", e)
		for _, r := range roles.RACI() {
			line := fmt.Sprintf("  %-58s partner %-2s %-3s  vendor %-2s %-2s  C %s", r.Says, r.Partner, r.PartnerRep, r.Vendor, r.VendorRep, strings.Join(r.Consulted, ", "))
			b.WriteString(strings.TrimSuffix(line, "  C ") + "\n")
		}
	}
	goldentest.Compare(t, file, b.String())
}

// The leader has A and R, a supporter R; joint work has R for both and A for one; a side
// without a part has I; consulted people are C. For any matrix, team and origin exactly one
// side has the A.
func TestExactlyOneSideIsAccountableInRACI(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := genMatrix(t)
		team := genTeam(t, m)
		e := rapid.SampledFrom(models).Draw(t, "engagement")
		o := model.Origin{Source: model.Source(rapid.IntRange(0, 3).Draw(t, "source")), Registrant: model.Registrant(rapid.IntRange(0, 4).Draw(t, "registrant"))}
		roles, err := m.Assign(e, team, o)
		if err != nil {
			t.Fatal(err)
		}
		view := roles.RACI()
		if len(view) != len(m) {
			t.Fatalf("%d lines, want %d", len(view), len(m))
		}
		for i, row := range m {
			cell := row.Under(e)
			want := map[model.Side]string{}
			for _, side := range bothSides {
				answers, _ := accountable(cell, o)
				switch {
				case side == answers:
					want[side] = "AR"
				case cell.Mode == model.Leads && cell.Support == "":
					want[side] = "I"
				default:
					want[side] = "R"
				}
			}
			line := view[i]
			if line.Responsibility != row.Responsibility || line.Says != row.Says || line.Partner != want[model.Partner] || line.Vendor != want[model.Vendor] {
				t.Fatalf("role.single_owner %s: %+v, want %v", row.Responsibility, line, want)
			}
			if strings.Count(line.Partner+line.Vendor, "A") != 1 {
				t.Fatalf("role.single_owner %s: %s and %s", row.Responsibility, line.Partner, line.Vendor)
			}
			if line.PartnerRep != doing(team, model.Partner, row.Responsibility) || line.VendorRep != doing(team, model.Vendor, row.Responsibility) {
				t.Fatalf("%s: reps of %+v", row.Responsibility, line)
			}
			if strings.Join(line.Consulted, ", ") != strings.Join(team.Consulted[row.Responsibility], ", ") {
				t.Fatalf("%s: consulted %q", row.Responsibility, line.Consulted)
			}
		}
	})
}

func TestZeroRolesHaveNoLines(t *testing.T) {
	if got := (model.Roles{}).RACI(); len(got) != 0 {
		t.Errorf("%v", got)
	}
}
