package stage_test

import (
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/coselling/coselling/internal/goldentest"
	"github.com/coselling/coselling/internal/naive/stagetest"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/stage"
	"github.com/coselling/coselling/value"
)

const goldenPolicy = "testdata/default.json"

// The default policy is recorded as a document, so that a change shows in the review. The
// document is read back as an equal policy.
func TestDefaultPolicyIsAsRecorded(t *testing.T) {
	policy := stage.DefaultPolicy()
	data, err := json.Marshal(policy)
	if err != nil {
		t.Fatal(err)
	}
	want := goldentest.JSON(t, goldenPolicy, policy)
	parsed, err := stage.ParsePolicy(want)
	if diff := cmp.Diff(policy, parsed, values); err != nil || diff != "" {
		t.Errorf("the parsed policy differs (-default +parsed): %v\n%s", err, diff)
	}
	var inside struct{ Stage stage.Policy }
	if err := json.Unmarshal([]byte(`{"Stage":`+string(data)+`}`), &inside); err != nil || !cmp.Equal(inside.Stage, policy, values) {
		t.Errorf("inside another document: %v\n%s", err, cmp.Diff(policy, inside.Stage, values))
	}
}

// Every problem of a policy is reported at once, each with its path.
func TestAPolicyReportsEveryProblem(t *testing.T) {
	book := func(p *stage.Policy) *stage.Playbook { return &p.Playbooks[0] }
	step := func(p *stage.Policy, i int) *stage.Step { return &p.Playbooks[0].Steps[i] }
	task := func(p *stage.Policy) *stage.Task { return &p.Playbooks[0].Steps[0].Tasks[0] }
	books := stage.DefaultPolicy().Playbooks
	last := len(books[0].Steps) - 1
	end := fmt.Sprintf("stage.playbooks[0].stages[%d]", last)
	short := fmt.Sprintf("stage.playbooks[3].stages[%d]", len(books[3].Steps)-1)
	const at0, t0 = "stage.playbooks[0].stages[0]", "stage.playbooks[0].stages[0].tasks[0]"
	for _, c := range []struct {
		name   string
		change func(*stage.Policy)
		want   []string
	}{
		{"no threshold", func(p *stage.Policy) { p.Threshold = value.Money{} }, []string{"stage.threshold fact.range"}},
		{"days", func(p *stage.Policy) { p.ReplanDays, p.AfterCloseDays, p.OverrideDays = 0, -1, 366 },
			[]string{"stage.replan_days fact.range", "stage.after_close_days fact.range", "stage.override_days fact.range"}},
		{"a gate that nobody asks for", func(p *stage.Policy) { p.Overridable = append(p.Overridable, "gate.nobody", stage.GateTasks) },
			[]string{"stage.overridable[5] playbook.gate", "stage.overridable[6] list.twice"}},
		{"no playbooks", func(p *stage.Policy) { p.Playbooks, p.Overridable = nil, nil },
			[]string{"stage.playbooks playbook.missing", "stage.playbooks playbook.missing", "stage.playbooks playbook.missing", "stage.playbooks playbook.missing", "stage.playbooks playbook.missing", "stage.playbooks playbook.missing", "stage.playbooks playbook.missing"}},
		{"an empty playbook", func(p *stage.Policy) {
			book(p).Steps = nil
			p.Playbooks = p.Playbooks[:1]
			p.Playbooks[0].Size = model.Standard
			p.Overridable = nil
		},
			[]string{"stage.playbooks[0].stages playbook.empty", "stage.playbooks playbook.missing", "stage.playbooks playbook.missing", "stage.playbooks playbook.missing", "stage.playbooks playbook.missing", "stage.playbooks playbook.missing", "stage.playbooks playbook.missing"}},
		{"a window of zero days", func(p *stage.Policy) { step(p, 0).Last = 0 }, []string{at0 + ".last stage.windows", at0 + ".last stage.windows", "stage.playbooks[0].stages[1].first stage.windows"}},
		{"a gap", func(p *stage.Policy) { step(p, 1).First = 9 }, []string{"stage.playbooks[0].stages[1].first stage.windows"}},
		{"an overlap", func(p *stage.Policy) { step(p, 1).First = 7 }, []string{"stage.playbooks[0].stages[1].first stage.windows"}},
		{"too long", func(p *stage.Policy) { step(p, last).Last = 3651 }, []string{end + ".last stage.windows"}},
		{"a task twice", func(p *stage.Policy) { step(p, 1).Tasks[0].ID = stage.RegisterDeal },
			[]string{"stage.playbooks[0].stages[1].tasks[0].task playbook.id", "stage.playbooks[3].stages[1].tasks[0].covers[0] playbook.covers"}},
		{"a task that nobody owns", func(p *stage.Policy) {
			task(p).Owner, task(p).Kind, task(p).Says, task(p).ID = 0, 9, " ", "Register deal"
		},
			[]string{t0 + ".owner task.owner", t0 + ".kind task.kind", t0 + ".says playbook.text", t0 + ".task playbook.id", "stage.playbooks[3].stages[0].tasks[0].covers[0] playbook.covers"}},
		{"after close, too early", func(p *stage.Policy) { task(p).Kind = stage.AfterClose }, []string{t0 + ".kind task.kind"}},
		{"days outside of the stage", func(p *stage.Policy) { task(p).First, task(p).Last = 5, 8 }, []string{t0 + " playbook.days"}},
		{"days backwards", func(p *stage.Policy) { task(p).First, task(p).Last = 5, 4 }, []string{t0 + " playbook.days"}},
		{"a fact that no gate reads", func(p *stage.Policy) { task(p).Fact = "gate.security" }, []string{t0 + ".fact fact.kind"}},
		{"a gate that nothing opens", func(p *stage.Policy) {
			step(p, 0).Gates = append(step(p, 0).Gates, "gate.security", stage.GateOrder, stage.GatePartnerEngaged, stage.GateTasks)
		},
			[]string{at0 + ".gates[3] playbook.gate", at0 + ".gates[4] playbook.gate", at0 + ".gates[5] playbook.gate", at0 + ".gates[6] list.twice"}},
		{"another list of stages", func(p *stage.Policy) { p.Playbooks[1].Steps[2].Stage = "demo" }, []string{"stage.playbooks playbook.stages"}},
		{"won as a stage", func(p *stage.Policy) { step(p, last).Stage = stage.Won }, []string{
			end + ".stage playbook.id", "stage.playbooks playbook.stages", "stage.playbooks playbook.stages",
			short + ".stage playbook.stages",
		}},
		{"the standard playbook covers", func(p *stage.Policy) { task(p).Covers = []stage.TaskID{stage.DealDesk} }, []string{t0 + ".covers playbook.covers"}},
		{"covers twice", func(p *stage.Policy) {
			p.Playbooks[3].Steps[0].Tasks[1].Covers = []stage.TaskID{stage.RegisterDeal, "nothing"}
		},
			[]string{"stage.playbooks[3].stages[0].tasks[1].covers[0] playbook.covers", "stage.playbooks[3].stages[0].tasks[1].covers[1] playbook.covers"}},
		{"ten thousand tasks", func(p *stage.Policy) { step(p, 0).Tasks = make([]stage.Task, 10_000) }, []string{at0 + " playbook.empty", at0 + ".tasks fact.excess", "stage.playbooks[3].stages[0].tasks[0].covers[0] playbook.covers", "stage.playbooks[3].stages[0].tasks[0].covers[1] playbook.covers"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := stage.DefaultPolicy()
			c.change(&p)
			_, err := stage.Compile(p)
			wantCodes(t, err, c.want...)
			data, err := json.Marshal(p)
			if err != nil || len(data) > 1<<20 {
				return
			}
			if _, err := stage.ParsePolicy(data); err == nil {
				t.Error("the document is taken")
			}
		})
	}
}

