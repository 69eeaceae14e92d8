package main

import (
	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/internal/exact"
	"github.com/coselling/coselling/value"
)

// ourPays prints what the lines of one deal give.
func ourPays(all []comp.Amounts) string {
	return pays(all, func(a comp.Amounts) pay { return pay{a.QuotaCredit.Minor(), a.Commission.Minor()} })
}

// ourTeam prices each amount alone, for a team that was made ready.
func ourTeam(shares []int64) candidate {
	list := bookings(shares)
	team := must(must(comp.Compile(comp.DefaultPolicy())).Prepare(list[0]))
	all := make([]comp.Amounts, team.Len())
	return candidate{
		name:   "coselling, the team prepared",
		run:    func(i int) { mustDo(team.Price(all, list[i].Value)) },
		answer: func() string { return ourPays(all) },
	}
}

// ourColumn prices 64 amounts a call, at the first case of 64; a call counts as one case, so that its time is that
// of an amount.
func ourColumn(shares []int64) candidate {
	const column = 64
	list := bookings(shares)
	team := must(must(comp.Compile(comp.DefaultPolicy())).Prepare(list[0]))
	values, all, at := make([]value.Money, len(list)), make([]comp.Amounts, column*team.Len()), 0
	for i := range list {
		values[i] = list[i].Value
	}
	return candidate{
		name: "coselling, the team prepared, columns of 64 amounts",
		run: func(i int) {
			if at = i % column; at == 0 {
				mustDo(team.Price(all, values[i:i+column]...))
			}
		},
		answer: func() string { return ourPays(all[at*team.Len() : (at+1)*team.Len()]) },
	}
}

// ourKernel is our arithmetic alone, the policy compiled to fractions.
func ourKernel(shares []int64) candidate {
	values, due := cents(), make([]exact.Due, 1+len(shares))
	claim := func(percent, share, rate int64) exact.Claim {
		weight := percent * exact.One / hundred * share * exact.One / hundred
		return exact.Claim{
			Credit: exact.NewFraction(weight, exact.One),
			Pay:    exact.NewFraction(weight, rate*exact.One/hundred),
		}
	}
	var supporters []exact.Claim
	for _, s := range shares {
		supporters = append(supporters, claim(supportPercent, s, supportRate))
	}
	primary := []exact.Claim{claim(hundred, hundred, primaryRate)}
	alone := exact.NewPool(primary, exact.HalfEven, exact.HalfEven)
	pool := exact.NewPool(supporters, exact.HalfEven, exact.HalfEven)
	return candidate{
		name: "coselling, the arithmetic alone",
		run: func(i int) {
			alone.Of(values[i], primary, due[:1])
			pool.Of(values[i], supporters, due[1:])
		},
		answer: func() string { return pays(due, func(d exact.Due) pay { return pay{d.Credit, d.Pay} }) },
	}
}
