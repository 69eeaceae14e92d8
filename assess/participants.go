package assess

import (
	"slices"
	"strings"

	"github.com/coselling/coselling/comms"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/stage"
	"github.com/coselling/coselling/value"
)

// companies returns the partners of the deal, the one that leads at the opening first; zero without participants.
func (c *Case) companies() model.Partners {
	if len(c.deal.Participants) == 0 {
		return model.Partners{}
	}
	lead, others := c.leadAndOthers(&c.deal)
	return model.Partners{All: append([]model.Participant{lead}, others...), Functions: c.rules.functions}
}

// all returns the parties of the deal as a set that refuses others.
func (c *Case) all() model.Parties {
	known := c.partnership.parties()
	if len(c.partners.All) > 0 {
		known.Partners = &c.partners
	}
	return known
}

// ownFacts holds the facts that each party records for itself, so that no other one does their tasks.
var ownFacts = [...]stage.FactKind{stage.SupportConfirmed, stage.PricingApproved, stage.CRMUpdated}

// taken gives tasks that a participant took over to its rep (party.function).
func taken(items []stage.Item, roles model.Roles) {
	for i := range items {
		item := &items[i]
		if !item.Task.Owner.Includes(model.Partner) || slices.Contains(ownFacts[:], item.Task.Fact) {
			continue
		}
		for j := range roles.Duties {
			if d := &roles.Duties[j]; d.Responsibility == item.Task.Role && !d.Taker.IsZero() {
				item.PartnerRep = d.PartnerRep
			}
		}
	}
}

// meetFunctions notes the functions of a deal that the book does not have (party.function).
func (c *Case) meetFunctions(n *notes) {
	note := func(path string, f model.Function) {
		has := func(row model.FunctionRow) bool { return row.Function == f }
		if slices.ContainsFunc(c.rules.functions, has) {
			return
		}
		known := make([]string, len(c.rules.functions))
		for i := range c.rules.functions {
			known[i] = string(c.rules.functions[i].Function)
		}
		n.miss(SectionRoles, path, value.Known("party.function", string(f), known))
	}
	if c.deal.PartnerFunction != "" {
		note("deal.partner_function", c.deal.PartnerFunction)
	}
	for i := range c.deal.Participants {
		p := &c.deal.Participants[i]
		note(participantName(p)+".function", p.Function)
	}
}

// rulesOfProspect holds the rules of talk about what the prospect was sent, which every party of a deal reads.
var rulesOfProspect = [...]value.Code{comms.SingleThread, comms.SeparateStream, comms.DuplicateOutreach, comms.OnePrice}

// ofProspect reports whether a rule, or one that it is a part of, is about what the prospect was sent.
func ofProspect(r value.Reason) bool {
	return strings.HasPrefix(string(r.Code()), "party.") ||
		slices.ContainsFunc(rulesOfProspect[:], func(c value.Code) bool {
			return r.Code() == c || strings.HasPrefix(string(r.Code()), string(c)+".")
		})
}

// common reports whether every party of a deal reads a finding.
func (f *finding) common() bool {
	switch f.Part {
	case SectionComms:
		return ofProspect(f.Reason)
	case SectionEscalation:
		return false
	}
	return true
}

// shared returns what a participant reads of a report.
func shared(r comms.Report) (s comms.Report) {
	for _, f := range r.Findings {
		if ofProspect(f.Reason) {
			s.Findings = append(s.Findings, f)
		}
	}
	for _, d := range r.Due {
		if ofProspect(d.Reason) {
			s.Due = append(s.Due, d)
		}
	}
	return s
}

// keeper returns the party that keeps a note to itself. A note by who is not known is for the host.
func (c *Case) keeper(a *comms.Activity) model.Party {
	switch {
	case a.Side == model.Vendor:
		return c.vendor
	case len(c.deal.Participants) == 0 || a.From == "":
		return c.partner
	}
	author, known := comms.Facts{People: c.logbook.people}.PersonAt(a.From, a.At)
	if !known || author.Party.Side != model.Partner {
		return onlyHost()
	}
	return author.Party
}

// actor returns the party of a side that acts on a matter: of the partners the participant that took a task over, else
// the one that leads.
func (n *actions) actor(m *matter, side model.Side) model.Party {
	if side != model.Partner || len(n.deal.Participants) == 0 || m.item == nil {
		return n.of(side)
	}
	for i := range n.deal.Team.Reps {
		if rep := &n.deal.Team.Reps[i]; rep.ID == m.item.PartnerRep && n.further(&n.deal, rep.Party) {
			return rep.Party
		}
	}
	return n.partner
}

// claimParty returns the participant that a matter of a claim is for; zero: none.
func (n *actions) claimParty(m *matter) (party model.Party) {
	switch {
	case m.what == confirmClaim:
		party = n.asked(&n.deal, &m.claim.Claim.Filing)
	case !n.last.Ended.IsZero(): // whoever leads registers anew
	case remedies[m.what].who == claimant || m.what == handOver && m.side == model.Partner:
		party = n.last.Holder
	}
	if !n.further(&n.deal, party) {
		return model.Party{}
	}
	return party
}

func participantName(p *model.Participant) string {
	return "deal.participants[" + value.Quote(p.Party.Org) + "]"
}
