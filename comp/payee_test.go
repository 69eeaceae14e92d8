package comp_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/internal/naive/pay"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// ladder is a marginal table: 2 % up to 500 dollars and 6 % above.
func ladder(m comp.Measure, method comp.Method) comp.RateTable {
	bound := comp.Bound{Amount: usd("500.00")}
	return comp.RateTable{Measure: m, Method: method, Currency: usd("1").Currency(), Tiers: []comp.Tier{
		{To: bound, Rate: value.MustPercent("2%")}, {From: bound, Rate: value.MustPercent("6%")},
	}}
}

func twoTables() comp.Policy {
	p := under(comp.RoleBased)
	p.Rates.Tables = map[comp.TableID]comp.RateTable{
		"base": ladder(comp.DealAmount, comp.Marginal), "bonus": ladder(comp.PeriodAmount, comp.Retroactive),
		"flat": ladder(comp.DealAmount, comp.Retroactive),
	}
	return p
}

func byTables(p comp.Payee, first comp.TableID, added ...comp.TableID) comp.Payee {
	p.Rate, p.Table, p.AddedTables = value.Percent{}, first, added
	return p
}

// The results of several tables of a payee add up, each a line of its own, of which the first alone has the credit: in
// a run each table pays what it pays alone.
func TestTablesOfOnePayeeAddUp(t *testing.T) {
	plan := compile(t, twoTables())
	ids := []comp.TableID{"base", "bonus", "flat"}
	rapid.Check(t, func(t *rapid.T) {
		order := rapid.Permutation(ids).Draw(t, "tables")[:rapid.IntRange(1, 3).Draw(t, "how many")]
		together := plan.Run()
		alone := map[comp.TableID]*comp.Run{}
		for _, id := range order {
			alone[id] = plan.Run()
		}
		lone := rapid.Bool().Draw(t, "alone")
		ana := func(first comp.TableID, added ...comp.TableID) comp.Payee {
			if lone { // the credit is rounded, and not divided
				return byTables(supporting("ana", acme, comp.TechnicalValidation), first, added...)
			}
			return sharing(byTables(primary("ana", acme), first, added...), "33.333333%")
		}
		for n := range rapid.IntRange(1, 4).Draw(t, "deals") {
			b := deal(ana(order[0], order[1:]...), sharing(primary("al", acme), "66.666667%"))
			if lone {
				b.Payees = b.Payees[:1]
			}
			b.ID, b.Value = "D-"+string(rune('0'+n)), value.MustMoney(rapid.SampledFrom([]string{"0.01", "0.05", "100.01",
				"1499.99", "1500.02", "9000.00"}).Draw(t, "value")+" USD")
			s, err := together.Statement(b)
			if err != nil {
				t.Fatal(err)
			}
			var credit int64
			for i, id := range order {
				b.Payees[0] = ana(id)
				want, err := alone[id].Statement(b)
				if err != nil {
					t.Fatal(err)
				}
				for _, l := range want.Lines {
					if l.Payee != "ana" {
						continue
					}
					credit = max(credit, l.QuotaCredit.Minor())
					if l.Credited != comp.AsTrueUp && i > 0 { // it shows no credit, and where that was rounded up it says so
						l.QuotaCredit, l.Added, l.Leftover = usd("0.00"), true, roundedUp(l)
					}
					if !slices.Contains(s.Lines, l) {
						t.Fatalf("%v\nis not among\n%v", l, s.Lines)
					}
				}
			}
			var sum int64
			for _, l := range s.Lines {
				if l.Payee == "ana" {
					sum += l.QuotaCredit.Minor()
				}
			}
			parts, err := plan.TierParts(s.Lines...)
			if err != nil || sum != credit {
				t.Fatalf("%d of %d credited; %v", sum, credit, err)
			}
			checkPartsTotal(t, parts, s)
		}
	})
}

