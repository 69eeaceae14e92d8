package impact_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/comp/impact"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// Each lint has a policy just inside and one just outside of its condition.
func TestLintsBeginAtTheirThreshold(t *testing.T) {
	usd := value.MustMoney
	pct := value.MustPercent
	table := func(method comp.Method, change func(*comp.RateTable)) func(*comp.Policy) {
		return func(p *comp.Policy) {
			one := comp.RateTable{Measure: comp.PeriodAmount, Method: method, Currency: value.MustCurrency("USD"),
				Tiers: []comp.Tier{
					{To: comp.Bound{Amount: usd("1000.00 USD")}, Rate: pct("5%")},
					{From: comp.Bound{Amount: usd("1000.00 USD")}, Rate: pct("7%")},
				}}
			change(&one)
			p.Rates = comp.RateTerms{Year: comp.FiscalYear{Start: 1}, Period: comp.Quarterly,
				Tables: map[comp.TableID]comp.RateTable{"t": one}}
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
		{"comp.lint.percent below 25 %", contribution("24.999999%"),
			[]string{"comp.lint.percent role_based.contributions.technical_validation"}},
		{"comp.lint.percent 50 %", contribution("50%"), nil},
		{"comp.lint.percent above 50 %", contribution("50.000001%"),
			[]string{"comp.lint.percent role_based.contributions.technical_validation"}},
		{"comp.lint.percent influenced", func(p *comp.Policy) { p.Origination.Influenced = pct("60%") },
			[]string{"comp.lint.percent origination.influenced"}},
		{"comp.lint.jump of marginal tiers there is none", table(comp.Marginal, nothing), nil},
		{"comp.lint.jump", table(comp.Retroactive, nothing), []string{"comp.lint.jump rates.tables.t.tiers[1]"}},
		{"comp.lint.jump equal rates", table(comp.Retroactive,
			func(r *comp.RateTable) { r.Tiers[1].Rate = r.Tiers[0].Rate }), nil},
		{"comp.lint.tier_unreachable the cap is reached where the tier begins",
			table(comp.Marginal, func(r *comp.RateTable) { r.PeriodCap = usd("50.00 USD") }),
			[]string{"comp.lint.tier_unreachable rates.tables.t.tiers[1]"}},
		{"comp.lint.tier_unreachable a cent above",
			table(comp.Marginal, func(r *comp.RateTable) { r.PeriodCap = usd("50.01 USD") }), nil},
		{"comp.lint.cap_below_floor", table(comp.Marginal,
			func(r *comp.RateTable) { r.PeriodCap, r.PeriodFloor = usd("99.99 USD"), usd("100.00 USD") }),
			[]string{"comp.lint.cap_below_floor rates.tables.t.period_cap"}},
		{"comp.lint.cap_below_floor equal", table(comp.Marginal,
			func(r *comp.RateTable) { r.PeriodCap, r.PeriodFloor = usd("100.00 USD"), usd("100.00 USD") }), nil},
		{"comp.neutral a joint origin that is halved", func(p *comp.Policy) { p.Model = comp.Origination },
			[]string{"comp.neutral joint_origin", "comp.neutral joint_origin", "comp.pros_cons origination.influenced"}},
		{"comp.neutral a joint origin of one side",
			func(p *comp.Policy) { p.Model, p.JointOrigin = comp.Origination, comp.PartnerOrigin },
			[]string{"comp.pros_cons origination.influenced"}},
		{"comp.pros_cons", func(p *comp.Policy) { p.Model = comp.Split }, []string{"comp.pros_cons model"}},
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

// comp.lint.jump: the amount of the jump for a deal, a period and the largest quota is
// rounded once by the policy's rounding; without a quota it is a part of the quota.
func TestJumpsStateTheirAmount(t *testing.T) {
	quotas := func(amounts ...string) map[string]map[value.Date]value.Money {
		all := map[string]map[value.Date]value.Money{}
		for i, amount := range amounts {
			all[fmt.Sprint("rep-", i)] = map[value.Date]value.Money{value.MustDate("2026-01-01"): value.MustMoney(amount)}
		}
		return all
	}
	even, away, zero := value.HalfEven, value.HalfAwayFromZero, value.TowardZero
	for _, c := range []struct {
		measure      comp.Measure
		rounding     value.Rounding
		bound        string
		below, above string
		quotas       map[string]map[value.Date]value.Money
		want         string
	}{
		{comp.PeriodAmount, even, "1000.00 USD", "5%", "7%", nil, "20.00 USD"},
		{comp.DealAmount, even, "1000.00 USD", "5%", "7%", nil, "20.00 USD"},
		{comp.DealAmount, even, "1000.00 USD", "7%", "5%", nil, "-20.00 USD"},
		{comp.DealAmount, even, "0.50 USD", "5%", "6%", nil, "0.00 USD"},
		{comp.DealAmount, even, "1.50 USD", "5%", "6%", nil, "0.02 USD"},
		{comp.DealAmount, even, "2.50 USD", "5%", "6%", nil, "0.02 USD"},
		{comp.DealAmount, even, "2.51 USD", "5%", "6%", nil, "0.03 USD"},
		{comp.DealAmount, away, "2.50 USD", "5%", "6%", nil, "0.03 USD"},
		{comp.DealAmount, away, "2.49 USD", "5%", "6%", nil, "0.02 USD"},
		{comp.DealAmount, away, "2.50 USD", "6%", "5%", nil, "-0.03 USD"},
		{comp.DealAmount, zero, "2.99 USD", "5%", "6%", nil, "0.02 USD"},
		{comp.DealAmount, zero, "2.99 USD", "6%", "5%", nil, "-0.02 USD"},
		{comp.Attainment, even, "60%", "5%", "7%", nil, "1.2%"},
		{comp.Attainment, even, "60%", "5%", "7%", quotas("100 EUR", "100 USD"), "1.2%"},
		{comp.Attainment, even, "60%", "5%", "7%", quotas("300 USD", "1000 USD", "200 USD"), "12.00 USD"},
		{comp.Attainment, even, "60% in USD", "5%", "7%", quotas("2000 EUR", "1000 USD", "200 USD"), "12.00 USD"},
	} {
		table := comp.RateTable{Measure: c.measure, Method: comp.Retroactive}
		var bound comp.Bound
		if c.measure == comp.Attainment {
			part, currency, _ := strings.Cut(c.bound, " in ")
			bound.Attainment = value.MustPercent(part)
			if currency != "" {
				table.Currency = value.MustCurrency(currency)
			}
		} else {
			table.Currency, bound.Amount = value.MustCurrency("USD"), value.MustMoney(c.bound)
		}
		table.Tiers = []comp.Tier{{To: bound, Rate: value.MustPercent(c.below)},
			{From: bound, Rate: value.MustPercent(c.above)}}
		policy := comp.DefaultPolicy()
		policy.Rounding = c.rounding
		policy.Rates = comp.RateTerms{Year: comp.FiscalYear{Start: 1}, Period: comp.Quarterly, Quotas: c.quotas,
			Tables: map[comp.TableID]comp.RateTable{"t": table}}
		compile(t, policy)
		jump := ""
		for _, doubt := range impact.Lint(policy) {
			for _, op := range doubt.Operands() {
				if op.Name() == "jump" {
					jump = op.String()
				}
			}
		}
		if jump != c.want {
			t.Errorf("%s at %s from %s to %s, %s: the commission jumps by %s, want %s", c.measure, c.bound, c.below,
				c.above, c.rounding, jump, c.want)
		}
	}
}

// comp.neutral: a rep who brought a deal loses if they would get more alone. A rep who sells
// alone or did not bring the deal does not lose. Each reader sees the pay of their side only.
func TestNeutralFindsARepWhoLosesByBringingAPartnerIn(t *testing.T) {
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

// comp.neutral: of a deal that both sides found and share, each would have had all of it alone.
func TestNeutralFindsBothWhoShareADealThatBothFound(t *testing.T) {
	policy := comp.DefaultPolicy().Under(comp.Origination)
	policy.JointOrigin = comp.EqualOrigin
	deal := deals()[0]
	deal.Source = model.FromBoth
	found, err := impact.LintBooking(compile(t, policy), deal)
	if err != nil || len(found) != 2 || !strings.HasPrefix(found[0].String(), "ana (partner acme)") ||
		!strings.HasPrefix(found[1].String(), "bo (vendor us)") {
		t.Errorf("%v, %v", found, err)
	}
}

// comp.neutral: of several supporters, only those whose contribution counts most could have
// sold alone.
func TestNeutralComparesTheSupportersWhoCountMost(t *testing.T) {
	for _, first := range []int{0, 1} {
		deal := deals()[0]
		deal.Source = model.FromVendor
		cy := deals()[1].Payees[1] // for co-selling, which counts more than bo's validation
		deal.Payees = append(slices.Clone(deal.Payees), cy)
		deal.Payees[1], deal.Payees[2-first] = deal.Payees[2-first], deal.Payees[1]
		found, err := impact.LintBooking(compile(t, comp.DefaultPolicy()), deal)
		if err != nil || len(found) != 1 || !strings.HasPrefix(found[0].String(), "cy (vendor us)") {
			t.Errorf("%v, %v", found, err)
		}
	}
}

// comp.neutral: a company is no rep who could have sold alone or was brought in; the tables of a rep add up; a rep with
// credit only is compared by credit.
func TestNeutralKnowsEveryKindOfPayee(t *testing.T) {
	policy := comp.DefaultPolicy()
	policy.Rates.Tables = map[comp.TableID]comp.RateTable{}
	for _, id := range []comp.TableID{"one", "two"} {
		policy.Rates.Tables[id] = comp.RateTable{Measure: comp.DealAmount, Method: comp.Marginal,
			Currency: usdCode, Tiers: []comp.Tier{{Rate: value.MustPercent("10%")}}}
	}
	company := comp.Payee{Rep: "fee", Party: model.VendorOrg("us"), Company: true, Rate: value.MustPercent("100%")}
	deal := deals()[0] // of 120,000; bo's validation counts 30 %
	deal.Source = model.FromVendor
	bo := &deal.Payees[1]
	for says, change := range map[string]func(){
		"gets 36000.00 USD of quota credit and 7200.00 USD with the other side, 120000.00 USD and 24000.00 USD alone": func() {
			bo.Rate, bo.Table, bo.AddedTables = value.Percent{}, "one", []comp.TableID{"two"}
		},
		"gets 36000.00 USD of quota credit with the other side, 120000.00 USD alone": func() {
			bo.Rate, bo.Table, bo.AddedTables, bo.CreditOnly = value.Percent{}, "", nil, true
		},
	} {
		*bo = deals()[0].Payees[1]
		change()
		with := deal
		with.Payees = append(slices.Clone(deal.Payees), company)
		found, err := impact.LintBooking(compile(t, policy), with)
		if err != nil || len(found) != 1 || !strings.HasSuffix(found[0].String(), says) {
			t.Errorf("%v, %v, want %s", found, err, says)
		}
		with.Payees = []comp.Payee{deal.Payees[0], company}
		with.Source = model.FromPartner
		if found, err := impact.LintBooking(compile(t, policy), with); err != nil || found != nil {
			t.Errorf("alone, with a company: %v, %v", found, err)
		}
	}
}

// comp.pros_cons: what a model weakens is said with the policy's own numbers; role-based credit has no such doubt.
func TestTheModelSaysWhatItWeakens(t *testing.T) {
	for model, want := range map[comp.Model]string{
		comp.RoleBased: "[]",
		comp.Split: "[split credits both sides in full: a deal with one rep on each side gives 200% of its value as quota " +
			"credit, so that quotas are attained by more than is sold]",
		comp.Origination: "[origination gives the side that did not bring a deal 40% of the credit, which counts toward " +
			"quota: its reps may not be fully motivated]",
	} {
		policy := comp.DefaultPolicy().Under(model)
		policy.JointOrigin = comp.PartnerOrigin
		policy.Origination.Influenced, policy.Origination.InfluencedCountsTowardQuota = value.MustPercent("40%"), true
		if got := fmt.Sprint(impact.LintModel(policy)); got != want {
			t.Errorf("%s: %s", model, got)
		}
	}
	if found := impact.LintModel(comp.Policy{}); found != nil {
		t.Errorf("a policy that is refused: %v", found)
	}
}

// comp.pros_cons: a policy that credits each party in full says what that does to quotas.
func TestSplitByPartySaysItsInflation(t *testing.T) {
	p := comp.DefaultPolicy().Under(comp.Split)
	p.SplitByParty = true
	const want = "split credits both sides in full: a deal with one rep on each side gives 200% of its value as quota " +
		"credit, so that quotas are attained by more than is sold; each further partner adds 100%"
	found := impact.LintModel(p)
	if len(found) != 1 || found[0].String() != want || len(found[0].Paths()) != 2 {
		t.Errorf("%v", found)
	}
}

// comp.neutral with several partners: the party that brought the deal is compared with the same party alone.
func TestThePartnerWhoBroughtADealIsComparedAlone(t *testing.T) {
	p := comp.DefaultPolicy().Under(comp.Split)
	plan, err := comp.Compile(p)
	if err != nil {
		t.Fatal(err)
	}
	acme, bay := model.PartnerOrg("acme"), model.PartnerOrg("bay")
	b := comp.Booking{ID: "D-1", Value: value.MustMoney("100.00 USD"), Source: model.FromPartner, LeadPartner: "acme",
		BroughtBy: "bay", PartnerShares: []comp.PartnerShare{{Party: acme, Share: value.MustPercent("60%")},
			{Party: bay, Share: value.MustPercent("40%")}},
		Payees: []comp.Payee{{Rep: "ana", Party: acme, CreditOnly: true}, {Rep: "ben", Party: bay, CreditOnly: true}}}
	found, err := impact.LintBooking(plan, b)
	const want = "ben (partner bay), who brought D-1, gets 40.00 USD of quota credit with the others, 100.00 USD alone"
	if err != nil || len(found) != 1 || found[0].String() != want {
		t.Errorf("%v, %v", found, err)
	}
}

// A difference of several partners names the policy's word about them; one of a deal with one partner does not.
func TestADifferenceNamesHowPartnersSplit(t *testing.T) {
	before := comp.DefaultPolicy().Under(comp.Split)
	after := before
	after.SplitByParty = true
	plans := [2]*comp.Plan{}
	for i, p := range []comp.Policy{before, after} {
		var err error
		if plans[i], err = comp.Compile(p); err != nil {
			t.Fatal(err)
		}
	}
	acme, bay := model.PartnerOrg("acme"), model.PartnerOrg("bay")
	rate := value.MustPercent("10%")
	b := comp.Booking{ID: "D-1", Value: value.MustMoney("100.00 USD"), Closed: value.MustDate("2026-11-20"),
		LeadPartner: "acme", PartnerShares: []comp.PartnerShare{{Party: acme, Share: value.MustPercent("60%")},
			{Party: bay, Share: value.MustPercent("40%")}},
		Payees: []comp.Payee{{Rep: "ana", Party: acme, Rate: rate}, {Rep: "ben", Party: bay, Rate: rate},
			{Rep: "vi", Party: model.VendorOrg("us"), Rate: rate}}}
	report, err := impact.Compare(plans[0], plans[1], []comp.Booking{b})
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []struct{ change, cause string }{{"4.00 USD", "split_by_party"}, {"6.00 USD", "split_by_party"},
		{"0.00 USD", ""}} {
		p, cause := report.Payees[i], ""
		for _, c := range p.Causes {
			cause += c.Path
		}
		if p.Change.Commission.String() != want.change || cause != want.cause {
			t.Errorf("%s: %s because of %q", p.Rep, p.Change.Commission, cause)
		}
	}
}
