// Package commstest judges logs of activities naively, for each rule by looking at the whole log again, and draws logs
// in
// which every rule is broken.
package commstest

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/coselling/coselling/comms"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// oracle answers like Judge, naively: for each rule it looks at the whole log again.
// It shares no code with the package.
type oracle struct {
	deal  comms.Facts
	zone  *time.Location // the policy's
	now   time.Time
	ended bool
	all   []comms.Activity // in the order of happening, then of ids
	found []string
	asked []string
}

// Ask returns the findings and duties, as texts in order.
func Ask(deal comms.Facts, zone *time.Location, log []comms.Activity, asOf time.Time) (found, asked []string) {
	deal.Holds = slices.DeleteFunc(slices.Clone(deal.Holds), func(h value.Pause) bool { return h.From.Equal(h.Until) })
	o := &oracle{deal: deal, zone: zone, now: asOf, all: slices.Clone(log)}
	o.all = slices.DeleteFunc(o.all, func(a comms.Activity) bool { return a.Automatic })
	if !deal.Ended.IsZero() && !asOf.Before(deal.Ended) {
		o.now, o.ended = deal.Ended, true
	}
	slices.SortFunc(o.all, func(a, b comms.Activity) int {
		if c := a.At.Compare(b.At); c != 0 {
			return c
		}
		return strings.Compare(a.ID, b.ID)
	})
	o.mails()
	o.duplicates()
	o.interactions()
	o.notesAndQuestions()
	o.quotes()
	o.message()
	o.meetings()
	o.syncs()
	if o.ended {
		o.asked = nil
	}
	slices.Sort(o.found)
	slices.Sort(o.asked)
	return o.found, o.asked
}

func text(code value.Code, side model.Side, at, until time.Time, evidence, missing []string) string {
	return fmt.Sprintf("%s %q %d %d %q %q", code, side, at.UnixNano(), until.UnixNano(), evidence, missing)
}

func (o *oracle) find(code value.Code, side model.Side, since, until time.Time, missing []string, evidence ...string) {
	o.found = append(o.found, text(code, side, since, until, evidence, missing))
}

func (o *oracle) due(code value.Code, side model.Side, at time.Time, evidence ...string) {
	o.asked = append(o.asked, text(code, side, at, time.Time{}, evidence, nil))
}

func over(a comms.Activity) time.Time {
	if a.End.IsZero() {
		return a.At
	}
	return a.End
}

// inside reports whether rules on single events apply at an instant.
func (o *oracle) inside(t time.Time) bool {
	return !t.Before(o.deal.Opened) && !(o.ended && !t.Before(o.deal.Ended))
}

// person returns the owner of an address at t.
func (o *oracle) person(address string, t time.Time) *comms.Correspondent {
	user, domain, _ := strings.Cut(address, "@")
	user, _, _ = strings.Cut(user, "+")
	wanteds := []string{user + "@" + domain}
	for labels := strings.Split(domain, "."); len(labels) > 0; labels = labels[1:] {
		wanteds = append(wanteds, "@"+strings.Join(labels, "."))
	}
	for _, wanted := range wanteds {
		for i := range o.deal.People {
			p := &o.deal.People[i]
			in := !t.Before(p.From) && (p.Until.IsZero() || t.Before(p.Until))
			if in && slices.ContainsFunc(p.Addresses, func(a string) bool { return strings.EqualFold(a, wanted) }) {
				return p
			}
		}
	}
	return nil
}

func everyone(a comms.Activity) []string { return append([]string{a.From}, a.To...) }

// has reports whether the condition holds for somebody on the activity.
func (o *oracle) has(a comms.Activity, is func(*comms.Correspondent) bool) bool {
	return slices.ContainsFunc(everyone(a), func(address string) bool {
		p := o.person(address, a.At)
		return p != nil && is(p)
	})
}

func (o *oracle) prospect(a comms.Activity) bool {
	return o.has(a, func(p *comms.Correspondent) bool { return p.Prospect })
}

func (o *oracle) side(a comms.Activity, s model.Side) bool {
	return o.has(a, func(p *comms.Correspondent) bool { return !p.Prospect && p.Party.Side == s })
}

func isRep(p *comms.Correspondent) bool { return p.Name != "" }

func (o *oracle) outbound(a comms.Activity) bool {
	sender := o.person(a.From, a.At)
	return a.Kind == comms.Mail && o.prospect(a) && sender != nil && !sender.Prospect
}

// leadOf returns the name of a side's lead rep, or "".
func (o *oracle) leadOf(s model.Side, t time.Time) string {
	name := ""
	for _, p := range o.deal.People {
		if p.Party.Side == s && isRep(&p) && !t.Before(p.From) && (p.Until.IsZero() || t.Before(p.Until)) &&
			(p.Lead || name == "") {
			name = p.Name
		}
	}
	return name
}

// sentMails returns the outbound mails that are known and judged.
func (o *oracle) sentMails() []comms.Activity {
	return slices.DeleteFunc(slices.Clone(o.all), func(a comms.Activity) bool {
		return !o.outbound(a) || a.At.After(o.now) || !o.inside(a.At)
	})
}

