package stage

import (
	"maps"
	"slices"
	"time"

	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// facts holds the facts of a deal, with those of a move that is judged, and the kinds that were voided.
type facts struct {
	list   []Fact
	voided []voided
}

// after reports whether f replaces g, a fact of the same kind: the later one does, at one instant the one that
// opens less (not qualified, the registration that ends first, the revision with more prices).
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

// counts reports whether a fact is later than every send-back to its deciding stage or to an earlier one.
func (v *facts) counts(f *Fact) bool {
	for _, void := range v.voided {
		if void.kind == f.Kind {
			return f.At.After(void.at)
		}
	}
	return true
}

// proposals counts the live proposals and finds the sides whose pricing is approved in all of them.
func (v *facts) proposals(l *ledger) {
	approved := bySide{true, true, true}
	for i := range v.list {
		f := &v.list[i]
		if f.Kind != ProposalSent || !v.live(i) {
			continue
		}
		l.live++
		for _, side := range sides {
			without := f.Without == side && f.Org == ""
			approved[side] = approved[side] && (without || v.approved(f, side, ""))
		}
	}
	if l.live > 0 {
		l.pricing = approved
	}
}

// live reports whether a revision of a proposal is not voided, withdrawn, superseded or repeated.
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
		superseded := g.Kind == ProposalSent && (g.Revision > f.Revision ||
			g.Revision == f.Revision && (g.after(f) || *g == *f && j > i))
		if withdrawn || superseded {
			return false
		}
	}
	return true
}

// approved reports whether a side, or a participant, has approved its price in a revision.
func (v *facts) approved(revision *Fact, side model.Side, org string) bool {
	for i := range v.list {
		f := &v.list[i]
		same := f.Proposal == revision.Proposal && f.Revision == revision.Revision
		if f.Kind == PricingApproved && f.Side == side && f.Org == org && same && v.counts(f) {
			return true
		}
	}
	return false
}

// firstAsked lists the gate that reads a kind, and the stage that decides on it in a playbook without the gate.
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

// decide returns the index of the first stage whose gate reads each kind of fact that a send-back voids. A
// registration, the partner's part and executed contracts are never voided.
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

// void voids the facts up to an instant whose stage of decision is the given one or a later one.
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
