package value_test

import (
	"encoding/json"
	"math"
	"math/big"
	"os"
	"slices"
	"strconv"
	"testing"

	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"github.com/coselling/coselling/internal/exact"
	"github.com/coselling/coselling/value"
)

// allocationCase is a case from the tests of another project, which Source names.
type allocationCase struct {
	Source   string   `json:"source"`
	Amount   string   `json:"amount"`
	Exponent int      `json:"currency_exponent"`
	Weights  []string `json:"weights"`
	Shares   []string `json:"shares"`
	Error    string   `json:"error"`
}

func allocationCases(t *testing.T) []allocationCase {
	t.Helper()
	data, err := os.ReadFile("testdata/allocation.json")
	if err != nil {
		t.Fatal(err)
	}
	var rows []allocationCase
	if err := json.Unmarshal(data, &rows); err != nil {
		t.Fatal(err)
	}
	return rows
}

// wholeWeights brings fractions to one denominator.
func wholeWeights(t *testing.T, texts []string) []int64 {
	t.Helper()
	common := big.NewInt(1)
	for _, text := range texts {
		d := fraction(text).Denom()
		common.Div(new(big.Int).Mul(common, d), new(big.Int).GCD(nil, nil, common, d))
	}
	weights := make([]int64, len(texts))
	for i, text := range texts {
		w := new(big.Rat).Mul(fraction(text), new(big.Rat).SetInt(common))
		if !w.IsInt() || !w.Num().IsInt64() {
			t.Fatalf("weight %s is %s", text, w)
		}
		weights[i] = w.Num().Int64()
	}
	return weights
}

func TestAllocate_comp_conserve_agreesWithCasesOfOtherProjects(t *testing.T) {
	// Why each refused row is refused.
	codes := map[string]value.Code{
		"above the bound of money":                       value.MoneyRange,
		"ERROR: negative ratio rejected":                 "weight.negative",
		"ERROR: [Dinero.js] Ratios are invalid. (empty)": "weight.missing",
		"ERROR: at least one split must be provided":     "weight.missing",
		"ERROR: need at least one part":                  "weight.missing",
	}
	onPrimitive, refusals := 0, 0
	for _, row := range allocationCases(t) {
		weights := wholeWeights(t, row.Weights)
		what := row.Source + ": " + row.Amount
		switch {
		case row.Error != "":
			refusals++
			code, known := codes[row.Error]
			if !known {
				t.Errorf("%s: no code for %q", what, row.Error)
			}
			refused(t, what, allocateRow(t, row, weights), code)
		case row.Exponent == 1: // no currency of ISO 4217 has one place
			onPrimitive++
			amount, _ := strconv.ParseInt(row.Amount, 10, 64)
			compareShares(t, what, dividedByPrimitive(amount, weights), row.Shares, 1)
			compareShares(t, what+" mirrored", dividedByPrimitive(-amount, weights), row.Shares, -1)
		default:
			amount, err := strconv.ParseInt(row.Amount, 10, 64)
			if err != nil {
				t.Fatal(err)
			}
			compareShares(t, what, allocated(t, amount, row.Exponent, weights), row.Shares, 1)
			compareShares(t, what+" mirrored", allocated(t, -amount, row.Exponent, weights), row.Shares, -1)
		}
	}
	if onPrimitive != 2 || refusals != 5 {
		t.Errorf("%d rows ran on the primitive and %d were refused; want 2 and 5", onPrimitive, refusals)
	}
}

func rowCurrency(exponent int) value.Currency {
	return value.MustCurrency([]string{"JPY", "", "USD", "KWD", "CLF"}[exponent])
}

// allocateRow takes the amount as a decimal: a row may be above every integer.
func allocateRow(t *testing.T, row allocationCase, weights []int64) error {
	t.Helper()
	amount, ok := new(big.Int).SetString(row.Amount, 10)
	if !ok {
		t.Fatal(row.Amount)
	}
	m, err := value.MoneyFromDecimal(decimal.NewFromBigInt(amount, -int32(row.Exponent)), rowCurrency(row.Exponent))
	if err != nil {
		return err
	}
	_, err = m.Allocate(weights...)
	return err
}

