package escalation

import (
	"cmp"
	"slices"
	"strconv"

	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

const nobody = -1

// duty finds the people on duty on a day. People are numbered as in the roster.
type duty struct {
	people []Member
	number map[string]int
	away   [][]away // of each person, by first day
}

type away struct {
	from, until value.Date
	standIn     int // nobody where there is none
}

func newDuty(r Roster) duty {
	d := duty{people: r.People, number: make(map[string]int, len(r.People)), away: make([][]away, len(r.People))}
	for i, m := range r.People {
		d.number[m.Name] = i
	}
	for _, a := range r.Absences {
		standIn := nobody
		if a.StandIn != "" {
			standIn = d.number[a.StandIn]
		}
		person := d.number[a.Name]
		d.away[person] = append(d.away[person], away{a.From, a.Until, standIn})
	}
	for _, list := range d.away {
		slices.SortFunc(list, func(a, b away) int { return a.from.Compare(b.from) })
	}
	return d
}

// next returns person if on duty on a day, otherwise the stand-in of that absence, or nobody.
func (d duty) next(person int, day value.Date) int {
	list := d.away[person]
	i, exact := slices.BinarySearchFunc(list, day, func(a away, day value.Date) int { return a.from.Compare(day) })
	if !exact {
		i--
	}
	if i < 0 || list[i].until.Before(day) {
		return person
	}
	return list[i].standIn
}

// onDay holds the results of ask for one day, so that each person is looked up once.
type onDay map[int]int

// ask returns person if on duty on a day, else the first stand-in in turn who is; nobody if stand-ins form a circle.
func (d duty) ask(called onDay, person int, day value.Date) int {
	if known, ok := called[person]; ok {
		return known
	}
	called[person] = nobody // found where stand-ins form a circle
	next := d.next(person, day)
	if next != person && next != nobody {
		next = d.ask(called, next, day)
	}
	called[person] = next
	return next
}

// holes returns a problem for every slot without anybody on duty on some days.
func (d duty) holes() error {
	var problems value.Errors
	slots := d.slots()
	for _, s := range slots {
		if len(s.members) == 0 {
			problems.Refuse(s.path, RosterRule, "the "+s.side.String()+" side",
				"has nobody with this function; name at least one")
		}
	}
	gaps := make([]hole, len(slots))
	called := onDay{}
	for _, day := range d.changes() {
		clear(called)
		for i, s := range slots {
			gaps[i].note(day, slices.ContainsFunc(s.members,
				func(m int) bool { return d.ask(called, m, day) != nobody }))
		}
	}
	for i, s := range slots {
		if len(s.members) > 0 {
			problems.Add(s.path, gaps[i].err(s))
		}
	}
	return problems.Err()
}

// slot is a function of a side, or one rep, that somebody must cover on every day.
type slot struct {
	path    string
	side    model.Side
	rep     string // the person; "" for a function
	members []int
}

func (d duty) slots() []slot {
	var slots []slot
	for _, side := range sides {
		for f := Manager; f <= Legal; f++ {
			slots = append(slots, slot{path: side.String() + "." + f.String(), side: side, members: d.serving(side, f)})
		}
	}
	for i, m := range d.people {
		if slices.Contains(m.Functions, Rep) {
			slots = append(slots, slot{path: value.Index("people", i), rep: m.Name, members: []int{i}})
		}
	}
	return slots
}

// serving returns the people who have a function on a side, in the order of the roster.
func (d duty) serving(side model.Side, f Function) []int {
	var members []int
	for i, m := range d.people {
		if m.Party.Side == side && slices.Contains(m.Functions, f) {
			members = append(members, i)
		}
	}
	return members
}

// changes returns the days on which an absence begins or has ended, in order.
func (d duty) changes() []value.Date {
	var list []value.Date
	for _, absences := range d.away {
		for _, a := range absences {
			list = append(list, a.from)
			if back, err := a.until.AddDays(1); err == nil { // no day follows the last one
				list = append(list, back)
			}
		}
	}
	slices.SortFunc(list, value.Date.Compare)
	return slices.Compact(list)
}

// hole collects the ranges of days on which nobody is on duty.
type hole struct {
	open              bool
	ranges            int
	first, firstUntil value.Date
}

// note adds a day from which on somebody is on duty, or nobody. Days come in order.
func (h *hole) note(day value.Date, served bool) {
	if h.open == !served {
		return
	}
	h.open = !served
	switch {
	case h.open:
		h.ranges++
		h.first = cmp.Or(h.first, day)
	case h.ranges == 1:
		h.firstUntil, _ = day.AddDays(-1) // there is a day before, as a hole began earlier
	}
}

// err returns the hole as an error about a function or a rep; nil where there is none.
func (h *hole) err(s slot) error {
	if h.ranges == 0 {
		return nil
	}
	when := "from " + h.first.String()
	if !h.firstUntil.IsZero() {
		when += " to " + h.firstUntil.String()
	}
	if h.ranges > 1 {
		when += " and again later, " + strconv.Itoa(h.ranges) + " times in all"
	}
	if s.rep != "" {
		return value.NewError(RosterRule, value.Quote(s.rep),
			"is away "+when+" and nobody on duty stands in; name a stand-in")
	}
	return value.NewError(RosterRule, "nobody", "is on duty "+when+"; name a stand-in for somebody who is away")
}
