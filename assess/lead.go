package assess

import (
	"slices"
	"time"

	"github.com/coselling/coselling/comms"
	"github.com/coselling/coselling/deal"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/stage"
)

// reign is a time in which a partner leads, from its first instant to before its last one.
type reign struct {
	lead        model.Party
	from, until time.Time // zero: since ever, and to the end
}

// lead makes the partner that leads as of the question the partner of all that follows (party.lead).
func (q *question) lead(p played) {
	if len(q.partners.All) == 0 {
		return
	}
	for i := range p.history {
		e := &p.history[i]
		if e.Verb != stage.VerbSetLead {
			continue
		}
		if q.reigns == nil {
			q.reigns = []reign{{lead: q.partner}}
		}
		q.reigns[len(q.reigns)-1].until = e.At
		q.reigns = append(q.reigns, reign{lead: e.Lead, from: e.At})
		q.partner = e.Lead
	}
	if q.reigns != nil {
		lead, others := q.leadAndOthers(&q.deal)
		q.partners.All = append([]model.Participant{lead}, others...)
		q.team.Reps = q.leading(q.everybody.Reps)
	}
}

// leadAndOthers returns the partner that leads and the further ones, of which the partner of the deal is one once
// another one leads.
func (p partnership) leadAndOthers(d *deal.Deal) (lead model.Participant, others []model.Participant) {
	lead = model.Participant{Party: model.PartnerOrg(d.Partner), Function: d.PartnerFunction}
	i := slices.IndexFunc(d.Participants, func(o model.Participant) bool { return o.Party == p.partner })
	if i < 0 {
		return lead, d.Participants
	}
	others = slices.Clone(d.Participants)
	lead, others[i] = others[i], lead
	return lead, others
}

// further reports whether a party is a participant of a deal: a partner that does not lead.
func (p partnership) further(d *deal.Deal, party model.Party) bool {
	_, others := p.leadAndOthers(d)
	return slices.ContainsFunc(others, func(o model.Participant) bool { return o.Party == party })
}

// leading returns the reps of the vendor and of the partner that leads.
func (p partnership) leading(reps []model.Rep) []model.Rep {
	others := func(r model.Rep) bool { return r.Party.Side == model.Partner && r.Party != p.partner }
	return slices.DeleteFunc(slices.Clone(reps), others)
}

// relog reads the log anew by who led when, where that changed.
func (q *question) relog(l log, p played) log {
	if q.reigns != nil && l.logbook != nil && l.tracker.SetFacts(q.talkFacts(l.people, &p)) == nil {
		l.led, l.contacts = true, l.tracker.Interactions(q.asOf)
	}
	return l
}

// theLead returns what stands in a log for whichever partner leads, so that the two-sided rules are about it; no
// company has its id.
func theLead() model.Party { return model.PartnerOrg("\x00") }

// ledBy returns the people of a deal by who led when: somebody of a partner is of the partner that leads while it does,
// and of a participant before and after it.
func ledBy(people []comms.Correspondent, reigns []reign) []comms.Correspondent {
	var list []comms.Correspondent
	for _, p := range people {
		if p.Prospect || p.Party.Side != model.Partner {
			list = append(list, p)
			continue
		}
		for _, r := range reigns {
			part := p
			part.From = later(p.From, r.from)
			if part.Until.IsZero() || !r.until.IsZero() && r.until.Before(part.Until) {
				part.Until = r.until
			}
			if !part.Until.IsZero() && !part.From.Before(part.Until) {
				continue
			}
			if p.Party == r.lead {
				part.Party = theLead()
			}
			list = append(list, part)
		}
	}
	return list
}
