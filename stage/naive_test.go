package stage_test

import (
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/stage"
)

// naive is SPEC section 3 with maps and loops: it keeps everything that happened and
// reads it again at every question.
type naive struct {
	engagement model.Engagement
	size       model.PlaybookSize
	status     stage.Status
	at         stage.Stage
	facts      []stage.Fact
	backs      []back
	resupport  []time.Time // changes of model in identification
	overrides  map[string]bool
	done       map[stage.TaskID]bool
	part       map[string]bool // task and side
	raised     map[stage.TaskID]bool
	excused    map[stage.TaskID]bool
	owed       map[stage.TaskID]bool
	owedFrom   int
	leftFirst  time.Time
	imported   stage.Stage
	ticked     []time.Time // by a rep of the partner, of a task in which it has a part
}

type back struct {
	to string
	at time.Time
}

func newNaive(e model.Engagement, size model.PlaybookSize) *naive {
	return &naive{
		engagement: e, size: size, status: stage.Running, at: stage.Identification, overrides: map[string]bool{}, done: map[stage.TaskID]bool{},
		part: map[string]bool{}, raised: map[stage.TaskID]bool{}, excused: map[stage.TaskID]bool{}, owed: map[stage.TaskID]bool{},
	}
}

// place imports the deal at a stage: what stands before is not asked for.
func (n *naive) place(o stage.Opening) {
	n.at = o.Stage
	for _, t := range n.tasks() {
		if slices.Index(order, n.stageOf(t.ID)) < slices.Index(order, n.at) {
			n.excused[t.ID] = true
		}
	}
	if n.at != stage.Identification {
		n.leftFirst = o.At
	}
	n.imported = n.at
}

// order of the stages; the simplified playbook skips two of them.
var order = []stage.Stage{stage.Identification, stage.Discovery, stage.Presentation, stage.Evaluation, stage.Proposal, stage.Close}

func (n *naive) stages() []stage.Stage {
	if n.size == model.Simplified {
		return []stage.Stage{stage.Identification, stage.Discovery, stage.Proposal, stage.Close}
	}
	return order
}

func (n *naive) tasks() []stage.Task {
	var all []stage.Task
	for _, p := range stage.DefaultPolicy().Playbooks {
		if p.Engagement == n.engagement && p.Size == n.size {
			for _, s := range p.Steps {
				all = append(all, s.Tasks...)
			}
		}
	}
	return all
}

func (n *naive) task(id stage.TaskID) (stage.Task, bool) {
	i := slices.IndexFunc(n.tasks(), func(t stage.Task) bool { return t.ID == id })
	if i < 0 {
		return stage.Task{}, false
	}
	return n.tasks()[i], true
}

func (n *naive) stageOf(id stage.TaskID) stage.Stage {
	for _, p := range stage.DefaultPolicy().Playbooks {
		for _, s := range p.Steps {
			if p.Engagement == n.engagement && p.Size == n.size && slices.ContainsFunc(s.Tasks, func(t stage.Task) bool { return t.ID == id }) {
				return s.Stage
			}
		}
	}
	return ""
}

// home is the stage that decides on facts of a kind; a send-back to it or to an
// earlier one voids them. Other kinds are never voided.
var home = map[stage.FactKind]stage.Stage{
	stage.SupportConfirmed: stage.Identification, stage.Qualified: stage.Discovery, stage.ProposalSent: stage.Proposal,
	stage.ProposalWithdrawn: stage.Proposal, stage.PricingApproved: stage.Proposal, stage.CRMUpdated: stage.Close,
}

// live returns the facts that count.
func (n *naive) live(more []stage.Fact) []stage.Fact {
	var counting []stage.Fact
	for _, f := range append(slices.Clone(n.facts), more...) {
		void := false
		for _, b := range n.backs {
			decides, voidable := home[f.Kind]
			void = void || voidable && slices.Index(order, stage.Stage(b.to)) <= slices.Index(order, decides) && !f.At.After(b.at)
		}
		for _, at := range n.resupport {
			void = void || f.Kind == stage.SupportConfirmed && !f.At.After(at)
		}
		if !void {
			counting = append(counting, f)
		}
	}
	return counting
}

// gates returns what is shut at the end of the stage, "code side".
func (n *naive) gates(at time.Time, more []stage.Fact, overridden map[string]bool) []string {
	facts := n.live(more)
	has := func(kind stage.FactKind, side model.Side) bool {
		return slices.ContainsFunc(facts, func(f stage.Fact) bool { return f.Kind == kind && f.Side == side })
	}
	first, last := n.at == stage.Identification, n.at == stage.Close
	standard := n.size == model.Standard
	var shut []string
	if first || last {
		if !active(facts, at) {
			shut = append(shut, "gate.registered "+n.engagement.Leader().String())
		}
	}
	if first && standard && !overridden["gate.support_confirmed"] {
		for _, side := range []model.Side{model.Partner, model.Vendor} {
			if n.engagement.Leader() != side && !has(stage.SupportConfirmed, side) {
				shut = append(shut, "gate.support_confirmed "+side.String())
			}
		}
	}
	if (standard && n.at == stage.Evaluation || !standard && n.at == stage.Discovery) && !n.engaged(append(slices.Clone(n.facts), more...)) && !overridden["gate.partner_engaged"] {
		shut = append(shut, "gate.partner_engaged partner")
	}
	if standard && n.at == stage.Discovery && !qualified(facts) && !overridden["gate.qualified"] {
		shut = append(shut, "gate.qualified ")
	}
	if n.at == stage.Proposal || last {
		shut = append(shut, n.proposals(facts)...)
	}
	if last {
		if !has(stage.ContractsExecuted, 0) {
			shut = append(shut, "gate.contracts_executed "+n.engagement.Leader().String())
		}
		for _, side := range []model.Side{model.Partner, model.Vendor} {
			if !has(stage.CRMUpdated, side) && !overridden["gate.crm_updated"] {
				shut = append(shut, "gate.crm_updated "+side.String())
			}
		}
	}
	if !overridden["gate.tasks"] {
		shut = append(shut, n.undone(more)...)
	}
	return shut
}

