package rendercheck

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/render"
	"github.com/coselling/coselling/stage"
	"github.com/coselling/coselling/value"
)

// anySchedule draws a dated playbook with hostile texts.
func anySchedule(t *rapid.T) stage.Schedule {
	var s stage.Schedule
	for i := range rapid.IntRange(0, 4).Draw(t, "windows") {
		s.Windows = append(s.Windows, stage.Window{Stage: stage.Stage("s" + strconv.Itoa(i)), Says: anyText().Draw(t, "window"), First: anyDay(t), Last: anyDay(t)})
	}
	for range rapid.IntRange(0, 8).Draw(t, "items") {
		item := stage.Item{
			Task: stage.Task{
				ID: stage.TaskID(anyText().Draw(t, "id")), Says: anyText().Draw(t, "says"),
				Owner: rapid.SampledFrom([]stage.Owner{stage.ByPartner, stage.ByVendor, stage.Jointly, stage.ByEach}).Draw(t, "owner"),
			},
			Stage: stage.Stage("s" + strconv.Itoa(rapid.IntRange(0, 4).Draw(t, "stage"))), State: rapid.OneOf(rapid.Just(stage.Open), rapid.Custom(func(t *rapid.T) stage.ItemState {
				return stage.ItemState(rapid.IntRange(0, int(stage.Cancelled)).Draw(t, "state"))
			})).Draw(t, "open or not"),
			PartnerRep: anyText().Draw(t, "partner's rep"), VendorRep: anyText().Draw(t, "vendor's rep"), Overdue: rapid.Bool().Draw(t, "overdue"),
		}
		if rapid.IntRange(0, 9).Draw(t, "dated") > 0 {
			item.Start, item.Due = anyDay(t), anyDay(t)
		}
		s.Items = append(s.Items, item)
	}
	return s
}

func anyDay(t *rapid.T) value.Date {
	first := value.MustDate(rapid.SampledFrom([]string{"1000-01-01", "1969-12-01", "2026-11-02", "9999-11-01"}).Draw(t, "around"))
	day, err := first.AddDays(rapid.IntRange(0, 59).Draw(t, "days"))
	if err != nil {
		t.Fatal(err)
	}
	return day
}

// asked are the items that a chart shows, which a calendar shows in part.
func asked(s stage.Schedule) []stage.Item {
	return slices.DeleteFunc(slices.Clone(s.Items), func(i stage.Item) bool {
		return i.State != stage.Open && i.State != stage.Done && i.State != stage.Waived || i.Start.IsZero() || i.Due.IsZero()
	})
}

// following is the day after the last day of an item.
func following(t rapid.TB, i stage.Item) string {
	last := i.Due
	if last.Before(i.Start) {
		last = i.Start
	}
	day, err := last.AddDays(1)
	if err != nil {
		t.Fatal(err)
	}
	return day.String()
}

