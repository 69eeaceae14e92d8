package comp

import (
	"github.com/go-json-experiment/json"

	"github.com/coselling/coselling/internal/strictjson"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// bookingLimits bound a booking, and a payee: a thousand payees with a hundred
// contributions each, of ids of 256 bytes.
func bookingLimits() strictjson.Limits {
	return strictjson.Limits{Bytes: 32 << 20, Depth: 6, Items: maxPayees}
}

// payeeWire is the JSON form; what is empty is left out.
type payeeWire struct {
	Rep             *string        `json:"rep"`
	Party           *model.Party   `json:"party,omitempty"`
	Role            string         `json:"role,omitempty"`
	Contribution    Contribution   `json:"contribution,omitempty"`
	AlsoContributed []Contribution `json:"also_contributed,omitempty"`
	Rate            string         `json:"rate,omitempty"`
	Table           TableID        `json:"table,omitempty"`
	Share           string         `json:"share,omitempty"`
}

// MarshalJSON returns the canonical form: members in a fixed order, what is empty left
// out, a rate and a share of nought included. [Payee.UnmarshalJSON] gives an equal
// payee back.
func (p Payee) MarshalJSON() ([]byte, error) {
	return json.Marshal(payeeWire{
		&p.Rep, strictjson.Or(p.Party), p.Role.String(), p.Contribution, p.AlsoContributed, percentOr(p.Rate), p.Table, percentOr(p.Share),
	})
}

// percentOr writes a percentage, and nothing for nought.
func percentOr(p value.Percent) string {
	if p.IsZero() {
		return ""
	}
	return p.String()
}

// UnmarshalJSON reads a payee. It is strict: rep is needed, an unknown, repeated or
// wrongly cased member, an unknown role and what is no percentage are refused. Whether
// the payee can be credited says [Plan.Statement].
func (p *Payee) UnmarshalJSON(data []byte) error {
	var w payeeWire
	if err := strictjson.Decode(data, &w, bookingLimits()); err != nil {
		return err
	}
	var problems value.Errors
	read := Payee{Rep: *w.Rep, Party: strictjson.Of(w.Party), Contribution: w.Contribution, AlsoContributed: w.AlsoContributed, Table: w.Table}
	strictjson.Optional(&problems, "role", w.Role, &read.Role, ParseRole)
	strictjson.Optional(&problems, "rate", w.Rate, &read.Rate, value.ParsePercent)
	strictjson.Optional(&problems, "share", w.Share, &read.Share, value.ParsePercent)
	if err := problems.Err(); err != nil {
		return err
	}
	*p = read
	return nil
}
