package stage

import (
	"time"

	"github.com/coselling/coselling/internal/enum"
	"github.com/coselling/coselling/internal/wire"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// Schedule is a deal's dated playbook; without a playbook only Provisional and Review are set. The caller owns the
// slices.
type Schedule struct {
	Engagement  model.Engagement `json:"engagement,omitzero"`
	Provisional bool             `json:"provisional,omitzero"` // no model is set; Query has the recommended one
	Moved       int              `json:"moved,omitzero"`       // how often its windows were moved (stage.rebaseline)
	Review      value.Date       `json:"review,omitzero"`      // of a hold: the day to review it; else zero
	Windows     []Window         `json:"windows,omitzero"`     // one for each stage, in order
	Items       []Item           `json:"items,omitzero"`       // all tasks in order, then the cancelled ones
	Findings    []value.Reason   `json:"findings,omitzero"`    // slipping, overdue tasks, then the rules of gates
	// the confirmations of participants that joined after the first stage, with operands party, joined and until; they
	// gate nothing that was passed (party.late); nil: none
	Owed []value.Reason `json:"owed,omitzero"`
}

// Window holds the days of one stage; both ends belong to it.
type Window struct {
	Stage Stage      `json:"stage"`
	Says  string     `json:"says,omitzero"` // the stage in words
	First value.Date `json:"first,omitzero"`
	Last  value.Date `json:"last,omitzero"`
}

// Item is one task with its dates and people.
type Item struct {
	Task       Task
	Stage      Stage
	State      ItemState
	Start      value.Date // the first day; of a task after close the day after won, and zero before
	Due        value.Date // the last day; zero for a recurring task, and for a task after close before won
	Owes       model.Side // the side whose work on an open task is missing; 0: both sides, or either
	PartnerRep string     // the id of the partner's rep for its part; empty: it has no part or no rep
	VendorRep  string     // the id of the vendor's rep for its part; empty: it has no part or no rep
	By         string     // the person who did or waived it; empty: nobody did, or the fact names nobody
	At         time.Time  // when it was done, waived or cancelled, in UTC; zero: it was not
	Reason     string     // why it was waived or cancelled; empty: it was not
	Overdue    bool       // it is open and its due day has passed (stage.overdue); never while it is ahead
	Ahead      bool       // it is open, and the deal has not reached its stage
}

// ItemState is the state of a task in a schedule. No task has the zero value.
type ItemState uint8

// The states of a task.
const (
	Open      ItemState = 1 + iota // asked for, and not done
	Done                           // done, by every side that had a part
	Waived                         // waived: nobody has to do it
	Pending                        // not asked for yet: not raised, or after close and the deal is not won
	NotAsked                       // before an import's stage, added to a passed one by a new model, or lost
	Cancelled                      // open when a change of model removed it from the playbook
)

var itemStateNames = [...]string{"", "open", "done", "waived", "pending", "not_asked", "cancelled"}

// String returns the state's name; "" for any other number.
func (s ItemState) String() string { return enum.Name(s, itemStateNames[:]) }

// Query is the question that [Rules.Schedule] answers.
type Query struct {
	AsOf        time.Time        // the instant of the question; later events are ignored; needed
	Team        model.Team       // the people who do the tasks; the zero value leaves the reps empty
	Recommended model.Engagement // the model to use while none is set; 0: none
}

// Schedule dates the deal's playbook. A task starts on the first day of its stage and is due on the last, in the
// zone of the workplace, unless the playbook gives it other days. Entering a stage early or late moves nothing. A
// hold moves the ends of windows that had not passed when it began, [Rules.Rebaseline] moves windows, and a calendar
// moves due days to working days.
// Without a model the schedule is provisional, and empty without a recommended model. Errors, all at once:
// progress.not_opened at progress, event.time at as_of where AsOf is missing or after the year 9000,
// engagement.unknown at recommended.
func (r *Rules) Schedule(p Progress, q Query) (Schedule, error) {
	if err := r.missing(); err != nil {
		return Schedule{}, err
	}
	var problems value.Errors
	if p.state == nil {
		problems.Add("progress", notOpened())
	}
	if q.AsOf.IsZero() || q.AsOf.UTC().Year() > wire.LastYear {
		problems.Refuse("as_of", eventTime, instant(q.AsOf), "is no instant of a schedule")
	}
	if q.Recommended != 0 {
		problems.Add("recommended", q.Recommended.Check())
	}
	if err := problems.Err(); err != nil {
		return Schedule{}, err
	}
	s := r.asOf(p.state, q.AsOf)
	d := dated{r: r, s: s, b: s.book, q: q, today: r.day(q.AsOf), pauses: s.pauses.list()}
	if s.status == OnHold { // the hold counts as if it ended now
		d.pauses = r.pausedUntil(s, q.AsOf).list()
	}
	schedule := Schedule{Engagement: s.engagement, Moved: s.moved}
	if s.status == OnHold {
		schedule.Review = r.day(s.review)
	}
	if d.b == nil {
		schedule.Engagement, schedule.Provisional = q.Recommended, true
		d.b, d.s = r.books[q.Recommended][s.size], new(*s)
		d.s.book = d.b // its facts are read as if they had been recorded on it
		r.refresh(d.s)
	}
	if d.b == nil {
		return schedule, nil
	}
	schedule.Windows = d.windows()
	schedule.Items = d.items(schedule.Windows)
	schedule.Findings = d.findings(schedule)
	schedule.Owed = d.owed()
	return schedule, nil
}

// dated is a playbook being dated.
type dated struct {
	r      *Rules
	s      *state
	b      *book
	q      Query
	today  value.Date
	pauses []pause
}

func (d *dated) windows() []Window {
	windows, opening, last := make([]Window, len(d.b.Steps)), d.s.opening.Day, len(d.b.Steps)-1
	for i := last; i >= 0; i-- {
		step := &d.b.Steps[i]
		end := d.day(step.Last, min(i+1, last)) // a stage that moves, moves the end of the one before it
		if i < last && !end.Before(windows[i+1].Last) {
			end = plus(windows[i+1].Last, -1)
		}
		windows[i] = Window{Stage: step.Stage, Says: step.Says, Last: end}
	}
	first := opening
	for i := range windows { // where passed stages have no day left, each has the opening day
		w := &windows[i]
		if w.First = first; first.Before(opening) {
			w.First = opening
		}
		if first = plus(w.Last, 1); w.Last.Before(opening) {
			w.Last = opening
		}
	}
	return windows
}

// day returns a day of the playbook in the stage at a place, as it stands after holds and re-baselines.
func (d *dated) day(n, at int) value.Date { return d.moved(plus(d.s.opening.Day, n-1), at) }

func (d *dated) items(windows []Window) []Item {
	items := make([]Item, 0, len(d.s.dropped)+len(d.b.Steps)*6)
	d.b.eachTask(func(t *Task, at, number int) {
		items = append(items, d.item(t, windows[at], at, number))
	})
	for _, drop := range d.s.dropped {
		if number := d.r.tasks[drop.Task.ID]; !d.b.all.has(number) && !d.s.done.has(number) {
			drop.Task = drop.Task.clone()
			items = append(items, drop)
		}
	}
	return items
}

func (d *dated) item(t *Task, w Window, at, number int) Item {
	item := Item{Task: t.clone(), Stage: w.Stage, State: d.state(t, number)}
	item.Start, item.Due = d.dates(t, w, at, number)
	if item.State == Open {
		item.Owes = d.owes(t, number)
	}
	if t.Owner.Includes(model.Partner) {
		item.PartnerRep = d.q.Team.Rep(t.Role, model.Partner)
	}
	if t.Owner.Includes(model.Vendor) {
		item.VendorRep = d.q.Team.Rep(t.Role, model.Vendor)
	}
	d.s.author(t, &item)
	item.Ahead = item.State == Open && at > d.s.at
	item.Overdue = item.State == Open && !item.Ahead && !item.Due.IsZero() && d.today.After(item.Due)
	return item
}

// owes returns the side whose work on an open task is missing.
func (d *dated) owes(t *Task, number int) model.Side {
	if t.Owner != ByEach {
		return t.Owner.side()
	}
	for _, side := range sides {
		if d.s.hasPart(number, side.Other()) {
			return side
		}
	}
	return 0
}

func (d *dated) state(t *Task, number int) ItemState {
	switch {
	case d.s.done.has(number):
		return Done
	case d.s.status == ClosedLost || d.s.excused.has(number):
		return NotAsked
	case t.Kind == AfterClose && d.s.status != ClosedWon, t.Kind == Conditional && !d.s.raised.has(number):
		return Pending
	default:
		return Open
	}
}

func (d *dated) dates(t *Task, w Window, at, number int) (start, due value.Date) {
	start, due = w.First, w.Last
	if t.First != 0 {
		start = d.day(t.First, at)
	}
	switch {
	case t.Kind == Recurring:
		return start, value.Date{}
	case t.Kind == AfterClose && d.s.status != ClosedWon:
		return value.Date{}, value.Date{}
	case t.Kind == AfterClose:
		start = plus(d.r.day(d.s.since), 1)
		due = plus(start, d.r.policy.AfterCloseDays)
	case t.Last != 0:
		due = d.day(t.Last, at)
	}
	if owed := &d.s.owed; owed.tasks.has(number) && at < d.s.at {
		due = shift(owed.due, after(d.pauses, owed.on))
	}
	return start, d.r.toWorkday(start, due)
}

// author finds who did a task, and when: the last tick, else the first fact that ticks it; the later part.
func (s *state) author(t *Task, item *Item) {
	if item.State == Done && s.waived(t.ID) {
		item.State = Waived
	}
	did := s.ticked(t, 0)
	if item.State == Done && t.Owner == ByEach {
		did = s.did(t, model.Partner)
		if vendor := s.did(t, model.Vendor); vendor.at.After(did.at) {
			did = vendor
		}
	} else if item.State == Done {
		did = s.did(t, 0)
	}
	item.By, item.At, item.Reason = did.by, did.at, did.reason
}

// work notes when a required task of the playbook that the deal leaves was last done.
func (s *state) work(left *book) {
	left.eachTask(func(t *Task, _, number int) {
		if t.Kind != Required || !s.done.has(number) {
			return
		}
		item := Item{State: Done}
		if s.author(t, &item); item.State == Done && item.At.After(s.worked) {
			s.worked = item.At.UTC()
		}
	})
}

// did returns the tick or fact that did a side's part of a task, or the whole task where side is 0.
func (s *state) did(t *Task, side model.Side) tick {
	did := s.ticked(t, side)
	switch {
	case !did.at.IsZero() || t.Fact == "":
		return did
	case t.Fact == ModelSet && s.engagement != 0:
		return s.first
	}
	for n := s.facts; n != nil; n = n.before { // of one instant the first that was recorded
		f := &n.fact
		if f.Org != "" {
			f = &s.settled([]Fact{*f})[0]
		}
		if f.does(t, side) && (did.at.IsZero() || !f.At.After(did.at)) {
			did = tick{by: f.By, at: f.At}
		}
	}
	return did
}

// ticked returns the last tick of a side's part of a task, or of any part where side is 0.
func (s *state) ticked(t *Task, side model.Side) tick {
	for did := s.ticks; did != nil; did = did.before {
		if did.task == t.ID && (side == 0 || did.side == side) {
			return *did
		}
	}
	return tick{}
}
