package main

import (
	"net/mail"
	"strings"
	"time"

	"github.com/coselling/coselling/value"
)

// zoneNames has the zones by name that RFC 5322 still allows, and those that are one zone in all the world. The time
// package would ask the zone of the host for others.
var zoneNames = map[string]string{
	"UT": "+0000", "UTC": "+0000", "GMT": "+0000", "Z": "+0000", "EST": "-0500", "EDT": "-0400", "CST": "-0600",
	"CDT": "-0500", "MST": "-0700", "MDT": "-0600", "PST": "-0800", "PDT": "-0700",
	"WET": "+0000", "WEST": "+0100", "CET": "+0100", "CEST": "+0200", "MEZ": "+0100", "MESZ": "+0200", "EET": "+0200",
	"EEST": "+0300", "MSK": "+0300", "JST": "+0900", "AEST": "+1000", "AEDT": "+1100", "NZST": "+1200", "NZDT": "+1300",
}

// mailDate reads the date of a mail, the same on a host in any zone. A zone by another name, such as IST, is refused:
// it is that of several countries.
func mailDate(text string) (time.Time, error) {
	date, _, _ := strings.Cut(text, "(") // a comment
	fields := strings.Fields(date)
	if n := len(fields); n > 0 {
		zone := fields[n-1]
		if distance, ok := zoneNames[strings.ToUpper(zone)]; ok {
			fields[n-1] = distance
		} else if zone[0] != '+' && zone[0] != '-' {
			return time.Time{}, value.NewError("inbox.mail.date", value.Quote(text),
				"is no date of a mail with its distance from UTC, like Tue, 20 Oct 2026 09:02:11 +0200")
		}
	}
	t, err := mail.ParseDate(strings.Join(fields, " "))
	if err != nil {
		return time.Time{}, value.NewError("inbox.mail.date", value.Quote(text), "is no date of a mail")
	}
	return t.UTC(), nil
}
