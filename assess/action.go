package assess

import (
	"cmp"
	"slices"
	"time"

	"github.com/coselling/coselling/deal"
	"github.com/coselling/coselling/internal/enum"
	"github.com/coselling/coselling/internal/wire"
	"github.com/coselling/coselling/internal/words"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/registration"
	"github.com/coselling/coselling/stage"
	"github.com/coselling/coselling/value"
)

// Urgency is the place of an [Action] among all actions, by what happens if it waits; a smaller one comes first
// (next.order). The zero value is none.
type Urgency uint8

// The urgencies.
const (
	Losing   Urgency = 1 + iota // the opportunity is not qualified, and the loss is not recorded
	AtRisk                      // a right of the two sides, or the trust of the prospect, is at risk
	OpenCase                    // an open case
	NextStep                    // the next step of the playbook
	Overdue                     // it was due before
	DueLater                    // it is due later
)

var urgencyNames = [...]string{"", "losing", "at_risk", "escalated", "next_step", "overdue", "due"}

// String returns the urgency's name, or "" for the zero value.
func (u Urgency) String() string { return enum.Name(u, urgencyNames[:]) }

// MarshalText returns what [Urgency.String] returns; the error is always nil.
func (u Urgency) MarshalText() ([]byte, error) { return []byte(u.String()), nil }

// Action is one thing that a side has to do next (next.remedy). One cause is one action, whatever it broke.
type Action struct {
	Urgency Urgency    `json:"urgency"`
	Code    value.Code `json:"code"` // the rule that asks for it
	// the id of the task, gate, kind of blocker, activity or claim that it is about
	Object string       `json:"object,omitzero"`
	Owner  model.Side   `json:"owner,omitzero"` // the side that has to act; zero: both, or either
	Party  model.Party  `json:"party,omitzero"` // the participant that has to act; zero: none, Owner has
	Who    []string     `json:"who,omitzero"`   // the people who have to act, by the ids of reps; nil: not known
	Due    value.Date   `json:"due,omitzero"`   // the day on which it is or was due; zero: none
	At     time.Time    `json:"at,omitzero"`    // the instant until which it is due; zero: the rule has none
	Reason value.Reason `json:"reason"`         // the instruction, without codes, ids of the record and instants
	// what the party of the view stores once it has done it, as of the instant of the question; nil where it does
	// not act, and for what no record holds, such as a phone call
	Do    *deal.Change `json:"do,omitzero"`
	Ask   []Ask        `json:"ask,omitzero"` // what of Do only a person knows, see [Action.Fill]; nil: nothing
	order int          // of the playbook
	cause string       // actions of one cause are one
}

// Text returns the instruction as one sentence.
func (a Action) Text() string { return a.Reason.String() }

// MarshalJSON returns the action as a [View] writes it: Do may still have empty places, which Ask lists.
func (a Action) MarshalJSON() ([]byte, error) { return wire.Append(nil, &a) }

// offPlaybook is the order of actions that are no tasks, after all tasks of a playbook.
const offPlaybook = 1 << 20

// compare orders actions by urgency, then by day, with those without a day last, then by the order of the
// playbook, the rule, the object and the side.
func (a *Action) compare(b *Action) int {
	if order := cmp.Compare(a.Urgency, b.Urgency); order != 0 {
		return order
	}
	if a.Due != b.Due {
		switch {
		case a.Due.IsZero():
			return 1
		case b.Due.IsZero():
			return -1
		}
		return a.Due.Compare(b.Due)
	}
	return cmp.Or(cmp.Compare(a.order, b.order), cmp.Compare(a.Code, b.Code), cmp.Compare(a.Object, b.Object),
		cmp.Compare(a.Owner, b.Owner), a.Party.Compare(b.Party), cmp.Compare(a.cause, b.cause))
}

