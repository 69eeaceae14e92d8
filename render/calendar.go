package render

import (
	"strings"
	"time"
	"unicode/utf8"

	"github.com/coselling/coselling/assess"
	"github.com/coselling/coselling/internal/escape"
	"github.com/coselling/coselling/stage"
)

// ICalendar returns the open tasks with a due day as one iCalendar file (RFC 5545) of all-day events, from the first
// to the due day of each, deal by deal. The UID is made of the ids of the deal and the task; the stamp is asOf. Of a
// view it reads Deal, Schedule and Account, with which summaries begin; an empty one is left out.
func ICalendar(asOf time.Time, deals ...assess.View) string {
	var b strings.Builder
	line(&b, "BEGIN", "VCALENDAR")
	line(&b, "VERSION", "2.0")
	line(&b, "PRODID", "-//coselling//coselling//EN")
	for i := range deals {
		for j := range deals[i].Schedule.Items {
			if item := &deals[i].Schedule.Items[j]; item.State == stage.Open && drawn(item) {
				event(&b, &deals[i], item, asOf)
			}
		}
	}
	line(&b, "END", "VCALENDAR")
	return b.String()
}

func event(b *strings.Builder, v *assess.View, item *stage.Item, asOf time.Time) {
	summary := item.Task.Says
	if v.Account != "" {
		summary = v.Account + ": " + summary
	}
	line(b, "BEGIN", "VEVENT")
	line(b, "UID", escape.CalendarID(string(item.Task.ID))+"."+escape.CalendarID(v.Deal)+"@coselling")
	line(b, "DTSTAMP", asOf.UTC().Format("20060102T150405Z"))
	line(b, "DTSTART;VALUE=DATE", compact(item.Start.String()))
	if after, err := notBefore(item.Due, item.Start).AddDays(1); err == nil { // without an end the event lasts one day
		line(b, "DTEND;VALUE=DATE", compact(after.String()))
	}
	line(b, "SUMMARY", escape.Calendar(summary))
	line(b, "DESCRIPTION", escape.Calendar(people(*item)))
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
