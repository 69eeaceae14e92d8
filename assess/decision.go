package assess

import (
	"slices"
	"strings"
	"time"

	"github.com/coselling/coselling/deal"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/registration"
	"github.com/coselling/coselling/stage"
	"github.com/coselling/coselling/value"
)

// Decision is the outcome of [Rules.Try]: what a change would do.
type Decision struct {
	Accepted bool           // whether the rules allow the change
	Reasons  []value.Reason // every reason against it; nil where it is accepted
	Pending  []model.Party  // whose consent it waits for before it moves anything; nil: nobody's
	Undone   []Undone       // the stored events that would not hold any more, by instant; nil: none
	Deal     deal.Deal      // to store: with the change, or unchanged where it is refused
	Record   deal.Record    // to store: with the change, or unchanged where it is refused
}

// Undone is a stored event of the playbook that would not hold any more.
type Undone struct {
	Event    stage.Event
	Reasons  []value.Reason // every reason why not
	Repeat   model.Side     // the side that may do it again, once the reasons are gone
	Override bool           // whether managers of both companies may override all reasons
}

// Try returns what a change would do to a deal (next.try), and stores nothing. A change is refused where the rules do
// not allow it on the facts of its own instant, and a new decision also where it takes away the ground of a stored
// event. A fact that only became known late is no decision: it is accepted, and Undone has the events that it undoes.
// Decisions are the events of the playbook other than record, events of claims, and new claims without events. An
// approval gets the terms of the book.
//
// Errors report bad input: those of [Rules.Assess] about the deal and the record, those of [deal.Change.Apply], and
// what the rules find malformed in the change, with paths below "change". After an error the
// deal and the record of the decision are unchanged. They share facts with d and r.
func (e *Rules) Try(d deal.Deal, r deal.Record, change deal.Change) (Decision, error) {
	unchanged := Decision{Deal: d, Record: r}
	before, err := e.open(d, r)
	if err != nil {
		return unchanged, err
	}
	t := &trial{change: change, before: before}
	if act := &t.change.ClaimEvent; act.Do == registration.Approve && !slices.ContainsFunc(r.Claims, t.hasEvent) {
		act.Terms = e.claims.Terms()
	}
	nextDeal, nextRecord, err := t.change.Apply(d, r)
	if err != nil {
		return unchanged, err
	}
	after, err := e.open(nextDeal, nextRecord)
	if err != nil {
		return unchanged, err
	}
	t.asOf = after.last()
	t.old, t.new = before.ask(t.asOf).answer(), after.ask(t.asOf).answer()
	reasons, err := t.judge()
	if err != nil {
		return unchanged, value.Below("change", err)
	}
	undone, wording := t.undone(), t.new.ground.wording()
	sayAll(wording, reasons)
	for _, u := range undone {
		sayAll(wording, u.Reasons)
	}
	if t.decides() {
		for i := range undone {
			reasons = append(reasons, e.groundOf(&undone[i]).Worded(wording))
		}
	}
	if len(reasons) > 0 {
		return Decision{Reasons: reasons, Undone: undone, Deal: d, Record: r}, nil
	}
	return Decision{Accepted: true, Pending: t.pending(), Undone: undone, Deal: nextDeal, Record: nextRecord}, nil
}

// groundOf returns the reason against a decision that would undo a stored event.
func (e *Rules) groundOf(u *Undone) value.Reason {
	day, _ := value.DateOf(u.Event.At, e.zone) // of the years 1 to 9000
	why := make([]string, len(u.Reasons))
	for i, reason := range u.Reasons {
		why[i] = reason.String()
	}
	return value.NewReason("next.try", "what {name} recorded as {verb} on {day} would not hold any more: {why}",
		value.Op("verb", strings.ReplaceAll(u.Event.Verb.String(), "_", " ")), value.Op("day", day),
		value.Op("name", u.Event.By.Name), value.Op("why", strings.Join(why, "; "))).At(deal.NameOf(u.Event))
}

// last returns an instant at which everything in the record has happened.
func (c *Case) last() time.Time {
	at := c.opened
	for i := range c.record.Events {
		at = later(at, c.record.Events[i].At)
	}
	for i := range c.record.Facts {
		at = later(at, c.record.Facts[i].At)
	}
	for i := range c.record.Activities {
		at = later(at, later(c.record.Activities[i].At, c.record.Activities[i].End))
	}
	for i := range c.record.Claims {
		claim := &c.record.Claims[i]
		at = later(at, claim.Submitted)
		for _, e := range claim.Events {
			at = later(at, e.At)
		}
	}
	for i := range c.record.Blockers {
		b := &c.record.Blockers[i]
		at = later(at, later(b.Raised, b.Resolved.At))
		for _, e := range b.Acknowledged {
			at = later(at, e.At)
		}
	}
	return at.UTC()
}
