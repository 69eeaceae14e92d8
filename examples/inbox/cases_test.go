package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/coselling/coselling/comms"
)

// caseBox reads files of testdata/cases, which are made after files of the world, beside the people of the sample.
func caseBox(t *testing.T, patterns ...string) *inbox {
	t.Helper()
	files := map[string]string{}
	for _, pattern := range patterns {
		names, err := filepath.Glob(filepath.Join("testdata", "cases", pattern))
		if err != nil || len(names) == 0 {
			t.Fatal(pattern, err)
		}
		for _, name := range names {
			data, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			files[filepath.Base(name)] = string(data)
		}
	}
	return box(t, files)
}

// agenda lists the meetings, in the zone of the account, and what was left out.
func agenda(p *inbox) []string {
	var list []string
	gone := map[string]bool{}
	for _, l := range p.log {
		if l.activity.Kind == comms.Cancellation {
			gone[l.activity.About[0]] = true
		}
	}
	for _, l := range p.log {
		if a := l.activity; a.Kind == comms.Meeting {
			line := a.At.In(p.deal.Zone).Format("Mon 02 Jan 15:04") + "-" + a.End.In(p.deal.Zone).Format("15:04 ") + a.Subject
			if gone[a.ID] {
				line += ", cancelled"
			}
			list = append(list, line)
		}
	}
	for _, l := range p.problems {
		list = append(list, l.err.Error())
	}
	return list
}

func TestCalendarsOfTheWorld(t *testing.T) {
	for name, c := range map[string]struct {
		files []string
		want  string
	}{
		"M1: a weekly series over the autumn change": {[]string{"m1-*.ics"}, `
Mon 12 Oct 10:00-10:15 Sync
Mon 19 Oct 10:00-10:15 Sync
Mon 26 Oct 10:00-10:15 Sync
Mon 09 Nov 10:00-10:15 Sync, cancelled
Mon 16 Nov 10:00-10:15 Sync
Mon 23 Nov 10:00-10:15 Sync
Mon 30 Nov 10:00-10:15 Sync
Thu 29 Oct 14:00-14:30 New York
Thu 12 Nov 15:00-15:30 New York`},
		"M2: a reply and a counter change nothing": {[]string{"m2-1-*.ics", "m2-2-*.ics", "m2-3-*.ics"}, `
Wed 04 Nov 14:00-15:00 Demo
Thu 05 Nov 14:00-15:00 Demo
Fri 06 Nov 14:00-15:00 Demo`},
		"M2: a cancelled series with a moved occurrence": {[]string{"m2-?-*.ics"}, `
Wed 04 Nov 14:00-15:00 Demo, cancelled
Thu 05 Nov 16:00-17:00 Demo, cancelled
Fri 06 Nov 14:00-15:00 Demo, cancelled`},
		"M2: a series moved over an old change": {[]string{"m2-series-moved.ics"}, `
Wed 04 Nov 11:00-12:00 Review
Wed 11 Nov 11:00-12:00 Review
Wed 18 Nov 11:00-12:00 Review`},
		"M3: durations, added and excluded days, ranges, rules, two calendars": {[]string{"m3-*.ics"}, `
Sat 24 Oct 10:00-10:30 Workshop over the autumn change
Mon 02 Nov 09:00-09:30 Added
Tue 03 Nov 09:00-09:30 Added
Thu 05 Nov 11:00-11:30 Added
Mon 02 Nov 15:00-16:00 Without a day
Thu 05 Nov 15:00-16:00 Without a day
Mon 02 Nov 12:00-13:00 Noon
Mon 09 Nov 12:00-13:00 Noon
Tue 17 Nov 12:30-12:45 Half past noon
Tue 24 Nov 12:30-12:45 Half past noon
Fri 30 Oct 10:00-11:00 Last working day
Mon 30 Nov 10:00-11:00 Last working day
Thu 31 Dec 10:00-11:00 Last working day
Sun 15 Nov 10:00-11:00 The fifteenth and the last
Mon 30 Nov 10:00-11:00 The fifteenth and the last
Tue 15 Dec 10:00-11:00 The fifteenth and the last
Wed 25 Nov 10:00-11:00 Anniversary
"Fair".dtstart: "20261106" is a whole day; an entry without an hour is no meeting
"Periods".rdate: "20261106T090000Z/PT1H" is no date with a time; write it like 20261102T090000Z
"Odd weeks": "FREQ=YEARLY;BYWEEKNO=45" has a part that is not read: "BYWEEKNO"`},
		"M4: zones of Windows, of the file, behind a vendor and of nobody": {[]string{"m4-*.ics"}, `
Mon 02 Nov 09:00-09:30 Windows
Mon 02 Nov 15:00-15:30 Windows, quoted
Mon 19 Oct 09:00-09:30 Private, over the change
Mon 26 Oct 09:00-09:30 Private, over the change
Mon 02 Nov 04:30-05:00 Private, half an hour
Mon 02 Nov 10:00-10:30 Behind a vendor
"Nowhere".dtstart: "Nowhere" is no time zone of the IANA list or of Windows, and the calendar does not describe it
"Nowhere".dtend: "Nowhere" is no time zone of the IANA list or of Windows, and the calendar does not describe it`},
		"M5: an error for one event": {[]string{"m5-*.ics"}, `
Mon 02 Nov 10:00-10:30 Good
"Bad": "FREQ=MONTHLY;BYDAY=53MO" names a weekday that no such period has: "+53MO"`},
	} {
		if got := "\n" + strings.Join(agenda(caseBox(t, c.files...)), "\n"); got != c.want {
			t.Errorf("%s: got%s\nwant%s", name, got, c.want)
		}
	}
}