// next returns the actions of a view in order. It reads the view, and of the ground only what the party may know.
func (w *answer) next(v *View, wording value.Wording) []Action {
	n := &actions{view: v, ground: &w.ground, wording: wording,
		claim: may(v.Party, w.claimReader()), order: map[stage.TaskID]int{},
		causes: map[string][]int{}}
	for i, item := range v.Schedule.Items {
		n.order[item.Task.ID] = i
	}
	n.playbook()
	n.registration()
	n.cases()
	n.tasks()
	n.joined()
	n.talk()
	n.facts()
	slices.SortFunc(n.list, func(a, b Action) int { return a.compare(&b) })
	return n.list
}

// ground holds the facts beside a view that its actions need. Both parties may know them, but of the claims
// only what reg.confidential allows.
type ground struct {
	partnership
	deal     deal.Deal      // of which changes take what both parties know
	record   deal.Record    // of which changes take what the view names
	progress stage.Progress // for the proposals that are live
	rules    *Rules
	claims   []registration.Claim  // that are known, of which a partner learns what reg.confidential allows
	last     registration.Standing // of the deal's claim; zero: it has none

	zone      *time.Location // of the policy: due days, windows and the end of protection
	local     *time.Location // of the account: all other instants
	today     value.Date     // in the policy's zone
	opened    value.Date
	account   string
	amount    value.Money
	sized     value.Date              // since when the deal has its amount
	leads     [3]string               // the lead rep of each side; empty: it has none
	everybody []model.Rep             // of all parties
	partners  []model.Participant     // the one that leads first; nil: there is one
	named     [3]bool                 // the side's executive is named
	ending    bool                    // the first reminder of the end of protection has come
	extends   time.Time               // the progress on which the registration can be extended now; zero: it cannot
	renewal   registration.Standing   // of the renewal that waits for a decision; zero: none does
	live      []registration.Standing // claims of the deal that have not ended, beside a confirmed last
	elder     registration.Claim      // the first that the deal's claim is queued behind; zero: none
	threads   map[string]string       // of mails that missed somebody, by their ids
	holder    model.Party             // of the account, where it is no party of the deal; zero: there is none
	held      time.Time               // until when, exclusive
}

// actions collects the actions of a view.
type actions struct {
	*ground
	view    *View
	wording value.Wording
	claim   bool                 // the party may know of the deal's claim
	order   map[stage.TaskID]int // of the tasks
	list    []Action
	causes  map[string][]int // the places of the actions of each cause
	gated   bool             // gate.registered is shut
	freed   bool             // every gate on the way to the next stage is open, and the advance is an action
}

// matter is one thing that asks for a row of the table.
type matter struct {
	what   situation
	rank   Urgency    // zero: that of the row
	code   value.Code // zero: that of the row
	object string
	cause  string      // empty: the object
	side   model.Side  // the debtor
	party  model.Party // the participant that is the debtor; zero: the vendor or the partner that leads
	who    []string    // nil: the lead reps of the side
	due    value.Date
	at     time.Time
	ops    []value.Operand

	// what the change of the action needs beside the view; zero where it needs none
	item     *stage.Item
	way      *stage.Way
	awaiting *stage.Awaiting
	blocker  *Escalation
	claim    *registration.Standing // that waits for somebody; nil: the deal's
	reason   value.Reason           // of the finding or the duty
	missing  []string               // who missed a mail
}

// ask adds the action of a matter. Where there is one of the same cause already, for the same side or for both,
// that one gets the higher of the two ranks.
func (n *actions) ask(m matter) {
	row := remedies[m.what]
	if m.party.IsZero() {
		m.party = n.claimParty(&m)
	}
	a := Action{Urgency: cmp.Or(m.rank, row.rank), Code: cmp.Or(m.code, row.code), Object: m.object, Who: m.who,
		order: offPlaybook, Party: m.party}
	switch {
	case m.cause != "":
		a.cause = m.cause
	case m.item != nil:
		a.cause = taskCause(m.item.Task.ID)
	default:
		a.cause = string(a.Code) + " " + a.Object
	}
	a.Reason = value.NewReason(a.Code, row.says, m.ops...).Worded(n.wording)
	a.Owner = n.owner(row.who, m.side)
	if rep := n.rep(m.party); a.Who == nil && rep != "" {
		a.Who = []string{rep}
	} else if a.Who == nil {
		a.Who = n.reps(a.Owner)
	}
	if taker := n.actor(&m, a.Owner); a.Party.IsZero() && n.further(&n.deal, taker) {
		a.Party = taker
	}
	switch row.by {
	case today:
		a.Due = n.today
	case itsDay:
		a.Due, a.At = m.due, m.at
		if a.Due.IsZero() {
			a.Due = n.lastDay(m.at)
		}
	}
	if m.item != nil {
		a.order = n.order[m.item.Task.ID]
	}
	for _, i := range n.causes[a.cause] {
		if b := &n.list[i]; b.Owner == a.Owner && b.Party == a.Party || b.Owner == 0 {
			b.Urgency = min(b.Urgency, a.Urgency)
			return
		}
	}
	a.Do, a.Ask = n.draft(&m, a.Owner)
	n.causes[a.cause] = append(n.causes[a.cause], len(n.list))
	n.list = append(n.list, a)
}

