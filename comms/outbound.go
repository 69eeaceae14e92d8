package comms

import (
	"strings"
	"time"

	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// singleThread checks comm.single_thread: both lead reps are on every outbound mail.
func (k *known) singleThread(v *verdict, e *entry) {
	if !e.outbound() {
		return
	}
	var missing, who []string
	for _, side := range [...]model.Side{model.Partner, model.Vendor} {
		if e.leads[side] {
			continue
		}
		if lead := k.who.lead(side, e.At); lead != nil {
			missing = append(missing, lead.Name)
			who = append(who, "the "+side.String()+"'s lead rep "+value.Quote(lead.Name))
		} else {
			missing = append(missing, side.String())
			who = append(who, "a rep of the "+side.String()+", which has none,")
		}
	}
	if missing == nil {
		return
	}
	v.find(e.Side, e.At, k.reached(e), []string{e.ID}, SingleThread,
		"the {side}'s mail {subject} to the prospect went without {missing} on it",
		value.Op("side", e.Side.String()), value.Op("subject", e.title()),
		value.Op("missing", strings.Join(who, " and "))).missing = missing
}

// reached returns when later mails of its thread, such as a forward, had reached every lead rep who missed a mail;
// zero: not yet.
func (k *known) reached(e *entry) (until time.Time) {
	t := e.thread.root()
	for _, side := range [...]model.Side{model.Partner, model.Vendor} {
		if e.leads[side] {
			continue
		}
		m := t.missed.led.after(side, e)
		if m == nil {
			return time.Time{}
		}
		if m.At.After(until) {
			until = m.At
		}
	}
	return until
}

// day holds the outbound mails of one day in the account's zone.
type day struct {
	record
	date  value.Date
	mails []*entry // by instant
}

// zone returns the account's zone.
func (k *known) zone() *time.Location {
	if k.deal.Zone != nil {
		return k.deal.Zone
	}
	return k.rules.workplace.Zone
}

func (k *known) day(e *entry) *day {
	date, err := value.DateOf(e.At, k.zone())
	if err != nil {
		date = value.Date{} // never: the years of an activity are bounded
	}
	d := k.days[date]
	if d == nil {
		d = &day{date: date}
		k.days[date] = d
	}
	return d
}

// judge checks comm.no_duplicate_outreach: it finds the day's first mail after another party's in another
// thread.
func (d *day) judge(k *known, v *verdict) {
	// the first mail of each author, and its first mail in another thread than that one
	var few [model.Vendor + 1][2]*entry
	seen := few[:]
	if k.deal.Others != nil {
		seen = make([][2]*entry, len(few)+len(k.deal.Others))
	}
	for _, e := range d.mails {
		own := e.author()
		for other := range seen {
			for _, before := range seen[other] {
				if other != own && before != nil && before.thread.root() != e.thread.root() {
					d.clash(v, before, e, k.deal.Others)
					return
				}
			}
		}
		if mine := &seen[own]; mine[0] == nil {
			mine[0] = e
		} else if mine[1] == nil && mine[0].thread.root() != e.thread.root() {
			mine[1] = e
		}
	}
}

func (d *day) clash(v *verdict, a, b *entry, others []model.Participant) {
	v.find(0, b.At, time.Time{}, []string{a.ID, b.ID}, DuplicateOutreach,
		"on {day} the {first} wrote to the prospect, {subject}, and the {second} wrote separately, {subject2}",
		value.Op("day", d.date), value.Op("first", a.by(others)), value.Op("second", b.by(others)),
		value.Op("subject", a.title()), value.Op("subject2", b.title()))
}
