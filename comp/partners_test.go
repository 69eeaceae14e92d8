package comp_test

import (
	"fmt"
	"math/big"
	"testing"

	"pgregory.net/rapid"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/internal/naive/pay"
	"github.com/coselling/coselling/internal/reachtest"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

var (
	bay = model.PartnerOrg("bay")
	cal = model.PartnerOrg("cal")
)

// partiesOf returns the parties with a line.
func partiesOf(s comp.Statement) map[model.Party]bool {
	parties := map[model.Party]bool{}
	for _, l := range s.Lines {
		parties[l.Party] = true
	}
	return parties
}

// shared is a deal of three partners, which acme leads, with the parts of their side's credit.
func shared(payees ...comp.Payee) comp.Booking {
	b := deal(payees...)
	b.LeadPartner = "acme"
	b.PartnerShares = []comp.PartnerShare{
		{Party: cal, Share: value.MustPercent("33.333333%")}, {Party: acme, Share: value.MustPercent("33.333334%")},
		{Party: bay, Share: value.MustPercent("33.333333%")},
	}
	return b
}

// comp.role_based, comp.split, comp.origination: reps of several partners under each model.
func TestModelsCreditSeveralPartners(t *testing.T) {
	const tech, sell = comp.TechnicalValidation, comp.CoSelling
	all := []comp.Payee{rep("ana", acme), rep("ben", bay), rep("cy", cal), rep("vi", us)}
	roles := []comp.Payee{
		primary("ana", acme), supporting("ben", bay, sell), supporting("bert", bay, tech), supporting("vi", us, tech),
	}
	byParty, both := under(comp.Split), under(comp.Origination)
	byParty.SplitByParty = true
	for _, c := range []struct {
		name       string
		policy     comp.Policy
		source     model.Source
		registrant model.Registrant
		brought    string
		payees     []comp.Payee
		want       []string
	}{
		{"comp.origination of the partner that leads", under(comp.Origination), model.FromPartner, 0, "", all,
			[]string{"ana 1000.00 0.00 100.00", "ben 0.00 250.00 25.00", "cy 0.00 250.00 25.00", "vi 0.00 250.00 25.00"}},
		{"comp.origination of another partner", under(comp.Origination), model.FromPartner, 0, "bay", all,
			[]string{"ana 0.00 250.00 25.00", "ben 1000.00 0.00 100.00", "cy 0.00 250.00 25.00", "vi 0.00 250.00 25.00"}},
		{"comp.origination of the vendor", under(comp.Origination), model.FromVendor, 0, "bay", all,
			[]string{"vi 1000.00 0.00 100.00", "ana 0.00 250.00 25.00", "ben 0.00 250.00 25.00", "cy 0.00 250.00 25.00"}},
		{"comp.origination of the vendor and a partner, others influence", both, 0, model.ByVendorJoint, "cal", all,
			[]string{"vi 500.00 0.00 50.00", "ana 0.00 250.00 25.00", "ben 0.00 250.00 25.00", "cy 500.00 0.00 50.00"}},
		{"comp.split by side", under(comp.Split), model.FromPartner, 0, "", all,
			[]string{"ana 333.34 0.00 33.33", "ben 333.33 0.00 33.33", "cy 333.33 0.00 33.33", "vi 1000.00 0.00 100.00"}},
		{"comp.split by party", byParty, model.FromPartner, 0, "", all,
			[]string{"ana 1000.00 0.00 100.00", "ben 1000.00 0.00 100.00", "cy 1000.00 0.00 100.00", "vi 1000.00 0.00 100.00"}},
		{"comp.role_based by contribution of each", under(comp.RoleBased), model.FromPartner, 0, "bay", roles,
			[]string{"ana 1000.00 0.00 100.00", "ben 500.00 0.00 50.00", "bert 300.00 0.00 30.00", "vi 300.00 0.00 30.00"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := shared(c.payees...)
			b.Source, b.Registrant, b.BroughtBy = c.source, c.registrant, c.brought
			wantRows(t, statement(t, c.policy, b), c.want...)
		})
	}
}

// A role that nobody stated follows from who leads: a participant supports.
func TestRolesOfSeveralPartnersAreDerived_comp_role_based(t *testing.T) {
	const tech = comp.TechnicalValidation
	ben, vi := rep("ben", bay), rep("vi", us)
	ben.Contribution, vi.Contribution = tech, tech
	b := shared(rep("ana", acme), ben, vi)
	wantRows(t, statement(t, under(comp.RoleBased), b.WithRoles(model.Partner)),
		"ana 1000.00 0.00 100.00", "ben 300.00 0.00 30.00", "vi 300.00 0.00 30.00")
	_, err := compile(t, under(comp.RoleBased)).Statement(shared(primary("ben", bay)))
	wantError(t, err, `booking.payees[0].role: primary is for the vendor's reps and those of the partner that leads, "acme"`)
}

// comp.conserve: the parts of partners who share total the credit of their side to the minor unit, and for each model a
// party that is credited gets what the model says.
func TestCompConservePartnersTotalTheirSide(t *testing.T) {
	seen := reachtest.Seen{}
	reachtest.Check(t, seen, func(t *rapid.T) {
		policy, b, _ := anyPriced(t)
		if b.LeadPartner == "" {
			t.Skip("one partner")
		}
		policy.SplitByParty = rapid.Bool().Draw(t, "by party")
		b.Payees = []comp.Payee{rep("v", us)}
		for _, s := range b.PartnerShares { // each partner has two reps
			b.Payees = append(b.Payees, sharing(rep("1"+s.Party.Org, s.Party), "66.666667%"),
				sharing(rep("2"+s.Party.Org, s.Party), "33.333333%"))
		}
		for i := range b.Payees {
			if p := &b.Payees[i]; p.Party == acme {
				p.Role = comp.Primary
			} else {
				p.Role, p.Contribution = comp.Supporting, known(policy)[0]
			}
		}
		s := statement(t, policy, b)
		sums, total := map[model.Party]int64{}, int64(0)
		for _, l := range s.Lines {
			if sums[l.Party] += credit(l); l.Party.Side == model.Partner {
				total += credit(l)
			}
		}
		base := pay.Quota(b, model.Partner).Minor()
		whole := func(p value.Percent) int64 {
			return pay.Rounded(pay.Product(big.NewRat(base, 1), pay.Fraction(p)), policy.Rounding).Int64()
		}
		n := int64(len(b.PartnerShares))
		halves := pay.Origin(policy, b) == model.FromBoth
		switch {
		case policy.Model == comp.Split && policy.SplitByParty:
			seen["by party"]++
			total -= n * base
		case policy.Model == comp.Split:
			seen["by side"]++
			total -= base
		case policy.Model == comp.RoleBased:
			seen["by role"]++
			total -= base + (n-1)*whole(policy.RoleBased.Contributions[known(policy)[0]])
		case halves:
			seen["halves"]++
			total -= (n - 1) * whole(policy.Origination.Influenced)
			total -= map[bool]int64{true: (base + 1) / 2, false: base / 2}[pay.First(model.FromBoth, b) == model.Partner]
		case pay.Origin(policy, b) == model.FromPartner:
			seen["brought by a partner"]++
			total -= base + (n-1)*whole(policy.Origination.Influenced)
		default:
			seen["brought by the vendor"]++
			total -= n * whole(policy.Origination.Influenced)
		}
		if total != 0 {
			t.Fatalf("%d units too many: %v\n%s", total, sums, lines(s))
		}
	}, "by party", "by side", "by role", "halves", "brought by a partner", "brought by the vendor")
}

// What a booking says of its partners is refused by name and path, everything at once.
func TestRefusesPartnersThatContradict(t *testing.T) {
	for _, c := range []struct {
		name   string
		change func(*comp.Booking)
		want   []string
	}{
		{"nobody leads", func(b *comp.Booking) { b.LeadPartner = ""; b.Payees = b.Payees[:1] },
			[]string{"booking.lead_partner: nothing says which of several partners leads; name its organisation"}},
		{"the vendor leads", func(b *comp.Booking) { b.LeadPartner, b.PartnerShares, b.Payees = "us", nil, b.Payees[2:] },
			[]string{`booking.lead_partner: "us" is the vendor of a payee; name the organisation of a partner`}},
		{"misspelt", func(b *comp.Booking) { b.LeadPartner, b.BroughtBy = "acmee", "bayy" },
			[]string{`booking.lead_partner: "acmee" is none of the partners who share; name one of them, or state its share, which may be 0%`,
				`booking.brought_by: "bayy" is none of the partners who share; name one of them, or state its share, which may be 0%`}},
		{"a partner without a part", func(b *comp.Booking) { b.PartnerShares[2].Party = model.PartnerOrg("dot") },
			[]string{`booking.payees[1].party: "partner bay" has no part of the partners' credit; state the share of each partner when the model is set`}},
		{"parts below 100%", func(b *comp.Booking) { b.PartnerShares[2].Share = value.MustPercent("33.333332%") },
			[]string{"booking.partner_shares: a total of 99.999999% is 0.000001% below 100%; shares of one group total exactly 100%"}},
		{"a vendor, a part twice and one that nobody stated", func(b *comp.Booking) {
			b.PartnerShares = []comp.PartnerShare{{Party: us, Share: value.MustPercent("1%")}, {Party: acme},
				{Party: acme, Share: value.MustPercent("100%")}, {Party: bay, Share: value.MustPercent("101%")}}
		}, []string{`booking.partner_shares[0].party: "vendor us" shares with nobody on its side`,
			"booking.partner_shares[1].share: *", `booking.partner_shares[2].party: "partner acme" stands twice`,
			"booking.partner_shares[3].share: *"}},
		{"too many parts", func(b *comp.Booking) { b.PartnerShares = make([]comp.PartnerShare, 22); b.Payees = b.Payees[2:] },
			[]string{"booking.partner_shares: 22 shares are given; a deal has at most 21 partners"}},
		{"two vendors", func(b *comp.Booking) {
			b.Payees[2].Party = model.VendorOrg("z")
			b.Payees = append(b.Payees, rep("vo", us))
		},
			[]string{`booking.payees[2].party: "vendor z" and "vendor us" cannot both sell one deal`}},
		{"one id for two companies", func(b *comp.Booking) { b.Payees[1].Rep = "ana" },
			[]string{`booking.payees[1].rep: "ana" is a rep of "partner acme" and of "partner bay"; an id stands for one person`}},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := shared(rep("ana", acme), rep("ben", bay), rep("vi", us))
			c.change(&b)
			_, err := compile(t, under(comp.Split)).Statement(b)
			wantError(t, err, c.want...)
		})
	}
}