// askFurther adds the action of a participant on a matter, which names its rep, else its company.
func (n *actions) askFurther(m matter, party model.Party) {
	m.side, m.party, m.who = party.Side, party, []string{cmp.Or(n.rep(party), party.Org)}
	n.ask(m)
}

// rep returns the lead rep of a party; "" for none.
func (n *actions) rep(party model.Party) string {
	if n.further(&n.deal, party) {
		return leadOf(n.everybody, party)
	}
	return n.leads[party.Side]
}

// taskCause is the cause of the actions that are about a task.
func taskCause(id stage.TaskID) string { return "task " + string(id) }

// has reports whether there is an action of a cause, for whichever side.
func (n *actions) has(cause string) bool { return len(n.causes[cause]) > 0 }

// owner returns the side that a row of the table names.
func (n *actions) owner(w who, debtor model.Side) model.Side {
	switch w {
	case together:
		return 0
	case relation:
		return n.view.Model.Set.Leader()
	case claimant:
		return cmp.Or(n.last.Holder.Side, n.view.Model.Set.Leader())
	case theVendor:
		return model.Vendor
	case thePartner:
		return model.Partner
	default:
		return debtor
	}
}

// reps returns the lead rep of a side, or of both; nil where none is known.
func (n *actions) reps(side model.Side) []string {
	var list []string
	for _, s := range [...]model.Side{model.Partner, model.Vendor} {
		if (side == 0 || side == s) && n.leads[s] != "" {
			list = append(list, n.leads[s])
		}
	}
	return list
}

// lastDay returns the day of the policy that ends with an instant, or is under way at it: 24:00 belongs to the
// day that ends. It is zero for no instant.
func (n *actions) lastDay(at time.Time) value.Date {
	if at.IsZero() {
		return value.Date{}
	}
	d, _ := value.DateOf(at.Add(-1), n.zone)
	return d
}

// ended is the operand for the last day before an instant, by the policy's zone.
func (n *actions) ended(at time.Time) value.Operand {
	return value.Op("day", words.Day(n.lastDay(at), n.today))
}

// day is the operand for an instant, by the account's zone.
func (n *actions) day(at time.Time) value.Operand {
	return value.Op("day", words.DayOf(at, n.local, n.today))
}

// operand returns an operand of a reason; its zero value where there is none.
func operand(r value.Reason, name string) value.Operand {
	for _, op := range r.Operands() {
		if op.Name() == name {
			return op
		}
	}
	return value.Operand{}
}

// instantOf returns the instant that is an operand of a reason; zero where there is none.
func instantOf(r value.Reason, name string) time.Time {
	switch at := operand(r, name).Value().(type) {
	case time.Time:
		return at
	case value.End:
		return time.Time(at)
	default:
		return time.Time{}
	}
}

// found returns the first finding of a rule that still holds.
func (n *actions) found(code value.Code) (Finding, bool) {
	for _, f := range n.view.Findings {
		if f.Reason.Code() == code && f.Until.IsZero() {
			return f, true
		}
	}
	return Finding{}, false
}

// open reports whether the deal is neither won nor lost.
func (n *actions) open() bool {
	s := n.view.Progress.Status
	return s == stage.Running || s == stage.OnHold
}
