package registration

import (
	"context"
	"time"

	"github.com/coselling/coselling/model"
)

// Store keeps the claims of a [Registry]. It decides nothing: it makes the decisions of [Rules] atomic
// (reg.atomic). Package registrationtest tests what a store must guarantee; run it for your own implementation.
//
// Both methods call do with a view of the claims and return the error of do. They may
// call do again if the view could not be kept, so do must not count on being called
// once. After an error of do, of the context or of the store, nothing is written. No argument may be nil.
type Store interface {
	// Read calls do with a view of one instant, which does not show later writes.
	Read(ctx context.Context, do func(Tx) error) error

	// Write calls do with a view of a subject that still holds when its claims are stored: of two writes whose
	// subjects have a term, a claim or a filing in common, one follows the other, from any number of machines; others
	// need not wait for one another. The database ensures this, by locks or serialisable transactions. do may put
	// claims of the subject alone. When Write returns nil, all that was put is durable and every later call sees it.
	Write(ctx context.Context, about Subject, do func(Tx) error) error
}

// Subject names the accounts, claims and filings that a write is about. A store may lock more, even everything. The
// zero value names none.
type Subject struct {
	Terms    []string    // of accounts ([matching.Key.Terms])
	Claims   []string    // ids of claims, known or new; with the terms of those that are known
	Claimant model.Party // with Key: a filing, with the terms of the claim that it has become
	Key      string
	// also the terms of all claims that share one with these, directly or through other claims, as [Tx.ByTerms]
	// finds them; without it the view need not find any claims by their terms
	Reach bool
}

// Tx is one call's view of a store, not to be used after the call. The claims that it returns must not be changed.
type Tx interface {
	// Now returns the time of the store's own clock.
	Now() time.Time
	// NewID returns an id that no claim has, in any replica, and that nobody can guess.
	NewID() (string, error)
	// Claim returns the claim with an id; false if there is none.
	Claim(id string) (Claim, bool, error)
	// Filed returns the claim that a party filed under a key of its own, always the same one of several; or false.
	Filed(claimant model.Party, key string) (Claim, bool, error)
	// ByTerms returns the claims whose key has one of terms ([matching.Key.Terms]), each once, in any order.
	ByTerms(terms []string) ([]Claim, error)
	// ByName returns up to limit claims whose key has one of terms ([matching.Key.NameTerms]), each once, in any
	// order.
	ByName(terms []string, limit int) ([]Claim, error)
	// List returns up to limit entries, each with one key, for the keys from one on and before another, bytewise, in
	// this order. In a Write it need not see what others put meanwhile.
	List(from, to string, limit int) ([]Keyed, error)
	// Put stores or replaces claims, each once, whose accounts and filings never change, with their keys in lists in
	// place of those that they had. In a Read it is an error.
	Put(entries ...Keyed) error
}
