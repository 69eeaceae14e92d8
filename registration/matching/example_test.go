package matching_test

import (
	"fmt"

	"github.com/coselling/coselling/registration/domains"
	"github.com/coselling/coselling/registration/matching"
	"github.com/coselling/coselling/value"
)

func Example() {
	rules, err := matching.Compile(matching.DefaultPolicy(), domains.Registrable)
	if err != nil {
		fmt.Println(err)
		return
	}
	a, err := rules.Key(matching.Account{Name: "Acme GmbH", Country: "DE", Domains: []string{"www.acme.co.uk"}})
	if err != nil {
		fmt.Println(err)
		return
	}
	b, err := rules.Key(matching.Account{Name: "ACME", Domains: []string{"shop.acme.co.uk"}})
	if err != nil {
		fmt.Println(err)
		return
	}
	match := rules.Match(a, b)
	fmt.Println(match.Relation)
	for _, e := range match.Evidence {
		fmt.Println(e)
	}
	// Output:
	// same
	// both have the domain acme.co.uk
	// the names are equal without legal form: acme; the country of one is unknown
}

// Two companies compare their target lists.
func ExampleRules_Overlap() {
	rules, err := matching.Compile(matching.DefaultPolicy(), domains.Registrable)
	if err != nil {
		fmt.Println(err)
		return
	}
	vendor := []matching.Target{
		{ID: "V1", Account: matching.Account{Name: "Acme Inc.", Domains: []string{"acme.com"}}, Strategic: true},
		{ID: "V2", Account: matching.Account{Name: "Hooli", Country: "US"}},
	}
	partner := []matching.Target{
		{ID: "P7", Account: matching.Account{Name: "Acme", Domains: []string{"www.acme.com"}}},
		{ID: "P8", Account: matching.Account{Name: "Hoolli Corp", Country: "US"}},
	}
	pairs, _, err := rules.Overlap(vendor, partner)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, p := range pairs {
		fmt.Println(p.Vendor, p.Partner, p.Match.Relation)
	}
	for _, finding := range matching.JudgeJointPlans(pairs, nil, value.MustDate("2026-11-23")) {
		fmt.Println(finding)
	}
	// Output:
	// V1 P7 same
	// V2 P8 near
	// the strategic account V1 / P7 (same) has no joint account plan
}
