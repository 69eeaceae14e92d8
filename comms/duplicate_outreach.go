package comms

import (
	"time"

	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// day is the outbound mails of one day in the account's zone.
type day struct {
	record
	date  value.Date
	mails []*entry // by instant
}

func (k *known) day(e *entry) *day {
	zone := k.deal.Zone
	if zone == nil {
		zone = k.rules.workplace.Zone
	}
	date, err := value.DateOf(e.At, zone)
	if err != nil {
		date = value.Date{} // the years of an activity are bounded, so there is a date
	}
	d := k.days[date]
	if d == nil {
		d = &day{date: date}
		k.days[date] = d
	}
	return d
}

// judge checks comm.no_duplicate_outreach: it names the first mail of the day that
// has an earlier one of the other side in another thread, and the first such one.
func (d *day) judge(_ *known, v *verdict) {
	// The first mail of each side, and the first of it outside of that one's thread.
	var first, second [model.Vendor + 1]*entry
	for _, e := range d.mails {
		side, other := e.Side, e.Side.Other()
		for _, before := range [...]*entry{first[other], second[other]} {
			if before != nil && before.thread.root() != e.thread.root() {
				d.clash(v, before, e)
				return
			}
		}
		if first[side] == nil {
			first[side] = e
		} else if second[side] == nil && first[side].thread.root() != e.thread.root() {
			second[side] = e
		}
	}
}

func (d *day) clash(v *verdict, a, b *entry) {
	v.find(0, b.At, time.Time{}, []string{a.ID, b.ID}, DuplicateOutreach,
		"on {day} the {first} wrote to the prospect, {subject}, and the {second} wrote apart from it, {subject2}",
		value.Op("day", d.date), value.Op("first", a.Side.String()), value.Op("second", b.Side.String()),
		value.Op("subject", a.title()), value.Op("subject2", b.title()))
}
