package stage

import (
	"slices"
	"time"

	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// Progress is the state of a deal with its history, immutable. [Rules.Open] and the verbs of [Rules] return it.
// For other rules make it anew with [Rules.Replay]. The zero value is no deal.
type Progress struct{ state *state }

// Event is one entry of a deal's history: a verb, its move, and its task, model or size. See [Rules.Apply].
type Event struct {
	Verb Verb `json:"verb" wire:"needed,set,pos=1"`
	Move
	Task       TaskID             `json:"task,omitzero" wire:"pos=5"`       // of done, waive and raise
	Engagement model.Engagement   `json:"engagement,omitzero" wire:"pos=6"` // of set_model
	Size       model.PlaybookSize `json:"size,omitzero" wire:"pos=7"`       // of resize
	Lead       model.Party        `json:"lead,omitzero" wire:"pos=8"`       // of set_lead: a participant of the deal
	// of hold: the day on which to review it, after that of the event; zero: the policy's ReviewDays later; of
	// rebaseline: the day on which the present stage begins
	Day value.Date `json:"day,omitzero" wire:"pos=9"`
	Of  Verb       `json:"of,omitzero" wire:"pos=10"` // of consent and refuse: the verb that waits
	// of consent and refuse: the instant of the event that waits; see [Progress.Effects]
	Asked time.Time `json:"asked,omitzero" wire:"pos=11"`
}

// state is shared by copies of a Progress. Nothing writes to it once it is made.
type state struct {
	opening Opening
	history *entry
	last    time.Time // of the last event, or of the opening
	parties model.Parties
	lead    model.Party // the partner that leads; without Org where there is one partner
	ledFrom time.Time   // when the lead last changed; zero: never

	engagement model.Engagement // 0 while no model is set
	chosen     time.Time        // when the model was last set
	first      tick             // the first setting of a model: by whom, and when
	book       *book            // nil while no model is set
	next       Stage            // the next stage of a running deal; empty where there is none
	closed     gateSet          // the gates that are shut before it, with gate.registered
	size       model.PlaybookSize
	status     Status
	at         int // the place of the stage in the playbook; 0 while no model is set
	stage      Stage
	since      time.Time  // of the hold, or of the end
	review     time.Time  // the start of the day on which to review a hold
	pauses     *paused    // the last one
	moves      []baseline // that hold, by the places of their stages: each replaces those of its stage and later ones
	moved      int        // how many there were

	facts     *noted // the last one
	voided    []voided
	overrides []override
	ticks     *tick // the last one
	ledger
	waits   []waiting // in the order of the history; at most one of a verb
	raised  taskSet
	excused taskSet // tasks of passed stages that are not asked for
	owed    debt
	dropped []Item    // open tasks that a change of model cancelled
	worked  time.Time // when a required task of a playbook left since was last done

	earliest Stage     // the first stage that the deal was in or was sent back to; earlier ones are not asked for
	second   time.Time // when the deal first left its first stage, or was imported beyond it
	third    time.Time // when it first left the second one
	partTick time.Time // when a rep of the partner first ticked a partner's task since second
}

// entry is the last event of a history. The progresses of one deal share entries.
type entry struct {
	before *entry
	n      int // how many events there are
	event  Event
	effect *Event // what took effect with the event; nil where it waits for consents, or refuses one
}

// len returns the number of events; a nil entry has none.
func (h *entry) len() int {
	if h == nil {
		return 0
	}
	return h.n
}

// events returns the events in order, or only what took effect.
func (h *entry) events(effects bool) []Event {
	list := make([]Event, 0, h.len())
	for ; h != nil; h = h.before {
		switch {
		case !effects:
			list = append(list, h.event.clone())
		case h.effect != nil:
			list = append(list, h.effect.clone())
		}
	}
	slices.Reverse(list)
	return list
}

// pause is a time on hold or lost: its first day and its length.
type pause struct {
	from value.Date
	days int
}

// voided is a kind of facts that count only after an instant.
type voided struct {
	kind FactKind
	at   time.Time
}

// override is an override with the stage that it lets the deal leave.
type override struct {
	Override
	stage Stage
}

// tick records that somebody did or waived a task. The progresses of one deal share ticks.
type tick struct {
	before *tick
	task   TaskID
	by     string
	side   model.Side // the side of the person; of a task that each side does it ticks this side's part
	at     time.Time
	waived bool
	reason string
}

// add adds a tick.
func (s *state) add(t tick) {
	t.before = s.ticks
	s.ticks = &t
}

// without returns the ticks without those of a side for a task. Of a task that goes on only the last one counts, so
// that a deal with thousands of them has a short list.
func (t *tick) without(id TaskID, side model.Side) *tick {
	if t == nil {
		return nil
	}
	rest := t.before.without(id, side)
	switch {
	case t.task == id && t.side == side:
		return rest
	case rest == t.before:
		return t
	}
	kept := *t
	kept.before = rest
	return &kept
}

// noted is the last fact of a deal. The progresses of one deal share facts, so that one more costs the same however
// many there are.
type noted struct {
	before *noted
	n      int // how many facts there are
	fact   Fact
}

// len returns the number of facts; nil has none.
func (l *noted) len() int {
	if l == nil {
		return 0
	}
	return l.n
}

// has reports whether a fact is among them.
func (l *noted) has(f *Fact) bool {
	for ; l != nil; l = l.before {
		if l.fact == *f {
			return true
		}
	}
	return false
}

// after returns the facts after the first n, in the order in which they were recorded.
func (l *noted) after(n int) []Fact {
	list := make([]Fact, l.len()-n)
	for i := len(list) - 1; i >= 0; i-- {
		list[i], l = l.fact, l.before
	}
	return list
}

// ticksOf returns the ticks of a task in order.
func (s *state) ticksOf(id TaskID) []tick {
	var list []tick
	for t := s.ticks; t != nil; t = t.before {
		if t.task == id {
			list = append(list, *t)
		}
	}
	slices.Reverse(list)
	return list
}

// get returns the state; an empty one for the zero value.
func (p Progress) get() *state {
	if p.state == nil {
		return &state{}
	}
	return p.state
}

// IsZero reports whether p is the zero value.
func (p Progress) IsZero() bool { return p.state == nil }

// Stage returns the stage that the deal is in, or was in when it ended, never [Won] or [Lost]; empty for the zero
// value.
func (p Progress) Stage() Stage { return p.get().stage }

// Status returns the deal's status; 0 for the zero value.
func (p Progress) Status() Status { return p.get().status }

// Engagement returns the engagement model that is set; 0 where none is.
func (p Progress) Engagement() model.Engagement { return p.get().engagement }

// Size returns the size of the deal's playbook; 0 for the zero value.
func (p Progress) Size() model.PlaybookSize { return p.get().size }

// Worked returns the last instant, in UTC, at which a required task was done on a playbook that the deal left for
// another model or size; else the zero time. A [Schedule] has those of the present playbook.
func (p Progress) Worked() time.Time { return p.get().worked }

// Proposals returns the facts of the proposals that are live, in the order in which they were recorded
// (gate.single_proposal); nil where there is none. The caller owns it.
func (p Progress) Proposals() (live []Fact) {
	s := p.get()
	v := facts{s.facts.after(0), s.voided}
	for i := range v.list {
		if v.list[i].Kind == ProposalSent && v.live(i) {
			live = append(live, v.list[i])
		}
	}
	return live
}

// Opening returns the opening of the deal, with At in UTC; zero for the zero value.
func (p Progress) Opening() Opening { return p.get().opening }

// History returns the events that were recorded, in order, in UTC; nil for the zero value. The caller owns it. See
// [Rules.Replay].
func (p Progress) History() []Event { return p.events(false) }

// Effects returns what took effect, in order, in UTC; nil for the zero value. The caller owns it. It differs from
// [Progress.History] where events waited for consents: such an event stands in place of the last consent, with its
// instant, and with its own one as Asked; without it there is none, and none for a refusal.
func (p Progress) Effects() []Event { return p.events(true) }

func (p Progress) events(effects bool) []Event {
	if p.state == nil {
		return nil
	}
	return p.state.history.events(effects)
}

// clone returns a copy that shares nothing, with its instants in UTC.
func (e Event) clone() Event {
	e.At, e.Asked = e.At.UTC(), e.Asked.UTC()
	e.Consents, e.Evidence, e.Overrides = slices.Clone(e.Consents), slices.Clone(e.Evidence), slices.Clone(e.Overrides)
	for i := range e.Consents {
		e.Consents[i].At = e.Consents[i].At.UTC()
	}
	for i := range e.Evidence {
		f := &e.Evidence[i]
		f.At, f.Until = f.At.UTC(), f.Until.UTC()
	}
	for i := range e.Overrides {
		e.Overrides[i].At = e.Overrides[i].At.UTC()
	}
	return e
}

// asOf returns the state without the events after an instant.
func (r *Rules) asOf(s *state, at time.Time) *state {
	past := s.history
	for past != nil && past.event.At.After(at) {
		past = past.before
	}
	if past == s.history {
		return s
	}
	p, err := r.Replay(s.opening, past.events(false))
	if err != nil {
		return s // the history was made by other rules
	}
	return p.state
}
