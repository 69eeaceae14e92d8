package assess_test

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/coselling/coselling/assess"
	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/escalation"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/registration/domains"
	"github.com/coselling/coselling/value"
)

// CASES C10: what the vendor gets wrong moves neither the partner's line nor its view.
func TestWhatOneSideGetsWrongLeavesTheOtherSide(t *testing.T) {
	bo := comp.Payee{Rep: "bo", Party: us, Role: comp.Supporting, Contribution: comp.TechnicalValidation,
		Rate: value.MustPercent("5%")}
	misspelt, unpaid, half, rest := bo, bo, bo, bo
	misspelt.Contribution = "technical_validaton"
	unpaid.Rate = value.Percent{}
	half.Share = value.MustPercent("49%")
	rest.Rep, rest.Share = "bea", value.MustPercent("50%")
	var before string
	for name, payees := range map[string][]comp.Payee{
		"right": {bo}, "misspelt": {misspelt}, "without a rate": {unpaid}, "shares below 100%": {half, rest},
	} {
		d, r := small()
		d.Payees = append(d.Payees, payees...)
		a, err := engine(t).Assess(d, r, november(6, 9))
		if err != nil {
			t.Fatal(err)
		}
		host, vendor := a.Everything(), a.For(us)
		if wrong := name != "right"; wrong != (len(vendor.Credit.Lines) == 0) || wrong != hasPart(&vendor, assess.SectionCredit) ||
			host.Credit.Lines[0].Payee != "ana" || hasPart(&host, assess.SectionCredit) != wrong {
			t.Errorf("%s: %v, %v", name, host.Credit.Lines, vendor.Missing)
		}
		view := written(a.For(acme))
		if before == "" {
			before = view
		}
		if view != before || !strings.Contains(view, `"ana"`) {
			t.Errorf("%s: the partner reads\n%s\nand before\n%s", name, view, before)
		}
	}
}

func hasPart(v *assess.View, part assess.Section) bool {
	for _, m := range v.Missing {
		if m.Part == part {
			return true
		}
	}
	return false
}

// CASES D13: roles that the deal does not state follow from engagement and origin, and the lines say so.
func TestRolesOfPayeesAreDerived(t *testing.T) {
	d, r := small()
	d.Payees = []comp.Payee{{Rep: "ana", Party: acme, Rate: value.MustPercent("8%")}, {Rep: "bo", Party: us,
		Contribution: comp.TechnicalValidation, Rate: value.MustPercent("5%")}}
	for engagement, want := range map[model.Engagement][2]string{
		model.PartnerLed: {"100% of 18000.00 USD as primary by engagement and origin (comp.role_based) at 8%, projected (comp.closed_only)",
			"30% of 18000.00 USD for technical_validation by engagement and origin (comp.role_based) at 5%, projected (comp.closed_only)"},
		model.VendorLed: {"", "100% of 18000.00 USD as primary by engagement and origin (comp.role_based) at 5%, projected (comp.closed_only)"},
	} {
		d.Opening.Engagement = engagement
		v := everything(t, d, r, november(4, 9))
		var got [2]string
		for _, l := range v.Credit.Lines {
			got[l.Party.Side-1] = l.Why()
		}
		if got != want {
			t.Errorf("%s: %q", engagement, got)
		}
	}
}

// accelerated gives the book a table that counts over the quarter, and bo a quota.
func accelerated(t *testing.T) (*assess.Rules, *comp.Plan) {
	b := ourBook()
	half := comp.Bound{Attainment: value.MustPercent("50%")}
	b.Comp.Rates.Tables = map[comp.TableID]comp.RateTable{"fast": {Measure: comp.Attainment, Method: comp.Marginal,
		Tiers: []comp.Tier{{To: half, Rate: value.MustPercent("5%")}, {From: half, Rate: value.MustPercent("10%")}}}}
	quotas := map[value.Date]value.Money{}
	for _, day := range []string{"2026-10-01", "2027-01-01"} {
		quotas[value.MustDate(day)] = value.MustMoney("10000.00 USD")
	}
	b.Comp.Rates.Quotas = map[string]map[value.Date]value.Money{"bo": quotas}
	e, err := assess.Compile(b, assess.Host{Rosters: []escalation.Roster{roster()}, Registrable: domains.Registrable})
	if err != nil {
		t.Fatal(err)
	}
	plan, err := comp.Compile(b.Comp)
	if err != nil {
		t.Fatal(err)
	}
	return e, plan
}

