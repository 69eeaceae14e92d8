package stage

import (
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// window is a stage of a default playbook: its days and the gates at its end.
type window struct {
	stage       Stage
	says        string
	first, last int
	gates       []value.Code
}

// standardWindows returns the stages of SPEC 3.1 with the gates of SPEC 3.5.
func standardWindows() []window {
	return []window{
		{Identification, "Opportunity identification", 1, 7, []value.Code{GateRegistered, GateSupportConfirmed, GateTasks}},
		{Discovery, "Discovery", 8, 21, []value.Code{GateQualified, GateTasks}},
		{Presentation, "Solution presentation", 22, 35, []value.Code{GateTasks}},
		{Evaluation, "Evaluation", 36, 60, []value.Code{GatePartnerEngaged, GateTasks}},
		{Proposal, "Proposal and negotiation", 61, 75, []value.Code{GateSingleProposal, GatePricingApproved, GateTasks}},
		{Close, "Close", 76, 90, []value.Code{GateRegistered, GateSingleProposal, GatePricingApproved, GateContractsExecuted, GateCRMUpdated, GateTasks}},
	}
}

// simplifiedWindows returns the stages of SPEC 3.6.
func simplifiedWindows() []window {
	return []window{
		{Identification, "Opportunity identification", 1, 5, []value.Code{GateRegistered, GateTasks}},
		{Discovery, "Discovery", 6, 12, []value.Code{GatePartnerEngaged, GateTasks}},
		{Proposal, "Proposal and negotiation", 13, 25, []value.Code{GateSingleProposal, GatePricingApproved, GateTasks}},
		{Close, "Close", 26, 30, []value.Code{GateRegistered, GateSingleProposal, GatePricingApproved, GateContractsExecuted, GateCRMUpdated, GateTasks}},
	}
}

// row is a task of a default playbook.
type row struct {
	id    TaskID
	owner Owner
	kind  Kind
	role  model.Responsibility
	says  string
}

// opens says which fact ticks which task.
var opens = [...]struct {
	task TaskID
	fact FactKind
}{
	{RegisterDeal, Registered},
	{ConfirmSupport, SupportConfirmed},
	{SetTheModel, ModelSet},
	{QualifyDebrief, Qualified},
	{JointProposal, ProposalSent},
	{OneProposal, ProposalSent},
	{ApprovePricing, PricingApproved},
	{ExecuteContract, ContractsExecuted},
	{UpdateCRM, CRMUpdated},
}

func factOf(id TaskID) FactKind {
	for _, o := range opens {
		if o.task == id {
			return o.fact
		}
	}
	return ""
}

// covered returns the tasks of the standard playbook that one of the simplified stands
// for.
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

// defaultPlaybooks returns the six playbooks, standard ones first, each in the
// order of the engagement models.
func defaultPlaybooks() []Playbook {
	return []Playbook{
		assemble(model.PartnerLed, model.Standard, standardWindows(), partnerLed()),
		assemble(model.VendorLed, model.Standard, standardWindows(), vendorLed()),
		assemble(model.TrueCoSell, model.Standard, standardWindows(), trueCoSell()),
		assemble(model.PartnerLed, model.Simplified, simplifiedWindows(), simplifiedLed(ByPartner, ByVendor)),
		assemble(model.VendorLed, model.Simplified, simplifiedWindows(), simplifiedLed(ByVendor, ByPartner)),
		assemble(model.TrueCoSell, model.Simplified, simplifiedWindows(), simplifiedCoSell()),
	}
}

func assemble(e model.Engagement, size model.PlaybookSize, windows []window, rows map[Stage][]row) Playbook {
	p := Playbook{Engagement: e, Size: size}
	for _, w := range windows {
		step := Step{Stage: w.stage, Says: w.says, First: w.first, Last: w.last, Gates: w.gates}
		for _, r := range rows[w.stage] {
			step.Tasks = append(step.Tasks, Task{
				ID: r.id, Owner: r.owner, Kind: r.kind, Says: r.says, Role: r.role, Fact: factOf(r.id), Covers: covered(r.id, e),
			})
		}
		p.Steps = append(p.Steps, step)
	}
	return p
}
