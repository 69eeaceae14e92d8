package registration

import (
	"time"

	"github.com/go-json-experiment/json"

	"github.com/coselling/coselling/internal/strictjson"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/registration/matching"
	"github.com/coselling/coselling/value"
)

const (
	maxClaimBytes = 1 << 20
	maxClaimDepth = 8
)

// claimWire is the JSON form of a claim; what is empty is left out.
type claimWire struct {
	ID        *string        `json:"id"`
	Claimant  *model.Party   `json:"claimant"`
	Filing    *filingWire    `json:"filing"`
	Key       *matching.Key  `json:"key,omitempty"`
	Submitted *time.Time     `json:"submitted"`
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
	At       *time.Time    `json:"at"`
	Reason   *string       `json:"reason,omitempty"`
	Progress *time.Time    `json:"progress,omitempty"`
}

// MarshalJSON returns the canonical form: members in a fixed order, what is empty left
// out, instants in UTC. [Claim.UnmarshalJSON] gives an equal claim back.
func (c Claim) MarshalJSON() ([]byte, error) {
	w := claimWire{ID: &c.ID, Claimant: &c.Claimant, Submitted: new(c.Submitted.UTC())}
	w.Filing = &filingWire{Key: &c.Filing.Key, Account: &c.Filing.Account, Products: c.Filing.Scope.Products, Regions: c.Filing.Scope.Regions, By: &c.Filing.By}
	if !c.Filing.With.IsZero() {
		w.Filing.With = &c.Filing.With
	}
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
	w := eventWire{Do: new(e.Do.String()), By: &e.By, At: new(e.At.UTC())}
	if e.Reason != "" {
		w.Reason = new(e.Reason)
	}
	if !e.Progress.IsZero() {
		w.Progress = new(e.Progress.UTC())
	}
	return w
}

// UnmarshalJSON reads a claim, at most 1 MiB and 8 levels deep. It is strict: an
// unknown, repeated or missing member is refused. Whether the claim makes sense says
// [Rules.Import].
func (c *Claim) UnmarshalJSON(data []byte) error {
	var w claimWire
	if err := strictjson.Decode(data, &w, strictjson.Limits{Bytes: maxClaimBytes, Depth: maxClaimDepth}); err != nil {
		return err
	}
	var problems value.Errors
	read := Claim{ID: *w.ID, Claimant: *w.Claimant, Submitted: w.Submitted.UTC()}
	read.Filing = Filing{Key: *w.Filing.Key, Account: *w.Filing.Account, Scope: Scope{w.Filing.Products, w.Filing.Regions}, By: *w.Filing.By}
	if w.Filing.With != nil {
		read.Filing.With = *w.Filing.With
	}
	if w.Key != nil {
		read.Key = *w.Key
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
	do, err := ParseAction(*w.Do)
	problems.Add(path+".do", err)
	e := Event{Do: do, By: *w.By, At: w.At.UTC()}
	if w.Reason != nil {
		e.Reason = *w.Reason
	}
	if w.Progress != nil {
		e.Progress = w.Progress.UTC()
	}
	return e
}
