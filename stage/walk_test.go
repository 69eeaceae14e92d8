package stage_test

import (
	"cmp"
	"time"

	"pgregory.net/rapid"

	"github.com/coselling/coselling/internal/naive/stagetest"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/stage"
	"github.com/coselling/coselling/value"
)

var (
	ana = model.Person{Name: "ana", Party: model.PartnerOrg("acme")}
	bo  = model.Person{Name: "bo", Party: model.VendorOrg("us")}
)

// deal drives one deal through its rules, a minute an event.
type deal struct {
	tb    rapid.TB
	rules *stage.Rules
	p     stage.Progress
	now   time.Time
}

func (d *deal) open(o stage.Opening) {
	d.tb.Helper()
	p, err := d.rules.Open(o)
	if err != nil {
		d.tb.Fatal(err)
	}
	d.p, d.now = p, o.Day.Start(nil).Add(9*time.Hour)
	if o.At.After(d.now) {
		d.now = o.At
	}
}

func (d *deal) leader() model.Person { return stagetest.Person(d.p.Engagement().Leader()) }

// move returns a move by the side that owns the relationship, with the consent of
// the other.
func (d *deal) move() stage.Move {
	by := d.leader()
	return stage.Move{
		By: by, At: d.now, Reason: "as agreed",
		Consents: []model.Consent{{By: stagetest.Person(by.Party.Side.Other()), At: d.now}},
	}
}

// must takes the decision of a verb that has to take effect.
func (d *deal) must(decision stage.Decision, err error) {
	d.tb.Helper()
	if err != nil {
		d.tb.Fatal(err)
	}
	for _, s := range decision.Shut {
		d.tb.Fatalf("%s %v: %v", s.Code, s.Owner, s.Missing)
	}
	d.p = decision.Progress
	d.now = d.now.Add(time.Minute)
}

// shut takes the decision of a verb that has to be refused, and returns the codes.
func (d *deal) shut(decision stage.Decision, err error) []string {
	d.tb.Helper()
	if err != nil {
		d.tb.Fatal(err)
	}
	if len(decision.Shut) == 0 {
		d.tb.Fatal("the verb took effect")
	}
	if decision.Progress != d.p {
		d.tb.Error("a refused verb has changed the progress")
	}
	var codes []string
	for _, s := range decision.Shut {
		code := string(s.Code)
		if s.Owner != 0 {
			code += " " + s.Owner.String()
		}
		codes = append(codes, code)
	}
	return codes
}

func (d *deal) record(facts ...stage.Fact) {
	d.tb.Helper()
	for i := range facts {
		if facts[i].At.IsZero() {
			facts[i].At = d.now
		}
	}
	m := d.move()
	m.Evidence = facts
	d.must(d.rules.Record(d.p, m))
}

func (d *deal) playbook() stage.Playbook {
	d.tb.Helper()
	book, err := d.rules.Playbook(d.p.Engagement(), d.p.Size())
	if err != nil {
		d.tb.Fatal(err)
	}
	return book
}

// facts returns the facts that open every gate at the end of a stage.
func (d *deal) facts() []stage.Fact { return stagetest.FactsOf(d.p.Stage()) }

// finishStage opens every gate at the end of the stage.
func (d *deal) finishStage() {
	d.tb.Helper()
	d.record(d.facts()...)
	schedule, err := d.rules.Schedule(d.p, stage.Query{AsOf: d.now})
	if err != nil {
		d.tb.Fatal(err)
	}
	for _, item := range schedule.Items {
		if item.Stage == d.p.Stage() && item.State == stage.Open && item.Task.Kind != stage.Recurring {
			d.do(item.Task)
		}
	}
}

// do ticks a task, by each side that has a part.
func (d *deal) do(task stage.Task) {
	d.tb.Helper()
	m := d.move()
	if task.Owner != stage.ByEach {
		m.By = stagetest.Person(stagetest.SideOf(task.Owner))
		m.Consents = nil
		d.must(d.rules.Done(d.p, task.ID, m))
		return
	}
	for _, side := range []model.Side{model.Partner, model.Vendor} {
		m.By, m.Consents, m.At = stagetest.Person(side), nil, d.now
		d.must(d.rules.Done(d.p, task.ID, m))
	}
}

// next moves the deal to the next stage, or wins it.
func (d *deal) next() {
	d.tb.Helper()
	book := d.playbook()
	m := d.move()
	for i, step := range book.Steps {
		if step.Stage == d.p.Stage() && i+1 < len(book.Steps) {
			m.To = book.Steps[i+1].Stage
			d.must(d.rules.Advance(d.p, m))
			return
		}
	}
	d.must(d.rules.Win(d.p, m))
}

// walkTo finishes and leaves stages until the deal stands at the given one, or has
// ended.
func (d *deal) walkTo(s stage.Stage) {
	d.tb.Helper()
	for d.p.Stage() != s && d.p.Status() == stage.Running {
		d.finishStage()
		d.next()
	}
}

func day(s string) value.Date { return value.MustDate(s) }

// at returns noon of a day in UTC.
func at(s string) time.Time { return day(s).Start(nil).Add(12 * time.Hour) }

// after returns the stage that follows in the deal's playbook; where no model is set, in the
// partner-led one.
func (d *deal) after(s stage.Stage) stage.Stage {
	d.tb.Helper()
	book, err := d.rules.Playbook(cmp.Or(d.p.Engagement(), model.PartnerLed), d.p.Size())
	if err != nil {
		d.tb.Fatal(err)
	}
	return book.Steps[stagetest.Place(book, s)+1].Stage
}

// daysOf returns the first and last day of each stage of a playbook that begins on a day.
func daysOf(book stage.Playbook, opened value.Date) (list []string) {
	for _, step := range book.Steps {
		list = append(list, stagetest.Plus(opened, step.First-1).String()+" "+stagetest.Plus(opened, step.Last-1).String())
	}
	return list
}
