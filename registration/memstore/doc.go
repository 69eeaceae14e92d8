// Package memstore keeps the claims of a registry in memory: for tests, for one
// process, and for questions that must be answered in less than a microsecond.
//
//	registry, err := memstore.New(policy, domains.Registrable)
//	if err != nil {
//		return err
//	}
//	answer, err := registry.Submit(ctx, party, filing) // already redacted for that party
//
// Any number of goroutines may use a store. Writes happen one after the other, reads at
// the same time. Nothing is kept when the process ends: [Store.All] gives the claims to
// save, and [registration.Registry.Merge] takes them back.
package memstore
