package render

import (
	"strconv"
	"strings"

	"github.com/coselling/coselling/stage"
)

// Playbook returns a playbook as Markdown: a heading a stage with its days and gates,
// then its tasks with who does them.
func Playbook(p stage.Playbook) string {
	var b strings.Builder
	b.WriteString("# " + markdown(p.Engagement.String()) + ", " + p.Size.String() + " playbook\n")
	for _, step := range p.Steps {
		b.WriteString("\n## " + markdown(step.Says) + ", days " + strconv.Itoa(step.First) + " to " + strconv.Itoa(step.Last) + "\n\n")
		b.WriteString("| task | who | when |\n|---|---|---|\n")
		for _, task := range step.Tasks {
			b.WriteString("| " + markdown(task.Says) + " | " + owner(task.Owner) + " | " + when(step, task) + " |\n")
		}
		if len(step.Gates) > 0 {
			b.WriteString("\nGates: " + gates(step) + "\n")
		}
	}
	return b.String()
}

func owner(o stage.Owner) string {
	switch o {
	case stage.Jointly:
		return "both together"
	case stage.ByEach:
		return "each side"
	default:
		return o.String()
	}
}

func when(step stage.Step, task stage.Task) string {
	switch task.Kind {
	case stage.Recurring:
		return "recurring"
	case stage.Conditional:
		return "when raised"
	case stage.AfterClose:
		return "after close"
	}
	last := step.Last
	if task.Last != 0 {
		last = task.Last
	}
	return "by day " + strconv.Itoa(last)
}

func gates(step stage.Step) string {
	names := make([]string, len(step.Gates))
	for i, gate := range step.Gates {
		names[i] = markdown(string(gate))
	}
	return strings.Join(names, ", ")
}

// States returns the stages of a playbook as a Mermaid state diagram: the way
// forward, and back, hold, and both ends. Every stage can be lost and held; the
// diagram draws that once, from the whole.
func States(p stage.Playbook) string {
	var b strings.Builder
	b.WriteString("stateDiagram-v2\n    state \"running\" as running {\n")
	for i, step := range p.Steps {
		b.WriteString("        state \"" + mermaid(step.Says) + "\" as s" + strconv.Itoa(i) + "\n")
	}
	if len(p.Steps) > 0 {
		b.WriteString("        [*] --> s0\n")
	}
	for i := 1; i < len(p.Steps); i++ {
		from, to := "s"+strconv.Itoa(i-1), "s"+strconv.Itoa(i)
		b.WriteString("        " + from + " --> " + to + " : advance\n        " + to + " --> " + from + " : send back\n")
	}
	b.WriteString("    }\n")
	if len(p.Steps) > 0 {
		b.WriteString("    s" + strconv.Itoa(len(p.Steps)-1) + " --> won : win\n")
	}
	b.WriteString("    running --> held : hold\n    held --> running : resume\n    running --> lost : lose\n    held --> lost : lose\n    lost --> running : reopen\n    won --> [*]\n")
	return b.String()
}
