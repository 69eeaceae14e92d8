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
	maxBegins = 20_000   // components of one file
)

// calendarReader reads the entries of one file.
type calendarReader struct {
	file  string
	zone  *time.Location // of a time without one
	until time.Time      // how far zones are read that the file describes
	work  *work
}

// read returns the entries of all calendars of a file. The problems of single entries, and of single calendars, are
// returned beside the other entries.
func (r *calendarReader) read(data []byte) ([]event, error) {
	if err := checkCalendar(data); err != nil {
		return nil, err
	}
	data = bytes.Clone(data) // lines are taken away in it
	calendars, err := splitCalendars(data)
	var list []event
	var problems bounded
	problems.Add("", err)
	for _, text := range calendars {
		events, err := r.readOne(text)
		problems.Add("", err)
		list = append(list, events...)
	}
	return list, problems.Err()
}

func (r *calendarReader) readOne(text []byte) ([]event, error) {
	calendar, err := ics.ParseCalendarWithOptions(bytes.NewReader(text),
		ics.WithUnknownPropertyHandler(ics.AcceptUnknownPropertyHandler))
	if err != nil {
		return nil, badCalendar(value.Quote(err.Error()), "stopped the reading of the calendar")
	}
	var problems bounded
	own, err := ownZones(calendar, r.until, r.work)
	problems.Add("", err)
	e := entryReader{zone: r.zone, own: own}
	for _, p := range calendar.CalendarProperties {
		if p.IANAToken == string(ics.PropertyMethod) {
			e.method = strings.ToUpper(p.Value)
		}
	}
	var list []event
	add := func(c *ics.ComponentBase, journal bool) {
		one, err := e.read(c)
		if one.asks() {
			return
		}
		if err == nil {
			err = r.work.take(0, 1)
		}
		if err != nil {
			problems.Add(value.Quote(cmp.Or(one.title, one.uid, "an event")), err)
			return
		}
		one.file, one.journal = r.file, journal
		list = append(list, one)
	}
	for _, c := range calendar.Events() {
		add(&c.ComponentBase, false)
	}
	for _, c := range calendar.Journals() {
		add(&c.ComponentBase, true)
	}
	return list, problems.Err()
}

// splitCalendars returns the calendars of a file, which may have several. Lines that are no property go.
func splitCalendars(data []byte) (list [][]byte, err error) {
	data = bytes.TrimPrefix(data, []byte("\uFEFF"))
	if bytes.IndexByte(data, '\n') < 0 {
		data = bytes.ReplaceAll(data, []byte("\r"), []byte("\n"))
	}
	var problems bounded
	start, at := -1, 0
	for line := range bytes.Lines(data) {
		begin := at
		at += len(line)
		fold := line[0] == ' ' || line[0] == '\t'
		switch text := bytes.ToUpper(bytes.TrimSpace(line)); {
		case len(text) == 0:
		case start < 0 && bytes.Equal(text, []byte("BEGIN:VCALENDAR")):
			start = begin
		case start < 0:
			return list, badCalendar(value.Quote(string(bytes.TrimSpace(line))), "stands outside of a calendar")
		case bytes.Equal(text, []byte("END:VCALENDAR")):
			list, start = append(list, data[start:at]), -1
		case !fold && !bytes.Contains(text, []byte(":")):
			problems.Add("", badCalendar(value.Quote(string(bytes.TrimSpace(line))), "is no property and not read"))
			copy(line, bytes.Repeat([]byte("\n"), len(line)))
		}
	}
	if start >= 0 {
		list = append(list, data[start:])
		problems.Add("", badCalendar("the end", "of the calendar is missing; the file was cut off"))
	} else if list == nil {
		problems.Add("", badCalendar("nothing", "is in the file"))
	}
	return list, problems.Err()
}

// bounded collects problems, of a large file the first hundred.
type bounded struct {
	list value.Errors
	more int
}

func (b *bounded) Add(path string, err error) {
	switch {
	case err == nil:
	case len(b.list) < 100:
		b.list.Add(path, err)
	default:
		b.more++
	}
}

func (b *bounded) Err() error {
	if b.more > 0 {
		b.list.Refuse("", "inbox.problems.more", strconv.Itoa(b.more)+" more problems",
			"are not listed; mend these first")
	}
	return b.list.Err()
}

// checkCalendar bounds a file before it is parsed.
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
			return badCalendar("a calendar of lines, depth or length like that",
				"is not read; lines have at most 32768 bytes, components 8 levels and a calendar 20000 of them")
		}
	}
	return nil
}

func badCalendar(got, problem string) error {
	return value.NewError("inbox.calendar.format", got, problem)
}
