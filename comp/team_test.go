package comp_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/internal/reachtest"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// withDealTables gives some payees of the booking, in place of a flat rate, a table that cuts deals into tiers,
// raises the smallest commissions and cuts the largest.
func withDealTables(t *rapid.T, policy *comp.Policy, b *comp.Booking) {
	currency := b.Value.Currency()
	amount := func(minor int64) value.Money {
		m, err := value.NewMoney(minor, currency)
		if err != nil {
			t.Fatal(err)
		}
		return m
	}
	bounds := []value.Money{{}, amount(10_000), amount(5_000_000), {}}
	table := comp.RateTable{
		Measure: comp.DealAmount, Currency: currency, DealFloor: amount(100), DealCap: amount(2_000_000),
		Method: rapid.SampledFrom([]comp.Method{comp.Marginal, comp.Retroactive}).Draw(t, "method"),
	}
	for i := range 3 {
		table.Tiers = append(table.Tiers, comp.Tier{
			From: comp.Bound{Amount: bounds[i]}, To: comp.Bound{Amount: bounds[i+1]},
			Rate: anyPart(full).Draw(t, "tier"),
		})
	}
	policy.Rates = comp.DefaultPolicy().Rates
	policy.Rates.Tables = map[comp.TableID]comp.RateTable{"deal": table}
	for i := range b.Payees {
		if rapid.Bool().Draw(t, "by table") {
			b.Payees[i].Rate, b.Payees[i].Table = value.Percent{}, "deal"
		}
	}
}

func amountsOf(l comp.Line) comp.Amounts {
	return comp.Amounts{QuotaCredit: l.QuotaCredit, Influenced: l.Influenced, Commission: l.Commission}
}

// A team gives, for every amount and for every pair of quota values, the amounts and the lines of a statement, which
// TestStatementsEqualTheOracle compares with fractions.
func TestTeamEqualsStatement_comp_conserve(t *testing.T) {
	seen := reachtest.Seen{}
	reachtest.Check(t, seen, func(t *rapid.T) {
		policy := anyPolicy().Draw(t, "policy")
		b := anyBooking(policy).Draw(t, "booking")
		if rapid.Bool().Draw(t, "tables") {
			withDealTables(t, &policy, &b)
		}
		plan := compile(t, policy)
		template := b
		template.ID, template.PartnerQuota, template.VendorQuota = "", value.Money{}, value.Money{}
		team, err := plan.Prepare(template)
		if err != nil {
			t.Skip("supporting credit above the primary's")
		}
		any := anyAmount(b.Value.Currency())
		var amounts []value.Money
		var quotas []comp.QuotaValues
		for range rapid.IntRange(0, 3).Draw(t, "deals") {
			amounts = append(amounts, any.Draw(t, "amount"))
			quotas = append(quotas, comp.QuotaValues{Partner: any.Draw(t, "partner"), Vendor: any.Draw(t, "vendor")})
		}
		whole, sides := make([]comp.Amounts, len(amounts)*team.Len()), make([]comp.Amounts, len(quotas)*team.Len()+1)
		if err := errors.Join(team.Price(whole, amounts...), team.PriceQuotas(sides, quotas...)); err != nil {
			t.Fatal(err)
		}
		for i := range amounts {
			b.Value, b.PartnerQuota, b.VendorQuota = amounts[i], value.Money{}, value.Money{}
			checkTeam(t, plan, team, b, whole[i*team.Len():])
			b.PartnerQuota, b.VendorQuota = quotas[i].Partner, quotas[i].Vendor
			checkTeam(t, plan, team, b, sides[i*team.Len():])
			seen["deals"]++
		}
		for _, p := range b.Payees {
			seen[map[bool]string{true: "table", false: "flat"}[p.Table != ""]]++
		}
	}, "deals", "table", "flat")
}

func checkTeam(t *rapid.T, plan *comp.Plan, team *comp.Team, b comp.Booking, pays []comp.Amounts) {
	s, err := plan.Statement(b)
	if err != nil {
		t.Fatal(err)
	}
	if len(s.Lines) != team.Len() {
		t.Fatalf("%d lines for %d", team.Len(), len(s.Lines))
	}
	for i, l := range s.Lines {
		if pays[i] != amountsOf(l) {
			t.Fatalf("line %d gives %v\n%s", i, pays[i], lines(s))
		}
		if got, err := team.Line(l.Base, i); err != nil || got != l {
			t.Fatalf("line %d: %v\n%+v\nwant\n%+v", i, err, got, l)
		}
	}
}