// roundedUp reports whether the shown credit of a line is above the exact one.
func roundedUp(l comp.Line) bool {
	exact := pay.Product(pay.Fraction(l.Percent), pay.Fraction(l.Share), pay.Product(pay.Fraction(l.Percent)).SetInt64(l.Base.Minor()))
	return exact.Cmp(pay.Product(pay.Fraction(l.Percent)).SetInt64(l.QuotaCredit.Minor())) < 0
}

// checkPartsTotal compares the tiers of all lines by a table with the commission of these lines.
func checkPartsTotal(t *rapid.T, parts []comp.TierPart, s comp.Statement) {
	paid := map[comp.TableID]int64{}
	for _, l := range s.Lines {
		if l.Credited != comp.AsTrueUp && l.Table != "" {
			paid[l.Table] += l.Commission.Minor()
		}
	}
	for _, part := range parts {
		paid[part.Table] -= part.Commission.Minor()
	}
	for id, left := range paid {
		if left != 0 {
			t.Fatalf("the tiers of %s differ by %d from the lines: %v", id, left, parts)
		}
	}
}

// A prepared team gives the lines of a statement: of added tables, of companies, and of a payee with credit only.
func TestATeamHasEveryKindOfPayee(t *testing.T) {
	policy := twoTables()
	referral := comp.Payee{Rep: "acme", Party: acme, Company: true, Rate: value.MustPercent("5%")}
	bonus := comp.Payee{Rep: "integra", Party: model.PartnerOrg("integra"), Company: true, Fixed: usd("250.00"), Payer: acme}
	cy := comp.Payee{Rep: "cy", Party: us, Role: comp.Supporting, Contribution: comp.CoSelling, CreditOnly: true}
	b := deal(bonus, cy, byTables(primary("ana", acme), "base", "flat"), referral)
	b.VendorQuota = usd("800.00")
	s := statement(t, policy, b)
	wantRows(t, s, "ana 1000.00 0.00 40.00", "ana 0.00 0.00 60.00", "cy 400.00 0.00 ", "acme 0.00 0.00 50.00",
		"integra 0.00 0.00 250.00")
	for i, why := range []string{
		"100% of 1000.00 USD as primary (comp.role_based) at 4% by table base",
		"100% of 1000.00 USD as primary (comp.role_based) at 6% by table flat, added to the line with the credit",
		"50% of 800.00 USD for true_co_sell (comp.role_based) at a rate that is not known here",
		"100% of 1000.00 USD as company (comp.company) at 5%",
		"a fixed sum of 250.00 USD as company (comp.company) at 100%",
	} {
		if got := s.Lines[i].Why(); got != why {
			t.Errorf("%q, want %q", got, why)
		}
	}
	for i, payer := range []model.Party{acme, acme, us, {Side: model.Vendor}, acme} {
		if s.Lines[i].Payer != payer {
			t.Errorf("%s pays %s", s.Lines[i].Payer, s.Lines[i].Payee)
		}
	}
	if s.Inflation().String() != "7/5" {
		t.Errorf("inflation of %s", s.Inflation())
	}
	team, err := compile(t, policy).Prepare(b)
	if err != nil {
		t.Fatal(err)
	}
	pays := make([]comp.Amounts, team.Len())
	if err := team.PriceQuotas(pays, comp.QuotaValues{Value: b.Value, Partner: b.Value, Vendor: b.VendorQuota}); err != nil {
		t.Fatal(err)
	}
	for i, l := range s.Lines {
		if want := (comp.Amounts{QuotaCredit: l.QuotaCredit, Influenced: l.Influenced, Commission: l.Commission}); pays[i] != want {
			t.Errorf("%s: %v, want %v", l.Payee, pays[i], want)
		}
		base := l.Base
		if l.Credited == comp.AsCompanyFee {
			base = b.Value
		}
		if line, err := team.Line(base, i); err != nil || line != l {
			t.Errorf("%v, want %v; %v", line, l, err)
		}
	}
	err = team.PriceQuotas(pays, comp.QuotaValues{Partner: b.Value, Vendor: b.VendorQuota})
	wantError(t, err, "team.quotas[0].value: nothing is not positive")
	text := s.Text()
	if !strings.Contains(text, "in total") || !strings.Contains(text, "1400.00 USD") || !strings.Contains(text, "400.00 USD") {
		t.Errorf("%s", text)
	}
}