func wantGantt(t rapid.TB, r *reader, title string, s stage.Schedule) {
	t.Helper()
	today := value.MustDate("2026-11-20")
	text := render.Gantt(title, s, today, value.Date{})
	got := r.read(t, text)
	if got.Type != "gantt" || strings.Trim(got.Title, " ") != titled(title) || len(got.Links) > 0 {
		t.Fatalf("a %s with title %q, want %q, and links %q\n%s", got.Type, got.Title, titled(title), got.Links, text)
	}
	var sections []string
	var tasks []task
	add := func(one task) {
		if !slices.Contains(sections, one.Section) {
			sections = append(sections, one.Section)
		}
		tasks = append(tasks, one)
	}
	for _, w := range s.Windows {
		add(task{Section: "stages", Name: titled(w.Says), Start: w.First.String(), End: following(t, stage.Item{Start: w.First, Due: w.Last})})
	}
	for _, lane := range []string{"partner", "vendor", "both"} {
		for _, i := range asked(s) {
			if laneOf[i.Task.Owner] == lane {
				add(task{Section: lane, Name: titled(i.Task.Says), Start: i.Start.String(), End: following(t, i),
					Done: i.State != stage.Open, Crit: i.State == stage.Open && i.Overdue})
			}
		}
	}
	last := ""
	if len(tasks) > 0 {
		last = tasks[len(tasks)-1].Section
	}
	tasks = append(tasks, task{Section: last, Name: "today", Start: today.String(), End: today.String(), Line: true})
	ids := map[string]bool{}
	for i := range got.Tasks {
		ids[got.Tasks[i].ID] = true
		got.Tasks[i].ID, got.Tasks[i].Name = "", strings.Trim(got.Tasks[i].Name, " ")
		got.Tasks[i].Section = strings.Trim(got.Tasks[i].Section, " ")
	}
	if !slices.Equal(got.Sections, sections) || !slices.Equal(got.Tasks, tasks) || len(ids) != len(tasks) {
		t.Fatalf("Mermaid reads\n%q\n%+v\nwant\n%q\n%+v\nin\n%s", got.Sections, got.Tasks, sections, tasks, text)
	}
}

var laneOf = map[stage.Owner]string{stage.ByPartner: "partner", stage.ByVendor: "vendor", stage.Jointly: "both", stage.ByEach: "both"}

// A Gantt chart has the stages, the tasks that were asked for, each from its first day to its due day, in the section
// of the side that does it, and a line for today.
func TestGanttHasTheTasksOfTheSchedule(t *testing.T) {
	r := mermaid(t)
	rapid.Check(t, func(t *rapid.T) { wantGantt(t, r, anyText().Draw(t, "title"), anySchedule(t)) })
}

// anyPlaybook draws a playbook with hostile texts.
func anyPlaybook(t *rapid.T) stage.Playbook {
	p := stage.Playbook{Engagement: model.PartnerLed, Size: model.Standard}
	for i := range rapid.IntRange(0, 5).Draw(t, "steps") {
		step := stage.Step{Stage: stage.Stage("s" + strconv.Itoa(i)), Says: anyText().Draw(t, "step"), First: i + 1, Last: i + 1}
		for range rapid.IntRange(0, 3).Draw(t, "tasks") {
			step.Tasks = append(step.Tasks, stage.Task{Says: anyText().Draw(t, "task"), Owner: stage.Jointly})
		}
		for range rapid.IntRange(0, 2).Draw(t, "gates") {
			step.Gates = append(step.Gates, value.Code("gate."+anyText().Draw(t, "gate")))
		}
		p.Steps = append(p.Steps, step)
	}
	return p
}

func wantStates(t rapid.TB, r *reader, p stage.Playbook) {
	t.Helper()
	text := render.States(p)
	got := r.read(t, text)
	nodes := []node{{ID: "running", Label: "running", Group: true}, {ID: "won", Label: "won"}, {ID: "held", Label: "held"}, {ID: "lost", Label: "lost"}, {ID: "root_end", Label: "root_end"}}
	edges := []edge{{"running", "held", "hold"}, {"held", "running", "resume"}, {"running", "lost", "lose"}, {"held", "lost", "lose"}, {"lost", "running", "reopen"}, {"won", "root_end", ""}}
	for i, step := range p.Steps {
		id := "s" + strconv.Itoa(i)
		nodes = append(nodes, node{ID: id, Label: titled(step.Says), Parent: "running"})
		if i == 0 {
			nodes = append(nodes, node{ID: "running_start", Label: "running_start", Parent: "running"})
			edges = append(edges, edge{"running_start", id, ""})
		} else {
			before := "s" + strconv.Itoa(i-1)
			edges = append(edges, edge{before, id, "advance"}, edge{id, before, "send back"})
		}
		if i == len(p.Steps)-1 {
			edges = append(edges, edge{id, "won", "win"})
		}
	}
	byID := func(a, b node) int { return strings.Compare(a.ID, b.ID) }
	byEnds := func(a, b edge) int { return strings.Compare(a.From+" "+a.To, b.From+" "+b.To) }
	for i := range got.Nodes {
		got.Nodes[i].Label = strings.Trim(got.Nodes[i].Label, " ")
	}
	slices.SortFunc(nodes, byID)
	slices.SortFunc(got.Nodes, byID)
	slices.SortFunc(edges, byEnds)
	slices.SortFunc(got.Edges, byEnds)
	if got.Type != "stateDiagram" || !slices.Equal(got.Nodes, nodes) || !slices.Equal(got.Edges, edges) {
		t.Fatalf("Mermaid reads\n%+v\n%+v\nwant\n%+v\n%+v\nin\n%s", got.Nodes, got.Edges, nodes, edges, text)
	}
}

