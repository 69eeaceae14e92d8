package comp

import (
	"slices"
	"time"

	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// CheckUpfront returns the finding comp.contribution_upfront for each supporting
// payee of an open deal whose contribution is not recorded, in the order of the
// payees; nil where all are, or under another model. It is meant to be asked from
// the discovery stage on; at won a missing contribution is an error of
// [Plan.Statement].
func (p *Plan) CheckUpfront(b Booking) []value.Reason {
	if p.policy.Model != RoleBased {
		return nil
	}
	var findings []value.Reason
	for i, payee := range b.Payees {
		if payee.Role == Supporting && payee.Contribution == "" {
			findings = append(findings, value.NewReason(ContributionUpfront,
				"no contribution of {rep} ({party}) is recorded; it is agreed when the model is set",
				value.Op("rep", payee.Rep), value.Op("party", payee.Party.String())).At(value.Index("payees", i)))
		}
	}
	return findings
}

// ContributionChange is the event that changes what a supporting rep contributes.
type ContributionChange struct {
	Rep             string
	Contribution    Contribution
	model.Agreement // who changes it, when, and the consent of the other side
}

// ContributionDecision is the outcome of [Plan.ChangeContribution].
type ContributionDecision struct {
	Booking Booking        // with the new contribution; as it was where the change is refused
	Missing []value.Reason // why it is refused: a consent of each side that lacks; nil where it took effect
}

// ChangeContribution changes what a supporting rep contributes, which needs both
// sides' consent (comp.contribution_upfront). Recording a contribution where none
// was needs nobody's. Consents before recorded, the instant at which the present
// contribution was agreed, do not count; zero where it is not known. Errors:
// [ContributionUnknown], [PayeeRep], and those of [model.Agreement.Check]; b is
// never changed.
func (p *Plan) ChangeContribution(b Booking, c ContributionChange, recorded time.Time) (ContributionDecision, error) {
	unchanged := ContributionDecision{Booking: b}
	var problems value.Errors
	problems.Add("", c.Agreement.Check())
	if p.contribution(c.Contribution) == noContribution {
		problems.Add("contribution", value.Known(ContributionUnknown, string(c.Contribution), p.contributionNames()))
	}
	at := slices.IndexFunc(b.Payees, func(payee Payee) bool { return payee.Rep == c.Rep && payee.Role == Supporting })
	if at < 0 {
		problems.Add("rep", value.NewError(PayeeRep, value.Quote(c.Rep), "is no supporting rep of this booking"))
	}
	if len(problems) > 0 {
		return unchanged, value.In("change", problems)
	}
	if b.Payees[at].Contribution != "" {
		unchanged.Missing = c.Missing(recorded)
	}
	if len(unchanged.Missing) > 0 {
		return unchanged, nil
	}
	b.Payees = slices.Clone(b.Payees)
	b.Payees[at].Contribution = c.Contribution
	b.Payees[at].AlsoContributed = nil
	return ContributionDecision{Booking: b}, nil
}
