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

const maxOccurrences = 1000

// occurrences returns the latest version of each event, cancelled ones included, and the
// occurrences of each series that start before the horizon. A changed occurrence replaces
// the planned one.
func occurrences(list []event, horizon time.Time) ([]event, []problem) {
	latest := map[string]event{}
	var order []string
	for _, e := range list {
		key := e.uid + "\n" + e.recurrence.Format(time.RFC3339)
		old, ok := latest[key]
		if !ok {
			order = append(order, key)
		}
		if !ok || cmp.Or(cmp.Compare(old.sequence, e.sequence), old.stamp.Compare(e.stamp)) < 0 {
			e.cancelled = e.cancelled || old.cancelled && old.sequence == e.sequence
			latest[key] = e
		}
	}
	var result []event
	var problems []problem
	for _, key := range order {
		e := latest[key]
		if e.rule == "" {
			result = append(result, e)
			continue
		}
		starts, err := starts(e, horizon)
		if err != nil {
			problems = append(problems, problem{e.file, value.Below(value.Quote(e.uid), err)})
			continue
		}
		for _, start := range starts {
			if _, ok := latest[e.uid+"\n"+start.Format(time.RFC3339)]; ok {
				continue // this one was written anew
			}
			one := e
			one.recurrence, one.at = start, start
			if !e.end.IsZero() {
				one.end = start.Add(e.end.Sub(e.at))
			}
			result = append(result, one)
		}
	}
	return result, problems
}

// starts returns when the occurrences of a series start, before the horizon. Rules
// that could search for a day forever are refused.
func starts(e event, horizon time.Time) ([]time.Time, error) {
	for part := range strings.SplitSeq(strings.ToUpper(e.rule), ";") {
		name, text, _ := strings.Cut(part, "=")
		switch name {
		case "FREQ":
			if text != "DAILY" && text != "WEEKLY" && text != "MONTHLY" {
				return nil, badRule(e.rule, "recurs neither daily, weekly nor monthly")
			}
		case "INTERVAL", "COUNT", "UNTIL", "BYDAY", "WKST":
		default:
			return nil, badRule(e.rule, "has a part that is not read: "+value.Quote(name))
		}
	}
	option, err := rrule.StrToROption(e.rule)
	if err != nil || option.Interval < 0 || option.Interval > maxOccurrences || option.Count > maxOccurrences {
		return nil, badRule(e.rule, "is no rule of at most 1000 occurrences")
	}
	option.Dtstart = e.at
	rule, err := rrule.NewRRule(*option)
	if err != nil {
		return nil, badRule(e.rule, "is no rule of at most 1000 occurrences")
	}
	var list []time.Time
	next := rule.Iterator()
	for start, ok := next(); ok && start.Before(horizon); start, ok = next() {
		if len(list) == maxOccurrences {
			return nil, badRule(e.rule, "has more than 1000 occurrences before "+strconv.Itoa(horizon.Year()+1))
		}
		if start = start.UTC(); !slices.ContainsFunc(e.except, start.Equal) {
			list = append(list, start)
		}
	}
	return list, nil
}

func badRule(rule, what string) error {
	return value.NewError(calendarRule, value.Quote(rule), what)
}
