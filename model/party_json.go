package model

import (
	"time"

	"github.com/go-json-experiment/json"

	"github.com/coselling/coselling/internal/strictjson"
	"github.com/coselling/coselling/value"
)

// factLimits bound one fact of this package.
func factLimits() strictjson.Limits { return strictjson.Limits{Bytes: 4 << 20, Depth: 6} }

type partyWire struct {
	Side *string `json:"side"`
	Org  *string `json:"org"`
}

// MarshalJSON returns {"side":"partner","org":"acme"}. [Party.UnmarshalJSON] gives an
// equal party back, but refuses one without a side.
func (p Party) MarshalJSON() ([]byte, error) {
	return json.Marshal(partyWire{new(p.Side.String()), &p.Org})
}

// UnmarshalJSON reads a party. It is strict: both members are needed, an unknown,
// repeated or wrongly cased one is refused, and so is a side that [ParseSide] does not
// know. Whether the organisation is named says [Party.Check].
func (p *Party) UnmarshalJSON(data []byte) error {
	var w partyWire
	if err := strictjson.Decode(data, &w, factLimits()); err != nil {
		return err
	}
	side, err := ParseSide(*w.Side)
	if err != nil {
		return value.In("side", err)
	}
	*p = Party{side, *w.Org}
	return nil
}

type personWire struct {
	Name  *string `json:"name"`
	Party *Party  `json:"party"`
}

// MarshalJSON returns {"name":"ana","party":{"side":"partner","org":"acme"}}.
// [Person.UnmarshalJSON] gives an equal person back, but refuses one without a side.
func (p Person) MarshalJSON() ([]byte, error) { return json.Marshal(personWire{&p.Name, &p.Party}) }

// UnmarshalJSON reads a person, as strictly as [Party.UnmarshalJSON] reads a party.
func (p *Person) UnmarshalJSON(data []byte) error {
	var w personWire
	if err := strictjson.Decode(data, &w, factLimits()); err != nil {
		return err
	}
	*p = Person{*w.Name, *w.Party}
	return nil
}

type consentWire struct {
	By *Person `json:"by"`
	At *string `json:"at"`
}

// MarshalJSON returns who consented and when, in RFC 3339 in UTC.
// [Consent.UnmarshalJSON] gives an equal consent back.
func (c Consent) MarshalJSON() ([]byte, error) {
	return json.Marshal(consentWire{&c.By, new(strictjson.InstantText(c.At))})
}

// UnmarshalJSON reads a consent, as strictly as [Party.UnmarshalJSON] reads a party. The
// instant is RFC 3339 with a zone.
func (c *Consent) UnmarshalJSON(data []byte) error {
	var w consentWire
	if err := strictjson.Decode(data, &w, factLimits()); err != nil {
		return err
	}
	var problems value.Errors
	var at time.Time
	strictjson.Needed(&problems, "at", *w.At, &at, strictjson.ParseInstant)
	if err := problems.Err(); err != nil {
		return err
	}
	*c = Consent{*w.By, at}
	return nil
}
