package main

import (
	"context"
	"fmt"
	"runtime"
	"strconv"
	"sync"
	"time"

	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/registration"
	"github.com/coselling/coselling/registration/domains"
	"github.com/coselling/coselling/registration/matching"
	"github.com/coselling/coselling/registration/memstore"
)

// The jobs: who owns this account, and a filing on a taken and on a new one. The floor
// is a Go map from a domain to its owner, behind a mutex.

// maxAsked bounds the accounts that are asked about, which are spread over all.
const maxAsked = 1 << 14

func registryJobs(claims int) []job {
	shared := sync.OnceValue(func() *registry { return newRegistry(claims) })
	memory := func() string {
		return fmt.Sprintf("%s claims stand, of %s bytes of memory each.", thousands(claims), thousands(shared().bytes))
	}
	cases := min(claims, maxAsked)
	return []job{
		{
			name: "registry/look-up", title: "Owner of an account",
			note:  "Who owns this account today? Coselling looks at every identifier of the account, the scope and the claim's life.",
			cases: cases, more: memory, prepare: func() []candidate { return lookUpCandidates(shared(), cases) },
		},
		{
			name: "registry/refused", title: "A filing on a taken account",
			note:  "Coselling validates the account, and answers with the reasons, redacted for the party that asks.",
			cases: cases, more: memory, prepare: func() []candidate { return filingCandidates(shared(), cases, true) },
		},
		{
			name: "registry/accepted", title: "A filing on a new account",
			note:  "Both make the name of a new company first. Coselling validates and keys it, and searches for near matches.",
			cases: cases, more: memory, prepare: func() []candidate { return filingCandidates(shared(), cases, false) },
		},
	}
}

// registry is a store with claims, and a map that says the same.
type registry struct {
	rules *registration.Rules
	store *memstore.Store
	bytes int // a claim
	asked []matching.Key
	now   time.Time

	mu     sync.Mutex
	owners map[string]string // domain → owner
	filed  int               // filings on new accounts
}

func newRegistry(claims int) *registry {
	r := &registry{
		rules: must(registration.Compile(registration.DefaultPolicy("us", "noor", "vic"), domains.Registrable)),
		now:   time.Date(2026, time.November, 23, 9, 0, 0, 0, time.UTC), owners: make(map[string]string, claims),
	}
	before := heap()
	r.store = memstore.NewStore(func() time.Time { return r.now }, nil)
	mustDo(r.store.Write(context.Background(), registration.Subject{}, func(tx registration.Tx) error {
		for i := range claims {
			mustDo(tx.Put(registration.Keyed{Claim: r.claim(i, must(tx.NewID()))}))
		}
		return nil
	}))
	r.bytes = int((heap() - before) / uint64(claims))
	for i := range claims {
		r.owners[domain(i)] = partner(i).Org
	}
	for i := range min(claims, maxAsked) {
		r.asked = append(r.asked, must(r.rules.Accounts().Key(matching.Account{Domains: []string{domain(i * 7919 % claims)}})))
	}
	return r
}

func domain(i int) string { return "company" + strconv.Itoa(i) + ".com" }

func partner(i int) model.Party { return model.PartnerOrg("partner" + strconv.Itoa(i%1000)) }

// claim is the i-th, approved an hour ago.
func (r *registry) claim(i int, id string) registration.Claim {
	at, noor := r.now.Add(-time.Hour), model.Person{Name: "noor", Party: model.VendorOrg("us")}
	account := matching.Account{Name: "Company " + strconv.Itoa(i) + " Inc.", Country: "US", Domains: []string{domain(i)}}
	return registration.Claim{
		ID: id, Claimant: partner(i), Key: must(r.rules.Accounts().Key(account)), Submitted: at,
		Filing: registration.Filing{Key: strconv.Itoa(i), By: "ana", Account: account},
		Events: []registration.Event{{Do: registration.Approve, By: noor, At: at}},
	}
}

func heap() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

func lookUpCandidates(r *registry, cases int) []candidate {
	registry := must(registration.Open(r.store, r.rules))
	at := r.now.Add(time.Hour)
	var owner, holder string
	var claim registration.Claim
	return []candidate{
		{
			name: "Go map behind a mutex",
			run: func(i int) {
				r.mu.Lock()
				owner = r.owners[r.asked[i].Domains[0]]
				r.mu.Unlock()
			},
			answer: func() string { return owner },
		},
		{
			name:   "coselling, Holder",
			run:    func(i int) { holder, _, _ = r.store.Owner(r.rules, r.asked[i], registration.Scope{}, at) },
			answer: func() string { return r.claimant(holder) },
		},
		{
			name: "coselling, Owner: of any store, with its claim",
			run: func(i int) {
				claim, _, _ = registry.Owner(context.Background(), r.asked[i], registration.Scope{}, at)
			},
			answer: func() string { return claim.Claimant.Org },
		},
	}
}

// claimant returns whose claim that is.
func (r *registry) claimant(id string) string {
	var org string
	mustDo(r.store.Read(context.Background(), func(tx registration.Tx) error {
		c, _, err := tx.Claim(id)
		org = c.Claimant.Org
		return err
	}))
	return org
}

// filingCandidates file on the accounts that are asked about, which are taken, or on
// new ones.
func filingCandidates(r *registry, cases int, taken bool) []candidate {
	registry := must(registration.Open(r.store, r.rules))
	newcomer := model.PartnerOrg("newcomer")
	account := func(i int) string {
		if taken {
			return r.asked[i].Domains[0]
		}
		r.filed++
		return "new" + strconv.Itoa(r.filed) + ".com"
	}
	var answer registration.Answer
	var free bool
	return []candidate{
		{
			name: "Go map behind a mutex",
			run: func(i int) {
				at := account(i)
				r.mu.Lock()
				defer r.mu.Unlock()
				_, known := r.owners[at]
				if free = !known; free {
					r.owners[at] = newcomer.Org
				}
			},
			answer: func() string { return fmt.Sprint(free) },
		},
		{
			name: "coselling, Submit",
			run: func(i int) {
				at := account(i)
				answer = must(registry.Submit(context.Background(), newcomer, registration.Filing{
					Key: at, By: "ana", Account: matching.Account{Name: at, Domains: []string{at}},
				}))
			},
			answer: func() string { return fmt.Sprint(answer.Status == registration.Submitted) },
		},
	}
}
