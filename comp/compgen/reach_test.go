package compgen_test

import (
	"fmt"
	"maps"
	"slices"
	"testing"
	"time"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/comp/compgen"
	"github.com/coselling/coselling/comp/timeline"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

const draws = 600 // seeds 1 to 600: the same in every run

// reached counts what was drawn.
type reached map[string]int

func (r reached) note(what string, when bool) {
	if when {
		r[what]++
	} else {
		r[what] += 0
	}
}

// check fails for each case that was never drawn.
func (r reached) check(t *testing.T) {
	t.Helper()
	for _, what := range slices.Sorted(maps.Keys(r)) {
		if r[what] == 0 {
			t.Errorf("in %d draws never: %s", draws, what)
		}
	}
}

func TestPoliciesCoverEveryCase(t *testing.T) {
	r := reached{}
	for seed := range draws {
		p := compgen.AnyPolicy().Example(seed + 1)
		for _, m := range comp.Models() {
			r.note(m.String(), p.Model == m)
		}
		for _, j := range []comp.JointOrigin{comp.EqualOrigin, comp.PartnerOrigin, comp.VendorOrigin} {
			r.note("joint origin "+j.String(), p.JointOrigin == j)
		}
		for _, m := range []value.Rounding{value.HalfEven, value.HalfAwayFromZero, value.TowardZero} {
			r.note(m.String(), p.Rounding == m)
		}
		r.note("influenced pays", p.Origination.InfluencedPaysCommission)
		r.note("influenced does not pay", !p.Origination.InfluencedPaysCommission)
		r.note("influenced counts", p.Origination.InfluencedCountsTowardQuota)
		r.note("influenced does not count", !p.Origination.InfluencedCountsTowardQuota)
		r.note("no influence", p.Origination.Influenced.Millionths() == 0)
		r.note("full influence", p.Origination.Influenced == value.MustPercent("100%"))
		r.note("odd influence", p.Origination.Influenced.Millionths()%1_000_000 != 0)
		r.note("no contribution", len(p.RoleBased.Contributions) == 0)
		r.note("five contributions", len(p.RoleBased.Contributions) == 5)
		percents := map[value.Percent]int{}
		for _, percent := range p.RoleBased.Contributions {
			percents[percent]++
			r.note("two contributions of one percentage", percent.Millionths() > 0 && percents[percent] > 1)
			r.note("contribution of 100%", percent == value.MustPercent("100%"))
			r.note("contribution of 0%", percent.Millionths() == 0)
		}
	}
	r.check(t)
}

func TestBookingsCoverEveryCase(t *testing.T) {
	r := reached{}
	scope := compgen.DefaultLimits()
	scope.Open = true
	for seed := range draws {
		policy := compgen.AnyPolicy().Example(seed + 1)
		b := compgen.AnyBooking(scope, compgen.AnyTeam(scope).Example(seed+2), policy).Example(seed + 3)
		plan, err := comp.Compile(policy)
		if err != nil {
			t.Fatal(err)
		}
		s, err := plan.Statement(b)
		if err != nil {
			t.Fatal(err)
		}
		for _, source := range []model.Source{model.UnknownSource, model.FromPartner, model.FromVendor,
			model.FromBoth} {
			r.note("source "+source.String(), b.Source == source)
		}
		for _, registrant := range []model.Registrant{model.NoRegistrant, model.ByPartner, model.ByVendor,
			model.ByPartnerJoint, model.ByVendorJoint} {
			r.note(fmt.Sprint("registrant ", registrant), b.Registrant == registrant)
		}
		joint := b.Origin().Originator() == model.FromBoth
		for _, j := range []comp.JointOrigin{comp.EqualOrigin, comp.PartnerOrigin, comp.VendorOrigin} {
			r.note("a joint origin under "+j.String(), policy.Model == comp.Origination && joint &&
				policy.JointOrigin == j)
		}
		r.note("an origin that nobody knows", b.Origin().Originator() == model.UnknownSource)
		r.note("several partners", b.LeadPartner != "")
		r.note("brought by another partner", b.BroughtBy != b.LeadPartner && b.BroughtBy != "")
		r.note("several partners share", b.LeadPartner != "" && policy.Model == comp.Split && !policy.SplitByParty)
		r.note("each of several partners in full", b.LeadPartner != "" && policy.Model == comp.Split && policy.SplitByParty)
		noteAmounts(r, scope, b)
		noteLines(r, s)
		notePayees(r, policy, b)
	}
	r.check(t)
}

func noteAmounts(r reached, scope compgen.Limits, b comp.Booking) {
	r.note("a cent", b.Value.Minor() == 1)
	r.note("the most", b.Value == scope.Most)
	r.note("quota values that differ", !b.PartnerQuota.IsZero() && !b.VendorQuota.IsZero() &&
		b.PartnerQuota != b.VendorQuota)
	r.note("the partner's quota value alone", !b.PartnerQuota.IsZero() && b.VendorQuota.IsZero())
	r.note("the vendor's quota value alone", b.PartnerQuota.IsZero() && !b.VendorQuota.IsZero())
	r.note("a quota value that is the amount", b.PartnerQuota == b.Value)
	r.note("no quota value", b.PartnerQuota.IsZero() && b.VendorQuota.IsZero())
	r.note("open", b.Closed.IsZero())
	r.note("the first day", b.Closed == scope.From)
	r.note("the second day", b.Closed.Sub(scope.From) == 1)
	r.note("the last day", b.Closed == scope.To)
}

func noteLines(r reached, s comp.Statement) {
	sides := map[model.Side]bool{}
	for _, l := range s.Lines {
		sides[l.Party.Side] = true
		for _, c := range []comp.Credited{comp.AsPrimary, comp.AsSupporting, comp.AsOriginator, comp.AsJointOriginator,
			comp.AsInfluencer, comp.AsSeller, comp.AsCompany, comp.AsCompanyFee} {
			r.note(fmt.Sprint("credited ", c), l.Credited == c)
		}
		r.note("a leftover", l.Leftover)
		r.note("nothing is paid", l.Commission.Minor() == 0)
		r.note("credit only", l.Commission.IsZero())
		r.note("another payer", l.Payer != l.Party && l.Credited < comp.AsCompany)
		r.note("a payer of a company", l.Payer.Org != "" && l.Credited >= comp.AsCompany)
		r.note("a rate of 0%", l.Rate.Millionths() == 0)
		r.note("a rate of 100%", l.Rate == value.MustPercent("100%"))
		r.note("an odd rate", l.Rate.Millionths()%1_000_000 != 0)
		r.note("partner-2", l.Party.Org == "partner-2")
	}
	r.note("the partner alone", sides[model.Partner] && !sides[model.Vendor])
	r.note("the vendor alone", !sides[model.Partner] && sides[model.Vendor])
	r.note("both sides", len(sides) == 2)
}

func notePayees(r reached, policy comp.Policy, b comp.Booking) {
	type group struct {
		side         model.Side
		contribution comp.Contribution
	}
	groups := map[group]int{}
	contributions := map[model.Side]map[comp.Contribution]bool{model.Partner: {}, model.Vendor: {}}
	var primary model.Side
	primaries := 0
	for _, p := range b.Payees {
		if p.Company {
			continue
		}
		if policy.Model == comp.RoleBased {
			groups[group{p.Party.Side, p.Contribution}]++
		} else {
			groups[group{side: p.Party.Side}]++
		}
		if p.Role == comp.Supporting {
			contributions[p.Party.Side][p.Contribution] = true
		}
		if p.Role == comp.Primary {
			primary = p.Party.Side
			primaries++
		}
		for _, role := range []comp.Role{0, comp.Primary, comp.Supporting} {
			r.note(fmt.Sprint("role ", role, " of the ", p.Party.Side), p.Role == role)
		}
		r.note("also contributed", len(p.AlsoContributed) > 0)
		r.note("no share", p.Share.IsZero())
		r.note("a share of 100%", p.Share == value.MustPercent("100%"))
		r.note("the smallest share", p.Share.Millionths() == 1)
	}
	r.note("two primary reps among several contributions", policy.Model == comp.RoleBased && primaries > 1 &&
		len(contributions[primary]) > 0)
	for _, side := range []model.Side{model.Partner, model.Vendor} {
		for g, n := range groups {
			r.note("reps who share on the side of the "+side.String(), g.side == side && n > 1)
			r.note("supporters who share", g.contribution != "" && n > 1)
		}
		r.note("several contributions of the "+side.String(), len(contributions[side]) > 1)
		r.note("primary and supporting reps of the "+side.String(), policy.Model == comp.RoleBased && primary == side &&
			len(contributions[side]) > 0)
	}
}

// Bookings for several models cover every case that these allow.
func TestBookingsForSeveralModelsCoverEveryCase(t *testing.T) {
	r := reached{}
	scope := compgen.DefaultLimits()
	policies := []comp.Policy{comp.DefaultPolicy(), comp.DefaultPolicy().Under(comp.Split),
		comp.DefaultPolicy().Under(comp.Origination)}
	for seed := range draws {
		b := compgen.AnyBooking(scope, compgen.AnyTeam(scope).Example(seed+1), policies...).Example(seed + 2)
		sides := map[model.Side]int{}
		for _, p := range b.Payees {
			if p.Company {
				continue
			}
			sides[p.Party.Side]++
			r.note("primary", p.Role == comp.Primary)
			r.note("supporting by "+string(comp.TechnicalValidation), p.Contribution == comp.TechnicalValidation)
			r.note("supporting by "+string(comp.CoSelling), p.Contribution == comp.CoSelling)
			r.note("also contributed", len(p.AlsoContributed) > 0)
			if p.Role == 0 || b.Origin().Originator() == model.UnknownSource {
				t.Fatalf("%+v", b)
			}
		}
		r.note("one side alone", len(sides) == 1)
		r.note("several on both sides", sides[model.Partner] > 1 && sides[model.Vendor] > 1)
	}
	r.check(t)
}

func TestLedgersCoverEveryCase(t *testing.T) {
	r := reached{}
	for seed := range draws / 4 {
		scope := compgen.DefaultLimits()
		scope.Open = true // makes no difference
		l := compgen.AnyLedger(scope).Example(seed + 1)
		r.note("no deal", len(l.Bookings) == 0)
		r.note("as many deals as may be", len(l.Bookings) == scope.Deals)
		r.note("nothing is taken back", len(l.Bookings) > 1 && len(l.Reversals) == 0)
		r.note("several are taken back", len(l.Reversals) > 1)
		closed := map[string]value.Date{}
		partners := map[string]bool{}
		for i, b := range l.Bookings {
			closed[b.ID] = b.Closed
			r.note("two of one day", i > 0 && l.Bookings[i-1].Closed == b.Closed && b.Closed.Sub(scope.From) > 1 &&
				b.Closed != scope.To)
			if b.Closed.IsZero() {
				t.Errorf("%s is open", b.ID)
			}
			for _, p := range b.Payees {
				partners[p.Party.Org] = true
			}
		}
		r.note("two partners", len(partners) == 3)
		for _, back := range l.Reversals {
			r.note("taken back on the day", back.On == closed[back.Of])
			r.note("taken back later", back.On.After(closed[back.Of]))
			r.note("taken back on the last day", back.On == scope.To)
		}
	}
	r.check(t)
}

func TestHistoriesCoverEveryCase(t *testing.T) {
	r := reached{}
	scope := compgen.DefaultLimits()
	for seed := range draws {
		h := compgen.AnyHistory(scope).Example(seed + 1)
		for m := time.January; m <= time.December; m++ {
			r.note("fiscal year from "+m.String(), h.Terms().FiscalYear.Start == m)
		}
		r.note("dated by closing", h.Terms().DatedBy == timeline.ByClosing)
		r.note("dated by registration", h.Terms().DatedBy == timeline.ByRegistration)
		versions, corrections := h.Versions(), h.Corrections()
		r.note("one version", len(versions) == 1)
		r.note("four versions", len(versions) >= 4)
		r.note("no correction", len(corrections) == 0)
		r.note("two corrections", len(corrections) >= 2)
		for i := range versions[1:] {
			r.note("another model", versions[i].Policy.Model != versions[i+1].Policy.Model)
			r.note("other numbers", !maps.Equal(versions[i].Policy.RoleBased.Contributions,
				versions[i+1].Policy.RoleBased.Contributions))
		}
		for i, c := range corrections {
			r.note("two corrections of one version", i > 0 && corrections[i-1].Corrects == c.Corrects)
		}
		for _, s := range h.Spans() {
			r.note("a version corrected from its first day", s.Correction != "" &&
				slices.ContainsFunc(versions, func(v timeline.Version) bool {
					return v.ID == s.Version &&
						v.From == s.From
				}))
		}
	}
	r.check(t)
}
