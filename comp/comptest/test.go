package comptest

import (
	"path/filepath"
	"strings"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/internal/wire"
	"github.com/coselling/coselling/value"
)

// Test is a document, in a file such as 2027q1.test.json: which deals a policy pays, and what its change may do. The
// names of files are those of paths with slashes, from the folder of the document. The zero value tests nothing.
type Test struct {
	// the file of the policy that is tested
	After string `json:"after" wire:"needed,1..1024"`
	// the file of the policy that it replaces; without it no change is tested
	Before string `json:"before,omitzero" wire:"filled,1..1024"`
	// the file of the deals, a CRM's export as CSV
	Deals string `json:"deals" wire:"needed,1..1024"`
	// the file of the mapping of the deals
	Mapping string `json:"mapping" wire:"needed,1..1024"`
	// of the deals, whose amounts are in one currency: the others are left out; without it all are tested
	Currency value.Currency `json:"currency,omitzero" wire:"filled"`
	// the file with the recorded statements of the deals: *.golden, in the folder of the document or below
	Golden string `json:"golden,omitzero" wire:"filled,1..1024"`
	// true: the policy has what every policy should have, see [Properties]
	Properties bool `json:"properties,omitzero"`
	// what the change may do, and nothing else
	Expect Allowed `json:"expect,omitzero"`
}

// Allowed lists what a change of policy may do, as an [Expectation] does. The zero value allows nothing.
type Allowed struct {
	// the total commission changes, up or down, by at most this part of itself
	TotalWithin value.Percent `json:"total_within,omitzero" wire:"filled,part"`
	// the commission of a payee over all deals falls by at most this; without it none may fall
	NoPayeeLosesMoreThan value.Money `json:"no_payee_loses_more_than,omitzero" wire:"filled"`
	// the commission of a payee over all deals rises by at most this; without it no amount bounds a gain
	NoPayeeGainsMoreThan value.Money `json:"no_payee_gains_more_than,omitzero" wire:"filled"`
	// the contributions whose percentages may differ
	OnlyContributions []comp.Contribution `json:"only_contributions,omitzero" wire:"unique"`
	// the fields that may differ, with those below them, as [OnlyField] names them
	OnlyFields []string `json:"only_fields,omitzero" wire:"unique"`
}

const maxTestBytes = 1 << 20

// ParseTest reads a test, at most 1 MiB, strictly, with every problem at once and paths such as expect.total_within.
// Codes beside those of the form: test.golden for a file that is not *.golden or stands outside of the folder,
// test.empty for a test of nothing, test.expect for limits without a policy before, [comp.LimitNegative].
func ParseTest(data []byte) (Test, error) {
	var t Test
	err := wire.Document(data, maxTestBytes, &t, Test.rules)
	return t, err
}

// rules returns the problems that tags cannot express.
func (t Test) rules() error {
	var problems value.Errors
	if t.Golden != "" && (!strings.HasSuffix(t.Golden, ".golden") || !filepath.IsLocal(filepath.FromSlash(t.Golden))) {
		problems.Refuse("golden", "test.golden", value.Quote(t.Golden),
			"is not a file *.golden in the folder of the test; write one such as testdata/2027q1.golden")
	}
	limits, err := t.Expect.expectations()
	problems.Add("expect", err)
	switch {
	case t.Before == "" && len(limits) > 0:
		problems.Refuse("expect", "test.expect", counted(len(limits), "limit"),
			"of a change that is not stated; write the file of the policy before as before")
	case t.Before == "" && t.Golden == "" && !t.Properties:
		problems.Refuse("", "test.empty", "nothing",
			"is tested; write before, the file of the policy before the change, or golden, or properties")
	}
	return problems.Err()
}

// expectations returns the limits as those of [Change].
func (a Allowed) expectations() ([]Expectation, error) {
	var all []Expectation
	var problems value.Errors
	add := func(name string, e Expectation) {
		problems.Add(name, e.err)
		all = append(all, e)
	}
	if a.TotalWithin != (value.Percent{}) {
		add("total_within", TotalWithin(a.TotalWithin.String()))
	}
	if !a.NoPayeeLosesMoreThan.IsZero() {
		add("no_payee_loses_more_than", NoPayeeLosesMoreThan(a.NoPayeeLosesMoreThan.String()))
	}
	if !a.NoPayeeGainsMoreThan.IsZero() {
		add("no_payee_gains_more_than", NoPayeeGainsMoreThan(a.NoPayeeGainsMoreThan.String()))
	}
	if len(a.OnlyContributions) > 0 {
		add("only_contributions", OnlyContribution(a.OnlyContributions...))
	}
	if len(a.OnlyFields) > 0 {
		add("only_fields", OnlyField(a.OnlyFields...))
	}
	return all, problems.Err()
}
