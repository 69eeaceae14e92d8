package deal

import (
	"cmp"
	"slices"

	"github.com/coselling/coselling/comms"
	"github.com/coselling/coselling/internal/wire"
	"github.com/coselling/coselling/registration"
	"github.com/coselling/coselling/stage"
)

// Compare orders facts as a record does: by instant, then evidence before moves, then by all members. 0: equal.
func Compare[F Recordable](a, b F) int {
	switch a := any(&a).(type) {
	case *stage.Event:
		return compareEvents(*a, *any(&b).(*stage.Event))
	case *stage.Fact:
		return compareFacts(*a, *any(&b).(*stage.Fact))
	case *comms.Activity:
		return compareActivities(*a, *any(&b).(*comms.Activity))
	case *registration.Claim:
		return compareClaims(*a, *any(&b).(*registration.Claim))
	case *Blocker:
		return compareBlockers(*a, *any(&b).(*Blocker))
	default:
		return 0 // the constraint lets nothing else in
	}
}

// Sorted returns facts in the order of [Compare], equal ones once, in a new slice; nil where list is empty.
func Sorted[F Recordable](list []F) []F { return set(list, Compare[F]) }

// sorted returns the record in canonical order, each fact once, in new lists.
func (r Record) sorted() Record {
	return Record{
		Events: set(r.Events, compareEvents), Facts: set(r.Facts, compareFacts),
		Activities: set(r.Activities, compareActivities), Claims: set(r.Claims, compareClaims),
		Blockers: set(r.Blockers, compareBlockers),
	}
}

// set returns a list sorted, each element once; nil for an empty one.
func set[T any](list []T, compare func(a, b T) int) []T {
	if len(list) == 0 {
		return nil
	}
	list = slices.Clone(list)
	slices.SortStableFunc(list, compare)
	return slices.CompactFunc(list, func(a, b T) bool { return compare(a, b) == 0 })
}

// verbOrder is the order of verbs at one instant (next.try): what is recorded, then the playbook in force, its tasks,
// the moves, the ends, what undoes them, and last the answers to events that wait. A CRM that knows days only has many
// of them at the same time.
var verbOrder = [...]int{
	stage.VerbRecord: 1, stage.VerbSetModel: 2, stage.VerbSetLead: 3, stage.VerbResize: 4, stage.VerbRebaseline: 5,
	stage.VerbRaise: 6, stage.VerbDone: 7, stage.VerbWaive: 8, stage.VerbSendBack: 9, stage.VerbAdvance: 10,
	stage.VerbWin: 11, stage.VerbHold: 12, stage.VerbLose: 13, stage.VerbResume: 14, stage.VerbReopen: 15,
	stage.VerbRefuse: 16, stage.VerbConsent: 17,
}

// tie returns order, and where that is 0 the order of two facts by all of their members.
func tie[T any](order int, a, b T) int {
	if order != 0 {
		return order // most often, and without an allocation
	}
	return byMembers(a, b)
}

func byMembers[T any](a, b T) int { return wire.Compare(&a, &b) }

func compareEvents(a, b stage.Event) int {
	if order := a.At.Compare(b.At); order != 0 {
		return order
	}
	verbs := cmp.Compare(verbOrder[a.Verb], verbOrder[b.Verb])
	return tie(cmp.Or(verbs, a.To.Compare(b.To), cmp.Compare(a.Task, b.Task)), a, b)
}

func compareFacts(a, b stage.Fact) int {
	if order := a.At.Compare(b.At); order != 0 {
		return order
	}
	kinds, proposals := cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Proposal, b.Proposal)
	return tie(cmp.Or(kinds, proposals, cmp.Compare(a.Revision, b.Revision)), a, b)
}

func compareActivities(a, b comms.Activity) int {
	return tie(cmp.Or(a.At.Compare(b.At), cmp.Compare(a.ID, b.ID)), a, b)
}

func compareClaims(a, b registration.Claim) int {
	return tie(cmp.Or(a.Submitted.Compare(b.Submitted), cmp.Compare(a.ID, b.ID)), a, b)
}

func compareBlockers(a, b Blocker) int {
	return tie(cmp.Or(a.Raised.Compare(b.Raised), cmp.Compare(a.ID, b.ID)), a, b)
}
