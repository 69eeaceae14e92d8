package coselling

import (
	"github.com/go-json-experiment/json"

	"github.com/coselling/coselling/escalation"
	"github.com/coselling/coselling/internal/strictjson"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/registration"
	"github.com/coselling/coselling/stage"
	"github.com/coselling/coselling/value"
)

// MarshalJSON returns the view as a document for a portal or a log: members in a fixed
// order, what is empty left out, instants in UTC, amounts and percentages as text, each
// reason with its sentence. The same facts, in any order, give the same bytes. Nothing
// reads it back. The findings of all parts stand under findings, what is due among the
// actions under next.
func (v View) MarshalJSON() ([]byte, error) {
	return json.Marshal(viewWire{
		Party: v.Party, Deal: v.Deal, AsOf: strictjson.InstantText(v.AsOf),
		Model: v.Model.wire(), Roles: each(v.Roles.Duties, wireDuty), Progress: v.Progress.wire(), Schedule: wireSchedule(&v.Schedule),
		Registration: v.Registration.wire(), Blockers: each(v.Blockers, wireStanding), Credit: v.wireCredit(),
		Findings: each(v.Findings, wireFinding), Next: each(v.Next, wireAction), Missing: each(v.Missing, wireMissing),
	})
}

// each is the JSON form of every element of a list.
func each[T, W any](list []T, wire func(*T) W) []W {
	out := make([]W, len(list))
	for i := range list {
		out[i] = wire(&list[i])
	}
	return out
}

// orNil is a reason that stands in a document only where there is one.
func orNil(r value.Reason) *value.Reason {
	if r.IsZero() {
		return nil
	}
	return &r
}

func (m *Model) wire() modelWire {
	a := &m.Advice
	return modelWire{
		m.Set.String(), a.Engagement.String(), a.Strength.String(), each(a.Candidates, func(e *model.Engagement) string { return e.String() }),
		a.For, a.Against, a.Contradictions, a.Missing,
	}
}

func wireDuty(d *model.Duty) dutyWire {
	return dutyWire{d.Responsibility, d.Says, d.Cell.Mode.String(), d.Accountable.Side.String(), d.Owner, d.PartnerRep, d.VendorRep, d.Consulted}
}

func (p *Progress) wire() progressWire {
	return progressWire{p.Stage, p.Status.String(), p.Size.String(), each(p.Options, func(o *stage.Option) optionWire {
		return optionWire{o.Verb.String(), o.To, o.Owner.String(), each(o.Shut, func(s *stage.Shut) shutWire {
			return shutWire{s.Code, s.Owner.String(), s.Missing}
		})}
	})}
}

func wireSchedule(s *stage.Schedule) scheduleWire {
	return scheduleWire{s.Engagement.String(), s.Provisional,
		each(s.Windows, func(w *stage.Window) windowWire { return windowWire(*w) }),
		each(s.Items, func(i *stage.Item) taskWire {
			t := &i.Task
			return taskWire{t.ID, i.Stage, t.Says, t.Kind.String(), t.Owner.String(), i.State.String(), i.Start, i.Due, i.Overdue, i.PartnerRep, i.VendorRep, i.By, strictjson.InstantText(i.At), i.Reason}
		})}
}

func (r *Registration) wire() registrationWire {
	w := registrationWire{Registrant: r.Registrant.String(), Rivals: each(r.Rivals, wireRival), Reasons: r.Reasons}
	if c := &r.Claim; c.Claim != "" {
		w.Claim = &claimWire{c.Claim, c.Status.String(), c.Active, strictjson.InstantText(c.Submitted), strictjson.InstantText(c.Due), strictjson.InstantText(c.Until),
			each(c.Held, func(h *registration.Holding) holdingWire {
				return holdingWire{h.Holder.String(), h.Scope, strictjson.InstantText(h.Until)}
			}), c.Reasons}
	}
	return w
}

func wireRival(r *registration.Rival) rivalWire {
	s := &r.Standing
	return rivalWire{s.Claim.ID, s.Claim.Claimant, s.Status.String(), strictjson.InstantText(s.Until), r.Scope, r.Match.Relation.String(), r.Match.Evidence}
}

func wireStanding(b *Standing) standingWire {
	s := &b.State
	return standingWire{
		Kind: string(b.Kind), Blockers: b.Blockers, Evidence: orNil(b.Evidence),
		Opened: strictjson.InstantText(s.Opened), Entered: strictjson.InstantText(s.Entered), Acknowledged: strictjson.InstantText(s.Acknowledged),
		Resolved: strictjson.InstantText(s.Resolved), Notified: strictjson.InstantText(s.Notified),
		Level: s.Route.Level.String(), RespondBy: strictjson.InstantText(s.Route.RespondBy), Reason: orNil(s.Route.Reason),
		People: each(s.Route.People(), func(c *escalation.Contact) contactWire { return contactWire{c.Person, c.Function.String(), c.For} }),
		Late:   orNil(s.Late), Steps: each(s.Steps, wireStep),
	}
}

func wireStep(s *escalation.Step) stepWire {
	w := stepWire{Act: s.Act.String(), At: strictjson.InstantText(s.At), Level: s.Level.String(), Note: s.Note}
	if s.By != (model.Person{}) {
		w.By = &s.By
	}
	return w
}

func (v *View) wireCredit() *creditWire {
	s := &v.Credit
	if len(s.Lines) == 0 {
		return nil
	}
	w := &creditWire{Model: s.Model.String(), Value: s.Value, Quota: s.Quota, Date: s.Date, Projected: s.Projected}
	for i := range s.Lines {
		l := &s.Lines[i]
		w.Lines = append(w.Lines, lineWire{l.Payee, l.Party, l.Credited.String(), l.Contribution, l.Base, l.Percent, l.Share, l.Rate, l.Table, l.QuotaCredit, l.Influenced, l.Commission, l.Reason()})
	}
	return w
}

func wireFinding(f *Finding) findingWire {
	return findingWire{f.Part.String(), f.Side.String(), strictjson.InstantText(f.Since), strictjson.InstantText(f.Until), f.Reason, f.Facts}
}

func wireAction(a *Action) actionWire {
	return actionWire{a.Urgency.String(), a.Code, a.Object, a.Owner.String(), a.Rep, a.Due, strictjson.InstantText(a.At), a.Reason}
}

func wireMissing(m *Missing) missingWire {
	return missingWire{m.Part.String(), each(m.Problems, func(p **value.Error) problemWire { return problemWire{(*p).Code, (*p).Path, (*p).Error()} })}
}
