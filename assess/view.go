package assess

import (
	"slices"
	"strings"
	"time"

	"github.com/coselling/coselling/comms"
	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/deal"
	"github.com/coselling/coselling/escalation"
	"github.com/coselling/coselling/internal/enum"
	"github.com/coselling/coselling/internal/wire"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/registration"
	"github.com/coselling/coselling/stage"
	"github.com/coselling/coselling/value"
)

// Assessment is the result of [Rules.Assess]; [Assessment.For] returns a party's part. The zero value is empty.
type Assessment struct{ answer answer }

// View is the part of an assessment that a party may see. The caller owns the slices.
type View struct {
	Party model.Party `json:"party,omitzero"` // zero: the view of everything
	Deal  string      `json:"deal"`           // the id of the deal; empty where the party may see nothing
	AsOf  time.Time   `json:"as_of"`          // in UTC

	Account string      `json:"account,omitzero"` // the company that buys; may be empty
	Amount  value.Money `json:"amount,omitzero"`  // the customer's price; zero: not known
	Today   value.Date  `json:"today,omitzero"`   // the day of AsOf in the policy's zone

	Participants []deal.Participant `json:"participants,omitzero"` // all partners that do not lead now; nil: none

	Model        ModelChoice    `json:"model"`             // the engagement model
	Roles        model.Roles    `json:"roles,omitzero"`    // zero while no model is set or recommended
	Progress     Progress       `json:"progress"`          // the stage of the deal and its options
	Schedule     stage.Schedule `json:"schedule"`          // the dated playbook
	Close        Closing        `json:"close,omitzero"`    // the committed close; zero: the deal has none
	Registration Registration   `json:"registration"`      // the registration of the deal
	Comms        comms.Report   `json:"-"`                 // the communication of the two sides
	Blockers     []Escalation   `json:"blockers,omitzero"` // the blockers with the people to call, by kind
	Credit       comp.Statement `json:"credit,omitzero"`   // of each rep; without lines where it is not known
	// what Credit prices: the deal with the payees of the party alone, and their roles, for a ledger or a comparison of
	// policies; zero where the deal has no amount, is lost, or has no payee of the party
	Booking comp.Booking `json:"-"`
	// of a deal of several partners: who brought it and who touched it, for a partner itself; nil: it has one partner
	Influence []value.Reason `json:"influence,omitzero"`
	Findings  []Finding      `json:"findings,omitzero"` // of all parts
	Next      []Action       `json:"next,omitzero"`     // the most urgent first (next.order)
	Missing   []Missing      `json:"missing,omitzero"`  // the incomplete parts, with the facts that they need
}

// ModelChoice is the engagement model of a deal.
type ModelChoice struct {
	Set    model.Engagement `json:"set,omitzero"` // zero: none is set
	Advice model.Advice     `json:"advice"`       // the recommendation
}

// Progress is the progress of a deal on its playbook.
type Progress struct {
	Stage   stage.Stage        `json:"stage,omitzero"`
	Status  stage.Status       `json:"status,omitzero"`
	Size    model.PlaybookSize `json:"size,omitzero"`
	Options []stage.Way        `json:"options,omitzero"` // all possible moves, with their shut gates
	Pending []stage.Awaiting   `json:"pending,omitzero"` // events that wait for consents (stage.consent)
}

// Registration is the registration of a deal.
type Registration struct {
	Registrant model.Registrant     `json:"registrant,omitzero"` // of the active registration; zero: none
	Claim      registration.Answer  `json:"claim,omitzero"`      // the deal's claim, as the party may see it
	Rivals     []registration.Rival `json:"rivals,omitzero"`     // other claims, for the vendor only
	Reasons    []value.Reason       `json:"reasons,omitzero"`    // why it is not active; nil: it is active
}

// Escalation is a blocker of a deal with the standing of its case.
type Escalation struct {
	Kind     escalation.BlockerKind `json:"kind"`
	Concerns []model.Party          `json:"concerns,omitzero"` // nil: the vendor and the partner that leads
	Blockers []string               `json:"blockers,omitzero"` // of the record; nil: only facts show it
	Evidence value.Reason           `json:"evidence,omitzero"` // facts that show it; zero: a person raised it
	State    escalation.State       `json:"state"`             // notes for the other side only are left out
}

