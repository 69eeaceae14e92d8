// Package registration decides which party registered an account first, and how each
// claim on it stands: waiting, owning, ended or refused, by when it must be decided,
// until when it protects the account, and what each party may know of it.
//
//	package main
//
//	import (
//		"context"
//		"fmt"
//		"log"
//
//		"github.com/coselling/coselling/model"
//		"github.com/coselling/coselling/registration"
//		"github.com/coselling/coselling/registration/domains"
//		"github.com/coselling/coselling/registration/matching"
//		"github.com/coselling/coselling/registration/memstore"
//	)
//
//	func main() {
//		ctx := context.Background()
//		policy := registration.DefaultPolicy("us", "noor", "vic") // the vendor and its two channel owners
//		registry, err := memstore.New(policy, domains.Registrable)
//		if err != nil {
//			log.Fatal(err)
//		}
//		hooli := matching.Account{Name: "Hooli Inc.", Domains: []string{"www.hooli.com"}}
//		filing := registration.Filing{Key: "acme-17", By: "ana", Account: hooli}
//		answer, err := registry.Submit(ctx, model.PartnerOrg("acme"), filing)
//		if err != nil {
//			log.Fatal(err)
//		}
//		noor := model.Person{Name: "noor", Party: model.VendorOrg("us")}
//		decided, err := registry.Act(ctx, answer.Claim, registration.Event{Do: registration.Approve, By: noor})
//		if err != nil {
//			log.Fatal(err)
//		}
//		fmt.Println(decided.Status, "until", decided.Until)
//	}
//
// A [Policy] is data. [Compile] makes [Rules] of it: pure functions over claims. A
// [Registry] applies the rules to a [Store], which makes each decision atomic: of any
// number of parties that race from any number of machines, exactly one is first.
//
// Business days are Monday to Friday and the time zone is UTC, unless the option [Rules.In]
// gives another [value.Workplace].
//
// A store keeps what was filed and the events that followed. The status of a claim is computed as of an
// instant, so no job has to run for a claim to expire, to move up in the queue or to be rejected.
//
// [Registry.List] returns pages of claims, for the vendor all and for a party its own, by status, account and what
// falls due, so that nobody needs to know an id.
//
// An [Answer] holds only what the party that asks may know. A [Decision], a [Standing]
// and a [Rival] name every party and are for the vendor alone.
//
// Package matching decides which accounts are the same.
package registration
