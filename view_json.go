package coselling

import (
	"github.com/go-json-experiment/json"

	"github.com/coselling/coselling/internal/strictjson"
	"github.com/coselling/coselling/registration"
	"github.com/coselling/coselling/value"
)

// MarshalJSON returns the view as a document for a portal or a log: members in a fixed
// order, what is empty left out, instants in UTC, amounts and percentages as text, each
// reason with its sentence. The same facts, in any order, give the same bytes. Nothing
// reads it back. The findings of all parts, those of the communication among them, stand
// under findings, and what is due under next.
func (v View) MarshalJSON() ([]byte, error) {
	w := viewWire{
		Party: v.Party, Deal: v.Deal, AsOf: strictjson.InstantText(v.AsOf),
		Model: modelWire{v.Model.Set.String(), v.Model.Advice}, Schedule: v.Schedule,
		Progress:     progressWire{v.Progress.Stage, v.Progress.Status.String(), v.Progress.Size.String(), v.Progress.Options},
		Registration: v.Registration.wire(), Blockers: each(v.Blockers, wireStanding),
		Findings: each(v.Findings, wireFinding), Next: each(v.Next, wireAction), Missing: each(v.Missing, wireMissing),
	}
	if len(v.Roles.Duties) > 0 {
		w.Roles = &v.Roles
	}
	if len(v.Credit.Lines) > 0 {
		w.Credit = &v.Credit
	}
	return json.Marshal(w)
}

// each is the JSON form of every element of a list.
func each[T, W any](list []T, wire func(*T) W) []W {
	out := make([]W, len(list))
	for i := range list {
		out[i] = wire(&list[i])
	}
	return out
}

func (r *Registration) wire() registrationWire {
	w := registrationWire{Registrant: r.Registrant.String(), Rivals: each(r.Rivals, wireRival), Reasons: r.Reasons}
	if r.Claim.Claim != "" {
		w.Claim = &r.Claim
	}
	return w
}

func wireRival(r *registration.Rival) rivalWire {
	s := &r.Standing
	return rivalWire{s.Claim.ID, s.Claim.Claimant, s.Status.String(), strictjson.InstantText(s.Until), r.Scope, r.Match.Relation.String(), r.Match.Evidence}
}

func wireStanding(b *Standing) standingWire {
	return standingWire{string(b.Kind), b.Blockers, b.Evidence, b.State}
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
