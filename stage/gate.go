package stage

import (
	"slices"

	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// gateTable lists the gates that this package knows how to judge and a playbook may
// ask for; their order is that in which shut ones are reported.
var gateTable = [...]value.Code{
	GateRegistered, GateSupportConfirmed, GatePartnerEngaged, GateQualified, GateSingleProposal,
	GatePricingApproved, GateContractsExecuted, GateCRMUpdated, GateTasks,
}

// sides are the two sides of a deal, in the order in which they are reported.
var sides = [...]model.Side{model.Partner, model.Vendor}

// registeredBit stands for gate.registered, the first of the table and the only gate
// that depends on the instant.
const registeredBit gateSet = 1

func isBuiltIn(gate value.Code) bool { return slices.Contains(gateTable[:], gate) }

// texts returns ids as texts.
func texts[T ~string](ids []T) []string {
	list := make([]string, len(ids))
	for i, id := range ids {
		list[i] = string(id)
	}
	return list
}
