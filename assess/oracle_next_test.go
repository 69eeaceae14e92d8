package assess_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/coselling/coselling/assess"
	"github.com/coselling/coselling/comms"
	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/escalation"
	"github.com/coselling/coselling/internal/reachtest"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/registration"
	"github.com/coselling/coselling/registration/domains"
	"github.com/coselling/coselling/registration/matching"
	"github.com/coselling/coselling/stage"
	"github.com/coselling/coselling/value"
)

// firstReminder is how many days before its end a registration comes within its reminders.
const firstReminder = 30

// This is an oracle of next.order and next.remedy. It was written from SPEC alone: it reads the facts of a view and
// says for each action what happens if it waits.
func TestActionsStandInTheOrderOfTheSpecification(t *testing.T) {
	customer := registration.Customer{Account: matching.Account{Domains: []string{"calder-rail.com"}}}
	listed, err := assess.Compile(ourBook(), assess.Host{Rosters: []escalation.Roster{roster()},
		Registrable: domains.Registrable, Customers: []registration.Customer{customer}})
	if err != nil {
		t.Fatal(err)
	}
	plain := engine(t)
	seen := reachtest.Seen{}
	reachtest.Check(t, seen, func(t *rapid.T) {
		w := draw(t, plain)
		if w.chance("customer", 20) {
			w.engine = listed
		}
		w.drawFar()
		assessment := w.ask(t)
		for _, party := range []model.Party{{}, acme, us} {
			v := shown{view(assessment, party), heldByOther(assessment.Everything())}
			for i, a := range v.Next {
				if want := v.rank(a); a.Urgency != want {
					t.Fatalf("next.order: the rank of %s (%s) is %s, want %s", a.Text(), a.Code, a.Urgency, want)
				}
				seen[a.Urgency.String()]++
				for _, b := range v.Next[:i] {
					if v.before(a, b) {
						t.Fatalf("next.order: %+v\nstands behind\n%+v", a, b)
					}
					same := a.Code == b.Code && a.Object == b.Object || a.Code != b.Code && a.Text() == b.Text()
					if same && a.Owner == b.Owner {
						t.Fatalf("next.remedy: twice: %+v\n%+v", a, b)
					}
				}
				if why := v.groundless(a); why != "" {
					t.Fatalf("next.remedy: %s is asked, but %s", a.Text(), why)
				}
			}
			v.complete(t, seen)
		}
	}, append([]string{assess.Losing.String(), assess.AtRisk.String(), assess.OpenCase.String(),
		assess.NextStep.String(), assess.Overdue.String(), assess.DueLater.String()}, atLeast...)...)
}

// drawFar draws what deals meet late: an import past identification, proposals, claims for both sides, a committed
// close, an amount that changed.
func (w *world) drawFar() {
	d, r := &w.deal, &w.record
	if w.chance("import", 40) {
		d.Opening.Stage = pick(w, "stage", stage.Discovery, stage.Presentation, stage.Evaluation, stage.Proposal,
			stage.Close)
		d.Opening.From, d.Opening.At = "crm", day1.Add(time.Hour)
		d.Opening.Engagement = pick(w, "imported model", model.PartnerLed, model.VendorLed, model.TrueCoSell)
		if w.chance("quiet", 50) {
			r.Events = nil
		}
	}
	for range rapid.IntRange(0, 4).Draw(w.t, "late facts") {
		f := pick(w, "late fact", stage.Fact{Kind: stage.ContractsExecuted}, stage.Fact{Kind: stage.PartnerEngaged},
			stage.Fact{Kind: stage.ProposalSent, Proposal: "P-1", Revision: 1},
			stage.Fact{Kind: stage.PricingApproved, Proposal: "P-1", Revision: 1, Side: model.Vendor})
		f.At = w.instant("late fact")
		r.Facts = append(r.Facts, f)
	}
	for i := range r.Claims {
		if c := &r.Claims[i]; w.chance("joint", 30) {
			c.Filing.With = map[bool]model.Party{true: acme, false: us}[c.Claimant == us]
		}
	}
	if w.chance("committed", 30) {
		d.Committed = value.MustDate("2026-12-18")
	}
	if !d.Amount.IsZero() && w.chance("changed amount", 40) {
		d.AmountAt, d.Opening.Size = w.instant("amount"), pick(w, "size", model.Standard, model.Simplified)
	}
}

