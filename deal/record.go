package deal

import (
	"time"

	"github.com/coselling/coselling/comms"
	"github.com/coselling/coselling/escalation"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/registration"
	"github.com/coselling/coselling/stage"
)

// Record is what happened on a deal, as a CRM knows it: dated facts, in any order. Nil
// lists are nothing known; an importer fills what it has. Nothing in it is trusted to
// be complete: the Missing of a view says what a part of the answer needs. Facts that lie
// after the instant of a question are ignored, but for planned meetings.
//
// The lists are sets. Their order does not count, and an equal fact counts once. Where
// facts of one instant follow one another, the order is a fixed one: what is recorded
// comes before the move that it is evidence for, tasks before the stage that they belong
// to is left.
//
// A fact has a name, which [NameOf] makes and which findings give. A fact that cannot be
// named makes the record malformed, and so does what no document can hold: see
// [Record.Check], which also has the limits. All else that is wrong with a fact is
// reported with the answer, and the rest of the answer stands.
type Record struct {
	// moves, tasks done, changes of model: [stage.Progress.History] as it stands, or made from the CRM's; at most 10,000
	Events []stage.Event `json:"events,omitzero" wire:"..10000"`
	// what gates read: proposals, approvals, contracts; registrations and meetings are derived from Claims and Activities; at most 1,000
	Facts []stage.Fact `json:"facts,omitzero" wire:"..1000"`
	// mails, meetings, calls, notes, questions, quotes; at most 100,000
	Activities []comms.Activity `json:"activities,omitzero" wire:"..100000"`
	// the claims that register the deal, and those beside them; at most 1,000
	Claims []registration.Claim `json:"claims,omitzero" wire:"..1000"`
	// what stopped the deal, and what was done about it; at most 1,000
	Blockers []Blocker `json:"blockers,omitzero" wire:"..1000"`
}

// Blocker is something that stopped a deal, as a person raised it. ID, Kind and Raised
// name it and are needed; without By nobody knows who raised it, and its case is reported
// as missing.
type Blocker struct {
	ID           string             `json:"id" wire:"needed,1..256"` // unique in the record; 1 to 256 bytes
	Kind         escalation.Kind    `json:"kind" wire:"needed,1..256"`
	Raised       time.Time          `json:"raised" wire:"needed,set"`
	By           model.Person       `json:"by,omitzero"`                 // who raised it
	Note         string             `json:"note,omitzero" wire:"..1000"` // at most 1,000 bytes; may be empty
	Internal     bool               `json:"internal,omitzero"`           // whether each note is for the side of who wrote it alone
	Acknowledged []escalation.Event `json:"acknowledged,omitzero"`       // who responded; nil: nobody yet
	Resolved     escalation.Event   `json:"resolved,omitzero"`           // zero: not yet
}
