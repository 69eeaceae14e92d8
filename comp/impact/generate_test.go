package impact_test

import (
	"fmt"
	"slices"
	"strings"

	"pgregory.net/rapid"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/comp/compgen"
	"github.com/coselling/coselling/comp/impact"
	"github.com/coselling/coselling/value"
)

// mutation is a change of a policy, with the beginning of its paths in a difference.
type mutation struct {
	paths []string
	apply func(*comp.Policy)
}

// owns reports whether the mutation changes a path.
func (m mutation) owns(path string) bool {
	return slices.ContainsFunc(m.paths, func(p string) bool {
		rest, ok := strings.CutPrefix(path, p)
		return ok && (rest == "" || rest[0] == '.' || rest[0] == '[')
	})
}

// world holds two policies, bookings and movements.
type world struct {
	before, after comp.Policy
	mutations     []mutation
	bookings      []comp.Booking
	movements     []comp.Movement
}

func (w *world) options(more ...impact.Option) []impact.Option {
	return append([]impact.Option{impact.Movements(w.movements...)}, more...)
}

func (w *world) plans(t rapid.TB) (before, after *comp.Plan) {
	return compile(t, w.before), compile(t, w.after)
}

func compile(t rapid.TB, p comp.Policy) *comp.Plan {
	t.Helper()
	plan, err := comp.Compile(p)
	if err != nil {
		t.Fatal(err)
	}
	return plan
}

// with applies mutations to a policy.
func with(p comp.Policy, mutations []mutation) comp.Policy {
	p = p.Under(p.Model)
	for _, m := range mutations {
		m.apply(&p)
	}
	return p
}

// scope has small amounts, so that tiers are crossed and cents are left over.
func scope() compgen.Limits {
	s := compgen.DefaultLimits()
	s.Most = value.MustMoney("90.00 USD")
	s.Deals = 12
	return s
}

var usdCode = value.MustMoney("0 USD").Currency()

func cents(n int64) value.Money {
	m, err := value.NewMoney(n, usdCode)
	if err != nil {
		panic(err)
	}
	return m
}

func percent(n int64) value.Percent {
	p, err := value.NewPercent(n * 1_000_000)
	if err != nil {
		panic(err)
	}
	return p
}

// anyWorld draws two policies, the second with some changes, and bookings that both can
// price. With history some tables count over periods.
func anyWorld(t *rapid.T, history bool) *world {
	w := &world{before: compgen.AnyPolicy().Draw(t, "before")}
	reps := []string{"v-1", "v-2", "v-3", "p1-1", "p1-2", "p1-3", "p2-1", "p2-2", "p2-3"}
	w.before.Rates = anyRates(t, reps, history)
	w.mutations = anyMutations(t, w.before, history)
	w.after = with(w.before, w.mutations)
	ledger := compgen.AnyLedger(scope(), w.before, w.after).Draw(t, "ledger")
	for i := range ledger.Bookings {
		for j := range ledger.Bookings[i].Payees {
			p := &ledger.Bookings[i].Payees[j]
			if p.Rate.IsZero() || p.Company {
				continue // the rest is paid by tables already, has credit only or is a company
			}
			if table := rapid.SampledFrom([]comp.TableID{"", "one", "one", "two"}).Draw(t, "table"); table != "" {
				p.Table, p.Rate = table, value.Percent{}
			}
		}
	}
	w.bookings = ledger.Bookings
	for _, m := range ledger.Reversals {
		if rapid.Bool().Draw(t, "in part") {
			of := w.bookings[slices.IndexFunc(w.bookings, func(b comp.Booking) bool { return b.ID == m.Of })]
			m.Amount = cents(rapid.Int64Range(1, of.Value.Minor()).Draw(t, "part"))
		}
		w.movements = append(w.movements, m)
	}
	w.drawInstalments(t)
	return w
}

