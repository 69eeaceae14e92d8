package render

import (
	"strings"
	"time"
	"unicode/utf8"

	"github.com/coselling/coselling/internal/escape"
	"github.com/coselling/coselling/stage"
)

// ICalendar returns the open tasks with a due day as an iCalendar file (RFC 5545) of all-day events, from the
// first to the due day of each. The UID is made of the ids of the deal and the task; the stamp is asOf.
func ICalendar(deal string, s stage.Schedule, asOf time.Time) string {
	var b strings.Builder
	line(&b, "BEGIN", "VCALENDAR")
	line(&b, "VERSION", "2.0")
	line(&b, "PRODID", "-//coselling//coselling//EN")
	for i, item := range s.Items {
		if item.State == stage.Open && drawn(&s.Items[i]) {
			event(&b, deal, item, asOf)
		}
	}
	line(&b, "END", "VCALENDAR")
	return b.String()
}

func event(b *strings.Builder, deal string, item stage.Item, asOf time.Time) {
	line(b, "BEGIN", "VEVENT")
	line(b, "UID", escape.CalendarID(string(item.Task.ID))+"."+escape.CalendarID(deal)+"@coselling")
	line(b, "DTSTAMP", asOf.UTC().Format("20060102T150405Z"))
	line(b, "DTSTART;VALUE=DATE", compact(item.Start.String()))
	if after, err := notBefore(item.Due, item.Start).AddDays(1); err == nil { // without an end the event lasts one day
		line(b, "DTEND;VALUE=DATE", compact(after.String()))
	}
	line(b, "SUMMARY", escape.Calendar(item.Task.Says))
	line(b, "DESCRIPTION", escape.Calendar(people(item)))
	line(b, "TRANSP", "TRANSPARENT")
	line(b, "END", "VEVENT")
}

func compact(day string) string { return strings.ReplaceAll(day, "-", "") }

// people returns the owner of a task with the reps.
func people(item stage.Item) string {
	text, between := owner(item.Task.Owner), ": "
	for _, name := range [...]string{item.PartnerRep, item.VendorRep} {
		if name != "" {
			text, between = text+between+name, " and "
		}
	}
	return text
}

// maxOctets is the longest line of a calendar, its end not counted.
const maxOctets = 75

// line writes a content line, folded where it is too long, never inside a character.
func line(b *strings.Builder, name, value string) {
	rest, room := name+":"+value, maxOctets
	for len(rest) > room {
		cut := room
		for !utf8.RuneStart(rest[cut]) {
			cut--
		}
		b.WriteString(rest[:cut] + "\r\n ")
		rest, room = rest[cut:], maxOctets-1
	}
	b.WriteString(rest + "\r\n")
}
