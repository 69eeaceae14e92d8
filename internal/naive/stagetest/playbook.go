package stagetest

import (
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/stage"
)

var (
	ana = model.Person{Name: "ana", Party: model.PartnerOrg("acme")}
	bo  = model.Person{Name: "bo", Party: model.VendorOrg("us")}
)

// Person returns the person of a side, the partner's for 0.
func Person(side model.Side) model.Person {
	if side == model.Vendor {
		return bo
	}
	return ana
}

// FactsOf returns the facts that open every gate at the end of a stage.
func FactsOf(s stage.Stage) []stage.Fact {
	both := func(f stage.Fact) []stage.Fact {
		p, v := f, f
		p.Side, v.Side = model.Partner, model.Vendor
		return []stage.Fact{p, v}
	}
	switch s {
	case stage.Identification:
		return append(both(stage.Fact{Kind: stage.SupportConfirmed}),
			stage.Fact{Kind: stage.Registered, Side: model.Partner})
	case stage.Discovery:
		return []stage.Fact{{Kind: stage.Qualified}, {Kind: stage.PartnerEngaged}}
	case stage.Evaluation:
		return []stage.Fact{{Kind: stage.PartnerEngaged}}
	case stage.Proposal:
		return append(both(stage.Fact{Kind: stage.PricingApproved, Proposal: "P-1", Revision: 1}),
			stage.Fact{Kind: stage.ProposalSent, Proposal: "P-1", Revision: 1})
	case stage.Close:
		return append(both(stage.Fact{Kind: stage.CRMUpdated}), stage.Fact{Kind: stage.ContractsExecuted})
	default:
		return nil
	}
}

// TaskOf returns the task of a playbook, and whether it has one.
func TaskOf(book stage.Playbook, id stage.TaskID) (stage.Task, bool) {
	for _, step := range book.Steps {
		for _, task := range step.Tasks {
			if task.ID == id {
				return task, true
			}
		}
	}
	return stage.Task{}, false
}

// SideOf returns the side that does a task alone, and 0 where both do.
func SideOf(owner stage.Owner) model.Side {
	return map[stage.Owner]model.Side{stage.ByPartner: model.Partner, stage.ByVendor: model.Vendor}[owner]
}
