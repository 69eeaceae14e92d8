package main

import (
	"bytes"
	"cmp"
	"strconv"
	"strings"
	"time"

	ics "github.com/arran4/golang-ical"

	"github.com/coselling/coselling/value"
)

const (
	maxLine   = 32 << 10 // bytes of one line of a calendar, unfolded
	maxNested = 8        // components within components
	maxBegins = 20_000   // components of one calendar
)

// event is one entry of a calendar, an occurrence of it where it recurs.
type event struct {
	file       string
	uid        string
	recurrence time.Time // when the occurrence was planned for; zero where it does not recur
	sequence   int
	stamp      time.Time // when it was last written
	at, end    time.Time
	host       string
	guests     []string // but those who declined
	title      string
	text       string
	categories []string
	related    []string // uids
	cancelled  bool
	journal    bool // a note, not an event
	rule       string
	except     []time.Time
}

// parseCalendar reads one calendar; a time without a zone is one of zone. The problems of
// single entries are returned beside the other entries.
func parseCalendar(file string, data []byte, zone *time.Location) ([]event, error) {
	if err := checkCalendar(data); err != nil {
		return nil, err
	}
	calendar, err := ics.ParseCalendar(bytes.NewReader(data))
	if err != nil {
		return nil, value.NewError(calendarFormat, value.Quote(err.Error()), "stopped the reading of the calendar")
	}
	cancel := false
	for _, p := range calendar.CalendarProperties {
		cancel = cancel || p.IANAToken == string(ics.PropertyMethod) &&
			strings.EqualFold(p.Value, string(ics.MethodCancel))
	}
	var list []event
	var problems value.Errors
	add := func(c *ics.ComponentBase, journal bool) {
		e, err := readEvent(c, zone)
		if err != nil {
			problems.Add(value.Quote(cmp.Or(c.Id(), "an event")), err)
			return
		}
		e.file, e.journal, e.cancelled = file, journal, e.cancelled || cancel
		list = append(list, e)
	}
	for _, e := range calendar.Events() {
		add(&e.ComponentBase, false)
	}
	for _, j := range calendar.Journals() {
		add(&j.ComponentBase, true)
	}
	return list, problems.Err()
}

// checkCalendar bounds a calendar before it is parsed.
func checkCalendar(data []byte) error {
	length, depth, begins := 0, 0, 0
	for line := range bytes.Lines(data) {
		if line[0] != ' ' && line[0] != '\t' {
			length = 0
		}
		length += len(line)
		switch name, _, _ := bytes.Cut(line, []byte(":")); {
		case bytes.EqualFold(name, []byte("BEGIN")):
			depth, begins = depth+1, begins+1
		case bytes.EqualFold(name, []byte("END")):
			depth--
		}
		if length > maxLine || depth > maxNested || begins > maxBegins {
			return value.NewError(calendarFormat, "a calendar of lines, depth or length like that",
				"is not read; lines have at most 32768 bytes, components 8 levels and a calendar 20000 of them")
		}
	}
	return nil
}

func readEvent(c *ics.ComponentBase, zone *time.Location) (event, error) {
	var problems value.Errors
	instant := func(p ics.ComponentProperty) time.Time {
		property := c.GetProperty(p)
		if property == nil {
			return time.Time{}
		}
		t, err := instantOf(property, property.Value, zone)
		problems.Add(strings.ToLower(string(p)), err)
		return t
	}
	text := func(p ics.ComponentProperty) string {
		if property := c.GetProperty(p); property != nil {
			return strings.ToValidUTF8(property.Value, "\uFFFD")
		}
		return ""
	}
	e := event{uid: c.Id(), title: strings.Join(strings.Fields(text(ics.ComponentPropertySummary)), " "),
		text: text(ics.ComponentPropertyDescription),
		at:   instant(ics.ComponentPropertyDtStart), end: instant(ics.ComponentPropertyDtEnd),
		recurrence: instant(ics.ComponentPropertyRecurrenceId),
		stamp:      instant(ics.ComponentPropertyDtstamp), host: mailAddress(text(ics.ComponentPropertyOrganizer)),
		rule: text(ics.ComponentPropertyRrule)}
	e.sequence, _ = strconv.Atoi(text(ics.ComponentPropertySequence)) // none is the first
	e.cancelled = strings.EqualFold(text(ics.ComponentPropertyStatus), string(ics.ObjectStatusCancelled))
	for _, a := range c.Attendees() {
		if !strings.EqualFold(string(a.ParticipationStatus()), string(ics.ParticipationStatusDeclined)) {
			e.guests = append(e.guests, mailAddress(a.Email()))
		}
	}
	for _, p := range c.GetProperties(ics.ComponentPropertyCategories) {
		e.categories = append(e.categories, strings.Split(strings.ToLower(p.Value), ",")...)
	}
	for _, p := range c.GetProperties(ics.ComponentPropertyRelatedTo) {
		e.related = append(e.related, p.Value)
	}
	for _, p := range c.GetProperties(ics.ComponentPropertyExdate) {
		for value := range strings.SplitSeq(p.Value, ",") {
			t, err := instantOf(p, value, zone)
			problems.Add("exdate", err)
			e.except = append(e.except, t)
		}
	}
	if e.uid == "" {
		problems.Add("uid", value.NewError("comms.activity.id", "nothing", "identifies the event"))
	}
	return e, problems.Err()
}

// instantOf reads a date and time of a calendar: in UTC, in the zone that it names,
// or else in the given one. A whole day is no instant.
func instantOf(p *ics.IANAProperty, text string, zone *time.Location) (time.Time, error) {
	if utc, ok := strings.CutSuffix(text, "Z"); ok {
		text, zone = utc, time.UTC
	} else if name := first(p.ICalParameters[string(ics.ParameterTzid)]); name != "" {
		named, err := time.LoadLocation(name)
		if err != nil || name == "Local" {
			return time.Time{}, value.NewError(calendarTime, value.Quote(name), "is no time zone of the IANA list")
		}
		zone = named
	}
	t, err := time.ParseInLocation("20060102T150405", text, zone)
	if err != nil {
		return time.Time{}, value.NewError(calendarTime, value.Quote(text),
			"is no date with a time; write it like 20261102T090000Z")
	}
	return t.UTC(), nil
}

// mailAddress takes the scheme from a calendar address.
func mailAddress(text string) string {
	if len(text) > 7 && strings.EqualFold(text[:7], "mailto:") {
		return text[7:]
	}
	return text
}
