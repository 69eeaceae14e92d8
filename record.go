package coselling

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
// be complete: what a part of the answer lacks is told by [View.Missing].
type Record struct {
	Events     []stage.Event        // moves, tasks done, changes of model: [stage.Progress.History] as it stands, or made from the CRM's
	Facts      []stage.Fact         // what gates read: proposals, approvals, contracts; registrations and meetings are derived from Claims and Activities
	Activities []comms.Activity     // mails, meetings, calls, notes, questions, quotes
	Claims     []registration.Claim // the claim that registers the deal, and those beside it
	Blockers   []Blocker            // what stopped the deal, and what was done about it
}

// Blocker is something that stopped a deal, as a person raised it.
type Blocker struct {
	ID           string // unique in the record; 1 to 256 bytes
	Kind         escalation.Kind
	Raised       time.Time
	By           model.Person       // who raised it; needed
	Note         string             // at most 1,000 bytes; may be empty
	Internal     bool               // whether the notes are for the side of By alone
	Acknowledged []escalation.Event // who responded; nil: nobody yet
	Resolved     escalation.Event   // zero: not yet
}

func (r Record) Check() error { return nil }