// drawInstalments pays some of the deals without reversals in parts, one of which may precede the closing, be refunded
// or be written off.
func (w *world) drawInstalments(t *rapid.T) {
	for i := range w.bookings {
		b := &w.bookings[i]
		reversed := slices.ContainsFunc(w.movements, func(m comp.Movement) bool { return m.Of == b.ID })
		if reversed || b.Value.Minor() < 2 || rapid.IntRange(0, 3).Draw(t, "in instalments") > 0 {
			continue
		}
		b.Deferred = true
		first := cents(rapid.Int64Range(1, b.Value.Minor()-1).Draw(t, "first instalment"))
		early, _ := b.Closed.AddDays(rapid.SampledFrom([]int{0, -3, 5}).Draw(t, "days"))
		move := func(kind comp.MovementKind, id string, amount value.Money) {
			w.movements = append(w.movements, comp.Movement{ID: id + b.ID, Of: b.ID, Kind: kind, Amount: amount, On: early})
		}
		move(comp.Received, "I1-", first)
		if rapid.Bool().Draw(t, "bounced") {
			move(comp.Refunded, "F-", first)
		}
		if early.Before(b.Closed) {
			early = b.Closed
		}
		if rapid.Bool().Draw(t, "paid off") {
			move(comp.Received, "I2-", value.Money{})
		} else {
			move(comp.WrittenOff, "W-", value.Money{})
		}
	}
}

func anyRates(t *rapid.T, reps []string, history bool) comp.RateTerms {
	r := comp.DefaultPolicy().Rates
	r.Tables = map[comp.TableID]comp.RateTable{}
	for _, id := range []comp.TableID{"one", "two"} {
		r.Tables[id] = anyTable(t, history)
	}
	r.Quotas = map[string]map[value.Date]value.Money{}
	for _, rep := range reps {
		r.Quotas[rep] = map[value.Date]value.Money{}
		for q := r.Year.Quarter(value.MustDate("2026-01-01")); q.First().Before(value.MustDate("2027-01-01")); q = q.Next() {
			r.Quotas[rep][q.First()] = cents(rapid.Int64Range(1, 20_000).Draw(t, "quota"))
		}
	}
	return r
}

func anyTable(t *rapid.T, history bool) comp.RateTable {
	measures := []comp.Measure{comp.DealAmount}
	if history {
		measures = []comp.Measure{comp.DealAmount, comp.PeriodAmount, comp.Attainment}
	}
	table := comp.RateTable{
		Measure:  rapid.SampledFrom(measures).Draw(t, "measure"),
		Method:   rapid.SampledFrom([]comp.Method{comp.Marginal, comp.Retroactive}).Draw(t, "method"),
		Currency: usdCode,
	}
	for i := range rapid.IntRange(1, 4).Draw(t, "tiers") {
		tier := comp.Tier{Rate: percent(rapid.Int64Range(0, 100).Draw(t, "rate"))}
		if i > 0 {
			if table.Measure == comp.Attainment {
				tier.From.Attainment = percent(int64(i) * 30)
			} else {
				tier.From.Amount = cents(int64(i) * 2000)
			}
			table.Tiers[i-1].To = tier.From
		}
		table.Tiers = append(table.Tiers, tier)
	}
	limits := []*value.Money{&table.DealFloor, &table.DealCap}
	if history {
		limits = append(limits, &table.PeriodFloor, &table.PeriodCap)
	}
	for _, limit := range limits {
		if rapid.IntRange(0, 3).Draw(t, "limited") == 0 {
			*limit = cents(rapid.Int64Range(1, 3000).Draw(t, "limit"))
		}
	}
	return table
}

