package main

import (
	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// totalRecord is a total for a program to read: of a rep, a side or all, in one currency and
// under one model.
type totalRecord struct {
	Scope       string `json:"scope"` // rep, side or total
	Stage       string `json:"stage"` // earned, projected, or compared: the deals that every model can price
	Model       string `json:"model"`
	Currency    string `json:"currency"`
	Side        string `json:"side,omitempty"`
	Org         string `json:"org,omitempty"`
	Rep         string `json:"rep,omitempty"`
	Statements  int    `json:"statements,omitempty"`
	QuotaCredit string `json:"quota_credit,omitempty"`
	Influenced  string `json:"influenced,omitempty"`
	Commission  string `json:"commission,omitempty"`
	Inflation   string `json:"inflation,omitempty"`
	Problem     string `json:"problem,omitempty"` // why there is no total
}

// records returns the totals of a filter in a fixed order.
func (b *book) records(f *filter) []totalRecord {
	list := []totalRecord{}
	if f.deal != "" {
		return list
	}
	inForce := b.prices.policy.Model
	for _, l := range sortedLedgers(b.ledgers) {
		c := l.currency
		list = appendTotals(list, f, &l.earned,
			totalRecord{Stage: "earned", Model: inForce.String(), Currency: c.String()})
		list = appendTotals(list, f, &l.projected,
			totalRecord{Stage: "projected", Model: inForce.String(), Currency: c.String()})
		for _, m := range b.prices.models {
			list = appendTotals(list, f, l.column(m),
				totalRecord{Stage: "compared", Model: m.String(), Currency: c.String()})
		}
	}
	return list
}

// appendTotals adds the totals of one kind; like has their common fields.
func appendTotals(list []totalRecord, f *filter, totals *comp.Totals, like totalRecord) []totalRecord {
	if deals, _ := totals.Deals(); deals == 0 {
		return list
	}
	payees, err := totals.Payees()
	if err != nil {
		like.Scope, like.Problem = "rep", err.Error()
		return append(list, like)
	}
	for _, t := range payees {
		if f.takesRep(t.Payee) {
			list = append(list, like.of("rep", t))
		}
	}
	if !f.isWhole() {
		return list
	}
	for _, side := range []model.Side{model.Partner, model.Vendor, 0} {
		t, err := totals.Side(side)
		scope := "side"
		if side == 0 {
			scope = "total"
		}
		if err != nil {
			like.Scope, like.Problem = scope, err.Error()
			return append(list, like)
		}
		list = append(list, like.of(scope, t))
	}
	return list
}

func (r totalRecord) of(scope string, t comp.Total) totalRecord {
	r.Scope, r.Side, r.Org, r.Rep, r.Statements = scope, t.Party.Side.String(), t.Party.Org, t.Payee, t.Statements
	r.QuotaCredit, r.Influenced, r.Commission = plain(t.QuotaCredit), plain(t.Influenced), plain(t.Commission)
	r.Inflation = plainPercentage(t.Inflation)
	return r
}

// plain writes an amount without currency and separators.
func plain(m value.Money) string { return string(m.AppendAmount(nil)) }

func plainPercentage(r value.Ratio) string {
	exact, err := r.Percent(value.HalfEven)
	if err != nil {
		return ""
	}
	return exact.String()
}
