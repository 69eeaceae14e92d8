package assess

import (
	"cmp"
	"slices"

	"github.com/coselling/coselling/deal"
	"github.com/coselling/coselling/escalation"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// concerned returns the companies that a blocker concerns, in order, each once; nil for the vendor and the partner that
// leads. The error refuses a company that is no party of the deal.
func (q *question) concerned(b *deal.Blocker) ([]model.Party, error) {
	if len(b.Concerns) == 0 {
		return nil, nil
	}
	list := slices.Clone(b.Concerns)
	slices.SortFunc(list, model.Party.Compare)
	list = slices.Compact(list)
	var problems value.Errors
	known := q.all()
	for i, party := range b.Concerns {
		err := party.Check()
		if err == nil {
			err = known.Meet(party)
		}
		problems.Add(value.Index("concerns", i), err)
	}
	if len(list) == 2 && q.ofBoth(list) {
		list = nil
	}
	return list, problems.Err()
}

// ofBoth reports whether a case concerns the vendor and the partner that leads.
func (q *question) ofBoth(concerns []model.Party) bool {
	return concerns == nil || slices.Contains(concerns, q.vendor) && slices.Contains(concerns, q.partner)
}

// compare orders cases by kind, then by the companies that they concern.
func (b blocker) compare(other blocker) int {
	return cmp.Or(cmp.Compare(b.Kind, other.Kind),
		slices.CompareFunc(b.Concerns, other.Concerns, model.Party.Compare))
}

// among returns the routes of a case by the companies that it concerns. People of all parties of a deal may act on it.
func (c *calls) among(concerns []model.Party) *escalation.Rules {
	if len(c.partners.All) == 0 && concerns == nil {
		return c.routes
	}
	var companies []escalation.Company
	add := func(party model.Party, rep string, roster *escalation.Rules) {
		called := slices.Contains(concerns, party) || concerns == nil && (party == c.partner || party == c.vendor)
		companies = append(companies, escalation.Company{Party: party, Called: called, Rep: rep, Roster: roster})
	}
	add(c.partner, c.team.Rep("", model.Partner), c.routes)
	for i := range c.partners.All {
		if p := c.partners.All[i].Party; p != c.partner {
			add(p, leadOf(c.everybody.Reps, p), c.rosterOf(p))
		}
	}
	add(c.vendor, c.team.Rep("", model.Vendor), c.routes)
	return c.routes.Among(companies...)
}

// rosterOf returns what is compiled from a partner's roster with the vendor; nil: it has none.
func (c *calls) rosterOf(partner model.Party) *escalation.Rules {
	return c.rules.routes[partnership{partner, c.vendor}]
}

// leadOf returns the lead rep of a party, or its first one; "" for none.
func leadOf(reps []model.Rep, party model.Party) (id string) {
	for i := range reps {
		if rep := &reps[i]; rep.Party == party && (rep.Lead || id == "") {
			id = rep.ID
		}
	}
	return id
}

// meetRosters finds the participants that an open case concerns and that no roster lists (party.roster).
func (c *calls) meetRosters(blockers []blocker) {
	for i := range c.partners.All {
		party := c.partners.All[i].Party
		if party == c.partner || c.rosterOf(party) != nil {
			continue
		}
		f := finding{concerns: []model.Party{party},
			Finding: Finding{Part: SectionEscalation, Side: model.Partner, Reason: c.unlisted(party)}}
		for j := range blockers {
			if b := &blockers[j]; b.State.IsOpen() && slices.Contains(b.Concerns, party) {
				if f.Since.IsZero() || b.State.Opened.Before(f.Since) {
					f.Since = b.State.Opened
				}
				for _, id := range b.Blockers {
					f.Facts = append(f.Facts, blockerName(id))
				}
			}
		}
		if !f.Since.IsZero() {
			c.find(f)
		}
	}
}

// unlisted returns the reason of a participant that no roster lists.
func (c *calls) unlisted(party model.Party) value.Reason {
	org := value.Op("party", party.Org)
	if rep := leadOf(c.everybody.Reps, party); rep != "" {
		return value.NewReason(partyRoster,
			"a blocker concerns {party}, and no roster lists its people; its rep {rep} is called",
			org, value.Op("rep", rep))
	}
	return value.NewReason(partyRoster,
		"a blocker concerns {party}, which has no rep, and no roster lists its people", org)
}

// unlisted adds the action that names the people of a participant to call.
func (n *actions) unlisted(r value.Reason) {
	org, called := operand(r, "party").String(), ""
	if rep := operand(r, "rep").String(); rep != "" {
		called = "; until then " + rep + " is called"
	}
	n.askFurther(matter{what: unlistedParty, object: org,
		ops: []value.Operand{value.Op("party", org), value.Op("rep", called)}}, model.PartnerOrg(org))
}

// repsOf returns the lead rep of each of some parties, else its company.
func (n *actions) repsOf(parties []model.Party) []string {
	list := make([]string, len(parties))
	for i, p := range parties {
		list[i] = cmp.Or(n.rep(p), p.Org)
	}
	return list
}

// handOfCase returns the party that acts on a case that names the companies concerned: that of the view if it is one
// of them; for the host the first with a rep.
func (n *actions) handOfCase(concerns []model.Party) model.Party {
	if reader := n.view.Party; !reader.IsZero() {
		if !slices.Contains(concerns, reader) {
			return model.Party{}
		}
		return reader
	}
	i := slices.IndexFunc(concerns, func(p model.Party) bool { return n.rep(p) != "" })
	return concerns[max(i, 0)]
}
