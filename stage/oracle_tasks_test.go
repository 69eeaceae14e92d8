package stage_test

import (
	"slices"
	"time"

	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/stage"
	"github.com/coselling/coselling/value"
)

// work holds the state of the tasks, by id.
type work struct {
	parts   map[stage.TaskID]map[model.Side]bool // parts of tasks that each side does
	done    map[stage.TaskID]bool
	waived  map[stage.TaskID]bool
	raised  map[stage.TaskID]bool
	excused map[stage.TaskID]bool // not asked for
	owed    map[stage.TaskID]debt // added by a re-planning
	dropped map[stage.TaskID]bool // cancelled by a change of model
}

// debt holds the tasks that a re-planning asks for.
type debt struct {
	from   int // gates the stage at this place and those after it
	change time.Time
}

// work reads the log from its beginning.
func (o *oracle) work() work {
	w := work{
		parts: map[stage.TaskID]map[model.Side]bool{}, done: map[stage.TaskID]bool{}, waived: map[stage.TaskID]bool{},
		raised: map[stage.TaskID]bool{}, excused: map[stage.TaskID]bool{}, owed: map[stage.TaskID]debt{},
		dropped: map[stage.TaskID]bool{},
	}
	m := o.first()
	o.imported(&w, m)
	o.settle(&w, nil, m)
	for i, e := range o.log {
		was := m
		m = m.then(e)
		switch e.Verb {
		case stage.VerbDone:
			w.tick(o.book(was), e.Task, e.By.Party.Side)
		case stage.VerbWaive:
			w.waived[e.Task] = true
		case stage.VerbRaise:
			w.raised[e.Task] = true
		case stage.VerbSendBack:
			w.askAgain(o.book(m), e.To)
		case stage.VerbSetModel:
			o.remodel(&w, was, m)
		case stage.VerbResize:
			o.replan(&w, was, m, i)
		}
		o.settle(&w, o.reading(o.log[:i+1]).recorded(), m)
	}
	return w
}

func (w *work) tick(book stage.Playbook, id stage.TaskID, side model.Side) {
	task, _ := taskOf(book, id)
	switch {
	case task.Kind == stage.Recurring:
	case task.Owner != stage.ByEach:
		w.done[id] = true
	default:
		w.part(id, side)
	}
}

func (w *work) part(id stage.TaskID, side model.Side) {
	if w.parts[id] == nil {
		w.parts[id] = map[model.Side]bool{}
	}
	w.parts[id][side] = true
	if w.parts[id][model.Partner] && w.parts[id][model.Vendor] {
		w.done[id] = true
	}
}

// settle ticks the tasks of facts.
func (o *oracle) settle(w *work, facts []stage.Fact, m moment) {
	for _, step := range o.book(m).Steps {
		for _, task := range step.Tasks {
			if task.Fact == stage.ModelSet && !o.provisional {
				w.done[task.ID] = true
			}
			for _, f := range facts {
				if w.done[task.ID] {
					break
				}
				w.settleFact(task, f)
			}
		}
	}
}

// settleFact: a fact of one side ticks the work of that side; a fact without a side, and a
// registration, ticks all of it. A side without a price has nothing to approve.
func (w *work) settleFact(task stage.Task, f stage.Fact) {
	switch {
	case task.Fact == stage.PricingApproved && f.Kind == stage.ProposalSent && f.Without != 0 && task.Owner == stage.ByEach:
		w.part(task.ID, f.Without)
	case task.Fact == "" || task.Fact != f.Kind:
	case f.Kind == stage.Registered, f.Side == 0, task.Owner == stage.Jointly, sideOf(task.Owner) == f.Side:
		w.done[task.ID] = true
	case task.Owner == stage.ByEach:
		w.part(task.ID, f.Side)
	}
}

// cover carries done tasks from one size to the other: a simplified task stands for those
// that it covers.
func (w *work) cover(simplified stage.Playbook, to model.PlaybookSize) {
	for _, step := range simplified.Steps {
		for _, task := range step.Tasks {
			if len(task.Covers) == 0 {
				continue
			}
			all := map[model.Side]bool{model.Partner: true, model.Vendor: true}
			waived, before := true, w.settled(task.ID)
			for _, id := range task.Covers {
				waived = waived && w.waived[id]
				if to == model.Standard && w.waived[task.ID] && !w.settled(id) {
					w.waived[id] = true
				}
				for _, side := range sides {
					all[side] = all[side] && w.hasPart(id, side)
					if to == model.Standard && w.hasPart(task.ID, side) && !w.settled(id) {
						w.part(id, side)
					}
				}
			}
			for _, side := range sides {
				if to == model.Simplified && all[side] {
					w.part(task.ID, side)
				}
			}
			if to == model.Simplified && !before && waived {
				w.waived[task.ID] = true
			}
		}
	}
}

func (w *work) hasPart(id stage.TaskID, side model.Side) bool {
	return w.settled(id) || w.parts[id][side]
}

func (w *work) settled(id stage.TaskID) bool { return w.done[id] || w.waived[id] }

