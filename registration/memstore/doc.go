// Package memstore keeps the claims of a registry in memory: for tests, for a single
// process, and for look-ups that must take less than a microsecond.
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
//		policy := registration.DefaultPolicy("us", "noor", "vic") // the vendor and its two channel owners
//		registry, err := memstore.New(policy, domains.Registrable)
//		if err != nil {
//			log.Fatal(err)
//		}
//		filing := registration.Filing{Key: "1", By: "ana", Account: matching.Account{Domains: []string{"hooli.com"}}}
//		answer, err := registry.Submit(context.Background(), model.PartnerOrg("acme"), filing)
//		if err != nil {
//			log.Fatal(err)
//		}
//		fmt.Println(answer.Status) // submitted
//	}
//
// Any number of goroutines may use a store. Writes happen one after the other; reads happen
// at the same time. The claims are lost when the process ends: save those of [Store.All],
// and load them with [registration.Registry.Merge].
package memstore
