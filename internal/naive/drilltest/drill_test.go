package drilltest

import (
	"testing"

	"pgregory.net/rapid"

	"github.com/coselling/coselling/escalation"
	"github.com/coselling/coselling/model"
)

func roster() (r escalation.Roster) {
	for _, party := range []model.Party{model.PartnerOrg("acme"), model.VendorOrg("us")} {
		r.People = append(r.People,
			escalation.Member{Name: party.Org + " manager", Party: party,
				Functions: []escalation.Function{escalation.Manager, escalation.Executive}},
			escalation.Member{Name: party.Org + " desk", Party: party,
				Functions: []escalation.Function{escalation.DealDesk, escalation.Legal}})
	}
	return r
}

// Each drill agrees with its naive model, and gives the same for the same seed.
func TestDrillsAgreeWithTheirModels(t *testing.T) {
	drills, err := All(roster())
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range drills {
		for seed := range uint64(3) {
			if problem := d.Run(seed * 100); problem != "" {
				t.Errorf("%s: %s", d.Name, problem)
			}
		}
	}
}

// What a play finds is returned, whichever way it says so; what it skips is nothing.
func TestADrillSaysWhatItFinds(t *testing.T) {
	for want, play := range map[string]func(*rapid.T){
		"it differs":        func(t *rapid.T) { t.Fatal("it differs") },
		"an answer differs": func(t *rapid.T) { t.Error("it differs") },
		"a panic":           func(*rapid.T) { panic("a panic") },
		"":                  func(t *rapid.T) { t.Skip("nothing") },
	} {
		if got := (Drill{Name: "d", play: play}).Run(1); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
