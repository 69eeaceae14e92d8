package stage

import (
	"maps"
	"slices"
	"time"

	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// facts is the facts of a deal, those that a move brings among them, and which of them
// count no more.
type facts struct {
	list   []Fact
	voided []voided
}

// after reports whether f counts rather than g, a fact of its kind: the later one. Of
// two of one instant it is the one that opens less, whatever their order: not
// qualified, the registration that ends first, the revision with more prices.
func (f *Fact) after(g *Fact) bool {
	switch {
	case !f.At.Equal(g.At):
		return f.At.After(g.At)
	case f.Negative != g.Negative:
		return f.Negative
	case !f.Until.Equal(g.Until):
		return !f.Until.IsZero() && (g.Until.IsZero() || f.Until.Before(g.Until))
	default:
		return f.Without < g.Without
	}
}

// counts reports whether no send-back has voided a fact: only those after the last
// one to its stage or before it count.
func (v *facts) counts(f *Fact) bool {
	for _, void := range v.voided {
		if void.kind == f.Kind {
			return f.At.After(void.at)
		}
	}
	return true
}

// proposals counts the live proposals and finds which side's pricing is approved in
// all of them.
func (v *facts) proposals(l *ledger) {
	approved := bySide{true, true, true}
	for i := range v.list {
		f := &v.list[i]
		if f.Kind != ProposalSent || !v.live(i) {
			continue
		}
		l.live++
		for _, side := range sides {
			approved[side] = approved[side] && (f.Without == side || v.approved(f, side))
		}
	}
	if l.live > 0 {
		l.pricing = approved
	}
}

// live reports whether the i-th fact, a revision of a proposal, is live: not voided,
// not withdrawn, not superseded by a later revision, and not a repetition.
func (v *facts) live(i int) bool {
	f := &v.list[i]
	if !v.counts(f) {
		return false
	}
	for j := range v.list {
		g := &v.list[j]
		if g.Proposal != f.Proposal || !v.counts(g) {
			continue
		}
		withdrawn := g.Kind == ProposalWithdrawn && !g.At.Before(f.At)
		superseded := g.Kind == ProposalSent && (g.Revision > f.Revision || g.Revision == f.Revision && (g.after(f) || *g == *f && j > i))
		if withdrawn || superseded {
			return false
		}
	}
	return true
}

func (v *facts) approved(revision *Fact, side model.Side) bool {
	for i := range v.list {
		f := &v.list[i]
		if f.Kind == PricingApproved && f.Side == side && f.Proposal == revision.Proposal && f.Revision == revision.Revision && v.counts(f) {
			return true
		}
	}
	return false
}

// firstAsked are the stages that decide on a kind of fact where the playbook has no
// gate for it.
var firstAsked = [...]struct {
	kind  FactKind
	gate  value.Code
	stage Stage
}{
	{SupportConfirmed, GateSupportConfirmed, Identification},
	{Qualified, GateQualified, Discovery},
	{ProposalSent, GateSingleProposal, Proposal},
	{ProposalWithdrawn, GateSingleProposal, Proposal},
	{PricingApproved, GatePricingApproved, Proposal},
	{CRMUpdated, GateCRMUpdated, Close},
}

// decide returns the stage that decides on each kind of fact that a send-back voids:
// the first one whose gate reads it. A registration, the partner's part and executed
// contracts are never voided.
func (b *book) decide() map[FactKind]int {
	homes := map[FactKind]int{}
	for _, row := range firstAsked {
		at := slices.IndexFunc(b.Steps, func(s Step) bool { return slices.Contains(s.Gates, row.gate) })
		if at < 0 {
			at = b.position(row.stage)
		}
		if at >= 0 {
			homes[row.kind] = at
		}
	}
	for i := len(b.Steps) - 1; i >= 0; i-- {
		for _, gate := range b.Steps[i].Gates {
			if !isBuiltIn(gate) {
				homes[FactKind(gate)] = i
			}
		}
	}
	return homes
}

// void makes the facts count only after an instant whose stage of decision is the
// given one or a later one.
func (s *state) void(b *book, from int, at time.Time) {
	s.voided = slices.Clone(s.voided)
	for _, kind := range slices.Sorted(maps.Keys(b.homes)) {
		if b.homes[kind] >= from {
			s.voidKind(kind, at)
		}
	}
}

func (s *state) voidKind(kind FactKind, at time.Time) {
	s.voided = slices.DeleteFunc(s.voided, func(v voided) bool { return v.kind == kind })
	s.voided = append(s.voided, voided{kind, at})
}