// mails checks comm.single_thread and comm.separate_stream.
func (o *oracle) mails() {
	threads := o.threads()
	byThread := map[int][]comms.Activity{}
	for _, m := range o.sentMails() {
		byThread[threads[m.ID]] = append(byThread[threads[m.ID]], m)
		var missing []string
		for _, s := range []model.Side{model.Partner, model.Vendor} {
			lead := o.leadOf(s, m.At)
			on := lead != "" && o.has(m, func(p *comms.Correspondent) bool {
				return p.Party.Side == s &&
					p.Name == lead
			})
			if lead == "" {
				lead = s.String()
			}
			if !on {
				missing = append(missing, lead)
			}
		}
		if missing != nil {
			o.find(comms.SingleThread, m.Side, m.At, o.reached(m, missing, threads), missing, m.ID)
		}
	}
	for _, mails := range byThread {
		apart := true
		for _, m := range mails {
			apart = apart && m.Side == mails[0].Side && !o.side(m, m.Side.Other())
		}
		if apart {
			evidence := []string{mails[0].ID}
			if n := len(mails); n > 1 {
				evidence = append(evidence, mails[n-1].ID)
			}
			var until time.Time
			for _, w := range o.laterMails(mails[0], threads) {
				if until.IsZero() && o.side(w, mails[0].Side.Other()) {
					until = w.At
				}
			}
			o.find(comms.SeparateStream, mails[0].Side, mails[0].At, until, nil, evidence...)
		}
	}
}

// laterMails returns the known mails of a thread that are not before one of its mails, without that one.
func (o *oracle) laterMails(m comms.Activity, threads map[string]int) []comms.Activity {
	return slices.DeleteFunc(slices.Clone(o.all), func(w comms.Activity) bool {
		return w.Kind != comms.Mail || w.ID == m.ID || w.At.Before(m.At) || w.At.After(o.now) ||
			threads[w.ID] != threads[m.ID]
	})
}

// reached returns when everybody who missed a mail was on a later one of its thread.
func (o *oracle) reached(m comms.Activity, missing []string, threads map[string]int) time.Time {
	var until time.Time
	for _, s := range []model.Side{model.Partner, model.Vendor} {
		if lead := o.leadOf(s, m.At); !slices.Contains(missing, lead) && !slices.Contains(missing, s.String()) {
			continue
		}
		var first time.Time
		for _, w := range o.laterMails(m, threads) {
			lead := o.leadOf(s, w.At)
			if first.IsZero() && lead != "" &&
				o.has(w, func(p *comms.Correspondent) bool { return p.Party.Side == s && p.Name == lead }) {
				first = w.At
			}
		}
		if first.IsZero() {
			return time.Time{}
		}
		if first.After(until) {
			until = first
		}
	}
	return until
}

// threads numbers the threads: mails of one thread have one number.
func (o *oracle) threads() map[string]int {
	number := map[string]int{}
	var mails []comms.Activity
	for i, a := range o.all {
		if a.Kind == comms.Mail && !a.At.After(o.now) {
			mails = append(mails, a)
			number[a.ID] = i
		}
	}
	for range mails { // long enough for a number to pass through all of them
		for _, a := range mails {
			for _, b := range mails {
				if linked(a, b) {
					least := min(number[a.ID], number[b.ID])
					number[a.ID], number[b.ID] = least, least
				}
			}
		}
	}
	return number
}

// linked reports whether two mails by themselves show that they are of one thread.
func linked(a, b comms.Activity) bool {
	if slices.Contains(a.Refs, b.ID) || slices.Contains(b.Refs, a.ID) {
		return true
	}
	for _, id := range a.Refs {
		if slices.Contains(b.Refs, id) {
			return true
		}
	}
	if len(a.Refs) > 0 || len(b.Refs) > 0 || a.Subject == "" || b.Subject == "" {
		return false
	}
	return bare(a.Subject) == bare(b.Subject) && crowd(a) == crowd(b)
}

func bare(subject string) string {
	words := strings.Fields(strings.ToLower(subject))
	return words[len(words)-1] // the subjects of the tests are one word behind prefixes
}

func crowd(a comms.Activity) string {
	var list []string
	for _, address := range everyone(a) {
		user, domain, _ := strings.Cut(strings.ToLower(address), "@")
		user, _, _ = strings.Cut(user, "+")
		list = append(list, user+"@"+domain)
	}
	slices.Sort(list)
	return fmt.Sprint(slices.Compact(list))
}

// duplicates checks comm.no_duplicate_outreach: the first mail that clashes, with
// the first one that it clashes with.
func (o *oracle) duplicates() {
	mails, threads := o.sentMails(), o.threads()
	day := func(a comms.Activity) string { return a.At.In(o.deal.Zone).Format(time.DateOnly) }
	done := map[string]bool{}
	for i, b := range mails {
		for _, a := range mails[:i] {
			if !done[day(b)] && day(a) == day(b) && a.Side != b.Side && threads[a.ID] != threads[b.ID] {
				done[day(b)] = true
				o.find(comms.DuplicateOutreach, 0, b.At, time.Time{}, nil, a.ID, b.ID)
			}
		}
	}
}
