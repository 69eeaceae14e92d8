package stagetest

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"time"

	"pgregory.net/rapid"

	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/stage"
	"github.com/coselling/coselling/value"
)

// Apply gives an event to the package.
func Apply(r *stage.Rules, p stage.Progress, e stage.Event) (stage.Decision, error) {
	switch e.Verb {
	case stage.VerbAdvance:
		return r.Advance(p, e.Move)
	case stage.VerbSendBack:
		return r.SendBack(p, e.Move)
	case stage.VerbHold:
		if !e.Day.IsZero() {
			return r.Apply(p, e)
		}
		return r.Hold(p, e.Move)
	case stage.VerbResume:
		return r.Resume(p, e.Move)
	case stage.VerbWin:
		return r.Win(p, e.Move)
	case stage.VerbLose:
		return r.Lose(p, e.Move)
	case stage.VerbReopen:
		return r.Reopen(p, e.Move)
	case stage.VerbSetModel:
		return r.SetModel(p, e.Engagement, e.Move)
	case stage.VerbResize:
		return r.Resize(p, e.Size, e.Move)
	case stage.VerbRebaseline:
		return r.Rebaseline(p, e.Day, e.Move)
	case stage.VerbRecord:
		return r.Record(p, e.Move)
	case stage.VerbDone:
		return r.Done(p, e.Task, e.Move)
	case stage.VerbWaive:
		return r.Waive(p, e.Task, e.Move)
	case stage.VerbRaise:
		return r.Raise(p, e.Task, e.Move)
	case stage.VerbConsent:
		return r.Consent(p, e.Of, e.Asked, e.Move)
	default:
		return r.Refuse(p, e.Of, e.Asked, e.Move)
	}
}

// Game plays one deal through the package and the oracle at once.
type Game struct {
	rules  *stage.Rules
	p      stage.Progress
	oracle oracle
	now    time.Time
	story  []string
	facts  time.Duration // how many were drawn
	drawn  []stage.Fact  // proposals sent
}

// Progress returns where the deal stands.
func (g *Game) Progress() stage.Progress { return g.p }

func (g *Game) refused(t *rapid.T, e stage.Event, shut []stage.Shut) {
	t.Helper()
	var got shuts
	for _, s := range shut {
		task := ""
		for _, op := range s.Missing.Operands() {
			if op.Name() == "task" && s.Code == stage.GateTasks {
				task = fmt.Sprint(op.Value())
			}
		}
		got.add(s.Code, s.Owner, task)
	}
	want := g.oracle.judge(e)
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Fatalf("%s\nrefuses\n  %s\nthe oracle\n  %s", strings.Join(g.story, "\n"), strings.Join(got, "\n  "),
			strings.Join(want, "\n  "))
	}
}

// step gives an event to both.
func (g *Game) step(t *rapid.T, e stage.Event) {
	t.Helper()
	g.story = append(g.story, fmt.Sprintf("%s %v %s %s%s%s by %v %v facts %v overrides %v", g.p.Stage(), g.p.Status(),
		e.Verb, e.To, e.Task, []any{e.Engagement, e.Size}, e.By.Party.Side, e.At.Format(time.DateTime), e.Evidence,
		e.Overrides))
	before, history := g.p, len(g.p.History())
	d, err := Apply(g.rules, g.p, e)
	if err != nil {
		t.Fatalf("%s\n%v", strings.Join(g.story, "\n"), err)
	}
	if e.Verb <= stage.VerbReopen || e.Verb == stage.VerbRecord {
		shut, err := g.rules.Judge(g.p, e.Verb, e.Move)
		if len(d.Pending) > 0 && len(shut) == 1 && shut[0].Code == stage.StageConsent && shut[0].Owner == d.Pending[0] {
			shut = nil
		}
		if err != nil || !reflect.DeepEqual(shut, d.Shut) {
			t.Fatalf("check says %v, %v and the verb %v", shut, err, d.Shut)
		}
	}
	g.refused(t, e, d.Shut)
	g.p = d.Progress
	if len(d.Shut) > 0 {
		if d.Progress != before || len(before.History()) != history {
			t.Fatal("a refused move has changed something")
		}
		return
	}
	if before.Status() == stage.ClosedWon && g.p.Status() != stage.ClosedWon {
		t.Fatal("won is final")
	}
	reopens := e.Verb == stage.VerbReopen || e.Verb == stage.VerbConsent && e.Of == stage.VerbReopen
	if before.Status() == stage.ClosedLost && g.p.Status() != stage.ClosedLost && !reopens {
		t.Fatal("lost is left by reopening alone")
	}
	if waits := g.oracle.pending(e); waits != (len(d.Pending) > 0) {
		t.Fatalf("%s\nwaits for %v, in the oracle %v", strings.Join(g.story, "\n"), d.Pending, waits)
	}
	g.oracle.take(e)
	g.now = e.At
	var waiting []stage.Verb
	for _, a := range g.rules.Awaiting(g.p, g.now) {
		waiting = append(waiting, a.Event.Verb)
	}
	if want := g.oracle.awaited(g.now); !slices.Equal(waiting, want) {
		t.Fatalf("%s\n%v wait, in the oracle %v", strings.Join(g.story, "\n"), waiting, want)
	}
}