// Section is a part of an assessment. The zero value is none.
type Section uint8

// The parts.
const (
	SectionModel Section = 1 + iota
	SectionRoles
	SectionPlaybook
	SectionRegistration
	SectionComms
	SectionEscalation
	SectionCredit
)

var partNames = [...]string{"", "model", "roles", "playbook", "registration", "comms", "escalation", "credit"}

// String returns the part's name, or "" for the zero value.
func (p Section) String() string { return enum.Name(p, partNames[:]) }

// MarshalText returns what [Section.String] returns; the error is always nil.
func (p Section) MarshalText() ([]byte, error) { return []byte(p.String()), nil }

// Finding is a broken rule with the facts that show it.
type Finding struct {
	Part   Section      `json:"part"`
	Side   model.Side   `json:"side,omitzero"`  // the side whose duty it was; zero: both
	Since  time.Time    `json:"since,omitzero"` // zero: the rule has no instant
	Until  time.Time    `json:"until,omitzero"` // when it was mended; zero: not yet
	Reason value.Reason `json:"reason"`         // its code is the rule's
	Facts  []string     `json:"facts,omitzero"` // names of facts; nil: missing facts show it
}

// Missing is an incomplete part of an assessment.
type Missing struct {
	Part     Section
	Problems value.Errors // each names the fact, below deal, record or host
}

// Everything returns the view of the host, with all notes, pay and claimants. No party may see it.
func (a Assessment) Everything() View { return a.view(model.Party{}) }

// For returns the view of the deal's partner, of its vendor, or of a participant (view.side). Text that the party may
// not know is removed before sentences are made. A participant reads of talk what concerns the prospect, and the
// blockers that name it. The view of anybody else holds only Party and AsOf.
func (a Assessment) For(party model.Party) View {
	w := &a.answer
	if party.IsZero() || party != w.partner && party != w.vendor && !w.further(&w.ground.deal, party) {
		return View{Party: party, AsOf: w.asOf}
	}
	return a.view(party)
}

func (a Assessment) view(party model.Party) View {
	w := &a.answer
	credit := w.credit.seenBy(party)
	v := View{
		Party: party, Deal: w.deal, AsOf: w.asOf,
		Account: w.ground.account, Amount: w.ground.amount, Today: w.ground.today,
		Model: w.advice.model, Roles: w.advice.roles, Progress: w.progress, Schedule: w.schedule,
		Close: w.closing, Comms: w.talk,
		Registration: w.registration(party), Credit: credit.Statement, Influence: w.influence(party),
		Missing: w.missingOf(party),
	}
	further := w.further(&w.ground.deal, party)
	if further {
		v.Comms = shared(v.Comms)
	}
	if partners := w.ground.partners; len(partners) > 0 {
		v.Participants = partners[1:]
	}
	for _, b := range w.blockers {
		if further && !slices.Contains(b.Concerns, party) {
			continue
		}
		v.Blockers = append(v.Blockers, b.standing(party))
	}
	v.find(w.findings[:w.beforeTalk], further)
	for i := range w.talk.Findings {
		v.find([]finding{spoken(&w.talk.Findings[i])}, further)
	}
	v.find(w.findings[w.beforeTalk:], further)
	// they are no members of the document, so the next Clone shares them
	v.Comms, v.Booking = wire.Clone(v.Comms), wire.Clone(credit.booking)
	v = wire.Clone(v)
	for i := range v.Schedule.Items { // they write themselves, so Clone shares this list
		task := &v.Schedule.Items[i].Task
		task.Covers = slices.Clone(task.Covers)
	}
	if len(v.Credit.Lines) == 0 {
		v.Credit = comp.Statement{}
	}
	wording := w.ground.wording()
	v.say(wording)
	v.Next = w.next(&v, wording)
	return v
}