// anyMutations draws some changes of a policy after which it still prices the bookings.
func anyMutations(t *rapid.T, p comp.Policy, history bool) []mutation {
	var all []mutation
	if len(p.RoleBased.Contributions) > 0 {
		models := comp.Models()
		all = append(all, mutation{[]string{"model"},
			setter(rapid.SampledFrom(models[:]).Draw(t, "model"),
				func(p *comp.Policy) *comp.Model { return &p.Model })})
	}
	all = append(all,
		mutation{[]string{"joint_origin"}, setter(rapid.SampledFrom([]comp.JointOrigin{comp.EqualOrigin,
			comp.PartnerOrigin, comp.VendorOrigin}).Draw(t, "joint origin"),
			func(p *comp.Policy) *comp.JointOrigin { return &p.JointOrigin })},
		mutation{[]string{"joint_primary"}, setter(rapid.SampledFrom([]comp.JointPrimary{comp.FilerPrimary,
			comp.BothPrimary}).Draw(t, "joint primary"),
			func(p *comp.Policy) *comp.JointPrimary { return &p.JointPrimary })},
		mutation{[]string{"rounding"}, setter(rapid.SampledFrom([]value.Rounding{value.HalfEven, value.HalfAwayFromZero,
			value.TowardZero}).Draw(t, "rounding"), func(p *comp.Policy) *value.Rounding { return &p.Rounding })},
		mutation{[]string{"origination.influenced"},
			setter(percent(rapid.Int64Range(0, 100).Draw(t, "influenced")),
				func(p *comp.Policy) *value.Percent { return &p.Origination.Influenced })},
		mutation{[]string{"origination.influenced_pays_commission"}, func(p *comp.Policy) {
			p.Origination.InfluencedPaysCommission = !p.Origination.InfluencedPaysCommission
		}},
		mutation{[]string{"origination.influenced_counts_toward_quota"}, func(p *comp.Policy) {
			p.Origination.InfluencedCountsTowardQuota = !p.Origination.InfluencedCountsTowardQuota
		}},
	)
	for c, old := range p.RoleBased.Contributions {
		_ = old
		all = append(all, mutation{[]string{"role_based.contributions." + string(c)}, nil})
	}
	slices.SortFunc(all, func(a, b mutation) int { return strings.Compare(a.paths[0], b.paths[0]) })
	for i := range all {
		if all[i].apply == nil {
			c := comp.Contribution(strings.TrimPrefix(all[i].paths[0], "role_based.contributions."))
			to := percent(rapid.Int64Range(0, 20).Draw(t, "contribution"))
			all[i].apply = func(p *comp.Policy) { p.RoleBased.Contributions[c] = to }
		}
	}
	for _, id := range []comp.TableID{"one", "two"} {
		all = append(all, tableMutations(t, p, id, history)...)
	}
	if history {
		rep := rapid.SampledFrom([]string{"v-1", "p1-1"}).Draw(t, "whose quota")
		quota := cents(rapid.Int64Range(1, 20_000).Draw(t, "changed quota"))
		all = append(all, mutation{[]string{fmt.Sprintf("rates.quotas.%q", rep)}, func(p *comp.Policy) {
			for day := range p.Rates.Quotas[rep] {
				p.Rates.Quotas[rep][day] = quota
			}
		}})
	}
	some := rapid.SliceOfNDistinct(rapid.IntRange(0, len(all)-1), 0, 5, rapid.ID[int]).Draw(t, "changes")
	slices.Sort(some)
	var chosen []mutation
	for _, i := range some {
		chosen = append(chosen, all[i])
	}
	return chosen
}

func setter[T any](to T, field func(*comp.Policy) *T) func(*comp.Policy) {
	return func(p *comp.Policy) { *field(p) = to }
}

func tableMutations(t *rapid.T, p comp.Policy, id comp.TableID, history bool) []mutation {
	path := "rates.tables." + string(id)
	var all []mutation
	edit := func(change func(*comp.RateTable), paths ...string) {
		for i := range paths {
			paths[i] = path + "." + paths[i]
		}
		all = append(all, mutation{paths, func(p *comp.Policy) {
			table := p.Rates.Tables[id]
			change(&table)
			p.Rates.Tables[id] = table
		}})
	}
	for i := range p.Rates.Tables[id].Tiers {
		rate := percent(rapid.Int64Range(0, 100).Draw(t, "changed rate"))
		edit(func(table *comp.RateTable) { table.Tiers[i].Rate = rate }, fmt.Sprintf("tiers[%d].rate", i))
		if i > 0 {
			step := rapid.Int64Range(-9, 9).Draw(t, "moved bound")
			edit(func(table *comp.RateTable) {
				from := &table.Tiers[i].From
				if table.Measure == comp.Attainment {
					from.Attainment = percent(from.Attainment.Millionths()/1_000_000 + step)
				} else {
					from.Amount = cents(from.Amount.Minor() + step*100)
				}
				table.Tiers[i-1].To = *from
			}, fmt.Sprintf("tiers[%d].from", i), fmt.Sprintf("tiers[%d].to", i-1))
		}
	}
	method := rapid.SampledFrom([]comp.Method{comp.Marginal, comp.Retroactive}).Draw(t, "changed method")
	edit(func(table *comp.RateTable) { table.Method = method }, "method")
	limit := cents(rapid.Int64Range(1, 3000).Draw(t, "changed limit"))
	edit(func(table *comp.RateTable) { table.DealFloor = limit }, "deal_floor")
	edit(func(table *comp.RateTable) { table.DealCap = limit }, "deal_cap")
	if history {
		edit(func(table *comp.RateTable) { table.PeriodFloor = limit }, "period_floor")
		edit(func(table *comp.RateTable) { table.PeriodCap = limit }, "period_cap")
	}
	return all
}
