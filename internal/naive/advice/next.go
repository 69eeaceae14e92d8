// Package advice says of the actions of a view what the specification alone says: how urgent each is, in which order
// they
// stand, which are missing and which nothing asks for.
package advice

import (
	"slices"
	"strings"

	"github.com/coselling/coselling/assess"
	"github.com/coselling/coselling/comms"
	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/escalation"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/registration"
	"github.com/coselling/coselling/registration/matching"
	"github.com/coselling/coselling/stage"
	"github.com/coselling/coselling/value"
)

// firstReminder is how many days before its end a registration comes within its reminders.
const firstReminder = 30

// Shown is a view as the oracle reads it.
type Shown struct {
	assess.View
	Held bool // a party that is not of the deal has an active claim on the account, which partners may not see
}

// HeldByOther reports whether a party that is not of the deal has an active claim on the account.
func HeldByOther(everything assess.View, parties ...model.Party) bool {
	return slices.ContainsFunc(everything.Registration.Rivals, func(r registration.Rival) bool {
		return r.Standing.Active && !slices.Contains(parties, r.Standing.Holder) && r.Match.Relation == matching.Same
	})
}

// open reports whether the view has a finding of a code that is not over.
func (v Shown) open(code value.Code) bool {
	return slices.ContainsFunc(v.Findings, func(f assess.Finding) bool {
		return f.Reason.Code() == code && f.Until.IsZero()
	})
}

// calls reports whether a case of a kind is open.
func (v Shown) calls(kind escalation.BlockerKind) bool {
	return slices.ContainsFunc(v.Blockers, func(b assess.Escalation) bool { return b.Kind == kind && b.State.IsOpen() })
}

// onward is the way to the next stage, or to being won; false where the deal does not run.
func (v Shown) onward() (stage.Way, bool) {
	i := slices.IndexFunc(v.Progress.Options, func(w stage.Way) bool {
		return w.Verb == stage.VerbAdvance || w.Verb == stage.VerbWin
	})
	if i < 0 || v.Progress.Status != stage.Running {
		return stage.Way{}, false
	}
	return v.Progress.Options[i], true
}

// needs reports whether a gate keeps the deal in its stage. A deal that is not qualified has no other step than to be
// lost, so that its stage needs nothing.
func (v Shown) needs(gate value.Code) bool {
	way, _ := v.onward()
	return !v.open(stage.GateQualified) &&
		slices.ContainsFunc(way.Shut, func(s stage.Shut) bool { return s.Code == gate })
}

// task is the task that an action is about, with its place. The object of a case is a kind of blocker, that of a
// consent an act, whatever tasks are named.
// awaits reports whether an event of a verb waits for consents, which are then the next act.
func (v Shown) awaits(verb stage.Verb) bool {
	return slices.ContainsFunc(v.Progress.Pending, func(p stage.Awaiting) bool { return p.Event.Verb == verb })
}

func (v Shown) task(a assess.Action) (stage.Item, int) {
	i := slices.IndexFunc(v.Schedule.Items, func(i stage.Item) bool { return string(i.Task.ID) == a.Object })
	if i < 0 || a.Code == stage.StageConsent || strings.HasPrefix(string(a.Code), "esc.") {
		return stage.Item{}, len(v.Schedule.Items) // what is not of the playbook comes last
	}
	return v.Schedule.Items[i], i
}

// lapsed reports whether a registration ended too early and none is active now. The finding has no end of its own.
func (v Shown) lapsed() bool {
	return v.open(stage.RegistrationLapsed) && v.Registration.Registrant == model.NoRegistrant
}

// ending reports whether the deal's claim ends within its reminders; one that nobody confirmed ends with the days in
// which that was to be done.
func (v Shown) ending() bool {
	claim := v.Registration.Claim
	return claim.Status == registration.Approved && !claim.Until.After(v.AsOf.AddDate(0, 0, firstReminder))
}

func registers(a assess.Action) bool {
	return strings.HasPrefix(string(a.Code), "reg.") || a.Code == stage.GateRegistered
}

