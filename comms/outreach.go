package comms

import (
	"strings"
	"time"

	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// takeMail lays out a mail: its thread, and for mails with the prospect what the
// other side knows of them.
func (k *known) takeMail(e *entry) {
	t := k.link(e)
	if !e.prospect || !k.judged(e) {
		return
	}
	k.takeContact(e)
	if !e.outbound() {
		return
	}
	if !e.leads[model.Partner] || !e.leads[model.Vendor] {
		k.queue(&lone{entry: e})
	}
	d := k.day(e)
	d.mails = insert(d.mails, sent{e, t}, func(a, b sent) int { return byStart(a.entry, b.entry) })
	t.send(e, d)
	k.queue(t)
	k.queue(d)
}

// lone is an outbound mail that lacks a lead rep.
type lone struct {
	record
	entry *entry
}

// judge checks comm.single_thread.
func (l *lone) judge(k *known) verdict {
	var v verdict
	e := l.entry
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
	f := finding(e.Side, e.At, time.Time{}, []string{e.ID}, SingleThread,
		"the {side}'s mail {subject} to the prospect went without {missing} on it",
		value.Op("side", e.Side.String()), value.Op("subject", e.title()), value.Op("missing", strings.Join(who, " and ")))
	f.missing = missing
	v.find(f)
	return v
}

// sent is an outbound mail of a day.
type sent struct {
	entry  *entry
	thread *thread // root finds the one that counts
}

// day is the outbound mails of one day in the account's zone.
type day struct {
	record
	date  value.Date
	mails []sent
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
func (d *day) judge(*known) verdict {
	var v verdict
	// The first mail of each side, and the first of it outside of that one's thread.
	var first, second [model.Vendor + 1]*sent
	for i := range d.mails {
		m := &d.mails[i]
		side, other := m.entry.Side, m.entry.Side.Other()
		for _, before := range [...]*sent{first[other], second[other]} {
			if before != nil && before.thread.root() != m.thread.root() {
				v.find(d.clash(before.entry, m.entry))
				return v
			}
		}
		if first[side] == nil {
			first[side] = m
		} else if second[side] == nil && first[side].thread.root() != m.thread.root() {
			second[side] = m
		}
	}
	return v
}

func (d *day) clash(a, b *entry) Finding {
	return finding(0, b.At, time.Time{}, []string{a.ID, b.ID}, DuplicateOutreach,
		"on {day} the {first} wrote to the prospect, {subject}, and the {second} wrote apart from it, {subject2}",
		value.Op("day", d.date), value.Op("first", a.Side.String()), value.Op("second", b.Side.String()),
		value.Op("subject", a.title()), value.Op("subject2", b.title()))
}
