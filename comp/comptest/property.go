package comptest

import (
	"cmp"
	"fmt"
	"math"
	"math/big"
	"slices"
	"strings"
	"testing"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/value"
)

// Properties fails the test if a policy does not have a property that every policy should
// have. It prices some hundred made-up deals of every kind, the same ones in every run:
//
//   - conservation (comp.conserve): reps who share a credit get together as much as one rep alone;
//   - mirrored reversal (comp.clawback): no payee keeps anything of a deal taken back, at once or in two parts;
//   - permutation: the order of payees and of deals does not matter;
//   - idempotence: pricing again, or by the policy read from its canonical text, gives the same;
//   - monotonicity: a larger deal pays no payee less; a retroactive table with falling rates breaks this;
//   - support never above primary: supporters get at most the primary side's credit, or the deal is refused.
//
// A policy that does not compile fails with all of its problems.
func Properties(t testing.TB, policy comp.Policy) {
	t.Helper()
	checkProperties(t, policy, price)
}

func checkProperties(t testing.TB, policy comp.Policy, price pricing) {
	t.Helper()
	broken, err := brokenProperties(policy, price)
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range broken {
		t.Error(text)
	}
}

// laboratory holds a policy and the deals on which properties are tried.
type laboratory struct {
	policy comp.Policy
	price  pricing
	deals  []comp.Booking
}

// finding is a deal that breaks a property, and the amounts that show it.
type finding struct {
	says  string
	shows []string
}

type property struct {
	name  string
	says  string
	check func(*laboratory) []finding
}

func properties() [6]property {
	return [...]property{
		{"conservation", "reps who share a credit get together as much as one rep alone (" + string(comp.Conserve) +
			")", conservation},
		{"mirrored reversal", "after a deal is taken back no payee keeps anything (" + string(comp.Clawback) + ")",
			mirror},
		{"permutation", "the order of payees and of deals does not matter", permutation},
		{"idempotence", "pricing again gives the same", idempotence},
		{"monotonicity", "a larger deal pays no payee less", monotonicity},
		{"support never above primary", "supporters are credited with at most as much as the primary side", support},
	}
}

// brokenProperties says of each property that a policy does not have with which deal it fails.
func brokenProperties(policy comp.Policy, price pricing) (broken []string, err error) {
	if _, err := comp.Compile(policy); err != nil {
		return nil, fmt.Errorf("the policy has problems:\n%s", indented(err))
	}
	lab := &laboratory{policy: policy, price: price, deals: samples(policy)}
	if refused := lab.refused(); refused != nil {
		return []string{"the policy cannot price a usual deal:" + refused.text()}, nil
	}
	for _, p := range properties() {
		found := p.check(lab)
		if len(found) == 0 {
			continue
		}
		slices.SortStableFunc(found, func(a, b finding) int { return len(a.says) - len(b.says) }) // the simplest first
		rest := ""
		if len(found) > 1 {
			rest = "\n  and with " + counted(len(found)-1, "other deal")
		}
		broken = append(broken, p.name+": "+p.says+"; it fails here:"+found[0].text()+rest)
	}
	return broken, nil
}

func (f finding) text() string {
	return "\n  " + strings.Join(append([]string{f.says}, f.shows...), "\n  ")
}

// refused returns the first sample that cannot be priced.
func (lab *laboratory) refused() *finding {
	l, err := lab.price(lab.policy, Bookings{Deals: lab.deals})
	if err != nil {
		return &finding{says: oneLine(err)}
	}
	for i := range l.entries {
		if e := &l.entries[i]; e.err != nil {
			return &finding{says: dealText(*e.deal), shows: []string{oneLine(e.err)}}
		}
	}
	return nil
}

// each tries deals, and returns those for which try returns something to show.
func each(deals []comp.Booking, try func(comp.Booking) []string) []finding {
	var found []finding
	for _, deal := range deals {
		if shows := try(deal); shows != nil {
			found = append(found, finding{dealText(deal), shows})
		}
	}
	return found
}

// alone prices one deal and its reversals.
func (lab *laboratory) alone(deal comp.Booking, back ...comp.Movement) (ledger, error) {
	l, err := lab.price(lab.policy, Bookings{Deals: []comp.Booking{deal}, Movements: back})
	if err != nil {
		return l, err
	}
	for i := range l.entries {
		if l.entries[i].err != nil {
			return l, l.entries[i].err
		}
	}
	return l, nil
}

// dealText describes a deal and its payees.
func dealText(b comp.Booking) string {
	payees := make([]string, len(b.Payees))
	for i, p := range b.Payees {
		payees[i] = p.Rep + " of " + partyText(p.Party) + ", " + p.Role.String()
		if p.Company {
			payees[i] = p.Rep + " of " + partyText(p.Party) + ", a company"
		}
		if p.Contribution != "" && p.Role == comp.Supporting {
			payees[i] += " by " + string(p.Contribution)
		}
		if p.Share != (value.Percent{}) && p.Share != value.MustPercent("100%") {
			payees[i] += ", share " + p.Share.String()
		}
		payees[i] += ", " + payText(&p)
	}
	return b.ID + ", " + b.Value.String() + ", brought by " + b.Source.String() + "\n    " +
		strings.Join(payees, "\n    ")
}

// payText says how a payee is paid.
func payText(p *comp.Payee) string {
	switch {
	case p.Table != "":
		tables := []string{"table " + string(p.Table)}
		for _, id := range p.AddedTables {
			tables = append(tables, "table "+string(id))
		}
		return strings.Join(tables, " and ")
	case p.CreditOnly:
		return "credit only"
	default:
		return cmp.Or(p.Fixed.String(), p.Rate.String())
	}
}

// totals sums the amounts of each payee over deals and reversals, without the closings of periods.
func totals(l ledger) map[string]comp.Amounts {
	sums := map[string]comp.Amounts{}
	for i := range l.entries {
		if l.entries[i].closes() {
			continue
		}
		for _, line := range l.entries[i].statement.Lines {
			sums[line.Payee] = plus(sums[line.Payee], amountsOf(&line))
		}
	}
	return sums
}

// part returns a percentage of an amount, cut to a whole unit; beyond 64 bits the largest number.
func part(minor int64, p value.Percent) (whole int64, cut bool) {
	product := new(big.Int).Mul(big.NewInt(minor), big.NewInt(p.Millionths()))
	quotient, rest := product.QuoRem(product, big.NewInt(hundred), new(big.Int))
	if !quotient.IsInt64() {
		return math.MaxInt64, false
	}
	return quotient.Int64(), rest.Sign() != 0
}

func whyNot(err error) string { return "refused: " + oneLine(err) }