// A reply changes no guest list (M2).
func TestAReplyChangesNoGuestList(t *testing.T) {
	for _, l := range caseBox(t, "m2-1-*.ics", "m2-2-*.ics").log {
		if !slices.Equal(l.activity.To, []string{"bo.lind@us.example"}) {
			t.Errorf("the guests are %q", l.activity.To)
		}
	}
}

// letters lists the mails: their instants, kinds, people and the prices that they state, and what was left out.
func letters(p *inbox) []string {
	var list []string
	for _, l := range p.log {
		a := l.activity
		line := fmt.Sprintf("%s %s from %s to %s", a.At.UTC().Format("02 Jan 15:04"), a.Kind, a.From, strings.Join(a.To, " "))
		if a.Automatic {
			line += ", automatic"
		}
		if a.Kind == comms.Quote {
			line = "quote of " + a.Offer.Price.String()
		}
		list = append(list, strings.TrimSpace(strings.NewReplacer("ana.diaz@acme.example", "ana", "bo.lind@us.example", "bo",
			"dana.cole@calder-rail.example", "dana").Replace(line)))
	}
	for _, l := range p.problems {
		list = append(list, l.err.Error())
	}
	return list
}

func TestMailsOfTheWorld(t *testing.T) {
	for name, c := range map[string]struct{ file, want string }{
		"M6: a zone by name": {"m6-*.eml", `
03 Nov 14:00 mail from ana to dana bo
date: "Tue, 3 Nov 2026 09:00:00 IST" is no date of a mail with its distance from UTC, like Tue, 20 Oct 2026 09:02:11 +0200`},
		"M7: mails of programs": {"m7-*.eml", `
03 Nov 09:00 mail from ana to dana, automatic
03 Nov 09:00 mail from bo to ana, automatic
03 Nov 09:00 mail from mailer-daemon@acme.example to ana, automatic`},
		"M8: a list that rewrote its authors": {"m8-list*.eml", `
03 Nov 09:00 mail from ana to depots@lists.us.example dana
from: "\"Depots\" <depots@us.example>" is a list, which does not say who wrote the mail`},
		"M9: the words of the author alone": {"m9-*.eml", `
03 Nov 09:00 mail from ana to dana bo
quote of 96000.00 EUR
03 Nov 09:00 mail from ana to dana bo
quote of 96000.00 EUR
03 Nov 09:00 mail from ana to dana bo
03 Nov 09:00 mail from ana to dana bo
quote of 96000.00 EUR
03 Nov 09:00 mail from ana to dana bo
quote of 96000.00 EUR`},
		"M11: plain addresses with malformed names": {"m11-*.eml", `
03 Nov 09:00 mail from ana to dana bo
03 Nov 09:00 mail from ana to bo dana
03 Nov 09:00 mail from ana to bo dana`},
	} {
		if got := "\n" + strings.Join(letters(caseBox(t, c.file)), "\n"); got != c.want {
			t.Errorf("%s: got%s\nwant%s", name, got, c.want)
		}
	}
}

