package matching

import (
	"cmp"
	"slices"
	"strconv"

	"github.com/coselling/coselling/value"
)

const (
	maxTargets  = 5_000_000
	maxProblems = 100 // problems that one list reports
	nearChecks  = 64  // names with which one target is compared
	sameChecks  = 64  // comparisons of one target, on average, above which lists are refused
)

// Target is one line of a company's target list.
type Target struct {
	ID        string // unique in its list
	Account   Account
	Strategic bool // the side calls the account strategic
}

// Pair is one overlap of two lists: a target of each.
type Pair struct {
	Vendor, Partner string // ids of the targets
	Match           Match  // same or near
	Strategic       bool   // a side calls the account strategic, so it needs a joint account plan
}

// Overlap compares the target lists of the vendor and the partner and returns the pairs of accounts that are the
// same or near (reg.joint_plan): same before near, then by the vendor's id and the partner's id. Unchecked is the
// number of comparisons left out because too many names share half of their letters. Time grows with the lists and
// the pairs. It reports the problems of the first hundred bad targets of each list: target.id, [OverlapExcess] and
// those of [Rules.Key].
func (r *Rules) Overlap(vendor, partner []Target) (pairs []Pair, unchecked int, err error) {
	var problems value.Errors
	theirs, err := r.keys(vendor)
	problems.Add("vendor", err)
	ours, err := r.keys(partner)
	problems.Add("partner", err)
	if err := problems.Err(); err != nil {
		return nil, 0, err
	}
	search := newSearch(r, theirs)
	for i, k := range ours {
		found, ok := search.find(int32(i), k)
		if !ok {
			return nil, 0, value.NewError(OverlapExcess, "the lists",
				"name the same few accounts too often to be compared; remove targets that stand twice")
		}
		for _, j := range found {
			pairs = append(pairs, Pair{
				Vendor: vendor[j].ID, Partner: partner[i].ID, Match: r.Match(theirs[j], k),
				Strategic: vendor[j].Strategic || partner[i].Strategic,
			})
		}
	}
	slices.SortFunc(pairs, func(a, b Pair) int {
		return cmp.Or(cmp.Compare(b.Match.Relation, a.Match.Relation),
			cmp.Compare(a.Vendor, b.Vendor), cmp.Compare(a.Partner, b.Partner))
	})
	return pairs, search.unchecked, nil
}

// keys returns the keys of a list of targets, in its order.
func (r *Rules) keys(list []Target) ([]Key, error) {
	if len(list) > maxTargets {
		return nil, value.NewError(OverlapExcess, strconv.Itoa(len(list))+" targets",
			"are above the limit of "+strconv.Itoa(maxTargets))
	}
	var problems value.Errors
	keys := make([]Key, len(list))
	seen := make(map[string]bool, len(list))
	for i, t := range list {
		if t.ID == "" || seen[t.ID] {
			problems.Refuse(value.Index("", i)+".id", targetID, value.Quote(t.ID), "is needed, and once in the list")
		}
		seen[t.ID] = true
		k, err := r.Key(t.Account)
		if err != nil {
			problems.Add(value.Index("", i)+".account", err)
		}
		if len(problems) >= maxProblems {
			break
		}
		keys[i] = k
	}
	return keys, problems.Err()
}

// search finds the keys of one list that are the same as a given key, or near it.
type search struct {
	rules     *Rules
	keys      []Key
	heads     map[uint64]int32 // from the hash of a term to its last posting
	postings  []posting
	met       []int32 // the last target that was found for each key; -1: none
	checks    int     // comparisons that are left
	unchecked int
}

// posting is the entry of a key under a term; next is the posting before it, 0: none.
type posting struct{ key, next int32 }

func newSearch(r *Rules, keys []Key) *search {
	s := &search{
		rules: r, keys: keys, checks: sameChecks * 1024,
		heads:    make(map[uint64]int32, 3*len(keys)),
		postings: make([]posting, 1, 1+4*len(keys)), met: make([]int32, len(keys)),
	}
	for i, k := range keys {
		s.met[i] = -1
		for _, term := range slices.Concat(k.Terms(), k.NameTerms()) {
			h := hash(term)
			s.postings = append(s.postings, posting{int32(i), s.heads[h]})
			s.heads[h] = int32(len(s.postings) - 1)
		}
	}
	return s
}

// find returns the places of the keys that are the same as k or near it; false after too many comparisons.
func (s *search) find(target int32, k Key) ([]int32, bool) {
	var found []int32
	s.checks += sameChecks
	for _, term := range k.Terms() {
		for p := s.heads[hash(term)]; p != 0; p = s.postings[p].next {
			if s.checks--; s.checks < 0 {
				return nil, false
			}
			found = s.compare(found, target, s.postings[p].key, k)
		}
	}
	left := nearChecks
	for _, term := range k.NameProbes() {
		for p := s.heads[hash(term)]; p != 0; p = s.postings[p].next {
			if left--; left < 0 {
				s.unchecked++
				break
			}
			found = s.compare(found, target, s.postings[p].key, k)
		}
	}
	slices.Sort(found)
	return found, true
}

// compare adds a key to the found ones if it is the same as k or near it, and new.
func (s *search) compare(found []int32, target, key int32, k Key) []int32 {
	if s.met[key] == target || s.rules.Relation(s.keys[key], k) == Different {
		return found
	}
	s.met[key] = target
	return append(found, key)
}

// hash returns the 64 bits of FNV-1a. Two terms may have one hash, because keys are compared.
func hash(s string) uint64 {
	h := uint64(14695981039346656037)
	for i := range len(s) {
		h = (h ^ uint64(s[i])) * 1099511628211
	}
	return h
}
