package stagetest

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
	owed    debt
	dropped map[stage.TaskID]bool // cancelled by a change of model
}

// debt holds what a re-planning asks for of passed stages.
type debt struct {
	stage  stage.Stage // that the deal was in
	gates  []value.Code
	tasks  map[stage.TaskID]bool
	change time.Time
}

// work reads the log from its beginning.
func (o *oracle) work() work {
	w := work{
		parts: map[stage.TaskID]map[model.Side]bool{}, done: map[stage.TaskID]bool{}, waived: map[stage.TaskID]bool{},
		raised: map[stage.TaskID]bool{}, excused: map[stage.TaskID]bool{},
		dropped: map[stage.TaskID]bool{},
	}
	m := o.first()
	o.imported(&w, m, m.stage)
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
	task, _ := TaskOf(book, id)
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
	case task.Fact == stage.PricingApproved && f.Kind == stage.ProposalSent && f.Without != 0 &&
		task.Owner == stage.ByEach:
		w.part(task.ID, f.Without)
	case task.Fact == "" || task.Fact != f.Kind:
	case f.Kind == stage.Registered, f.Side == 0, task.Owner == stage.Jointly, SideOf(task.Owner) == f.Side:
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
				for _, side := range Sides {
					all[side] = all[side] && w.hasPart(id, side)
					if to == model.Standard && w.hasPart(task.ID, side) && !w.settled(id) {
						w.part(id, side)
					}
				}
			}
			for _, side := range Sides {
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

// imported does not ask for the tasks before a stage, that of an import or an earlier one.
func (o *oracle) imported(w *work, m moment, earliest stage.Stage) {
	book := o.book(m)
	for i, step := range book.Steps {
		for _, task := range step.Tasks {
			if i < Place(book, earliest) || o.opening.Stage == stage.Won && task.Kind != stage.AfterClose {
				w.excused[task.ID] = true
			}
		}
	}
}

// earliest returns the first stage that the deal was in, or was sent back to.
func (o *oracle) earliest() stage.Stage {
	first := o.first().stage
	for _, e := range o.log {
		if e.Verb == stage.VerbSendBack && e.To.Compare(first) < 0 {
			first = e.To
		}
	}
	return first
}

// askAgain: a deal does the work of its stage and the later ones, also where an import or another playbook had left
// it out before the deal was sent back.
func (w *work) askAgain(book stage.Playbook, to stage.Stage) {
	for _, step := range book.Steps[Place(book, to):] {
		for _, task := range step.Tasks {
			delete(w.excused, task.ID)
		}
	}
}

// excuse does not ask for the tasks that a playbook adds to passed stages.
func (o *oracle) excuse(w *work, old stage.Playbook, m moment) {
	book := o.book(m)
	for _, step := range book.Steps[:Place(book, m.stage)] {
		for _, task := range step.Tasks {
			if _, had := TaskOf(old, task.ID); !had {
				w.excused[task.ID] = true
			}
		}
	}
	w.askAgain(book, m.stage)
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
			if _, has := TaskOf(book, task.ID); has {
				continue
			}
			delete(w.owed.tasks, task.ID)
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

// replan: upwards, of passed stages only the facts are asked for that their gates read, unless the simplified
// playbook asked for them before.
func (o *oracle) replan(w *work, was, m moment, i int) {
	if was.size == m.size {
		return
	}
	old, book, now := o.book(was), o.book(m), o.reading(o.log[:i+1])
	w.owed = debt{}
	if m.size == model.Simplified {
		o.imported(w, m, now.earliest())
		w.cover(book, m.size)
		o.excuse(w, old, m)
		return
	}
	w.cover(old, m.size)
	o.settle(w, now.recorded(), m)
	w.owed = debt{stage: m.stage, tasks: map[stage.TaskID]bool{}, change: o.log[i].At}
	var before []value.Code
	for _, step := range old.Steps[:Place(old, was.stage)] {
		before = append(before, step.Gates...)
	}
	for j, step := range book.Steps[:Place(book, m.stage)] {
		for _, task := range step.Tasks {
			w.excused[task.ID] = true
		}
		if j < Place(book, now.earliest()) {
			continue
		}
		for _, gate := range step.Gates {
			if gate == stage.GateTasks || slices.Contains(before, gate) {
				continue
			}
			var shut shuts
			if now.judgeGate(&shut, gate, m, stage.VerbAdvance, o.log[i].At); len(shut) > 0 {
				w.owed.gates = append(w.owed.gates, gate)
			}
		}
	}
	for _, step := range book.Steps[Place(book, now.earliest()):Place(book, m.stage)] {
		for _, task := range step.Tasks {
			if gate := value.Code("gate." + task.Fact); slices.Contains(w.owed.gates, gate) && !w.settled(task.ID) {
				w.owed.tasks[task.ID] = true
				delete(w.excused, task.ID)
			}
		}
	}
	w.askAgain(book, m.stage)
}

func dayOf(t time.Time) value.Date {
	d, err := value.DateOf(t, nil)
	if err != nil {
		panic(err)
	}
	return d
}

// Plus returns a day so many days later.
func Plus(d value.Date, days int) value.Date {
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
			end = Plus(end, dayOf(to).Sub(dayOf(slices.MaxFunc([]time.Time{from, since}, time.Time.Compare))))
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
