package world

import (
	"fmt"
	"slices"
	"time"

	"github.com/coselling/coselling/assess"
	"github.com/coselling/coselling/book"
	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/comp/timeline"
	"github.com/coselling/coselling/escalation"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/registration"
	"github.com/coselling/coselling/registration/domains"
	"github.com/coselling/coselling/value"
)

// laws hold the book of a quarter, and the rules compiled of it.
type laws struct {
	book    book.Book
	rules   *assess.Rules
	claims  *registration.Rules
	history timeline.History // of compensation
	zone    *time.Location   // of the book
}

var (
	us       = model.VendorOrg("us")
	partners = []model.Party{model.PartnerOrg("acme"), model.PartnerOrg("bolt"), model.PartnerOrg("corp")}
	owners   = []string{"olga", "omar"} // of the channel
)

// zones are those of the book, one a world, and of accounts.
var zones = [...]string{"UTC", "America/New_York", "Asia/Kolkata", "Pacific/Auckland", "Europe/Berlin"}

// legislate puts the book of a new quarter into force. It differs from the one before in what it pays, how long a claim
// holds, and how fast people answer.
func (w *world) legislate() {
	r, old := w.rand, w.laws
	if old != nil {
		w.fault("a change of policy at the start of a quarter")
	}
	b := book.Default()
	b.Version = w.now.Format("from 2006-01-02")
	if b.From, _ = value.DateOf(w.now, time.UTC); old == nil {
		b.From = value.MustDate("2026-01-01")
	}
	b.Zone = zones[w.Seed%uint64(len(zones))]
	b.Registration.Vendor, b.Registration.ChannelOwners = us.Org, slices.Clone(owners)
	b.Registration.Protection = pick(r, 120, 120, 100, 150)
	b.Registration.Extensions = pick(r, 2, 1, 3)
	b.Registration.ApproveWithin = pick(r, 2, 3)
	b.Comp = b.Comp.Under(pick(r, comp.RoleBased, comp.Split, comp.Origination))
	b.Comp.Rounding = pick(r, value.HalfEven, value.HalfAwayFromZero, value.TowardZero)
	b.Comp.JointOrigin = pick(r, comp.EqualOrigin, comp.PartnerOrigin, comp.VendorOrigin)
	b.Comp.RoleBased.Contributions[comp.TechnicalValidation] = pick(r, value.MustPercent("30%"),
		value.MustPercent("33.333333%"))
	b.Comp.Origination.Influenced = pick(r, value.MustPercent("25%"), value.MustPercent("12.345678%"))
	zone, err := time.LoadLocation(b.Zone)
	if err != nil {
		w.wrong("the zone %s: %v", b.Zone, err)
		return
	}
	next := &laws{book: b, zone: zone}
	host := assess.Host{Zone: time.LoadLocation, Registrable: domains.Registrable}
	for _, p := range partners {
		host.Rosters = append(host.Rosters, rosterOf(p))
	}
	w.refuseHole(b, host)
	if next.rules, err = assess.Compile(b, host); err == nil {
		next.claims, err = registration.Compile(b.Registration, domains.Registrable)
	}
	if err == nil {
		next.claims = next.claims.In(value.Workplace{Zone: zone})
		next.history, err = w.historyWith(old, b)
	}
	if err != nil {
		w.wrong("the book of %s: %v", b.Version, err)
		return
	}
	w.laws = next
	w.openDesks()
	for _, l := range w.live {
		l.moveTo(next)
	}
}

// refuseHole checks that a roster with a hole is refused when it is loaded (esc.roster).
func (w *world) refuseHole(b book.Book, host assess.Host) {
	roster := rosterOf(partners[0])
	n := w.rand.IntN(len(roster.People))
	roster.People = slices.Delete(roster.People, n, n+1)
	host.Rosters = append(slices.Clone(host.Rosters[1:]), roster)
	w.fault("a hole in a roster")
	if _, err := assess.Compile(b, host); err == nil {
		w.wrong("esc.roster: a roster without its person %d is accepted", n)
	}
}

// historyWith adds the compensation of a book to the history; a version inside of a quarter is refused.
func (w *world) historyWith(old *laws, b book.Book) (timeline.History, error) {
	v := timeline.Version{ID: b.Version, From: b.From, Policy: b.Comp}
	if old == nil {
		return timeline.New(timeline.DefaultTerms(), v)
	}
	early := v
	early.From, _ = v.From.AddDays(1 + w.rand.IntN(80))
	d, err := old.history.Add(early, value.Date{})
	if refused := len(d.Refused) > 0 && d.NextLegal == quarterDay(early.From); err != nil || !refused {
		w.wrong("comp.quarter_lock: a version from %s: %v, next %s, %v", early.From, d.Refused, d.NextLegal, err)
	}
	d, err = old.history.Add(v, value.Date{})
	if err == nil && len(d.Refused) > 0 {
		err = fmt.Errorf("comp.quarter_lock: a version from %s is refused: %v", v.From, d.Refused)
	}
	return d.History, err
}

// quarterDay returns the first day of the quarter after a day.
func quarterDay(d value.Date) value.Date {
	next, _ := value.DateOf(quarterAfter(d.Start(time.UTC)), time.UTC)
	return next
}

// openDesks opens the registries of all stores under the laws in force.
func (w *world) openDesks() {
	w.desks = nil
	for _, s := range w.stores {
		desk, err := registration.Open(s, w.laws.claims)
		if err != nil {
			w.wrong("a registry: %v", err)
		}
		w.desks = append(w.desks, desk)
	}
}

// rosterOf has the people to call of a partnership.
func rosterOf(partner model.Party) (r escalation.Roster) {
	for _, party := range []model.Party{partner, us} {
		name := party.Org + " "
		r.People = append(r.People,
			escalation.Member{Name: name + "manager", Party: party,
				Functions: []escalation.Function{escalation.Manager}},
			escalation.Member{Name: name + "executive", Party: party,
				Functions: []escalation.Function{escalation.Executive}},
			escalation.Member{Name: name + "desk", Party: party,
				Functions: []escalation.Function{escalation.DealDesk, escalation.Legal}})
	}
	return r
}
