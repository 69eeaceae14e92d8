package render

import (
	"strings"

	"github.com/coselling/coselling/internal/escape"
	"github.com/coselling/coselling/stage"
	"github.com/coselling/coselling/value"
)

// Gantt returns a dated playbook as a Mermaid Gantt chart: a section with the stages, and one for each side and for
// both with a bar for each task from its first to its due day, both included. Today and the last day of the
// registration are lines; a zero day draws none.
// The title says how often the dates were moved. Tasks without a due day and those that do not apply are left out.
func Gantt(title string, s stage.Schedule, today, protected value.Date) string {
	var b strings.Builder
	b.WriteString("gantt\n    title " + orUntitled(escape.Mermaid(movedTitle(title, &s))) +
		"\n    dateFormat YYYY-MM-DD\n    inclusiveEndDates\n    todayMarker off\n")
	for _, l := range lanes(s) {
		b.WriteString("    section " + l.name + "\n")
		for i := range l.bars {
			bar := &l.bars[i]
			b.WriteString("    " + orUntitled(escape.Mermaid(bar.says)) + " :" + tags(bar.item) + bar.id + ", " +
				bar.first.String() + ", " + bar.last.String() + "\n")
		}
	}
	mark(&b, "today", today)
	mark(&b, "registration ends", protected)
	return b.String()
}

// mark writes a line across the chart.
func mark(b *strings.Builder, says string, day value.Date) {
	if !day.IsZero() {
		b.WriteString("    " + says + " :vert, " + strings.ReplaceAll(says, " ", "_") + ", " + day.String() + ", 0d\n")
	}
}

func tags(item *stage.Item) string {
	switch {
	case item == nil:
		return ""
	case item.State != stage.Open:
		return "done, "
	case item.Overdue:
		return "crit, "
	default:
		return ""
	}
}
