package stagetest

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/stage"
	"github.com/coselling/coselling/value"
)

// shuts lists the reasons to refuse an event, each with its code, the side that can open it
// and the task, in no order.
type shuts []string

func (s *shuts) add(code value.Code, owner model.Side, more ...string) {
	*s = append(*s, strings.TrimSpace(fmt.Sprint(code, " ", owner, " ", strings.Join(more, " "))))
}

// judge returns the reasons to refuse an event, by the words of *The process playbook*.
func (o *oracle) judge(e stage.Event) shuts {
	var s shuts
	m := o.now()
	if !slices.Contains(permitted[m.status], e.Verb) {
		s.add(stage.StageState, 0)
		return s
	}
	if m.engagement == 0 && slices.Contains(needsModel, e.Verb) {
		s.add(stage.GateModelSet, 0)
		return s
	}
	after := o.with(e)
	after.log[len(after.log)-1].Verb = stage.VerbRecord // what it brings, before what it does
	if o.led(e) && !after.overridden(stage.StageAuthority, e.At) {
		o.judgeAuthority(&s, m, e)
	}
	switch e.Verb {
	case stage.VerbAdvance:
		at := Place(o.book(m), m.stage)
		if Place(o.book(m), e.To) != at+1 {
			s.add(stage.GateOrder, 0)
		}
		after.judgeGates(&s, e.Verb, e.At)
	case stage.VerbWin:
		if m.stage != stage.Close {
			s.add(stage.GateOrder, 0)
		} else {
			after.judgeGates(&s, e.Verb, e.At)
		}
	case stage.VerbSendBack:
		if Place(o.book(m), e.To) >= Place(o.book(m), m.stage) {
			s.add(stage.GateOrder, 0)
		}
	case stage.VerbReopen:
		if !after.registered(e.Verb, e.At) {
			s.add(stage.GateRegistered, m.engagement.Leader())
		}
	case stage.VerbConsent:
		return o.judge(o.forced(e))
	case stage.VerbResize:
		if early := m.stage == stage.Identification || m.stage == stage.Discovery; e.Size == model.Simplified &&
			m.size == model.Standard && !early {
			s.add(stage.StageReplanned, 0)
		}
	case stage.VerbDone, stage.VerbWaive, stage.VerbRaise:
		o.judgeTask(&s, m, e)
	}
	return s
}

var (
	permitted = map[stage.Status][]stage.Verb{
		stage.Running: {
			stage.VerbAdvance, stage.VerbSendBack, stage.VerbHold, stage.VerbWin, stage.VerbLose, stage.VerbSetModel,
			stage.VerbResize, stage.VerbRebaseline,
			stage.VerbRecord, stage.VerbDone, stage.VerbWaive, stage.VerbRaise, stage.VerbConsent, stage.VerbRefuse,
		},
		stage.OnHold: {
			stage.VerbHold, stage.VerbResume, stage.VerbLose, stage.VerbSetModel, stage.VerbResize,
			stage.VerbRebaseline,
			stage.VerbRecord, stage.VerbDone, stage.VerbWaive, stage.VerbRaise, stage.VerbConsent, stage.VerbRefuse,
		},
		stage.ClosedWon:  {stage.VerbRecord, stage.VerbDone, stage.VerbWaive},
		stage.ClosedLost: {stage.VerbReopen, stage.VerbRecord, stage.VerbConsent, stage.VerbRefuse},
	}
	needsModel = []stage.Verb{stage.VerbAdvance, stage.VerbSendBack, stage.VerbWin, stage.VerbDone,
		stage.VerbWaive, stage.VerbRaise, stage.VerbResize, stage.VerbRebaseline}
	needsAuthority = []stage.Verb{stage.VerbAdvance, stage.VerbSendBack, stage.VerbHold, stage.VerbResume,
		stage.VerbWin, stage.VerbReopen, stage.VerbResize, stage.VerbRebaseline}
)

func (o *oracle) judgeAuthority(s *shuts, m moment, e stage.Event) {
	mover := e.By.Party.Side
	switch m.engagement {
	case model.PartnerLed:
		if mover != model.Partner {
			s.add(stage.StageAuthority, model.Partner)
		}
	case model.VendorLed:
		if mover != model.Vendor {
			s.add(stage.StageAuthority, model.Vendor)
		}
	}
}