// CASES C6, C7: without a run the flat lines stand and the payee with a rate over the period has credit only; with one
// all lines stand, those of an open deal as if it were won on its committed close.
func TestARunPricesRatesThatCountOverAPeriod(t *testing.T) {
	e, plan := accelerated(t)
	d, r := small()
	bo := comp.Payee{Rep: "bo", Party: us, Role: comp.Supporting, Contribution: comp.TechnicalValidation, Table: "fast",
		Share: value.MustPercent("50%")}
	bea := bo
	bea.Rep, bea.Table, bea.Rate = "bea", "", value.MustPercent("4%")
	d.Payees = append(d.Payees, bo, bea)
	c, err := e.Case(d, r)
	if err != nil {
		t.Fatal(err)
	}
	pays := func(party model.Party) string {
		a := c.At(november(6, 9))
		v := a.For(party)
		if party.IsZero() {
			v = a.Everything()
		}
		if missing := hasMissing(&v, assess.SectionCredit, `deal.payees["bo"].table`, comp.TableHistory); party != acme &&
			missing != !strings.Contains(v.Credit.Text(), "by table fast") {
			t.Errorf("%s: %v", party, v.Missing)
		}
		var text []string
		for _, l := range v.Credit.Lines {
			text = append(text, l.Payee+" "+l.QuotaCredit.String()+" "+l.Commission.String())
		}
		return strings.Join(text, ", ")
	}
	check := func(when, host, vendor string) {
		t.Helper()
		if got := pays(model.Party{}); got != host {
			t.Errorf("%s: the host reads %s", when, got)
		}
		if got := pays(us); got != vendor {
			t.Errorf("%s: the vendor reads %s", when, got)
		}
	}
	const ana, flat = "ana 18000.00 USD 1440.00 USD", "bea 2700.00 USD 108.00 USD"
	check("without a run", ana+", "+flat+", bo 2700.00 USD ", flat+", bo 2700.00 USD ")
	run := plan.Run()
	earlier := comp.Booking{ID: "D-1", Value: value.MustMoney("13000.00 USD"), Closed: value.MustDate("2026-11-02"),
		Payees: []comp.Payee{{Rep: "bo", Party: us, Role: comp.Supporting, Contribution: comp.TechnicalValidation,
			Table: "fast"}}}
	if _, err := run.Statement(earlier); err != nil { // 3,900 of the 10,000
		t.Fatal(err)
	}
	c.PriceBy(run) // 1,100 at 5 % and 1,600 at 10 %
	check("with a run", ana+", "+flat+", bo 2700.00 USD 215.00 USD", flat+", bo 2700.00 USD 215.00 USD")
	l := plan.Ledger()
	if err := l.Add([]comp.Booking{earlier}, nil); err != nil {
		t.Fatal(err)
	}
	ledgers, err := l.Run(comp.Booking{ID: d.ID, Value: d.Amount}, value.MustDate("2026-11-06"))
	if err != nil {
		t.Fatal(err)
	}
	c.PriceBy(ledgers)
	check("with a ledger's", ana+", "+flat+", bo 2700.00 USD 215.00 USD", flat+", bo 2700.00 USD 215.00 USD")
	d.Committed = value.MustDate("2027-01-20") // in the next quarter all of it is at 5 %
	if c, err = e.Case(d, r); err != nil {
		t.Fatal(err)
	}
	c.PriceBy(run)
	check("next quarter", ana+", "+flat+", bo 2700.00 USD 135.00 USD", flat+", bo 2700.00 USD 135.00 USD")
	if run.Attained("bo").String() != "39/100" {
		t.Errorf("the run has changed: %s", run.Attained("bo"))
	}
	if v := c.At(november(6, 9)).Everything(); !v.Credit.Projected || !v.Credit.Lines[0].Projected || !v.Credit.Date.IsZero() {
		t.Errorf("%+v", v.Credit)
	}
	d.Committed, r.Events = value.MustDate("2026-11-04"), r.Events[:2]
	late, err := e.Case(d, r) // asked after the committed close: as of today, in the next quarter
	if err != nil {
		t.Fatal(err)
	}
	late.PriceBy(run)
	lines := late.At(november(6, 9).AddDate(0, 3, 0)).For(us).Credit.Lines
	if len(lines) != 2 || lines[1].Commission != value.MustMoney("135.00 USD") {
		t.Errorf("%v", lines)
	}
	c.PriceBy(new(comp.Run)) // which nobody made
	check("with no run", ana+", "+flat+", bo 2700.00 USD ", flat+", bo 2700.00 USD ")
}