// A host's playbook has other stages, a task with other days, and a gate that a fact of its
// name opens.
func TestAHostsOwnPlaybookIsFollowed(t *testing.T) {
	p := stage.DefaultPolicy()
	for i := range p.Playbooks {
		last := len(p.Playbooks[i].Steps) - 1
		step := &p.Playbooks[i].Steps[last-1]
		step.Gates = append(step.Gates, "gate.security_review")
		step.Tasks = append(step.Tasks, stage.Task{ID: "security_review", Owner: stage.ByVendor, Kind: stage.Required, Says: "pass the buyer's security review", Fact: "gate.security_review", First: step.First + 2, Last: step.First + 4})
	}
	p.Overridable = append(p.Overridable, "gate.security_review")
	rules, err := stage.Compile(p)
	if err != nil {
		t.Fatal(err)
	}
	d := &deal{tb: t, rules: rules}
	d.open(stage.Opening{Day: day("2026-11-02"), Engagement: model.PartnerLed, Size: model.Standard})
	d.walkTo(stage.Proposal)
	item, book := d.item("security_review"), d.playbook()
	entered := stagetest.Plus(day("2026-11-02"), book.Steps[stagetest.Place(book, stage.Proposal)].First-1)
	if item.Start != stagetest.Plus(entered, 2) || item.Due != stagetest.Plus(entered, 4) {
		t.Errorf("stage.windows: a task with other days than its stage: %v to %v", item.Start, item.Due)
	}
	review := stage.Fact{Kind: "gate.security_review"}
	proposal := []stage.Fact{sent("P-1", 1), approved(model.Partner, "P-1", 1), approved(model.Vendor, "P-1", 1)}
	d.want("own gate", proposal, "gate.security_review vendor")
	d.want("own gate", append(proposal, review))
	d.record(append(proposal, review)...)
	if d.item("security_review").State != stage.Done {
		t.Error("the fact does not tick its task")
	}
	m := d.move()
	m.To = stage.Presentation
	d.must(d.rules.SendBack(d.p, m))
	d.walkTo(stage.Proposal)
	d.want("a send-back voids the fact of an own gate", []stage.Fact{sent("P-1", 2), approved(model.Partner, "P-1", 2), approved(model.Vendor, "P-1", 2)}, "gate.security_review vendor")
}