// The state diagram has every stage once, inside of running, with the moves between them, hold
// and both ends.
func TestStateDiagramHasTheStagesOfThePlaybook(t *testing.T) {
	r := mermaid(t)
	rapid.Check(t, func(t *rapid.T) { wantStates(t, r, anyPlaybook(t)) })
	rules, err := stage.DefaultRules()
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range []model.Engagement{model.PartnerLed, model.VendorLed, model.TrueCoSell} {
		for _, size := range []model.PlaybookSize{model.Standard, model.Simplified} {
			p, err := rules.Playbook(e, size)
			if err != nil {
				t.Fatal(err)
			}
			wantStates(t, r, p)
		}
	}
}

// No word of Mermaid's parser has a meaning in a name: neither alone nor before or after another
// word. The test takes the words from the parser, so that a new release brings new words.
func TestNamesMayContainEveryWordOfMermaid(t *testing.T) {
	r := mermaid(t)
	word := regexp.MustCompile(`[A-Za-z]{2,}`)
	var names []string
	for _, chart := range []string{render.Gantt("", stage.Schedule{}, value.Date{}, value.Date{}), render.States(stage.Playbook{})} {
		rules := r.read(t, chart).Rules
		for _, rule := range rules {
			plain := strings.NewReplacer(`\s`, " ", `\b`, "", `\n`, "", `\d`, "7").Replace(rule)
			words := word.FindAllString(plain, -1)
			names = append(names, words...)
			names = append(names, strings.Join(words, " "), strings.Join(words, " ")+" x", "x "+strings.Join(words, " "))
		}
		if len(rules) < 20 {
			t.Fatalf("%d rules of the parser are known", len(rules))
		}
	}
	slices.Sort(names)
	day := value.MustDate("2026-11-02")
	for name := range slices.Chunk(slices.Compact(names), 20) {
		p := stage.Playbook{}
		s := stage.Schedule{}
		for i, says := range name {
			at := stage.Stage("s" + strconv.Itoa(i))
			p.Steps = append(p.Steps, stage.Step{Says: says})
			s.Windows = append(s.Windows, stage.Window{Stage: at, Says: says, First: day, Last: day})
			for _, says := range []string{says, says + " x", strings.ToUpper(says) + ": x"} {
				s.Items = append(s.Items, stage.Item{Task: stage.Task{Says: says, Owner: stage.ByVendor}, Stage: at, State: stage.Open, Start: day, Due: day})
			}
		}
		wantGantt(t, r, name[0], s)
		wantStates(t, r, p)
	}
}

// The charts that the repository shows are charts.
func TestChartsOfTheRepositoryAreCharts(t *testing.T) {
	r := mermaid(t)
	for _, text := range append(mermaidBlocks(t, "../../README.md"), mermaidBlocks(t, "../../CONTRIBUTING.md")...) {
		c := r.read(t, text)
		if want := strings.Count(text, "-->") + strings.Count(text, " & "); len(c.Edges) != want || len(c.Nodes) == 0 {
			t.Errorf("Mermaid reads %d of %d arrows between %d nodes in\n%s", len(c.Edges), want, len(c.Nodes), text)
		}
	}
}
