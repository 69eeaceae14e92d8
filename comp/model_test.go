package comp_test

import (
	"slices"
	"testing"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

func TestModelsCredit(t *testing.T) {
	const tech, sell = comp.TechnicalValidation, comp.CoSelling
	one := []comp.Payee{rep("ana", acme), rep("bo", us)}
	several := []comp.Payee{
		sharing(rep("ana", acme), "60%"), sharing(rep("al", acme), "40%"),
		sharing(rep("bo", us), "75%"), sharing(rep("bea", us), "25%"),
	}
	for _, c := range []struct {
		name   string
		model  comp.Model
		source model.Source
		payees []comp.Payee
		want   []string
	}{
		{"comp.origination of the partner", comp.Origination, model.FromPartner, one, []string{"ana 1000.00 0.00 100.00", "bo 0.00 250.00 25.00"}},
		{"comp.origination of the vendor", comp.Origination, model.FromVendor, one, []string{"bo 1000.00 0.00 100.00", "ana 0.00 250.00 25.00"}},
		{"comp.origination of both", comp.Origination, model.FromBoth, one, []string{"ana 500.00 0.00 50.00", "bo 500.00 0.00 50.00"}},
		{"comp.origination shared", comp.Origination, model.FromPartner, several, []string{"al 400.00 0.00 40.00", "ana 600.00 0.00 60.00", "bea 0.00 62.50 6.25", "bo 0.00 187.50 18.75"}},
		{"comp.origination of both, shared", comp.Origination, model.FromBoth, several, []string{"al 200.00 0.00 20.00", "ana 300.00 0.00 30.00", "bea 125.00 0.00 12.50", "bo 375.00 0.00 37.50"}},
		{"comp.split", comp.Split, model.FromVendor, one, []string{"bo 1000.00 0.00 100.00", "ana 1000.00 0.00 100.00"}},
		{"comp.split without an origin", comp.Split, model.UnknownSource, one, []string{"ana 1000.00 0.00 100.00", "bo 1000.00 0.00 100.00"}},
		{"comp.split shared", comp.Split, model.FromPartner, several, []string{"al 400.00 0.00 40.00", "ana 600.00 0.00 60.00", "bea 250.00 0.00 25.00", "bo 750.00 0.00 75.00"}},
		{"comp.role_based", comp.RoleBased, model.FromPartner, []comp.Payee{primary("ana", acme), supporting("bo", us, tech)}, []string{"ana 1000.00 0.00 100.00", "bo 300.00 0.00 30.00"}},
		{"comp.role_based without an origin", comp.RoleBased, model.UnknownSource, []comp.Payee{supporting("ana", acme, sell), primary("bo", us)}, []string{"ana 500.00 0.00 50.00", "bo 1000.00 0.00 100.00"}},
		{"comp.role_based several primaries share", comp.RoleBased, model.FromPartner, []comp.Payee{sharing(primary("ana", acme), "60%"), sharing(primary("al", acme), "40%"), supporting("bo", us, tech)}, []string{"al 400.00 0.00 40.00", "ana 600.00 0.00 60.00", "bo 300.00 0.00 30.00"}},
		{"comp.role_based one contribution is one percentage", comp.RoleBased, model.FromPartner, []comp.Payee{primary("ana", acme), sharing(supporting("bo", us, tech), "70%"), sharing(supporting("bea", us, tech), "30%")}, []string{"ana 1000.00 0.00 100.00", "bea 90.00 0.00 9.00", "bo 210.00 0.00 21.00"}},
		{"comp.role_based contributions of two reps add up", comp.RoleBased, model.FromPartner, []comp.Payee{primary("ana", acme), supporting("bo", us, tech), supporting("bea", us, sell)}, []string{"ana 1000.00 0.00 100.00", "bea 500.00 0.00 50.00", "bo 300.00 0.00 30.00"}},
		{"comp.role_based supporters of both sides have each percentage", comp.RoleBased, model.FromPartner, []comp.Payee{primary("ana", acme), supporting("al", acme, tech), supporting("bo", us, tech)}, []string{"al 300.00 0.00 30.00", "ana 1000.00 0.00 100.00", "bo 300.00 0.00 30.00"}},
		{"comp.role_based the highest counts, first", comp.RoleBased, model.FromPartner, []comp.Payee{primary("ana", acme), supporting("bo", us, sell, tech)}, []string{"ana 1000.00 0.00 100.00", "bo 500.00 0.00 50.00"}},
		{"comp.role_based the highest counts, further", comp.RoleBased, model.FromPartner, []comp.Payee{primary("ana", acme), supporting("bo", us, tech, sell)}, []string{"ana 1000.00 0.00 100.00", "bo 500.00 0.00 50.00"}},
		{"comp.role_based the highest decides whom to share with", comp.RoleBased, model.FromPartner, []comp.Payee{primary("ana", acme), sharing(supporting("bo", us, tech, sell), "50%"), sharing(supporting("bea", us, sell), "50%")}, []string{"ana 1000.00 0.00 100.00", "bea 250.00 0.00 25.00", "bo 250.00 0.00 25.00"}},
		{"comp.role_based without a primary rep", comp.RoleBased, model.FromPartner, []comp.Payee{supporting("bo", us, tech)}, []string{"bo 300.00 0.00 30.00"}},
		{"comp.role_based an explicit share of all", comp.RoleBased, model.FromPartner, []comp.Payee{sharing(primary("ana", acme), "100%")}, []string{"ana 1000.00 0.00 100.00"}},
		{"comp.role_based a zero share beside others is unstated", comp.RoleBased, model.FromPartner, []comp.Payee{sharing(primary("ana", acme), "99.999999%"), sharing(primary("al", acme), "0.000001%")}, []string{"al 0.00 0.00 0.00", "ana 1000.00 0.00 100.00"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := deal(c.payees...)
			b.Source = c.source
			s := statement(t, under(c.model), b)
			wantRows(t, s, c.want...)
			if s.Booking != b.ID || s.Of != "" || s.Model != c.model || s.Value != b.Value || s.Quota != b.Value || s.Date != won || s.Projected {
				t.Errorf("head %+v", s)
			}
		})
	}
}

func TestEqualContributionsCountTheLowerID(t *testing.T) {
	policy := comp.DefaultPolicy()
	policy.RoleBased.Contributions = map[comp.Contribution]value.Percent{"b": millionths(full / 5), "a": millionths(full / 5), "c": millionths(full / 10)}
	for _, all := range [][]comp.Contribution{{"a", "b", "c"}, {"b", "a"}, {"c", "b", "a"}, {"c", "a", "b"}} {
		s := statement(t, policy, deal(supporting("bo", us, all[0], all[1:]...)))
		if s.Lines[0].Contribution != "a" || s.Lines[0].QuotaCredit != usd("200.00") {
			t.Errorf("%v: %s", all, lines(s))
		}
	}
}

func TestCompOriginationFollowsTheRegistration(t *testing.T) {
	for _, c := range []struct {
		source     model.Source
		registrant model.Registrant
		joint      comp.JointOrigin
		want       []string
	}{
		{model.FromPartner, model.ByVendor, comp.EqualOrigin, []string{"bo 1000.00 0.00 100.00", "ana 0.00 250.00 25.00"}},
		{model.FromVendor, model.ByPartner, comp.EqualOrigin, []string{"ana 1000.00 0.00 100.00", "bo 0.00 250.00 25.00"}},
		{model.UnknownSource, model.ByVendor, comp.EqualOrigin, []string{"bo 1000.00 0.00 100.00", "ana 0.00 250.00 25.00"}},
		{model.FromPartner, model.ByPartnerJoint, comp.EqualOrigin, []string{"ana 500.00 0.00 50.00", "bo 500.00 0.00 50.00"}},
		{model.FromPartner, model.ByVendorJoint, comp.EqualOrigin, []string{"bo 500.00 0.00 50.00", "ana 500.00 0.00 50.00"}},
		{model.FromVendor, model.ByVendorJoint, comp.PartnerOrigin, []string{"ana 1000.00 0.00 100.00", "bo 0.00 250.00 25.00"}},
		{model.FromPartner, model.ByPartnerJoint, comp.VendorOrigin, []string{"bo 1000.00 0.00 100.00", "ana 0.00 250.00 25.00"}},
		{model.FromBoth, model.NoRegistrant, comp.PartnerOrigin, []string{"ana 1000.00 0.00 100.00", "bo 0.00 250.00 25.00"}},
		{model.FromBoth, model.NoRegistrant, comp.VendorOrigin, []string{"bo 1000.00 0.00 100.00", "ana 0.00 250.00 25.00"}},
		{model.FromVendor, model.NoRegistrant, comp.PartnerOrigin, []string{"bo 1000.00 0.00 100.00", "ana 0.00 250.00 25.00"}},
	} {
		t.Run(c.source.String()+" "+c.registrant.String()+" "+c.joint.String(), func(t *testing.T) {
			policy := under(comp.Origination)
			policy.JointOrigin = c.joint
			b := deal(rep("bo", us), rep("ana", acme))
			b.Source, b.Registrant = c.source, c.registrant
			wantRows(t, statement(t, policy, b), c.want...)
		})
	}
}

func TestCompOriginationInfluencedCredit(t *testing.T) {
	for _, c := range []struct {
		pays, counts bool
		want         string
	}{
		{true, false, "bo 0.00 400.00 40.00"},
		{true, true, "bo 400.00 400.00 40.00"},
		{false, false, "bo 0.00 400.00 0.00"},
		{false, true, "bo 400.00 400.00 0.00"},
	} {
		policy := under(comp.Origination)
		policy.Origination = comp.OriginationTerms{Influenced: value.MustPercent("40%"), InfluencedPaysCommission: c.pays, InfluencedCountsTowardQuota: c.counts}
		wantRows(t, statement(t, policy, deal(rep("ana", acme), rep("bo", us))), "ana 1000.00 0.00 100.00", c.want)
	}
}

// Without an influenced percentage the other side gets nothing. A deal that has reps of
// that side only can be priced.
func TestCompOriginationPaysNothingToTheOtherSideWithoutInfluence(t *testing.T) {
	policy := under(comp.Origination)
	policy.Origination.Influenced = value.MustPercent("0%")
	wantRows(t, statement(t, policy, deal(rep("bo", us))), "bo 0.00 0.00 0.00")
}

func TestEachSideIsCreditedByItsQuotaValue(t *testing.T) {
	b := deal(rep("ana", acme), rep("bo", us))
	b.PartnerQuota, b.VendorQuota = usd("800.00"), usd("1200.01")
	for _, c := range []struct {
		model    comp.Model
		source   model.Source
		want     []string
		ratio    string
		bySide   [2]string
		larger   value.Money
		switched bool
	}{
		{comp.Split, model.FromPartner, []string{"ana 800.00 0.00 80.00", "bo 1200.01 0.00 120.00"}, "200001/120001", [2]string{"80000/120001", "1"}, usd("1200.01"), false},
		{comp.Origination, model.FromPartner, []string{"ana 800.00 0.00 80.00", "bo 0.00 300.00 30.00"}, "80000/120001", [2]string{"80000/120001", "0"}, usd("1200.01"), false},
		{comp.Origination, model.FromBoth, []string{"ana 400.00 0.00 40.00", "bo 600.00 0.00 60.00"}, "100000/120001", [2]string{"40000/120001", "60000/120001"}, usd("1200.01"), false},
		{comp.Split, model.FromVendor, []string{"bo 800.00 0.00 80.00", "ana 1200.01 0.00 120.00"}, "200001/120001", [2]string{"1", "80000/120001"}, usd("1200.01"), true},
	} {
		b := b
		b.Source = c.source
		if c.switched {
			b.PartnerQuota, b.VendorQuota = b.VendorQuota, b.PartnerQuota
		}
		s := statement(t, under(c.model), b)
		wantRows(t, s, c.want...)
		bySide := [2]string{inflation(t, s, model.Partner).String(), inflation(t, s, model.Vendor).String()}
		if s.Quota != c.larger || s.Inflation().String() != c.ratio || bySide != c.bySide || inflation(t, s, 0) != s.Inflation() {
			t.Errorf("%s: quota %s, inflation %s, %s", c.model, s.Quota, s.Inflation(), bySide)
		}
	}
	b.VendorQuota = value.Money{}
	wantRows(t, statement(t, under(comp.Split), b), "ana 800.00 0.00 80.00", "bo 1000.00 0.00 100.00")
}

// inflation returns the inflation of one side of a statement.
func inflation(t *testing.T, s comp.Statement, side model.Side) value.Ratio {
	t.Helper()
	var totals comp.Totals
	if err := totals.Add(s); err != nil {
		t.Fatal(err)
	}
	total, err := totals.Side(side)
	if err != nil {
		t.Fatal(err)
	}
	return total.Inflation
}

func TestInflationAboveItsBoundIsUndefined(t *testing.T) {
	most := value.MustMoney("99999999999999.9999 CLF")
	s := comp.Statement{Quota: most}
	for range 9 {
		s.Lines = append(s.Lines, comp.Line{QuotaCredit: most, Party: us})
	}
	if got := s.Inflation().String(); got != "9" {
		t.Errorf("nine times: %q", got)
	}
	s.Lines = append(s.Lines, s.Lines[0])
	if got := s.Inflation(); !got.IsZero() {
		t.Errorf("a sum beyond 64 bits gives %s", got)
	}
	if got := (comp.Statement{}).Inflation(); !got.IsZero() {
		t.Errorf("the zero statement has %s", got)
	}
}

func TestOrderOfPayeesDoesNotMatter(t *testing.T) {
	payees := []comp.Payee{
		sharing(primary("ana", acme), "33.333334%"), sharing(primary("al", acme), "33.333333%"), sharing(primary("abe", acme), "33.333333%"),
		sharing(supporting("bo", us, comp.CoSelling), "50%"), sharing(supporting("bea", us, comp.CoSelling, comp.TechnicalValidation), "50%"),
	}
	b := deal(slices.Clone(payees)...)
	b.Value = usd("1000.01")
	want := statement(t, comp.DefaultPolicy(), b)
	permute(len(payees), func(order []int) {
		for i, at := range order {
			b.Payees[i] = payees[at]
		}
		if got := statement(t, comp.DefaultPolicy(), b); !slices.Equal(got.Lines, want.Lines) {
			t.Errorf("%v: %s, want %s", order, lines(got), lines(want))
		}
	})
}

// permute calls f with every order of n things.
func permute(n int, f func([]int)) {
	order := make([]int, n)
	for i := range order {
		order[i] = i
	}
	var from func(int)
	from = func(at int) {
		if at == n {
			f(order)
			return
		}
		for i := at; i < n; i++ {
			order[at], order[i] = order[i], order[at]
			from(at + 1)
			order[at], order[i] = order[i], order[at]
		}
	}
	from(0)
}
