package comms

import (
	"strings"

	"github.com/coselling/coselling/internal/enum"
	"github.com/coselling/coselling/value"
)

// ActivityKind is the kind of an [Activity]. The zero value is unset and refused.
type ActivityKind uint8

// The kinds of activity.
const (
	Mail         ActivityKind = 1 + iota // one message, outbound, inbound or internal
	Meeting                              // a meeting, held or planned
	Call                                 // a phone call
	Note                                 // a note in the CRM of its side, or a copy of it in the other CRM
	Question                             // an internal question of one side to the other
	Answer                               // the answer to questions
	Quote                                // a price that a side stated
	Notification                         // a report to the other side about contact with the prospect
	Cancellation                         // cancels a meeting or a call
)

var kindNames = enum.Of[ActivityKind](kindUnknown, "mail", "meeting", "call", "note", "question", "answer", "quote",
	"notification", "cancellation")

// String returns the kind's name, or "" for the zero value and unknown numbers.
func (k ActivityKind) String() string { return kindNames.Name(k) }

// MarshalText returns what String returns.
func (k ActivityKind) MarshalText() ([]byte, error) { return []byte(k.String()), nil }

// UnmarshalText reads a kind by its name, such as mail; anything else is a comms.kind.unknown error.
func (k *ActivityKind) UnmarshalText(text []byte) error { return kindNames.Read(k, text) }

// Purpose is the purpose of a call between the two sides; zero: none of these. Calls with the prospect ignore it.
type Purpose uint8

// The purposes.
const (
	Sync        Purpose = 1 + iota // the weekly sync of the reps
	PrepCall                       // the prep call before a prospect meeting
	DebriefCall                    // the debrief after a prospect meeting
)

var purposeNames = enum.Of[Purpose](purposeUnknown, "sync", "prep", "debrief")

// ParsePurpose reads sync, prep or debrief. All other text is a comms.purpose.unknown error.
func ParsePurpose(s string) (Purpose, error) { return purposeNames.Parse(s) }

// String returns the purpose's name, or "" for the zero value and unknown numbers.
func (p Purpose) String() string { return purposeNames.Name(p) }

// MarshalText returns what String returns.
func (p Purpose) MarshalText() ([]byte, error) { return []byte(p.String()), nil }

// UnmarshalText reads a name as [ParsePurpose] does.
func (p *Purpose) UnmarshalText(text []byte) error { return purposeNames.Read(p, text) }

// Part is one topic that a prep or a debrief covers. The zero value is unset and refused.
type Part uint8

// The parts of a prep, then those of a debrief.
const (
	Agenda       Part = 1 + iota // prep: agenda and objectives
	SectionLeads                 // prep: the lead of each section
	KeyMessages                  // prep: key messages
	FollowUps                    // prep: follow-up actions

	Learned       // debrief: lessons learned
	NextSteps     // debrief: next steps with owners
	PlanUpdated   // debrief: the shared deal plan is up to date
	IssuesFlagged // debrief: open issues are flagged
)

var partNames = enum.Of[Part](partUnknown, "agenda", "section_leads", "key_messages", "follow_ups", "learned",
	"next_steps", "plan_updated", "issues_flagged")

// String returns the part's name, or "" for the zero value and unknown numbers.
func (p Part) String() string { return partNames.Name(p) }

// MarshalText returns what String returns.
func (p Part) MarshalText() ([]byte, error) { return []byte(p.String()), nil }

// UnmarshalText reads a part by its name, such as agenda; anything else is a comms.part.unknown error.
func (p *Part) UnmarshalText(text []byte) error { return partNames.Read(p, text) }

// parts is a set of parts, one bit for each.
type parts uint16

// partsOf holds the parts that a prep and a debrief have to cover.
var partsOf = [...]parts{
	PrepCall:    1<<Agenda | 1<<SectionLeads | 1<<KeyMessages | 1<<FollowUps,
	DebriefCall: 1<<Learned | 1<<NextSteps | 1<<PlanUpdated | 1<<IssuesFlagged,
}

// covered returns the parts of a checked list as a set.
func covered(list []Part) parts {
	var set parts
	for _, p := range list {
		set |= 1 << p
	}
	return set
}

// names returns the parts of the set in order.
func (s parts) names() []string {
	var names []string
	for p := Agenda; p <= IssuesFlagged; p++ {
		if s&(1<<p) != 0 {
			names = append(names, p.String())
		}
	}
	return names
}

// checkPart refuses a part that calls of this purpose do not have.
func (p Purpose) checkPart(part Part) error {
	if part != 0 && part <= IssuesFlagged && partsOf[p]&(1<<part) != 0 {
		return nil
	}
	got := value.Quote(part.String())
	if part > IssuesFlagged {
		got = "a number beyond the parts"
	}
	return value.NewError(partUnknown, got,
		"is no part of a "+p.String()+"; allowed are "+strings.Join(partsOf[p].names(), ", "))
}
