package main

import (
	"fmt"
	"strings"
	"time"

	"github.com/coselling/coselling/stage"
)

// printSchedule prints every stage with its days, and its tasks with people and dates.
func (d *deal) printSchedule() error {
	schedule, err := d.rules.Schedule(d.progress, stage.Query{AsOf: d.now, Team: team})
	if err != nil {
		return err
	}
	for _, window := range schedule.Windows {
		fmt.Fprintf(d.out, "\n%v to %v  %s\n", window.First, window.Last, window.Says)
		for _, item := range schedule.Items {
			if item.Stage == window.Stage {
				fmt.Fprintf(d.out, "  %-10s  %-8s  %s\n", when(item), people(item), item.Task.Says)
			}
		}
	}
	return nil
}

// when returns the dates of a task in words.
func when(item stage.Item) string {
	switch {
	case item.Task.Kind == stage.Recurring:
		return "recurring"
	case item.Task.Kind == stage.AfterClose && item.Due.IsZero():
		return "after won"
	case item.State == stage.Pending:
		return "if raised"
	default:
		return item.Due.String()
	}
}

// people returns the people who do a task, in words.
func people(item stage.Item) string {
	names := []string{}
	for _, rep := range []string{item.PartnerRep, item.VendorRep} {
		if rep != "" {
			names = append(names, rep)
		}
	}
	return strings.Join(names, " + ")
}

// printStage prints the facts and ticks with which the deal left a stage.
func (d *deal) printStage(at stage.Stage, facts []stage.Fact, ticked []stage.TaskID, then string) {
	fmt.Fprintf(d.out, "%s  leaves %s, %s\n", d.now.Format(time.DateOnly), at, then)
	for _, f := range facts {
		text := string(f.Kind)
		if f.Side != 0 {
			text += ", " + f.Side.String()
		}
		if !f.Until.IsZero() {
			text += ", until " + f.Until.Format(time.DateOnly)
		}
		if f.Proposal != "" {
			text += fmt.Sprintf(", revision %d of %s", f.Revision, f.Proposal)
		}
		fmt.Fprintln(d.out, "  evidence  "+text)
	}
	for _, task := range ticked {
		fmt.Fprintln(d.out, "  ticked    "+string(task))
	}
}
