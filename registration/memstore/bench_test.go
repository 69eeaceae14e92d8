package memstore_test

import (
	"context"
	"fmt"
	"os"
	"runtime"
	"strconv"
	"testing"
	"time"

	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/registration"
	"github.com/coselling/coselling/registration/matching"
	"github.com/coselling/coselling/registration/memstore"
	"github.com/coselling/coselling/registration/registrationtest"
)

// sizes are the numbers of claims; COSELLING_CLAIMS=10000000 is for one run by hand.
func sizes() []int {
	if n, err := strconv.Atoi(os.Getenv("COSELLING_CLAIMS")); err == nil && n > 0 {
		return []int{n}
	}
	if testing.Short() {
		return []int{10_000}
	}
	return []int{10_000, 1_000_000}
}

func host(i int) string { return "company" + strconv.Itoa(i) + ".com" }

var noor = model.Person{Name: "noor", Party: model.VendorOrg("us")}

// filled is a store with n approved claims on n accounts.
func filled(b *testing.B, rules *registration.Rules, n int) *memstore.Store {
	b.Helper()
	now := time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
	store := memstore.NewStore(func() time.Time { return now }, nil)
	partners := make([]model.Party, 1000)
	for i := range partners {
		partners[i] = model.PartnerOrg(fmt.Sprint("partner", i))
	}
	err := store.Write(context.Background(), func(tx registration.Tx) error {
		for i := range n {
			name := "Company " + strconv.Itoa(i) + " Inc."
			account := matching.Account{Name: name, Country: "US", Domains: []string{host(i)}}
			key, err := rules.Accounts().Key(account)
			if err != nil {
				return err
			}
			id, err := tx.NewID()
			if err != nil {
				return err
			}
			at := now.Add(-time.Hour)
			c := registration.Claim{
				ID: id, Claimant: partners[i%1000], Filing: registration.Filing{Key: strconv.Itoa(i), By: "ana", Account: account}, Key: key,
				Submitted: at, Events: []registration.Event{{Do: registration.Approve, By: noor, At: at}},
			}
			if err := tx.Put(c, at); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
	return store
}

func heap() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

// BenchmarkStore measures a look-up and a submission beside a plain Go map from a
// domain to a claim's id, in one run.
func BenchmarkStore(b *testing.B) {
	rules, err := registrationtest.Rules()
	if err != nil {
		b.Fatal(err)
	}
	for _, n := range sizes() {
		before := heap()
		store := filled(b, rules, n)
		bytes := float64(heap()-before) / float64(n)
		plain := make(map[string]string, n)
		keys := make([]matching.Key, 1<<16)
		for i := range n {
			plain[host(i)] = host(i)
		}
		for i := range keys {
			keys[i], err = rules.Accounts().Key(matching.Account{Domains: []string{host(i * 7919 % n)}})
			if err != nil {
				b.Fatal(err)
			}
		}
		at := time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC)
		b.Run(fmt.Sprintf("map/claims=%d", n), func(b *testing.B) {
			b.ReportAllocs()
			i := 0
			for b.Loop() {
				if plain[keys[i&0xffff].Domains[0]] == "" {
					b.Fatal("not found")
				}
				i++
			}
		})
		b.Run(fmt.Sprintf("holder/claims=%d", n), func(b *testing.B) {
			b.ReportAllocs()
			i := 0
			for b.Loop() {
				if _, _, ok := store.Holder(rules, keys[i&0xffff], registration.Scope{}, at); !ok {
					b.Fatal("not found")
				}
				i++
			}
			b.ReportMetric(bytes, "bytes/claim")
		})
		b.Run(fmt.Sprintf("submit/claims=%d", n), func(b *testing.B) {
			b.ReportAllocs()
			registry, err := registration.Open(store, rules)
			if err != nil {
				b.Fatal(err)
			}
			i := store.Len()
			for b.Loop() {
				i++
				f := registration.Filing{Key: strconv.Itoa(i), By: "ana", Account: matching.Account{Name: "New " + strconv.Itoa(i), Domains: []string{"new" + strconv.Itoa(i) + ".com"}}}
				if a, err := registry.Submit(b.Context(), noor.Party, f); err != nil || a.Status != registration.Submitted {
					b.Fatal(a.Status, err)
				}
			}
		})
		b.Run(fmt.Sprintf("refused/claims=%d", n), func(b *testing.B) {
			b.ReportAllocs()
			registry, err := registration.Open(store, rules)
			if err != nil {
				b.Fatal(err)
			}
			i := 0
			for b.Loop() {
				i++
				f := registration.Filing{Key: "again", By: "ana", Account: matching.Account{Domains: keys[i&0xffff].Domains}}
				if a, err := registry.Submit(b.Context(), noor.Party, f); err != nil || a.Status != registration.Refused {
					b.Fatal(a.Status, err)
				}
			}
		})
		runtime.KeepAlive(store)
	}
}
