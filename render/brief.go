package render

import (
	"cmp"
	"strconv"
	"strings"

	"github.com/coselling/coselling/assess"
	"github.com/coselling/coselling/internal/words"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/stage"
	"github.com/coselling/coselling/value"
)

// mostActions is how many actions a brief lists.
const mostActions = 7

// Brief returns a view for a chat: the account, the amount, the model and the day of the playbook, of a deal with
// participants whom the next move waits for, then the first seven actions, each with the people and the day, and how
// many more there are. It has no codes and no instants, and shows nothing beyond the view. An empty view gives one
// line.
func Brief(v assess.View) Document { return brief(&v) }

func brief(v *assess.View) Document {
	if v.Deal == "" {
		return nothingToSee(v)
	}
	title := []string{cmp.Or(v.Account, "the deal")}
	if !v.Amount.IsZero() {
		title = append(title, v.Amount.Grouped())
	}
	if v.Model.Set != 0 {
		title = append(title, words.Plain(v.Model.Set.String()))
	} else {
		title = append(title, "no model set")
	}
	d := Document{title: strings.Join(title, ", ")}
	shown := min(len(v.Next), mostActions)
	for i := range v.Next[:shown] {
		a := &v.Next[i]
		d.list = append(d.list, entry{doers(a), deadline(a.Due, v.Today), a.Text()})
	}
	if more := len(v.Next) - shown; more > 0 {
		d.rest = "and " + strconv.Itoa(more) + " more"
	}
	about := where(v)
	if shown == 0 {
		about = append(about, "nothing to do now")
	}
	if len(about) > 0 {
		d.lines = []string{strings.Join(about, ", ")}
	}
	if waits := waiting(v); len(waits) > 0 {
		d.lines = append(d.lines, "waits for "+words.List(waits...))
	}
	return d
}

func nothingToSee(v *assess.View) Document {
	return Document{title: "Nothing to see: the deal is not one of " + v.Party.String()}
}

// where returns the day of the playbook, the stage and the committed close; nil where there is none of them.
func where(v *assess.View) []string {
	switch v.Progress.Status {
	case stage.ClosedWon:
		return []string{"won"}
	case stage.ClosedLost:
		return []string{"lost"}
	}
	var parts []string
	if windows := v.Schedule.Windows; len(windows) > 0 {
		parts = append(parts, dayOf(v.Today, windows[0].First, windows[len(windows)-1].Last))
	}
	if moved := words.Times(v.Schedule.Moved); moved != "" {
		parts = append(parts, "dates moved "+moved)
	}
	for _, w := range v.Schedule.Windows {
		if w.Stage == v.Progress.Stage {
			parts = append(parts, words.Low(cmp.Or(w.Says, words.Plain(string(w.Stage)))))
		}
	}
	if v.Progress.Status == stage.OnHold {
		parts = append(parts, "on hold")
	}
	if day := v.Close.Committed; !day.IsZero() {
		parts = append(parts, "to close on "+words.Day(day, v.Today))
	}
	return parts
}

// dayOf returns the day of a playbook, and how many days it has or is over.
func dayOf(today, first, last value.Date) string {
	day, days := today.Sub(first)+1, last.Sub(first)+1
	switch over := day - days; {
	case day < 1:
		return "opens on " + words.Day(first, today)
	case over == 1:
		return "day " + strconv.Itoa(day) + ", 1 day over the planned " + strconv.Itoa(days)
	case over > 1:
		return "day " + strconv.Itoa(day) + ", " + strconv.Itoa(over) + " days over the planned " + strconv.Itoa(days)
	default:
		return "day " + strconv.Itoa(day) + " of " + strconv.Itoa(days)
	}
}

// doers returns the people of an action, else its side.
func doers(a *assess.Action) string {
	switch {
	case !a.Party.IsZero() && len(a.Who) == 1 && a.Who[0] != a.Party.Org:
		return a.Who[0] + " (" + a.Party.Org + ")"
	case len(a.Who) > 0:
		return words.List(a.Who...)
	case a.Owner == model.Partner, a.Owner == model.Vendor:
		return "the " + a.Owner.String()
	default:
		return "both sides"
	}
}

// deadline returns the day of an action as a part of its line.
func deadline(due, today value.Date) string {
	switch {
	case due.IsZero():
		return ""
	case due == today:
		return " (today)"
	case due.Before(today):
		return " (was due " + words.Day(due, today) + ")"
	default:
		return " (by " + words.Day(due, today) + ")"
	}
}