// comp.company: a company is totalled apart, and paid, reversed and paid in instalments as a rep is.
func TestCompaniesAreTotalledApart(t *testing.T) {
	plan := compile(t, under(comp.Split))
	b := deal(rep("ana", acme), comp.Payee{Rep: "acme", Party: acme, Company: true, Fixed: usd("99.99")},
		comp.Payee{Rep: "cy", Party: us, CreditOnly: true})
	s, err := plan.Statement(b)
	if err != nil {
		t.Fatal(err)
	}
	reversal, err := s.Reverse("R-1", won)
	if err != nil {
		t.Fatal(err)
	}
	wantRows(t, reversal, "ana -1000.00 0.00 -100.00", "cy -1000.00 0.00 ", "acme 0.00 0.00 -99.99")
	s.Deferred = true
	deferred, err := plan.Payout(s)
	if err != nil {
		t.Fatal(err)
	}
	half, err := deferred.Payout.Move(comp.Movement{
		ID: "I-1", Of: s.Booking, Kind: comp.Received, Amount: usd("500.00"), On: won,
	})
	if err != nil {
		t.Fatal(err)
	}
	wantRows(t, half.Statements[0], "ana 0.00 0.00 50.00", "cy 0.00 0.00 ", "acme 0.00 0.00 50.00")
	s.Deferred = false
	var totals comp.Totals
	if err := totals.Add(s); err != nil {
		t.Fatal(err)
	}
	other := s
	other.Lines = slices.Clone(s.Lines)
	other.Lines[0].Credited = comp.AsCompany
	wantError(t, totals.Add(other), `lines[0]: "ana" is a rep and a company; an id stands for one payee`)
	companies, err := totals.Companies()
	if err != nil || len(companies) != 1 || companies[0].Payee != "acme" || companies[0].Commission != usd("99.99") ||
		!companies[0].Inflation.IsZero() {
		t.Errorf("%+v, %v", companies, err)
	}
	reps, err := totals.Payees()
	if err != nil || len(reps) != 2 || !reps[1].Commission.IsZero() || reps[1].QuotaCredit != usd("1000.00") {
		t.Errorf("%+v, %v", reps, err)
	}
	partner, err := totals.Side(model.Partner)
	if err != nil || partner.Commission != usd("100.00") || partner.Statements != 1 {
		t.Errorf("%+v, %v", partner, err)
	}
}

// One id is a rep or a company over all deals of a run or ledger, also after the run was stored: one person's sums are
// not another's.
func TestAnIDIsARepOrACompanyInAllDeals(t *testing.T) {
	plan := compile(t, under(comp.Split))
	sold := deal(rep("ana", acme))
	fee := deal(rep("bo", acme), comp.Payee{Rep: "ana", Party: acme, Company: true, Fixed: usd("5.00")})
	fee.ID = sold.ID + "-2"
	const want = `payees[1].rep: "ana" is a rep and a company; an id stands for one payee`
	wantError(t, plan.Ledger().Add([]comp.Booking{sold, fee}, nil), "bookings[1]."+want)
	r := plan.Run()
	if _, err := r.Statement(sold); err != nil {
		t.Fatal(err)
	}
	wantError(t, r.Check(&fee), "booking."+want)

	first, second := fee, sold
	first.ID, second.ID = sold.ID, fee.ID
	r = plan.Run()
	if _, err := r.Statement(first); err != nil {
		t.Fatal(err)
	}
	stored, err := r.MarshalJSON()
	if err != nil {
		t.Fatal(err)
	}
	if r, err = plan.ParseRun(stored); err != nil {
		t.Fatal(err)
	}
	wantError(t, r.Check(&second), "booking."+strings.Replace(want, "[1]", "[0]", 1))
}

