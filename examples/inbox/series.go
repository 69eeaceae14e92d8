package main

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/teambition/rrule-go"

	"github.com/coselling/coselling/value"
)

// series is a recurring entry of a calendar (RFC 5545, 3.8.5).
type series struct {
	start       time.Time   // the first, in the zone in which the series keeps its hour
	rule        string      // RRULE; "" for none
	added       []time.Time // RDATE
	without     []time.Time // EXDATE
	withoutDays []string    // EXDATE of whole days, like 20261109
}

// work bounds what the entries of one calendar cost together.
type work struct{ days, starts int }

func newWork() *work { return &work{days: 1_000_000, starts: 5_000} }

// take reports an error once the calendar has cost too much.
func (w *work) take(days, starts int) error {
	if w.days, w.starts = w.days-days, w.starts-starts; w.days < 0 || w.starts < 0 {
		w.days, w.starts = 0, 0
		return value.NewError("inbox.calendar.work", "a calendar with that many entries, days and occurrences",
			"is not read to its end; one has at most 5000 entries and occurrences")
	}
	return nil
}

// starts returns when the occurrences start, from an instant until before another, in order. A first start that the
// rule does not name is none.
func (s *series) starts(from, until time.Time, left *work) ([]time.Time, error) {
	list := slices.Clone(s.added)
	if err := left.take(0, len(list)); err != nil {
		return nil, err
	}
	if s.rule == "" {
		list = append(list, s.start)
	} else {
		ruled, err := s.ruled(from, until, left)
		if err != nil {
			return nil, err
		}
		list = append(list, ruled...)
	}
	slices.SortFunc(list, time.Time.Compare)
	list = slices.CompactFunc(list, time.Time.Equal)
	without, withoutDays := map[int64]bool{}, map[string]bool{}
	for _, t := range s.without {
		without[t.Unix()] = true
	}
	for _, day := range s.withoutDays {
		withoutDays[day] = true
	}
	return slices.DeleteFunc(list, func(t time.Time) bool {
		return t.Before(from) || !t.Before(until) || without[t.Unix()] ||
			withoutDays[t.In(s.start.Location()).Format("20060102")]
	}), nil
}

// ruled returns the starts that the rule names.
func (s *series) ruled(from, until time.Time, left *work) ([]time.Time, error) {
	o, err := parseRule(s.rule, s.start)
	if err != nil {
		return nil, err
	}
	skip := 0
	if o.Count == 0 && from.After(s.start) {
		passed := periodsBetween(o.Freq, civil(s.start), civil(from.In(s.start.Location())))
		skip = max(0, passed/max(o.Interval, 1)-1)
	}
	var list []time.Time
	var tooMuch error
	seen := 0
	err = s.walk(o, skip, until, left, func(t time.Time) bool {
		if seen++; !t.Before(from) {
			tooMuch = left.take(0, 1)
			list = append(list, t)
		}
		return tooMuch == nil && seen != o.Count
	})
	if err = cmp.Or(err, tooMuch); err != nil {
		return nil, err
	}
	if len(list) == 0 && s.start.Before(until) {
		occurs := false
		err = s.walk(o, 0, until, left, func(time.Time) bool { occurs = true; return false })
		if err == nil && !occurs {
			err = badRule(s.rule, "names no day from its start on")
		}
	}
	return list, err
}

// walk gives the starts that a rule names, from a period on, until an instant or the answer false. It looks at the days
// of each period. The iterator of rrule-go does so too, but searches up to the year 9999 for a day that never comes.
func (s *series) walk(o *rrule.ROption, period int, until time.Time, left *work, each func(time.Time) bool) error {
	hour, minute, second := s.start.Clock()
	for ; ; period++ {
		begin, size := periodOf(o, civil(s.start), period*max(o.Interval, 1))
		if begin.AddDate(0, 0, -2).After(until) {
			return nil
		}
		if err := left.take(size, 0); err != nil {
			return err
		}
		for _, day := range matching(o, begin, size) {
			t := time.Date(day.Year(), day.Month(), day.Day(), hour, minute, second, 0, s.start.Location())
			switch {
			case t.Before(s.start):
			case !t.Before(until) || !o.Until.IsZero() && t.After(o.Until) || !each(t):
				return nil
			}
		}
	}
}

// civil returns the day of an instant as midnight in UTC, in which all days have 24 hours.
func civil(t time.Time) time.Time {
	return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC)
}

// periodsBetween returns how many days, weeks, months or years lie between two days, rounded down.
func periodsBetween(freq rrule.Frequency, a, b time.Time) int {
	switch freq {
	case rrule.YEARLY:
		return b.Year() - a.Year()
	case rrule.MONTHLY:
		return (b.Year()-a.Year())*12 + int(b.Month()) - int(a.Month())
	case rrule.WEEKLY:
		return int(b.Sub(a).Hours()) / 24 / 7
	default:
		return int(b.Sub(a).Hours()) / 24
	}
}

// periodOf returns the first day and the number of days of the n-th period after that of a day.
func periodOf(o *rrule.ROption, day time.Time, n int) (begin time.Time, size int) {
	switch o.Freq {
	case rrule.YEARLY:
		begin = time.Date(day.Year()+n, 1, 1, 0, 0, 0, 0, time.UTC)
		return begin, begin.AddDate(1, 0, -1).YearDay()
	case rrule.MONTHLY:
		begin = time.Date(day.Year(), day.Month()+time.Month(n), 1, 0, 0, 0, 0, time.UTC)
		return begin, begin.AddDate(0, 1, -1).Day()
	case rrule.WEEKLY:
		return day.AddDate(0, 0, n*7-(weekday(day)-o.Wkst.Day()+7)%7), 7
	default:
		return day.AddDate(0, 0, n), 1
	}
}