func allocated(t *testing.T, amount int64, exponent int, weights []int64) []int64 {
	t.Helper()
	m, err := value.NewMoney(amount, rowCurrency(exponent))
	if err != nil {
		t.Fatal(err)
	}
	parts, err := m.Allocate(weights...)
	if err != nil {
		t.Fatal(err)
	}
	return minors(parts)
}

func minors(parts []value.Money) []int64 {
	list := make([]int64, len(parts))
	for i, p := range parts {
		list[i] = p.Minor()
	}
	return list
}

func dividedByPrimitive(amount int64, weights []int64) []int64 {
	whole, parts := make([]uint64, len(weights)), make([]int64, len(weights))
	for i, w := range weights {
		whole[i] = uint64(w)
	}
	exact.Divide(amount, whole, parts)
	return parts
}

func compareShares(t *testing.T, what string, got []int64, want []string, sign int64) {
	t.Helper()
	if len(got) != len(want) {
		t.Errorf("%s: %d parts, want %d", what, len(got), len(want))
		return
	}
	for i, text := range want {
		if w, err := strconv.ParseInt(text, 10, 64); err != nil || got[i] != sign*w {
			t.Errorf("%s: part %d is %d, want %d × %s", what, i, got[i], sign, text)
		}
	}
}

// divided is the oracle: fractions, floors, then all parts sorted by remainder.
func divided(amount int64, weights []int64) []int64 {
	total := new(big.Rat)
	for _, w := range weights {
		total.Add(total, new(big.Rat).SetInt64(w))
	}
	magnitude := new(big.Rat).Abs(new(big.Rat).SetInt64(amount))
	type part struct {
		index int
		whole *big.Int
		rest  *big.Rat
	}
	var parts []part
	left := new(big.Int).Set(magnitude.Num())
	for i, w := range weights {
		share := new(big.Rat).Mul(magnitude, new(big.Rat).Quo(new(big.Rat).SetInt64(w), total))
		whole := new(big.Int).Quo(share.Num(), share.Denom())
		parts = append(parts, part{i, whole, share.Sub(share, new(big.Rat).SetInt(whole))})
		left.Sub(left, whole)
	}
	slices.SortStableFunc(parts, func(a, b part) int { return b.rest.Cmp(a.rest) })
	out := make([]int64, len(weights))
	for place, p := range parts {
		out[p.index] = p.whole.Int64()
		if int64(place) < left.Int64() {
			out[p.index]++
		}
		if amount < 0 {
			out[p.index] = -out[p.index]
		}
	}
	return out
}

// anyWeights draws 1 to 60 weights with a total of up to 2^63 − 1, at least one of them
// positive. Leftovers are handed out in another way among more than 32.
func anyWeights() *rapid.Generator[[]int64] {
	return rapid.Custom(func(t *rapid.T) []int64 {
		n := rapid.IntRange(1, 60).Draw(t, "parts")
		most := rapid.SampledFrom([]int64{1, 3, 100, 1_000_003, math.MaxInt64 / int64(n)}).Draw(t, "largest weight")
		weights := rapid.SliceOfN(rapid.Int64Range(0, most), n, n).Draw(t, "weights")
		i := rapid.IntRange(0, n-1).Draw(t, "positive")
		var others int64
		for j, w := range weights {
			if j != i {
				others += w
			}
		}
		if weights[i] == 0 {
			weights[i] = 1
		}
		if rapid.Bool().Draw(t, "up to the bound") {
			weights[i] = math.MaxInt64 - others
		}
		return weights
	})
}

