package commstest

import (
	"slices"
	"strings"
	"time"

	"github.com/coselling/coselling/comms"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// internal returns the calls of a purpose that are over and count, by their end.
func (o *oracle) internal(purpose comms.Purpose) []comms.Activity {
	list := slices.DeleteFunc(slices.Clone(o.all), func(a comms.Activity) bool {
		return a.Purpose != purpose || o.prospect(a) || o.cancelled(a.ID) || over(a).After(o.now) ||
			!o.side(a, model.Partner) || !o.side(a, model.Vendor)
	})
	slices.SortFunc(list, func(a, b comms.Activity) int {
		if c := over(a).Compare(over(b)); c != 0 {
			return c
		}
		return strings.Compare(a.ID, b.ID)
	})
	return list
}

// uncovered returns the parts of a purpose that no call of the list covered.
func uncovered(first comms.Part, list []comms.Activity) []string {
	var names []string
	for p := first; p < first+4; p++ {
		if !slices.ContainsFunc(list, func(a comms.Activity) bool { return slices.Contains(a.Covers, p) }) {
			names = append(names, p.String())
		}
	}
	return names
}

func ids(first comms.Activity, list []comms.Activity) []string {
	all := []string{first.ID}
	for _, a := range list {
		all = append(all, a.ID)
	}
	return all
}

// meetings checks comm.prep and comm.debrief.
func (o *oracle) meetings() {
	for _, m := range o.met() {
		known := m.At
		if known.After(o.now) {
			known = o.now
		}
		if !o.inside(m.At) || !o.standard(known) {
			continue
		}
		o.prep(m)
		if !over(m).After(o.now) {
			o.debrief(m)
		}
	}
}

func (o *oracle) prep(m comms.Activity) {
	var named, loose []comms.Activity
	for _, p := range o.internal(comms.PrepCall) {
		if over(p).After(m.At) {
			continue
		}
		switch {
		case slices.Contains(p.About, m.ID):
			named = append(named, p)
		case len(p.About) == 0 && !slices.ContainsFunc(o.met(), func(x comms.Activity) bool {
			return x.At.Before(m.At) && !x.At.Before(over(p)) // it served an earlier one
		}):
			loose = append(loose, p)
		}
	}
	list := slices.Concat(named, loose)
	open := uncovered(comms.Agenda, list)
	if open == nil {
		return
	}
	if m.At.After(o.now) {
		o.due(comms.Prep, 0, m.At, ids(m, list)...)
	} else {
		o.find(comms.Prep, 0, m.At, time.Time{}, open, ids(m, list)...)
	}
}

func (o *oracle) debrief(m comms.Activity) {
	var list []comms.Activity
	for _, d := range o.internal(comms.DebriefCall) {
		if d.At.Before(over(m)) {
			continue
		}
		served := slices.ContainsFunc(o.met(),
			func(x comms.Activity) bool { return x.At.After(m.At) && !x.At.After(d.At) })
		if slices.Contains(d.About, m.ID) || len(d.About) == 0 && !served {
			list = append(list, d)
		}
	}
	end := o.nextBusinessDayEnd(over(m))
	if end.IsZero() {
		return
	}
	n := 0 // as many as it takes, in time
	for n < len(list) && over(list[n]).Before(end) && uncovered(comms.Learned, list[:n]) != nil {
		n++
	}
	open := uncovered(comms.Learned, list[:n])
	if open == nil {
		return
	}
	if o.now.Before(end) {
		o.due(comms.Debrief, 0, end, ids(m, list[:n])...)
		return
	}
	var done time.Time
	for i := range list {
		if done.IsZero() && uncovered(comms.Learned, list[:i+1]) == nil {
			done = over(list[i])
		}
	}
	o.find(comms.Debrief, 0, end, done, open, ids(m, list[:n])...)
}

// nextBusinessDayEnd steps half hour by half hour to the end of the first weekday after t at whose end no hold is
// under way; of t on hold, to that after the hold. It is zero where a hold never ends.
func (o *oracle) nextBusinessDayEnd(t time.Time) time.Time {
	held := o.held()
	for _, h := range held {
		if !h.From.After(t) && (h.Until.IsZero() || t.Before(h.Until)) {
			if h.Until.IsZero() {
				return time.Time{}
			}
			t = h.Until
		}
	}
	day := func(t time.Time) string { return t.In(o.zone).Format(time.DateOnly) }
	at := t.Truncate(30 * time.Minute)
	for last := day(t); ; {
		for day(at) == last {
			at = at.Add(30 * time.Minute)
		}
		last = day(at)
		weekday, end := at.In(o.zone).Weekday(), at
		for day(end) == last {
			end = end.Add(30 * time.Minute)
		}
		lost := false
		for _, h := range held {
			if h.From.Before(end) && h.Until.IsZero() {
				return time.Time{}
			}
			lost = lost || h.From.Before(end) && !end.After(h.Until)
		}
		if weekday != time.Saturday && weekday != time.Sunday && !lost {
			return end
		}
	}
}

// active reports whether weekly syncs are due at t.
func (o *oracle) active(t time.Time) bool {
	if o.deal.ModelSet.IsZero() || t.Before(o.deal.ModelSet) || t.Before(o.deal.Opened) || o.ended &&
		!t.Before(o.deal.Ended) || !o.standard(t) {
		return false
	}
	return !slices.ContainsFunc(o.deal.Holds, func(h value.Pause) bool {
		return !t.Before(h.From) && (h.Until.IsZero() || t.Before(h.Until))
	})
}

// standard reports whether the deal is on the standard playbook at t.
func (o *oracle) standard(t time.Time) bool {
	standard := o.deal.Size == model.Standard
	for _, at := range o.deal.Resized {
		if !at.After(t) {
			standard = !standard
		}
	}
	return standard
}

// changes returns the instants, up to now, at which weekly syncs may start or stop being due.
func (o *oracle) changes() []time.Time {
	list := []time.Time{o.deal.ModelSet, o.deal.Opened}
	for _, h := range o.deal.Holds {
		list = append(list, h.From, h.Until)
	}
	if o.ended {
		list = append(list, o.deal.Ended)
	}
	list = append(list, o.deal.Resized...)
	return slices.DeleteFunc(list, func(t time.Time) bool { return t.IsZero() || t.After(o.now) })
}

// syncs checks comm.weekly_sync: it walks from each start of a week to the next sync.
func (o *oracle) syncs() {
	rep := func(s model.Side) func(*comms.Correspondent) bool {
		return func(p *comms.Correspondent) bool { return p.Party.Side == s && isRep(p) }
	}
	type start struct {
		at time.Time
		id string
	}
	var starts []start
	for _, t := range o.changes() {
		if o.active(t) && !slices.ContainsFunc(starts, func(s start) bool { return s.at.Equal(t) }) &&
			!o.active(t.Add(-1)) {
			starts = append(starts, start{at: t})
		}
	}
	for _, s := range o.all {
		if s.Purpose != comms.Sync || o.prospect(s) || o.cancelled(s.ID) || s.At.After(o.now) || !o.active(s.At) ||
			!o.has(s, rep(model.Partner)) || !o.has(s, rep(model.Vendor)) {
			continue
		}
		starts = append(starts, start{s.At, s.ID})
		if over(s).Sub(s.At) > 15*time.Minute && !over(s).After(o.now) {
			o.find(comms.SyncLength, 0, over(s), over(s), nil, s.ID)
		}
	}
	slices.SortStableFunc(starts, func(a, b start) int { return a.at.Compare(b.at) })
	for i, s := range starts {
		var evidence []string
		if s.id != "" {
			evidence = []string{s.id}
		}
		end, stops := o.now, false
		for _, t := range o.changes() {
			if !t.Before(s.at) && t.Before(end) && !o.active(t) || t.Equal(end) && !o.active(t) {
				end, stops = t, true
			}
		}
		due := o.weekAfter(s.at)
		switch {
		case i+1 < len(starts) && !starts[i+1].at.After(end) && starts[i+1].id != "":
			if !starts[i+1].at.Before(due) {
				o.find(comms.WeeklySync, 0, due, starts[i+1].at, nil, append(evidence, starts[i+1].id)...)
			}
		case stops && !end.Before(due):
			o.find(comms.WeeklySync, 0, due, end, nil, evidence...)
		case !end.Before(due):
			o.find(comms.WeeklySync, 0, due, time.Time{}, nil, evidence...)
		case !stops:
			o.due(comms.WeeklySync, 0, due, evidence...)
		}
	}
}

// weekAfter returns the end of the same weekday, a week after the day of an instant, in the account's zone.
func (o *oracle) weekAfter(at time.Time) time.Time {
	zone := o.deal.Zone
	if zone == nil {
		zone = time.UTC
	}
	year, month, day := at.In(zone).Date()
	return time.Date(year, month, day+8, 0, 0, 0, 0, zone)
}