// weekday counts from Monday, which is 0.
func weekday(day time.Time) int { return (int(day.Weekday()) + 6) % 7 }

// matching returns the days of a period that the rule names.
func matching(o *rrule.ROption, begin time.Time, size int) []time.Time {
	var list []time.Time
	for i := 0; i < size; i++ {
		day := begin.AddDate(0, 0, i)
		last := time.Date(day.Year(), day.Month()+1, 0, 0, 0, 0, 0, time.UTC).Day()
		if len(o.Bymonth) > 0 && !slices.Contains(o.Bymonth, int(day.Month())) {
			i += last - day.Day() // on to the next month
			continue
		}
		if d := day.Day(); len(o.Bymonthday) > 0 && !slices.Contains(o.Bymonthday, d) &&
			!slices.Contains(o.Bymonthday, d-last-1) {
			continue
		}
		if len(o.Byweekday) == 0 || slices.ContainsFunc(o.Byweekday, func(w rrule.Weekday) bool {
			return w.Day() == weekday(day) && (w.N() == 0 || nth(o, day, last, w.N()))
		}) {
			list = append(list, day)
		}
	}
	if len(o.Bysetpos) == 0 {
		return list
	}
	var placed []time.Time
	for i, day := range list {
		if slices.Contains(o.Bysetpos, i+1) || slices.Contains(o.Bysetpos, i-len(list)) {
			placed = append(placed, day)
		}
	}
	return placed
}

// nth reports whether a day is the n-th of its weekday, in its month or, in a yearly rule without months, its year.
func nth(o *rrule.ROption, day time.Time, last, n int) bool {
	at := day.Day()
	if o.Freq == rrule.YEARLY && len(o.Bymonth) == 0 {
		at, last = day.YearDay(), time.Date(day.Year(), 12, 31, 0, 0, 0, 0, time.UTC).YearDay()
	}
	return n == (at-1)/7+1 || n == -((last-at)/7+1)
}

// parseRule reads a rule, fills in what it leaves to the start, and refuses what it does not read by name.
func parseRule(text string, start time.Time) (*rrule.ROption, error) {
	text = strings.TrimSuffix(strings.ToUpper(strings.TrimSpace(text)), ";")
	for part := range strings.SplitSeq(text, ";") {
		name, number, _ := strings.Cut(part, "=")
		switch name {
		case "BYDAY":
			for day := range strings.SplitSeq(number, ",") {
				if n := strings.TrimLeft(day, "+-"); strings.HasPrefix(n, "0") {
					return nil, badRule(text, "names a weekday that no such period has: "+value.Quote(day))
				}
			}
		case "FREQ", "UNTIL", "WKST", "BYMONTH", "BYMONTHDAY", "BYSETPOS":
		case "INTERVAL", "COUNT":
			if n, err := strconv.Atoi(number); err != nil || n < 1 || n > 100_000 {
				return nil, badRule(text, "has a number outside 1 to 100000: "+value.Quote(part))
			}
		default:
			return nil, badRule(text, "has a part that is not read: "+value.Quote(name))
		}
	}
	o, err := rrule.StrToROptionInLocation(text, start.Location())
	if err != nil {
		return nil, badRule(text, "is no rule: "+err.Error())
	}
	if o.Freq > rrule.DAILY {
		return nil, badRule(text, "recurs more often than daily")
	}
	if !inRange(o.Bymonth, 1, 12) || !inRange(o.Bymonthday, -31, 31) || !inRange(o.Bysetpos, -366, 366) {
		return nil, badRule(text, "names a month, a day or a place that no calendar has")
	}
	most := map[rrule.Frequency]int{rrule.YEARLY: 53, rrule.MONTHLY: 5}[o.Freq]
	if len(o.Bymonth) > 0 {
		most = min(most, 5)
	}
	for _, w := range o.Byweekday {
		if n := w.N(); n < -most || n > most {
			return nil, badRule(text, "names a weekday that no such period has: "+value.Quote(w.String()))
		}
	}
	if _, until, _ := strings.Cut(text, "UNTIL="); len(until) == 8 || len(until) > 8 && until[8] == ';' {
		o.Until = o.Until.AddDate(0, 0, 1).Add(-time.Second) // a day, to its end
	}
	if len(o.Byweekday) == 0 && len(o.Bymonthday) == 0 {
		switch o.Freq {
		case rrule.YEARLY:
			if len(o.Bymonth) == 0 {
				o.Bymonth = []int{int(start.Month())}
			}
			o.Bymonthday = []int{start.Day()}
		case rrule.MONTHLY:
			o.Bymonthday = []int{start.Day()}
		case rrule.WEEKLY:
			o.Byweekday = []rrule.Weekday{[...]rrule.Weekday{rrule.MO, rrule.TU, rrule.WE, rrule.TH, rrule.FR, rrule.SA,
				rrule.SU}[weekday(start)]}
		}
	}
	return o, nil
}

func inRange(list []int, least, most int) bool {
	return !slices.ContainsFunc(list, func(n int) bool { return n == 0 || n < least || n > most })
}

func badRule(rule, what string) error {
	return value.NewError("inbox.calendar.rule", value.Quote(rule), what)
}
