package comp_test

import (
	"fmt"
	"maps"
	"strings"
	"testing"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

func TestRefusesMalformedPolicies(t *testing.T) {
	long := comp.Contribution(strings.Repeat("a", 65))
	for _, c := range []struct {
		name   string
		change func(*comp.Policy)
		want   []string
	}{
		{"comp.model.unknown unset", func(p *comp.Policy) { p.Model = 0 }, []string{"comp.model: nothing is given; allowed are origination, split, role_based"}},
		{"comp.model.unknown out of range", func(p *comp.Policy) { p.Model = 4 }, []string{"comp.model: \"number 4\" is not known; allowed are origination, split, role_based"}},
		{"comp.joint_origin.unknown", func(p *comp.Policy) { p.JointOrigin = 4 }, []string{"comp.joint_origin: \"number 4\" is not known; allowed are equal, partner, vendor"}},
		{"rounding.unknown", func(p *comp.Policy) { p.Rounding = 200 }, []string{"comp.rounding: \"number 200\" is not known; allowed are half_even, half_away_from_zero, toward_zero"}},
		{"percent.above", func(p *comp.Policy) { p.Origination.Influenced = value.MustPercent("100.000001%") }, []string{"comp.origination.influenced: 100.000001% is above 100%"}},
		{"percent.below", func(p *comp.Policy) { p.RoleBased.Contributions[comp.CoSelling] = value.MustPercent("-1%") }, []string{"comp.role_based.contributions.true_co_sell: -1% is below 0%"}},
		{"comp.contributions.missing nil", func(p *comp.Policy) { p.RoleBased.Contributions = nil }, []string{"comp.role_based.contributions: 0 contributions are given; a role-based policy has at least one"}},
		{"comp.contributions.missing empty", func(p *comp.Policy) { p.RoleBased.Contributions = map[comp.Contribution]value.Percent{} }, []string{"comp.role_based.contributions: 0 contributions are given; a role-based policy has at least one"}},
		{"fact.excess", func(p *comp.Policy) {
			p.Model = comp.Split
			for i := range 1001 {
				p.RoleBased.Contributions[comp.Contribution(fmt.Sprint("c", i))] = value.MustPercent("0%")
			}
		}, []string{"comp.role_based.contributions: 1003 are more than the limit, which is 1000"}},
		{"comp.contribution.id", func(p *comp.Policy) {
			p.RoleBased.Contributions = map[comp.Contribution]value.Percent{"": {}, "A": {}, "1a": {}, "_a": {}, "a-b": {}, "aB": {}, "{a": {}, "a{": {}, "ü": {}, "a\x00": {}, "a9_z": {}, "z": {}, long: {}, long[:64]: {}, "a b": value.MustPercent("101%")}
			for id, percent := range p.RoleBased.Contributions {
				if percent.IsZero() {
					p.RoleBased.Contributions[id] = value.MustPercent("0%")
				}
			}
		}, []string{
			"comp.role_based.contributions: nothing" + notAnID, `comp.role_based.contributions: "1a"` + notAnID, `comp.role_based.contributions: "A"` + notAnID,
			`comp.role_based.contributions: "_a"` + notAnID, `comp.role_based.contributions: "a-b"` + notAnID, `comp.role_based.contributions: "aB"` + notAnID, `comp.role_based.contributions: "{a"` + notAnID, `comp.role_based.contributions: "a{"` + notAnID,
			`comp.role_based.contributions: "ü"` + notAnID, `comp.role_based.contributions: "a\x00"` + notAnID, `comp.role_based.contributions: "a b"` + notAnID,
			`comp.role_based.contributions: "` + string(long[:64]) + `"…` + notAnID, `comp.role_based.contributions.a b: 101% is above 100%`,
		}},
		{"everything at once", func(p *comp.Policy) {
			*p = comp.Policy{Origination: comp.OriginationTerms{Influenced: value.MustPercent("-1%")}, RoleBased: comp.RoleBasedTerms{Contributions: map[comp.Contribution]value.Percent{"b": value.MustPercent("101%"), "a": value.MustPercent("-1%")}}}
		}, []string{
			"comp.model: nothing is given; allowed are origination, split, role_based", "comp.joint_origin: nothing is given; allowed are equal, partner, vendor", "comp.joint_primary: nothing is given; allowed are filer, both",
			"comp.rounding: nothing is given; allowed are half_even, half_away_from_zero, toward_zero", "comp.origination.influenced: -1% is below 0%",
			"comp.role_based.contributions.a: -1% is below 0%", "comp.role_based.contributions.b: 101% is above 100%",
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := comp.DefaultPolicy()
			c.change(&p)
			plan, err := comp.Compile(p)
			if plan != nil {
				t.Error("a plan stands beside an error")
			}
			wantError(t, err, c.want...)
		})
	}
}

const notAnID = " is no contribution id; write lower-case letters, digits and underscores, a letter first, at most 64 bytes"

func TestPoliciesAtTheirBounds(t *testing.T) {
	p := comp.DefaultPolicy()
	p.Origination.Influenced = value.MustPercent("100%")
	p.RoleBased.Contributions = map[comp.Contribution]value.Percent{}
	for i := range 1000 {
		p.RoleBased.Contributions[comp.Contribution(fmt.Sprint("c", i))] = value.MustPercent("100%")
	}
	compile(t, p)
	for _, m := range []comp.Model{comp.Origination, comp.Split} {
		p := under(m)
		p.RoleBased.Contributions = nil
		compile(t, p)
	}
}

func TestPoliciesShareNoMap(t *testing.T) {
	p := comp.DefaultPolicy()
	plan := compile(t, p)
	clear(p.RoleBased.Contributions)
	out := plan.Policy()
	if !maps.Equal(out.RoleBased.Contributions, comp.DefaultPolicy().RoleBased.Contributions) {
		t.Errorf("the plan keeps the caller's map: %v", out)
	}
	clear(out.RoleBased.Contributions)
	if len(plan.Policy().RoleBased.Contributions) != 2 {
		t.Error("Policy hands out the plan's map")
	}
	wantRows(t, statement(t, plan.Policy(), deal(supporting("bo", us, comp.CoSelling))), "bo 500.00 0.00 50.00")
	p = comp.DefaultPolicy()
	clear(p.Under(comp.Split).RoleBased.Contributions)
	if len(p.RoleBased.Contributions) != 2 {
		t.Error("Under shares the map")
	}
	clear(p.RoleBased.Contributions)
	if len(comp.DefaultPolicy().RoleBased.Contributions) != 2 {
		t.Error("default policies share a map")
	}
}

// A plan and its policy do not share quotas or tiers.
func TestPoliciesShareNoRates(t *testing.T) {
	const as = `[rates.quotas."ana".2026-10-01 1000.00 USD -> 1.00 USD rates.tables.accelerator.tiers[0].rate 5% -> 9%]`
	edit := func(p comp.Policy) comp.Policy {
		p.Rates.Quotas["ana"][value.MustDate("2026-10-01")] = usd("1")
		p.Rates.Tables[tableID].Tiers[0].Rate = value.MustPercent("9%")
		return p
	}
	fresh := func() comp.Policy {
		return withTable(rateTable(comp.PeriodAmount, comp.Marginal, "0:5%"), usd("1000"))
	}
	given := fresh()
	plan := compile(t, given)
	edit(given)
	for _, taken := range []comp.Policy{plan.Policy(), fresh().Under(comp.Origination).Under(comp.Split)} {
		if d := comp.Diff(fresh(), taken); d != nil {
			t.Errorf("shared: %v", d)
		}
	}
	if d := fmt.Sprint(comp.Diff(fresh(), edit(plan.Policy()))); d != as {
		t.Errorf("edited: %v", d)
	}
	if d := comp.Diff(fresh(), plan.Policy()); d != nil {
		t.Errorf("Policy hands out the plan's: %v", d)
	}
	mine := fresh()
	edit(mine.Under(comp.Split))
	if d := comp.Diff(fresh(), mine); d != nil {
		t.Errorf("Under shares: %v", d)
	}
}

func TestUnderKeepsTheRest(t *testing.T) {
	p := comp.DefaultPolicy()
	p.JointOrigin, p.Rounding = comp.VendorOrigin, value.TowardZero
	for _, m := range comp.Models() {
		got := p.Under(m)
		if got.Model != m || got.JointOrigin != p.JointOrigin || got.Rounding != p.Rounding || got.Origination != p.Origination || !maps.Equal(got.RoleBased.Contributions, p.RoleBased.Contributions) {
			t.Errorf("%s: %+v", m, got)
		}
	}
}

func TestNamesAreReadBack(t *testing.T) {
	for i, name := range []string{"origination", "split", "role_based"} {
		m, err := named[comp.Model](name)
		if m != comp.Models()[i] || m.String() != name || err != nil {
			t.Errorf("%s: %d, %v", name, m, err)
		}
	}
	for j, name := range map[comp.JointOrigin]string{comp.EqualOrigin: "equal", comp.PartnerOrigin: "partner", comp.VendorOrigin: "vendor"} {
		if got, err := named[comp.JointOrigin](name); got != j || j.String() != name || err != nil {
			t.Errorf("%s: %d, %v", name, got, err)
		}
	}
	_, err := named[comp.Model]("Split")
	wantError(t, err, `"Split" is not known; allowed are origination, split, role_based`)
	_, err = named[comp.JointOrigin]("")
	wantError(t, err, "nothing is given; allowed are equal, partner, vendor")
	if comp.Model(9).String() != "" || comp.JointOrigin(9).String() != "" {
		t.Error("values out of range have names")
	}
	_, err = comp.Policy{}.PrimarySide(model.TrueCoSell, model.Origin{Source: model.FromBoth})
	wantError(t, err, "joint_origin: nothing is given; allowed are equal, partner, vendor")
}

// The same policy gives the same error every time, although maps have no order.
func TestProblemsOfAPolicyHaveOneOrder(t *testing.T) {
	read := strings.NewReplacer(`"b":"130%","a":"0.0000001%"`, `"b":"130","a":"1","d":"4","c":"3"`).Replace(badPolicy)
	p := comp.DefaultPolicy()
	for _, id := range []comp.Contribution{"d", "b", "c", "a"} {
		p.RoleBased.Contributions[id] = value.MustPercent("130%")
	}
	_, wantRead := comp.ParsePolicy([]byte(read))
	_, wantCompiled := comp.Compile(p)
	for range 20 {
		if _, err := comp.ParsePolicy([]byte(read)); err.Error() != wantRead.Error() {
			t.Fatalf("%v\nand then\n%v", wantRead, err)
		}
		if _, err := comp.Compile(p); err.Error() != wantCompiled.Error() {
			t.Fatalf("%v\nand then\n%v", wantCompiled, err)
		}
	}
}