func TestAllocate_comp_conserve(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m, weights := anyMoney().Draw(t, "money"), anyWeights().Draw(t, "weights")
		given := slices.Clone(weights)
		parts, err := m.Allocate(weights...)
		if err != nil {
			t.Fatal(err)
		}
		if want := divided(m.Minor(), weights); !slices.Equal(minors(parts), want) {
			t.Errorf("largest remainder: %s by %v: %v, want %v", m, weights, minors(parts), want)
		}
		total := new(big.Int)
		for i, p := range parts {
			total.Add(total, big.NewInt(p.Minor()))
			if p.Currency() != m.Currency() || weights[i] == 0 && p.Minor() != 0 {
				t.Errorf("part %d of weight %d is %s", i, weights[i], p)
			}
		}
		if total.Cmp(big.NewInt(m.Minor())) != 0 {
			t.Errorf("the parts of %s total %s minor units", m, total)
		}
		mirrored, err := m.Neg().Allocate(weights...)
		for i, p := range parts {
			if err != nil || mirrored[i] != p.Neg() {
				t.Fatalf("the reversal: part %d is %s, want %s, %v", i, mirrored[i], p.Neg(), err)
			}
		}
		if !slices.Equal(given, weights) {
			t.Error("the weights changed")
		}
	})
}

func TestAllocate_comp_conserve_tiesGoToTheEarlierPart(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := anyMoney().Draw(t, "money")
		n, w := rapid.IntRange(1, 60).Draw(t, "parts"), rapid.Int64Range(1, math.MaxInt64/60).Draw(t, "weight")
		parts, err := m.Allocate(slices.Repeat([]int64{w}, n)...)
		if err != nil {
			t.Fatal(err)
		}
		// Equal weights: the sizes fall by one unit, at one place, whatever the weight.
		large := new(big.Int).Rem(new(big.Int).Abs(big.NewInt(m.Minor())), big.NewInt(int64(n))).Int64()
		for i, p := range parts {
			want := m.Minor() / int64(n)
			if int64(i) < large {
				want += int64(m.Sign())
			}
			if p.Minor() != want {
				t.Fatalf("part %d of %d is %s, want %d minor units", i, n, p, want)
			}
		}
	})
}

func TestAllocate_comp_conserve_refuses(t *testing.T) {
	m := value.MustMoney("10 USD")
	for _, c := range []struct {
		name, path string
		weights    []int64
		code       value.Code
		says       string
	}{
		{"none", "", nil, value.Code("weight.missing"), "no weight was given; a division needs at least one"},
		{"negative", "weights[1]", []int64{1, -2}, value.Code("weight.negative"), "weights[1]: -2 is negative"},
		{"most negative", "weights[0]", []int64{math.MinInt64, 1}, value.Code("weight.negative"), "weights[0]: -9223372036854775808 is negative"},
		{"zero", "weights", []int64{0}, value.Code("weight.total"), "weights: a total of 0 divides nothing; at least one weight must be positive"},
		{"zeros", "weights", []int64{0, 0, 0}, value.Code("weight.total"), ""},
		{"2^63", "weights", []int64{math.MaxInt64, 1}, value.Code("weight.total"), "weights: a total above 2^63 − 1 is too large; divide the weights by a common factor"},
		{"2^64 wraps to zero", "weights", []int64{math.MaxInt64, math.MaxInt64, 2}, value.Code("weight.total"), ""},
		{"2^64 + 1 wraps to one", "weights", []int64{math.MaxInt64, math.MaxInt64, 3}, value.Code("weight.total"), ""},
	} {
		for _, amount := range []value.Money{m, m.Neg(), value.MustMoney("0 USD")} {
			parts, err := amount.Allocate(c.weights...)
			says(t, c.name, err, c.code, c.says)
			if e, ok := err.(*value.Error); !ok || e.Path != c.path || parts != nil {
				t.Errorf("%s: %v, %#v", c.name, parts, err)
			}
		}
	}
	if parts, err := m.Allocate(math.MaxInt64-1, 1); err != nil || parts[0] != m {
		t.Errorf("2^63 − 1: %v, %v", parts, err)
	}
}
