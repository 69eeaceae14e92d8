package compgen_test

import (
	"cmp"
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/comp/compgen"
	"github.com/coselling/coselling/comp/timeline"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// anyScope draws scopes of one day or of years, of a cent or of the bound of money.
func anyScope() *rapid.Generator[compgen.Limits] {
	return rapid.Custom(func(t *rapid.T) compgen.Limits {
		s := compgen.Limits{
			From: value.MustDate(rapid.SampledFrom([]string{"0001-01-01", "2026-01-15", "2026-12-31",
				"9000-12-01"}).Draw(t, "from")),
			Most: value.MustMoney(rapid.SampledFrom([]string{"0.01 USD", "1 JPY", "20000000 USD", "3.000 KWD",
				"1000000 CLF"}).Draw(t, "most")),
			Partners: rapid.IntRange(1, 3).Draw(t, "partners"), Reps: rapid.IntRange(1, 8).Draw(t, "reps"),
			Deals: rapid.IntRange(0, 12).Draw(t, "deals"),
			Open:  rapid.Bool().Draw(t, "open"),
		}
		var err error
		s.To, err = s.From.AddDays(rapid.SampledFrom([]int{0, 1, 30, 800}).Draw(t, "days"))
		if err != nil || s.To.Year() > 9000 {
			s.To = s.From
		}
		return s
	})
}

func compile(t *rapid.T, p comp.Policy) *comp.Plan {
	t.Helper()
	plan, err := comp.Compile(p)
	if err != nil {
		t.Fatal(err)
	}
	return plan
}

// Every policy for which a ledger is drawn prices it, and the totals add up.
func TestEveryPolicyPricesItsLedger(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		policies := rapid.SliceOfN(compgen.AnyPolicy(), 0, 3).Draw(t, "policies")
		scope := anyScope().Draw(t, "scope")
		ledger := compgen.AnyLedger(scope, policies...).Draw(t, "ledger")
		if len(policies) == 0 {
			policies = append(policies, comp.DefaultPolicy())
		}
		for _, p := range policies {
			plan := compile(t, p)
			var totals comp.Totals
			statements := map[string]comp.Statement{}
			for _, b := range ledger.Bookings {
				s, err := plan.Statement(b)
				if err != nil {
					t.Fatalf("%+v\n%v", b, err)
				}
				statements[b.ID] = s
				if err := totals.Add(s); err != nil {
					t.Fatal(err)
				}
			}
			for _, r := range ledger.Reversals {
				s, err := statements[r.Of].Reverse(r.ID, r.On)
				if err == nil {
					err = totals.Add(s)
				}
				if err != nil {
					t.Fatal(err)
				}
			}
		}
		checkShape(t, scope, ledger)
	})
}

// checkShape checks the documented properties of a ledger.
func checkShape(t *rapid.T, s compgen.Limits, l compgen.Ledger) {
	t.Helper()
	if len(l.Bookings) > s.Deals {
		t.Fatalf("%d deals", len(l.Bookings))
	}
	ids := map[string]value.Date{}
	reps := map[string]compgen.Rep{}
	for _, r := range l.Team {
		if _, twice := reps[r.ID]; twice {
			t.Fatalf("two reps %s", r.ID)
		}
		reps[r.ID] = r
	}
	for _, b := range l.Bookings {
		if _, twice := ids[b.ID]; twice || b.Closed.Before(s.From) || b.Closed.After(s.To) ||
			b.Value.Minor() > s.Most.Minor() {
			t.Fatalf("%+v", b)
		}
		ids[b.ID] = b.Closed
		for _, p := range b.Payees {
			r := reps[p.Rep]
			if p.Company {
				r = compgen.Rep{ID: "company-" + p.Party.Org, Party: p.Party, Rate: p.Rate}
			}
			if r.ID != p.Rep || r.Party != p.Party || r.Rate != p.Rate && !p.CreditOnly {
				t.Fatalf("%+v is not %+v", p, r)
			}
		}
	}
	if !slices.IsSortedFunc(l.Bookings, func(a,
		b comp.Booking) int {
		return cmp.Or(a.Closed.Compare(b.Closed), cmp.Compare(a.ID, b.ID))
	}) {
		t.Fatal("bookings are not in order")
	}
	if !slices.IsSortedFunc(l.Reversals,
		func(a, b comp.Movement) int { return cmp.Or(a.On.Compare(b.On), cmp.Compare(a.ID, b.ID)) }) {
		t.Fatal("reversals are not in order")
	}
	taken := map[string]bool{}
	for _, r := range l.Reversals {
		closed, known := ids[r.Of]
		if _, twice := ids[r.ID]; !known || twice || taken[r.Of] || r.On.Before(closed) || r.On.After(s.To) {
			t.Fatalf("%+v", r)
		}
		taken[r.Of] = true
	}
}

