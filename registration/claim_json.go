package registration

import (
	"github.com/go-json-experiment/json"

	"github.com/coselling/coselling/internal/strictjson"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/registration/matching"
	"github.com/coselling/coselling/value"
)

const (
	maxClaimBytes = 8 << 20 // above what any claim has that [Rules.Import] takes
	maxClaimDepth = 8
)

// claimWire is the JSON form of a claim; what is empty is left out.
type claimWire struct {
	ID        *string        `json:"id"`
	Claimant  *model.Party   `json:"claimant"`
	Filing    *filingWire    `json:"filing"`
	Key       *matching.Key  `json:"key,omitempty"`
	Submitted *string        `json:"submitted"`
	Exception *exceptionWire `json:"exception,omitempty"`
	Events    []eventWire    `json:"events,omitempty"`
}

type filingWire struct {
	Key      *string           `json:"key"`
	Account  *matching.Account `json:"account"`
	With     *model.Party      `json:"with,omitempty"`
	Products []Product         `json:"products,omitempty"`
	Regions  []Region          `json:"regions,omitempty"`
	By       *string           `json:"by"`
}

type exceptionWire struct {
	By     *model.Person `json:"by"`
	Reason *string       `json:"reason"`
}

type eventWire struct {
	Do       *string       `json:"do"`
	By       *model.Person `json:"by"`
	At       *string       `json:"at"`
	Reason   string        `json:"reason,omitempty"`
	Progress string        `json:"progress,omitempty"`
}

// MarshalJSON returns the canonical form: members in a fixed order, what is empty left
// out, instants in UTC. [Claim.UnmarshalJSON] gives an equal claim back.
func (c Claim) MarshalJSON() ([]byte, error) {
	w := claimWire{ID: &c.ID, Claimant: &c.Claimant, Submitted: new(strictjson.InstantText(c.Submitted))}
	w.Filing = &filingWire{Key: &c.Filing.Key, Account: &c.Filing.Account, Products: c.Filing.Scope.Products, Regions: c.Filing.Scope.Regions, By: &c.Filing.By}
	w.Filing.With = strictjson.Or(c.Filing.With)
	if c.Key.Decides() {
		w.Key = &c.Key
	}
	if c.Exception != nil {
		w.Exception = &exceptionWire{By: &c.Exception.By, Reason: &c.Exception.Reason}
	}
	for _, e := range c.Events {
		w.Events = append(w.Events, eventOut(e))
	}
	return json.Marshal(w)
}

func eventOut(e Event) eventWire {
	return eventWire{new(e.Do.String()), &e.By, new(strictjson.InstantText(e.At)), e.Reason, strictjson.InstantText(e.Progress)}
}

// UnmarshalJSON reads a claim, at most 8 MiB and 8 levels deep. It is strict: an
// unknown, repeated or missing member and what is no instant are refused. Whether the
// claim makes sense says [Rules.Import].
func (c *Claim) UnmarshalJSON(data []byte) error {
	var w claimWire
	if err := strictjson.Decode(data, &w, strictjson.Limits{Bytes: maxClaimBytes, Depth: maxClaimDepth}); err != nil {
		return err
	}
	var problems value.Errors
	read := Claim{ID: *w.ID, Claimant: *w.Claimant, Key: strictjson.Of(w.Key)}
	strictjson.Needed(&problems, "submitted", *w.Submitted, &read.Submitted, strictjson.ParseInstant)
	read.Filing = Filing{
		Key: *w.Filing.Key, Account: *w.Filing.Account, With: strictjson.Of(w.Filing.With),
		Scope: Scope{w.Filing.Products, w.Filing.Regions}, By: *w.Filing.By,
	}
	if w.Exception != nil {
		read.Exception = &Exception{By: *w.Exception.By, Reason: *w.Exception.Reason}
	}
	for i, e := range w.Events {
		read.Events = append(read.Events, e.event(&problems, value.Index("events", i)))
	}
	if err := problems.Err(); err != nil {
		return err
	}
	*c = read
	return nil
}

func (w eventWire) event(problems *value.Errors, path string) Event {
	e := Event{By: *w.By, Reason: w.Reason}
	strictjson.Needed(problems, path+".do", *w.Do, &e.Do, ParseAction)
	strictjson.Needed(problems, path+".at", *w.At, &e.At, strictjson.ParseInstant)
	strictjson.Optional(problems, path+".progress", w.Progress, &e.Progress, strictjson.ParseInstant)
	return e
}
