package stage

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/coselling/coselling/internal/wire"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

const (
	maxSteps = 64
	maxTasks = 256 // different tasks of a policy, and tasks and gates of a stage
)

// Check returns every problem at once, with paths inside the policy; nil for a policy that [Compile] takes.
func (p Policy) Check() error { return wire.CheckAll(&p, Policy.rules) }

// rules returns every problem that the tags of the members do not find.
func (p Policy) rules() error {
	var problems value.Errors
	for i, book := range p.Playbooks {
		problems.Add(value.Index("playbooks", i), p.checkBook(book))
	}
	problems.Add("playbooks", p.checkTogether())
	for i, gate := range p.Overridable {
		if !slices.ContainsFunc(p.Playbooks, func(b Playbook) bool { return b.asks(gate) }) {
			problems.Refuse(value.Index("overridable", i), playbookGate, value.Quote(string(gate)),
				"is a gate of no stage of any playbook")
		}
	}
	return problems.Err()
}

// checkTogether refuses missing and repeated playbooks, different stages in playbooks of one size (a deal keeps
// its stage when its model changes), and more tasks or gates than a set has bits.
func (p Policy) checkTogether() error {
	var problems value.Errors
	for size := model.Standard; size <= model.Simplified; size++ {
		for e := model.PartnerLed; e <= model.TrueCoSell; e++ {
			n := 0
			for _, book := range p.Playbooks {
				if book.Engagement == e && book.Size == size {
					n++
				}
			}
			if n != 1 {
				problems.Refuse("", "playbook.missing", strconv.Itoa(n)+" playbooks",
					"are for "+e.String()+" deals on the "+size.String()+" playbook; it takes exactly one")
			}
		}
	}
	tasks, gates := map[TaskID]bool{}, map[value.Code]bool{}
	for _, gate := range gateTable {
		gates[gate] = true
	}
	for i, book := range p.Playbooks {
		first := p.find(model.PartnerLed, book.Size)
		if !slices.Equal(first.stages(), book.stages()) {
			problems.Refuse("", playbookStages, "playbook "+strconv.Itoa(i), "has other stages than "+
				"the partner-led one of its size; a deal keeps its stage when its model changes")
		}
		for _, step := range book.Steps {
			for _, task := range step.Tasks {
				tasks[task.ID] = true
			}
			for _, gate := range step.Gates {
				gates[gate] = true
			}
		}
	}
	problems.Add("", checkMost(playbookEmpty, len(tasks), "different tasks", "a policy", maxTasks))
	problems.Add("", checkMost(playbookGate, len(gates), "different gates", "a policy", maxGates))
	return problems.Err()
}

func checkMost(code value.Code, n int, of, taker string, most int) error {
	if n > most {
		return value.NewError(code, strconv.Itoa(n)+" "+of,
			"are more than "+taker+" takes, which is "+strconv.Itoa(most))
	}
	return nil
}

// find returns the playbook of a model and a size, the zero one where there is none.
func (p Policy) find(e model.Engagement, size model.PlaybookSize) Playbook {
	for _, book := range p.Playbooks {
		if book.Engagement == e && book.Size == size {
			return book
		}
	}
	return Playbook{}
}

func (p Policy) checkBook(book Playbook) error {
	var problems value.Errors
	if len(book.Steps) > maxSteps { // its tag refuses them
		return nil
	}
	for i, step := range book.Steps {
		n := len(step.Tasks) + len(step.Gates)
		if err := checkMost(playbookEmpty, n, "tasks and gates", "a stage", maxTasks); err != nil {
			return value.Below(value.Index("stages", i), err)
		}
	}
	for i := range book.Steps {
		problems.Add(value.Index("stages", i), book.checkStep(i))
	}
	if standard := p.find(book.Engagement, model.Standard); standard.Size != 0 && book.Size == model.Simplified {
		problems.Add("", book.checkAgainst(standard))
	}
	return problems.Err()
}

// checkStep checks one stage against those before it (stage.windows).
func (p Playbook) checkStep(i int) error {
	var problems value.Errors
	step, first := p.Steps[i], 1
	if i > 0 {
		first = p.Steps[i-1].Last + 1
	}
	if step.First != first {
		problems.Refuse("first", StageWindows, "day "+strconv.Itoa(step.First),
			"leaves a gap or an overlap; the stage begins on day "+strconv.Itoa(first))
	}
	if step.Last < step.First {
		problems.Refuse("last", StageWindows, "day "+strconv.Itoa(step.Last),
			"is before the first day, "+strconv.Itoa(step.First))
	}
	taken := p.position(step.Stage) < i || step.Stage == Won || step.Stage == Lost
	problems.Add("stage", checkID(string(step.Stage), taken))
	problems.Add("says", checkSays(step.Says))
	for j, gate := range step.Gates {
		problems.Add(value.Index("gates", j), p.checkGate(i, gate))
	}
	for j, task := range step.Tasks {
		problems.Add(value.Index("tasks", j), p.checkTask(i, j, task))
	}
	return problems.Err()
}

