package stage

import (
	"github.com/go-json-experiment/json"

	"github.com/coselling/coselling/internal/strictjson"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// eventWire is the JSON form of an event, the move inside; what is empty is left out.
type eventWire struct {
	Verb       *string         `json:"verb"`
	At         *string         `json:"at"`
	By         *model.Person   `json:"by,omitempty"`
	To         Stage           `json:"to,omitempty"`
	Task       TaskID          `json:"task,omitempty"`
	Engagement string          `json:"engagement,omitempty"`
	Size       string          `json:"size,omitempty"`
	Reason     string          `json:"reason,omitempty"`
	Consents   []model.Consent `json:"consents,omitempty"`
	Evidence   []Fact          `json:"evidence,omitempty"`
	Overrides  []Override      `json:"overrides,omitempty"`
}

// MarshalJSON returns the canonical form: members in a fixed order, those of the move
// among them, what is empty left out, instants in RFC 3339 in UTC.
// [Event.UnmarshalJSON] gives an equal event back.
func (e Event) MarshalJSON() ([]byte, error) {
	return json.Marshal(eventWire{
		Verb: new(e.Verb.String()), At: new(strictjson.InstantText(e.At)), By: strictjson.Or(e.By), To: e.To, Task: e.Task,
		Engagement: e.Engagement.String(), Size: e.Size.String(), Reason: e.Reason,
		Consents: e.Consents, Evidence: e.Evidence, Overrides: e.Overrides,
	})
}

// UnmarshalJSON reads an event. It is strict: verb and at are needed, an unknown,
// repeated or wrongly cased member, an unknown name of a closed enumeration and what
// is no instant are refused. Whether the event has what its verb asks for says the
// verb, and [Rules.Replay].
func (e *Event) UnmarshalJSON(data []byte) error {
	var w eventWire
	if err := strictjson.Decode(data, &w, factLimits()); err != nil {
		return err
	}
	var problems value.Errors
	read := Event{Task: w.Task, Move: Move{
		To: w.To, By: strictjson.Of(w.By), Reason: w.Reason, Consents: w.Consents, Evidence: w.Evidence, Overrides: w.Overrides,
	}}
	strictjson.Needed(&problems, "verb", *w.Verb, &read.Verb, ParseVerb)
	strictjson.Needed(&problems, "at", *w.At, &read.At, strictjson.ParseInstant)
	strictjson.Optional(&problems, "engagement", w.Engagement, &read.Engagement, model.ParseEngagement)
	strictjson.Optional(&problems, "size", w.Size, &read.Size, model.ParsePlaybookSize)
	if err := problems.Err(); err != nil {
		return err
	}
	*e = read
	return nil
}

type overrideWire struct {
	Gate      *value.Code   `json:"gate"`
	By        *model.Person `json:"by"`
	At        *string       `json:"at"`
	Reason    string        `json:"reason,omitempty"`
	Escalated string        `json:"escalated,omitempty"`
}

// MarshalJSON returns the canonical form, as that of an [Event].
// [Override.UnmarshalJSON] gives an equal override back.
func (o Override) MarshalJSON() ([]byte, error) {
	return json.Marshal(overrideWire{&o.Gate, &o.By, new(strictjson.InstantText(o.At)), o.Reason, strictjson.InstantText(o.Escalated)})
}

// UnmarshalJSON reads an override, as strictly as [Event.UnmarshalJSON] reads an event;
// gate, by and at are needed.
func (o *Override) UnmarshalJSON(data []byte) error {
	var w overrideWire
	if err := strictjson.Decode(data, &w, factLimits()); err != nil {
		return err
	}
	var problems value.Errors
	read := Override{Gate: *w.Gate, By: *w.By, Reason: w.Reason}
	strictjson.Needed(&problems, "at", *w.At, &read.At, strictjson.ParseInstant)
	strictjson.Optional(&problems, "escalated", w.Escalated, &read.Escalated, strictjson.ParseInstant)
	if err := problems.Err(); err != nil {
		return err
	}
	*o = read
	return nil
}
