package model_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/coselling/coselling/model"
)

// TestRACIGolden pins the view of the three models; the file reads as a table.
func TestRACIGolden(t *testing.T) {
	const file = "testdata/raci.golden"
	var b strings.Builder
	for e := model.PartnerLed; e <= model.TrueCoSell; e++ {
		team := pair()
		team.Consulted = map[model.Responsibility][]string{model.DealDesk: {"zoe", "legal"}}
		roles, err := model.Assign(e, team, model.Origin{Source: model.FromPartner})
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&b, "%s\n", e)
		for _, r := range roles.RACI() {
			fmt.Fprintf(&b, "  %-58s partner %-2s %-3s  vendor %-2s %-2s  C %s\n", r.Says, r.Partner, r.PartnerRep, r.Vendor, r.VendorRep, strings.Join(r.Consulted, ", "))
		}
	}
	if os.Getenv("COSELLING_UPDATE") == "1" {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if b.String() != string(want) {
		t.Errorf("the view changed; if this is meant, set COSELLING_UPDATE=1\n%s", b.String())
	}
}
