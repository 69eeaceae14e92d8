package main

import (
	"flag"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/coselling/coselling"
	"github.com/coselling/coselling/internal/grid"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/render"
	"github.com/coselling/coselling/stage"
	"github.com/coselling/coselling/value"
)

var playbookCommand = command{
	name: "playbook", formats: []string{"text", "markdown", "html", "mermaid", "ical"},
	about: "the dated playbook of a deal: the days of each stage, its gates, and who does what until when",
	examples: []string{
		"playbook -opened 2026-11-02",
		"playbook -engagement true_co_sell -format markdown",
		"playbook -opened 2026-11-02 -deal D-1047 -format ical -out D-1047.ics",
	},
	flags: func(flags *flag.FlagSet) func(*call) error {
		o := &planned{engagement: model.PartnerLed}
		flags.Func("engagement", "the `MODEL`: partner_led, vendor_led or true_co_sell; without it partner_led",
			into(&o.engagement, model.ParseEngagement))
		flags.Func("amount", "the `AMOUNT` of the deal, such as \"10000.00 USD\": a small one has the simplified "+
			"playbook; without it the standard one", into(&o.amount, value.ParseMoney))
		flags.Func("opened", "the `DAY` on which the deal opens, YYYY-MM-DD; without it today",
			into(&o.opened, value.ParseDate))
		flags.StringVar(&o.deal, "deal", "deal", "the `ID` of the deal, in a chart and a calendar")
		flags.StringVar(&o.book, "book", "", "JSON `FILE` of the book; without it the default one")
		return o.run
	},
}

func into[T any](target *T, parse func(string) (T, error)) func(string) error {
	return func(s string) (err error) {
		*target, err = parse(s)
		return err
	}
}

// planned holds the flags of the command.
type planned struct {
	engagement model.Engagement
	amount     value.Money // zero: the standard playbook
	opened     value.Date  // zero: today
	deal, book string
}

func (o *planned) run(c *call) error {
	now := time.Now()
	if o.opened.IsZero() {
		today, err := value.DateOf(now, time.UTC)
		if err != nil {
			return err
		}
		o.opened = today
	}
	rules, err := o.rules(c)
	if err != nil {
		return err
	}
	size := model.Standard
	if !o.amount.IsZero() {
		if size, err = rules.Size(o.amount, value.ExchangeRate{}); err != nil {
			return err
		}
	}
	progress, err := rules.Open(stage.Opening{Day: o.opened, Engagement: o.engagement, Size: size})
	if err != nil {
		return err
	}
	asOf := o.opened.Start(nil)
	schedule, err := rules.Schedule(progress, stage.Query{AsOf: asOf})
	if err != nil {
		return err
	}
	switch c.format {
	case "mermaid":
		_, err = io.WriteString(c.out, render.Gantt(o.deal, schedule, value.Date{}, value.Date{}))
		return err
	case "ical":
		_, err = io.WriteString(c.out, render.ICalendar(asOf, coselling.View{Deal: o.deal, Schedule: schedule}))
		return err
	}
	playbook, err := rules.Playbook(o.engagement, size)
	if err != nil {
		return err
	}
	return printPlaybook(c, o.opened, playbook, schedule)
}

func (o *planned) rules(c *call) (*stage.Rules, error) {
	if o.book == "" {
		return stage.DefaultRules()
	}
	book, err := parsed(c, o.book, coselling.ParseBook)
	if err != nil {
		return nil, err
	}
	return stage.Compile(book.Stage)
}

// printPlaybook writes each stage with its days, its tasks and its gates.
func printPlaybook(c *call, opened value.Date, playbook stage.Playbook, schedule stage.Schedule) error {
	title := fmt.Sprintf("The %s playbook, %s, of a deal that opens on %s", playbook.Size,
		dashed(playbook.Engagement.String()), opened)
	p := &printer{out: c.out, format: c.format}
	p.title(title)
	if p.isText() {
		p.line("%s", title)
	}
	for i, window := range schedule.Windows {
		p.heading("%s, %s to %s", clean(window.Says, width), window.First, window.Last)
		tasks := grid.Table{Head: []string{"task", "who", "when"}}
		for _, item := range schedule.Items {
			if item.Stage == window.Stage {
				tasks.Rows = append(tasks.Rows, []string{item.Task.Says, doneBy(item.Task.Owner), dueDay(item)})
			}
		}
		p.print(gridText(c.format, tasks))
		if gates := gatesOf(playbook.Steps[i]); gates != "" {
			p.wrapped("Before the next stage: ", gates)
		}
	}
	return p.err
}

// doneBy writes the owner of a task.
func doneBy(o stage.Owner) string {
	switch o {
	case stage.Jointly:
		return "both together"
	case stage.ByEach:
		return "each side"
	default:
		return o.String()
	}
}

// dueDay writes when a task is due.
func dueDay(item stage.Item) string {
	switch {
	case item.Task.Kind == stage.Recurring:
		return "recurring"
	case item.Task.Kind == stage.AfterClose:
		return "after the win"
	case item.State == stage.Pending:
		return "if it is raised"
	default:
		return "by " + item.Due.String()
	}
}

// gatesOf writes the gates of a stage in words.
func gatesOf(step stage.Step) string {
	var names []string
	for _, gate := range step.Gates {
		names = append(names, spaced(strings.TrimPrefix(string(gate), "gate.")))
	}
	return strings.Join(names, ", ")
}
