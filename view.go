package coselling

import (
	"time"

	"github.com/coselling/coselling/comms"
	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/escalation"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/registration"
	"github.com/coselling/coselling/stage"
	"github.com/coselling/coselling/value"
)

// Assessment is the answer about one deal. What of it a party may see is its view.
type Assessment struct{ whole View }

// For returns what a party of the deal may see (view.side): made by taking away, before
// any sentence is made. Another party sees nothing.
func (a Assessment) For(p model.Party) View { panic("design") }

// Everything returns the answer without anything taken away, for the host alone: it
// holds the pay of both sides and names other claimants.
func (a Assessment) Everything() View { return a.whole }

// View is an assessment as one party may see it. Its JSON form is canonical: the same
// facts give the same bytes. The slices belong to the caller.
type View struct {
	Party model.Party // whose view it is; zero: everything
	Deal  string
	AsOf  time.Time

	Model        Model          // which engagement model, and why
	Roles        model.Roles    // who does what; zero while no model is set or recommended
	Progress     Progress       // where the deal stands, and what may happen next
	Schedule     stage.Schedule // the dated playbook
	Registration Registration   // of the deal
	Comms        comms.Report   // how the two sides talk
	Blockers     []Standing     // open cases and what the facts show to be one, with whom to call
	Credit       comp.Statement // what each rep would be credited, or was
	Findings     []Finding      // everything that is wrong
	Next         []Action       // what to do next, the most pressing first (SPEC 10)
	Missing      []Missing      // the parts that could not be answered in full, and for want of which facts
}

// Model is the engagement model of a deal.
type Model struct {
	Set    model.Engagement // in force; 0: none is set
	Advice model.Advice     // what the facts speak for, and why
}

// Progress is where a deal stands on its playbook.
type Progress struct {
	Stage   stage.Stage
	Status  stage.Status
	Size    model.PlaybookSize
	Options []stage.Option // every way on, with all that is shut
}

// Registration is how the registration of a deal stands.
type Registration struct {
	Registrant model.Registrant
	Claim      registration.Answer // of the deal's claim, as the party may know it
	Reasons    []value.Reason      // why there is no active registration
}

// Standing is one blocker of a deal and where it goes.
type Standing struct {
	Blocker  string // the record's id; empty where the facts show it and nobody raised it
	Kind     escalation.Kind
	Note     string
	Evidence value.Reason // of a detected one
	State    escalation.Standing
}

// Part is one part of the answer.
type Part uint8

const (
	OfModel Part = 1 + iota
	OfRoles
	OfPlaybook
	OfRegistration
	OfComms
	OfEscalation
	OfCredit
)

// Finding is something that is wrong, with the facts that show it.
type Finding struct {
	Part   Part
	Side   model.Side   // whose duty it was; unset: both sides'
	Since  time.Time    // zero where the rule has no instant
	Until  time.Time    // when it was mended; zero while it stands
	Reason value.Reason // its code is the rule's, its paths are the facts it depends on
}

// Urgency orders actions (SPEC 10).
type Urgency uint8

const (
	Blocks   Urgency = 1 + iota // stands in the way of the next transition
	Escalate                    // an open case
	Overdue
	Due
)

// Action is one thing to do next.
type Action struct {
	Urgency Urgency
	Code    value.Code // the rule that asks for it
	Object  string     // the gate, task, case or activity it is about
	Owner   model.Side // who has to act; unset: both
	Rep     string     // the person, where one is known
	Due     value.Date // the day on which it is due, in the zone; zero: at once
	At      time.Time  // the instant by which, where the rule has one; zero: the end of Due
	Reason  value.Reason
}

// Text returns the action as one sentence.
func (a Action) Text() string { return a.Reason.String() }

// Missing is a part that could not be answered in full.
type Missing struct {
	Part     Part
	Problems value.Errors // each names the fact by its path, below deal, record or host
}