// A payee states its pay in one way, and a company states nothing that only a rep has.
func TestPayIsStatedInOneWay(t *testing.T) {
	company := comp.Payee{Rep: "acme", Party: acme, Company: true, Rate: value.MustPercent("5%")}
	for name, c := range map[string]struct {
		change func(*comp.Payee)
		want   string
	}{
		"a rate and a sum":     {func(p *comp.Payee) { p.Fixed = usd("1.00") }, "booking.payees[1].rate: 5% is stated beside *"},
		"no pay":               {func(p *comp.Payee) { p.Rate = value.Percent{} }, "booking.payees[1].rate: nothing says *"},
		"a role":               {func(p *comp.Payee) { p.Role = comp.Primary }, "booking.payees[1].company: *"},
		"a share":              {func(p *comp.Payee) { p.Share = value.MustPercent("100%") }, "booking.payees[1].company: *"},
		"added tables":         {func(p *comp.Payee) { p.AddedTables = []comp.TableID{"t"} }, "booking.payees[1].company: *"},
		"a payer without org":  {func(p *comp.Payee) { p.Payer.Side = model.Partner }, "booking.payees[1].payer.org: *"},
		"a rep's id":           {func(p *comp.Payee) { p.Rep = "ana" }, `booking.payees[0].rep: "ana" is a rep and a company; *`},
		"below zero":           {func(p *comp.Payee) { p.Rate, p.Fixed = value.Percent{}, usd("-1.00") }, "booking.payees[1].fixed: -1.00 USD is below zero"},
		"another currency":     {func(p *comp.Payee) { p.Rate, p.Fixed = value.Percent{}, value.MustMoney("1.00 EUR") }, "booking.payees[1].fixed: 1.00 EUR is not in *"},
		"a rep with a sum":     {func(p *comp.Payee) { *p = rep("bo", us); p.Rate, p.Fixed = value.Percent{}, usd("1.00") }, "booking.payees[1].fixed: 1.00 USD is for a company; *"},
		"credit only and rate": {func(p *comp.Payee) { *p = rep("bo", us); p.CreditOnly = true }, "booking.payees[1].rate: 10% is stated beside *"},
		"added to nothing":     {func(p *comp.Payee) { *p = rep("bo", us); p.AddedTables = []comp.TableID{"t"} }, "booking.payees[1].added_tables: 1 tables are added to no table; *"},
	} {
		p := company
		c.change(&p)
		_, err := compile(t, under(comp.Split)).Statement(deal(rep("ana", acme), p))
		if list := problems(err); len(list) != 1 || !strings.HasPrefix(list[0], strings.TrimSuffix(c.want, "*")) {
			t.Errorf("%s: %q, want %s", name, list, c.want)
		}
	}
	plan := compile(t, twoTables())
	_, err := plan.Run().Statement(deal(byTables(primary("ana", acme), "base", "base", "none")))
	wantError(t, err, `booking.payees[0].added_tables[0]: "base" stands twice`, "booking.payees[0].added_tables[1]: *")
	_, err = plan.Statement(deal(byTables(primary("ana", acme), "base", "bonus")))
	if !errors.Is(err, comp.TableHistory) {
		t.Errorf("%v", err)
	}
}

// A statement shows which tiers paid what.
func TestAStatementShowsItsTiers(t *testing.T) {
	plan := compile(t, twoTables())
	s, err := plan.Statement(deal(byTables(primary("ana", acme), "base", "flat")))
	if err != nil {
		t.Fatal(err)
	}
	parts, err := plan.TierParts(s.Lines...)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"rep table tier credit rate commission",
		"ana base from zero to 500.00 USD 500.00 USD 2% 10.00 USD",
		"ana base from 500.00 USD 500.00 USD 6% 30.00 USD",
		"ana flat from 500.00 USD 1000.00 USD 6% 60.00 USD",
	} {
		if text := strings.Join(strings.Fields(s.Text(parts...)), " "); !strings.Contains(text, want) {
			t.Errorf("%s\nhas no %s", text, want)
		}
	}
	if text := s.Markdown(parts...); strings.Count(text, "| ana |") != 5 {
		t.Errorf("%s", text)
	}
}
