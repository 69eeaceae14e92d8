package coselling

import (
	"bytes"
	"cmp"
	"slices"

	"github.com/coselling/coselling/comms"
	"github.com/coselling/coselling/escalation"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/registration"
	"github.com/coselling/coselling/stage"
)

// sorted returns the record in canonical order, each fact once: what two records that
// hold the same facts have in common. The lists are its own, what hangs on the facts is
// shared.
func (r Record) sorted() Record {
	return Record{
		Events: set(r.Events, compareEvents), Facts: set(r.Facts, compareFacts),
		Activities: set(r.Activities, compareActivities), Claims: set(r.Claims, compareClaims), Blockers: set(r.Blockers, compareBlockers),
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

// verbOrder says how verbs of one instant follow one another, first what is recorded,
// then what is judged by it: a CRM that knows days alone says that tasks were done and
// the stage was left at the same time.
var verbOrder = [...]int{
	stage.VerbRecord: 1, stage.VerbSetModel: 2, stage.VerbResize: 3, stage.VerbResume: 4, stage.VerbReopen: 5, stage.VerbRaise: 6,
	stage.VerbDone: 7, stage.VerbWaive: 8, stage.VerbAdvance: 9, stage.VerbSendBack: 10, stage.VerbHold: 11, stage.VerbWin: 12, stage.VerbLose: 13,
}

// stageOrder is how the default stages follow one another; others come after them by
// name.
var stageOrder = [...]stage.Stage{"", stage.Identification, stage.Discovery, stage.Presentation, stage.Evaluation, stage.Proposal, stage.Close}

func compareStages(a, b stage.Stage) int {
	i, j := slices.Index(stageOrder[:], a), slices.Index(stageOrder[:], b)
	if i < 0 || j < 0 {
		return cmp.Or(cmp.Compare(min(j, 0), min(i, 0)), cmp.Compare(a, b))
	}
	return cmp.Compare(i, j)
}

func compareEvents(a, b stage.Event) int {
	if order := a.At.Compare(b.At); order != 0 {
		return order
	}
	return cmp.Or(
		cmp.Compare(verbOrder[a.Verb], verbOrder[b.Verb]), compareStages(a.To, b.To), cmp.Compare(a.Task, b.Task), cmp.Compare(a.Engagement, b.Engagement), cmp.Compare(a.Size, b.Size), comparePeople(a.By, b.By), cmp.Compare(a.Reason, b.Reason),
		slices.CompareFunc(a.Consents, b.Consents, func(a, b model.Consent) int { return cmp.Or(a.At.Compare(b.At), comparePeople(a.By, b.By)) }),
		slices.CompareFunc(a.Evidence, b.Evidence, compareFacts), slices.CompareFunc(a.Overrides, b.Overrides, compareOverrides))
}

func compareOverrides(a, b stage.Override) int {
	return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.Gate, b.Gate), comparePeople(a.By, b.By), cmp.Compare(a.Reason, b.Reason), a.Escalated.Compare(b.Escalated))
}

func comparePeople(a, b model.Person) int {
	return cmp.Or(a.Party.Compare(b.Party), cmp.Compare(a.Name, b.Name))
}

func compareFacts(a, b stage.Fact) int {
	if order := a.At.Compare(b.At); order != 0 {
		return order
	}
	return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Proposal, b.Proposal), cmp.Compare(a.Revision, b.Revision),
		cmp.Compare(a.Side, b.Side), cmp.Compare(a.By, b.By), a.Until.Compare(b.Until), cmp.Compare(a.Without, b.Without), compareBools(a.Negative, b.Negative))
}

func compareBools(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	default:
		return 1
	}
}

func compareActivities(a, b comms.Activity) int {
	if order := cmp.Or(a.At.Compare(b.At), cmp.Compare(a.ID, b.ID)); order != 0 {
		return order
	}
	return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Side, b.Side), a.End.Compare(b.End), cmp.Compare(a.From, b.From), slices.Compare(a.To, b.To),
		cmp.Compare(a.Subject, b.Subject), slices.Compare(a.Refs, b.Refs), slices.Compare(a.About, b.About), cmp.Compare(a.Purpose, b.Purpose),
		slices.Compare(a.Covers, b.Covers), compareBools(a.Shared, b.Shared), compareOffers(a.Offer, b.Offer))
}

func compareOffers(a, b comms.Offer) int {
	return cmp.Or(cmp.Compare(a.Item, b.Item), cmp.Compare(a.Quantity, b.Quantity), cmp.Compare(a.Months, b.Months),
		a.Price.Currency().Compare(b.Price.Currency()), cmp.Compare(a.Price.Minor(), b.Price.Minor()))
}

// compareClaims compares what claims say by their JSON form: a record has few of them.
func compareClaims(a, b registration.Claim) int {
	if order := cmp.Or(a.Submitted.Compare(b.Submitted), cmp.Compare(a.ID, b.ID)); order != 0 {
		return order
	}
	one, _ := a.MarshalJSON() // whose text was checked
	two, _ := b.MarshalJSON()
	return bytes.Compare(one, two)
}

func compareBlockers(a, b Blocker) int {
	return cmp.Or(a.Raised.Compare(b.Raised), cmp.Compare(a.ID, b.ID), cmp.Compare(a.Kind, b.Kind), comparePeople(a.By, b.By), cmp.Compare(a.Note, b.Note),
		compareBools(a.Internal, b.Internal), slices.CompareFunc(a.Acknowledged, b.Acknowledged, compareHandled), compareHandled(a.Resolved, b.Resolved))
}

func compareHandled(a, b escalation.Event) int {
	return cmp.Or(a.At.Compare(b.At), comparePeople(a.By, b.By), cmp.Compare(a.Note, b.Note))
}
