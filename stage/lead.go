package stage

import (
	"slices"

	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// of reports whether a party is another one, or of its side where that has no Org.
func of(p, other model.Party) bool { return p == other || other.Org == "" && p.Side == other.Side }

// further reports whether a party is a participant: a partner that does not lead.
func (s *state) further(p model.Party) bool {
	return s.lead.Org != "" && p.Side == model.Partner && p != s.lead
}

// name returns the vendor and the partner that leads by their sides, a participant by its company.
func (s *state) name(p model.Party) string {
	if s.further(p) {
		return p.String()
	}
	return "the " + p.Side.String()
}

// mayFurther reports whether a participant may do an event: record facts, do tasks, answer where its consent is asked
// for, and ask to lead (party.lead).
func (s *state) mayFurther(e *Event) bool {
	switch e.Verb {
	case VerbRecord, VerbDone, VerbConsent, VerbRefuse:
		return true
	default:
		return e.Verb == VerbSetLead && e.Lead == e.By.Party
	}
}

// checkCompanies refuses consents and overrides of participants that have none to give.
func (s *state) checkCompanies(e *Event) error {
	if s.lead.Org == "" {
		return nil
	}
	var problems value.Errors
	for i := range e.Consents {
		by := e.Consents[i].By.Party
		if s.further(by) && !(e.Verb == VerbSetLead && by == e.Lead) {
			problems.Refuse(value.Index("consents", i)+".by", StageConsent, by.String(), "has no consent to give")
		}
	}
	for i := range e.Overrides {
		if by := e.Overrides[i].By.Party; s.further(by) {
			problems.Refuse(value.Index("overrides", i)+".by", "party.override", by.String(),
				"takes part and does not lead; managers of the vendor and of "+value.Quote(s.lead.Org)+" override")
		}
	}
	return problems.Err()
}

// checkFacts refuses facts of who is no participant, and those that a participant records of another party.
func (s *state) checkFacts(e *Event) error {
	var problems value.Errors
	for i := range e.Evidence {
		f, says := &e.Evidence[i], ""
		switch own := model.PartnerOrg(f.Org); {
		case f.Org != "" && own != s.lead && !(s.further(own) && s.parties.Has(own)):
			says = "is no participant of the deal"
		case s.further(e.By.Party) && f.Side != 0 && own != e.By.Party:
			says = "is not " + e.By.Party.String() + ", which records what it has done itself"
		}
		if says != "" {
			problems.Refuse(value.Index("evidence", i)+".org", factField, value.Quote(f.Org), says)
		}
	}
	return problems.Err()
}

// checkLead refuses a lead that is no participant, that leads already, and a second one of one instant.
func (s *state) checkLead(e *Event) error {
	var known []model.Participant
	if partners := s.opening.Partners; partners != nil {
		known = partners.All
	}
	says := ""
	switch {
	case !slices.ContainsFunc(known, func(p model.Participant) bool { return p.Party == e.Lead }):
		says = "is none of the partners of the deal; name one of its participants"
	case e.Lead == s.lead:
		says = "leads already; exactly one partner leads"
	case e.At.Equal(s.ledFrom):
		says = "is a second lead at that instant, beside " + value.Quote(s.lead.Org) + "; exactly one partner leads"
	default:
		return nil
	}
	return value.NewError(partyLead, value.Quote(e.Lead.Org), says)
}

// judgeLead refuses a lead that does not take part on the day on which it would lead.
func (r *Rules) judgeLead(s *state, e *Event, shut *shutOut) {
	day := r.day(e.At)
	if !slices.ContainsFunc(s.joined(day), func(p model.Participant) bool { return p.Party == e.Lead }) {
		shut.add(partyLead, 0, "{party} does not take part on {day}, and cannot lead",
			value.Op("party", e.Lead.Org), value.Op("day", day))
	}
}

// setLead makes another partner lead. All that was done stays with who did it; an event that the partner that led
// asked for, and that waits for consents, is void.
func (s *state) setLead(e Event) {
	led := s.lead
	s.waits = slices.DeleteFunc(slices.Clone(s.waits), func(w waiting) bool { return w.By.Party == led })
	s.lead, s.ledFrom = e.Lead, e.At
}
