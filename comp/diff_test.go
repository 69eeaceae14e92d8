package comp_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/value"
)

func TestDiffNamesFieldsAsTheDocumentDoes(t *testing.T) {
	before := withTable(rateTable(comp.PeriodAmount, comp.Marginal, "0:5% 500:10%"), usd("1000"))
	after := withTable(rateTable(comp.PeriodAmount, comp.Retroactive, "0:5% 600:10% 900:12%"), usd("1100"))
	after.Rounding = value.TowardZero
	after.Origination.InfluencedPaysCommission = false
	after.RoleBased.Contributions["introduction"] = value.MustPercent("10%")
	table := after.Rates.Tables[tableID]
	table.PeriodCap = usd("5000")
	after.Rates.Tables[tableID] = table
	after.Rates.Quotas["Bo, Jr."] = map[value.Date]value.Money{value.MustDate("2026-10-01"): usd("7")}

	var got []string
	for _, c := range comp.Diff(before, after) {
		got = append(got, c.String())
	}
	want := []string{
		`rounding half_even -> toward_zero`,
		`rates.quotas."Bo, Jr.".2026-10-01 none -> 7.00 USD`,
		`rates.quotas."ana".2026-10-01 1000.00 USD -> 1100.00 USD`,
		`rates.tables.accelerator.method marginal -> retroactive`,
		`rates.tables.accelerator.tiers[0].to 500.00 USD -> 600.00 USD`,
		`rates.tables.accelerator.tiers[1].from 500.00 USD -> 600.00 USD`,
		`rates.tables.accelerator.tiers[1].to none -> 900.00 USD`,
		`rates.tables.accelerator.tiers[2].from none -> 900.00 USD`,
		`rates.tables.accelerator.tiers[2].rate none -> 12%`,
		`rates.tables.accelerator.period_cap none -> 5000.00 USD`,
		`origination.influenced_pays_commission true -> false`,
		`role_based.contributions.introduction none -> 10%`,
	}
	if !slices.Equal(got, want) {
		t.Errorf("differences\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// A rep without a quota is a member of the document, and so is a new or removed table.
func TestDiffShowsRepsWithoutQuotasAndNewTables(t *testing.T) {
	some := withTable(rateTable(comp.PeriodAmount, comp.Marginal, "0:5%"), usd("1000"))
	none := withTable(rateTable(comp.PeriodAmount, comp.Marginal, "0:5%"))
	none.Rates.Quotas = map[string]map[value.Date]value.Money{"ana": {}}
	bare := none.Under(none.Model)
	bare.Rates.Quotas, bare.Rates.Tables = nil, nil
	for _, c := range []struct {
		before, after comp.Policy
		want          string
	}{
		{some, none, `[rates.quotas."ana" none -> no day rates.quotas."ana".2026-10-01 1000.00 USD -> none]`},
		{none, some, `[rates.quotas."ana" no day -> none rates.quotas."ana".2026-10-01 none -> 1000.00 USD]`},
		{none, none, `[]`},
		{bare, none, `[rates.quotas."ana" none -> no day rates.tables.accelerator.measure none -> period_amount rates.tables.accelerator.method none -> marginal rates.tables.accelerator.currency none -> USD rates.tables.accelerator.tiers[0].rate none -> 5%]`},
	} {
		if got := fmt.Sprint(comp.Diff(c.before, c.after)); got != c.want {
			t.Errorf("differences %s, want %s", got, c.want)
		}
	}
}

func TestDiffOfEqualPoliciesIsNil(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := anyRatePolicy().Draw(t, "policy")
		if d := comp.Diff(p, p.Under(p.Model)); d != nil {
			t.Errorf("a policy differs from itself in %v", d)
		}
	})
}

// The oracle reads both documents and compares them leaf by leaf. So the test finds a field
// that is missing in the table of fields.
func TestDiffFindsWhatTheDocumentsShow(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		one := anyRatePolicy().Draw(t, "before")
		two := anyRatePolicy().Draw(t, "after")
		if rapid.Bool().Draw(t, "alike") {
			two = one.Under(comp.Split)
			two.Rates = anyRatePolicy().Draw(t, "rates").Rates
		}
		left, right := leaves(t, one), leaves(t, two)
		want := map[string]bool{}
		for path, text := range left {
			want[path] = right[path] != text
		}
		for path, text := range right {
			want[path] = left[path] != text
		}
		got := map[string]bool{}
		for _, c := range comp.Diff(one, two) {
			if got[c.Path] {
				t.Errorf("%s stands twice", c.Path)
			}
			got[c.Path] = true
			if c.Before == c.After {
				t.Errorf("%s does not differ", c)
			}
		}
		for path, differs := range want {
			bound := strings.HasSuffix(path, "[0].from") // zero, which one measure writes and another leaves out
			if differs && !got[path] && !bound {
				t.Errorf("%s differs: %q and %q, and Diff does not report it", path, left[path], right[path])
			}
		}
		for path := range got {
			if !want[path] {
				t.Errorf("%s is reported and does not differ", path)
			}
		}
	})
}

// leaves returns the texts of a policy's document by their paths.
func leaves(t rapid.TB, p comp.Policy) map[string]string {
	t.Helper()
	text, err := json.Marshal(p)
	if err != nil {
		t.Fatal(err)
	}
	decoder := json.NewDecoder(bytes.NewReader(text))
	var document any
	if err := decoder.Decode(&document); err != nil {
		t.Fatal(err)
	}
	found := map[string]string{}
	flatten(found, "", document)
	return found
}

func flatten(found map[string]string, path string, v any) {
	switch v := v.(type) {
	case map[string]any:
		for name, member := range v {
			if path == "rates.quotas" {
				name = strconv.Quote(name)
			}
			flatten(found, value.JoinPath(path, name), member)
		}
	case []any:
		for i, member := range v {
			flatten(found, value.Index(path, i), member)
		}
	default:
		found[path] = fmt.Sprint(v)
	}
}