func checkID(id string, taken bool) error {
	says := ""
	switch {
	case strings.Trim(id, "abcdefghijklmnopqrstuvwxyz0123456789_.") != "":
		says = "is no id; write small letters, digits, dots and underscores"
	case taken:
		says = "is taken; every one has its own id"
	default:
		return nil
	}
	return value.NewError("playbook.id", value.Quote(id), says)
}

func checkSays(s string) error {
	if s != "" && strings.TrimSpace(s) == "" {
		return value.NewError("playbook.text", value.Quote(s), "says nothing")
	}
	return nil
}

// checkGate refuses a gate that can never open, and the gates that are never listed.
func (p Playbook) checkGate(i int, gate value.Code) error {
	says := ""
	switch {
	case gate == GateOrder || gate == GateModelSet:
		says = "always holds; it is not a gate of a stage"
	case gate == GatePartnerEngaged && i == 0:
		says = "cannot open in the first stage; the partner takes part from the second on"
	case isBuiltIn(gate):
		return nil
	case p.recorder(FactKind(gate)) == nil:
		says = "can never open: it is none of " + strings.Join(texts(gateTable[:]), ", ") +
			", and no task of the playbook has the fact of this name"
	default:
		return checkID(string(gate), false)
	}
	return value.NewError(playbookGate, value.Quote(string(gate)), says)
}

func (p Playbook) checkTask(i, j int, task Task) error {
	var problems value.Errors
	problems.Add("task", checkID(string(task.ID), p.task(task.ID) != &p.Steps[i].Tasks[j]))
	if task.Kind == AfterClose && i < len(p.Steps)-1 {
		problems.Refuse("kind", kindUnknown, task.Kind.String(), "belongs to the last stage")
	}
	problems.Add("says", checkSays(task.Says))
	_, known := takenBy(task.Fact)
	if task.Fact != "" && task.Fact != ModelSet && !known && !p.asks(value.Code(task.Fact)) {
		problems.Refuse("fact", factKindUnknown, value.Quote(string(task.Fact)),
			"is read by no gate of the playbook; write a fact that one of its gates reads, or leave the member out")
	}
	problems.Add("", checkTaskDays(p.Steps[i], task))
	if len(task.Covers) > 0 && p.Size != model.Simplified {
		problems.Refuse("covers", playbookCovers, "a task of the standard playbook", "covers nothing")
	}
	return problems.Err()
}

func (p Playbook) asks(gate value.Code) bool {
	return slices.ContainsFunc(p.Steps, func(s Step) bool { return slices.Contains(s.Gates, gate) })
}

func checkTaskDays(step Step, task Task) error {
	if task.First == 0 && task.Last == 0 {
		return nil
	}
	first, last := cmp.Or(task.First, step.First), cmp.Or(task.Last, step.Last)
	if first < step.First || last > step.Last || last < first {
		return value.NewError("playbook.days", "days "+strconv.Itoa(first)+" to "+strconv.Itoa(last),
			"are outside of the stage's days, "+strconv.Itoa(step.First)+" to "+strconv.Itoa(step.Last))
	}
	return nil
}

// checkAgainst checks a simplified playbook against the standard one of its model.
func (p Playbook) checkAgainst(standard Playbook) error {
	var problems value.Errors
	before := -1
	covered := map[TaskID]bool{}
	for i, step := range p.Steps {
		at := standard.position(step.Stage)
		if at <= before {
			problems.Refuse(value.Index("stages", i)+".stage", playbookStages, value.Quote(string(step.Stage)),
				"is not a stage of the standard playbook that follows the one before")
		}
		before = max(before, at)
		for j, task := range step.Tasks {
			for k, id := range task.Covers {
				if standard.task(id) == nil || covered[id] {
					path := value.Index("stages", i) + "." + value.Index("tasks", j) + "." + value.Index("covers", k)
					problems.Refuse(path, playbookCovers, value.Quote(string(id)),
						"is not a task of the standard playbook that nothing else covers")
				}
				covered[id] = true
			}
		}
	}
	return problems.Err()
}