// A payee who contradicts the roles that follow from engagement and origin is reported, and the other lines stand.
func TestAPayeeWhoContradictsTheRolesIsTold(t *testing.T) {
	d, r := small()
	d.Payees = append(d.Payees, comp.Payee{Rep: "bo", Party: us, Role: comp.Primary, Rate: value.MustPercent("5%")})
	a, err := engine(t).Assess(d, r, november(6, 9))
	if err != nil {
		t.Fatal(err)
	}
	const code value.Code = "booking.role.contradicts"
	host, vendor, partner := a.Everything(), a.For(us), a.For(acme)
	if len(host.Credit.Lines) != 1 || host.Credit.Lines[0].Payee != "ana" || len(partner.Credit.Lines) != 1 {
		t.Errorf("%v", host.Credit.Lines)
	}
	for v, want := range map[*assess.View]bool{&host: true, &vendor: true, &partner: false} {
		if hasMissing(v, assess.SectionCredit, `deal.payees["bo"].role`, code) != want {
			t.Errorf("%s: %v", v.Party, v.Missing)
		}
	}
	d.Payees[0].Role, d.Payees[0].Contribution = comp.Supporting, comp.TechnicalValidation // nobody of the partner leads
	if v := everything(t, d, r, november(6, 9)); !hasMissing(&v, assess.SectionCredit, `deal.payees["ana"].role`, code) {
		t.Errorf("%v", v.Missing)
	}
}

// A line that the other side pays is seen by payer and payee's company alone.
func TestThePayerSeesTheLine(t *testing.T) {
	d, r := small()
	d.Payees = append(d.Payees, comp.Payee{Rep: "acme referral", Party: acme, Company: true, Fixed: value.MustMoney("500.00 USD")},
		comp.Payee{Rep: "acme bonus", Party: acme, Company: true, Fixed: value.MustMoney("70.00 USD"), Payer: acme})
	a, err := engine(t).Assess(d, r, november(6, 9))
	if err != nil {
		t.Fatal(err)
	}
	for party, want := range map[model.Party]string{acme: "ana, acme bonus, acme referral", us: "acme referral",
		{}: "ana, acme bonus, acme referral"} {
		v := a.For(party)
		if party.IsZero() {
			v = a.Everything()
		}
		var payees []string
		for _, l := range v.Credit.Lines {
			payees = append(payees, l.Payee)
			if l.Payee == "acme referral" && l.Payer != us {
				t.Errorf("%s pays", l.Payer)
			}
		}
		if got := strings.Join(payees, ", "); got != want || party.IsZero() == v.Credit.Inflation().IsZero() {
			t.Errorf("%s reads %s, inflation %s", party, got, v.Credit.Inflation())
		}
	}
}

// comp.pros_cons: what the model of compensation weakens stands in the report for the host, and in no party's.
func TestTheHostReadsWhatTheModelWeakens(t *testing.T) {
	b := ourBook()
	b.Comp = b.Comp.Under(comp.Split)
	e, err := assess.Compile(b, assess.Host{Rosters: []escalation.Roster{roster()}, Registrable: domains.Registrable})
	if err != nil {
		t.Fatal(err)
	}
	d, r := small()
	a, err := e.Assess(d, r, november(6, 9))
	if err != nil {
		t.Fatal(err)
	}
	for party, want := range map[model.Party]int{{}: 1, us: 0, acme: 0} {
		got := 0
		for _, f := range view(a, party).Findings {
			if f.Reason.Code() == "comp.pros_cons" {
				got++
			}
		}
		if got != want {
			t.Errorf("%s reads %d", party, got)
		}
	}
}

// view.side: a view's booking has the payees of its party alone, with their roles, and is priced as its credit; the
// host's has everybody.
func TestAViewHasTheBookingOfItsCredit(t *testing.T) {
	e := engine(t)
	rapid.Check(t, func(t *rapid.T) {
		w := draw(t, e)
		a := w.ask(t)
		plan, err := comp.Compile(ourBook().Comp)
		if err != nil {
			t.Fatal(err)
		}
		for _, party := range []model.Party{acme, us, {}} {
			v := view(a, party)
			for _, p := range v.Booking.Payees {
				if !party.IsZero() && p.Party != party {
					t.Fatalf("%s reads of %s", party, p.Rep)
				}
			}
			statement, err := plan.Statement(v.Booking)
			if err != nil { // the view lists what is missing, and the host's has the lines of whoever can be priced
				continue
			}
			own := slices.DeleteFunc(slices.Clone(v.Credit.Lines),
				func(l comp.Line) bool { return !party.IsZero() && l.Party != party })
			if diff := gocmp.Diff(own, statement.Lines, gocmp.Exporter(func(reflect.Type) bool { return true })); diff != "" {
				t.Fatalf("%s: %s", party, diff)
			}
		}
	})
}
