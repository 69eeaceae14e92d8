package escalation

import (
	"slices"
	"time"

	"github.com/coselling/coselling/internal/wire"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// Codes of the rules of escalation.
const (
	TotalRule   value.Code = "esc.total"   // every kind routes to exactly one level; as an error: a kind has none
	RespondRule value.Code = "esc.respond" // somebody acknowledges a case within the term of its level
	TimeoutRule value.Code = "esc.timeout" // after the term of its level a case moves up, or people are notified again
	DetectRule  value.Code = "esc.detect"  // the facts of a deal show that there is a blocker, or that one is gone
	RosterRule  value.Code = "esc.roster"  // every function of both sides has somebody on duty; as an error: a gap
)

// Codes of bad input that this package refuses.
const (
	rosterPerson  value.Code = "esc.roster.person"
	rosterAbsence value.Code = "esc.roster.absence"
	rosterStandIn value.Code = "esc.roster.stand_in"

	KindUnknown   value.Code = "esc.kind.unknown" // a kind of blocker that the policy does not route
	dealID        value.Code = "esc.deal.id"
	DealLead      value.Code = "esc.deal.lead" // a missing lead rep at level 1, or one who is no rep on the roster
	dealExecutive value.Code = "esc.deal.executive"

	eventBy    value.Code = "esc.event.by"
	CaseOrder  value.Code = "esc.case.order"  // an event before the last one of its case
	CaseClosed value.Code = "esc.case.closed" // an event on a case that is not open
	caseOther  value.Code = "esc.case.other"
	caseSteps  value.Code = "esc.case.steps"
)

// sides holds the two sides of a deal in the order in which they are listed.
var sides = [...]model.Side{model.Partner, model.Vendor}

// Rules is a checked policy and roster, immutable and safe for concurrent use. Make it with [Compile]: nil and the
// zero value give esc.rules.missing errors.
type Rules struct {
	policy  Policy
	place   value.Workplace
	kinds   map[BlockerKind]*destination
	parties [model.Vendor + 1]model.Party
	duty    duty
	serving [model.Vendor + 1][Legal + 1][]int

	companies []Company // of a deal with several partners; nil: the two of the roster
}

// destination is the level of a kind, with the reason, which is made once.
type destination struct {
	level  Level
	reason value.Reason
}

// missing refuses rules that no policy was compiled to.
func (r *Rules) missing() error {
	if r == nil || r.kinds == nil {
		return value.NewError("esc.rules.missing", "nothing",
			"is given for the rules of escalation; compile a policy and a roster")
	}
	return nil
}

// Compile checks a policy and a roster, returns all problems of both at once, below escalation and roster, and
// shares nothing with them (esc.total, esc.roster). It refuses a roster where on some day nobody on duty of a
// side has one of the functions of levels 2 to 4 (at roster.partner.manager), or where a rep is away without a
// stand-in on duty (at roster.people[0]); it looks for such days where the roster has no other problem. Days are
// those of UTC and business days are Monday to Friday; [Rules.In] changes both.
func Compile(p Policy, r Roster) (*Rules, error) {
	var problems value.Errors
	problems.Add("escalation", p.Check())
	if err := r.check(); err != nil {
		problems.Add("roster", err)
		return nil, problems
	}
	duty := newDuty(wire.Clone(r))
	problems.Add("roster", duty.holes())
	if err := problems.Err(); err != nil {
		return nil, err
	}
	routes := &Rules{policy: wire.Clone(p), duty: duty}
	routes.fill()
	return routes, nil
}

func (r *Rules) fill() {
	for _, m := range r.duty.people {
		r.parties[m.Party.Side] = m.Party
	}
	for _, side := range sides {
		for f := Rep; f <= Legal; f++ {
			r.serving[side][f] = r.duty.serving(side, f)
		}
	}
	r.kinds = make(map[BlockerKind]*destination, len(r.policy.Kinds))
	for kind, level := range r.policy.Kinds {
		r.kinds[kind] = &destination{level, r.reason(kind, level)}
	}
}

// reason returns the reason why a kind is at its level.
func (r *Rules) reason(kind BlockerKind, level Level) value.Reason {
	return value.NewReason(levelRules[level], "{kind}: for "+r.whom(level)+", who respond within {term}",
		value.Op("kind", value.Word(kind)), value.Op("term", r.policy.Respond.of(level).String()))
}

// whom returns who is called at a level, in words.
func (r *Rules) whom(level Level) string {
	if r.companies != nil {
		return concernedCalls[level]
	}
	return levelCalls[level]
}

// In returns the same routes with the business days of a workplace, and with days of its zone; nil for nil.
func (r *Rules) In(w value.Workplace) *Rules {
	if r == nil {
		return nil
	}
	other := *r
	other.place = w.Clone()
	return &other
}

// Route returns the route of a blocker by its kind (esc.total): its level, the people on duty there at an instant,
// and the time to respond, counted from Raised (esc.respond). Time does not move it up, and holds do not stop its
// clock, as in [Rules.State]. It
// allocates nothing. Errors, all at once: [KindUnknown] or esc.kind.id at kind, fact.instant at raised and at,
// esc.future at raised if it is after at; then [DealLead] below deal.
func (r *Rules) Route(b Blocker, at time.Time) (route Route, err error) {
	if err := r.missing(); err != nil {
		return Route{}, err
	}
	to, ok := r.kinds[b.Kind]
	if !ok || wire.CheckInstant(b.Raised, "") != nil || b.Raised.After(at) || wire.CheckInstant(at, "") != nil {
		return Route{}, r.refuse(b.Kind, b.Raised, at)
	}
	if r.companies != nil {
		to = &destination{to.level, r.reason(b.Kind, to.level)}
	}
	err = r.route(&route, &b.Deal, to, clock{place: r.place}, b.Raised, at)
	return route, err
}

// route fills in the route of a level, in place because a route is large; with an error into is unchanged.
func (r *Rules) route(into *Route, d *Facts, to *destination, by clock, entered, at time.Time) error {
	if to.level == RepLevel {
		if err := r.checkLeads(d); err != nil {
			return value.Below("deal", err)
		}
	}
	respondBy, err := by.end(r.policy.Respond.of(to.level), entered)
	if err != nil {
		return value.Below("raised", err)
	}
	into.Level, into.RespondBy, into.Reason = to.level, respondBy.Round(0).UTC(), to.reason
	into.routes, into.at, into.leads = r, at, [...]string{model.Partner: d.PartnerLead, model.Vendor: d.VendorLead}
	return nil
}

// refuse returns all problems of a question.
func (r *Rules) refuse(kind BlockerKind, raised, at time.Time) error {
	var problems value.Errors
	if _, ok := r.kinds[kind]; !ok {
		problems.Add("kind", r.unknown(kind))
	}
	atErr := enter(&at)
	problems.Add("at", atErr)
	err := enter(&raised)
	if err == nil && atErr == nil && raised.After(at) {
		err = value.NewError("esc.future", raised.Format(time.RFC3339Nano),
			"is after the instant of the question, "+at.Format(time.RFC3339Nano))
	}
	problems.Add("raised", err)
	return problems.Err()
}

func (r *Rules) unknown(kind BlockerKind) error {
	if err := kind.check(); err != nil {
		return err
	}
	return value.NewError(KindUnknown, value.Quote(string(kind)),
		"is no kind that the policy routes; add it to kinds, with its level")
}

// checkLeads refuses the same person on both sides, and what checkLead refuses.
func (r *Rules) checkLeads(d *Facts) error {
	partner, vendor := r.checkLead(d.PartnerLead, model.Partner), r.checkLead(d.VendorLead, model.Vendor)
	both := r.calls(model.Partner) && r.calls(model.Vendor)
	if both && partner == nil && vendor == nil && d.PartnerLead == d.VendorLead {
		vendor = value.NewError(DealLead, value.Quote(d.VendorLead),
			"stands on both sides; a person belongs to one company")
	}
	var problems value.Errors
	problems.Add("partner_lead", partner)
	problems.Add("vendor_lead", vendor)
	return problems.Err()
}

// checkLead refuses a missing name, and that of a person who is on the roster, but not as a rep of the side.
func (r *Rules) checkLead(name string, side model.Side) error {
	if !r.calls(side) {
		return nil
	}
	if !isName(name) {
		return value.NewError(DealLead, value.Quote(name),
			"is no name of a person; level 1 needs the lead rep of the "+side.String())
	}
	i, ok := r.duty.number[name]
	if ok && (r.duty.people[i].Party.Side != side || !slices.Contains(r.duty.people[i].Functions, Rep)) {
		return value.NewError(DealLead, value.Quote(name), "is on the roster, but not as a rep of the "+side.String())
	}
	return nil
}
