package rendercheck

import (
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/coselling/coselling/internal/escape"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/render"
	"github.com/coselling/coselling/stage"
)

// The matrix as Markdown gives each cell back.
func TestMatrixIsReadBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var m model.Matrix
		var want [][]string
		for range rapid.IntRange(0, 4).Draw(t, "rows") {
			row := model.Row{Says: anyText().Draw(t, "says")}
			cells := []string{row.Says}
			for _, c := range []*model.Cell{&row.PartnerLed, &row.VendorLed, &row.TrueCoSell} {
				c.How, c.Support = anyText().Draw(t, "how"), anyText().Draw(t, "support")
				text := "joint"
				if c.Mode = model.Joint; rapid.Bool().Draw(t, "led") {
					c.Mode, c.Leader, text = model.Leads, model.Partner, "partner leads"
				}
				if c.How != "" {
					text += ": " + c.How
				}
				if c.Support != "" {
					text += "; " + c.Leader.Other().String() + " " + c.Support
				}
				cells = append(cells, text)
			}
			m, want = append(m, row), append(want, cells)
		}
		d := markdown(t, render.Matrix(m))
		if len(m) == 0 {
			if len(d.Tables) != 0 || len(d.Paragraphs) != 1 {
				t.Fatalf("%+v", d)
			}
			return
		}
		if len(d.Tables) != 1 || len(d.Headings)+len(d.Paragraphs)+len(d.Items) > 0 {
			t.Fatalf("%+v", d)
		}
		wantTable(t, d.Tables[0], []string{"responsibility", "partner-led", "vendor-led", "true co-sell"}, want)
	})
}

// The playbook as Markdown gives each stage, task and gate back.
func TestPlaybookIsReadBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := anyPlaybook(t)
		d := markdown(t, render.Playbook(p))
		if len(d.Headings) != len(p.Steps)+1 || d.Headings[0] != "partner_led, standard playbook" || len(d.Items) > 0 {
			t.Fatalf("%+v of %d steps", d, len(p.Steps))
		}
		tables, paragraphs := d.Tables, d.Paragraphs
		for i, step := range p.Steps {
			if want := escape.Line(step.Says) + ", days " + strconv.Itoa(i+1) + " to " + strconv.Itoa(i+1); d.Headings[i+1] != want {
				t.Fatalf("heading %q, want %q", d.Headings[i+1], want)
			}
			if len(step.Tasks) == 0 {
				paragraphs = next(t, paragraphs, "nothing")
			} else {
				var rows [][]string
				for _, task := range step.Tasks {
					rows = append(rows, []string{task.Says, "both together", "by day " + strconv.Itoa(i+1)})
				}
				wantTable(t, tables[0], []string{"task", "who", "when"}, rows)
				tables = tables[1:]
			}
			if len(step.Gates) > 0 {
				var want strings.Builder
				want.WriteString("Gates: ")
				for j, gate := range step.Gates {
					if j > 0 {
						want.WriteString(", ")
					}
					want.WriteString(escape.Line(string(gate)))
				}
				paragraphs = next(t, paragraphs, want.String())
			}
		}
		if len(tables)+len(paragraphs) > 0 {
			t.Fatalf("more than the playbook: %q, %q", tables, paragraphs)
		}
	})
	rules, err := stage.DefaultRules()
	if err != nil {
		t.Fatal(err)
	}
	p, err := rules.Playbook(model.TrueCoSell, model.Standard)
	if err != nil {
		t.Fatal(err)
	}
	if d := markdown(t, render.Playbook(p)); len(d.Tables) != len(p.Steps) {
		t.Errorf("%d tables of %d steps", len(d.Tables), len(p.Steps))
	}
}

// next takes the first of paragraphs, which has to be the wanted one.
func next(t rapid.TB, paragraphs []string, want string) []string {
	t.Helper()
	if len(paragraphs) == 0 || paragraphs[0] != want {
		t.Fatalf("%q does not begin with %q", paragraphs, want)
	}
	return paragraphs[1:]
}
