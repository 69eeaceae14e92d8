package escalation

import (
	"github.com/go-json-experiment/json"

	"github.com/coselling/coselling/internal/strictjson"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

const maxEventBytes = 1 << 20

// eventWire is the JSON form; what is empty is left out.
type eventWire struct {
	At   *string       `json:"at"`
	By   *model.Person `json:"by,omitempty"`
	Note string        `json:"note,omitempty"`
}

// MarshalJSON returns the canonical form: members in a fixed order, what is empty left
// out, the instant in RFC 3339 in UTC. [Event.UnmarshalJSON] gives an equal event back.
func (e Event) MarshalJSON() ([]byte, error) {
	return json.Marshal(eventWire{new(strictjson.InstantText(e.At)), strictjson.Or(e.By), e.Note})
}

// UnmarshalJSON reads an event. It is strict: at is needed, an unknown, repeated or
// wrongly cased member and what is no instant are refused. Whether the event fits its
// case say [Routes.Acknowledge] and [Routes.Resolve].
func (e *Event) UnmarshalJSON(data []byte) error {
	var w eventWire
	if err := strictjson.Decode(data, &w, strictjson.Limits{Bytes: maxEventBytes, Depth: maxDocumentDepth}); err != nil {
		return err
	}
	var problems value.Errors
	read := Event{By: strictjson.Of(w.By), Note: w.Note}
	strictjson.Needed(&problems, "at", *w.At, &read.At, strictjson.ParseInstant)
	if err := problems.Err(); err != nil {
		return err
	}
	*e = read
	return nil
}
