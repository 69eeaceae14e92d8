package assess

import (
	"slices"
	"time"

	"github.com/coselling/coselling/comms"
	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/escalation"
	"github.com/coselling/coselling/internal/enum"
	"github.com/coselling/coselling/internal/wire"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/registration"
	"github.com/coselling/coselling/stage"
	"github.com/coselling/coselling/value"
)

// Assessment is the answer about one deal, of which everybody sees their [View]. The
// zero value answers nothing.
type Assessment struct{ answer answer }

// View is an assessment as one party may see it. Its JSON form is canonical: the same
// facts, in any order, give the same bytes. The slices belong to the caller.
type View struct {
	Party model.Party `json:"party,omitzero"` // whose view it is; zero: everything
	Deal  string      `json:"deal"`           // the deal's id; empty where the party may see nothing
	AsOf  time.Time   `json:"as_of"`          // UTC

	Model        Model          `json:"model"`          // which engagement model, and why
	Roles        model.Roles    `json:"roles,omitzero"` // who does what; zero while no model is set or recommended
	Progress     Progress       `json:"progress"`       // where the deal stands, and every way on
	Schedule     stage.Schedule `json:"schedule"`       // the dated playbook
	Registration Registration   `json:"registration"`   // who holds it, and until when
	Comms        comms.Report   `json:"-"`              // how the two sides talk
	// what was raised, and what the facts show, with whom to call; by kind
	Blockers []Standing `json:"blockers,omitzero"`
	// what each rep would be credited, or was; without lines where that is not known
	Credit   comp.Statement `json:"credit,omitzero"`
	Findings []Finding      `json:"findings,omitzero"` // everything that is wrong
	Next     []Action       `json:"next,omitzero"`     // what to do next, the most pressing first (SPEC 10)
	// which parts could not be answered in full, and which facts they need
	Missing []Missing `json:"missing,omitzero"`
}

// Model is the engagement model of a deal.
type Model struct {
	Set    model.Engagement `json:"set,omitzero"` // in force; 0: none is set
	Advice model.Advice     `json:"advice"`       // what the facts speak for, and why
}

// Progress is where a deal stands on its playbook.
type Progress struct {
	Stage   stage.Stage        `json:"stage,omitzero"`
	Status  stage.Status       `json:"status,omitzero"`
	Size    model.PlaybookSize `json:"size,omitzero"`
	Options []stage.Option     `json:"options,omitzero"` // every way on, with all that is shut
}

// Registration is how the registration of a deal stands.
type Registration struct {
	Registrant model.Registrant `json:"registrant,omitzero"` // who holds the active one; zero: nobody
	// of the deal's claim, as the party may know it; zero where the record has none
	Claim registration.Answer `json:"claim,omitzero"`
	// claims beside it, for the vendor alone; nil where there are none
	Rivals  []registration.Rival `json:"rivals,omitzero"`
	Reasons []value.Reason       `json:"reasons,omitzero"` // why it is not active; nil where it is
}

// Standing is one case of a deal: what stopped it, and whom to call.
type Standing struct {
	Kind escalation.Kind `json:"kind"`
	// the record's ids of what was raised; nil where the facts alone show it
	Blockers []string `json:"blockers,omitzero"`
	// which facts show it; zero where a person alone raised it
	Evidence value.Reason `json:"evidence,omitzero"`
	// with its route; notes that are for the other side alone are empty
	State escalation.Standing `json:"state"`
}

// Part is one part of the answer. The zero value is none.
type Part uint8

// The parts.
const (
	OfModel Part = 1 + iota
	OfRoles
	OfPlaybook
	OfRegistration
	OfComms
	OfEscalation
	OfCredit
)

var partNames = [...]string{"", "model", "roles", "playbook", "registration", "comms", "escalation", "credit"}

// String returns the part's name, or "" for the zero value.
func (p Part) String() string { return enum.Name(p, partNames[:]) }

// Finding is something that is wrong, with the facts that show it.
type Finding struct {
	Part   Part         `json:"part"`
	Side   model.Side   `json:"side,omitzero"`  // whose duty it was; unset: both sides'
	Since  time.Time    `json:"since,omitzero"` // from when on; zero where the rule has no instant
	Until  time.Time    `json:"until,omitzero"` // when it was mended; zero while it stands
	Reason value.Reason `json:"reason"`         // its code is the rule's
	// the facts that it depends on, by name; nil where it depends on what is absent
	Facts []string `json:"facts,omitzero"`
}

