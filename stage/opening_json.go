package stage

import (
	"github.com/go-json-experiment/json"

	"github.com/coselling/coselling/internal/strictjson"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// openingWire is the JSON form; what is empty is left out.
type openingWire struct {
	Day        *string `json:"day"`
	Engagement string  `json:"engagement,omitempty"`
	Size       string  `json:"size,omitempty"`
	Stage      Stage   `json:"stage,omitempty"`
	At         string  `json:"at,omitempty"`
	From       string  `json:"from,omitempty"`
}

// MarshalJSON returns the canonical form: members in a fixed order, what is empty left
// out, the instant in RFC 3339 in UTC. [Opening.UnmarshalJSON] gives an equal opening
// back.
func (o Opening) MarshalJSON() ([]byte, error) {
	return json.Marshal(openingWire{
		Day: new(o.Day.String()), Engagement: o.Engagement.String(), Size: o.Size.String(),
		Stage: o.Stage, At: strictjson.InstantText(o.At), From: o.From,
	})
}

// UnmarshalJSON reads an opening. It is strict: day is needed, an unknown, repeated or
// wrongly cased member, an unknown name and what is no day or instant are refused.
// Whether a deal can enter so says [Rules.Open].
func (o *Opening) UnmarshalJSON(data []byte) error {
	var w openingWire
	if err := strictjson.Decode(data, &w, factLimits()); err != nil {
		return err
	}
	var problems value.Errors
	read := Opening{Stage: w.Stage, From: w.From}
	strictjson.Needed(&problems, "day", *w.Day, &read.Day, value.ParseDate)
	strictjson.Optional(&problems, "engagement", w.Engagement, &read.Engagement, model.ParseEngagement)
	strictjson.Optional(&problems, "size", w.Size, &read.Size, model.ParsePlaybookSize)
	strictjson.Optional(&problems, "at", w.At, &read.At, strictjson.ParseInstant)
	if err := problems.Err(); err != nil {
		return err
	}
	*o = read
	return nil
}
