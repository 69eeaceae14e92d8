package main

import (
	"strings"
	"testing"
)

// Calendars of other forms than those of testdata: each has meetings, and what was left out is named.
func TestCalendarsOfOtherForms(t *testing.T) {
	entry := func(lines ...string) string {
		return "BEGIN:VEVENT\r\nUID:1\r\nDTSTAMP:20261001T080000Z\r\nORGANIZER:mailto:ana.diaz@acme.example\r\n" +
			"ATTENDEE:mailto:bo.lind@us.example\r\n" + strings.Join(lines, "\r\n") + "\r\nEND:VEVENT"
	}
	single := entry("DTSTART:20261102T090000Z", "DURATION:PT1H", "SUMMARY:a")
	series := entry("SEQUENCE:3", "DTSTART:20261102T090000Z", "DURATION:PT1H", "SUMMARY:a", "RRULE:FREQ=DAILY;COUNT=3")
	for name, c := range map[string]struct{ first, second, want string }{
		"ends of lines of old systems": {strings.ReplaceAll(calendar(single), "\r\n", "\r"), "", "Mon 02 Nov 10:00-11:00 a"},
		"blank lines":                  {strings.ReplaceAll(calendar(single), "\r\n", "\r\n\r\n"), "", "Mon 02 Nov 10:00-11:00 a"},
		"a line that is no property": {calendar(single, "garbage"), "",
			`Mon 02 Nov 10:00-11:00 a|"garbage" is no property and not read`},
		"a zone by its display name": {calendar("BEGIN:VTIMEZONE\r\nTZID:(UTC+01:00) Bern\\, Rome\r\nBEGIN:STANDARD\r\n"+
			"DTSTART:16010101T000000\r\nTZOFFSETFROM:+0100\r\nTZOFFSETTO:+0100\r\nEND:STANDARD\r\nEND:VTIMEZONE",
			entry(`DTSTART;TZID="(UTC+01:00) Bern, Rome":20261102T090000`, "DURATION:PT1H", "SUMMARY:a")), "",
			"Mon 02 Nov 09:00-10:00 a"},
		"an export stamps a change and its series alike": {calendar(series, entry("SEQUENCE:2",
			"RECURRENCE-ID:20261103T090000Z", "DTSTART:20261103T140000Z", "DURATION:PT1H", "SUMMARY:b")), "",
			"Mon 02 Nov 10:00-11:00 a|Tue 03 Nov 15:00-16:00 b|Wed 04 Nov 10:00-11:00 a"},
		"a cancellation without sequence and contents": {calendar(series), calendar("METHOD:CANCEL",
			strings.Replace(entry("SUMMARY:a"), "20261001T", "20261002T", 1)),
			"Mon 02 Nov 10:00-11:00 a, cancelled|Tue 03 Nov 10:00-11:00 a, cancelled|Wed 04 Nov 10:00-11:00 a, cancelled"},
		"a cancelled rest": {calendar(series), calendar("METHOD:CANCEL", entry("SEQUENCE:4",
			"RECURRENCE-ID;RANGE=THISANDFUTURE:20261103T090000Z")),
			"Mon 02 Nov 10:00-11:00 a|Tue 03 Nov 10:00-11:00 a, cancelled|Wed 04 Nov 10:00-11:00 a, cancelled"},
		"an added occurrence": {calendar(series), calendar("METHOD:ADD", entry("SEQUENCE:4", "DTSTART:20261109T090000Z",
			"DURATION:PT1H", "SUMMARY:b")), "Mon 02 Nov 10:00-11:00 a|Tue 03 Nov 10:00-11:00 a|" +
			"Wed 04 Nov 10:00-11:00 a|Mon 09 Nov 10:00-11:00 b"},
		"a meeting that was cancelled and asked for anew": {calendar("METHOD:CANCEL", entry("SEQUENCE:1",
			"DTSTART:20261102T090000Z", "SUMMARY:a")), calendar("METHOD:REQUEST", strings.Replace(entry("SEQUENCE:2",
			"DTSTART:20261103T090000Z", "DURATION:PT1H", "SUMMARY:a"), "20261001T", "20261002T", 1)),
			"Tue 03 Nov 10:00-11:00 a"},
		"one occurrence of a series that nobody sent": {calendar(entry("RECURRENCE-ID:20261102T090000Z",
			"DTSTART:20261102T100000Z", "DURATION:PT1H", "SUMMARY:a")), "", "Mon 02 Nov 11:00-12:00 a"},
		"a month without its thirty-first": {calendar(entry("DTSTART:20261031T090000Z", "DURATION:PT1H", "SUMMARY:a",
			"RRULE:FREQ=MONTHLY;COUNT=2")), "", "Sat 31 Oct 10:00-11:00 a|Thu 31 Dec 10:00-11:00 a"},
	} {
		files := map[string]string{"1.ics": c.first}
		if c.second != "" {
			files["2.ics"] = c.second
		}
		if got := strings.Join(agenda(box(t, files)), "|"); got != c.want {
			t.Errorf("%s:\n%s\nwant\n%s", name, got, c.want)
		}
	}
}
