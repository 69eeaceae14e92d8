package comp

import (
	"slices"
	"time"

	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// JudgeUpfront returns the finding comp.contribution_upfront for each supporting payee without a recorded
// contribution, in the order of the payees; nil if there is none, and under another model. Ask while the deal is
// open and the contribution can still be agreed: [Plan.Statement] refuses such a booking.
func (p *Plan) JudgeUpfront(b Booking) []value.Reason {
	if p.made() != nil || p.policy.Model != RoleBased {
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

// ContributionChange is the event that changes the contribution of a supporting rep.
type ContributionChange struct {
	Rep             string
	Contribution    Contribution
	model.Agreement // the person who changes it, the instant, and the consents
}

// BookingDecision is the outcome of a change of what was agreed about a booking.
type BookingDecision struct {
	Booking Booking        // with the change; unchanged where that is refused
	Missing []value.Reason // the consents that are missing; nil where the change took effect
}

// ChangeContribution replaces all recorded contributions of a supporting rep, which needs the consent of both
// sides (comp.contribution_upfront), of several partners that of the one that leads and of the rep's own; a first
// contribution needs none. recorded is the instant at which the present contribution was agreed, zero if unknown;
// earlier consents do not count. Errors: comp.contribution.unknown, booking.rep for a rep who is no supporter of b,
// those of [model.Agreement.Check], all at once, below "change". b is not changed, and the decision shares no slice
// with it.
func (p *Plan) ChangeContribution(b Booking, c ContributionChange, recorded time.Time) (BookingDecision, error) {
	b = b.clone()
	unchanged := BookingDecision{Booking: b}
	if err := p.made(); err != nil {
		return unchanged, err
	}
	at := slices.IndexFunc(b.Payees, func(payee Payee) bool { return payee.Rep == c.Rep && payee.Role == Supporting })
	var parties []model.Party // that consent; nil: the two sides
	if at >= 0 && b.LeadPartner != "" {
		parties = []model.Party{model.PartnerOrg(b.LeadPartner), {Side: model.Vendor}}
		if of := b.Payees[at].Party; of.Side == model.Partner && of.Org != b.LeadPartner {
			parties = append(parties, of)
		}
	}
	var problems value.Errors
	problems.Add("", c.Agreement.CheckAmong(among(parties)))
	if _, ok := p.priced(c.Contribution); !ok {
		problems.Add("contribution", p.unknown(c.Contribution))
	}
	if at < 0 {
		problems.Refuse("rep", payeeRep, value.Quote(c.Rep), "is no supporting rep of this booking")
	}
	if len(problems) > 0 {
		return unchanged, value.Below("change", problems)
	}
	payee := &b.Payees[at]
	if payee.Contribution != "" || len(payee.AlsoContributed) > 0 {
		unchanged.Missing = c.Missing(recorded, parties...)
	}
	if len(unchanged.Missing) > 0 {
		return unchanged, nil
	}
	payee.Contribution, payee.AlsoContributed = c.Contribution, nil
	return BookingDecision{Booking: b}, nil
}
