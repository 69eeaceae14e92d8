package escalation

import (
	"slices"
	"time"

	"github.com/coselling/coselling/internal/wire"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// sides are the two sides of a deal, in the order in which they are reported.
var sides = [...]model.Side{model.Partner, model.Vendor}

// The calendar begins with the year 1 and ends with the year 9999.
const (
	firstSecond = -62135596800
	endSecond   = 253402300800
)

// Routes are a policy and a roster that were checked together: whoever asks whom
// to call gets an answer on every day. They are immutable and safe for concurrent
// use; nil are no routes.
type Routes struct {
	policy  Policy
	clock   clock
	kinds   map[Kind]*destination
	parties [model.Vendor + 1]model.Party
	duty    duty
	serving [model.Vendor + 1][Legal + 1][]int
}

// destination is where a kind goes; the reason is made once.
type destination struct {
	level  Level
	reason value.Reason
}

// Compile checks a policy and a roster and returns their routes (esc.total,
// esc.roster). It reports every problem of both at once, each with its path. A hole
// is one of them: a function of a side that nobody has, or that has nobody on duty
// on some days, because who has it is away without a stand-in on duty. For a rep, who
// answers for deals alone, every day of absence needs a stand-in on duty. Business
// days are Monday to Friday and days are those of UTC; [Routes.In] changes that.
// The routes keep nothing of p and r.
func Compile(p Policy, r Roster) (*Routes, error) {
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
	routes := &Routes{policy: wire.Clone(p), duty: duty}
	routes.fill()
	return routes, nil
}

func (r *Routes) fill() {
	for _, m := range r.duty.people {
		r.parties[m.Party.Side] = m.Party
	}
	for _, side := range sides {
		for f := Rep; f <= Legal; f++ {
			r.serving[side][f] = r.duty.serving(side, f)
		}
	}
	r.kinds = make(map[Kind]*destination, len(r.policy.Kinds))
	for kind, level := range r.policy.Kinds {
		r.kinds[kind] = &destination{level, value.NewReason(levelRules[level], "{kind} is for "+levelCalls[level]+", who respond within {term}",
			value.Op("kind", string(kind)), value.Op("term", r.policy.Respond.of(level).String()))}
	}
}

// In returns the same routes with business days counted by a workplace's calendar, and
// with days, those of absences included, cut in its zone.
func (r *Routes) In(w value.Workplace) *Routes {
	other := *r
	other.clock = clock{w.Clone()}
	return &other
}

// Route returns where a blocker goes by its kind alone (esc.total), who is on duty
// there at an instant, and until when somebody responds, counted from when it was
// raised (esc.respond). How long it stands already does not move it: that is the
// life of a case, for [Routes.Standing] to say. It allocates nothing. Errors:
// [KindUnknown], [Instant], [Future], [DealLead].
func (r *Routes) Route(b Blocker, at time.Time) (route Route, err error) {
	to, ok := r.kinds[b.Kind]
	if !ok || b.Raised.IsZero() || b.Raised.Unix() < firstSecond || b.Raised.After(at) || at.Unix() >= endSecond {
		return Route{}, r.refuse(b.Kind, b.Raised, at)
	}
	err = r.route(&route, &b.Deal, to, b.Raised, at)
	return route, err
}

// route fills in who is called at a level that was entered at an instant; it leaves
// into alone where it returns an error. It fills in place because a route is large.
func (r *Routes) route(into *Route, d *Deal, to *destination, entered, at time.Time) error {
	if to.level == RepLevel {
		if err := r.checkLeads(d); err != nil {
			return value.In("deal", err)
		}
	}
	respondBy, err := r.clock.end(r.policy.Respond.of(to.level), entered)
	if err != nil {
		return value.In("raised", err)
	}
	into.Level, into.RespondBy, into.Reason = to.level, respondBy.Round(0).UTC(), to.reason
	into.routes, into.at, into.leads = r, at, [...]string{model.Partner: d.PartnerLead, model.Vendor: d.VendorLead}
	return nil
}

// refuse says everything that is wrong with a question.
func (r *Routes) refuse(kind Kind, raised, at time.Time) error {
	var problems value.Errors
	if _, ok := r.kinds[kind]; !ok {
		problems.Add("kind", r.unknown(kind))
	}
	atErr := enter(&at)
	problems.Add("at", atErr)
	err := enter(&raised)
	if err == nil && atErr == nil && raised.After(at) {
		err = value.NewError(Future, raised.Format(time.RFC3339Nano), "is after the instant asked about, "+at.Format(time.RFC3339Nano))
	}
	problems.Add("raised", err)
	return problems.Err()
}

func (r *Routes) unknown(kind Kind) error {
	if err := kind.check(); err != nil {
		return err
	}
	return value.NewError(KindUnknown, value.Quote(string(kind)), "is no kind that the policy routes; add it to kinds, with its level")
}

// checkLeads refuses a side without a lead rep, one person as both, and a lead rep
// whom the roster does not list as a rep of that side.
func (r *Routes) checkLeads(d *Deal) error {
	partner, vendor := r.checkLead(d.PartnerLead, model.Partner), r.checkLead(d.VendorLead, model.Vendor)
	if partner == nil && vendor == nil && d.PartnerLead == d.VendorLead {
		vendor = value.NewError(DealLead, value.Quote(d.VendorLead), "stands on both sides; a person belongs to one company")
	}
	var problems value.Errors
	problems.Add("partner_lead", partner)
	problems.Add("vendor_lead", vendor)
	return problems.Err()
}

// checkLead refuses a name that cannot be that of a side's lead rep: neither a rep of
// the roster nor somebody whom the roster does not know.
func (r *Routes) checkLead(name string, side model.Side) error {
	if !isName(name) {
		return value.NewError(DealLead, value.Quote(name), "is no name of the "+side.String()+"'s lead rep, whom level 1 needs")
	}
	i, ok := r.duty.number[name]
	if ok && (r.duty.people[i].Party.Side != side || !slices.Contains(r.duty.people[i].Functions, Rep)) {
		return value.NewError(DealLead, value.Quote(name), "is on the roster, but not as a rep of the "+side.String())
	}
	return nil
}
