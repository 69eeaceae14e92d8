package render

import (
	"slices"
	"strconv"
	"strings"

	"github.com/coselling/coselling/internal/words"
	"github.com/coselling/coselling/stage"
	"github.com/coselling/coselling/value"
)

// lane is a section of a chart: the stages, or the tasks of one side or of both.
type lane struct {
	name string
	bars []bar
}

// bar is a stage, or a task that is drawn, from its first to its last day.
type bar struct {
	id          string // of the bar inside its chart
	says        string
	first, last value.Date
	item        *stage.Item // nil: a stage
}

// lanes returns the sections of a chart that have bars. Tasks without a due day and those that do not apply have
// none.
func lanes(s stage.Schedule) []lane {
	list := []lane{{name: "stages"}, {name: "partner"}, {name: "vendor"}, {name: "both"}}
	for i := range s.Windows {
		if w := &s.Windows[i]; !w.First.IsZero() {
			list[0].add("s"+strconv.Itoa(i), w.Says, w.First, w.Last, nil)
		}
	}
	for i := range s.Items {
		item := &s.Items[i]
		if at := laneOf(item.Task.Owner); at > 0 && drawn(item) {
			list[at].add("t"+strconv.Itoa(i), item.Task.Says, item.Start, item.Due, item)
		}
	}
	return slices.DeleteFunc(list, func(l lane) bool { return len(l.bars) == 0 })
}

func (l *lane) add(id, says string, first, last value.Date, item *stage.Item) {
	l.bars = append(l.bars, bar{id, orUntitled(strings.Trim(says, " ")), first, notBefore(last, first), item})
}

// laneOf returns the place of the section of an owner; 0 where it has none.
func laneOf(o stage.Owner) int {
	switch o {
	case stage.ByPartner:
		return 1
	case stage.ByVendor:
		return 2
	case stage.Jointly, stage.ByEach:
		return 3
	default:
		return 0
	}
}

func drawn(item *stage.Item) bool {
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

// movedTitle says in the title of a chart how often its dates were moved.
func movedTitle(title string, s *stage.Schedule) string {
	if moved := words.Times(s.Moved); moved != "" {
		title += " (dates moved " + moved + ")"
	}
	return title
}

func orUntitled(s string) string {
	if s == "" {
		return "untitled"
	}
	return s
}
