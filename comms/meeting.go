package comms

import (
	"slices"
	"strings"
	"time"

	"github.com/coselling/coselling/internal/wire"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// meeting is a meeting with the prospect, held or planned.
type meeting struct {
	record
	entry *entry
	facts *facts
}

// message is whether the key messages are agreed before the first meeting.
type message struct{ record }

func (k *known) takeMeeting(e *entry) {
	f := k.about(e.ID)
	f.meeting = &meeting{entry: e, facts: f}
	k.met = insert(k.met, e, byStart)
	k.queueMeetings(e)
}

func (k *known) dropMeeting(f *facts) {
	k.met = remove(k.met, f.entry, byStart)
	k.retire(f.meeting)
	f.meeting = nil
	k.queueMeetings(f.entry)
}

// queueMeetings has what a meeting changes judged again: itself, those beside it,
// between which calls that name no meeting are divided, and the first of all.
func (k *known) queueMeetings(e *entry) {
	k.queue(k.message)
	k.queueGroup(from(k.met, e.At, startOf))
	k.queueGroup(from(k.met, e.At.Add(1), startOf))
	k.queueBefore(e.At)
}

// queueGroup has the meetings judged again that start with the i-th one.
func (k *known) queueGroup(i int) {
	for j := i; j < len(k.met) && k.met[j].At.Equal(k.met[i].At); j++ {
		k.queue(k.facts[k.met[j].ID].meeting)
	}
}

// queueBefore has the last meetings judged again that start before t.
func (k *known) queueBefore(t time.Time) {
	if i := from(k.met, t, startOf); i > 0 {
		k.queueGroup(from(k.met, k.met[i-1].At, startOf))
	}
}

// takePrep lays out a prep. One that names no meeting serves the next ones.
func (k *known) takePrep(e *entry) {
	for _, id := range e.About {
		f := k.about(id)
		f.preps = insert(f.preps, e, byOver)
	}
	if len(e.About) == 0 {
		k.preps = insert(k.preps, e, byOver)
	}
	k.queueServed(e)
}

func (k *known) dropPrep(e *entry) {
	for _, id := range e.About {
		f := k.about(id)
		f.preps = remove(f.preps, e, byOver)
	}
	k.preps = remove(k.preps, e, byOver)
	k.queueServed(e)
}

// takeDebrief lays out a debrief. One that names no meeting serves the last ones.
func (k *known) takeDebrief(e *entry) {
	for _, id := range e.About {
		f := k.about(id)
		f.debriefs = insert(f.debriefs, e, byOver)
	}
	if len(e.About) == 0 {
		k.debriefs = insert(k.debriefs, e, byStart)
	}
	k.queueServed(e)
}

func (k *known) dropDebrief(e *entry) {
	for _, id := range e.About {
		f := k.about(id)
		f.debriefs = remove(f.debriefs, e, byOver)
	}
	k.debriefs = remove(k.debriefs, e, byStart)
	k.queueServed(e)
}

// queueServed has the meetings judged again that a prep or a debrief serves.
func (k *known) queueServed(e *entry) {
	for _, id := range e.About {
		if f := k.facts[id]; f.meeting != nil {
			k.queue(f.meeting)
		}
	}
	switch {
	case len(e.About) > 0:
	case e.Purpose == Prep:
		k.queueGroup(from(k.met, e.over, startOf))
	default:
		k.queueBefore(e.At.Add(1))
	}
}

// prepsOf returns the preps that ended in time for a meeting: those that name it,
// and those that name none and ended after the meeting before it started.
func (k *known) prepsOf(m *meeting) []*entry {
	start := m.entry.At
	named := m.facts.preps[:from(m.facts.preps, start.Add(1), overOf)]
	i := 0
	if before := from(k.met, start, startOf); before > 0 {
		i = from(k.preps, k.met[before-1].At.Add(1), overOf)
	}
	return slices.Concat(named, k.preps[i:from(k.preps, start.Add(1), overOf)])
}

// debriefsOf returns the debriefs that began after a meeting, by when they were
// over: those that name it, and those that name none and began before the next
// meeting started.
func (k *known) debriefsOf(m *meeting) []*entry {
	var list []*entry
	for _, e := range m.facts.debriefs {
		if !e.At.Before(m.entry.over) {
			list = append(list, e)
		}
	}
	end := len(k.debriefs)
	if next := from(k.met, m.entry.At.Add(1), startOf); next < len(k.met) {
		end = from(k.debriefs, k.met[next].At, startOf)
	}
	if begin := from(k.debriefs, m.entry.over, startOf); begin < end {
		list = append(list, k.debriefs[begin:end]...)
	}
	slices.SortFunc(list, byOver)
	return list
}

// judge checks comm.prep and comm.debrief.
func (m *meeting) judge(k *known) verdict {
	var v verdict
	if !k.judged(m.entry) || !k.duties() {
		return v
	}
	k.judgePrep(&v, m)
	k.judgeDebrief(&v, m)
	return v
}

func (k *known) judgePrep(v *verdict, m *meeting) {
	e := m.entry
	lacks := partsOf[Prep]
	list := k.prepsOf(m)
	for _, p := range list {
		lacks &^= covered(p.Covers)
	}
	evidence := evidenceOf(e, list)
	operands := m.operands(lacks)
	switch {
	case lacks == 0:
	case k.now.Before(e.At):
		operands = append(operands, value.Op("length", wire.FormatDuration(k.rules.policy.PrepLength)))
		v.due = append(v.due, due(0, e.At, evidence, PrepRule, "both sides prepare the meeting {subject} before it starts at {start}, in {length}: {lacks}", operands...))
		v.at(e.At)
	default:
		template := "the meeting {subject} at {start} had no prep"
		if len(list) > 0 {
			template = "the prep of the meeting {subject} at {start} lacked {lacks}"
		}
		f := finding(0, e.At, time.Time{}, evidence, PrepRule, template, operands...)
		f.missing = lacks.names()
		v.find(f)
	}
}

func (k *known) judgeDebrief(v *verdict, m *meeting) {
	e := m.entry
	if k.now.Before(e.over) {
		v.at(e.over)
		return
	}
	end, err := k.rules.workplace.Deadline(e.over, k.rules.policy.DebriefDays)
	if err != nil {
		return // instants are bounded so that a business day follows
	}
	lacks, inTime, done := partsOf[Debrief], []*entry(nil), time.Time{}
	late := lacks
	for _, d := range k.debriefsOf(m) {
		late &^= covered(d.Covers)
		if d.over.Before(end) {
			lacks, inTime = late, append(inTime, d)
		}
		if late == 0 {
			done = d.over
			break
		}
	}
	evidence := evidenceOf(e, inTime)
	operands := append(m.operands(lacks), value.Op("due", end))
	switch {
	case lacks == 0:
	case k.now.Before(end):
		operands = append(operands, value.Op("length", wire.FormatDuration(k.rules.policy.DebriefLength)))
		v.due = append(v.due, due(0, end, evidence, DebriefRule, "both sides debrief the meeting {subject} before {due}, in {length}: {lacks}", operands...))
		v.at(end)
	default:
		template := "the meeting {subject} at {start} had no debrief before {due}"
		if len(inTime) > 0 {
			template = "the debrief of the meeting {subject} at {start} lacked {lacks} at {due}"
		}
		f := finding(0, end, done, evidence, DebriefRule, template, operands...)
		f.missing = lacks.names()
		v.find(f)
	}
}

// duties reports whether the playbook asks for preps and debriefs.
func (k *known) duties() bool { return k.deal.Size != model.Simplified }

func (m *meeting) operands(lacks parts) []value.Operand {
	return []value.Operand{value.Op("subject", m.entry.title()), value.Op("start", m.entry.At), value.Op("lacks", strings.Join(lacks.names(), ", "))}
}

func evidenceOf(e *entry, list []*entry) []string {
	evidence := []string{e.ID}
	for _, p := range list {
		evidence = append(evidence, p.ID)
	}
	return evidence
}
