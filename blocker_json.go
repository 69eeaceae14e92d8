package coselling

import (
	"github.com/go-json-experiment/json"

	"github.com/coselling/coselling/escalation"
	"github.com/coselling/coselling/internal/strictjson"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// blockerWire is the JSON form; what is empty is left out.
type blockerWire struct {
	ID           *string            `json:"id"`
	Kind         *escalation.Kind   `json:"kind"`
	Raised       *string            `json:"raised"`
	By           *model.Person      `json:"by,omitempty"`
	Note         string             `json:"note,omitempty"`
	Internal     bool               `json:"internal,omitzero"`
	Acknowledged []escalation.Event `json:"acknowledged,omitempty"`
	Resolved     *escalation.Event  `json:"resolved,omitempty"`
}

// MarshalJSON returns the canonical form: members in a fixed order, what is empty left
// out, instants in RFC 3339 in UTC. [Blocker.UnmarshalJSON] gives an equal blocker back.
func (b Blocker) MarshalJSON() ([]byte, error) {
	return json.Marshal(blockerWire{
		&b.ID, &b.Kind, new(strictjson.InstantText(b.Raised)), strictjson.Or(b.By), b.Note, b.Internal, b.Acknowledged, strictjson.Or(b.Resolved),
	})
}

// UnmarshalJSON reads a blocker, as strictly as [ParseRecord] reads a record; id, kind
// and raised are needed.
func (b *Blocker) UnmarshalJSON(data []byte) error {
	var w blockerWire
	if err := strictjson.Decode(data, &w, strictjson.Limits{Bytes: maxRecordBytes, Depth: maxRecordDepth, Items: maxList}); err != nil {
		return err
	}
	var problems value.Errors
	read := Blocker{
		ID: *w.ID, Kind: *w.Kind, By: strictjson.Of(w.By), Note: w.Note, Internal: w.Internal,
		Acknowledged: w.Acknowledged, Resolved: strictjson.Of(w.Resolved),
	}
	strictjson.Needed(&problems, "raised", *w.Raised, &read.Raised, strictjson.ParseInstant)
	if err := problems.Err(); err != nil {
		return err
	}
	*b = read
	return nil
}
