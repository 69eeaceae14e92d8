package main

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/coselling/coselling/comms"
	"github.com/coselling/coselling/value"
)

// box reads a folder of the sample's deal.json and some files.
func box(t testing.TB, files map[string]string) *inbox {
	t.Helper()
	facts, err := fs.ReadFile(sample, "sample/deal.json")
	if err != nil {
		t.Fatal(err)
	}
	folder := fstest.MapFS{"deal.json": {Data: facts}}
	for name, text := range files {
		folder[name] = &fstest.MapFile{Data: []byte(text)}
	}
	p, err := readInbox(folder, time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := p.report(); err != nil {
		t.Fatal(err)
	}
	return p
}

const goodMail = "Message-ID: <a@x>\r\nDate: Tue, 20 Oct 2026 09:02:11 +0200\r\nFrom: ana.diaz@acme.example\r\nTo: dana@calder-rail.example\r\nSubject: x\r\n"

func calendar(lines ...string) string {
	return "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n" + strings.Join(lines, "\r\n") + "\r\nEND:VCALENDAR\r\n"
}

func eventOf(lines ...string) string {
	return calendar("BEGIN:VEVENT\r\nUID:u\r\nDTSTAMP:20261020T090000Z\r\nORGANIZER:mailto:ana.diaz@acme.example\r\nATTENDEE:MAILTO:dana@calder-rail.example\r\n" +
		strings.Join(lines, "\r\n") + "\r\nEND:VEVENT")
}

// What cannot be read is left out with a code, and the rest stands.
func TestBadFilesAreLeftOut(t *testing.T) {
	var deep strings.Builder
	deep.WriteString(goodMail)
	for i := range 12 {
		fmt.Fprintf(&deep, "Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n", i, i)
	}
	wide := goodMail + "Content-Type: multipart/mixed; boundary=b\r\n\r\n" + strings.Repeat("--b\r\n\r\n\r\n", 300) +
		"--b--\r\n"
	guests := make([]string, 10_000)
	for i := range guests {
		guests[i] = fmt.Sprintf("x%d@else.example", i)
	}
	crowd := goodMail + "Cc: " + strings.Join(guests, ",\r\n ") + "\r\n"
	for _, c := range []struct {
		name, file, text string
		code             value.Code
	}{
		{"64 MB", "a.eml", goodMail + "\r\n" + strings.Repeat("x", 64<<20), "inbox.file.size"},
		{"a head of 2 MB", "a.eml", strings.Repeat("X-A: b\r\n", 300_000) + goodMail + "\r\n", "inbox.mail.format"},
		{"2 MB of words", "a.eml", goodMail + "\r\n" + strings.Repeat("x", 2<<20), "inbox.mail.text"},
		{"10,000 recipients", "a.eml", crowd + "\r\n", value.Code("comms.activity.size")},
		{"no mail", "a.eml", "\x00", "inbox.mail.format"},
		{"empty", "a.eml", "", "inbox.mail.format"},
		{"no date", "a.eml", strings.Replace(goodMail, "Date: Tue", "Date: Someday", 1) + "\r\n", "inbox.mail.date"},
		{"no addresses", "a.eml", strings.Replace(goodMail, "dana@calder-rail.example", "dana at calder", 1) + "\r\n",
			value.Code("comms.address.format")},
		{"no recipient", "a.eml", strings.Replace(goodMail, "To: dana@calder-rail.example\r\n", "", 1) + "\r\n",
			value.Code("comms.activity.people")},
		{"strangers", "a.eml", strings.NewReplacer("acme.example", "a.example", "calder-rail", "b").Replace(goodMail) +
			"\r\n", "inbox.mail.people"},
		{"parts in parts", "a.eml", deep.String(), "inbox.mail.parts"},
		{"many parts", "a.eml", wide, "inbox.mail.parts"},
		{"a quote of no currency", "a.eml", goodMail + "\r\nQuote: 1 x Suite, 12 months: 1.00 XXY\r\n", "inbox.quote.format"},
		{"a bad calendar in a mail", "a.eml", goodMail + "Content-Type: text/calendar\r\n\r\nBEGIN:X\r\n",
			"inbox.calendar.format"},
		{"large calendar", "a.ics", strings.Repeat(" ", 5<<20), "inbox.file.size"},
		{"no calendar", "a.ics", "hello", "inbox.calendar.format"},
		{"deep calendar", "a.ics", calendar(strings.Repeat("BEGIN:VEVENT\r\n", 10)), "inbox.calendar.format"},
		{"long line", "a.ics", calendar("X-LONG:" + strings.Repeat("x", 40_000)), "inbox.calendar.format"},
		{"long folded line", "a.ics", calendar("X-LONG:" + strings.Repeat("\r\n "+strings.Repeat("x", 70), 600)),
			"inbox.calendar.format"},
		{"a second rule", "a.ics", eventOf("DTSTART:20261102T090000Z", "RRULE:FREQ=DAILY", "RRULE:FREQ=WEEKLY"),
			"inbox.calendar.rule"},
		{"an exclusion by rule", "a.ics", eventOf("DTSTART:20261102T090000Z", "RRULE:FREQ=DAILY", "EXRULE:FREQ=WEEKLY"),
			"inbox.calendar.rule"},
		{"cut off", "a.ics", strings.TrimSuffix(eventOf("DTSTART:20261102T090000Z"), "END:VCALENDAR\r\n"),
			"inbox.calendar.format"},
		{"a line that is no property", "a.ics", eventOf("DTSTART:20261102T090000Z", "garbage"), "inbox.calendar.format"},
		{"words after the end", "a.ics", eventOf("DTSTART:20261102T090000Z") + "hello", "inbox.calendar.format"},
		{"no duration", "a.ics", eventOf("DTSTART:20261102T090000Z", "DURATION:-PT5M"), "inbox.calendar.time"},
		{"a zone without a distance", "a.ics", calendar("BEGIN:VTIMEZONE\r\nTZID:x\r\nEND:VTIMEZONE"),
			"inbox.calendar.zone"},
		{"a zone of no distance", "a.ics", calendar("BEGIN:VTIMEZONE\r\nTZID:x\r\nBEGIN:STANDARD\r\n" +
			"DTSTART:19700101T000000\r\nTZOFFSETFROM:1\r\nEND:STANDARD\r\nEND:VTIMEZONE"), "inbox.calendar.zone"},
		{"no start", "a.ics", eventOf("SUMMARY:x"), value.Code("fact.instant")},
		{"a whole day", "a.ics", eventOf("DTSTART;VALUE=DATE:20261102"), "inbox.calendar.time"},
		{"a zone of this machine", "a.ics", eventOf("DTSTART;TZID=Local:20261102T090000"), "inbox.calendar.zone"},
		{"a file of this machine", "a.ics", eventOf("DTSTART;TZID=localtime:20261102T090000"), "inbox.calendar.zone"},
		{"ends before it starts", "a.ics", eventOf("DTSTART:20261102T090000Z", "DTEND:20261102T080000Z"),
			value.Code("comms.activity.end")},
		{"nobody of ours", "a.ics", strings.Replace(eventOf("DTSTART:20261102T090000Z"), "acme.example", "else.example",
			1), "inbox.calendar.people"},
		{"every second", "a.ics", eventOf("DTSTART:20261102T090000Z", "RRULE:FREQ=SECONDLY"), "inbox.calendar.rule"},
		{"never", "a.ics", eventOf("DTSTART:20261102T090000Z", "RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30"),
			"inbox.calendar.rule"},
		{"no rule", "a.ics", eventOf("DTSTART:20261102T090000Z", "RRULE:FREQ=DAILY;COUNT=x"), "inbox.calendar.rule"},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := box(t, map[string]string{c.file: c.text, "good.eml": strings.Replace(goodMail, "a@x", "good@x", 1) +
				"\r\n"})
			if len(p.problems) == 0 || !errors.Is(p.problems[0].err, c.code) || p.problems[0].file != c.file {
				t.Errorf("%v", p.problems)
			}
			if len(p.log) == 0 || len(p.problems) > 2 {
				t.Errorf("%d activities, problems %v", len(p.log), p.problems)
			}
		})
	}
}

// One id with two contents: the first one stands, the second is left out.
func TestAMessageIDWithTwoContentsIsRefused(t *testing.T) {
	p := box(t, map[string]string{"1.eml": goodMail + "\r\n", "2.eml": strings.Replace(goodMail, "Subject: x",
		"Subject: y", 1) + "\r\n", "3.eml": goodMail + "\r\nanother body\r\n"})
	if len(p.problems) != 1 || p.problems[0].file != "2.eml" ||
		!errors.Is(p.problems[0].err, comms.ActivityContradicts) {
		t.Errorf("%v", p.problems)
	}
}