// ofStage reports whether a code is that of a rule of the process by its name.
func ofStage(code value.Code, name string) bool {
	after, ok := strings.CutPrefix(string(code), "stage.")
	return ok && after == name
}

func moves(a assess.Action) bool {
	return a.Object == stage.VerbAdvance.String() || a.Object == stage.VerbWin.String()
}

// talks reports whether an action is about one activity; two meetings may have one subject.
func talks(a assess.Action) bool { return strings.HasPrefix(string(a.Code), "comm.") }

// Rank is the first that counts.
func (v Shown) Rank(a assess.Action) assess.Urgency {
	switch {
	case a.Object == stage.VerbLose.String():
		return assess.Losing
	case v.losesRightOrTrust(a):
		return assess.AtRisk
	case strings.HasPrefix(string(a.Code), "esc."), moves(a) && v.calls(escalation.DealStalled):
		return assess.OpenCase
	case v.isNextStep(a):
		return assess.NextStep
	case v.isOverdue(a):
		return assess.Overdue
	}
	return assess.DueLater
}

func (v Shown) losesRightOrTrust(a assess.Action) bool {
	switch a.Code {
	case stage.RegistrationLapsed, registration.FirstWins, registration.Order, registration.ExistingCustomer,
		registration.LateApproval, comms.OnePrice:
		return true
	case stage.GateSingleProposal, stage.GateModelSet: // two proposals; no model after first contact
		return v.open(map[value.Code]value.Code{stage.GateSingleProposal: stage.GateSingleProposal,
			stage.GateModelSet: model.BeforeInteraction}[a.Code])
	}
	claim := v.Registration.Claim
	if _, i := v.task(a); a.Code == registration.Unconfirmed && a.Object != claim.Claim && i == len(v.Schedule.Items) {
		ends := func(f assess.Finding) bool { // another claim of the deal, which is approved
			return f.Reason.Code() == a.Code && f.Until.IsZero() && names(f, a)
		}
		return v.lapsed() || slices.ContainsFunc(v.Findings, ends)
	}
	return registers(a) && (v.ending() || claim.Status == registration.Expired || v.lapsed())
}

func (v Shown) isNextStep(a assess.Action) bool {
	if ofStage(a.Code, "hold_review") {
		return !v.Today.Before(a.Due)
	}
	switch a.Code {
	case model.NoOrphan, stage.GateOrder,
		stage.StageConsent, registration.Unconfirmed, // consents
		stage.StageReplanned, model.RegistrationMismatch, // another playbook, by size or by model
		stage.GateModelSet:
		return true
	}
	if registers(a) {
		return v.needs(stage.GateRegistered)
	}
	item, _ := v.task(a)
	return item.Stage == v.Progress.Stage && item.State == stage.Open && item.Task.Kind != stage.Recurring &&
		item.Task.Kind != stage.AfterClose ||
		strings.HasPrefix(string(a.Code), "gate.") && v.needs(a.Code)
}

// endsWithin are the duties with a term at whose very end they are in time: a sync and a debrief come before it.
var endsWithin = []value.Code{comms.Notify, comms.Response, comms.SharedNotes}

// isOverdue counts what was to be done by a day that is past, and of the rules without a term those that name it: the
// committed close, and the setting of the model.
func (v Shown) isOverdue(a assess.Action) bool {
	switch {
	case ofStage(a.Code, "commit"), a.Code == comp.ContributionUpfront:
		return true
	case a.At.Equal(v.AsOf) && slices.Contains(endsWithin, a.Code):
		return false
	case !a.At.IsZero():
		return !a.At.After(v.AsOf)
	}
	return !a.Due.IsZero() && a.Due.Before(v.Today)
}

// Before reports whether a has to stand before b.
func (v Shown) Before(a, b assess.Action) bool {
	i, j := v.Rank(a), v.Rank(b)
	_, m := v.task(a)
	_, n := v.task(b)
	switch {
	case i != j:
		return i < j
	case a.Due != b.Due:
		return b.Due.IsZero() || !a.Due.IsZero() && a.Due.Before(b.Due)
	case m != n:
		return m < n
	case a.Code != b.Code:
		return a.Code < b.Code
	}
	return a.Object < b.Object
}