// Twenty partners beside the one that leads, each with a rep who shares in the credit of the side.
func BenchmarkPartners(b *testing.B) {
	for _, n := range []int{0, 20} {
		for _, model := range comp.Models() {
			deal := crowded(n)
			plan := compile(b, under(model))
			b.Run(fmt.Sprintf("%d further/%s", n, model), func(b *testing.B) {
				b.ReportAllocs()
				buf := make([]comp.Line, 0, len(deal.Payees))
				for b.Loop() {
					if _, err := plan.AppendStatement(buf, &deal); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}

// crowded is a deal of the vendor, the partner that leads and n others, who share evenly.
func crowded(n int) comp.Booking {
	b := deal(primary("ana", acme), supporting("vi", us, comp.TechnicalValidation))
	if n == 0 {
		return b
	}
	b.LeadPartner = "acme"
	b.PartnerShares = []comp.PartnerShare{{Party: acme, Share: millionths(full - int64(n)*(full/int64(n+1)))}}
	for i := range n {
		party := model.PartnerOrg(fmt.Sprintf("p%02d", i))
		b.Payees = append(b.Payees, supporting("rep-"+party.Org, party, comp.CoSelling))
		b.PartnerShares = append(b.PartnerShares, comp.PartnerShare{Party: party, Share: millionths(full / int64(n+1))})
	}
	return b
}
