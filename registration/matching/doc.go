// Package matching decides whether two records mean the same company: the identity of
// accounts behind deal registration and account mapping (reg.same_account).
//
//	package main
//
//	import (
//		"fmt"
//		"log"
//
//		"github.com/coselling/coselling/registration/domains"
//		"github.com/coselling/coselling/registration/matching"
//	)
//
//	func main() {
//		rules, err := matching.Compile(matching.DefaultPolicy(), domains.Registrable)
//		if err != nil {
//			log.Fatal(err)
//		}
//		one, err := rules.Key(matching.Account{Name: "Acme GmbH", Country: "DE", Domains: []string{"www.acme.co.uk"}})
//		if err != nil {
//			log.Fatal(err)
//		}
//		other, err := rules.Key(matching.Account{Name: "ACME", Domains: []string{"shop.acme.co.uk"}})
//		if err != nil {
//			log.Fatal(err)
//		}
//		fmt.Println(rules.Match(one, other).Relation) // same
//	}
//
// [Compile] makes [Rules] of a [Policy]. [Rules.Key] reduces an [Account] to the facts
// that are compared, and [Rules.Match] compares two keys.
//
// If both accounts have an identifier of the same scheme, the identifiers decide alone: equal ones are one account,
// and different ones are two, but those of sites, such as D-U-N-S, say nothing where they differ. If no identifier
// decides, a registrable domain that both have does, unless many companies share that domain. Names never decide:
// accounts with equal or similar names are near, with the evidence, for a person to review. Legal forms, an English
// article and usual abbreviations do not count; similar are names that are one edit apart, the same words in another
// order, or the first words of the other. The relation is symmetric, but not transitive.
//
// [Rules.Overlap] compares the target lists of two companies, and [JudgeJointPlans] finds the
// overlaps that still need a joint account plan (reg.joint_plan).
//
// The list of public suffixes is large, so it is in a package of its own: package domains
// has the function that [Compile] needs.
package matching
