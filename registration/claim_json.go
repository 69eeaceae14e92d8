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
	maxClaimBytes = 8 << 20 // above what any claim has that [Rules.Import] takes
	maxClaimDepth = 8
)

// claimWire is the JSON form of a claim; what is empty is left out.
type claimWire struct {
	ID        *string        `json:"id"`
	Claimant  *partyWire     `json:"claimant"`
	Filing    *filingWire    `json:"filing"`
	Key       *matching.Key  `json:"key,omitempty"`
	Submitted *time.Time     `json:"submitted"`
	Exception *exceptionWire `json:"exception,omitempty"`
	Events    []eventWire    `json:"events,omitempty"`
}

type partyWire struct {
	Side *string `json:"side"`
	Org  *string `json:"org"`
}

type personWire struct {
	Name  *string    `json:"name"`
	Party *partyWire `json:"party"`
}

type filingWire struct {
	Key      *string           `json:"key"`
	Account  *matching.Account `json:"account"`
	With     *partyWire        `json:"with,omitempty"`
	Products []Product         `json:"products,omitempty"`
	Regions  []Region          `json:"regions,omitempty"`
	By       *string           `json:"by"`
}

type exceptionWire struct {
	By     *personWire `json:"by"`
	Reason *string     `json:"reason"`
}

type eventWire struct {
	Do       *string     `json:"do"`
	By       *personWire `json:"by"`
	At       *time.Time  `json:"at"`
	Reason   *string     `json:"reason,omitempty"`
	Progress *time.Time  `json:"progress,omitempty"`
}

// MarshalJSON returns the canonical form: members in a fixed order, what is empty left
// out, instants in UTC. [Claim.UnmarshalJSON] gives an equal claim back.
func (c Claim) MarshalJSON() ([]byte, error) {
	w := claimWire{ID: &c.ID, Claimant: partyOut(c.Claimant), Submitted: new(c.Submitted.UTC())}
	w.Filing = &filingWire{Key: &c.Filing.Key, Account: &c.Filing.Account, Products: c.Filing.Scope.Products, Regions: c.Filing.Scope.Regions, By: &c.Filing.By}
	if !c.Filing.With.IsZero() {
		w.Filing.With = partyOut(c.Filing.With)
	}
	if c.Key.Decides() {
		w.Key = &c.Key
	}
	if c.Exception != nil {
		w.Exception = &exceptionWire{By: personOut(c.Exception.By), Reason: &c.Exception.Reason}
	}
	for _, e := range c.Events {
		w.Events = append(w.Events, eventOut(e))
	}
	return json.Marshal(w)
}

func partyOut(p model.Party) *partyWire { return &partyWire{new(p.Side.String()), new(p.Org)} }

func personOut(p model.Person) *personWire { return &personWire{new(p.Name), partyOut(p.Party)} }

func eventOut(e Event) eventWire {
	w := eventWire{Do: new(e.Do.String()), By: personOut(e.By), At: new(e.At.UTC())}
	if e.Reason != "" {
		w.Reason = new(e.Reason)
	}
	if !e.Progress.IsZero() {
		w.Progress = new(e.Progress.UTC())
	}
	return w
}

// UnmarshalJSON reads a claim, at most 8 MiB and 8 levels deep. It is strict: an
// unknown, repeated or missing member is refused. Whether the claim makes sense says
// [Rules.Import].
func (c *Claim) UnmarshalJSON(data []byte) error {
	var w claimWire
	if err := strictjson.Decode(data, &w, strictjson.Limits{Bytes: maxClaimBytes, Depth: maxClaimDepth}); err != nil {
		return err
	}
	var problems value.Errors
	read := Claim{ID: *w.ID, Claimant: w.Claimant.party(&problems, "claimant"), Submitted: w.Submitted.UTC()}
	read.Filing = Filing{Key: *w.Filing.Key, Account: *w.Filing.Account, Scope: Scope{w.Filing.Products, w.Filing.Regions}, By: *w.Filing.By}
	if w.Filing.With != nil {
		read.Filing.With = w.Filing.With.party(&problems, "filing.with")
	}
	if w.Key != nil {
		read.Key = *w.Key
	}
	if w.Exception != nil {
		read.Exception = &Exception{By: w.Exception.By.person(&problems, "exception.by"), Reason: *w.Exception.Reason}
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

func (w partyWire) party(problems *value.Errors, path string) model.Party {
	side, err := model.ParseSide(*w.Side)
	problems.Add(path+".side", err)
	return model.Party{Side: side, Org: *w.Org}
}

func (w personWire) person(problems *value.Errors, path string) model.Person {
	return model.Person{Name: *w.Name, Party: w.Party.party(problems, path+".party")}
}

func (w eventWire) event(problems *value.Errors, path string) Event {
	do, err := ParseAction(*w.Do)
	problems.Add(path+".do", err)
	e := Event{Do: do, By: w.By.person(problems, path+".by"), At: w.At.UTC()}
	if w.Reason != nil {
		e.Reason = *w.Reason
	}
	if w.Progress != nil {
		e.Progress = w.Progress.UTC()
	}
	return e
}
