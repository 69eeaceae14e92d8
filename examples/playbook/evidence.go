package main

import (
	"time"

	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/stage"
)

// evidence returns the facts that a CRM has when a stage is finished: one kind for each
// gate.
func evidence(at stage.Stage, now time.Time) []stage.Fact {
	facts := map[stage.Stage][]stage.Fact{
		stage.Identification: {
			{Kind: stage.Registered, Side: model.Partner, Until: now.AddDate(0, 0, 90)},
			{Kind: stage.SupportConfirmed, Side: model.Partner},
			{Kind: stage.SupportConfirmed, Side: model.Vendor},
		},
		stage.Discovery: {
			{Kind: stage.PartnerEngaged},
			{Kind: stage.Qualified},
		},
		stage.Proposal: {
			{Kind: stage.ProposalSent, Proposal: "P-1", Revision: 1},
			{Kind: stage.PricingApproved, Side: model.Partner, Proposal: "P-1", Revision: 1},
			{Kind: stage.PricingApproved, Side: model.Vendor, Proposal: "P-1", Revision: 1},
		},
		stage.Close: {
			{Kind: stage.ContractsExecuted},
			{Kind: stage.CRMUpdated, Side: model.Partner},
			{Kind: stage.CRMUpdated, Side: model.Vendor},
		},
	}[at]
	for i := range facts {
		facts[i].At = now
	}
	return facts
}
