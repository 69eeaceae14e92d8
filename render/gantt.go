package render

import (
	"strconv"
	"strings"

	"github.com/coselling/coselling/internal/escape"
	"github.com/coselling/coselling/stage"
	"github.com/coselling/coselling/value"
)

// Gantt returns a dated playbook as a Mermaid Gantt chart: a section for each stage, a bar for each task from its
// first to its due day, both included. Tasks without a due day and those that do not apply are left out.
func Gantt(title string, s stage.Schedule) string {
	var b strings.Builder
	b.WriteString("gantt\n    title " + orUntitled(escape.Mermaid(title)) +
		"\n    dateFormat YYYY-MM-DD\n    inclusiveEndDates\n")
	for i, window := range s.Windows {
		b.WriteString("    section " + orUntitled(escape.Mermaid(window.Says)) + "\n")
		for j, item := range s.Items {
			if item.Stage == window.Stage && drawn(item) {
				b.WriteString("    " + orUntitled(escape.Mermaid(item.Task.Says)) + " :" + tags(item) + "t" +
					strconv.Itoa(i) + "x" + strconv.Itoa(j) + ", " + item.Start.String() + ", " + end(item).String() +
					"\n")
			}
		}
	}
	return b.String()
}

func drawn(item stage.Item) bool {
	switch item.State {
	case stage.Open, stage.Done, stage.Waived:
		return !item.Due.IsZero() && !item.Start.IsZero()
	default:
		return false
	}
}

// end returns the last day of a bar: a calendar may move a due day before the first day.
func end(item stage.Item) value.Date {
	if item.Due.Before(item.Start) {
		return item.Start
	}
	return item.Due
}

func tags(item stage.Item) string {
	switch {
	case item.State != stage.Open:
		return "done, "
	case item.Overdue:
		return "crit, "
	default:
		return ""
	}
}

func orUntitled(s string) string {
	if s == "" {
		return "untitled"
	}
	return s
}
