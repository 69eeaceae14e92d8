package stage

import (
	"cmp"
	"slices"

	"github.com/coselling/coselling/internal/wire"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// Rules is a compiled [Policy], immutable and safe for concurrent use. Make it with [Compile]: nil and the zero value
// give stage.rules.missing errors. Its verbs are pure: they take a [Progress] and return the next one inside a
// [Decision].
type Rules struct {
	policy    Policy
	workplace value.Workplace
	tasks     map[TaskID]int // the number of every task of every playbook
	gates     []value.Code   // the built-in ones, then those of the policy's own
	books     [model.TrueCoSell + 1][model.Simplified + 1]*book
}

// book is a compiled playbook.
type book struct {
	Playbook
	steps    []step
	all      taskSet
	required taskSet
	facts    []factTask
	homes    map[FactKind]int // the stage that decides on facts of a kind: a send-back to it, or further, voids them
}

// factTask is a task that recording a fact ticks.
type factTask struct {
	task   *Task
	number int
}

// step is a compiled stage.
type step struct {
	asks        gateSet
	tasks       []int // the number of each task of the stage, in its order
	required    taskSet
	conditional taskSet
}

// maxGates bounds the gates of a policy, its own included.
const maxGates = 64

// missing refuses rules that no policy was compiled to.
func (r *Rules) missing() error {
	if r == nil || r.books[model.PartnerLed][model.Standard] == nil {
		return value.NewError("stage.rules.missing", "nothing",
			"is given for the rules of the process; compile a policy")
	}
	return nil
}

// Compile checks a policy and copies it. It reports every problem at once, with its path below stage. Days are
// those of UTC, business days Monday to Friday, and due dates may fall on any day; [Rules.In] changes that.
func Compile(p Policy) (*Rules, error) {
	if err := p.Check(); err != nil {
		return nil, value.Below("stage", err)
	}
	r := &Rules{policy: wire.Clone(p), tasks: map[TaskID]int{}, gates: slices.Clone(gateTable[:])}
	for _, playbook := range r.policy.Playbooks {
		r.books[playbook.Engagement][playbook.Size] = r.compile(playbook)
	}
	return r, nil
}

// DefaultRules compiles [DefaultPolicy].
func DefaultRules() (*Rules, error) { return Compile(DefaultPolicy()) }

// In returns the same rules for the zone and the calendar of a workplace. A calendar moves a due date that is no
// business day to the last one before it in its window, else to the first after. A deal should keep one workplace:
// the days of a hold are counted when it ends. Nil gives nil.
func (r *Rules) In(w value.Workplace) *Rules {
	if r == nil {
		return nil
	}
	other := *r
	other.workplace = w.Clone()
	return &other
}

// Policy returns a copy of the policy, which the caller owns; the zero policy for nil.
func (r *Rules) Policy() Policy {
	if r == nil {
		return Policy{}
	}
	return wire.Clone(r.policy)
}

// Playbook returns a copy of a playbook of the policy. Errors, both at once: engagement.unknown at engagement,
// playbook.size.unknown at size.
func (r *Rules) Playbook(e model.Engagement, size model.PlaybookSize) (Playbook, error) {
	if err := r.missing(); err != nil {
		return Playbook{}, err
	}
	var problems value.Errors
	problems.Add("engagement", e.Check())
	problems.Add("size", size.Check())
	if err := problems.Err(); err != nil {
		return Playbook{}, err
	}
	return wire.Clone(r.books[e][size].Playbook), nil
}

func (r *Rules) compile(p Playbook) *book {
	b := &book{Playbook: p}
	for _, s := range p.Steps {
		compiled := step{}
		for _, gate := range s.Gates {
			compiled.asks |= 1 << r.gate(gate)
		}
		for i := range s.Tasks {
			task := &s.Tasks[i]
			i := r.number(task.ID)
			compiled.tasks = append(compiled.tasks, i)
			b.all.add(i)
			if task.Fact != "" {
				b.facts = append(b.facts, factTask{task, i})
			}
			switch task.Kind {
			case Required:
				compiled.required.add(i)
				b.required.add(i)
			case Conditional:
				compiled.conditional.add(i)
			}
		}
		b.steps = append(b.steps, compiled)
	}
	b.homes = b.decide()
	return b
}

func (r *Rules) number(id TaskID) int {
	i, ok := r.tasks[id]
	if !ok {
		i = len(r.tasks)
		r.tasks[id] = i
	}
	return i
}

// gateOf returns the gate that reads facts of a kind; a host's own has the name of the kind.
func gateOf(kind FactKind) value.Code {
	if kind == ProposalSent {
		return GateSingleProposal
	}
	if gate := value.Code("gate." + kind); isBuiltIn(gate) {
		return gate
	}
	return value.Code(kind)
}

// asked returns the gates at the ends of the stages from the first to before the last of two places.
func (b *book) asked(first, last int) (gates gateSet) {
	for _, s := range b.steps[first:max(first, last)] {
		gates |= s.asks
	}
	return gates
}

func (r *Rules) gate(code value.Code) int {
	i := slices.Index(r.gates, code)
	if i < 0 {
		i = len(r.gates)
		r.gates = append(r.gates, code)
	}
	return i
}

// eachTask calls f with every task of the playbook, the index of its stage and its number.
func (b *book) eachTask(f func(task *Task, at, number int)) {
	for at := range b.Steps {
		for j := range b.Steps[at].Tasks {
			f(&b.Steps[at].Tasks[j], at, b.steps[at].tasks[j])
		}
	}
}

// where returns the tasks of the playbook that fit.
func (b *book) where(fits func(task *Task, at, number int) bool) taskSet {
	var set taskSet
	b.eachTask(func(t *Task, at, i int) {
		if fits(t, at, i) {
			set.add(i)
		}
	})
	return set
}

// Size returns simplified for an amount below the policy's threshold, else standard (stage.simplified). An amount of
// zero or less is unknown: it gives standard and needs no rate. One in another currency needs a rate to the
// threshold's; without it, it is a [value.MoneyCurrency] error at amount. In the threshold's currency the rate is
// ignored.
func (r *Rules) Size(amount value.Money, rate value.ExchangeRate) (model.PlaybookSize, error) {
	if err := r.missing(); err != nil {
		return 0, err
	}
	threshold := r.policy.Threshold
	if amount.Sign() <= 0 {
		return model.Standard, nil
	}
	order := cmp.Compare(amount.Minor(), threshold.Minor())
	if amount.Currency() != threshold.Currency() {
		var err error
		if order, err = rate.CompareMoney(amount, threshold); err != nil {
			return 0, value.Below("amount", err)
		}
	}
	if order < 0 {
		return model.Simplified, nil
	}
	return model.Standard, nil
}

// taskSet is a set of tasks, one bit for the number of each in [Rules].
type taskSet [maxTasks / 64]uint64

func (s *taskSet) add(i int)      { s[i/64] |= 1 << (i % 64) }
func (s *taskSet) has(i int) bool { return s[i/64]&(1<<(i%64)) != 0 }

func (s taskSet) union(t taskSet) taskSet {
	for i := range s {
		s[i] |= t[i]
	}
	return s
}

func (s taskSet) without(t taskSet) taskSet {
	for i := range s {
		s[i] &^= t[i]
	}
	return s
}

func (s taskSet) within(t taskSet) taskSet {
	for i := range s {
		s[i] &= t[i]
	}
	return s
}

// gateSet is a set of gates, one bit for the index of each in [Rules].
type gateSet uint64
