package registration

import (
	"context"
	"time"

	"github.com/coselling/coselling/model"
)

// Store keeps the claims of a [Registry]. It decides nothing: it makes the decisions of
// [Rules] atomic (reg.atomic). What it must guarantee is tested by package
// registrationtest, which any implementation can run.
//
// Both methods call do with a view of the claims, return what do returns, and may call
// do again where the view could not be kept, so that do must not count on being
// called once. An error of do, of the context or of the store leaves nothing written.
type Store interface {
	// Read calls do with a view of one instant: what others write meanwhile is not seen.
	Read(ctx context.Context, do func(Tx) error) error

	// Write calls do with a view that still holds when what do has put is stored: two
	// writes that could see one another's claims happen one after the other, from however
	// many machines. A database guards this itself, by serialisable transactions or by
	// locks that it holds, never by a look before a write. When Write returns nil, what
	// was put is durable, and all of it is seen by every later call.
	Write(ctx context.Context, do func(Tx) error) error
}

// Tx is the view of a store that one call has. It must not be used after the call.
// Claims that it returns are the caller's to read, not to change.
type Tx interface {
	// Now is the store's own clock.
	Now() time.Time
	// NewID returns an id that no claim has, in any replica; nobody can guess it.
	NewID() (string, error)
	// Last is the latest stamp that was put, or the zero time.
	Last() (time.Time, error)
	// Claim returns the claim with an id; false where there is none.
	Claim(id string) (Claim, bool, error)
	// Filed returns the claim that a party filed under a key of its own; of several, which
	// a merge can bring, any, but always the same one.
	Filed(claimant model.Party, key string) (Claim, bool, error)
	// ByTerm returns the claims whose key has a term ([matching.Key.Terms]), in any order.
	ByTerm(term string) ([]Claim, error)
	// ByName returns claims whose key has one of the terms of names
	// ([matching.Key.NameTerms]), in any order, each once, at most limit of them.
	ByName(terms []string, limit int) ([]Claim, error)
	// Put stores a claim that is new, or replaces the one with its id: a claim's key and
	// filing never change. The latest stamp becomes stamp, if it is later. Only a Write
	// can put.
	Put(c Claim, stamp time.Time) error
}
