package main

import (
	"fmt"
	"io"
	"slices"
	"time"

	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/stage"
	"github.com/coselling/coselling/value"
)

// The two people of the deal.
var (
	ana = model.Person{Name: "ana", Party: model.PartnerOrg("acme")}
	bo  = model.Person{Name: "bo", Party: model.VendorOrg("us")}
)

var team = model.Team{Reps: []model.Rep{{ID: "ana", Party: ana.Party}, {ID: "bo", Party: bo.Party}}}

// deal is one deal on its way through its playbook.
type deal struct {
	out      io.Writer
	rules    *stage.Rules
	amount   value.Money
	progress stage.Progress
	now      time.Time
}

// play opens the deal, prints its playbook, tries a move that is refused, and walks on until
// the deal is won.
func (d *deal) play(o options) error {
	size, err := d.rules.Size(d.amount, value.ExchangeRate{})
	if err != nil {
		return err
	}
	d.progress, err = d.rules.Open(stage.Opening{Day: o.opened, Engagement: o.engagement, Size: size})
	if err != nil {
		return err
	}
	d.now = o.opened.Start(nil).Add(9 * time.Hour)
	fmt.Fprintf(d.out, "A DEAL OF %v  %v, %v playbook, opened %v\n", d.amount, o.engagement, size, o.opened)
	if err := d.printSchedule(); err != nil {
		return err
	}
	if err := d.tryTooEarly(); err != nil {
		return err
	}
	fmt.Fprintln(d.out, "\nTHE WALK")
	for d.progress.Status() == stage.Running {
		if err := d.finishStage(); err != nil {
			return err
		}
	}
	schedule, err := d.rules.Schedule(d.progress, stage.Query{AsOf: d.now, Team: team})
	if err != nil {
		return err
	}
	for _, item := range schedule.Items {
		if item.State == stage.Open && item.Task.Kind == stage.AfterClose {
			fmt.Fprintf(d.out, "  after close: %s, from %v to %v: %s\n",
				people(item), item.Start, item.Due, item.Task.Says)
		}
	}
	fmt.Fprintln(d.out)
	return nil
}

// move returns a move by the side that owns the relationship, with the other side's consent.
func (d *deal) move() stage.Move {
	by, other := ana, bo
	if d.progress.Engagement() == model.VendorLed {
		by, other = bo, ana
	}
	return stage.Move{By: by, At: d.now, Consents: []model.Consent{{By: other, At: d.now}}}
}

// tryTooEarly asks to leave the first stage with nothing done.
func (d *deal) tryTooEarly() error {
	m := d.move()
	m.To = stage.Discovery
	decision, err := d.rules.Advance(d.progress, m)
	if err != nil {
		return err
	}
	fmt.Fprintf(d.out, "\nREFUSED  %s asks for %s on the first day\n", m.By.Name, m.To)
	for _, shut := range decision.Shut {
		owner := shut.Owner.String()
		if owner == "" {
			owner = "either"
		}
		fmt.Fprintf(d.out, "  %-24s %-8s %v\n", shut.Code, owner, shut.Missing)
	}
	return nil
}

// finishStage brings the evidence of a stage, ticks the other tasks, and moves on.
func (d *deal) finishStage() error {
	d.now = d.now.AddDate(0, 0, 4)
	at := d.progress.Stage()
	facts := evidence(at, d.now)
	m := d.move()
	m.Evidence = facts
	if err := d.take(d.rules.Record(d.progress, m)); err != nil {
		return err
	}
	ticked, err := d.tick(at)
	if err != nil {
		return err
	}
	book, err := d.rules.Playbook(d.progress.Engagement(), d.progress.Size())
	if err != nil {
		return err
	}
	next := slices.IndexFunc(book.Steps, func(s stage.Step) bool { return s.Stage == at }) + 1
	m = d.move()
	if next == len(book.Steps) {
		d.printStage(at, facts, ticked, "won")
		return d.take(d.rules.Win(d.progress, m))
	}
	m.To = book.Steps[next].Stage
	d.printStage(at, facts, ticked, "on to "+string(m.To))
	return d.take(d.rules.Advance(d.progress, m))
}

// tick ticks the required tasks of a stage that no fact has ticked.
func (d *deal) tick(at stage.Stage) (ticked []stage.TaskID, err error) {
	schedule, err := d.rules.Schedule(d.progress, stage.Query{AsOf: d.now})
	if err != nil {
		return nil, err
	}
	for _, item := range schedule.Items {
		if item.Stage != at || item.State != stage.Open || item.Task.Kind != stage.Required {
			continue
		}
		ticked = append(ticked, item.Task.ID)
		for _, by := range []model.Person{ana, bo} {
			if !item.Task.Owner.Includes(by.Party.Side) || item.Task.Owner == stage.Jointly && by == bo {
				continue
			}
			if err := d.take(d.rules.Done(d.progress, item.Task.ID, stage.Move{By: by, At: d.now})); err != nil {
				return nil, err
			}
		}
	}
	return ticked, nil
}

// take goes on with a decision that took effect. A decision that was refused is an error.
func (d *deal) take(decision stage.Decision, err error) error {
	if err != nil {
		return err
	}
	for _, shut := range decision.Shut {
		return fmt.Errorf("%s: %v", shut.Code, shut.Missing)
	}
	d.progress = decision.Progress
	return nil
}
