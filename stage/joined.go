package stage

import (
	"slices"
	"time"

	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// row returns the work of a partner's function; without any where it has none.
func (s *state) row(p model.Party) model.FunctionRow {
	partners := s.opening.Partners
	i := slices.IndexFunc(partners.All, func(o model.Participant) bool { return o.Party == p })
	for _, row := range partners.Functions {
		if i >= 0 && row.Function == partners.All[i].Function {
			return row
		}
	}
	return model.FunctionRow{}
}

// works reports whether a participant has a part of the deal, or of one responsibility: its function takes or supports
// something that the function of the partner that leads does not (party.function).
func (s *state) works(p model.Party, only model.Responsibility) bool {
	own, lead := s.row(p), s.row(s.lead)
	does := func(work model.Responsibility) bool {
		return (only == "" || work == only) &&
			!slices.Contains(lead.Takes, work) && !slices.Contains(lead.Supports, work)
	}
	return slices.ContainsFunc(own.Takes, does) || slices.ContainsFunc(own.Supports, does)
}

// joined returns the participants that take part on a day.
func (s *state) joined(day value.Date) (list []model.Participant) {
	if s.opening.Partners == nil {
		return nil
	}
	for i, p := range s.opening.Partners.All {
		if s.further(p.Party) && (i == 0 || p.On(day)) {
			list = append(list, p)
		}
	}
	return list
}

// waitsFor returns the participants for whom a gate is shut at an instant: for support those with a part that have not
// confirmed it, for prices those with a price in a live proposal that have not approved it.
func (r *Rules) waitsFor(s *state, gate value.Code, at time.Time, more []Fact) (list []model.Party) {
	if gate != GateSupportConfirmed && gate != GatePricingApproved || s.opening.Partners == nil {
		return nil
	}
	v := facts{s.settled(append(s.facts.after(0), more...)), s.voided}
	for _, p := range s.joined(r.day(at)) {
		switch {
		case gate == GateSupportConfirmed && s.works(p.Party, "") && !v.confirmed(p.Party),
			gate == GatePricingApproved && s.works(p.Party, model.Proposal) && v.unpriced(r, &p):
			list = append(list, p.Party)
		}
	}
	return list
}

// settled returns facts of the participant that leads now as those of the partner that leads.
func (s *state) settled(list []Fact) []Fact {
	for i := range list {
		if list[i].Org != "" && list[i].Org == s.lead.Org {
			list = slices.Clone(list)
			for j := i; j < len(list); j++ {
				if list[j].Org == s.lead.Org {
					list[j].Org = ""
				}
			}
			break
		}
	}
	return list
}

// confirmed reports whether a participant has confirmed its support.
func (v *facts) confirmed(p model.Party) bool {
	return slices.ContainsFunc(v.list, func(f Fact) bool {
		return f.Kind == SupportConfirmed && f.Org == p.Org && v.counts(&f)
	})
}

// unpriced reports whether a participant has not approved its price in a live proposal. It has one in each that was
// sent while it took part, unless the proposal says that it has none.
func (v *facts) unpriced(r *Rules, p *model.Participant) bool {
	for i := range v.list {
		f := &v.list[i]
		has := f.Kind == ProposalSent && !r.day(f.At).Before(p.From) && f.Org != p.Party.Org
		if has && v.live(i) && !v.approved(f, p.Party.Side, p.Party.Org) {
			return true
		}
	}
	return false
}

// owed returns what participants owe that joined after the deal left its first stage: each with a part confirms its
// support within the policy's business days. It gates nothing that was passed.
func (d *dated) owed() (owed []value.Reason) {
	s := d.s
	if s.second.IsZero() || s.status == ClosedWon || s.status == ClosedLost {
		return nil
	}
	all := facts{list: s.facts.after(0)}
	for _, p := range s.joined(d.today) {
		end, err := d.r.workplace.End(p.From.Start(d.r.workplace.Zone), value.BusinessDays(d.r.policy.JoinDays))
		if err != nil || !p.From.After(d.r.day(s.second)) || !s.works(p.Party, "") || all.confirmed(p.Party) {
			continue
		}
		owed = append(owed, value.NewReason(GateSupportConfirmed,
			"{party} joined on {joined} and has not confirmed capacity, fit and timing",
			value.Op("party", p.Party.Org), value.Op("joined", p.From), value.Op("until", value.End(end))))
	}
	return owed
}

// late finds the participants that joined after the deal left its second stage (party.late).
func (d *dated) late() (found []value.Reason) {
	if s := d.s; !s.third.IsZero() {
		for _, p := range s.joined(d.today) {
			if p.From.After(d.r.day(s.third)) {
				found = append(found, value.NewReason(partyLate,
					"{party} joined on {joined}, after the deal left its second stage on {left}",
					value.Op("party", p.Party.Org), value.Op("joined", p.From), value.Op("left", s.third)))
			}
		}
	}
	return found
}