// compare asks both how the deal stands as of an instant.
func (g *Game) compare(t *rapid.T, asOf time.Time, recommended model.Engagement) {
	t.Helper()
	past := g.oracle.until(asOf).now()
	p, err := g.rules.Replay(g.p.Opening(), slices.DeleteFunc(g.p.History(),
		func(e stage.Event) bool { return e.At.After(asOf) }))
	if err != nil {
		t.Fatal(err)
	}
	if got := (moment{p.Stage(), p.Status(), p.Engagement(), p.Size()}); got != past {
		t.Fatalf("%s\nstands at %v, in the oracle at %v", strings.Join(g.story, "\n"), got, past)
	}
	schedule, err := g.rules.Schedule(g.p, stage.Query{AsOf: asOf, Recommended: recommended})
	if err != nil {
		t.Fatal(err)
	}
	got, want := Written(schedule), g.oracle.schedule(asOf, recommended)
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		var b strings.Builder
		for _, l := range got {
			if !slices.Contains(want, l) {
				fmt.Fprintln(&b, "  package:", l)
			}
		}
		for _, l := range want {
			if !slices.Contains(got, l) {
				fmt.Fprintln(&b, "  oracle: ", l)
			}
		}
		t.Fatalf("%s\nopened %+v, as of %v\n%s", strings.Join(g.story, "\n"), g.oracle.opening, asOf, b.String())
	}
}

// Written writes a schedule as the oracle does.
func Written(s stage.Schedule) (lines []string) {
	if s.Provisional && len(s.Windows) > 0 {
		lines = append(lines, "provisional")
	}
	for range s.Moved {
		lines = append(lines, "moved")
	}
	if !s.Review.IsZero() {
		lines = append(lines, "review "+s.Review.String())
	}
	for _, w := range s.Windows {
		lines = append(lines, fmt.Sprint(w.Stage, " ", w.First, " to ", w.Last))
	}
	for _, item := range s.Items {
		if item.State == stage.Cancelled {
			lines = append(lines, "dropped "+string(item.Task.ID))
			continue
		}
		lines = append(lines, fmt.Sprint(item.Task.ID, " ", item.State, " due ", item.Due, " ", item.Overdue,
			item.Ahead, " owes ", item.Owes))
	}
	for _, f := range s.Findings {
		line := "finding " + string(f.Code())
		if f.Code() == stage.StageOverdue {
			line += " " + strings.TrimPrefix(f.Paths()[0], "tasks.")
		}
		lines = append(lines, line)
	}
	return lines
}

// replayed checks that the history gives the progress again.
func (g *Game) replayed(t *rapid.T) {
	t.Helper()
	again, err := g.rules.Replay(g.p.Opening(), g.p.History())
	if err != nil || !reflect.DeepEqual(again, g.p) {
		t.Fatalf("%s\nreplay differs: %v", strings.Join(g.story, "\n"), err)
	}
}

// NewGame opens a deal in the package and in the naive model.
func NewGame(t *rapid.T, rules *stage.Rules) *Game {
	o := stage.Opening{
		Day: value.MustDate("2026-11-02"),
		Engagement: rapid.SampledFrom([]model.Engagement{0, model.PartnerLed, model.VendorLed,
			model.TrueCoSell}).Draw(t, "engagement"),
		Size: rapid.SampledFrom([]model.PlaybookSize{model.Standard, model.Simplified}).Draw(t, "size"),
	}
	g := &Game{rules: rules, now: o.Day.Start(nil)}
	if o.Engagement != 0 && rapid.IntRange(0, 3).Draw(t, "import") == 0 {
		book, err := rules.Playbook(o.Engagement, o.Size)
		if err != nil {
			t.Fatal(err)
		}
		o.Stage = rapid.SampledFrom(append(StagesOf(book), stage.Won, stage.Lost)).Draw(t, "stage")
		if o.Stage == stage.Lost {
			o.LostFrom = rapid.SampledFrom(append(StagesOf(book), "")).Draw(t, "lost from")
		}
		o.At, o.From = g.now.Add(time.Duration(rapid.IntRange(0, 30*24).Draw(t, "hours"))*time.Hour), "crm"
		g.now = o.At
	}
	p, err := rules.Open(o)
	if err != nil {
		t.Fatal(err)
	}
	g.p, g.oracle = p, oracle{rules: rules, books: allBooks(rules), opening: o}
	return g
}

// StagesOf returns the stages of a playbook.
func StagesOf(book stage.Playbook) (list []stage.Stage) {
	for _, step := range book.Steps {
		list = append(list, step.Stage)
	}
	return list
}