// Rules share nothing with the policy that was compiled, nor with the values they return.
func TestRulesShareNothingWithTheCaller(t *testing.T) {
	p := stage.DefaultPolicy()
	rules, err := stage.Compile(p)
	if err != nil {
		t.Fatal(err)
	}
	spoil := func(book stage.Playbook) {
		book.Steps[0].Tasks[0].ID, book.Steps[0].Gates[0], book.Steps[0].First = "spoilt", "spoilt", 9
	}
	spoil(p.Playbooks[0])
	spoil(rules.Policy().Playbooks[0])
	book, err := rules.Playbook(model.PartnerLed, model.Standard)
	if err != nil {
		t.Fatal(err)
	}
	spoil(book)
	if diff := cmp.Diff(stage.DefaultPolicy(), rules.Policy(), values); diff != "" {
		t.Errorf("the rules have changed (-want +got):\n%s", diff)
	}
	if _, err := rules.Playbook(0, 9); err == nil {
		t.Error("there is a playbook for no model")
	}
}

func TestMalformedPolicyDocumentsAreRefused(t *testing.T) {
	data, err := os.ReadFile(goldenPolicy)
	if err != nil {
		t.Fatal(err)
	}
	doc := string(data)
	for _, c := range []struct{ old, new, want string }{
		{`"threshold"`, `"Threshold"`, "stage.Threshold: the member is not known"},
		{`"replan_days": 7,`, ``, "stage.replan_days: nothing stands here"},
		{`"replan_days": 7`, `"replan_days": 7, "replan_days": 8`, "stage.replan_days: the member stands twice"},
		{`"replan_days": 7`, `"replan_days": 1e999999999`, "stage.replan_days: a JSON number"},
		{`"25000.00"`, `"1e999999999"`, `stage.threshold.amount: "1e999999999"`},
		{`"size": "standard"`, `"size": "Standard"`, `stage.playbooks[0].size: "Standard" is not known`},
		{`"owner": "partner"`, `"owner": "nobody"`, `stage.playbooks[0].stages[0].tasks[0].owner: "nobody" is not known; allowed are partner, vendor, joint, each`},
		{`"kind": "required"`, `"kind": ""`, `stage.playbooks[0].stages[0].tasks[0].kind: nothing is given`},
	} {
		changed := strings.Replace(doc, c.old, c.new, 1)
		if _, err := stage.ParsePolicy([]byte(changed)); err == nil || !strings.HasPrefix(err.Error(), c.want) {
			t.Errorf("%s: %v, want %s", c.new, err, c.want)
		}
	}
	deep := strings.Repeat("[", 1000) + strings.Repeat("]", 1000)
	for _, hostile := range []string{"", "null", deep, strings.Repeat(" ", 2<<20), doc + doc, "{}"} {
		if _, err := stage.ParsePolicy([]byte(hostile)); err == nil {
			t.Errorf("%.20q is taken", hostile)
		}
	}
}

func FuzzParsePolicy(f *testing.F) {
	data, err := os.ReadFile(goldenPolicy)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(data)
	f.Add(fmt.Appendf(nil, `{"threshold":{"amount":"1","currency":"USD"},"replan_days":%d}`, 1<<62))
	f.Fuzz(func(t *testing.T, data []byte) {
		policy, err := stage.ParsePolicy(data)
		if err != nil {
			return
		}
		if _, err := stage.Compile(policy); err != nil {
			t.Fatalf("what is parsed does not compile: %v", err)
		}
		printed, err := json.Marshal(policy)
		if err != nil {
			t.Fatal(err)
		}
		if again, err := stage.ParsePolicy(printed); err != nil || !cmp.Equal(again, policy, values) {
			t.Fatalf("printing is not canonical: %v\n%s", err, cmp.Diff(policy, again, values))
		}
	})
}
