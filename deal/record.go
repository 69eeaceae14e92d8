package deal

import (
	"time"

	"github.com/coselling/coselling/comms"
	"github.com/coselling/coselling/escalation"
	"github.com/coselling/coselling/internal/wire"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/registration"
	"github.com/coselling/coselling/stage"
	"github.com/coselling/coselling/value"
)

const maxRecordBytes = 64 << 20

// Record holds the dated facts of a deal, as a CRM knows them, in any order. An importer fills
// in the facts that it has; a nil list means that none is known. A record need not be
// complete: the Missing of a view lists the facts that a part of an answer needs besides.
// Facts later than the instant of a question are ignored, except planned meetings.
//
// The lists are sets: their order does not matter, and equal facts count once. Facts of one instant are taken
// in a fixed order: evidence before the move that it is for, and tasks before the move that ends their stage.
//
// Each fact has a name, which [NameOf] returns and which findings show. A record with a fact that has no
// name, or that a document cannot hold, is malformed: see [Record.Check], which also has the limits. Any
// other problem of a fact is reported with the answer, and the rest of the answer holds.
type Record struct {
	// moves, tasks done, changes of model: [stage.Progress.History], or made from the CRM's
	// history; at most 10,000
	Events []stage.Event `json:"events,omitzero" wire:"..10000"`
	// proposals, approvals and contracts, which gates read; registrations and meetings are derived
	// from Claims and Activities; at most 1,000
	Facts []stage.Fact `json:"facts,omitzero" wire:"..1000"`
	// mails, meetings, calls, notes, questions, quotes; at most 100,000
	Activities []comms.Activity `json:"activities,omitzero" wire:"..100000"`
	// the claims that register the deal, and those beside them; at most 1,000
	Claims []registration.Claim `json:"claims,omitzero" wire:"..1000"`
	// the blockers of the deal, with the answers to them; at most 1,000
	Blockers []Blocker `json:"blockers,omitzero" wire:"..1000"`
}

// Blocker is a thing that stopped a deal, as a person raised it. ID, Kind and Raised are
// needed. Without By nobody knows who raised it, and its case is reported as missing.
type Blocker struct {
	ID     string                 `json:"id" wire:"needed,1..256"` // unique in the record; 1 to 256 bytes
	Kind   escalation.BlockerKind `json:"kind" wire:"needed,1..256"`
	Raised time.Time              `json:"raised" wire:"needed,set"`
	By     model.Person           `json:"by,omitzero"`                 // the person who raised it
	Note   string                 `json:"note,omitzero" wire:"..1000"` // at most 1,000 bytes; may be empty
	// whether each note is for the side of its author only
	Internal     bool               `json:"internal,omitzero"`
	Acknowledged []escalation.Event `json:"acknowledged,omitzero"` // the responses; nil: none yet
	Resolved     escalation.Event   `json:"resolved,omitzero"`     // zero: not yet
}

// Check returns the problems, up to a hundred, that make a record malformed: a fact without a name, because
// its id or kind (fact.id), its verb or its instant is missing; an instant outside the years 1 to 9000
// (fact.instant); two different blockers with one id ([FactTwice]); text that is not UTF-8 or is above 4,096
// bytes, a note above 1,000 bytes (fact.text); a number that no closed enumeration has (the code of the
// enumeration); more than 10,000 events, 1,000 facts, 100,000 activities, 1,000 claims, 1,000 blockers or
// 1,000 elements of any other list (fact.excess).
//
// Other problems are reported with the answer, by the Missing of a view: facts that need more
// than their name, kinds that the book does not know, moves that the rules refuse, activities
// of one id that contradict each other.
func (r Record) Check() error { return wire.CheckAll(&r, Record.rules) }

// rules refuses different blockers with one id.
func (r Record) rules() error {
	var problems value.Errors
	first := make(map[string]*Blocker, len(r.Blockers))
	for i := range r.Blockers {
		b := &r.Blockers[i]
		if known, ok := first[b.ID]; ok && compareBlockers(*known, *b) != 0 {
			const want = "is the id of another blocker too; give each its own"
			problems.Refuse(value.Index("blockers", i)+".id", FactTwice, value.Quote(b.ID), want)
		}
		first[b.ID] = b
	}
	return problems.Err()
}

// ParseRecord reads the JSON form of a record, at most 64 MiB, with as many facts as [Record.Check] allows.
// It is as strict as [Parse]; the paths of its errors begin with "record". No list is needed. The needed
// members of a fact are: verb and at of an event, kind and at of a fact, id, kind, at and side of an
// activity, id, kind and raised of a blocker, and all members of a claim that have no default. The products
// and regions of a claim stand in its filing.
func ParseRecord(data []byte) (Record, error) {
	var r Record
	err := r.UnmarshalJSON(data)
	return r, value.Below("record", err)
}

// UnmarshalJSON is [ParseRecord] for a record inside another document. The paths of its
// errors begin inside the record.
func (r *Record) UnmarshalJSON(data []byte) error {
	return wire.Document(data, maxRecordBytes, r, Record.rules)
}

// MarshalJSON returns the canonical form: the lists sorted, each fact once, so that records
// with the same facts have the same bytes; members in a fixed order, empty members left out,
// instants in RFC 3339 in UTC. [ParseRecord] returns the sorted record where no needed member
// is empty. The problems of [Record.Check] are errors.
func (r Record) MarshalJSON() ([]byte, error) {
	if err := r.Check(); err != nil {
		return nil, err
	}
	sorted := r.sorted()
	return wire.Marshal(&sorted)
}

// MarshalJSON returns the canonical form: members in a fixed order, empty members left out,
// instants in RFC 3339 in UTC. [Blocker.UnmarshalJSON] returns an equal blocker.
func (b Blocker) MarshalJSON() ([]byte, error) { return wire.Marshal(&b) }

// UnmarshalJSON reads a blocker as strictly as [ParseRecord] reads a record; id, kind and raised are needed.
func (b *Blocker) UnmarshalJSON(data []byte) error { return wire.Unmarshal(data, maxRecordBytes, b) }
