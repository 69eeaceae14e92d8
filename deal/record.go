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

// Record holds the dated facts of a deal, as a CRM knows them. Nil lists are empty. A record need not be complete:
// the Missing of a view lists the facts that an answer needs. Facts later than a question are ignored, except
// planned meetings.
//
// The lists are sets: their order does not matter, and equal facts count once. At one instant evidence comes
// before its move, and tasks before the move that ends their stage.
//
// [NameOf] returns the name of a fact, which findings show. [Record.Check] refuses a fact without a name. Any
// other problem of a fact is reported with the answer, and the rest of the answer holds.
type Record struct {
	// moves, tasks done, changes of model, such as [stage.Progress.History]; at most 10,000
	Events []stage.Event `json:"events,omitzero" wire:"..10000"`
	// facts that gates read and that do not follow from Claims and Activities; at most 1,000
	Facts []stage.Fact `json:"facts,omitzero" wire:"..1000"`
	// mails, meetings, calls, notes, questions, quotes; at most 100,000
	Activities []comms.Activity `json:"activities,omitzero" wire:"..100000"`
	// the claims that register the deal, and those beside them; at most 1,000
	Claims []registration.Claim `json:"claims,omitzero" wire:"..1000"`
	// the blockers of the deal, with the answers to them; at most 1,000
	Blockers []Blocker `json:"blockers,omitzero" wire:"..1000"`
}

// Blocker is a thing that stopped a deal. ID, Kind and Raised are needed. Without By nobody knows who raised it,
// and its case is reported as missing.
type Blocker struct {
	ID     string                 `json:"id" wire:"needed,1..256"` // unique in the record; 1 to 256 bytes
	Kind   escalation.BlockerKind `json:"kind" wire:"needed,1..256"`
	Raised time.Time              `json:"raised" wire:"needed,set"`
	By     model.Person           `json:"by,omitzero"` // the person who raised it
	// the companies concerned, each a party of the deal; nil: the vendor and the partner that leads
	Concerns []model.Party `json:"concerns,omitzero" wire:"..22,unique"`
	Note     string        `json:"note,omitzero" wire:"..1000"` // at most 1,000 bytes; may be empty
	// whether each note is for the side of its author only
	Internal     bool               `json:"internal,omitzero"`
	Acknowledged []escalation.Event `json:"acknowledged,omitzero"` // the responses; nil: none yet
	Resolved     escalation.Event   `json:"resolved,omitzero"`     // zero: not yet
}

// Check returns up to a hundred problems that make a record malformed: an id, kind, verb or instant that a fact's
// name needs is missing (fact.id); an instant outside the years 1 to 9000 (fact.instant); two different blockers
// with one id ([FactTwice]); text that is not UTF-8 or above 4,096 bytes, a note above 1,000 bytes (fact.text); a
// number that no closed enumeration has (its code); more than 10,000 events, 100,000 activities or 1,000 elements
// of any other list (fact.excess). Paths begin inside the record: claims[0].id. All other problems are in the Missing
// of a view.
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

// ParseRecord reads the JSON form of a record, at most 64 MiB, as strictly as [Parse], with paths below "record".
// Needed are verb and at of an event, kind and at of a fact, id, kind, at and side of an activity, id, kind and
// raised of a blocker, and all members of a claim that have no default; its products and regions stand in its
// filing.
func ParseRecord(data []byte) (Record, error) {
	var r Record
	err := r.UnmarshalJSON(data)
	return r, value.Below("record", err)
}

// UnmarshalJSON is [ParseRecord] inside another document, with paths that begin inside the record.
func (r *Record) UnmarshalJSON(data []byte) error {
	return wire.Document(data, maxRecordBytes, r, Record.rules)
}

// MarshalJSON returns the canonical form: the lists sorted, each fact once, without empty members. [ParseRecord]
// returns the sorted record where no needed member is empty. The problems of [Record.Check] are errors.
func (r Record) MarshalJSON() ([]byte, error) {
	if err := r.Check(); err != nil {
		return nil, err
	}
	sorted := r.sorted()
	return wire.Marshal(&sorted)
}

// MarshalJSON returns the canonical form, without empty members. [Blocker.UnmarshalJSON] returns an equal blocker.
func (b Blocker) MarshalJSON() ([]byte, error) { return wire.Marshal(&b) }

// UnmarshalJSON reads a blocker as strictly as [ParseRecord] reads a record; id, kind and raised are needed.
func (b *Blocker) UnmarshalJSON(data []byte) error { return wire.Unmarshal(data, maxRecordBytes, b) }
