package stage

import (
	"slices"
	"strings"

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

func knownGates() string {
	names := make([]string, len(gateTable))
	for i, gate := range gateTable {
		names[i] = string(gate)
	}
	return strings.Join(names, ", ")
}

func isFact(kind FactKind) bool {
	for _, row := range factTable {
		if row.kind == kind {
			return true
		}
	}
	return false
}
