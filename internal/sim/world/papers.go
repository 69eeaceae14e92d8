package world

import (
	"slices"
	"strings"
	"time"

	"github.com/coselling/coselling/assess"
	"github.com/coselling/coselling/comms"
	"github.com/coselling/coselling/render"
	"github.com/coselling/coselling/stage"
	"github.com/coselling/coselling/value"
)

// calendar checks that the calendar of a deal has each open task that is due, from its first day to the due day, whose
// end is the day after it (RFC 5545).
func (l *life) calendar(v *assess.View) {
	var want []string
	for _, item := range v.Schedule.Items {
		if item.State != stage.Open || item.Due.IsZero() || item.Start.IsZero() {
			continue
		}
		last := item.Due
		if last.Before(item.Start) {
			last = item.Start
		}
		after, _ := time.Parse(time.DateOnly, last.String()) // a date is written like this
		want = append(want, strings.ReplaceAll(item.Start.String(), "-", "")+" "+
			after.AddDate(0, 0, 1).Format("20060102")+" "+string(item.Task.ID))
	}
	var got []string
	text := strings.ReplaceAll(render.ICalendar(l.Now, *v), "\r\n ", "")
	for _, event := range strings.Split(text, "BEGIN:VEVENT\r\n")[1:] {
		member := func(name string) string {
			_, rest, _ := strings.Cut("\r\n"+event, "\r\n"+name+":")
			line, _, _ := strings.Cut(rest, "\r\n")
			return line
		}
		id, _, _ := strings.Cut(member("UID"), "."+l.ID()+"@")
		got = append(got, member("DTSTART;VALUE=DATE")+" "+member("DTEND;VALUE=DATE")+" "+id)
	}
	if !slices.Equal(got, want) {
		l.wrong("the calendar of %s has %q, want %q", l.ID(), got, want)
	}
}

// lastDays checks that what is due by an instant is due on the last day before it in the zone of the policy: a term
// that ends at 24:00 is that of the day that ends (next.remedy).
func (l *life) lastDays(v *assess.View) {
	for i := range v.Next {
		a := &v.Next[i]
		switch a.Code {
		case stage.GateModelSet, comms.SingleThread, comms.OnePrice: // whose instant is that of a contact
			continue
		}
		if a.At.IsZero() {
			continue
		}
		year, month, day := a.At.Add(-time.Nanosecond).In(l.laws.zone).Date()
		if want, _ := value.NewDate(year, month, day); a.Due != want {
			l.wrong("next.remedy: %q is due until %v, on %s, want %s", a.Text(), a.At, a.Due, want)
		}
	}
}
