package model

import (
	"cmp"

	"github.com/coselling/coselling/internal/wire"
	"github.com/coselling/coselling/value"
)

// Duty is one responsibility of a deal, with its one accountable side and person. A
// side without a part is only informed. The zero value is no duty.
type Duty struct {
	Responsibility Responsibility `json:"responsibility"`
	Says           string         `json:"says,omitzero"` // the responsibility in words
	Cell           Cell           `json:",inline"`       // how the matrix shares it
	// the accountable side; its Org is empty where the side has no rep
	Accountable Party `json:"accountable,omitzero"`
	// the id of the accountable rep; empty: the side has none
	Owner string `json:"owner,omitzero"`
	// the id of the rep who does the partner's part; empty: it has no part or no rep
	PartnerRep string `json:"partner_rep,omitzero"`
	// the id of the rep who does the vendor's part; empty: it has no part or no rep
	VendorRep string `json:"vendor_rep,omitzero"`
	// ids of the people to consult, as the team names them; nil: nobody
	Consulted []string `json:"consulted,omitzero"`
}

// Roles assigns each responsibility of one deal to a side and its rep. Make it with [Assign]; the zero value has no
// duties. The slices belong to the caller and share nothing with the arguments.
type Roles struct {
	Engagement Engagement `json:"engagement,omitzero"`
	Duties     []Duty     `json:"duties,omitzero"` // one a row of the matrix, in its order
	// role.single_owner, then role.no_orphan for a side, partner first; the paths are
	// responsibilities; nil: no finding
	Findings []value.Reason `json:"findings,omitzero"`

	team   Team
	origin Origin
}

// Assign gives every responsibility of the default matrix to one accountable side
// and person; see [Matrix.Assign].
func Assign(e Engagement, t Team, o Origin) (Roles, error) { return DefaultMatrix().Assign(e, t, o) }

// Assign gives every responsibility to exactly one accountable side (role.single_owner). That is the side
// that leads. Joint work goes to the side the deal came from, else to the side that registered it;
// alternating work goes to the side that registered it, else to the side the deal came from, until [Roles.On]
// names the topic. Where neither is known, both go to the vendor, with a finding. Within the side the
// responsibility falls to the rep assigned to it, else to the lead rep. A side without reps is the finding
// role.no_orphan, and its duties have no owner. Errors are those of the matrix, the engagement, the team and
// the origin, all at once, each with its path: matrix.incomplete, engagement.unknown, team.rep_id,
// team.rep_unknown, team.lead_rep, [TwoOrgs], role.unknown, source.unknown, registrant.unknown and those of
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
			"neither the deal's source nor a registration names a side, so the vendor is accountable for shared work",
		).At(byDefault...))
	}
	roles.Findings = append(roles.Findings, roles.orphans()...)
	return roles, nil
}

// On returns the duty for a meeting's topic. The topic's side is accountable for alternating work; all other
// work stays as it is. A commercial or unknown topic leaves alternating work as [Assign] gave it: to the side
// that registered the deal, else to the side it came from, else to the vendor. Errors: role.unknown,
// topic.unknown.
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

// accountable returns the one side that answers for a cell. It is the vendor, and known
// is false, where nothing decides it.
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

// orphans returns a finding for each side without a rep, with the duties that it leads.
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
	Partner        string   // the letters of the partner's side: AR, R or I
	Vendor         string   // the letters of the vendor's side: AR, R or I
	PartnerRep     string   // the id of the partner's rep for it; empty: nobody
	VendorRep      string   // the id of the vendor's rep for it; empty: nobody
	Consulted      []string // ids of the people who are C; nil: nobody
}

// RACI returns one line for each duty, in the matrix's order. The side that leads is accountable and
// responsible (AR), a side that supports is responsible (R), a side without a part is informed (I). Both
// sides are responsible for joint and alternating work, and one of them is accountable. A person named as
// consulted is C. The result belongs to the caller.
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
