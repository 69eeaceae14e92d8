package model

import (
	"github.com/coselling/coselling/internal/wire"
	"github.com/coselling/coselling/value"
)

// Duty is one responsibility of a deal, with its accountable side and person. The zero value is no duty.
type Duty struct {
	Responsibility Responsibility `json:"responsibility"`
	Says           string         `json:"says,omitzero"` // the responsibility in words
	Cell           Cell           `json:",inline"`       // how the matrix shares it
	// the party; without Org where it has no rep
	Accountable Party  `json:"accountable,omitzero"`
	Owner       string `json:"owner,omitzero"`       // the id of the accountable rep; empty: the side has none
	PartnerRep  string `json:"partner_rep,omitzero"` // id of the partner's rep; empty: no part or no rep
	VendorRep   string `json:"vendor_rep,omitzero"`  // id of the vendor's rep; empty: no part or no rep
	// the participant that has the partner's part, whose rep PartnerRep is; zero: who leads has it, or nobody
	Taker Party `json:"taker,omitzero"`
	// the rep of the participant that supports beside the partner's part (party.function); zero: nobody
	Supporter Rep      `json:"supporter,omitzero"`
	Consulted []string `json:"consulted,omitzero"` // ids of the people to consult; nil: nobody
}

// Roles assigns each responsibility of a deal to a side and its rep. Make it with [Assign]; the caller owns its
// slices. The zero value has no duties.
type Roles struct {
	Engagement Engagement `json:"engagement,omitzero"`
	Duties     []Duty     `json:"duties,omitzero"` // one a row of the matrix, in its order
	// role.single_owner, then role.no_orphan for each side, partner first, at responsibilities; nil: none
	Findings []value.Reason `json:"findings,omitzero"`

	team   Team
	origin Origin
	cast   cast
}

// Assign gives every responsibility of the default matrix to one accountable side and person; see [Matrix.Assign].
func Assign(e Engagement, t Team, o Origin) (Roles, error) { return DefaultMatrix().Assign(e, t, o) }

// Assign makes exactly one side accountable for every responsibility (role.single_owner): the side that leads.
// Joint work, and alternating work until [Roles.On] names the topic, goes to the side of [Origin.Lead]: that which
// filed the registration, else the one the deal came from, else the partner; with a finding where nothing is known.
// Within the side it goes to the rep assigned to it, else to the lead rep. A side without reps is the finding
// role.no_orphan, and its duties have no owner. Errors, all at once, below matrix, engagement, team and origin: those
// of [Matrix.Check], engagement.unknown, team.rep_id, team.rep_unknown, team.lead_rep, [TwoOrgs], role.unknown,
// those of [Party.Check] and [Origin.Check].
func (m Matrix) Assign(e Engagement, t Team, o Origin) (Roles, error) {
	return m.AssignAmong(e, t, o, Partners{}, value.Date{})
}

// AssignAmong is [Matrix.Assign] for a deal with participants, as it stands on a day (party.function). A participant
// takes over the responsibilities that its function takes, and supports those that its function supports, where the
// partner leads, supports or shares them. What the lead partner's own function does stays with the lead partner. A
// participant has this work while it takes part and has a rep on the team. Of two participants with one function the
// one that joined first has it, then the one with the lower id. The team has reps of all partners, and each partner has
// its own lead rep.
func (m Matrix) AssignAmong(e Engagement, t Team, o Origin, p Partners, day value.Date) (Roles, error) {
	var problems value.Errors
	among := p.on(day)
	problems.Add("matrix", m.Check())
	problems.Add("engagement", e.Check())
	problems.Add("", t.check(m, &among))
	problems.Add("origin", o.Check())
	if err := problems.Err(); err != nil {
		return Roles{}, err
	}
	roles := Roles{Engagement: e, team: wire.Clone(t), origin: o, cast: among}
	byDefault := []string(nil)
	for _, row := range m {
		cell := row.Under(e)
		side, known := o.accountable(cell, UnknownTopic)
		if !known {
			byDefault = append(byDefault, string(row.Responsibility))
		}
		roles.Duties = append(roles.Duties, roles.duty(row, cell, side))
	}
	if len(byDefault) > 0 {
		roles.Findings = append(roles.Findings, value.NewReason(SingleOwner,
			"neither the deal's source nor a registration is known, so the partner is accountable for shared work",
		).At(byDefault...))
	}
	roles.Findings = append(roles.Findings, roles.orphans()...)
	return roles, nil
}

// On returns the duty for a meeting's topic, whose side is accountable for alternating work. Other work, and any
// work under a commercial or unknown topic, stays as [Assign] gave it. One error, the first of: topic.unknown,
// role.unknown, which the zero Roles gives for every responsibility.
func (r Roles) On(responsibility Responsibility, topic Topic) (Duty, error) {
	if err := topic.check(); err != nil {
		return Duty{}, value.Below("topic", err)
	}
	for _, d := range r.Duties {
		if d.Responsibility != responsibility {
			continue
		}
		side, _ := r.origin.accountable(d.Cell, topic)
		return r.duty(Row{Responsibility: d.Responsibility, Says: d.Says}, d.Cell, side), nil
	}
	return Duty{}, value.Below("responsibility", unknownResponsibility(responsibility))
}

