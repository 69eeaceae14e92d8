package assess

import (
	"github.com/coselling/coselling/comms"
	"github.com/coselling/coselling/deal"
	"github.com/coselling/coselling/registration"
)

// Names of facts by their ids, as [deal.NameOf] makes them.

func activityName(id string) string { return deal.NameOf(comms.Activity{ID: id}) }
func claimName(id string) string    { return deal.NameOf(registration.Claim{ID: id}) }
func blockerName(id string) string  { return deal.NameOf(deal.Blocker{ID: id}) }
