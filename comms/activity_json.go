package comms

import (
	"github.com/go-json-experiment/json"

	"github.com/coselling/coselling/internal/strictjson"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// factLimits bound one activity or person. The largest activity that a log takes has
// a thousand ids of 998 bytes in each of two lists, all escaped.
func factLimits() strictjson.Limits {
	return strictjson.Limits{Bytes: 16 << 20, Depth: 4, Items: maxList}
}

// activityWire is the JSON form; what is empty is left out.
type activityWire struct {
	ID      *string    `json:"id"`
	Kind    *string    `json:"kind"`
	At      *string    `json:"at"`
	End     string     `json:"end,omitempty"`
	Side    *string    `json:"side"`
	From    string     `json:"from,omitempty"`
	To      []string   `json:"to,omitempty"`
	Subject string     `json:"subject,omitempty"`
	Refs    []string   `json:"refs,omitempty"`
	About   []string   `json:"about,omitempty"`
	Purpose string     `json:"purpose,omitempty"`
	Covers  []string   `json:"covers,omitempty"`
	Shared  bool       `json:"shared,omitzero"`
	Offer   *offerWire `json:"offer,omitempty"`
}

type offerWire struct {
	Item     string       `json:"item,omitempty"`
	Quantity int          `json:"quantity,omitzero"`
	Months   int          `json:"months,omitzero"`
	Price    *value.Money `json:"price,omitempty"`
}

// MarshalJSON returns the canonical form: members in a fixed order, lists in theirs,
// what is empty left out, instants in RFC 3339 in UTC. [Activity.UnmarshalJSON] gives
// an equal activity back.
func (a Activity) MarshalJSON() ([]byte, error) {
	w := activityWire{
		ID: &a.ID, Kind: new(a.Kind.String()), At: new(strictjson.InstantText(a.At)), End: strictjson.InstantText(a.End),
		Side: new(a.Side.String()), From: a.From, To: a.To, Subject: a.Subject, Refs: a.Refs, About: a.About,
		Purpose: a.Purpose.String(), Shared: a.Shared,
	}
	for _, part := range a.Covers {
		w.Covers = append(w.Covers, part.String())
	}
	if a.Offer != (Offer{}) {
		w.Offer = &offerWire{a.Offer.Item, a.Offer.Quantity, a.Offer.Months, strictjson.Or(a.Offer.Price)}
	}
	return json.Marshal(w)
}

// UnmarshalJSON reads an activity. It is strict: id, kind, at and side are needed, an
// unknown, repeated or wrongly cased member, an unknown name of a closed enumeration
// and what is no instant are refused, and so are lists of more than 1000. Whether the
// activity has what its kind asks for says [Tracker.Add].
func (a *Activity) UnmarshalJSON(data []byte) error {
	var w activityWire
	if err := strictjson.Decode(data, &w, factLimits()); err != nil {
		return err
	}
	var problems value.Errors
	read := Activity{ID: *w.ID, From: w.From, To: w.To, Subject: w.Subject, Refs: w.Refs, About: w.About, Shared: w.Shared}
	strictjson.Needed(&problems, "kind", *w.Kind, &read.Kind, ParseKind)
	strictjson.Needed(&problems, "at", *w.At, &read.At, strictjson.ParseInstant)
	strictjson.Optional(&problems, "end", w.End, &read.End, strictjson.ParseInstant)
	strictjson.Needed(&problems, "side", *w.Side, &read.Side, model.ParseSide)
	strictjson.Optional(&problems, "purpose", w.Purpose, &read.Purpose, ParsePurpose)
	for i, text := range w.Covers {
		var part Part
		strictjson.Needed(&problems, value.Index("covers", i), text, &part, ParsePart)
		read.Covers = append(read.Covers, part)
	}
	if w.Offer != nil {
		read.Offer = Offer{w.Offer.Item, w.Offer.Quantity, w.Offer.Months, strictjson.Of(w.Offer.Price)}
	}
	if err := problems.Err(); err != nil {
		return err
	}
	*a = read
	return nil
}
