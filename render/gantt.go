package render

import (
	"slices"
	"strconv"
	"strings"

	"github.com/coselling/coselling/internal/escape"
	"github.com/coselling/coselling/internal/words"
	"github.com/coselling/coselling/stage"
	"github.com/coselling/coselling/value"
)

// Gantt returns a dated playbook as a Mermaid Gantt chart: a section with the stages, and one for each side and for
// both with a bar for each task from its first to its due day, both included. Today and the last day of the
// registration are lines; a zero day draws none.
// The title says how often the dates were moved. Tasks without a due day and those that do not apply are left out.
func Gantt(title string, s stage.Schedule, today, protected value.Date) string {
	if moved := words.Times(s.Moved); moved != "" {
		title += " (dates moved " + moved + ")"
	}
	var b strings.Builder
	b.WriteString("gantt\n    title " + orUntitled(escape.Mermaid(title)) +
		"\n    dateFormat YYYY-MM-DD\n    inclusiveEndDates\n    todayMarker off\n")
	stages := lane{&b, "stages"}
	for i, w := range s.Windows {
		if !w.First.IsZero() {
			stages.bar(w.Says, "s"+strconv.Itoa(i), w.First, w.Last)
		}
	}
	for _, of := range [...]struct {
		name   string
		owners []stage.Owner
	}{{"partner", []stage.Owner{stage.ByPartner}}, {"vendor", []stage.Owner{stage.ByVendor}},
		{"both", []stage.Owner{stage.Jointly, stage.ByEach}}} {
		tasks := lane{&b, of.name}
		for i, item := range s.Items {
			if drawn(item) && slices.Contains(of.owners, item.Task.Owner) {
				tasks.bar(item.Task.Says, tags(item)+"t"+strconv.Itoa(i), item.Start, item.Due)
			}
		}
	}
	mark(&b, "today", today)
	mark(&b, "registration ends", protected)
	return b.String()
}

// lane is a section of the chart, which is written with its first bar.
type lane struct {
	b    *strings.Builder
	name string // empty: it is written
}

func (l *lane) bar(says, id string, first, last value.Date) {
	if l.name != "" {
		l.b.WriteString("    section " + l.name + "\n")
		l.name = ""
	}
	days := first.String() + ", " + notBefore(last, first).String()
	l.b.WriteString("    " + orUntitled(escape.Mermaid(says)) + " :" + id + ", " + days + "\n")
}

// mark writes a line across the chart.
func mark(b *strings.Builder, says string, day value.Date) {
	if !day.IsZero() {
		b.WriteString("    " + says + " :vert, " + strings.ReplaceAll(says, " ", "_") + ", " + day.String() + ", 0d\n")
	}
}

func drawn(item stage.Item) bool {
	switch item.State {
	case stage.Open, stage.Done, stage.Waived:
		return !item.Due.IsZero() && !item.Start.IsZero()
	default:
		return false
	}
}

// notBefore returns the last day of a bar: a calendar may move a due day before the first day.
func notBefore(last, first value.Date) value.Date {
	if last.Before(first) {
		return first
	}
	return last
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
