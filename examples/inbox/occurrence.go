package main

import (
	"maps"
	"slices"
	"time"

	"github.com/coselling/coselling/value"
)

// told is what the files say about one entry, or about one occurrence of it.
type told struct{ says, ends *event } // the latest version, and the latest cancellation; one is not nil

func (t *told) take(e *event) {
	latest := &t.says
	if e.cancelled {
		latest = &t.ends
	}
	if *latest == nil || (*latest).compare(&e.version) < 0 {
		*latest = e
	}
}

// now returns the entry as it stands.
func (t *told) now() event {
	if t.says == nil {
		return *t.ends
	}
	e := *t.says
	t.end(&e)
	return e
}

// end cancels an entry, or an occurrence of it, that the cancellation ends.
func (t *told) end(e *event) {
	if t.ends != nil && !e.cancelled && t.ends.ends(&e.version) {
		e.cancelled, e.stamp = true, t.ends.stamp
	}
}

// entry is everything that the files say about one uid, its occurrences by the seconds of their planned starts.
type entry struct {
	whole     *told // nil where only single occurrences are known
	parts     map[int64]*told
	following map[int64]*told // an occurrence with the later ones
}

func (o *entry) take(e *event) {
	parts, key := o.parts, e.recurrence.Unix()
	if e.following {
		parts = o.following
	}
	switch {
	case e.recurrence.IsZero():
		if o.whole == nil {
			o.whole = &told{}
		}
		o.whole.take(e)
		return
	case parts[key] == nil:
		parts[key] = &told{}
	}
	parts[key].take(e)
}

// occurrences returns each entry as it stands, cancelled ones included, and of a series the occurrences that start from
// an instant until before another. work is what is left of it for a file.
func occurrences(list []event, from, until time.Time, work func(file string) *work) ([]event, []problem) {
	entries := map[string]*entry{}
	var order []string
	for i := range list {
		uid := list[i].uid
		if entries[uid] == nil {
			entries[uid] = &entry{parts: map[int64]*told{}, following: map[int64]*told{}}
			order = append(order, uid)
		}
		entries[uid].take(&list[i])
	}
	var result []event
	var problems []problem
	for _, uid := range order {
		o := entries[uid]
		if o.whole == nil {
			result = append(result, o.others(nil)...)
			continue
		}
		whole := o.whole.now()
		if !whole.recurs() {
			result = append(append(result, whole), o.others(&whole)...)
			continue
		}
		starts, err := whole.series.starts(from, until, work(whole.file))
		if err != nil {
			problems = append(problems, problem{whole.file, value.Below(value.Quote(whole.title), err)})
		}
		later := slices.DeleteFunc(slices.Sorted(maps.Keys(o.following)), func(key int64) bool {
			change := o.following[key].now()
			return whole.voids(&change.version, true)
		})
		for _, start := range starts {
			result = append(result, o.at(start, &whole, later))
		}
		result = append(result, o.others(&whole)...)
	}
	return result, problems
}

// at returns one occurrence of a series as it stands, and takes it from the parts. later has the planned starts from
// which on the series was changed, in order.
func (o *entry) at(planned time.Time, whole *event, later []int64) event {
	e := *whole
	if i, _ := slices.BinarySearch(later, planned.Unix()+1); i > 0 {
		e = changed(e, o.following[later[i-1]])
	}
	e = e.occurrence(planned)
	if part := o.parts[planned.Unix()]; part != nil {
		delete(o.parts, planned.Unix())
		if p := part.now(); !whole.voids(&p.version, true) {
			e = changed(e, part)
		}
	}
	o.whole.end(&e)
	return e
}

// changed returns an entry as a change leaves it; a cancellation alone leaves its contents.
func changed(e event, by *told) event {
	if by.says != nil {
		return by.now()
	}
	e.cancelled, e.stamp = true, by.ends.stamp
	return e
}

// others returns the changed occurrences that a series does not have, nil: of which no series is known.
func (o *entry) others(whole *event) []event {
	var list []event
	parts := []map[int64]*told{o.parts}
	if whole == nil {
		parts = append(parts, o.following)
	}
	for _, m := range parts {
		for _, key := range slices.Sorted(maps.Keys(m)) {
			e := m[key].now()
			if whole != nil {
				if whole.voids(&e.version, false) {
					continue
				}
				o.whole.end(&e)
			}
			list = append(list, e)
		}
	}
	return list
}
