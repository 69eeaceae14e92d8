package comptest

import (
	"cmp"
	"fmt"
	"maps"
	"math/big"
	"slices"
	"testing"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// Boundaries returns made-up deals just below, at and just above every threshold of a policy, for [Golden] or
// [Change]. Ids name the threshold and the side: "004 at rates.tables.fast.tiers[1].from".
//
// For a percentage the deal's credit lies half way between two minor units (on one, if the policy rounds toward
// zero). For a tier it is the credit at which it begins, and one deal goes far into the last tier. For a floor or
// a cap it is the commission. Tiers by attainment need the reps and quotas of the policy. A threshold that no deal
// can reach is logged. Amounts are in the currency of the policy's quotas and tables, otherwise in USD; for
// several see [Bookings.InCurrency].
func Boundaries(t testing.TB, policy comp.Policy) Bookings {
	t.Helper()
	plan, err := comp.Compile(policy)
	if err != nil {
		t.Fatalf("the policy has no boundaries:\n%s", indented(err))
	}
	b := newBoundaries(plan.Policy())
	b.percentages()
	for _, id := range sorted(b.policy.Rates.Tables) {
		b.table(id, b.policy.Rates.Tables[id])
	}
	for _, note := range b.notes {
		t.Logf("no boundary case: %s", note)
	}
	return Bookings{Deals: b.deals}
}

// boundaries collects the cases of a policy.
type boundaries struct {
	policy   comp.Policy
	currency value.Currency
	day      value.Date // of cases without a quota
	seats    []seat     // with a quota, and not used yet
	deals    []comp.Booking
	reps     int
	notes    []string // thresholds that no case reaches
}

// seat is a rep who has sold nothing yet in the period of a day.
type seat struct {
	rep   string
	day   value.Date
	quota value.Money
}

// where is the side of a threshold on which a case lies.
type where string

const (
	below where = "below"
	at    where = "at"
	above where = "above"
	far   where = "far above" // well into the last tier
)

func newBoundaries(policy comp.Policy) *boundaries {
	b := &boundaries{policy: policy, day: value.MustDate("2026-01-01")}
	for _, rep := range sorted(policy.Rates.Quotas) {
		for _, day := range slices.SortedFunc(maps.Keys(policy.Rates.Quotas[rep]), value.Date.Compare) {
			quota := policy.Rates.Quotas[rep][day]
			b.seats = append(b.seats, seat{rep, day, quota})
			b.currency = cmp.Or(b.currency, quota.Currency())
		}
	}
	for _, id := range sorted(policy.Rates.Tables) {
		b.currency = cmp.Or(b.currency, policy.Rates.Tables[id].Currency)
	}
	b.currency = cmp.Or(b.currency, value.MustCurrency("USD"))
	if len(b.seats) > 0 {
		b.day = b.seats[0].day
	}
	return b
}

func (b *boundaries) note(path, why string) { b.notes = append(b.notes, path+": "+why) }

func (b *boundaries) fresh() seat {
	b.reps++
	return seat{rep: fmt.Sprintf("case-%03d", b.reps), day: b.day}
}

func (b *boundaries) add(path string, where where, minor int64, c value.Currency, day value.Date,
	payees ...comp.Payee) {
	amount, err := value.NewMoney(minor, c)
	if err != nil || minor <= 0 {
		b.note(path, "no deal has the amount "+string(where)+" it")
		return
	}
	b.deals = append(b.deals, comp.Booking{
		ID: fmt.Sprintf("%03d %s %s", len(b.deals)+1, where, path), Value: amount, Closed: day,
		Source: model.FromPartner, Payees: payees,
	})
}

// seller returns the rep as one of a partner who sells alone.
func (s seat) seller(table comp.TableID) comp.Payee {
	return comp.Payee{Rep: s.rep, Party: model.PartnerOrg("acme"), Role: comp.Primary, Table: table}
}

// percentages makes the cases of the percentages of the policy's model.
func (b *boundaries) percentages() {
	switch b.policy.Model {
	case comp.RoleBased:
		for _, id := range sorted(b.policy.RoleBased.Contributions) {
			b.percentage(contributionPath(id), b.policy.RoleBased.Contributions[id], id)
		}
	case comp.Origination:
		b.percentage("origination.influenced", b.policy.Origination.Influenced, "")
	}
}

// percentage makes deals around one whose part lies half way between two minor units.
func (b *boundaries) percentage(path string, p value.Percent, c comp.Contribution) {
	for i, minor := range aroundHalf(p, b.policy.Rounding) {
		one, two := b.fresh(), b.fresh()
		b.add(path, [...]where{below, at, above}[i], minor, b.currency, b.day,
			comp.Payee{Rep: one.rep, Party: model.PartnerOrg("acme"), Role: comp.Primary,
				Rate: value.MustPercent("10%")},
			comp.Payee{Rep: two.rep, Party: model.VendorOrg("us"), Role: comp.Supporting, Contribution: c,
				Rate: value.MustPercent("10%")})
	}
}

// aroundHalf returns three amounts of at least ten million minor units, so that a point more shows, whose parts
// lie as near as possible below the threshold of a rounding, at it and above it.
func aroundHalf(p value.Percent, rounding value.Rounding) [3]int64 {
	const least = 10_000_000
	g := new(big.Int).GCD(nil, nil, big.NewInt(p.Millionths()), big.NewInt(hundred)).Int64()
	m := hundred / g // the number of different fractions of a unit
	threshold := int64(0)
	if rounding != value.TowardZero && m%2 == 0 {
		threshold = m / 2
	}
	inverse := new(big.Int).ModInverse(big.NewInt(p.Millionths()/g%m), big.NewInt(m))
	if inverse == nil { // the part of every amount is whole: take any
		inverse = new(big.Int)
	}
	var amounts [3]int64
	for i := range amounts {
		fraction := (threshold + int64(i) - 1 + m) % m
		minor := inverse.Int64() * fraction % m // both are below a hundred million
		amounts[i] = minor + (least-minor+m-1)/m*m
	}
	if amounts[0] == amounts[1] { // the part of every amount is whole: take those beside it
		amounts[0], amounts[2] = amounts[1]-1, amounts[1]+1
	}
	return amounts
}
