package main

import (
	"slices"

	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// What AWS says of its own side of an opportunity.

// awsMotions are the known values of CosellMotion, a plain text that is empty until AWS has scored the opportunity.
// Agent-engaged does not say who of AWS sells.
var awsMotions = []meaning[model.YesNo]{{"AWS Field-engaged", model.Yes}, {"Agent-engaged", 0}, {"Partner-led", model.No}}

// awsInvolvements are the values of InvolvementType. Co-Sell is what the partner asks for, not that AWS sells.
var awsInvolvements = []meaning[model.YesNo]{{"Co-Sell", 0}, {"For Visibility Only", model.No}}

// toEngaged takes whether both teams are fully engaged, from the motion, the involvement and the one that was asked
// for. The first that says it counts. None of them sets an engagement model, and each that does not count is reported.
func toEngaged(d *draft, f []*node) {
	for i, n := range f {
		if n == nil {
			continue
		}
		meanings := awsInvolvements
		if i == 0 {
			meanings = awsMotions
		}
		is, known := meant(meanings, n)
		switch text := d.text(n); {
		case !known:
			d.report(n, text+" is not known, and says nothing")
		case is == 0:
			d.report(n, text+", which does not say that both teams are engaged")
		case d.Deal.Signals.BothEngaged == 0:
			d.Deal.Signals.BothEngaged = is
		case is != d.Deal.Signals.BothEngaged:
			d.report(n, text+" contradicts what counts: both teams are engaged: "+d.Deal.Signals.BothEngaged.String())
		}
	}
}

// awsStages are the stages of AWS's own opportunity. They are other steps than the partner's seven, and are never
// turned into a stage of the deal.
var awsStages = []string{
	"Building Integration", "Business Validation", "Closed Incomplete", "Closed Lost", "Committed", "Completed",
	"Contract Negotiation", "Deferred to Partner", "Engaged", "Evaluating", "Identified", "In Progress", "Launched",
	"Not Started", "On-hold", "Onboarding", "Prospect", "Qualified", "Qualify", "Research", "Seller Engaged",
	"Seller Registered", "Technical Validation", "Term Sheet Negotiation",
}

func toAwsStage(d *draft, f []*node) {
	text := d.text(f[0])
	if !slices.ContainsFunc(awsStages, func(s string) bool { return sameWord(s, text) }) {
		text += ", a stage that AWS does not list"
	}
	d.report(f[0], "AWS stands at "+text)
}

// toRelated refuses the summary of another opportunity: its stage and its people would be those of another deal.
func toRelated(d *draft, f []*node) {
	id := d.text(f[0])
	d.report(f[0], "opportunity of the partner: "+id)
	if d.Deal.ID != "" && id != d.Deal.ID {
		f[0].refuse(&d.problems, value.NewError(payloadOther, value.Quote(id), "is another opportunity than "+value.Quote(d.Deal.ID)+"; ask for the summary of this one"))
	}
}

// toAwsMember takes who of AWS sells. The other titles look after the partner, or sign.
func toAwsMember(d *draft, f []*node) {
	if f[0] == nil || f[1] == nil {
		return
	}
	if lead := sameWord(f[1].text, "AWSSalesRep"); lead || sameWord(f[1].text, "AWSAccountOwner") {
		d.rep(model.Vendor, lead, f[0])
	}
}
