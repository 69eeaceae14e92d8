package render

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/coselling/coselling/assess"
	"github.com/coselling/coselling/internal/grid"
	"github.com/coselling/coselling/internal/words"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/stage"
	"github.com/coselling/coselling/value"
)

// Report returns all that a view holds, with codes and instants, for the person who has to check it: the state of
// the deal, the next actions, the findings, the moves with their shut gates, of a deal with participants who waits for
// whose consent, the facts for and against a model, who does what, the dated playbook, the registration, what the
// communication needs next, the people to call, the credit and the missing facts. Empty sections are left out. It
// shows nothing beyond the view. An empty view gives one line.
func Report(v assess.View) Document {
	if v.Deal == "" {
		return nothingToSee(&v)
	}
	d := Document{title: v.Deal, lines: standing(&v)}
	for _, s := range [...]section{
		{"Next", next(&v)},
		{"Wrong", wrong(&v)},
		{"Moves", moves(&v)},
		{"Who waits for whom", waits(&v)},
		{"Which model", advice(&v)},
		{"Who does what", duties(&v)},
		{"Playbook", tasks(&v)},
		{"Registration", claims(&v)},
		{"Communication", talk(&v)},
		{"Whom to call", calls(&v)},
		{"Credit", credit(&v)},
		{"Not known", missing(&v)},
	} {
		if len(s.table.Rows) > 0 {
			d.tables = append(d.tables, s)
		}
	}
	return d
}

// standing returns the lines on the state of the deal.
func standing(v *assess.View) []string {
	var lines []string
	add := func(name string, parts ...string) {
		parts = slices.DeleteFunc(parts, func(s string) bool { return s == "" })
		if len(parts) > 0 {
			lines = append(lines, name+": "+strings.Join(parts, ", "))
		}
	}
	party := ""
	if !v.Party.IsZero() {
		party = "for " + v.Party.String()
	}
	add("as of", instant(v.AsOf), party)
	add("account", v.Account)
	if !v.Amount.IsZero() {
		add("amount", v.Amount.String())
	}
	add("participants", participants(v)...)
	advice := &v.Model.Advice
	switch {
	case v.Model.Set != 0:
		add("engagement model", v.Model.Set.String())
	case advice.Engagement != 0:
		add("engagement model", "none is set",
			advice.Engagement.String()+" is recommended ("+advice.Strength.String()+")")
	default:
		add("engagement model", "none is set", "the facts leave it "+advice.Strength.String())
	}
	if p := v.Progress; p.Status != 0 {
		add("stage", string(p.Stage), p.Status.String(), p.Size.String()+" playbook")
	}
	if moved := words.Times(v.Schedule.Moved); moved != "" {
		add("dates", "moved "+moved)
	}
	if c := &v.Close; !c.Planned.IsZero() {
		add("committed close", c.Committed.String(), "end of the playbook "+c.Planned.String(),
			"days between "+strconv.Itoa(c.Days))
	} else {
		add("committed close", c.Committed.String())
	}
	add("registration", registered(v))
	return lines
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

// moves has a row for each gate that is shut, and one for each move that is open; not those of another status.
func moves(v *assess.View) grid.Table {
	t := grid.Table{Head: []string{"move", "by", "what is missing", "rule"}}
	for _, o := range v.Progress.Options {
		move := strings.TrimSpace(o.Verb.String() + " " + string(o.To))
		for _, shut := range o.Shut {
			if shut.Code == stage.StageState {
				continue
			}
			by := whose(shut.Owner, shut.Party)
			t.Rows = append(t.Rows, []string{move, by, shut.Missing.String(), string(shut.Code)})
		}
		if len(o.Shut) == 0 {
			t.Rows = append(t.Rows, []string{move, who(o.Owner, ""), "nothing", ""})
		}
	}
	return t
}

func advice(v *assess.View) grid.Table {
	t := grid.Table{Head: []string{"", "fact", "rule"}}
	a := &v.Model.Advice
	for _, group := range [...]struct {
		name    string
		reasons []value.Reason
	}{{"for", a.For}, {"against", a.Against}, {"contradictory", a.Contradictions}, {"missing", a.Missing}} {
		for _, r := range group.reasons {
			t.Rows = append(t.Rows, []string{group.name, r.String(), string(r.Code())})
		}
	}
	return t
}

func duties(v *assess.View) grid.Table {
	t := grid.Table{Head: []string{"responsibility", "accountable", "partner's rep", "vendor's rep"}}
	var lines []model.RACI
	if v.Participants != nil {
		lines = v.Roles.RACI()
	}
	for i, d := range v.Roles.Duties {
		row := []string{d.Says, answers(&d), d.PartnerRep, d.VendorRep}
		if lines != nil {
			line := &lines[i]
			row[2], row[3] = letters(line.Partner, line.PartnerRep), letters(line.Vendor, line.VendorRep)
			for _, c := range line.Others {
				if i == 0 {
					t.Head = append(t.Head, c.Party.Org)
				}
				row = append(row, letters(c.Letters, c.Rep))
			}
		}
		t.Rows = append(t.Rows, append(row, cell(d.Cell), string(d.Responsibility)))
	}
	t.Head = append(t.Head, "how", "rule")
	return t
}

// answers returns who is accountable for a duty: a participant by its name.
func answers(d *model.Duty) string {
	if !d.Taker.IsZero() && d.Accountable == d.Taker {
		return cmp.Or(d.Owner, "nobody") + " (" + d.Taker.String() + ")"
	}
	return who(d.Accountable.Side, d.Owner)
}

func tasks(v *assess.View) grid.Table {
	t := grid.Table{Head: []string{"stage", "task", "who", "from", "due", "state", "id"}}
	for _, i := range v.Schedule.Items {
		state := words.Plain(i.State.String())
		if i.Overdue {
			state = "overdue"
		}
		t.Rows = append(t.Rows, []string{string(i.Stage), i.Task.Says, people(i), i.Start.String(), i.Due.String(),
			state, string(i.Task.ID)})
	}
	return t
}

func claims(v *assess.View) grid.Table {
	t := grid.Table{Head: []string{"claim", "status", "until", "why", "rule"}}
	add := func(id, status string, until time.Time, reasons ...value.Reason) {
		for _, r := range reasons {
			t.Rows = append(t.Rows, []string{id, status, instant(until), r.String(), string(r.Code())})
		}
		if len(reasons) == 0 {
			t.Rows = append(t.Rows, []string{id, status, instant(until), "", ""})
		}
	}
	r := &v.Registration
	if c := &r.Claim; c.Claim != "" {
		add(c.Claim, c.Status.String(), c.Until, c.Reasons...)
	}
	if len(r.Reasons) > 0 {
		add("", "", time.Time{}, r.Reasons...)
	}
	for i := range r.Rivals {
		s := &r.Rivals[i].Standing
		add(s.Claim.ID, s.Status.String(), s.Until, slices.Concat(r.Rivals[i].Match.Evidence, s.Findings)...)
	}
	return t
}

func talk(v *assess.View) grid.Table {
	t := grid.Table{Head: []string{"by", "who", "what", "rule"}}
	for _, d := range v.Comms.Due {
		t.Rows = append(t.Rows, []string{instant(d.At), who(d.Side, ""), d.Reason.String(), string(d.Reason.Code())})
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
			of := c.Person.Party.Side.String()
			if b.Concerns != nil {
				of = c.Person.Party.Org
			}
			people = append(people, c.Person.Name+" ("+of+" "+c.Function.String()+")")
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
