package value

import "time"

// Workplace is where people work: the time zone in which their days begin and end,
// and the calendar of their business days. A policy is a document and holds neither,
// so a host gives both to compiled rules: rules.In(workplace) are the same rules
// there. The zero value is UTC and Monday to Friday.
type Workplace struct {
	Zone     *time.Location // nil is UTC
	Calendar *Calendar      // nil counts Monday to Friday, and moves no due date of a playbook; see [Calendar]
}

// Clone returns a copy of w whose calendar is its own: rules that keep it stay as they
// are when the caller's calendar is overwritten.
func (w Workplace) Clone() Workplace {
	if w.Calendar != nil {
		w.Calendar = new(*w.Calendar)
	}
	return w
}

// Deadline returns the instant at which n business days from start end: 24:00 there
// of the n-th business day after start's date there, in UTC. The instant itself is no
// longer in time. A day that the zone's clocks skipped counts like any other unless it
// is a holiday. Errors: those of [DateOf] and [Calendar.AddBusinessDays].
func (w Workplace) Deadline(start time.Time, n int) (time.Time, error) {
	d, err := DateOf(start, w.Zone)
	if err != nil {
		return time.Time{}, err
	}
	var c Calendar
	if w.Calendar != nil {
		c = *w.Calendar
	}
	last, err := c.AddBusinessDays(d, n)
	if err != nil {
		return time.Time{}, err
	}
	return last.End(w.Zone), nil
}
