package deal

import (
	"slices"
	"strconv"

	"github.com/coselling/coselling/comms"
	"github.com/coselling/coselling/escalation"
	"github.com/coselling/coselling/internal/wire"
	"github.com/coselling/coselling/registration"
	"github.com/coselling/coselling/stage"
	"github.com/coselling/coselling/value"
)

// Change is one thing that happened to a deal, as a program stores it, tries it or is asked for it. Exactly one
// member is set, and nothing is unfilled; the zero value is refused. [Change.Apply] returns the facts with the change.
// Slices stay the caller's.
type Change struct {
	Event stage.Event  `json:"event,omitzero"` // of the playbook: a move, a task done, a change of model
	Facts []stage.Fact `json:"facts,omitzero"` // that gates read; 1 to 1,000, all taken or none
	// a mail, a meeting, a call or another activity
	Activity comms.Activity `json:"activity,omitzero"`
	// a new claim, or a known one with more events
	Claim      registration.Claim `json:"claim,omitzero"`
	ClaimEvent ClaimEvent         `json:"claim_event,omitzero"` // an event of a known claim
	Blocker    Blocker            `json:"blocker,omitzero"`     // a new blocker
	// a response to a known blocker, or its end
	BlockerEvent BlockerEvent `json:"blocker_event,omitzero"`
	Edit         Edit         `json:"edit,omitzero"` // of the facts of the deal as a whole
	// paths inside the change that a person has still to fill; a change with any is refused, so who fills a place
	// takes it off the list
	Unfilled []string `json:"unfilled,omitzero"`
}

// ClaimEvent is one step that somebody took with a claim of the record.
type ClaimEvent struct {
	Claim string `json:"claim" wire:"needed,1..128"` // the id of the claim
	registration.Event
}

// BlockerEvent is an act of a person on a blocker of the record.
type BlockerEvent struct {
	Blocker string         `json:"blocker" wire:"needed,1..256"` // the id of the blocker
	Act     escalation.Act `json:"act" wire:"needed,set"`        // acknowledged or resolved; any other is refused
	escalation.Event
}

// Edit changes the facts of a deal as a whole, its people and its team among them. Each member of Deal that is
// not empty replaces that member of the deal, the whole list or object; none is needed. An id must be that of
// the deal.
type Edit struct {
	Deal  Deal     `json:",inline" wire:"optional"`
	Clear []string `json:"clear,omitzero" wire:"unique,each=1..256"` // the members that become empty, such as agreed
}

// ParseChange reads the JSON form of a change, at most 8 MiB. It is as strict as [Parse]: it reports all problems
// at once, each with its path below "change", and those of [Change.Check]. Inside a member, what is needed in a
// record is needed here; an edit needs no member of a deal.
func ParseChange(data []byte) (Change, error) {
	var c Change
	err := c.UnmarshalJSON(data)
	return c, value.Below("change", err)
}

// UnmarshalJSON is [ParseChange] for a change inside another document. The paths of its errors begin inside the
// change.
func (c *Change) UnmarshalJSON(data []byte) error {
	return wire.Document(data, maxDealBytes, c, Change.rules)
}

// MarshalJSON returns the canonical form: the one member that is set, its members in a fixed order, empty ones
// left out, instants in RFC 3339 in UTC. The problems of [Change.Check] are errors.
func (c Change) MarshalJSON() ([]byte, error) {
	if err := c.Check(); err != nil {
		return nil, err
	}
	return wire.Marshal(&c)
}

// Check returns the problems, up to a hundred, that make a change malformed: no member or several ones
// (change.members); those of [Record.Check] for a fact; an act on a blocker other than acknowledged and resolved
// (change.act); a place that is not filled (change.unfilled); a member to be cleared that a deal does not have, or
// that the edit sets (change.clear). An edit is checked with its deal, by [Change.Apply].
func (c Change) Check() error { return wire.CheckAll(&c, Change.rules) }

func (c Change) rules() error {
	var problems value.Errors
	if set := c.members(); len(set) != 1 {
		problems.Refuse("", "change.members", strconv.Itoa(len(set))+" members",
			"are set; a change is one thing, so exactly one member is set")
	}
	if act := c.BlockerEvent.Act; act != 0 && act != escalation.Acknowledged && act != escalation.Resolved {
		problems.Add("blocker_event.act", value.Known("change.act", act.String(),
			[]string{escalation.Acknowledged.String(), escalation.Resolved.String()}))
	}
	for i, path := range c.Unfilled {
		problems.Refuse(value.Index("unfilled", i), "change.unfilled", value.Quote(path),
			"waits for a person; fill it and take it off this list")
	}
	set := wire.Present(&c.Edit)
	for i, name := range c.Edit.Clear {
		problem := ""
		switch {
		case slices.Contains(set, name):
			problem = "is set by this edit; clear it or set it"
		case !wire.Clear(new(Deal), name):
			problem = "is no member that a deal can do without"
		default:
			continue
		}
		problems.Refuse(value.Index("edit.clear", i), "change.clear", value.Quote(name), problem)
	}
	return problems.Err()
}

// members returns the names of the members that are set.
func (c Change) members() []string {
	return slices.DeleteFunc(wire.Present(&c), func(name string) bool {
		return name == "unfilled" || name == "edit" && c.Edit.IsZero() // with empty lists it says nothing
	})
}

// IsZero reports whether the edit changes nothing.
func (e Edit) IsZero() bool { return len(wire.Present(&e)) == 0 }