func active(facts []stage.Fact, at time.Time) bool {
	var latest stage.Fact
	for _, f := range facts {
		ends := !f.Until.IsZero() && (latest.Until.IsZero() || f.Until.Before(latest.Until))
		if f.Kind == stage.Registered && (latest.Kind == "" || f.At.After(latest.At) || f.At.Equal(latest.At) && ends) {
			latest = f
		}
	}
	return latest.Kind != "" && (latest.Until.IsZero() || !at.After(latest.Until))
}

func qualified(facts []stage.Fact) bool {
	var latest stage.Fact
	for _, f := range facts {
		if f.Kind == stage.Qualified && (f.At.After(latest.At) || f.At.Equal(latest.At) && f.Negative) {
			latest = f
		}
	}
	return latest.Kind != "" && !latest.Negative
}

func (n *naive) engaged(facts []stage.Fact) bool {
	if n.leftFirst.IsZero() {
		return false
	}
	for _, at := range n.ticked {
		if !at.Before(n.leftFirst) {
			return true
		}
	}
	return slices.ContainsFunc(facts, func(f stage.Fact) bool {
		part := f.Side == model.Partner && (f.Kind == stage.SupportConfirmed || f.Kind == stage.PricingApproved || f.Kind == stage.CRMUpdated)
		return (part || f.Kind == stage.PartnerEngaged) && !f.At.Before(n.leftFirst)
	})
}

func (n *naive) proposals(facts []stage.Fact) []string {
	newest := map[string]stage.Fact{}
	for _, f := range facts {
		n := newest[f.Proposal]
		again := f.Revision == n.Revision && (f.At.After(n.At) || f.At.Equal(n.At) && f.Without < n.Without)
		if f.Kind == stage.ProposalSent && (f.Revision > n.Revision || again) {
			newest[f.Proposal] = f
		}
	}
	for _, f := range facts {
		if f.Kind == stage.ProposalWithdrawn && newest[f.Proposal].Kind != "" && !f.At.Before(newest[f.Proposal].At) {
			delete(newest, f.Proposal)
		}
	}
	var shut []string
	if len(newest) != 1 {
		shut = append(shut, "gate.single_proposal "+n.engagement.Leader().String())
	}
	for _, side := range []model.Side{model.Partner, model.Vendor} {
		all := len(newest) > 0
		for _, p := range newest {
			all = all && (p.Without == side || slices.ContainsFunc(facts, func(f stage.Fact) bool {
				return f.Kind == stage.PricingApproved && f.Side == side && f.Proposal == p.Proposal && f.Revision == p.Revision
			}))
		}
		if !all {
			shut = append(shut, "gate.pricing_approved "+side.String())
		}
	}
	return shut
}

// undone returns the shut entries of gate.tasks.
func (n *naive) undone(more []stage.Fact) []string {
	ahead := *n
	ahead.done, ahead.part = cloneOf(n.done), cloneOf(n.part)
	ahead.facts = append(slices.Clone(n.facts), more...)
	ahead.settle()
	var shut []string
	for _, t := range n.tasks() {
		here := n.stageOf(t.ID) == n.at && (t.Kind == stage.Required || t.Kind == stage.Conditional && n.raised[t.ID])
		owed := n.owed[t.ID] && slices.Index(order, n.at) >= n.owedFrom
		if !here && !owed || ahead.done[t.ID] {
			continue
		}
		for _, side := range []model.Side{model.Partner, model.Vendor} {
			if t.Owner == stage.ByEach && !ahead.part[fmt.Sprint(t.ID, side)] {
				shut = append(shut, "gate.tasks "+side.String())
			}
		}
		if t.Owner != stage.ByEach {
			shut = append(shut, "gate.tasks "+t.Owner.Side().String())
		}
	}
	return shut
}

func cloneOf[K comparable](m map[K]bool) map[K]bool {
	c := map[K]bool{}
	maps.Copy(c, m)
	return c
}

// settle ticks what the facts, voided ones too, tick on the playbook in force.
func (n *naive) settle() {
	if n.engagement == 0 {
		return
	}
	for _, t := range n.tasks() {
		if t.Fact == stage.ModelSet {
			n.done[t.ID] = true
		}
		for _, f := range n.facts {
			switch {
			case t.Fact == stage.PricingApproved && f.Kind == stage.ProposalSent && f.Without != 0 && t.Owner == stage.ByEach:
				n.tickPart(t.ID, f.Without)
			case t.Fact == "" || t.Fact != f.Kind:
			case f.Side == 0 || f.Kind == stage.Registered || t.Owner == stage.Jointly || t.Owner.Side() == f.Side && f.Side != 0:
				n.done[t.ID] = true
			case t.Owner == stage.ByEach:
				n.tickPart(t.ID, f.Side)
			}
		}
	}
}

func (n *naive) tickPart(id stage.TaskID, side model.Side) {
	n.part[fmt.Sprint(id, side)] = true
	if n.part[fmt.Sprint(id, model.Partner)] && n.part[fmt.Sprint(id, model.Vendor)] {
		n.done[id] = true
	}
}
