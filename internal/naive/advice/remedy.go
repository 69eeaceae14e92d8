package advice

import (
	"fmt"
	"slices"
	"strings"

	"github.com/coselling/coselling/assess"
	"github.com/coselling/coselling/comms"
	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/escalation"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/registration"
	"github.com/coselling/coselling/stage"
	"github.com/coselling/coselling/value"
)

// names reports whether a finding names the fact that an action is about.
func names(f assess.Finding, a assess.Action) bool {
	return slices.ContainsFunc(f.Facts, func(fact string) bool { return strings.HasSuffix(fact, `["`+a.Object+`"]`) })
}

// Groundless says why nothing in the view asks for an action; empty: something does.
func (v Shown) Groundless(a assess.Action) string {
	about := slices.DeleteFunc(slices.Clone(v.Findings), func(f assess.Finding) bool {
		return f.Reason.Code() != a.Code || !names(f, a)
	})
	over := func(f assess.Finding) bool { return !f.Until.IsZero() }
	item, i := v.task(a)
	switch {
	case i < len(v.Schedule.Items) && item.Ahead:
		return "its stage is not reached"
	case i < len(v.Schedule.Items) && item.State != stage.Open:
		return "the task is " + item.State.String()
	case talks(a) && a.Code != comms.WeeklySync && len(about) > 0 && // the next sync is due, whatever was late
		!slices.ContainsFunc(about, func(f assess.Finding) bool { return !over(f) }):
		return "its finding is over"
	case strings.HasPrefix(string(a.Code), "esc.") && !v.calls(escalation.BlockerKind(a.Object)):
		return "no such case is open"
	case a.Urgency == assess.OpenCase && (v.Progress.Status == stage.OnHold || v.Progress.Status == stage.ClosedLost):
		return "nobody is called about a deal that is lost or on hold"
	}
	broken := a.Urgency == assess.Losing || a.Urgency == assess.Overdue && talks(a)
	switch a.Code {
	case comms.OnePrice, comms.SingleThread, stage.RegistrationLapsed, stage.StageReplanned,
		model.NoOrphan, model.SingleOwner, model.RegistrationMismatch, comp.ContributionUpfront:
		broken = true
	}
	broken = broken || ofStage(a.Code, "commit")
	if broken && !v.open(a.Code) {
		return "no such finding is open"
	}
	return ""
}

func (v Shown) list() (text string) {
	for _, a := range v.Next {
		text += fmt.Sprintln(a.Urgency, a.Code, a.Object, a.Owner, a.Due, a.Text())
	}
	return text + fmt.Sprintf("%+v\n%+v\n%+v", v.Findings, v.Progress, v.Registration)
}

// AtLeast are the remedies that next.remedy lists at the least, and what gate.qualified and next.order add.
var AtLeast = []string{"lose", "register again", "extend", "confirm", "held", "customer", "model", "consent", "resize",
	"rep", "executives", "case", "prices", "proposals", "forward", "answer", "talk", "step", "advance"}

// Complete returns which of them is not among the actions; empty: none. It calls saw with what is asked for.
func (v Shown) Complete(saw func(string)) (problem string) {
	running := v.Progress.Status == stage.Running
	if !running && v.Progress.Status != stage.OnHold {
		return ""
	}
	has := func(what string, asked bool, ok func(assess.Action) bool) {
		if asked && !slices.ContainsFunc(v.Next, ok) {
			problem = fmt.Sprintf("%s: no such action in\n%s", what, v.list())
		}
		if asked {
			saw(what)
		}
	}
	coded := func(code value.Code) func(assess.Action) bool {
		return func(a assess.Action) bool { return a.Code == code }
	}
	urgent := func(a assess.Action) bool { return registers(a) && a.Urgency == assess.AtRisk }
	has("lose", v.open(stage.GateQualified) && v.Model.Set != 0, func(a assess.Action) bool {
		return a.Urgency == assess.Losing
	})
	has("register again", v.lapsed(), urgent)
	has("extend", v.Registration.Claim.Active && v.ending(), urgent)
	has("held", v.Held && !v.Registration.Claim.Active && len(v.Registration.Claim.Held) > 0, urgent)
	has("model", running && v.Model.Set == 0, coded(stage.GateModelSet))
	for _, p := range v.Progress.Pending {
		for _, side := range p.From {
			has("consent", len(p.Shut) == 0, func(a assess.Action) bool {
				return a.Code == stage.StageConsent && a.Object == p.Event.Verb.String() && a.Owner == side
			})
		}
	}
	for _, p := range v.Progress.Pending { // of two parties
		silent := len(p.Shut) == 0 && !p.Due.IsZero() && !v.AsOf.Before(p.Due)
		has("instead", silent, func(a assess.Action) bool {
			return a.Code == stage.StageConsent && a.Object == p.Event.Verb.String() && a.Owner == p.From[0].Other()
		})
	}
	early := v.Progress.Stage == stage.Identification || v.Progress.Stage == stage.Discovery
	has("resize", v.open(stage.StageReplanned) && (early || v.Progress.Size == model.Simplified) &&
		!v.awaits(stage.VerbResize), coded(stage.StageReplanned)) // downwards later, nothing mends it
	for _, b := range v.Blockers {
		name := map[bool]string{true: "executives", false: "case"}[b.Kind == escalation.LargeDeal]
		has(name, running && b.State.IsOpen(), func(a assess.Action) bool {
			return a.Urgency <= assess.OpenCase &&
				(a.Object == string(b.Kind) || b.Kind == escalation.DealStalled && moves(a))
		})
	}
	for _, f := range v.Findings {
		if f.Until.IsZero() {
			v.mends(f, has)
		}
	}
	if way, ok := v.onward(); ok && !v.open(stage.GateQualified) {
		has("step", true, func(a assess.Action) bool { return a.Urgency <= assess.NextStep })
		has("advance", len(way.Shut) == 0 && !v.awaits(way.Verb), // which waits for a consent
			func(a assess.Action) bool { return a.Object == way.Verb.String() && a.Owner == way.Owner })
	}
	return problem
}

// mends fails where the action that mends a finding is not there.
func (v Shown) mends(f assess.Finding, has func(string, bool, func(assess.Action) bool)) {
	code := f.Reason.Code()
	from := func(a assess.Action) bool { return a.Code == code && a.Owner == f.Side }
	about := func(a assess.Action) bool { return from(a) && (len(f.Facts) == 0 || names(f, a)) }
	has("confirm", code == registration.Unconfirmed, func(a assess.Action) bool {
		_, i := v.task(a)
		return about(a) || from(a) && i < len(v.Schedule.Items)
	})
	has("customer", code == registration.ExistingCustomer, from)
	has("rep", code == model.NoOrphan, from)
	has("prices", code == comms.OnePrice, about)
	has("proposals", code == stage.GateSingleProposal, func(a assess.Action) bool { return a.Code == code })
	has("forward", code == comms.SingleThread, from) // one for the thread
	has("answer", code == comms.Response, about)
	has("talk", code == comms.SharedNotes || code == comms.WeeklySync, about)
}
