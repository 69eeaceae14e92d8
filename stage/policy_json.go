package stage

import (
	"github.com/go-json-experiment/json"

	"github.com/coselling/coselling/internal/strictjson"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

const (
	maxPolicyBytes = 1 << 20
	maxPolicyDepth = 10
)

// policyWire is the JSON form of [Policy]. Pointers tell a missing member from a zero one.
type policyWire struct {
	Threshold      *moneyWire      `json:"threshold"`
	ReplanDays     *int            `json:"replan_days" schema:"1..3650"`
	AfterCloseDays *int            `json:"after_close_days" schema:"1..3650"`
	OverrideDays   *int            `json:"override_days" schema:"1..365"`
	Overridable    []string        `json:"overridable" schema:"unique each=id"`
	Playbooks      []*playbookWire `json:"playbooks" schema:"6..6"`
}

type moneyWire struct {
	Amount   *string `json:"amount" schema:"positive"`
	Currency *string `json:"currency" schema:"currency"`
}

// playbookWire is the JSON form of [Playbook]; its steps are stages for people.
type playbookWire struct {
	Engagement *string     `json:"engagement" schema:"names=model.engagementNames"` // the engagement model it is for
	Size       *string     `json:"size" schema:"names=model.sizeNames"`             // the size of deals it is for
	Stages     []*stepWire `json:"stages" schema:"1..64"`                           // in order; the same for all engagement models
}

// stepWire is the JSON form of [Step].
type stepWire struct {
	Stage *string     `json:"stage" schema:"id"`
	Says  *string     `json:"says" schema:"says"`
	First *int        `json:"first" schema:"1..3650"`
	Last  *int        `json:"last" schema:"1..3650"`
	Gates []string    `json:"gates" schema:"0..256 unique each=id"`
	Tasks []*taskWire `json:"tasks" schema:"0..256"` // the work of the stage
}

// taskWire is the JSON form of [Task].
type taskWire struct {
	Task   *string  `json:"task" schema:"id"`
	Owner  *string  `json:"owner" schema:"names=ownerNames"`
	Kind   *string  `json:"kind" schema:"names=kindNames"`
	Says   *string  `json:"says" schema:"says"`
	Role   *string  `json:"role,omitempty" schema:"0..4096"`
	Fact   *string  `json:"fact,omitempty" schema:"0..4096"`
	First  *int     `json:"first,omitempty" schema:"0..3650"`
	Last   *int     `json:"last,omitempty" schema:"0..3650"`
	Covers []string `json:"covers,omitempty" schema:"unique each=id"`
}

// ParsePolicy reads the JSON form of a policy, at most 1 MiB and 10 levels deep.
// Every member is needed but role, fact, first, last and covers of a task; a
// repeated, unknown or wrongly cased one and trailing data are refused, the first
// with its path. Problems of values are returned all at once, so that what
// ParsePolicy returns is a policy that [Compile] takes.
func ParsePolicy(data []byte) (Policy, error) {
	policy, err := parsePolicy(data)
	return policy, value.In("stage", err)
}

func parsePolicy(data []byte) (Policy, error) {
	var wire policyWire
	if err := strictjson.Decode(data, &wire, strictjson.Limits{Bytes: maxPolicyBytes, Depth: maxPolicyDepth}); err != nil {
		return Policy{}, err
	}
	policy, problems := wire.policy()
	if len(problems) == 0 {
		problems.Add("", policy.Check())
	}
	if err := problems.Err(); err != nil {
		return Policy{}, err
	}
	return policy, nil
}

func (w policyWire) policy() (Policy, value.Errors) {
	var problems value.Errors
	p := Policy{ReplanDays: *w.ReplanDays, AfterCloseDays: *w.AfterCloseDays, OverrideDays: *w.OverrideDays}
	if currency, err := value.ParseCurrency(*w.Threshold.Currency); err != nil {
		problems.Add("threshold.currency", err)
	} else {
		p.Threshold, err = value.ParseAmount(*w.Threshold.Amount, currency)
		problems.Add("threshold.amount", err)
	}
	for _, gate := range w.Overridable {
		p.Overridable = append(p.Overridable, value.Code(gate))
	}
	for i, book := range w.Playbooks {
		playbook, wrong := book.playbook()
		problems.Add(value.Index("playbooks", i), wrong.Err())
		p.Playbooks = append(p.Playbooks, playbook)
	}
	return p, problems
}

func (w playbookWire) playbook() (Playbook, value.Errors) {
	var problems value.Errors
	engagement, err := model.ParseEngagement(*w.Engagement)
	problems.Add("engagement", err)
	size, err := model.ParsePlaybookSize(*w.Size)
	problems.Add("size", err)
	p := Playbook{Engagement: engagement, Size: size}
	for i, s := range w.Stages {
		step := Step{Stage: Stage(*s.Stage), Says: *s.Says, First: *s.First, Last: *s.Last}
		for _, gate := range s.Gates {
			step.Gates = append(step.Gates, value.Code(gate))
		}
		for j, t := range s.Tasks {
			task, wrong := t.task()
			problems.Add(value.Index("stages", i)+"."+value.Index("tasks", j), wrong.Err())
			step.Tasks = append(step.Tasks, task)
		}
		p.Steps = append(p.Steps, step)
	}
	return p, problems
}

func (w taskWire) task() (Task, value.Errors) {
	var problems value.Errors
	t := Task{ID: TaskID(*w.Task), Says: *w.Says, Role: model.Responsibility(or(w.Role)), Fact: FactKind(or(w.Fact)), First: or(w.First), Last: or(w.Last)}
	var err error
	t.Owner, err = ParseOwner(*w.Owner)
	problems.Add("owner", err)
	t.Kind, err = ParseKind(*w.Kind)
	problems.Add("kind", err)
	for _, id := range w.Covers {
		t.Covers = append(t.Covers, TaskID(id))
	}
	return t, problems
}

func or[T any](p *T) T {
	if p == nil {
		var zero T
		return zero
	}
	return *p
}

// MarshalJSON returns the canonical form: every member, in a fixed order; role,
// fact, first, last and covers of a task only where they say something.
// [ParsePolicy] gives an equal policy back. A policy that [Compile] refuses is
// written as it stands; only text that is not UTF-8 cannot be.
func (p Policy) MarshalJSON() ([]byte, error) {
	return json.Marshal(p.wire(), json.Deterministic(true))
}

func (p Policy) wire() policyWire {
	w := policyWire{
		Threshold:      &moneyWire{new(string(p.Threshold.AppendAmount(nil))), new(p.Threshold.Currency().String())},
		ReplanDays:     new(p.ReplanDays),
		AfterCloseDays: new(p.AfterCloseDays),
		OverrideDays:   new(p.OverrideDays),
		Overridable:    texts(p.Overridable),
		Playbooks:      []*playbookWire{},
	}
	for _, book := range p.Playbooks {
		w.Playbooks = append(w.Playbooks, book.wire())
	}
	return w
}

func (p Playbook) wire() *playbookWire {
	w := &playbookWire{Engagement: new(p.Engagement.String()), Size: new(p.Size.String()), Stages: []*stepWire{}}
	for _, s := range p.Steps {
		step := &stepWire{Stage: new(string(s.Stage)), Says: new(s.Says), First: new(s.First), Last: new(s.Last), Gates: texts(s.Gates), Tasks: []*taskWire{}}
		for _, t := range s.Tasks {
			step.Tasks = append(step.Tasks, t.wire())
		}
		w.Stages = append(w.Stages, step)
	}
	return w
}

func (t Task) wire() *taskWire {
	return &taskWire{
		Task: new(string(t.ID)), Owner: new(t.Owner.String()), Kind: new(t.Kind.String()), Says: new(t.Says),
		Role: some(string(t.Role)), Fact: some(string(t.Fact)), First: some(t.First), Last: some(t.Last), Covers: texts(t.Covers),
	}
}

// some returns nil for the zero value, which is not written.
func some[T comparable](v T) *T {
	var zero T
	if v == zero {
		return nil
	}
	return &v
}

func texts[T ~string](list []T) []string {
	out := make([]string, len(list))
	for i, v := range list {
		out[i] = string(v)
	}
	return out
}

// UnmarshalJSON is [ParsePolicy] for a policy inside another document. The paths of
// its errors begin inside the policy; the document knows where that stands.
func (p *Policy) UnmarshalJSON(data []byte) error {
	parsed, err := parsePolicy(data)
	if err != nil {
		return err
	}
	*p = parsed
	return nil
}
