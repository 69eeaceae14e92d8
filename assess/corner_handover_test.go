package assess_test

import (
	"testing"

	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/registration"
	"github.com/coselling/coselling/stage"
)

// reg.deal: a claim that is handed to a party of the deal registers it from then on, one that is handed away until
// then; who filed it decides the model and the origin all the same.
func TestAHandoverMovesTheRegistration(t *testing.T) {
	hand := func(claim *registration.Claim, from, to model.Party) {
		for _, by := range []model.Person{{Name: "rita", Party: from}, {Name: "olga", Party: us}} {
			claim.Events = append(claim.Events, registration.Event{Do: registration.Hand, By: by, To: to, At: november(4, 8)})
		}
	}
	for name, c := range map[string]struct {
		filed, to     model.Party
		before, after model.Registrant
		stage         stage.Stage // after the move of 5 November
	}{
		"to the deal's partner":   {other, acme, model.NoRegistrant, model.ByPartner, stage.Discovery},
		"to another partner":      {acme, other, model.ByPartner, model.NoRegistrant, stage.Identification},
		"from the vendor":         {us, acme, model.ByVendor, model.ByVendor, stage.Discovery},
		"to the vendor":           {acme, us, model.ByPartner, model.ByPartner, stage.Discovery},
		"between other companies": {other, model.PartnerOrg("third"), model.NoRegistrant, model.NoRegistrant, stage.Identification},
	} {
		d, r := small()
		r.Events = r.Events[:2]
		r.Claims[0].Claimant = c.filed
		hand(&r.Claims[0], c.filed, c.to)
		before, after := everything(t, d, r, november(4, 7)), everything(t, d, r, november(6, 9))
		if before.Registration.Registrant != c.before || after.Registration.Registrant != c.after ||
			after.Progress.Stage != c.stage {
			t.Errorf("reg.deal: handed %s: registered by %q, then %q; the stage is %s; %v", name,
				before.Registration.Registrant, after.Registration.Registrant, after.Progress.Stage, after.Missing)
		}
	}
}
