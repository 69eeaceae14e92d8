package model

import (
	"cmp"

	"github.com/coselling/coselling/internal/wire"
	"github.com/coselling/coselling/value"
)

// Duty is one responsibility of a deal, with its one accountable side and person. A
// side without a part is informed only. The zero value is none.
type Duty struct {
	Responsibility Responsibility `json:"responsibility"`
	Says           string         `json:"says,omitzero"` // the responsibility in words
	Cell           Cell           `json:",inline"`       // how the matrix shares it
	// the accountable side; its Org is empty where the side has no rep
	Accountable Party  `json:"accountable,omitzero"`
	Owner       string `json:"owner,omitzero"` // the id of the accountable rep; empty where the side has none
	// who does the partner's part, if it has one; empty where nobody
	PartnerRep string `json:"partner_rep,omitzero"`
	// who does the vendor's part, if it has one; empty where nobody
	VendorRep string `json:"vendor_rep,omitzero"`
	// ids of the people to consult, as the team names them; nil where nobody
	Consulted []string `json:"consulted,omitzero"`
}

// Roles is who does what in one deal. Make it with [Assign]; the zero value has no
// duties. The slices belong to the caller and share nothing with what was given.
type Roles struct {
	Engagement Engagement `json:"engagement,omitzero"`
	Duties     []Duty     `json:"duties,omitzero"` // one a row of the matrix, in its order
	// role.single_owner, then role.no_orphan for a side, partner first; their paths are responsibilities; nil is none
	Findings []value.Reason `json:"findings,omitzero"`

	team   Team
	origin Origin
}

// Assign gives every responsibility of the default matrix to one accountable side
// and person; see [Matrix.Assign].
func Assign(e Engagement, t Team, o Origin) (Roles, error) { return DefaultMatrix().Assign(e, t, o) }

// Assign gives every responsibility to exactly one accountable side
// (role.single_owner): the leader; for joint work the side the deal came from,
// else the registrant's; for alternating work the registrant's, else the side the
// deal came from, until [Roles.On] names the topic; where nothing is known the
// vendor, with a finding. Within the side it falls to the rep assigned to it, else
// to the lead rep; a side without reps is the finding role.no_orphan, and what it
// leads has no owner. Errors are those of the matrix, the engagement, the team and
// the origin, all at once, each with its path: [MatrixIncomplete],
// [EngagementUnknown], [RepID], [RepUnknown], [LeadRep], [TwoOrgs],
// [ResponsibilityUnknown], [SourceUnknown], [RegistrantUnknown] and those of
// [Party.Check].
func (m Matrix) Assign(e Engagement, t Team, o Origin) (Roles, error) {
	var problems value.Errors
	problems.Add("matrix", m.Check())
	problems.Add("engagement", e.Check())
	problems.Add("", t.check(m))
	problems.Add("origin", o.Check())
	if err := problems.Err(); err != nil {
		return Roles{}, err
	}
	roles := Roles{Engagement: e, team: wire.Clone(t), origin: o}
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
			"neither the deal's source nor a registration names a side, so the vendor is accountable for shared work").At(byDefault...))
	}
	roles.Findings = append(roles.Findings, roles.orphans()...)
	return roles, nil
}

// On returns the duty for a meeting's topic: for alternating work the topic's side
// is accountable, everything else stays as it is. A commercial or unknown topic
// leaves alternating work as [Assign] gave it: to the side that holds the
// registration, else to the source, else to the vendor. Errors:
// [ResponsibilityUnknown], [TopicUnknown].
func (r Roles) On(responsibility Responsibility, topic Topic) (Duty, error) {
	if err := topic.check(); err != nil {
		return Duty{}, value.In("topic", err)
	}
	for _, d := range r.Duties {
		if d.Responsibility != responsibility {
			continue
		}
		side, _ := r.origin.accountable(d.Cell, topic)
		return r.duty(Row{Responsibility: d.Responsibility, Says: d.Says}, d.Cell, side), nil
	}
	return Duty{}, value.In("responsibility", value.NewError(ResponsibilityUnknown, value.Quote(string(responsibility)), "is no responsibility of the matrix"))
}

// accountable returns the one side that answers for a cell, and whether anything
// but the fallback decided it.
func (o Origin) accountable(c Cell, topic Topic) (side Side, known bool) {
	switch c.Mode {
	case Leads:
		return c.Leader, true
	case Alternates:
		side = cmp.Or(topicSides[topic], o.Registrant.Claimant(), o.Source.Side())
	default:
		side = cmp.Or(o.Source.Side(), o.Registrant.Claimant())
	}
	return cmp.Or(side, Vendor), side != 0
}

func (r Roles) duty(row Row, cell Cell, accountable Side) Duty {
	party, _ := r.team.half(accountable)
	d := Duty{
		Responsibility: row.Responsibility, Says: row.Says, Cell: cell, Accountable: party,
		Owner:     r.team.Rep(row.Responsibility, accountable),
		Consulted: append([]string(nil), r.team.Consulted[row.Responsibility]...),
	}
	if cell.takesPart(Partner) {
		d.PartnerRep = r.team.Rep(row.Responsibility, Partner)
	}
	if cell.takesPart(Vendor) {
		d.VendorRep = r.team.Rep(row.Responsibility, Vendor)
	}
	return d
}

// takesPart reports whether a side has a part: it leads, shares or supports.
func (c Cell) takesPart(side Side) bool {
	return c.Mode != Leads || c.Leader == side || c.Support != ""
}

// orphans returns a finding for each side without a rep, with what it leads.
func (r Roles) orphans() []value.Reason {
	var findings []value.Reason
	for _, side := range sides {
		if r.team.has(side) {
			continue
		}
		var leads []string
		for _, d := range r.Duties {
			if d.Accountable.Side == side {
				leads = append(leads, string(d.Responsibility))
			}
		}
		findings = append(findings, value.NewReason(NoOrphan,
			"the {side} side has no rep; {count} responsibilities are without an owner",
			value.Op("side", side.String()), value.Op("count", len(leads))).At(leads...))
	}
	return findings
}

// RACI is one line of the RACI view of a deal. Exactly one side has an A.
type RACI struct {
	Responsibility Responsibility
	Says           string   // the responsibility in words
	Partner        string   // what the partner side is to it: AR, R or I
	Vendor         string   // what the vendor side is to it: AR, R or I
	PartnerRep     string   // the rep behind the partner's letters; empty where nobody
	VendorRep      string   // the rep behind the vendor's letters; empty where nobody
	Consulted      []string // ids of the people who are C; nil where nobody
}

// RACI returns the view of SPEC 2.1, one line a duty in the matrix's order: the
// leader is accountable and responsible, a supporter is responsible, both are
// responsible for joint and alternating work with one of them accountable, a side
// without a part is informed, and a person named as consulted is C. The result
// belongs to the caller.
func (r Roles) RACI() []RACI {
	view := make([]RACI, len(r.Duties))
	for i, d := range r.Duties {
		view[i] = RACI{
			Responsibility: d.Responsibility, Says: d.Says,
			Partner: d.letters(Partner), Vendor: d.letters(Vendor),
			PartnerRep: r.team.Rep(d.Responsibility, Partner),
			VendorRep:  r.team.Rep(d.Responsibility, Vendor),
			Consulted:  append([]string(nil), d.Consulted...),
		}
	}
	return view
}

func (d Duty) letters(side Side) string {
	switch {
	case d.Accountable.Side == side:
		return "AR"
	case d.Cell.takesPart(side):
		return "R"
	default:
		return "I"
	}
}