// find adds the findings of which the party may know; further: it is a participant.
func (v *View) find(list []finding, further bool) {
	for _, f := range list {
		if may(v.Party, f.only) && (!further || f.common() || slices.Contains(f.concerns, v.Party)) {
			f.Reason = seen(v.Party, f.Reason)
			v.Findings = append(v.Findings, f.Finding)
		}
	}
}

// may reports whether a party may know of something for one party only. A zero party is everybody.
func may(party, only model.Party) bool {
	return party.IsZero() || only.IsZero() || party == only
}

// seen returns a reason as a party may see it. The zero party sees everything.
func seen(party model.Party, r value.Reason) value.Reason {
	if party.IsZero() {
		return r
	}
	return party.View(r)
}

// registration returns the registration as a party may see it.
func (w *answer) registration(party model.Party) Registration {
	r := Registration{Registrant: w.claim.registrant}
	if !may(party, w.claimReader()) {
		r.Reasons = []value.Reason{value.NewReason(registration.DealCovered,
			"the claim that the deal names is not one with its partner")}
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
		r.Claim.Accepted = false // of a step, and this is a look
		return r
	}
	r.Claim = w.claim.decision.For(w.vendor)
	r.Claim.Accepted = false
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

// missingOf returns the incomplete parts as a party may see them.
func (w *answer) missingOf(party model.Party) []Missing {
	var list []Missing
	told := make(map[value.Error]bool, len(w.missing)) // what each party reads for itself, the host reads once
	for part := SectionModel; part <= SectionCredit; part++ {
		m := Missing{Part: part}
		for _, one := range w.missing {
			if one.part == part && w.sees(party, &one) && !told[*one.problem] {
				problem := *one.problem
				told[problem] = !one.only.IsZero()
				m.Problems = append(m.Problems, &problem)
			}
		}
		if len(m.Problems) > 0 {
			list = append(list, m)
		}
	}
	return list
}

// sees reports whether a party may see a problem. One that names a company that is no party of the deal is for the
// vendor, as a partner reads of no other one; those of talk, claims and blockers are for the vendor and the partner
// that leads.
func (w *answer) sees(party model.Party, m *missing) bool {
	hidden := m.part == SectionComms || m.part == SectionEscalation ||
		m.part == SectionRegistration && strings.HasPrefix(m.problem.Path, "record.claims[")
	if hidden && w.further(&w.ground.deal, party) {
		return false
	}
	return may(party, m.only) && (party.Side != model.Partner || m.problem.Code != model.TwoOrgs)
}

// standing returns the case without the notes that a party may not read.
func (b *blocker) standing(party model.Party) Escalation {
	s := b.Escalation
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

// MarshalJSON returns the view as a document, without empty members. The same facts, in any order, give the same
// bytes. Nothing reads it back. The findings of Comms are among findings, its duties among next.
func (v View) MarshalJSON() ([]byte, error) { return v.AppendJSON(make([]byte, 0, 16<<10)) }

// AppendJSON appends what [View.MarshalJSON] returns to b, and is the faster way to write many views.
func (v View) AppendJSON(b []byte) ([]byte, error) { return wire.Append(b, &v) }

// missingWire is the JSON form of [Missing].
type missingWire struct {
	Part     Section       `json:"part"`
	Problems []problemWire `json:"problems"`
}

// problemWire is the JSON form of a problem.
type problemWire struct {
	Code value.Code `json:"code"` // permanent: it never gets another meaning
	Path string     `json:"path"` // of the fact that it is about
	Text string     `json:"text"` // the message
}

// MarshalJSON returns the part and its problems as a [View] writes them.
func (m Missing) MarshalJSON() ([]byte, error) { return m.AppendJSON(nil) }

// AppendJSON appends what [Missing.MarshalJSON] returns.
func (m Missing) AppendJSON(b []byte) ([]byte, error) {
	w := missingWire{Part: m.Part, Problems: make([]problemWire, len(m.Problems))}
	for i, p := range m.Problems {
		w.Problems[i] = problemWire{p.Code, p.Path, p.Error()}
	}
	return wire.Append(b, &w)
}
