package main

import (
	"strconv"
	"strings"
	"time"

	ics "github.com/arran4/golang-ical"

	"github.com/coselling/coselling/value"
)

// event is one entry of a calendar, an occurrence of it where it recurs.
type event struct {
	version
	file       string
	at, end    time.Time // in the zone of the entry
	host       string
	guests     []string // but those who declined
	title      string
	text       string
	categories []string
	related    []string // uids
	journal    bool     // a note, not an event
	series     series   // of an entry that recurs
}

func (e *event) recurs() bool { return e.series.rule != "" || len(e.series.added) > 0 }

// occurrence returns the entry at a planned start, from its own start on by the same distance of the clock.
func (e event) occurrence(planned time.Time) event {
	start := e.at
	if !e.recurrence.IsZero() {
		moved := clock(e.at).Sub(clock(e.recurrence.In(e.at.Location())))
		on := clock(planned.In(e.at.Location())).Add(moved)
		hour, minute, second := on.Clock()
		e.at = time.Date(on.Year(), on.Month(), on.Day(), hour, minute, second, 0, e.at.Location())
	} else {
		e.at = planned
	}
	if !e.end.IsZero() {
		e.end = e.at.Add(e.end.Sub(start))
	}
	e.recurrence = planned
	return e
}

// clock returns what clock and calendar show at an instant, as an instant in UTC.
func clock(t time.Time) time.Time {
	_, offset := t.Zone()
	return t.UTC().Add(time.Duration(offset) * time.Second)
}

// entryReader reads the entries of one calendar.
type entryReader struct {
	method string
	zone   *time.Location
	own    map[string]*time.Location
}

// in returns the reader of an entry: a time without a zone is one of the zone of its start.
func (r entryReader) in(c *ics.ComponentBase) *entryReader {
	if start := c.GetProperty(ics.ComponentPropertyDtStart); start != nil {
		if t, _, err := r.time(start, start.Value); err == nil && t.Location() != time.UTC {
			r.zone = t.Location()
		}
	}
	return &r
}

// read returns an entry, with all of its problems.
func (r *entryReader) read(c *ics.ComponentBase) (event, error) {
	r = r.in(c)
	var problems value.Errors
	text := func(p ics.ComponentProperty) string {
		if property := c.GetProperty(p); property != nil {
			return strings.ToValidUTF8(property.Value, "\uFFFD")
		}
		return ""
	}
	instant := func(p ics.ComponentProperty) (t time.Time) {
		if property := c.GetProperty(p); property != nil {
			var day bool
			var err error
			if t, day, err = r.time(property, property.Value); err == nil && day {
				err = value.NewError("inbox.calendar.time", value.Quote(property.Value),
					"is a whole day; an entry without an hour is no meeting")
			}
			problems.Add(strings.ToLower(string(p)), err)
		}
		return t
	}
	e := event{title: strings.Join(strings.Fields(text(ics.ComponentPropertySummary)), " "),
		text: text(ics.ComponentPropertyDescription), at: instant(ics.ComponentPropertyDtStart),
		end:    instant(ics.ComponentPropertyDtEnd),
		host:   addressOf(c.GetProperty(ics.ComponentPropertyOrganizer)),
		series: series{rule: text(ics.ComponentPropertyRrule)}}
	e.version = version{uid: c.Id(), recurrence: instant(ics.ComponentPropertyRecurrenceId), method: r.method,
		stamp: instant(ics.ComponentPropertyDtstamp)}
	e.sequence, _ = strconv.Atoi(text(ics.ComponentPropertySequence)) // none is the first
	e.cancelled = r.method == "CANCEL" ||
		strings.EqualFold(text(ics.ComponentPropertyStatus), string(ics.ObjectStatusCancelled))
	if p := c.GetProperty(ics.ComponentPropertyRecurrenceId); p != nil {
		e.following = strings.EqualFold(first(p.ICalParameters["RANGE"]), "THISANDFUTURE")
	} else if r.method == "ADD" {
		e.recurrence = e.at
	}
	if length := text(ics.ComponentPropertyDuration); length != "" && e.end.IsZero() {
		end, err := afterDuration(e.at, length)
		problems.Add("duration", err)
		e.end = end
	}
	if len(c.GetProperties(ics.ComponentPropertyRrule)) > 1 || c.HasProperty(ics.ComponentPropertyExrule) {
		problems.Refuse("rrule", "inbox.calendar.rule", "a second rule", "is not read; a series has one, and EXDATE")
	}
	e.series.start = e.at
	r.readLists(c, &e)
	problems.Add("", r.readDates(c, &e.series))
	if e.uid == "" {
		problems.Add("uid", value.NewError("comms.activity.id", "nothing", "identifies the event"))
	}
	return e, problems.Err()
}

// readLists reads people, categories and relations.
func (r *entryReader) readLists(c *ics.ComponentBase, e *event) {
	for _, a := range c.Attendees() {
		if !strings.EqualFold(string(a.ParticipationStatus()), string(ics.ParticipationStatusDeclined)) {
			e.guests = append(e.guests, addressOf(&a.IANAProperty))
		}
	}
	for _, p := range c.GetProperties(ics.ComponentPropertyCategories) {
		e.categories = append(e.categories, strings.Split(strings.ToLower(p.Value), ",")...)
	}
	for _, p := range c.GetProperties(ics.ComponentPropertyRelatedTo) {
		e.related = append(e.related, p.Value)
	}
}

// readDates reads the added and excluded starts of a series, up to the first that is none.
func (r *entryReader) readDates(c *ics.ComponentBase, s *series) error {
	for _, name := range []ics.ComponentProperty{ics.ComponentPropertyRdate, ics.ComponentPropertyExdate} {
		for _, p := range c.GetProperties(name) {
			for one := range strings.SplitSeq(p.Value, ",") {
				t, day, err := r.time(p, one)
				switch {
				case err != nil:
				case name == ics.ComponentPropertyRdate && day:
					err = value.NewError("inbox.calendar.time", value.Quote(one), "adds a day without an hour")
				case name == ics.ComponentPropertyRdate:
					s.added = append(s.added, t)
				case day:
					s.withoutDays = append(s.withoutDays, one)
				default:
					s.without = append(s.without, t)
				}
				if err != nil {
					return value.Below(strings.ToLower(string(name)), err)
				}
			}
		}
	}
	return nil
}

// time reads a time in the zone that its property names.
func (r *entryReader) time(p *ics.IANAProperty, text string) (time.Time, bool, error) {
	zone := r.zone
	if name := first(p.ICalParameters[string(ics.ParameterTzid)]); name != "" {
		named, err := zoneOf(name, r.own)
		if err != nil {
			return time.Time{}, false, err
		}
		zone = named
	}
	return calendarTime(text, zone)
}

// addressOf returns the mail address of a person of a calendar, "" without one.
func addressOf(p *ics.IANAProperty) string {
	if p == nil {
		return ""
	}
	if len(p.Value) > 7 && strings.EqualFold(p.Value[:7], "mailto:") {
		return strings.TrimSpace(p.Value[7:])
	}
	if email := first(p.ICalParameters["EMAIL"]); email != "" {
		return email
	}
	return p.Value
}
