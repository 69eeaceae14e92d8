package impact

import (
	"cmp"
	"slices"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// LintBooking returns the finding [Neutral] (comp.neutral) for each rep who brought the others in and would
// get more quota credit or commission alone, for the same deal. It asks this of each rep of the party that brought
// the deal; of one on each side if the origin is joint and the model credits both. A finding has no path. It is nil if
// no rep loses, the origin is unknown or one party sells alone. A rate that counts over a period starts afresh.
// Findings come by side, partner first, then in the order of the statement. Errors: those of pricing, below "alone"
// if only the deal of one party alone cannot be priced; impact.plan for a nil plan.
func LintBooking(plan *comp.Plan, b comp.Booking) ([]value.Reason, error) {
	if plan == nil {
		return nil, noPlan()
	}
	together, err := priceAfresh(plan, b)
	if err != nil {
		return nil, err
	}
	var found []value.Reason
	for _, side := range originators(plan.Policy(), b) {
		apart, ok := alone(plan, b, together, side)
		if !ok {
			continue
		}
		s, err := priceAfresh(plan, apart)
		if err != nil {
			return nil, value.Below("alone", err)
		}
		others := "the other side"
		if b.LeadPartner != "" {
			others = "the others"
		}
		lost, err := losers(together, s, others)
		if err != nil {
			return nil, err
		}
		found = append(found, lost...)
	}
	return found, nil
}

func priceAfresh(plan *comp.Plan, b comp.Booking) (comp.Statement, error) {
	if plan.NeedsRun() && !b.Closed.IsZero() {
		return plan.Run().Statement(b)
	}
	return plan.Statement(b)
}

func originators(p comp.Policy, b comp.Booking) []model.Side {
	origin := b.Origin()
	if side := origin.Originator().Side(); side != 0 {
		return []model.Side{side}
	}
	if origin.Originator() != model.FromBoth {
		return nil
	}
	both := []model.Side{model.Partner, model.Vendor}
	if p.Model == comp.Origination && p.JointOrigin == comp.EqualOrigin {
		return both
	}
	switch side, err := p.PrimarySide(model.TrueCoSell, origin); {
	case err != nil:
		return nil
	case side == 0:
		return both
	default:
		return []model.Side{side}
	}
}

// alone returns the deal as sold by one party alone, of several partners the one that brought it: by its primary reps,
// else those of the highest contribution. It returns false if the party already sells alone.
func alone(plan *comp.Plan, b comp.Booking, together comp.Statement, side model.Side) (comp.Booking, bool) {
	bringer := cmp.Or(b.BroughtBy, b.LeadPartner)
	own := func(p model.Party) bool {
		return p.Side == side && (bringer == "" || side == model.Vendor || p.Org == bringer)
	}
	best := -1
	other := false
	for i, l := range together.Lines {
		switch {
		case isCompany(&l):
		case !own(l.Party):
			other = true
		case best < 0 || l.Percent.Compare(together.Lines[best].Percent) > 0:
			best = i
		}
	}
	if best < 0 || !other {
		return b, false
	}
	like := together.Lines[best]
	b.Payees = slices.Clone(b.Payees)
	b.Payees = slices.DeleteFunc(b.Payees, func(p comp.Payee) bool {
		return !slices.ContainsFunc(together.Lines, func(l comp.Line) bool {
			return l.Payee == p.Rep && own(l.Party) && l.Credited == like.Credited &&
				l.Contribution == like.Contribution
		})
	})
	for i := range b.Payees {
		b.Payees[i].Role, b.Payees[i].Contribution, b.Payees[i].AlsoContributed = comp.Primary, "", nil
	}
	b.LeadPartner, b.BroughtBy, b.PartnerShares = "", "", nil
	b.Registrant, b.Source = model.NoRegistrant, model.FromPartner
	if side == model.Vendor {
		b.Source = model.FromVendor
	}
	return b, true
}

// losers finds the reps who get less together than alone.
func losers(together, apart comp.Statement, others string) ([]value.Reason, error) {
	var found []value.Reason
	var problems value.Errors
	for from, to := range payeesOf(apart.Lines) {
		l := &apart.Lines[from]
		with, err := amountsFor(together.Lines, l.Payee)
		problems.Add(named(l.Payee), err)
		without, err := amountsFor(apart.Lines[from:to], l.Payee)
		problems.Add(value.JoinPath("alone", named(l.Payee)), err)
		if without.QuotaCredit.Minor() <= with.QuotaCredit.Minor() &&
			without.Commission.Minor() <= with.Commission.Minor() {
			continue
		}
		own := model.OnlyFor(l.Party)
		says := "{rep} ({party}), who brought {booking}, gets {credit} of quota credit with " + others +
			", {credit_alone} alone"
		if !with.Commission.IsZero() { // else the rep has credit only
			says = "{rep} ({party}), who brought {booking}, gets {credit} of quota credit and {commission} with " +
				others + ", {credit_alone} and {commission_alone} alone"
		}
		found = append(found, value.NewReason(Neutral, says,
			value.Op("rep", l.Payee), value.Op("party", l.Party.String()), value.Op("booking", together.Booking),
			value.Op("credit", with.QuotaCredit).To(own), value.Op("commission", with.Commission).To(own),
			value.Op("credit_alone", without.QuotaCredit).To(own),
			value.Op("commission_alone", without.Commission).To(own)))
	}
	return found, problems.Err()
}

// amountsFor adds up the lines of one payee.
func amountsFor(lines []comp.Line, rep string) (comp.Amounts, error) {
	var f figures
	fits, paid := true, false
	var c value.Currency
	for i := range lines {
		if l := &lines[i]; l.Payee == rep && fits {
			f, fits = f.plus(l)
			c, paid = l.Base.Currency(), paid || !l.Commission.IsZero()
		}
	}
	if !fits {
		return comp.Amounts{}, beyond(c)
	}
	return f.amounts(c, paid)
}

// LintModel returns what the model of a valid policy is known to weaken, with the policy's own numbers
// (comp.pros_cons), and its findings [Neutral]. They are among those of [Lint], and the report of a deal has them for
// the host. It is nil if there is none, and for a policy that [comp.Compile] refuses.
func LintModel(p comp.Policy) []value.Reason {
	plan, err := comp.Compile(p)
	if err != nil {
		return nil
	}
	return lintModel(plan)
}

func lintModel(plan *comp.Plan) []value.Reason {
	p := plan.Policy()
	found := lintNeutral(plan)
	const code value.Code = "comp.pros_cons"
	switch p.Model {
	case comp.Split:
		s, err := plan.Statement(sample(p, model.FromPartner))
		if err != nil {
			return found
		}
		inflation, _ := s.Inflation().Percent(value.HalfEven)
		says, at := "split credits both sides in full: a deal with one rep on each side gives {inflation} of its "+
			"value as quota credit, so that quotas are attained by more than is sold", []string{"model"}
		if p.SplitByParty {
			says += "; each further partner adds 100%"
			at = append(at, "split_by_party")
		}
		found = append(found, value.NewReason(code, says, value.Op("inflation", inflation)).At(at...))
	case comp.Origination:
		counts := "counts toward no quota"
		if p.Origination.InfluencedCountsTowardQuota {
			counts = "counts toward quota"
		}
		const says = "origination gives the side that did not bring a deal {influenced} of the credit, which {counts}" +
			": its reps may not be fully motivated"
		found = append(found, value.NewReason(code, says, value.Op("influenced", p.Origination.Influenced),
			value.Op("counts", counts)).At("origination.influenced", "model"))
	}
	return found
}

// sample returns a deal with one rep on each side, who have no roles; only credit is of interest.
func sample(p comp.Policy, source model.Source) comp.Booking {
	var contribution comp.Contribution // any one: the rep who brought the deal has none
	for c := range p.RoleBased.Contributions {
		contribution = max(contribution, c)
	}
	unpaid, _ := value.NewPercent(0)
	return comp.Booking{ID: "deal", Value: value.MustMoney("100.00 USD"), Source: source, Payees: []comp.Payee{
		{Rep: "partner rep", Party: model.PartnerOrg("partner"), Contribution: contribution, Rate: unpaid},
		{Rep: "vendor rep", Party: model.VendorOrg("vendor"), Contribution: contribution, Rate: unpaid},
	}}
}

// lintNeutral tries a deal of each origin, with one rep on each side; the one who brought it is primary.
func lintNeutral(plan *comp.Plan) []value.Reason {
	p := plan.Policy()
	var found []value.Reason
	for _, source := range []model.Source{model.FromPartner, model.FromVendor, model.FromBoth} {
		b := sample(p, source)
		primary, err := p.PrimarySide(model.TrueCoSell, b.Origin())
		if err != nil {
			return nil
		}
		s, err := plan.Statement(b.WithRoles(primary))
		if err != nil {
			return nil
		}
		for _, side := range originators(p, b) {
			at := slices.IndexFunc(s.Lines, func(l comp.Line) bool { return l.Party.Side == side })
			if l := s.Lines[at]; l.QuotaCredit.Minor() < l.Base.Minor() {
				found = append(found, value.NewReason(Neutral,
					"a rep of the {side} who brings in a deal of {source} origin gets {percent} of the credit, and "+
						"alone all of it",
					value.Op("side", side.String()), value.Op("source", source.String()),
					value.Op("percent", l.Percent)).At("joint_origin"))
			}
		}
	}
	return found
}
