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

	// Write calls do with a view that still holds when its claims are stored: of two writes that could see one
	// another's claims one follows the other, from any number of machines. The database ensures this, by
	// serialisable transactions or locks. When Write returns nil, all that was put is durable and every later call
	// sees it.
	Write(ctx context.Context, do func(Tx) error) error
}

// Tx is one call's view of a store, not to be used after the call. The claims that it returns must not be changed.
type Tx interface {
	// Now returns the time of the store's own clock.
	Now() time.Time
	// NewID returns an id that no claim has, in any replica, and that nobody can guess.
	NewID() (string, error)
	// Last returns the latest stamp that was put, or the zero time.
	Last() (time.Time, error)
	// Claim returns the claim with an id; false if there is none.
	Claim(id string) (Claim, bool, error)
	// Filed returns the claim that a party filed under a key of its own, always the same one of several; or false.
	Filed(claimant model.Party, key string) (Claim, bool, error)
	// ByTerm returns the claims whose key has a term ([matching.Key.Terms]), in any order.
	ByTerm(term string) ([]Claim, error)
	// ByName returns up to limit claims whose key has one of terms ([matching.Key.NameTerms]), each once, in any
	// order.
	ByName(terms []string, limit int) ([]Claim, error)
	// Put stores or replaces a claim, whose key and filing never change; stamp becomes the latest one if it is
	// later. In a Read it is an error.
	Put(c Claim, stamp time.Time) error
}
