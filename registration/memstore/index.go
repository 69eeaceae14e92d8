package memstore

import (
	"hash/maphash"
	"iter"
	"slices"

	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/registration"
	"github.com/coselling/coselling/registration/matching"
)

// index finds claims by the hash of a term; a look-up compares them, as terms may share a hash. The seed is random.
type index struct {
	seed     maphash.Seed
	heads    table     // from a hash to its only claim, marked with only, or its last posting
	postings []posting // of the hashes that several claims have
}

// only marks a claim in heads. A store has fewer claims and postings than its value.
const only = 1 << 31

// posting is the entry of a claim under a hash; next is the posting before it, 0: none.
type posting struct{ claim, next uint32 }

func newIndex() index {
	return index{seed: maphash.MakeSeed(), postings: make([]posting, 1)}
}

// The prefixes keep terms of different kinds apart.
const (
	byID    = "claim:"
	byFiled = "filed:"
)

// hash returns the hash of a term in several parts, without joining them.
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
	names := c.Key.NameTerms()
	list := make([]uint64, 0, 2+len(c.Key.IDs)+len(c.Key.Domains)+len(names))
	list = append(list, x.hash(byID, c.ID), x.filed(c.Claimant, c.Filing.Key))
	list = slices.AppendSeq(list, x.terms(&c.Key))
	for _, term := range names {
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

// filed returns the hash of a party's key of a filing.
func (x *index) filed(claimant model.Party, key string) uint64 {
	return x.hash(byFiled, claimant.Side.String(), "\x00", claimant.Org, "\x00", key)
}

// add adds a claim under a hash.
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

// drop undoes the last add, which was under this hash.
func (x *index) drop(h uint64) {
	head := x.heads.get(h)
	if head&only != 0 {
		x.heads.remove(h)
		return
	}
	rest := x.postings[head].next
	x.postings = x.postings[:head]
	if first := x.postings[rest]; rest == head-1 && first.next == 0 { // only the first claim is left
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
