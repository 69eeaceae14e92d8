package assess

import (
	"slices"
	"time"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/deal"
	"github.com/coselling/coselling/internal/wire"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// Case is a deal with its record, made ready once to be asked often: as of other instants, and after changes. It
// gives the bytes that [Rules.Assess] gives for the same facts, whatever was asked and added before. Make it with
// [Rules.Case]; nil and the zero value have no answer (assess.rules.missing). It is mutable and not safe for concurrent
// use; an assessment that it gave does not change.
//
// A question costs least where it is asked as of a later instant than the last one, and a change where it is later
// than the facts before it. A change of the past plays the playbook again from its instant; an edit makes
// everything ready anew.
type Case struct {
	partnership
	rules  *Rules
	deal   deal.Deal
	record deal.Record // its lists but the activities in canonical order
	opened time.Time

	partners  model.Partners // zero without participants
	team      model.Team     // of the vendor and the partner that leads
	everybody model.Team     // with the reps of participants
	ofTeam    notes
	zone      *time.Location // of the account; nil where the deal states none
	ofZone    error
	logbook   logbook
	past      playback
	claimbook claimbook
	assigned  assigned
	recommended
	run *comp.Run // nil: tables that count over a period are not priced
}

// PriceBy gives the case a run of the book's compensation, with the deals before this one: rates that count over a
// period are then priced too, and an open deal is projected as if it were won on its committed close, else at the end
// of its playbook, and never before the instant of the question. [comp.Ledger.Run] makes one of a ledger. The case
// keeps a copy; nil takes the run away.
func (c *Case) PriceBy(run *comp.Run) {
	if c != nil {
		c.run = run.Clone()
	}
}

// Case makes a deal and its record ready. Its errors are those of [Rules.Assess] about them. The case keeps copies.
func (e *Rules) Case(d deal.Deal, r deal.Record) (*Case, error) {
	return e.open(wire.Clone(d), wire.Clone(r))
}

// open makes a case that shares the facts with its caller, and changes none of them.
func (e *Rules) open(d deal.Deal, r deal.Record) (*Case, error) {
	if e == nil || e.stages == nil {
		return nil, notCompiled()
	}
	var problems value.Errors
	problems.Add("deal", d.Check())
	problems.Add("record", r.Check())
	if err := problems.Err(); err != nil {
		return nil, err
	}
	c := &Case{rules: e, deal: d, record: deal.Record{
		Events: deal.Sorted(r.Events), Facts: deal.Sorted(r.Facts), Activities: slices.Clip(r.Activities),
		Claims: r.Claims, Blockers: deal.Sorted(r.Blockers),
	}}
	c.prepare()
	return c, nil
}

func notCompiled() error {
	return value.NewError("assess.rules.missing", "no book", "was compiled for these rules; compile one first")
}

// prepare makes the parts that do not depend on the instant of a question.
func (c *Case) prepare() {
	c.partnership = partnership{model.PartnerOrg(c.deal.Partner), model.VendorOrg(c.deal.Vendor)}
	c.rules = c.rules.of(c.partner)
	opening := &c.deal.Opening
	if c.opened = opening.At.UTC(); opening.At.IsZero() {
		c.opened = opening.Day.Start(c.rules.zone).UTC()
	}
	if c.zone, c.ofZone = nil, nil; c.deal.Zone != "" {
		c.zone, c.ofZone = c.rules.host.zone(c.deal.Zone)
	}
	c.partners = c.companies()
	c.team, c.everybody, c.ofTeam = c.sellers()
	c.past, c.claimbook, c.assigned, c.recommended = playback{}, claimbook{}, assigned{}, recommended{}
	c.openLogbook()
}

// At returns the answer as of an instant, as [Rules.Assess] does. As of an instant outside the years 1 to 9000
// every part of the answer is missing ([AsOfMissing]).
func (c *Case) At(asOf time.Time) Assessment {
	err := checkAsOf(asOf)
	if c == nil || c.rules == nil {
		c, err = &Case{rules: &Rules{}}, notCompiled()
	}
	q := c.ask(asOf.Round(0).UTC())
	if err != nil {
		return Assessment{q.refuse(err)}
	}
	return Assessment{q.answer()}
}

// Add adds a change to the facts of the case. Its errors are those of [deal.Change.Apply], and then the case is
// unchanged. Add does not ask whether the rules allow what happened; [Rules.Try] does.
func (c *Case) Add(change deal.Change) error {
	if c == nil || c.rules == nil {
		return notCompiled()
	}
	named := len(c.deal.Registrations)
	if err := change.Join(&c.deal, &c.record); err != nil {
		return err
	}
	switch {
	case named != len(c.deal.Registrations) || !change.Edit.IsZero():
		c.prepare()
	case change.Event.Verb != 0:
		c.past.forget(change.Event.At)
	case change.Activity.ID != "":
		c.enter(change.Activity)
	case change.Claim.ID != "" || change.ClaimEvent.Claim != "":
		c.claimbook = claimbook{}
	}
	return nil
}
