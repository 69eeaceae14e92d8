package stage

import (
	"slices"

	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// standardSteps lists the stages of the standard playbook in order; no other list has their order.
var standardSteps = [...]Step{
	{Identification, "Opportunity identification", 1, 7, []value.Code{
		GateRegistered, GateSupportConfirmed, GateTasks,
	}, nil},
	{Discovery, "Discovery", 8, 21, []value.Code{GateQualified, GateTasks}, nil},
	{Presentation, "Solution presentation", 22, 35, []value.Code{GateTasks}, nil},
	{Evaluation, "Evaluation", 36, 60, []value.Code{GatePartnerEngaged, GateTasks}, nil},
	{Proposal, "Proposal and negotiation", 61, 75, []value.Code{
		GateSingleProposal, GatePricingApproved, GateTasks,
	}, nil},
	{Close, "Close", 76, 90, []value.Code{
		GateRegistered, GateSingleProposal, GatePricingApproved, GateContractsExecuted, GateCRMUpdated, GateTasks,
	}, nil},
}

// simplifiedSteps lists the stages of the simplified playbook, without tasks.
var simplifiedSteps = [...]Step{
	{Identification, "Opportunity identification", 1, 5, []value.Code{GateRegistered, GateTasks}, nil},
	{Discovery, "Discovery", 6, 12, []value.Code{GatePartnerEngaged, GateTasks}, nil},
	{Proposal, "Proposal and negotiation", 13, 25, []value.Code{
		GateSingleProposal, GatePricingApproved, GateTasks,
	}, nil},
	{Close, "Close", 26, 30, []value.Code{
		GateRegistered, GateSingleProposal, GatePricingApproved, GateContractsExecuted, GateCRMUpdated, GateTasks,
	}, nil},
}

// row is a task of a default playbook.
type row struct {
	id    TaskID
	owner Owner
	kind  TaskKind
	role  model.Responsibility
	says  string
}

// opens returns the kind of fact that ticks each task.
func opens() map[TaskID]FactKind {
	return map[TaskID]FactKind{
		RegisterDeal:    Registered,
		ConfirmSupport:  SupportConfirmed,
		SetTheModel:     ModelSet,
		QualifyDebrief:  Qualified,
		JointProposal:   ProposalSent,
		OneProposal:     ProposalSent,
		ApprovePricing:  PricingApproved,
		ExecuteContract: ContractsExecuted,
		UpdateCRM:       CRMUpdated,
	}
}

// covered returns the tasks of the standard playbook that a task of the simplified one stands for.
func covered(id TaskID, e model.Engagement) []TaskID {
	switch {
	case id == RegisterAndQualify:
		return []TaskID{RegisterDeal, QualifyInterest}
	case id == OneDiscoveryCall:
		return []TaskID{DiscoveryCall, DocumentRequirements}
	case id == OneProposal && e == model.TrueCoSell:
		return []TaskID{JointProposal}
	case id == OneProposal:
		return []TaskID{CommercialProposal, JointProposal}
	default:
		return nil
	}
}

// defaultPlaybooks returns the six playbooks, standard ones first, each in the order of the engagement models.
func defaultPlaybooks() []Playbook {
	return []Playbook{
		assemble(model.PartnerLed, model.Standard, standardSteps[:], partnerLed()),
		assemble(model.VendorLed, model.Standard, standardSteps[:], vendorLed()),
		assemble(model.TrueCoSell, model.Standard, standardSteps[:], trueCoSell()),
		assemble(model.PartnerLed, model.Simplified, simplifiedSteps[:], simplifiedLed(ByPartner, ByVendor)),
		assemble(model.VendorLed, model.Simplified, simplifiedSteps[:], simplifiedLed(ByVendor, ByPartner)),
		assemble(model.TrueCoSell, model.Simplified, simplifiedSteps[:], simplifiedCoSell()),
	}
}

func assemble(e model.Engagement, size model.PlaybookSize, steps []Step, rows map[Stage][]row) Playbook {
	p, ticks := Playbook{Engagement: e, Size: size}, opens()
	for _, step := range steps {
		step.Gates = slices.Clone(step.Gates)
		for _, r := range rows[step.Stage] {
			step.Tasks = append(step.Tasks, Task{
				ID: r.id, Owner: r.owner, Kind: r.kind, Says: r.says, Role: r.role,
				Fact: ticks[r.id], Covers: covered(r.id, e),
			})
		}
		p.Steps = append(p.Steps, step)
	}
	return p
}
