package main

import (
	"encoding/base64"
	"fmt"
	"io"
	"runtime"
	"strings"
	"testing"
	"time"
)

// bombs are files that could cost more than they should, by name.
func bombs() map[string]string {
	events := func(n int, lines ...string) string {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, "BEGIN:VEVENT\r\nUID:%d\r\nDTSTAMP:20261020T090000Z\r\nORGANIZER:mailto:ana.diaz@acme.example\r\n"+
				"ATTENDEE:mailto:dana@calder-rail.example\r\n%s\r\nEND:VEVENT\r\n", i, strings.Join(lines, "\r\n"))
		}
		return b.String()
	}
	many := strings.Repeat("20261102T090000Z,", 1900)
	zone := "BEGIN:VTIMEZONE\r\nTZID:%d\r\nBEGIN:STANDARD\r\nDTSTART:16010101T000000\r\nTZOFFSETFROM:+0100\r\n" +
		"TZOFFSETTO:+0200\r\nRRULE:FREQ=DAILY\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n"
	var zones strings.Builder
	for i := range 5000 {
		fmt.Fprintf(&zones, zone, i)
	}
	var changes strings.Builder
	for i := range 19_000 {
		at := time.Date(2026, time.September, 1, 0, i, 0, 0, time.UTC).Format("20060102T150405Z")
		fmt.Fprintf(&changes, "BEGIN:VEVENT\r\nUID:0\r\nSEQUENCE:1\r\nDTSTART:%s\r\nRECURRENCE-ID;RANGE=THISANDFUTURE:%s\r\nEND:VEVENT\r\n", at, at)
	}
	words := strings.Repeat("Quote: 1 x Suite, 12 months: 1.00 EUR\nOn 3 May Bo wrote to us:\n", 24<<20/64)
	return map[string]string{
		"daily.ics":    calendar(events(400, "DTSTART:20260901T090000Z", "RRULE:FREQ=DAILY;COUNT=1000")),
		"never.ics":    calendar(events(300, "DTSTART:19000101T090000Z", "RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30")),
		"count.ics":    calendar(events(300, "DTSTART:00010101T090000Z", "RRULE:FREQ=DAILY;COUNT=100000")),
		"entries.ics":  calendar(events(19_000, "DTSTART:20261102T090000Z")),
		"excluded.ics": calendar(events(1, "DTSTART:20260901T090000Z", "RRULE:FREQ=DAILY", strings.Repeat("EXDATE:"+many+"20261102T090000Z\r\n", 120))),
		"lines.ics":    calendar(strings.Repeat("x\n", 1<<20)),
		"broken.ics":   calendar(events(1, strings.Repeat("RDATE:"+strings.Repeat("x,", 10_000)+"\r\n", 190))),
		"entries2.ics": calendar(strings.Repeat("BEGIN:VEVENT\r\nDTSTART:x\r\nDTEND:x\r\nDURATION:x\r\nEND:VEVENT\r\n", 15_000)),
		"added.ics":    calendar(events(100, "DTSTART:20260901T090000Z", "RDATE:"+many+"20261102T090000Z")),
		"zones.ics":    calendar(zones.String()),
		"changes.ics":  calendar(events(1, "DTSTART:20260901T090000Z", "RRULE:FREQ=DAILY"), changes.String()),
		"words.eml":    goodMail + "\r\n" + words,
		"line.eml":     goodMail + "\r\n" + strings.Repeat("x", 24<<20),
		"file.eml": goodMail + "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nSee the file.\r\n" +
			"--b\r\nContent-Type: application/pdf\r\nContent-Transfer-Encoding: base64\r\n\r\n" +
			strings.Repeat(base64.StdEncoding.EncodeToString(make([]byte, 57))+"\r\n", 24<<20/78) + "--b--\r\n",
		"page.eml": goodMail + "Content-Type: text/html\r\n\r\n" + strings.Repeat("<blockquote><p>x &nbsp; y", 24<<20/25),
		"head.eml": strings.Repeat("X-A: b\r\n", 24<<20/8) + goodMail + "\r\n",
		"to.eml":   goodMail + "Cc: " + strings.Repeat("a, ", 300_000) + "\r\n\r\n",
	}
}

// One file costs at most a second, and a calendar at most 64 MB that stay; the good file beside it is read (M5).
func TestBombsAreBounded(t *testing.T) {
	good := strings.Replace(goodMail, "a@x", "good@x", 1) + "\r\n"
	for name, text := range bombs() {
		var before, after runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&before)
		start := time.Now()
		p := box(t, map[string]string{name: text, "good.eml": good})
		if err := p.print(io.Discard); err != nil {
			t.Error(name, err)
		}
		took := time.Since(start)
		runtime.GC()
		runtime.ReadMemStats(&after)
		kept := (int64(after.HeapAlloc) - int64(before.HeapAlloc)) >> 20
		t.Logf("%-13s %3d MB: %5d ms, %3d MB allocated, %3d MB kept, %d activities, %d left out", name, len(text)>>20,
			took.Milliseconds(), (after.TotalAlloc-before.TotalAlloc)>>20, kept, len(p.log), len(p.problems))
		if took > 2*time.Minute { // on a busy machine, with the race detector
			t.Errorf("%s took %v", name, took)
		}
		if strings.HasSuffix(name, ".ics") && (kept > 64 || len(p.log) > 6_000) {
			t.Errorf("%s keeps %d MB and %d activities", name, kept, len(p.log))
		}
		if len(p.log) == 0 || len(p.mails) == 0 {
			t.Errorf("%s costs the good mail", name)
		}
		runtime.KeepAlive(p)
	}
}
