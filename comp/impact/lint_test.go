package impact_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/comp/impact"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// Every lint, just where it begins and just where it does not (SPEC 5.1, 5.3).
func TestLints(t *testing.T) {
	usd := value.MustMoney
	pct := value.MustPercent
	table := func(method comp.Method, change func(*comp.RateTable)) func(*comp.Policy) {
		return func(p *comp.Policy) {
			one := comp.RateTable{Measure: comp.PeriodAmount, Method: method, Currency: value.MustCurrency("USD"), Tiers: []comp.Tier{
				{To: comp.Bound{Amount: usd("1000.00 USD")}, Rate: pct("5%")},
				{From: comp.Bound{Amount: usd("1000.00 USD")}, Rate: pct("7%")},
			}}
			change(&one)
			p.Rates = comp.RateTerms{Year: comp.FiscalYear{Start: 1}, Period: comp.Quarterly, Tables: map[comp.TableID]comp.RateTable{"t": one}}
		}
	}
	contribution := func(percent string) func(*comp.Policy) {
		return func(p *comp.Policy) { p.RoleBased.Contributions[comp.TechnicalValidation] = pct(percent) }
	}
	nothing := func(*comp.RateTable) {}
	for _, c := range []struct {
		name   string
		change func(*comp.Policy)
		want   []string // code and first path
	}{
		{"the default policy", func(*comp.Policy) {}, nil},
		{"comp.lint.percent 25 %", contribution("25%"), nil},
		{"comp.lint.percent below 25 %", contribution("24.999999%"), []string{"comp.lint.percent role_based.contributions.technical_validation"}},
		{"comp.lint.percent 50 %", contribution("50%"), nil},
		{"comp.lint.percent above 50 %", contribution("50.000001%"), []string{"comp.lint.percent role_based.contributions.technical_validation"}},
		{"comp.lint.percent influenced", func(p *comp.Policy) { p.Origination.Influenced = pct("60%") }, []string{"comp.lint.percent origination.influenced"}},
		{"comp.lint.jump of marginal tiers there is none", table(comp.Marginal, nothing), nil},
		{"comp.lint.jump", table(comp.Retroactive, nothing), []string{"comp.lint.jump rates.tables.t.tiers[1]"}},
		{"comp.lint.jump equal rates", table(comp.Retroactive, func(r *comp.RateTable) { r.Tiers[1].Rate = r.Tiers[0].Rate }), nil},
		{"comp.lint.tier_unreachable the cap is reached where the tier begins", table(comp.Marginal, func(r *comp.RateTable) { r.PeriodCap = usd("50.00 USD") }), []string{"comp.lint.tier_unreachable rates.tables.t.tiers[1]"}},
		{"comp.lint.tier_unreachable a cent above", table(comp.Marginal, func(r *comp.RateTable) { r.PeriodCap = usd("50.01 USD") }), nil},
		{"comp.lint.cap_below_floor", table(comp.Marginal, func(r *comp.RateTable) { r.PeriodCap, r.PeriodFloor = usd("99.99 USD"), usd("100.00 USD") }), []string{"comp.lint.cap_below_floor rates.tables.t.period_cap"}},
		{"comp.lint.cap_below_floor equal", table(comp.Marginal, func(r *comp.RateTable) { r.PeriodCap, r.PeriodFloor = usd("100.00 USD"), usd("100.00 USD") }), nil},
		{"comp.neutral a joint origin that is halved", func(p *comp.Policy) { p.Model = comp.Origination }, []string{"comp.neutral joint_origin", "comp.neutral joint_origin"}},
		{"comp.neutral a joint origin of one side", func(p *comp.Policy) { p.Model, p.JointOrigin = comp.Origination, comp.PartnerOrigin }, nil},
	} {
		policy := comp.DefaultPolicy()
		c.change(&policy)
		compile(t, policy)
		var got []string
		for _, doubt := range impact.Lint(policy) {
			got = append(got, fmt.Sprint(doubt.Code(), " ", doubt.Paths()[0]))
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

// comp.lint.jump: the amount of the jump, of a period, of a deal and of a quota.
func TestJumpsStateTheirAmount(t *testing.T) {
	for measure, want := range map[comp.Measure]string{comp.PeriodAmount: "20.00 USD", comp.DealAmount: "20.00 USD"} {
		policy := comp.DefaultPolicy()
		policy.Rates = comp.RateTerms{Year: comp.FiscalYear{Start: 1}, Period: comp.Quarterly, Tables: map[comp.TableID]comp.RateTable{"t": {
			Measure: measure, Method: comp.Retroactive, Currency: value.MustCurrency("USD"), Tiers: []comp.Tier{
				{To: comp.Bound{Amount: value.MustMoney("1000.00 USD")}, Rate: value.MustPercent("5%")},
				{From: comp.Bound{Amount: value.MustMoney("1000.00 USD")}, Rate: value.MustPercent("7%")},
			}}}}
		jump := ""
		for _, doubt := range impact.Lint(policy) {
			for _, op := range doubt.Operands() {
				if op.Name() == "jump" {
					jump = op.String()
				}
			}
		}
		if jump != want {
			t.Errorf("%s: the commission jumps by %s, want %s", measure, jump, want)
		}
	}
}

// comp.neutral: who brought a deal and would get more alone loses; who sells alone, or
// did not bring it, does not; and who reads it reads no pay but the own side's.
func TestWhoLosesByBringingAPartnerIn(t *testing.T) {
	plan := compile(t, comp.DefaultPolicy())
	deal := deals()[0] // ana is primary, bo validates
	for source, want := range map[model.Source]int{model.FromPartner: 0, model.FromVendor: 1, model.UnknownSource: 0} {
		deal.Source = source
		found, err := impact.LintBooking(plan, deal)
		if err != nil || len(found) != want {
			t.Errorf("%s: %v, %v", source, found, err)
		}
		for _, doubt := range found {
			if doubt.Code() != impact.Neutral {
				t.Errorf("%s: %s", source, doubt.Code())
			}
			if other := model.PartnerOrg("acme").View(doubt).String(); other == doubt.String() {
				t.Errorf("the partner reads the vendor's pay: %s", other)
			}
		}
	}
	deal.Source, deal.Payees = model.FromPartner, deal.Payees[:1]
	if found, err := impact.LintBooking(plan, deal); err != nil || found != nil {
		t.Errorf("alone: %v, %v", found, err)
	}
	deal.Value = value.Money{}
	if _, err := impact.LintBooking(plan, deal); err == nil {
		t.Error("a deal without an amount was looked at")
	}
}