// A history prices every booking that is drawn for all of its policies.
func TestAHistoryPricesItsLedger(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		scope := anyScope().Draw(t, "scope")
		history := compgen.AnyHistory(scope).Draw(t, "history")
		var policies []comp.Policy
		for _, v := range history.Versions() {
			policies = append(policies, v.Policy)
		}
		for _, c := range history.Corrections() {
			policies = append(policies, c.Policy)
		}
		ledger := compgen.AnyLedger(scope, policies...).Draw(t, "ledger")
		for _, b := range ledger.Bookings {
			inForce, err := history.For(timeline.Dates{Closed: b.Closed, Registered: b.Closed})
			if err != nil {
				t.Fatalf("%+v\n%v", b, err)
			}
			if _, err := inForce.Plan.Statement(b); err != nil {
				t.Fatalf("%+v\n%v", b, err)
			}
		}
	})
}

func TestPoliciesProjectOpenBookings(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		scope := anyScope().Draw(t, "scope")
		policy := compgen.AnyPolicy().Draw(t, "policy")
		b := compgen.AnyBooking(scope, compgen.AnyTeam(scope).Draw(t, "team"), policy).Draw(t, "booking")
		if s, err := compile(t, policy).Statement(b); err != nil || s.Projected != b.Closed.IsZero() || s.Projected &&
			!scope.Open {
			t.Fatalf("%+v\n%v", b, err)
		}
	})
}

func TestAScopeWithoutValuesFails(t *testing.T) {
	good := compgen.DefaultLimits()
	for i, change := range []func(*compgen.Limits){
		func(s *compgen.Limits) { *s = compgen.Limits{} },
		func(s *compgen.Limits) { s.From = value.Date{} },
		func(s *compgen.Limits) { s.To = value.MustDate("2025-12-31") },
		func(s *compgen.Limits) { s.Most = value.Money{} },
		func(s *compgen.Limits) { s.Partners = 0 },
		func(s *compgen.Limits) { s.Reps = 9 },
		func(s *compgen.Limits) { s.Deals = -1 },
	} {
		scope := good
		change(&scope)
		for name, draw := range map[string]func(){
			"team": func() { compgen.AnyTeam(scope).Example(1) },
			"booking": func() {
				compgen.AnyBooking(scope, compgen.Team{{ID: "v", Party: model.VendorOrg("v")},
					{ID: "p", Party: model.PartnerOrg("p")}}).Example(1)
			},
			"ledger":  func() { compgen.AnyLedger(scope).Example(1) },
			"history": func() { compgen.AnyHistory(scope).Example(1) },
		} {
			if message := failure(draw); message == "" {
				t.Errorf("scope %d: a %s was drawn", i, name)
			}
		}
	}
	if failure(func() { compgen.AnyBooking(good, nil).Example(1) }) == "" {
		t.Error("a booking without payees was drawn")
	}
}

// failure returns the message of a draw that fails.
func failure(draw func()) (message string) {
	defer func() {
		if r := recover(); r != nil {
			message = fmt.Sprint(r)
		}
	}()
	draw()
	return ""
}

func Example() {
	before := comp.DefaultPolicy()
	after := comp.DefaultPolicy()
	after.RoleBased.Contributions[comp.TechnicalValidation] = value.MustPercent("35%")

	ledger := compgen.AnyLedger(compgen.DefaultLimits(), before, after).Example(7) // in a test: Draw(t, "ledger")
	lost := 0
	for _, booking := range ledger.Bookings {
		var paid [2]int64
		for i, policy := range []comp.Policy{before, after} {
			plan, err := comp.Compile(policy)
			if err != nil {
				fmt.Println(err)
				return
			}
			statement, err := plan.Statement(booking)
			if err != nil {
				fmt.Println(err)
				return
			}
			for _, line := range statement.Lines {
				paid[i] += line.Commission.Minor()
			}
		}
		if paid[1] < paid[0] {
			lost++
		}
	}
	fmt.Println(len(ledger.Bookings) > 0, lost, "bookings cost less")
	// Output:
	// true 0 bookings cost less
}
