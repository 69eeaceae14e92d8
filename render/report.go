package render

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/coselling/coselling/assess"
	"github.com/coselling/coselling/internal/escape"
	"github.com/coselling/coselling/internal/grid"
	"github.com/coselling/coselling/model"
)

// Report returns a view as Markdown, with codes, for the person who has to check it: the state of the deal, the next
// actions, the findings, the people to call, the credit and the missing facts. Empty sections are left out. It
// shows nothing beyond the view. An empty view gives a heading and one line.
func Report(v assess.View) string {
	if v.Deal == "" {
		return "# Nothing to see\n\nThe deal is not one of " + escape.Markdown(v.Party.String()) + ".\n"
	}
	var b strings.Builder
	b.WriteString("# " + escape.Markdown(v.Deal) + "\n\n")
	for _, line := range standing(&v) {
		b.WriteString("- " + line + "\n")
	}
	for _, s := range [...]struct {
		title string
		table grid.Table
	}{
		{"Next", next(&v)},
		{"Wrong", wrong(&v)},
		{"Whom to call", calls(&v)},
		{"Credit", credit(&v)},
		{"Not known", missing(&v)},
	} {
		if len(s.table.Rows) > 0 {
			b.WriteString("\n## " + s.title + "\n\n" + s.table.Markdown())
		}
	}
	return b.String()
}

// standing returns the lines on the state of the deal.
func standing(v *assess.View) []string {
	lines := []string{"as of " + instant(v.AsOf)}
	if !v.Party.IsZero() {
		lines[0] += ", for " + escape.Markdown(v.Party.String())
	}
	advice := v.Model.Advice
	switch {
	case v.Model.Set != 0:
		lines = append(lines, "engagement model: "+v.Model.Set.String())
	case advice.Engagement != 0:
		lines = append(lines, "engagement model: none is set; "+
			advice.Engagement.String()+" is recommended ("+advice.Strength.String()+")")
	default:
		lines = append(lines, "engagement model: none is set, and the facts leave it "+advice.Strength.String())
	}
	if p := v.Progress; p.Status != 0 {
		lines = append(lines, "stage: "+escape.Markdown(string(p.Stage))+
			" ("+p.Status.String()+"), "+p.Size.String()+" playbook")
	}
	if c := v.Close; !c.Committed.IsZero() {
		line := "committed close: " + c.Committed.String()
		if !c.Planned.IsZero() {
			line += ", end of the playbook: " + c.Planned.String() + ", days between: " + strconv.Itoa(c.Days)
		}
		lines = append(lines, line)
	}
	return append(lines, "registration: "+registered(v))
}

func registered(v *assess.View) string {
	r := v.Registration
	switch {
	case r.Registrant == model.NoRegistrant &&
		slices.ContainsFunc(v.Missing, func(m assess.Missing) bool { return m.Part == assess.SectionRegistration }):
		return "not known"
	case r.Registrant == model.NoRegistrant:
		return "none is active"
	case r.Claim.Until.IsZero():
		return r.Registrant.String()
	default:
		return r.Registrant.String() + ", until " + instant(r.Claim.Until)
	}
}

func next(v *assess.View) grid.Table {
	t := grid.Table{Head: []string{"", "due", "who", "what", "rule"}}
	for i := range v.Next {
		a := &v.Next[i]
		t.Rows = append(t.Rows, []string{a.Urgency.String(), a.Due.String(), doers(a), a.Text(), string(a.Code)})
	}
	return t
}

// who returns a side with its person; both for no side.
func who(side model.Side, rep string) string {
	switch {
	case side == 0:
		return "both"
	case rep == "":
		return side.String()
	default:
		return rep + " (" + side.String() + ")"
	}
}

func wrong(v *assess.View) grid.Table {
	t := grid.Table{Head: []string{"since", "what", "rule"}}
	for _, f := range v.Findings {
		if f.Until.IsZero() {
			t.Rows = append(t.Rows, []string{instant(f.Since), f.Reason.String(), string(f.Reason.Code())})
		}
	}
	return t
}

func calls(v *assess.View) grid.Table {
	t := grid.Table{Head: []string{"blocker", "call", "respond by", "why"}}
	for _, b := range v.Blockers {
		if !b.State.IsOpen() {
			continue
		}
		var people []string
		for _, c := range b.State.Route.People() {
			people = append(people, c.Person.Name+" ("+c.Person.Party.Side.String()+" "+c.Function.String()+")")
		}
		t.Rows = append(t.Rows, []string{string(b.Kind), strings.Join(people, ", "), instant(b.State.Route.RespondBy),
			b.State.Route.Reason.String()})
	}
	return t
}

func credit(v *assess.View) grid.Table {
	t := grid.Table{Head: []string{"who", "quota credit", "commission", "why"}, From: 1, To: 3}
	for _, l := range v.Credit.Lines {
		t.Rows = append(t.Rows, []string{who(l.Party.Side, l.Payee), l.QuotaCredit.String(), l.Commission.String(),
			l.Why()})
	}
	return t
}

func missing(v *assess.View) grid.Table {
	t := grid.Table{Head: []string{"of", "what is missing"}}
	for _, m := range v.Missing {
		for _, p := range m.Problems {
			t.Rows = append(t.Rows, []string{m.Part.String(), p.Error()})
		}
	}
	return t
}

// instant returns an instant to the minute; "" for the zero time.
func instant(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format("2006-01-02 15:04 UTC")
}
