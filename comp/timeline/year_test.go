package timeline_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/comp/timeline"
	"github.com/coselling/coselling/value"
)

// Quotas and versions follow one fiscal year. A policy with rate tables of another fiscal
// year is refused; without tables its fiscal year does not matter.
func TestRefusesRatesOfAnotherFiscalYear(t *testing.T) {
	policy := comp.DefaultPolicy()
	policy.Rates.Year = comp.FiscalYear{Start: time.April}
	versions := func(p comp.Policy) timeline.Version {
		return timeline.Version{ID: "2026", From: value.MustDate("2026-01-01"), Policy: p}
	}
	if _, err := timeline.New(timeline.DefaultTerms(), versions(policy)); err != nil {
		t.Errorf("comp.quarter_lock: refused without a table: %v", err)
	}
	policy.Rates.Tables = map[comp.TableID]comp.RateTable{
		"t": {Measure: comp.DealAmount, Method: comp.Marginal, Currency: value.MustCurrency("USD"), Tiers: []comp.Tier{{Rate: value.MustPercent("5%")}}},
	}
	_, err := timeline.New(timeline.DefaultTerms(), versions(policy))
	if !errors.Is(err, value.Code("history.fiscal_year")) || !strings.Contains(err.Error(), "versions[0].policy.rates.year_start") {
		t.Errorf("comp.quarter_lock: %v", err)
	}
	policy.Rates.Year = comp.FiscalYear{Start: time.January}
	if _, err := timeline.New(timeline.DefaultTerms(), versions(policy)); err != nil {
		t.Error(err)
	}
}