// Missing is a part that could not be answered in full.
type Missing struct {
	Part     Part
	Problems value.Errors // each names the fact, below deal, record or host
}

// Everything returns the answer without anything taken away, for the host alone: it has
// the pay of both sides, all notes, and names other claimants.
func (a Assessment) Everything() View { return a.view(model.Party{}) }

// For returns what a party of the deal may see (view.side): what others may not know is
// taken away before any sentence is made. Anybody but the deal's partner and its vendor
// gets a view of nothing.
func (a Assessment) For(party model.Party) View {
	if party.IsZero() || party != a.answer.partner && party != a.answer.vendor {
		return View{Party: party, AsOf: a.answer.asOf}
	}
	return a.view(party)
}

func (a Assessment) view(party model.Party) View {
	w := &a.answer
	v := View{
		Party: party, Deal: w.deal, AsOf: w.asOf,
		Model: w.advice.model, Roles: w.advice.roles, Progress: w.progress, Schedule: w.schedule, Comms: w.talk,
		Registration: w.registration(party), Credit: w.credit[party.Side], Missing: w.lacking(party),
	}
	for _, b := range w.blockers {
		v.Blockers = append(v.Blockers, b.standing(party))
	}
	for _, f := range w.findings {
		if may(party, f.only) {
			f.Reason = seen(party, f.Reason)
			v.Findings = append(v.Findings, f.Finding)
		}
	}
	v.Comms = wire.Clone(v.Comms) // of which the form shows nothing
	v = wire.Clone(v)
	for i := range v.Schedule.Items { // which write themselves
		task := &v.Schedule.Items[i].Task
		task.Covers = slices.Clone(task.Covers)
	}
	if len(v.Credit.Lines) == 0 {
		v.Credit = comp.Statement{}
	}
	v.Next = w.next(&v)
	return v
}

// may reports whether a party may know what is for one party only; nobody is everybody.
func may(party, only model.Party) bool {
	return party.IsZero() || only.IsZero() || party == only
}

// seen is a reason as a party may see it; nobody sees everything.
func seen(party model.Party, r value.Reason) value.Reason {
	if party.IsZero() {
		return r
	}
	return party.View(r)
}

// registration is what a party may know of the deal's claim.
func (w *answer) registration(party model.Party) Registration {
	r := Registration{Registrant: w.claim.registrant}
	if !may(party, w.claimReader()) {
		r.Reasons = []value.Reason{value.NewReason(registration.DealCovered, "the claimant is no party of the deal")}
		return r
	}
	for _, reason := range w.claim.reasons {
		r.Reasons = append(r.Reasons, seen(party, reason))
	}
	if w.claim.decision.Claim.ID == "" {
		return r
	}
	if party.Side == model.Partner {
		r.Claim = w.claim.decision.For(party)
		return r
	}
	r.Claim = w.claim.decision.For(w.vendor)
	for _, rival := range w.claim.decision.Rivals {
		r.Rivals = append(r.Rivals, apart(rival))
	}
	return r
}

// apart returns a rival that shares nothing with the answer.
func apart(r registration.Rival) registration.Rival {
	s := &r.Standing
	s.Claim = wire.Clone(s.Claim)
	s.Behind, s.Reminders, s.Findings = slices.Clone(s.Behind), slices.Clone(s.Reminders), slices.Clone(s.Findings)
	r.Scope, r.Match.Evidence = wire.Clone(r.Scope), slices.Clone(r.Match.Evidence)
	return r
}

// lacking is what a party may know of what is missing, by part.
func (w *answer) lacking(party model.Party) []Missing {
	var list []Missing
	for part := OfModel; part <= OfCredit; part++ {
		m := Missing{Part: part}
		for _, lack := range w.missing {
			if lack.part == part && may(party, lack.only) {
				problem := *lack.problem
				m.Problems = append(m.Problems, &problem)
			}
		}
		if len(m.Problems) > 0 {
			list = append(list, m)
		}
	}
	return list
}

// standing is a case without the notes that a party may not read.
func (b *blocker) standing(party model.Party) Standing {
	s := b.Standing
	s.State.Steps = slices.Clone(s.State.Steps)
	for i := range s.State.Steps {
		step := &s.State.Steps[i]
		for _, n := range b.internal {
			if !party.IsZero() && n.By.Party != party && n.At.Equal(step.At) && n.By == step.By {
				step.Note = ""
			}
		}
	}
	return s
}