// A booking is refused by a team for the same payees and with the same words.
func TestPrepareRefusesWhatStatementRefuses(t *testing.T) {
	seen := reachtest.Seen{}
	reachtest.Check(t, seen, func(t *rapid.T) {
		policy := anyPolicy().Draw(t, "policy")
		b := anyBooking(policy).Draw(t, "booking")
		p := &b.Payees[rapid.IntRange(0, len(b.Payees)-1).Draw(t, "payee")]
		switch rapid.IntRange(0, 5).Draw(t, "problem") {
		case 0:
			p.Rep = ""
		case 1:
			p.Party = model.Party{}
		case 2:
			p.Table = "no_table"
		case 3:
			p.Share = value.MustPercent("1%")
		case 4:
			p.Role, p.Contribution = comp.Supporting, "nothing"
		}
		plan := compile(t, policy)
		_, want := plan.Statement(b)
		_, got := plan.Prepare(b)
		if (got == nil) != (want == nil) || got != nil && got.Error() != want.Error() {
			t.Fatalf("%v\nwant\n%v", got, want)
		}
		seen[map[bool]string{true: "refused", false: "taken"}[got != nil]]++
	}, "refused", "taken")
}

func TestTeamRefusesAllProblemsAndPricesNothing(t *testing.T) {
	policy := withTable(rateTable(comp.DealAmount, comp.Marginal, "0:5% 50000:8%"))
	b := deal(primary("ana", acme), supporting("bo", us, comp.TechnicalValidation))
	b.Value = value.Money{} // then the currency is not checked before an amount comes
	b.Payees[1].Rate, b.Payees[1].Table = value.Percent{}, tableID
	team, err := compile(t, policy).Prepare(b)
	if err != nil {
		t.Fatal(err)
	}
	kwd, one := value.MustMoney("5 KWD"), usd("1.00")
	pays, quotas := make([]comp.Amounts, 3), []comp.QuotaValues{{Partner: one}, {Partner: kwd, Vendor: one}}
	_, noLine := team.Line(one, 2)
	_, noBase := team.Line(usd("-1"), -1)
	for name, c := range map[string]struct {
		err  error
		want []string
	}{
		"amounts": {team.Price(pays, one, usd("0"), kwd), []string{
			"team.pays: 3 are too few; the lines of 3 deals need 6",
			"team.amounts[1]: 0.00 USD is not positive",
			"team.amounts[2]: KWD is not the currency of table \"accelerator\", USD",
		}},
		"quotas": {team.PriceQuotas(pays, quotas...), []string{
			"team.pays: 3 are too few; the lines of 2 deals need 4",
			"team.quotas[0].vendor: nothing is not positive",
			"team.quotas[1].partner: KWD is not the currency of table \"accelerator\", USD",
			"team.quotas[1].vendor: 1.00 USD is not in the currency of the partner's quota value, 5.000 KWD",
		}},
		"line": {noLine, []string{"team.line: 2 is no line; the team has 2, from 0"}},
		"base": {noBase, []string{
			"team.line: -1 is no line; the team has 2, from 0",
			"team.base: -1.00 USD is not positive",
		}},
	} {
		var all value.Errors
		if !errors.As(c.err, &all) {
			t.Fatalf("%s: %v", name, c.err)
		}
		var got []string
		for _, e := range all {
			got = append(got, e.Error())
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s:\n%s", name, strings.Join(got, "\n"))
		}
	}
	for _, p := range pays {
		if p != (comp.Amounts{}) {
			t.Errorf("priced %v", p)
		}
	}
}

func TestPrepareRefusesRatesWithHistory_booking_table_history(t *testing.T) {
	policy := withTable(rateTable(comp.PeriodAmount, comp.Marginal, "0:5% 50000:8%"))
	b := deal(primary("ana", acme))
	b.Payees[0].Rate, b.Payees[0].Table = value.Percent{}, tableID
	if _, err := compile(t, policy).Prepare(b); !errors.Is(err, comp.TableHistory) {
		t.Errorf("%v", err)
	}
}

// This is a hard gate: a prepared team allocates nothing for up to eight payees.
func TestTeamAllocatesNothing(t *testing.T) {
	plan := mustCompile(t, comp.DefaultPolicy())
	for _, n := range []int{2, 3, 8} {
		b := benchBooking(n)
		team, err := plan.Prepare(b)
		if err != nil {
			t.Fatal(err)
		}
		column := slices.Repeat([]value.Money{b.Value, value.MustMoney("99999999999999.99 USD")}, 8)
		pays := make([]comp.Amounts, len(column)*team.Len())
		quotas := []comp.QuotaValues{{Partner: b.Value, Vendor: b.Value}}
		if allocs := testing.AllocsPerRun(100, func() {
			one, all := team.Price(pays, b.Value), team.Price(pays, column...)
			if err := errors.Join(one, all, team.PriceQuotas(pays, quotas...)); err != nil {
				t.Fatal(err)
			}
		}); allocs != 0 {
			t.Errorf("%d payees: %v allocations", n, allocs)
		}
	}
}
