package life

import (
	"slices"
	"time"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/internal/enum"
	"github.com/coselling/coselling/internal/wire"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// Verb names the effect of an event, and the status of a line or a dispute after it. The zero value is unset and
// refused.
type Verb uint8

// The verbs.
const (
	Named    Verb = 1 + iota // a party names its approvers, managers and terms
	Drafted                  // a run drafts lines, or drafts them anew
	Approved                 // an approver of the payer approves lines
	Paid                     // lines are paid: they never change again
	Disputed                 // a payee, or their manager, disputes a line or a missing one
	Accepted                 // an approver accepts a dispute, and names the correction
	Declined                 // an approver declines a dispute, with a reason
	Appealed                 // a payee, or their manager, appeals to another approver
)

var verbNames = enum.Of[Verb]("life.verb.unknown", "named", "drafted", "approved", "paid", "disputed", "accepted",
	"declined", "appealed")

// String returns the verb's name; "" for any other number.
func (v Verb) String() string { return verbNames.Name(v) }

// MarshalText returns what [Verb.String] returns; the error is always nil.
func (v Verb) MarshalText() ([]byte, error) { return []byte(v.String()), nil }

// UnmarshalText reads a verb's name, such as drafted; anything else is a life.verb.unknown error.
func (v *Verb) UnmarshalText(text []byte) error { return verbNames.Read(v, text) }

// Doubt is the reason of a dispute. A line is disputed once at most for each. The zero value is unset.
type Doubt uint8

// The doubts.
const (
	Credit      Doubt = 1 + iota // the credit is wrong
	Rate                         // the rate is wrong
	Amount                       // the commission is wrong
	MissingLine                  // a line that should be there is not
	OtherParty                   // the other party of the deal is credited or paid wrongly; both parties see it
)

var doubtNames = enum.Of[Doubt]("life.doubt.unknown", "credit", "rate", "amount", "missing", "other_party")

// String returns the doubt's name; "" for any other number.
func (d Doubt) String() string { return doubtNames.Name(d) }

// MarshalText returns what [Doubt.String] returns; the error is always nil.
func (d Doubt) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads a doubt's name, such as other_party; anything else is a life.doubt.unknown error.
func (d *Doubt) UnmarshalText(text []byte) error { return doubtNames.Read(d, text) }

// Event is one thing that happened to lines, or to the people who decide about them. Each verb has members of its
// own, and takes no others. A dispute is called by its line and its doubt. The zero value is refused; slices stay
// the caller's.
type Event struct {
	Do Verb      `json:"do" wire:"needed,set"`
	At time.Time `json:"at" wire:"needed,set"` // not before the last event of the record
	// the person; may be nobody where a program of the host names, drafts or pays
	By     model.Person  `json:"by,omitzero"`
	Staff  *Staff        `json:"staff,omitzero"`                       // of named
	Drafts []Line        `json:"drafts,omitzero" wire:"..10000"`       // of drafted, at least one
	Lines  []comp.LineID `json:"lines,omitzero" wire:"..10000,unique"` // of approved and paid, at least one
	Line   comp.LineID   `json:"line,omitzero"`                        // of a dispute
	Doubt  Doubt         `json:"doubt,omitzero"`                       // of a dispute
	// of a dispute about a missing line, in its place: the line as it should be, whose id is then the dispute's line
	Missing *Line `json:"missing,omitzero"`
	// of disputed: the right credit where that is doubted, else the right commission; of a missing line none
	Expects value.Money `json:"expects,omitzero"`
	// of disputed about the other party: that party, which sees the dispute
	Against model.Party `json:"against,omitzero"`
	// of accepted, and of drafted where it follows: the id of the correcting booking or policy correction
	Correction string `json:"correction,omitzero" wire:"..256"`
	// of a dispute, in the person's words; needed where it is declined; about the other party, that party reads it
	Note string `json:"note,omitzero" wire:"..1000"`
}

// members holds the members that an event of each verb needs, and those that it may have beside them.
var members = [...]struct{ needed, allowed []string }{
	Named:    {[]string{"staff"}, []string{"by"}},
	Drafted:  {[]string{"drafts"}, []string{"by", "correction"}},
	Approved: {[]string{"by", "lines"}, nil},
	Paid:     {[]string{"lines"}, []string{"by"}},
	Disputed: {[]string{"by", "doubt"}, []string{"line", "missing", "expects", "against", "note"}},
	Accepted: {[]string{"by", "line", "doubt", "correction"}, []string{"note"}},
	Declined: {[]string{"by", "line", "doubt", "note"}, nil},
	Appealed: {[]string{"by", "line", "doubt"}, []string{"note"}},
}

// check returns every problem of form of an event.
func (e *Event) check() error { return wire.CheckAll(e, Event.rules) }

// rules returns the problems that tags cannot express.
func (e Event) rules() error {
	var problems value.Errors
	if verbNames.Check(e.Do) != nil {
		return nil // the tags report it
	}
	e.checkMembers(&problems)
	if e.By != (model.Person{}) {
		problems.Add("by.party", e.By.Party.Check())
		if e.By.Name == "" || len(e.By.Name) > 256 {
			problems.Refuse("by.name", "life.by", value.Quote(e.By.Name), "is no name of a person of 1 to 256 bytes")
		}
	}
	if e.Staff != nil {
		problems.Add("staff", e.Staff.check())
	}
	seen := make(map[comp.LineID]bool, len(e.Drafts))
	for i := range e.Drafts {
		l := &e.Drafts[i]
		problems.Add(value.Index("drafts", i), l.check())
		if seen[l.ID] {
			problems.Refuse(value.Index("drafts", i)+".id", wire.Twice, named(l.ID), "stands twice")
		}
		seen[l.ID] = true
	}
	if e.Missing != nil {
		problems.Add("missing", e.Missing.check())
	}
	return problems.Err()
}

// checkMembers refuses members that the verb does not have, and reports those that it needs.
func (e *Event) checkMembers(problems *value.Errors) {
	has, of := wire.Present(e), members[e.Do]
	needed := slices.Clone(of.needed)
	none := func(name, why string) {
		if slices.Contains(has, name) {
			problems.Refuse(name, eventMember, "this member", "does not stand in a dispute "+why)
		}
	}
	if e.Do == Disputed && e.Doubt == MissingLine {
		needed = append(needed, "missing")
		none("line", "about a missing line, which has no id yet")
		none("expects", "about a missing line, which says what is expected")
	} else if e.Do == Disputed {
		needed = append(needed, "line", "expects")
		none("missing", "about a line that stands")
	}
	if e.Do == Disputed && e.Doubt == OtherParty {
		needed = append(needed, "against")
		problems.Add("against", e.Against.Check())
	} else if e.Do == Disputed {
		none("against", "that is not about another party")
	}
	for _, name := range needed {
		if !slices.Contains(has, name) {
			problems.Refuse(name, eventMember, "nothing", "stands here; an event "+e.Do.String()+" needs it")
		}
	}
	for _, name := range has {
		if name != "do" && name != "at" && !slices.Contains(of.needed, name) && !slices.Contains(of.allowed, name) {
			problems.Refuse(name, eventMember, "this member", "does not stand in an event "+e.Do.String())
		}
	}
}