// shown is a view as the oracle reads it.
type shown struct {
	assess.View
	held bool // a party that is not of the deal has an active claim on the account, which partners may not see
}

// heldByOther reports whether a party that is not of the deal has an active claim on the account.
func heldByOther(everything assess.View) bool {
	return slices.ContainsFunc(everything.Registration.Rivals, func(r registration.Rival) bool {
		return r.Standing.Active && r.Standing.Holder != acme && r.Standing.Holder != us &&
			r.Match.Relation == matching.Same
	})
}

// open reports whether the view has a finding of a code that is not over.
func (v shown) open(code value.Code) bool {
	return slices.ContainsFunc(v.Findings, func(f assess.Finding) bool {
		return f.Reason.Code() == code && f.Until.IsZero()
	})
}

// calls reports whether a case of a kind is open.
func (v shown) calls(kind escalation.BlockerKind) bool {
	return slices.ContainsFunc(v.Blockers, func(b assess.Escalation) bool { return b.Kind == kind && b.State.IsOpen() })
}

// onward is the way to the next stage, or to being won; false where the deal does not run.
func (v shown) onward() (stage.Way, bool) {
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
func (v shown) needs(gate value.Code) bool {
	way, _ := v.onward()
	return !v.open(stage.GateQualified) &&
		slices.ContainsFunc(way.Shut, func(s stage.Shut) bool { return s.Code == gate })
}

// task is the task that an action is about, with its place. The object of a case is a kind of blocker, that of a
// consent an act, whatever tasks are named.
// awaits reports whether an event of a verb waits for consents, which are then the next act.
func (v shown) awaits(verb stage.Verb) bool {
	return slices.ContainsFunc(v.Progress.Pending, func(p stage.Awaiting) bool { return p.Event.Verb == verb })
}

func (v shown) task(a assess.Action) (stage.Item, int) {
	i := slices.IndexFunc(v.Schedule.Items, func(i stage.Item) bool { return string(i.Task.ID) == a.Object })
	if i < 0 || a.Code == stage.StageConsent || strings.HasPrefix(string(a.Code), "esc.") {
		return stage.Item{}, len(v.Schedule.Items) // what is not of the playbook comes last
	}
	return v.Schedule.Items[i], i
}

// lapsed reports whether a registration ended too early and none is active now. The finding has no end of its own.
func (v shown) lapsed() bool {
	return v.open(stage.RegistrationLapsed) && v.Registration.Registrant == model.NoRegistrant
}

// ending reports whether the deal's claim ends within its reminders; one that nobody confirmed ends with the days in
// which that was to be done.
func (v shown) ending() bool {
	claim := v.Registration.Claim
	return claim.Status == registration.Approved && !claim.Until.After(v.AsOf.AddDate(0, 0, firstReminder))
}

func registers(a assess.Action) bool {
	return strings.HasPrefix(string(a.Code), "reg.") || a.Code == stage.GateRegistered
}

func moves(a assess.Action) bool {
	return a.Object == stage.VerbAdvance.String() || a.Object == stage.VerbWin.String()
}

// talks reports whether an action is about one activity; two meetings may have one subject.
func talks(a assess.Action) bool { return strings.HasPrefix(string(a.Code), "comm.") }

// rank is the first that counts.
func (v shown) rank(a assess.Action) assess.Urgency {
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

func (v shown) losesRightOrTrust(a assess.Action) bool {
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

func (v shown) isNextStep(a assess.Action) bool {
	switch a.Code {
	case "stage.hold_review":
		return !v.Today.Before(a.Due)
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
	return item.Stage == v.Progress.Stage && item.State == stage.Open && item.Task.Kind != stage.Recurring ||
		strings.HasPrefix(string(a.Code), "gate.") && v.needs(a.Code)
}

// isOverdue counts what was to be done by a day that is past, and of the rules without a term those that name it: the
// committed close, and the setting of the model.
func (v shown) isOverdue(a assess.Action) bool {
	switch {
	case a.Code == "stage.commit", a.Code == comp.ContributionUpfront:
		return true
	case !a.At.IsZero():
		return !a.At.After(v.AsOf)
	}
	return !a.Due.IsZero() && a.Due.Before(v.Today)
}

// before reports whether a has to stand before b.
func (v shown) before(a, b assess.Action) bool {
	i, j := v.rank(a), v.rank(b)
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