func (o *oracle) judgeTask(s *shuts, m moment, e stage.Event) {
	task, _ := TaskOf(o.book(m), e.Task)
	w := o.work()
	bad := w.settled(task.ID)
	switch e.Verb {
	case stage.VerbRaise:
		bad = bad || task.Kind != stage.Conditional || w.raised[task.ID]
	case stage.VerbWaive:
		bad = bad || task.Kind == stage.Recurring || task.Kind == stage.Conditional && !w.raised[task.ID]
	case stage.VerbDone:
		bad = bad || task.Kind == stage.Conditional && !w.raised[task.ID] || task.Kind == stage.AfterClose &&
			m.status != stage.ClosedWon ||
			task.Owner == stage.ByEach && w.parts[task.ID][e.By.Party.Side]
	}
	if bad {
		s.add(stage.StageTask, 0)
	}
}

// judgeGates adds the gates at the end of the stage that are shut.
func (o *oracle) judgeGates(s *shuts, verb stage.Verb, at time.Time) {
	m := o.now()
	book := o.book(m)
	gates := slices.Clone(book.Steps[Place(book, m.stage)].Gates)
	if debt := o.work().owed; debt.stage == m.stage {
		gates = append(gates, debt.gates...)
	}
	slices.Sort(gates)
	for _, gate := range slices.Compact(gates) {
		if !o.overridden(gate, at) {
			o.judgeGate(s, gate, m, verb, at)
		}
	}
}

func (o *oracle) judgeGate(s *shuts, gate value.Code, m moment, verb stage.Verb, at time.Time) {
	switch gate {
	case stage.GateRegistered:
		if !o.registered(verb, at) {
			s.add(gate, m.engagement.Leader())
		}
	case stage.GateSupportConfirmed:
		for _, side := range Sides {
			if side != m.engagement.Leader() && !o.has(stage.SupportConfirmed, side) {
				s.add(gate, side)
			}
		}
	case stage.GatePartnerEngaged:
		if o.engaged().IsZero() {
			s.add(gate, model.Partner)
		}
	case stage.GateQualified:
		if f, ok := o.debrief(); !ok || f.Negative {
			s.add(gate, 0)
		}
	case stage.GateSingleProposal:
		if len(o.live()) != 1 {
			s.add(gate, m.engagement.Leader())
		}
	case stage.GatePricingApproved:
		o.judgePricing(s, gate)
	case stage.GateContractsExecuted:
		if len(o.facts(stage.ContractsExecuted)) == 0 {
			s.add(gate, m.engagement.Leader())
		}
	case stage.GateCRMUpdated:
		for _, side := range Sides {
			if !o.has(stage.CRMUpdated, side) {
				s.add(gate, side)
			}
		}
	case stage.GateTasks:
		o.judgeTasks(s, gate, m)
	}
}

// judgePricing: each side approves its price in the live revision; without a live revision
// nothing is approved.
func (o *oracle) judgePricing(s *shuts, gate value.Code) {
	for _, side := range Sides {
		missing := len(o.live()) == 0
		for _, live := range o.live() {
			missing = missing || live.Without != side && !slices.ContainsFunc(o.facts(stage.PricingApproved),
				func(f stage.Fact) bool {
					return f.Side == side && f.Proposal == live.Proposal && f.Revision == live.Revision
				})
		}
		if missing {
			s.add(gate, side)
		}
	}
}

func (o *oracle) judgeTasks(s *shuts, gate value.Code, m moment) {
	book, w := o.book(m), o.work()
	at := Place(book, m.stage)
	for _, task := range book.Steps[at].Tasks {
		asked := task.Kind == stage.Required || task.Kind == stage.Conditional && w.raised[task.ID]
		if !asked || w.settled(task.ID) {
			continue
		}
		if task.Owner != stage.ByEach {
			s.add(gate, SideOf(task.Owner), string(task.ID))
			continue
		}
		for _, side := range Sides {
			if !w.parts[task.ID][side] {
				s.add(gate, side, string(task.ID))
			}
		}
	}
}
