package impact

import (
	"strconv"
	"strings"

	"github.com/coselling/coselling/internal/escape"
	"github.com/coselling/coselling/model"
)

// csvHead names the columns: those of the rep or side, then each figure before, after and its change.
const csvHead = "scope,side,org,rep,statements,currency," +
	"quota_credit_before,quota_credit_after,quota_credit_change," +
	"influenced_before,influenced_after,influenced_change," +
	"commission_before,commission_after,commission_change," +
	"inflation_before,inflation_after,inflation_change," +
	"cost_before,cost_after,cost_change,causes\n"

// CSV returns the report as a CSV file (RFC 4180, line feeds): a header, then a row for the total of all reps, for each
// side with a rep, for each rep, for all companies and for each; the rows of one payee have the paths of the causes.
// Text that a spreadsheet would run as a formula has an apostrophe in front.
func (r Report) CSV() string {
	var b strings.Builder
	b.WriteString(csvHead)
	r.csvRow(&b, "total,,,,", &r.Total, nil)
	if r.has(model.Partner) {
		r.csvRow(&b, "side,partner,,,", &r.Partner, nil)
	}
	if r.has(model.Vendor) {
		r.csvRow(&b, "side,vendor,,,", &r.Vendor, nil)
	}
	r.csvPayees(&b, "rep,", r.Payees)
	r.csvRow(&b, "companies,,,,", &r.Company, nil)
	r.csvPayees(&b, "company,", r.Companies)
	return b.String()
}

func (r Report) csvPayees(b *strings.Builder, scope string, list []PayeeChange) {
	for i := range list {
		p := &list[i]
		head := scope + p.Party.Side.String() + "," + escape.CSV(p.Party.Org) + "," + escape.CSV(p.Rep) + "," +
			strconv.Itoa(p.Statements)
		r.csvRow(b, head, &p.Effect, p.Causes)
	}
}

func (r Report) csvRow(b *strings.Builder, head string, e *Effect, causes []Cause) {
	b.WriteString(head + "," + r.Currency.String())
	all := [...]*Figures{&e.Before, &e.After, &e.Change}
	for kind := range kinds {
		for _, f := range all {
			b.WriteString("," + cell(digits(amountOf(&f.Amounts, kind))))
		}
	}
	for _, f := range all {
		b.WriteString("," + cell(percent(f.Inflation)))
	}
	for _, f := range all {
		b.WriteString("," + cell(percent(f.Cost)))
	}
	b.WriteString("," + escape.CSV(causePaths(causes)) + "\n")
}

// cell returns the text, and "" for "-".
func cell(text string) string {
	if text == "-" {
		return ""
	}
	return text
}
