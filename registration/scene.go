package registration

import (
	"cmp"
	"slices"
	"time"

	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/registration/matching"
)

// scene has claims that stand beside one another, by stamp, then by id. Each is judged among those before it, of which
// one in front of it is enough to wait, so that a queue costs what it is long.
type scene struct {
	rules  *Rules
	nodes  []node
	owners []int // claims that owned the account for some time, and may have gone on when the next one was submitted
	open   []int // claims that are not decided
	ended  []int // claims that ended without owning, the latest end first
}

// node is a claim among others: its own life, changed by the earlier claims.
type node struct {
	life
	claim  *Claim
	end    time.Time // zero: open
	clock  time.Time // when the time for the decision began
	behind int       // the first of the earlier rivals that are not decided; -1: none
	loses  time.Time // when an earlier claim took the account from it
	winner int       // the claim that took it; -1: none
	ranks  time.Time // the stamp of the claim that it renews, else its own
}

// owns reports whether the claim owned its account for some time.
func (n *node) owns() bool {
	return !n.approved.IsZero() && (n.end.IsZero() || n.approved.Before(n.end))
}

// live reports whether the claim has not ended at an instant.
func (n *node) live(at time.Time) bool { return n.end.IsZero() || n.end.After(at) }

// resolve judges the claims that were submitted up to an instant.
func (r *Rules) resolve(claims []Claim, asOf time.Time) []node {
	s := r.scene(claims, asOf)
	return s.nodes
}

func (r *Rules) scene(claims []Claim, asOf time.Time) scene {
	var few [8]*Claim
	list := few[:0]
	for i := range claims {
		if c := &claims[i]; !c.Submitted.After(asOf) {
			list = append(list, c)
		}
	}
	slices.SortFunc(list, func(a, b *Claim) int { return compareClaims(a, b) })
	n := len(list) + 1
	places := make([]int, 3*n)
	s := scene{
		rules: r, nodes: make([]node, 0, n),
		owners: places[:0:n], open: places[n : n : 2*n], ended: places[2*n : 2*n],
	}
	for _, c := range list {
		s.add(c, asOf)
	}
	return s
}

// add judges a claim that comes after all others.
func (s *scene) add(c *Claim, asOf time.Time) {
	s.nodes = append(s.nodes, node{
		life: s.rules.life(c, asOf), claim: c, clock: c.Submitted, behind: -1, winner: -1, ranks: c.Submitted,
	})
	i := len(s.nodes) - 1
	n := &s.nodes[i]
	s.owners = slices.DeleteFunc(s.owners, func(j int) bool { return !s.nodes[j].live(c.Submitted) })
	for _, j := range s.owners {
		elder := &s.nodes[j]
		from, apart := apart(elder, n, elder.approved)
		switch renews := elder.holds(c.Submitted); {
		case !apart && !renews || !s.rules.meets(elder.claim, c):
		case apart:
			n.meetOwner(elder, j, from)
		case elder.ranks.Before(n.ranks):
			n.ranks = elder.ranks
		}
	}
	if at := slices.IndexFunc(s.open, func(j int) bool { return s.rules.everRivals(&s.nodes[j], n) }); at >= 0 {
		n.behind = s.open[at]
	}
	decided := asOf
	if end := cmp.Or(n.approved, n.ended); !end.IsZero() {
		decided = end
	}
	for _, j := range s.ended {
		elder := &s.nodes[j]
		if !elder.end.After(n.clock) {
			break // and all that follow ended before
		}
		if !elder.end.After(decided) && s.rules.everRivals(elder, n) {
			n.clock = elder.end
		}
	}
	n.settle()
	switch {
	case n.owns():
		s.owners = append(s.owners, i)
	case n.end.IsZero():
		s.open = append(s.open, i)
	default:
		at, _ := slices.BinarySearchFunc(s.ended, n.end, func(j int, end time.Time) int {
			return end.Compare(s.nodes[j].end)
		})
		s.ended = slices.Insert(s.ended, at, i)
	}
}

// behind returns the earlier claims that a claim waits for, in their order.
func (r *Rules) behind(nodes []node, i int) []int {
	n := &nodes[i]
	if n.behind < 0 {
		return nil
	}
	list := []int{n.behind}
	for j := n.behind + 1; j < i; j++ {
		if elder := &nodes[j]; !elder.owns() && elder.end.IsZero() && r.everRivals(elder, n) {
			list = append(list, j)
		}
	}
	return list
}

// names returns the ids of the earlier claims that a queued claim waits for.
func (r *Rules) names(nodes []node, i int) (ids []string) {
	if nodes[i].status == Queued {
		for _, j := range r.behind(nodes, i) {
			ids = append(ids, nodes[j].claim.ID)
		}
	}
	return ids
}

// everRivals reports whether two claims overlap and had different holders for some time.
func (r *Rules) everRivals(a, b *node) bool {
	_, apart := apart(a, b, time.Time{})
	return apart && r.meets(a.claim, b.claim)
}

// meets reports whether two claims overlap on one account (reg.same_account).
func (r *Rules) meets(a, b *Claim) bool {
	return a.Filing.Scope.Overlaps(b.Filing.Scope) && r.accounts.Relation(a.Key, b.Key) == matching.Same
}

// rivals reports whether two claims of different holders overlap.
func (r *Rules) rivals(a, b *node) bool { return a.holder != b.holder && r.meets(a.claim, b.claim) }

// apart returns the first instant, since a given one, at which two claims had different holders, both being submitted;
// false: there is none. It is zero where neither was handed over.
func apart(a, b *node, since time.Time) (time.Time, bool) {
	if len(a.moves)+len(b.moves) == 0 {
		return time.Time{}, a.holder != b.holder
	}
	at := slices.MaxFunc([]time.Time{a.claim.Submitted, b.claim.Submitted, since}, time.Time.Compare)
	for {
		if a.heldBy(at) != b.heldBy(at) {
			return at, true
		}
		next := at
		for _, m := range slices.Concat(a.moves, b.moves) {
			if m.at.After(at) && (next.Equal(at) || m.at.Before(next)) {
				next = m.at
			}
		}
		if next.Equal(at) {
			return time.Time{}, false
		}
		at = next
	}
}

// heldBy returns the holder of a claim at an instant.
func (n *node) heldBy(at time.Time) model.Party {
	holder := n.claim.Claimant
	for _, m := range n.moves {
		if !m.at.After(at) {
			holder = m.to
		}
	}
	return holder
}

// holds reports whether the claim is approved and has not ended at an instant.
func (n *node) holds(at time.Time) bool {
	return !n.approved.IsZero() && !n.approved.After(at) && n.live(at)
}

// meetOwner notes the effect of an earlier claim that owned, and that is the rival of n from an instant on.
func (n *node) meetOwner(elder *node, index int, from time.Time) {
	taken := slices.MaxFunc([]time.Time{elder.approved, n.claim.Submitted, from}, time.Time.Compare)
	if elder.live(taken) && (n.loses.IsZero() || taken.Before(n.loses)) {
		n.loses, n.winner = taken, index
	}
}

// settle decides how n stands once all earlier rivals are noted.
func (n *node) settle() {
	n.end = n.ended
	if n.status == Approved {
		n.end = n.until
	}
	if n.loses.IsZero() || !n.end.IsZero() && !n.loses.Before(n.end) {
		n.winner = -1
		if n.status == Submitted && n.behind >= 0 {
			n.status = Queued
		}
		return
	}
	n.status, n.ended, n.end = Rejected, n.loses, n.loses
}
