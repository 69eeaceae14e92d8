// Package matching says whether two records mean the same company: the account
// identity behind registrations and account mapping (reg.same_account).
//
// [Compile] turns a [Policy] into [Rules]; [Rules.Key] reduces an [Account] to what
// is compared, and [Rules.Match] compares two keys:
//
//	rules, err := matching.Compile(matching.DefaultPolicy(), domains.Registrable)
//	if err != nil {
//		return err
//	}
//	a, err := rules.Key(matching.Account{Name: "Acme GmbH", Country: "DE", Domains: []string{"www.acme.co.uk"}})
//	b, err := rules.Key(matching.Account{Name: "ACME", Domains: []string{"shop.acme.co.uk"}})
//	fmt.Println(rules.Match(a, b).Relation) // same
//
// Identifiers of one scheme decide alone; without a common scheme a common
// registrable domain decides, unless many companies share it. Names never decide:
// equal and similar ones are near, for a person to review, with the evidence.
// The relation is pairwise and not transitive.
//
// [Rules.Overlap] compares the target lists of two companies, and [CheckPlans] says
// which overlaps still need a joint account plan (reg.joint_plan).
//
// The list of public suffixes is not here, because it is large: package domains has
// it, and [Compile] takes its function.
package matching
