package deal

import (
	"github.com/coselling/coselling/internal/wire"
	"github.com/coselling/coselling/value"
)

const maxRecordBytes = 64 << 20

// ParseRecord reads the JSON form of a record, at most 64 MiB, with as many facts as
// [Record.Check] allows. Members are named like the fields, in lower case with
// underscores, but for a claim's scope, whose products and regions stand in its filing;
// no list is needed, and of a fact only what names it: verb and at of an event, kind and
// at of a fact, id, kind, at and side of an activity, all but the optional members of a
// claim, id, kind and raised of a blocker. It is as strict as [Parse].
func ParseRecord(data []byte) (Record, error) {
	var r Record
	err := r.UnmarshalJSON(data)
	return r, value.In("record", err)
}

// UnmarshalJSON is [ParseRecord] for a record inside another document. The paths of its
// errors begin inside the record.
func (r *Record) UnmarshalJSON(data []byte) error {
	return wire.Document(data, maxRecordBytes, r, Record.rules)
}

// MarshalJSON returns the canonical form: the lists sorted, each fact once, so that
// records which hold the same facts have the same bytes; members in a fixed order, what
// is empty left out, instants in RFC 3339 in UTC. [ParseRecord] gives the record back,
// sorted, where [Record.Check] has no problem with it and every member that a document
// needs says something.
func (r Record) MarshalJSON() ([]byte, error) {
	if err := r.Check(); err != nil {
		return nil, err
	}
	sorted := r.sorted()
	return wire.Marshal(&sorted)
}

// MarshalJSON returns the canonical form: members in a fixed order, what is empty left
// out, instants in RFC 3339 in UTC. [Blocker.UnmarshalJSON] gives an equal blocker back.
func (b Blocker) MarshalJSON() ([]byte, error) { return wire.Marshal(&b) }

// UnmarshalJSON reads a blocker, as strictly as [ParseRecord] reads a record; id, kind
// and raised are needed.
func (b *Blocker) UnmarshalJSON(data []byte) error { return wire.Unmarshal(data, maxRecordBytes, b) }
