package render

import (
	"cmp"
	"strconv"
	"strings"

	"github.com/coselling/coselling/assess"
	"github.com/coselling/coselling/internal/escape"
	"github.com/coselling/coselling/internal/words"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/stage"
	"github.com/coselling/coselling/value"
)

// mostActions is how many actions a brief lists.
const mostActions = 7

// Brief returns a view as plain text that a rep pastes into a chat: the account, the amount, the model, the day of
// the playbook and the committed close, then the first seven actions, each with the people and the day, and how many
// more there are. It has no codes and no instants, and shows nothing beyond the view. An empty view gives one line.
func Brief(v assess.View) string {
	return brief(&v).write(markup{text: escape.Line, actions: numbered, end: "\n"})
}

// BriefMarkdown returns the [Brief] as Markdown.
func BriefMarkdown(v assess.View) string {
	return brief(&v).write(markup{text: escape.Markdown, title: around("**", "**  "), who: around("**", "**"),
		above: "\n", actions: numbered, rest: "\n", end: "\n"})
}

// BriefSlack returns the [Brief] as a message in Slack's own markup.
func BriefSlack(v assess.View) string {
	return brief(&v).write(markup{text: escape.Slack, title: around("*", "*"), who: around("*", "*"),
		actions: numbered, end: "\n"})
}

// BriefHTML returns the [Brief] as a fragment of HTML without attributes, scripts and links.
func BriefHTML(v assess.View) string {
	return brief(&v).write(markup{text: escape.HTML, title: around("<h2>", "</h2>"), line: around("<p>", "</p>"),
		who: around("<b>", "</b>"), above: "<ol>\n", actions: listed, below: "</ol>\n", end: "\n"})
}

// markup is how a form of a brief writes its parts. A nil function writes the text as it is.
type markup struct {
	text             func(string) string // escapes a text
	title, line, who func(string) string
	above, below     string // around the actions
	rest             string // before the line that counts the others
	actions          func(n int, s string) string
	end              string // of a line
}

func listed(_ int, s string) string { return "<li>" + s + "</li>" }

func numbered(n int, s string) string { return strconv.Itoa(n) + ". " + s }

func around(before, after string) func(string) string {
	return func(s string) string { return before + s + after }
}

// summary is a brief before it is written.
type summary struct {
	title, where string
	actions      []instruction
	more         int
}

// instruction is an action of a brief: the people, the day and what they do.
type instruction struct{ who, when, says string } // when is no text from outside

func (s summary) write(m markup) string {
	as := func(f func(string) string, text string) string {
		if text = m.text(text); f != nil {
			text = f(text)
		}
		return text
	}
	var b strings.Builder
	b.WriteString(as(m.title, s.title) + m.end)
	if s.where != "" {
		b.WriteString(as(m.line, s.where) + m.end)
	}
	if len(s.actions) > 0 {
		b.WriteString(m.above)
	}
	for i, a := range s.actions {
		b.WriteString(m.actions(i+1, as(m.who, a.who)+a.when+m.text(": "+a.says)) + m.end)
	}
	if len(s.actions) > 0 {
		b.WriteString(m.below)
	}
	if s.more > 0 {
		b.WriteString(m.rest + as(m.line, "and "+strconv.Itoa(s.more)+" more") + m.end)
	}
	return b.String()
}

func brief(v *assess.View) summary {
	if v.Deal == "" {
		return summary{title: "Nothing to see: the deal is not one of " + v.Party.String()}
	}
	title := []string{cmp.Or(v.Account, "the deal")}
	if !v.Amount.IsZero() {
		title = append(title, words.Money(v.Amount))
	}
	if v.Model.Set != 0 {
		title = append(title, words.Plain(v.Model.Set.String()))
	} else {
		title = append(title, "no model set")
	}
	s := summary{title: strings.Join(title, ", "), where: where(v), more: max(0, len(v.Next)-mostActions)}
	for i := range v.Next[:len(v.Next)-s.more] {
		a := &v.Next[i]
		s.actions = append(s.actions, instruction{doers(a), deadline(a.Due, v.Today), a.Text()})
	}
	if len(s.actions) == 0 {
		s.where = strings.TrimPrefix(s.where+", nothing to do now", ", ")
	}
	return s
}

// where returns the stage of the deal, the day of its playbook and the committed close; empty where there is
// none of them.
func where(v *assess.View) string {
	switch v.Progress.Status {
	case stage.ClosedWon:
		return "won"
	case stage.ClosedLost:
		return "lost"
	}
	var parts []string
	windows := v.Schedule.Windows
	if len(windows) > 0 {
		first, last := windows[0].First, windows[len(windows)-1].Last
		parts = append(parts, "day "+strconv.Itoa(v.Today.Sub(first)+1)+" of "+strconv.Itoa(last.Sub(first)+1))
	}
	for _, w := range windows {
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
	return strings.Join(parts, ", ")
}

// doers returns the people of an action, else its side.
func doers(a *assess.Action) string {
	switch {
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
