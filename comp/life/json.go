package life

import (
	"github.com/coselling/coselling/internal/wire"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

const maxBytes = 128 << 20

// recordForm is the JSON form of a [Record]: what happened, in order. Everything else follows from it.
type recordForm struct {
	Events []Event `json:"events" wire:"needed,..200000,code=life.events"` // none is before the one that it follows
}

// Parse reads the JSON form of a record, at most 128 MiB, with the workplaces of [New]. It is strict: unknown, repeated
// and missing members are refused, all at once, each with its path. It replays the events: one that [Record.Add] would
// refuse, by an error or a decision (life.refused), is an error, and no later one is judged. Paths begin with life.
func Parse(data []byte, places map[model.Party]value.Workplace) (*Record, error) {
	r := New(places)
	if err := r.UnmarshalJSON(data); err != nil {
		return nil, value.Below("life", err)
	}
	return r, nil
}

// UnmarshalJSON is [Parse] inside another document, with the workplaces of r and paths that begin inside the record.
// With an error r is unchanged.
func (r *Record) UnmarshalJSON(data []byte) error {
	form, err := wire.Read[recordForm](data, maxBytes)
	if err != nil {
		return err
	}
	read := Record{}
	if r != nil {
		read.places = r.places
	}
	for i, e := range form.Events {
		d, err := read.add(e)
		if err == nil && !d.Accepted {
			err = value.NewError("life.refused", value.Quote(e.Do.String()),
				"is an event that the rules refuse here: "+d.Reasons[0].String())
		}
		if err != nil {
			return value.Below(value.Index("events", i), err)
		}
	}
	return wire.Store(r, read, nil)
}

// AppendJSON appends what [Record.MarshalJSON] returns.
func (r *Record) AppendJSON(b []byte) ([]byte, error) {
	if r == nil {
		return append(b, "null"...), nil
	}
	return wire.Append(b, &recordForm{r.events})
}

// MarshalJSON returns the canonical form, which [Parse] reads back: the bytes of a record that never stopped.
func (r *Record) MarshalJSON() ([]byte, error) { return r.AppendJSON(nil) }

// MarshalJSON returns all that the snapshot holds. Nothing reads this form back.
func (s Snapshot) MarshalJSON() ([]byte, error) { return wire.Marshal(&s) }

// MarshalJSON returns the canonical form of an event, as a record writes it.
func (e Event) MarshalJSON() ([]byte, error) { return wire.Marshal(&e) }

// UnmarshalJSON reads an event strictly, at most 128 MiB, with all problems of its form; [Record.Add] judges it.
func (e *Event) UnmarshalJSON(data []byte) error {
	return wire.Document(data, maxBytes, e, Event.rules)
}
