package render

import (
	"strconv"
	"strings"

	"github.com/coselling/coselling/internal/escape"
	"github.com/coselling/coselling/internal/grid"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/stage"
)

// Playbook returns a playbook as Markdown: for each stage its days, a table of its tasks or "nothing", its gates.
func Playbook(p stage.Playbook) string {
	var b strings.Builder
	b.WriteString("# " + escape.Markdown(p.Engagement.String()) + ", " + p.Size.String() + " playbook\n")
	for _, step := range p.Steps {
		b.WriteString("\n## " + escape.Markdown(step.Says) + ", days " + strconv.Itoa(step.First) + " to " +
			strconv.Itoa(step.Last) + "\n\n")
		tasks := grid.Table{Head: []string{"task", "who", "when"}}
		for _, task := range step.Tasks {
			tasks.Rows = append(tasks.Rows, []string{task.Says, owner(task.Owner), when(step, task)})
		}
		b.WriteString(tasks.Markdown())
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
		names[i] = escape.Markdown(string(gate))
	}
	return strings.Join(names, ", ")
}

// States returns the stages of a playbook as a Mermaid state diagram: advancing, sending back by one stage, hold,
// winning and losing. Hold and loss are drawn once for all stages.
func States(p stage.Playbook) string {
	var b strings.Builder
	b.WriteString("stateDiagram-v2\n    state \"running\" as running {\n")
	for i, step := range p.Steps {
		b.WriteString("        state \"" + orUntitled(escape.Mermaid(step.Says)) + "\" as s" + strconv.Itoa(i) + "\n")
	}
	if len(p.Steps) > 0 {
		b.WriteString("        [*] --> s0\n")
	}
	for i := 1; i < len(p.Steps); i++ {
		from, to := "s"+strconv.Itoa(i-1), "s"+strconv.Itoa(i)
		b.WriteString("        " + from + " --> " + to + " : advance\n        " + to + " --> " + from +
			" : send back\n")
	}
	b.WriteString("    }\n")
	if len(p.Steps) > 0 {
		b.WriteString("    s" + strconv.Itoa(len(p.Steps)-1) + " --> won : win\n")
	}
	b.WriteString("    running --> held : hold\n    held --> running : resume\n    running --> lost : lose\n" +
		"    held --> lost : lose\n    lost --> running : reopen\n    won --> [*]\n")
	return b.String()
}

// Matrix returns a matrix as a Markdown table with a column for each engagement model; "nothing" without rows.
func Matrix(m model.Matrix) string {
	table := grid.Table{Head: []string{"responsibility", "partner-led", "vendor-led", "true co-sell"}}
	for _, row := range m {
		cells := []string{row.Says}
		for _, e := range [...]model.Engagement{model.PartnerLed, model.VendorLed, model.TrueCoSell} {
			cells = append(cells, cell(row.Under(e)))
		}
		table.Rows = append(table.Rows, cells)
	}
	return table.Markdown()
}

// cell returns the text for a responsibility under one engagement model.
func cell(c model.Cell) string {
	text := ""
	switch c.Mode {
	case model.Leads:
		text = c.Leader.String() + " leads"
	case model.Joint:
		text = "joint"
	case model.Alternates:
		text = "alternate"
	}
	if c.How != "" {
		text += ": " + c.How
	}
	if c.Support != "" {
		text += "; " + c.Leader.Other().String() + " " + c.Support
	}
	return text
}

// RACI returns the duties of a deal as a Markdown table with a column for each party, first the partner that leads and
// then the vendor: who is responsible, accountable, consulted and informed. It is "nothing" without duties.
func RACI(r model.Roles) string {
	table := grid.Table{Head: []string{"responsibility", "partner", "vendor"}}
	for i, line := range r.RACI() {
		row := []string{line.Says, letters(line.Partner, line.PartnerRep), letters(line.Vendor, line.VendorRep)}
		for _, c := range line.Others {
			if i == 0 {
				table.Head = append(table.Head, escape.Markdown(c.Party.Org))
			}
			row = append(row, letters(c.Letters, c.Rep))
		}
		table.Rows = append(table.Rows, append(row, strings.Join(line.Consulted, ", ")))
	}
	table.Head = append(table.Head, "consulted")
	return table.Markdown()
}

// letters returns the letters of a party with its rep.
func letters(of, rep string) string {
	if rep == "" {
		return of
	}
	return of + " (" + rep + ")"
}
