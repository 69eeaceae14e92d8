package compgen

import (
	"slices"

	"pgregory.net/rapid"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// pay leaves a rep the flat rate of the team, or draws rate tables or credit only in its place, and perhaps a payer.
func (d demands) pay(t *rapid.T, p *comp.Payee, team Team) {
	switch {
	case between(t, "credit only", 0, 7) == 0:
		p.Rate, p.CreditOnly = value.Percent{}, true
	case len(d.tables) > 0 && between(t, "a table", 0, 3) > 0:
		some := rapid.Permutation(d.tables).Draw(t, "tables")[:between(t, "number of tables", 1, min(3, len(d.tables)))]
		p.Rate, p.Table, p.AddedTables = value.Percent{}, some[0], slices.Clone(some[1:])
	}
	p.Payer = anyPayer(t, team)
}

// anyPayer draws an organisation of the team, mostly none.
func anyPayer(t *rapid.T, team Team) model.Party {
	if between(t, "a payer", 0, 5) > 0 {
		return model.Party{}
	}
	return pick(t, "payer", slices.Concat(team.parties(model.Vendor), team.parties(model.Partner))...)
}

// companies draws up to two organisations of the team that are paid a rate or a fixed sum, mostly none.
func companies(t *rapid.T, s Limits, team Team) []comp.Payee {
	if between(t, "a company", 0, 3) > 0 {
		return nil
	}
	none, _ := s.Most.Take(0)
	parties := slices.Concat(team.parties(model.Partner), team.parties(model.Vendor))
	paid := make([]comp.Payee, between(t, "companies", 1, 2))
	for i, party := range rapid.Permutation(parties).Draw(t, "which")[:len(paid)] {
		p := comp.Payee{Rep: "company-" + party.Org, Party: party, Company: true, Payer: anyPayer(t, team)}
		if rapid.Bool().Draw(t, "fixed") {
			p.Fixed = rapid.OneOf(rapid.Just(none), anyAmount(s.Most)).Draw(t, "sum")
		} else {
			p.Rate = anyPart().Draw(t, "rate of "+p.Rep)
		}
		paid[i] = p
	}
	return paid
}