// accountable returns the side that answers for a cell: the partner, with known false, where nothing decides it.
func (o Origin) accountable(c Cell, topic Topic) (side Side, known bool) {
	switch {
	case c.Mode == Leads:
		return c.Leader, true
	case c.Mode == Alternates && topicSides[topic] != 0:
		return topicSides[topic], true
	default:
		return o.Lead()
	}
}

func (r Roles) duty(row Row, cell Cell, accountable Side) Duty {
	work, partner := row.Responsibility, r.cast.lead
	d := Duty{
		Responsibility: work, Says: row.Says, Cell: cell,
		Consulted: append([]string(nil), r.team.Consulted[work]...),
	}
	if cell.takesPart(Partner) {
		var supporter Party
		if d.Taker, supporter = r.cast.holders(work, &r.team); !d.Taker.IsZero() {
			partner = d.Taker
		}
		if !supporter.IsZero() {
			d.Supporter = Rep{ID: r.team.rep(work, supporter), Party: supporter}
		}
		d.PartnerRep = r.team.rep(work, partner)
	}
	if cell.takesPart(Vendor) {
		d.VendorRep = r.team.Rep(work, Vendor)
	}
	if accountable == Vendor {
		partner = Party{Side: Vendor}
	}
	d.Accountable, _ = r.team.half(partner)
	d.Owner = r.team.rep(work, partner)
	return d
}

// takesPart reports whether a side has a part: it leads, shares or supports.
func (c Cell) takesPart(side Side) bool {
	return c.Mode != Leads || c.Leader == side || c.Support != ""
}

// orphans returns a finding for each side without a rep, with the duties that it leads.
func (r Roles) orphans() []value.Reason {
	var findings []value.Reason
	for _, party := range [...]Party{r.cast.lead, {Side: Vendor}} {
		if r.team.has(party) {
			continue
		}
		var leads []string
		for _, d := range r.Duties {
			if d.Accountable.Side == party.Side && !r.cast.further(d.Accountable) {
				leads = append(leads, string(d.Responsibility))
			}
		}
		findings = append(findings, value.NewReason(NoOrphan,
			"the {side} side has no rep; {count} responsibilities are without an owner",
			value.Op("side", party.Side.String()), value.Op("count", len(leads))).At(leads...))
	}
	return findings
}

// RACI is one line of the RACI view of a deal. Exactly one party has an A.
type RACI struct {
	Responsibility Responsibility
	Says           string   // the responsibility in words
	Partner        string   // the letters of the partner that leads: AR, R or I
	Vendor         string   // the letters of the vendor: AR, R or I
	PartnerRep     string   // the id of that partner's rep for it, also of one only informed; empty: no rep
	VendorRep      string   // the id of the vendor's rep for it, also of one only informed; empty: no rep
	Others         []Column // the participants, in the order in which they came; nil: none
	Consulted      []string // ids of the people who are C; nil: nobody
}

// Column is the part of a participant in a line of the RACI view.
type Column struct {
	Party   Party
	Letters string // AR, R or I
	Rep     string // the id of its rep for it, also of one only informed; empty: it has none
}

// RACI returns one line for each duty, in order; the caller owns them. The accountable party is AR; a party that
// supports or shares is R; a party without a part is I, also a partner whose part a participant has. A person named as
// consulted is C.
func (r Roles) RACI() []RACI {
	view := make([]RACI, len(r.Duties))
	for i, d := range r.Duties {
		view[i] = RACI{
			Responsibility: d.Responsibility, Says: d.Says,
			Partner: d.letters(r.cast.lead), Vendor: d.letters(Party{Side: Vendor}),
			PartnerRep: r.team.rep(d.Responsibility, r.cast.lead),
			VendorRep:  r.team.Rep(d.Responsibility, Vendor),
			Consulted:  append([]string(nil), d.Consulted...),
		}
		for _, p := range r.cast.others {
			letters := "I"
			switch p.Party {
			case d.Accountable:
				letters = "AR"
			case d.Taker, d.Supporter.Party:
				letters = "R"
			}
			view[i].Others = append(view[i].Others, Column{p.Party, letters, r.team.rep(d.Responsibility, p.Party)})
		}
	}
	return view
}

// letters returns those of the vendor or of the partner that leads.
func (d Duty) letters(of Party) string {
	switch {
	case of.Side == Partner && !d.Taker.IsZero(), !d.Cell.takesPart(of.Side) && d.Accountable.Side != of.Side:
		return "I"
	case d.Accountable.Side == of.Side:
		return "AR"
	default:
		return "R"
	}
}