// found lists the rules that an inbox broke.
func found(t *testing.T, p *inbox) []string {
	t.Helper()
	report, err := p.report()
	if err != nil {
		t.Fatal(err)
	}
	var list []string
	for _, f := range report.Findings {
		list = append(list, string(f.Reason.Code()))
	}
	return slices.Compact(list)
}

// M8: a stranger's mail is nobody's outreach. M10: mails without references are one thread by their subject, so that
// the partner has one stream of its own, not four.
func TestWhatMailsOfTheWorldBreak(t *testing.T) {
	if got := found(t, caseBox(t, "m8-stranger.eml")); slices.Contains(got, string(comms.SingleThread)) ||
		slices.Contains(got, string(comms.SeparateStream)) || slices.Contains(got, string(comms.Notify)) {
		t.Errorf("a stranger's mail breaks %q", got)
	}
	report, err := caseBox(t, "m10-offer.eml", "m10-?.eml").report()
	if err != nil {
		t.Fatal(err)
	}
	streams := 0
	for _, f := range report.Findings {
		if f.Reason.Code() == comms.SeparateStream {
			streams++
		}
	}
	if streams != 1 {
		t.Errorf("%d streams, want one", streams)
	}
}

// M13: a forward after half an hour, with or without references, is notice and mends the stream; so is an answer in the
// thread with the other side on it.
func TestAForwardMendsWhatItsMailBroke(t *testing.T) {
	for _, second := range []string{"m13-forward.eml", "m13-forward-without-references.eml", "m13-answer.eml"} {
		report, err := caseBox(t, "m13-mail.eml", second).report()
		if err != nil {
			t.Fatal(err)
		}
		mended := 0
		for _, f := range report.Findings {
			switch f.Reason.Code() {
			case comms.SingleThread, comms.SeparateStream:
				if f.Until.IsZero() {
					t.Errorf("%s: %s stays", second, f.Reason)
				}
				mended++
			case comms.Notify:
				t.Errorf("%s: %s", second, f.Reason)
			}
		}
		if mended == 0 {
			t.Errorf("%s: the mail broke nothing", second)
		}
	}
}

// M10: an answer without references answers the question whose subject stands behind its mark.
func TestAnAnswerWithoutReferencesAnswers(t *testing.T) {
	p := caseBox(t, "m10-question.eml", "m10-answer.eml")
	if got := p.log[len(p.log)-1].activity; got.Kind != comms.Answer || !slices.Equal(got.About, []string{"m10q@x"}) {
		t.Errorf("it is a %v about %q", got.Kind, got.About)
	}
}

// The files mean the same on a host in any zone (M6).
func TestTheHostsZoneChangesNothing(t *testing.T) {
	local := time.Local
	defer func() { time.Local = local }()
	var want []string
	for _, name := range []string{"UTC", "America/New_York", "Asia/Kolkata"} {
		zone, err := time.LoadLocation(name)
		if err != nil {
			t.Fatal(err)
		}
		time.Local = zone
		p := caseBox(t, "*.eml", "*.ics")
		got := slices.Concat(letters(p), agenda(p), []string{output(t)})
		if want == nil {
			want = got
		}
		if !slices.Equal(got, want) {
			t.Errorf("another answer in %s", name)
		}
	}
}
