package assess_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/coselling/coselling/assess"
	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/deal"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/registration/domains"
	"github.com/coselling/coselling/value"
)

var resell = model.PartnerOrg("resell")

// paid is a deal that acme leads with an integrator and a reseller, each with a rep who is paid.
func paid() (deal.Deal, deal.Record) {
	d, r := small()
	d.Participants = []deal.Participant{{Party: integra, Function: model.Integration},
		{Party: resell, Function: model.Resale}}
	rate := value.MustPercent("5%")
	const tech, sell = comp.TechnicalValidation, comp.CoSelling
	d.Payees = append(d.Payees, comp.Payee{Rep: "bo", Party: us, Contribution: tech, Rate: rate},
		comp.Payee{Rep: "ida", Party: integra, Contribution: sell, Rate: rate},
		comp.Payee{Rep: "ron", Party: resell, Contribution: tech, Rate: rate})
	d.PartnerShares = []comp.PartnerShare{{Party: acme, Share: value.MustPercent("50%")},
		{Party: integra, Share: value.MustPercent("30%")}, {Party: resell, Share: value.MustPercent("20%")}}
	return d, r
}

// underModel returns the rules of our book under a model.
func underModel(t *testing.T, m comp.Model) *assess.Rules {
	t.Helper()
	b := ourBook()
	b.Comp = b.Comp.Under(m)
	e, err := assess.Compile(b, assess.Host{Registrable: domains.Registrable})
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// view.side, and the pay of several partners under each model: the host reads all lines, each party its own, which do
// not change with what another one is paid.
func TestEachPartyOfADealReadsItsOwnPay(t *testing.T) {
	for m, want := range map[comp.Model][]string{
		comp.RoleBased: {"ana 18000.00 USD ", "ida 9000.00 USD ", "ron 5400.00 USD ", "bo 5400.00 USD "},
		comp.Split:     {"ana 9000.00 USD ", "ida 5400.00 USD ", "ron 3600.00 USD ", "bo 18000.00 USD "},
		comp.Origination: {"ana 18000.00 USD 0.00 USD", "ida 0.00 USD 4500.00 USD", "ron 0.00 USD 4500.00 USD",
			"bo 0.00 USD 4500.00 USD"},
	} {
		e := underModel(t, m)
		d, r := paid()
		read := func(d deal.Deal, party model.Party) (rows []string, view string) {
			a, err := e.Assess(d, r, november(6, 9))
			if err != nil {
				t.Fatal(err)
			}
			v := a.For(party)
			if party.IsZero() {
				v = a.Everything()
			}
			for _, l := range v.Credit.Lines {
				row := l.Payee + " " + l.QuotaCredit.String() + " "
				if m == comp.Origination {
					row += l.Influenced.String()
				}
				rows = append(rows, row)
			}
			return rows, written(v)
		}
		if rows, _ := read(d, model.Party{}); !slices.Equal(rows, want) {
			t.Errorf("%s: the host reads %q, want %q", m, rows, want)
		}
		for i, party := range []model.Party{acme, integra, resell, us} {
			rows, before := read(d, party)
			if !slices.Equal(rows, want[i:i+1]) {
				t.Errorf("%s: %s reads %q, want %q", m, party, rows, want[i])
			}
			other := d
			other.Payees = slices.Clone(d.Payees)
			for j := range other.Payees {
				if p := &other.Payees[j]; p.Party != party {
					p.Rate, p.Contribution = value.MustPercent("6%"), "nothing"
				}
			}
			if _, after := read(other, party); before != after {
				t.Errorf("%s: %s reads of the pay of others\n%s\nbefore\n%s", m, party, after, before)
			}
		}
	}
}

// Another partner than the one that leads brought the deal: its claim decides, else who led first.
func TestThePartnerThatRegisteredADealBroughtIt_comp_origination(t *testing.T) {
	e := underModel(t, comp.Origination)
	d, r := paid()
	credited := func() string {
		a, err := e.Assess(d, r, november(6, 9))
		if err != nil {
			t.Fatal(err)
		}
		var all []string
		for _, l := range a.Everything().Credit.Lines {
			all = append(all, fmt.Sprint(l.Payee, " ", l.Credited))
		}
		return strings.Join(all, ", ")
	}
	if got := credited(); got != "ana originator, ida influencer, ron influencer, bo influencer" {
		t.Error(got)
	}
	for i := range r.Claims {
		r.Claims[i].Claimant = resell
	}
	if got := credited(); got != "ana influencer, ida influencer, ron originator, bo influencer" {
		t.Error(got)
	}
}

// A payee of a company that took part on no day of the deal is refused by name, and so is one of no company of it.
func TestAPayeeOfWhoTookNoPartIsRefused(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*deal.Deal)
		path   string
		code   value.Code
		says   string
	}{
		"left before the opening": {func(d *deal.Deal) { d.Participants[0].Until = value.MustDate("2026-10-01") },
			`deal.payees["ida"].party`, "party.no_day", `"integra" took part until `},
		"no company of the deal": {func(d *deal.Deal) { d.Participants = d.Participants[1:] },
			`deal.payees["ida"]`, model.TwoOrgs, "is none of the partners of the deal"},
		"without a part": {func(d *deal.Deal) {
			d.PartnerShares = d.PartnerShares[:2]
			d.PartnerShares[1].Share = value.MustPercent("50%")
		}, `deal.payees["ron"].party`, "booking.partner_share.missing", `"partner resell" has no part`},
		"parts below 100%": {func(d *deal.Deal) { d.PartnerShares[1].Share = value.MustPercent("29%") },
			"deal.partner_shares", comp.ShareTotal, "a total of 99%"},
	} {
		t.Run(name, func(t *testing.T) {
			d, r := paid()
			if c.change(&d); name == "no company of the deal" {
				d.PartnerShares = nil
			}
			e := engine(t)
			if name == "without a part" {
				e = underModel(t, comp.Split)
			}
			a, err := e.Assess(d, r, november(6, 9))
			if err != nil {
				t.Fatal(err)
			}
			v := a.Everything()
			if !hasMissing(&v, assess.SectionCredit, c.path, c.code) || !strings.Contains(fmt.Sprint(v.Missing), c.says) {
				t.Errorf("%v", v.Missing)
			}
			if vendor := a.For(us); len(vendor.Credit.Lines) != 1 {
				t.Errorf("the vendor reads %v, %v", vendor.Credit.Lines, vendor.Missing)
			}
		})
	}
	d, _ := paid()
	d.PartnerShares[2].Party = model.PartnerOrg("stranger")
	if err := d.Check(); err == nil || !strings.Contains(err.Error(), `partner_shares[2].party: "partner stranger" is none`) {
		t.Error(err)
	}
}

// A participant who states that its rep is primary contradicts the model that is set.
func TestOnlyTheLeadsRepsAreDerivedPrimary_comp_role_based(t *testing.T) {
	d, r := paid()
	d.Payees[2].Role = comp.Primary
	v := everything(t, d, r, november(6, 9))
	const says = "which make the reps of the partner that leads primary"
	if !hasMissing(&v, assess.SectionCredit, `deal.payees["ida"].role`, "booking.role.contradicts") ||
		!strings.Contains(fmt.Sprint(v.Missing), says) {
		t.Errorf("%v", v.Missing)
	}
}
