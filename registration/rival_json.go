package registration

import (
	"time"

	"github.com/coselling/coselling/internal/wire"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/registration/matching"
	"github.com/coselling/coselling/value"
)

// rivalWire is the form of a [Rival]; what is empty is left out.
type rivalWire struct {
	// its id
	Claim    string            `json:"claim"`
	Claimant model.Party       `json:"claimant"`
	Status   Status            `json:"status"`
	Until    time.Time         `json:"until,omitzero"`
	Scope    Scope             `json:"scope"`
	Relation matching.Relation `json:"relation"`
	// why it is the same account
	Evidence []value.Reason `json:"evidence,omitzero"`
}

// MarshalJSON returns whose claim it is, how it stands, and why it is the same account:
// members in a fixed order, what is empty left out, instants in RFC 3339 in UTC. The form
// is for readers; nothing reads it back.
func (r Rival) MarshalJSON() ([]byte, error) { return r.AppendJSON(nil) }

// AppendJSON appends what [Rival.MarshalJSON] returns.
func (r Rival) AppendJSON(b []byte) ([]byte, error) {
	s := &r.Standing
	return wire.Append(b, &rivalWire{s.Claim.ID, s.Claim.Claimant, s.Status, s.Until, r.Scope, r.Match.Relation, r.Match.Evidence})
}
