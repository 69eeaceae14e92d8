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
// once. After an error of do, of the context or of the store, nothing is written.
type Store interface {
	// Read calls do with a view of one instant, which does not show later writes.
	Read(ctx context.Context, do func(Tx) error) error

	// Write calls do with a view that still holds when the claims that do has put are stored: two writes that
	// could see one another's claims happen one after the other, from any number of machines. A database
	// ensures this itself, by serialisable transactions or by locks that it holds, never by reading first and
	// writing later. When Write returns nil, all that was put is durable and every later call sees it.
	Write(ctx context.Context, do func(Tx) error) error
}

// Tx is one call's view of a store. It must not be used after the call. The caller may
// read the claims that it returns, but must not change them.
type Tx interface {
	// Now returns the time of the store's own clock.
	Now() time.Time
	// NewID returns an id that no claim has, in any replica, and that nobody can guess.
	NewID() (string, error)
	// Last returns the latest stamp that was put, or the zero time.
	Last() (time.Time, error)
	// Claim returns the claim with an id; false if there is none.
	Claim(id string) (Claim, bool, error)
	// Filed returns the claim that a party filed under a key of its own; false if there is
	// none. A merge can bring several: then it returns one of them, always the same one.
	Filed(claimant model.Party, key string) (Claim, bool, error)
	// ByTerm returns the claims whose key has a term ([matching.Key.Terms]), in any order.
	ByTerm(term string) ([]Claim, error)
	// ByName returns claims whose key has one of the terms of names
	// ([matching.Key.NameTerms]), in any order, each once, at most limit of them.
	ByName(terms []string, limit int) ([]Claim, error)
	// Put stores a new claim, or replaces the one with the same id: the key and the filing of a claim never
	// change. The latest stamp becomes stamp if stamp is later. In a Read it is an error.
	Put(c Claim, stamp time.Time) error
}
