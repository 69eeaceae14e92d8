package memstore

import (
	"hash/maphash"
	"iter"
	"slices"

	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/registration"
	"github.com/coselling/coselling/registration/matching"
)

// index finds claims by the hash of a term. Who looks something up compares what it
// finds, so that terms with one hash do no harm; the seed is random, so that nobody
// can look for such terms.
type index struct {
	seed     maphash.Seed
	heads    table     // hash → its only claim, marked as such, or its last posting
	postings []posting // of hashes that several claims have
}

// only marks a claim in heads; it bounds the claims of a store, and the postings.
const only = 1 << 31

// posting says that a claim has a term; next is the posting before it, 0 for none.
type posting struct{ claim, next uint32 }

func newIndex() index {
	return index{seed: maphash.MakeSeed(), postings: make([]posting, 1)}
}

// The prefixes keep terms of different kinds apart.
const (
	byID    = "claim:"
	byFiled = "filed:"
)

// hash of a term in two or three parts, without making one string of them.
func (x *index) hash(parts ...string) uint64 {
	var h maphash.Hash
	h.SetSeed(x.seed)
	for _, p := range parts {
		h.WriteString(p)
	}
	return h.Sum64()
}

// hashes returns the hash of every term of a claim.
func (x *index) hashes(c *registration.Claim) []uint64 {
	list := []uint64{x.hash(byID, c.ID), x.filed(c.Claimant, c.Filing.Key)}
	list = slices.AppendSeq(list, x.terms(&c.Key))
	for _, term := range c.Key.NameTerms() {
		list = append(list, x.hash(term))
	}
	return list
}

// terms yields the hash of each identifier and domain of a key.
func (x *index) terms(key *matching.Key) iter.Seq[uint64] {
	return func(yield func(uint64) bool) {
		for _, id := range key.IDs {
			if !yield(x.hash("id:", string(id.Scheme), ":", id.Value)) {
				return
			}
		}
		for _, d := range key.Domains {
			if !yield(x.hash("domain:", d)) {
				return
			}
		}
	}
}

func (x *index) filed(claimant model.Party, key string) uint64 {
	return x.hash(byFiled, claimant.Side.String(), "\x00", claimant.Org, "\x00", key)
}

func (x *index) add(h uint64, claim uint32) {
	head := x.heads.get(h)
	switch {
	case head == 0:
		x.heads.set(h, claim|only)
		return
	case head&only != 0:
		x.postings = append(x.postings, posting{head &^ only, 0})
		head = uint32(len(x.postings) - 1)
	}
	x.postings = append(x.postings, posting{claim, head})
	x.heads.set(h, uint32(len(x.postings)-1))
}

// drop takes back the last add.
func (x *index) drop(h uint64) {
	head := x.heads.get(h)
	if head&only != 0 {
		x.heads.remove(h)
		return
	}
	rest := x.postings[head].next
	x.postings = x.postings[:head]
	if first := x.postings[rest]; rest == head-1 && first.next == 0 { // the second claim brought it here
		x.postings = x.postings[:rest]
		rest = first.claim | only
	}
	x.heads.set(h, rest)
}

// all yields the claims that have a hash, the last one first.
func (x *index) all(h uint64) iter.Seq[uint32] {
	return func(yield func(uint32) bool) {
		head := x.heads.get(h)
		if head&only != 0 {
			yield(head &^ only)
			return
		}
		for head != 0 && yield(x.postings[head].claim) {
			head = x.postings[head].next
		}
	}
}
