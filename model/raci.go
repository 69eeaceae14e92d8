package model

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
