package assess

import (
	"slices"
	"strings"
	"time"

	"github.com/coselling/coselling/deal"
	"github.com/coselling/coselling/internal/wire"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/registration"
	"github.com/coselling/coselling/stage"
	"github.com/coselling/coselling/value"
)

// trial compares the answers before and after a change, as of an instant at which everything has happened.
type trial struct {
	change   deal.Change
	asOf     time.Time
	before   *Case
	old, new answer
}

// decides reports whether the change is a new decision, and not a fact that became known.
func (t *trial) decides() bool {
	c := &t.change
	return c.Event.Verb != 0 && c.Event.Verb != stage.VerbRecord || c.ClaimEvent.Claim != "" || t.files()
}

// files reports whether the change is a new claim that nobody has decided on; a channel owner may admit it.
func (t *trial) files() bool {
	c := &t.change.Claim
	return c.ID != "" && !slices.ContainsFunc(c.Events,
		func(e registration.Event) bool { return e.Do != registration.Admit })
}

// judge returns the reasons against the change by itself, or what is malformed in it.
func (t *trial) judge() ([]value.Reason, error) {
	c := &t.change
	var problems value.Errors
	switch {
	case c.Event.Verb != 0:
		for i := range t.new.refused {
			if f := &t.new.refused[i]; t.own(f) && f.err != nil {
				return nil, value.Below("event", f.err)
			} else if t.own(f) && !f.waits {
				return f.reasons(), nil
			}
		}
	case len(c.Facts) > 0:
		for i := range c.Facts {
			t.malformed(&problems, value.Index("facts", i), deal.NameOf(c.Facts[i]))
		}
	case c.Activity.ID != "":
		t.malformed(&problems, "activity", activityName(c.Activity.ID))
	case c.Claim.ID != "":
		t.malformed(&problems, "claim", claimName(c.Claim.ID))
	case c.Blocker.ID != "":
		t.malformed(&problems, "blocker", blockerName(c.Blocker.ID))
	case c.BlockerEvent.Blocker != "":
		t.malformed(&problems, "blocker_event", blockerName(c.BlockerEvent.Blocker))
	case !c.Edit.IsZero(): // other facts of the deal may be incomplete, but a broken team does nothing
		t.malformed(&problems, "edit.team", "deal.team")
		t.malformed(&problems, "edit.people", "deal.people")
	}
	if len(problems) > 0 {
		return nil, problems
	}
	return t.register()
}

// own reports whether a refusal is that of the change itself.
func (t *trial) own(f *refusal) bool {
	return f.event.Verb != 0 && deal.Compare(f.event, t.change.Event) == 0
}

// malformed adds the problems that an answer has with a fact only after the change.
func (t *trial) malformed(problems *value.Errors, path, name string) {
	for _, m := range t.new.missing {
		rest, ok := strings.CutPrefix(m.problem.Path, name)
		known := func(o missing) bool { return *o.problem == *m.problem }
		if !ok || m.problem.Code == FactMissing || slices.ContainsFunc(t.old.missing, known) {
			continue
		}
		rest = strings.TrimPrefix(strings.TrimPrefix(rest, "."), "evidence[0]")
		problems.Add(value.JoinPath(path, strings.TrimPrefix(rest, ".")),
			value.NewError(m.problem.Code, m.problem.Got, m.problem.Problem))
	}
}

// register asks the rules of the registry about an event of a claim, and about a new claim.
func (t *trial) register() ([]value.Reason, error) {
	c, rules := &t.change, t.before.rules.claims
	claims, _ := t.before.ask(t.asOf).claims()
	switch stored := t.before.record.Claims; {
	case c.ClaimEvent.Claim != "" && !slices.ContainsFunc(stored, t.hasEvent):
		e, known := c.ClaimEvent.Event, t.before.all()
		d, err := rules.Decide(claims.known, c.ClaimEvent.Claim, e)
		if to := e.To; err == nil && e.Do == registration.Hand && !known.Has(to) {
			d.Reasons = append(d.Reasons, value.NewReason(registration.DealCovered,
				"the party that is to get the claim is no party of the deal"))
		}
		return d.Reasons, value.Below("claim_event", err)
	case t.files() && !slices.ContainsFunc(stored, func(k registration.Claim) bool { return k.ID == c.Claim.ID }):
		d, err := rules.Submit(claims.known, c.Claim)
		return d.Reasons, value.Below("claim", err)
	}
	return nil, nil
}

// undone returns the stored events that hold before the change and not after it, and those that wait for consents
// before it and are refused after it.
func (t *trial) undone() (list []Undone) {
	broken := map[string][]refusal{} // before the change, by name
	for i := range t.old.refused {
		if f := &t.old.refused[i]; t.old.breaks(f) {
			broken[f.name] = append(broken[f.name], *f)
		}
	}
	for i := range t.new.refused {
		f := &t.new.refused[i]
		same := func(o refusal) bool { return deal.Compare(o.event, f.event) == 0 && (f.waits || !o.waits) }
		if !t.new.breaks(f) || t.own(f) || slices.ContainsFunc(broken[f.name], same) {
			continue
		}
		u := Undone{Event: f.event, Reasons: f.reasons(), Repeat: f.event.By.Party.Side, Override: true}
		for _, reason := range u.Reasons {
			u.Override = u.Override && slices.Contains(t.before.rules.overridable, reason.Code())
		}
		for _, shut := range f.shut {
			if shut.Code == stage.StageAuthority {
				u.Repeat = shut.Owner
			}
		}
		list = append(list, u)
	}
	return list
}

// pending returns the parties whose consent the change waits for.
func (t *trial) pending() (list []model.Party) {
	e := &t.change.Event
	for _, a := range t.new.progress.Pending {
		if a.Event.Verb != e.Verb || !a.Event.At.Equal(later(e.At, t.before.opened)) {
			continue
		}
		for _, side := range a.From {
			list = append(list, t.new.party(side))
		}
		list = append(list, a.Further...)
	}
	return list
}

// breaks reports whether a refused event does not hold: a tick of a task that is done all the same, or that the
// playbook no longer has, holds, and so does an event that waited until it got its consents.
func (w *answer) breaks(f *refusal) bool {
	if f.waits {
		return !slices.ContainsFunc(w.history, func(e stage.Event) bool {
			return e.Verb == f.event.Verb && e.Asked.Equal(f.event.At)
		})
	}
	ticked := slices.ContainsFunc(f.shut, func(shut stage.Shut) bool { return f.unticks(&shut) })
	has := slices.ContainsFunc(w.schedule.Items, func(i stage.Item) bool { return i.Task.ID == f.event.Task })
	return f.event.Verb != 0 && !(ticked && (!has || done(w.schedule, f.event.Task)))
}

// reasons returns why an event is refused.
func (f *refusal) reasons() (list []value.Reason) {
	for _, shut := range f.shut {
		list = append(list, shut.Missing)
	}
	var problems value.Errors
	problems.Add("", f.err)
	for _, p := range problems {
		list = append(list, value.NewReason(p.Code, "{given} {problem}", value.Op("given", p.Got),
			value.Op("problem", p.Problem)).At(p.Path))
	}
	return list
}

// hasEvent reports whether a claim has the event of the change.
func (t *trial) hasEvent(k registration.Claim) bool {
	return k.ID == t.change.ClaimEvent.Claim && slices.ContainsFunc(k.Events,
		func(e registration.Event) bool { return wire.Compare(&e, &t.change.ClaimEvent.Event) == 0 })
}