// imported does not ask for the tasks before the stage of an import.
func (o *oracle) imported(w *work, m moment) {
	book := o.book(m)
	from := place(book, o.opening.Stage)
	for i, step := range book.Steps {
		for _, task := range step.Tasks {
			if i < min(from, place(book, m.stage)) || o.opening.Stage == stage.Won && task.Kind != stage.AfterClose {
				w.excused[task.ID] = true
			}
		}
	}
}

// askAgain: a deal that was sent back does the work of that stage and the later ones.
func (w *work) askAgain(book stage.Playbook, to stage.Stage) {
	for _, step := range book.Steps[place(book, to):] {
		for _, task := range step.Tasks {
			delete(w.excused, task.ID)
		}
	}
}

// excuse does not ask for the tasks that a playbook adds to passed stages.
func (o *oracle) excuse(w *work, old stage.Playbook, m moment) {
	book := o.book(m)
	for _, step := range book.Steps[:place(book, m.stage)] {
		for _, task := range step.Tasks {
			if _, had := taskOf(old, task.ID); !had {
				w.excused[task.ID] = true
			}
		}
	}
}

// remodel: tasks that the new model does not have are cancelled, tasks that it adds to
// passed stages are not asked for.
func (o *oracle) remodel(w *work, was, m moment) {
	if was.engagement == 0 {
		return
	}
	book := o.book(m)
	for _, step := range o.book(was).Steps {
		for _, task := range step.Tasks {
			if _, has := taskOf(book, task.ID); has {
				continue
			}
			delete(w.owed, task.ID)
			pending := task.Kind == stage.AfterClose || task.Kind == stage.Conditional && !w.raised[task.ID]
			if w.settled(task.ID) || w.excused[task.ID] || pending {
				continue
			}
			w.dropped[task.ID] = true
		}
	}
	for _, step := range book.Steps {
		for _, task := range step.Tasks {
			if w.dropped[task.ID] {
				delete(w.dropped, task.ID)
			}
		}
	}
	o.excuse(w, o.book(was), m)
}

// replan: upwards, required tasks that the standard playbook adds to passed stages,
// and that no simplified task stood for, are owed.
func (o *oracle) replan(w *work, was, m moment, i int) {
	if was.size == m.size || m.engagement == 0 || o.provisional {
		return
	}
	old, book := o.book(was), o.book(m)
	clear(w.owed)
	o.imported(w, m)
	if m.size == model.Simplified {
		w.cover(book, m.size)
		o.excuse(w, old, m)
		return
	}
	w.cover(old, m.size)
	o.settle(w, o.reading(o.log[:i+1]).recorded(), m)
	for _, step := range book.Steps[:place(book, m.stage)] {
		for _, task := range step.Tasks {
			if task.Kind == stage.Required && !known(old, task.ID) && !w.settled(task.ID) && !w.excused[task.ID] {
				w.owed[task.ID] = debt{place(book, m.stage), o.log[i].At}
			}
		}
	}
}

// known reports whether a playbook has a task or one that stands for it.
func known(book stage.Playbook, id stage.TaskID) bool {
	for _, step := range book.Steps {
		for _, task := range step.Tasks {
			if task.ID == id || slices.Contains(task.Covers, id) {
				return true
			}
		}
	}
	return false
}

func dayOf(t time.Time) value.Date {
	d, err := value.DateOf(t, nil)
	if err != nil {
		panic(err)
	}
	return d
}

func plus(d value.Date, days int) value.Date {
	d, err := d.AddDays(days)
	if err != nil {
		panic(err)
	}
	return d
}

// shift moves an end by the days of each hold, and of each loss that was undone, that began
// on it or before it; a hold that goes on counts as if it ended now. Days before the
// instant since do not count.
func (o *oracle) shift(end value.Date, since, asOf time.Time) value.Date {
	var from time.Time
	add := func(to time.Time) {
		if !end.Before(dayOf(from)) && to.After(since) {
			end = plus(end, dayOf(to).Sub(dayOf(slices.MaxFunc([]time.Time{from, since}, time.Time.Compare))))
		}
		from = time.Time{}
	}
	if o.opening.Stage == stage.Lost {
		from = o.began()
	}
	for _, e := range o.log {
		switch e.Verb {
		case stage.VerbHold, stage.VerbLose:
			if from.IsZero() {
				from = e.At
			}
		case stage.VerbResume, stage.VerbReopen:
			add(e.At)
		}
	}
	if o.now().status == stage.OnHold && asOf.After(from) {
		add(asOf)
	}
	return end
}

// windows dates the stages.
func (o *oracle) windows(asOf time.Time) []stage.Window {
	var list []stage.Window
	first := o.opening.Day
	for _, step := range o.book(o.now()).Steps {
		last := o.shift(plus(o.opening.Day, step.Last-1), time.Time{}, asOf)
		list = append(list, stage.Window{Stage: step.Stage, Says: step.Says, First: first, Last: last})
		first = plus(last, 1)
	}
	return list
}
