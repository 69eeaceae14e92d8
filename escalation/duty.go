package escalation

import (
	"cmp"
	"slices"
	"strconv"

	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

const nobody = -1

// duty answers who is on duty on a day: people and absences by number.
type duty struct {
	people []Member
	number map[string]int
	away   [][]away // of each person, by first day
}

type away struct {
	from, until value.Date
	standIn     int // or nobody
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

// next returns the person to ask instead of person on day: the same one who is on
// duty, or the stand-in, or nobody.
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

// onDay holds whom to call instead of each person on one day, as far as it was asked: a
// day costs no more than there are people.
type onDay map[int]int

// ask returns who is called instead of person on day: the same one who is on duty, or
// the first stand-in who is. Stand-ins who wait for one another are nobody.
func (d duty) ask(called onDay, person int, day value.Date) int {
	if known, ok := called[person]; ok {
		return known
	}
	called[person] = nobody // whoever comes back here goes in circles
	next := d.next(person, day)
	if next != person && next != nobody {
		next = d.ask(called, next, day)
	}
	called[person] = next
	return next
}

// holes returns a problem for every function of a side that nobody has, or that
// has nobody on duty on some days.
func (d duty) holes() error {
	var problems value.Errors
	slots := d.slots()
	for _, s := range slots {
		if len(s.members) == 0 {
			problems.Refuse(s.path, RosterRule, "the "+s.side.String()+" side", "has nobody with this function; name at least one")
		}
	}
	gaps := make([]hole, len(slots))
	called := onDay{}
	for _, day := range d.changes() {
		clear(called)
		for i, s := range slots {
			gaps[i].note(day, slices.ContainsFunc(s.members, func(m int) bool { return d.ask(called, m, day) != nobody }))
		}
	}
	for i, s := range slots {
		if len(s.members) > 0 {
			problems.Add(s.path, gaps[i].err(s))
		}
	}
	return problems.Err()
}

// slot is what must be on duty every day: a function of a side or, for reps, a
// person, because only the rep of a deal can answer for it.
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

// serving returns who has a function on a side, in the order of the roster.
func (d duty) serving(side model.Side, f Function) []int {
	var members []int
	for i, m := range d.people {
		if m.Party.Side == side && slices.Contains(m.Functions, f) {
			members = append(members, i)
		}
	}
	return members
}

// changes returns the days on which somebody leaves or comes back, in order.
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

// hole collects the days on which nobody is on duty.
type hole struct {
	open              bool
	ranges            int
	first, firstUntil value.Date
}

// note is told, day by day, from when on somebody is on duty, or nobody.
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
		h.firstUntil, _ = day.AddDays(-1) // never the first day of all: a hole was before it
	}
}

// err says what is missing, in words for a function or for one rep.
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
		return value.NewError(RosterRule, value.Quote(s.rep), "is away "+when+" and nobody on duty stands in; name a stand-in")
	}
	return value.NewError(RosterRule, "nobody", "is on duty "+when+"; name a stand-in for somebody who is away")
}
