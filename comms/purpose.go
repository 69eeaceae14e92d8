package comms

import (
	"strings"

	"github.com/coselling/coselling/internal/enum"
	"github.com/coselling/coselling/value"
)

// Purpose says what a meeting or a call between the two sides is for. The zero
// value is nothing in particular. It counts only where nobody of the prospect
// takes part.
type Purpose uint8

// The purposes.
const (
	Sync    Purpose = 1 + iota // the weekly sync of the reps
	Prep                       // the prep call before a prospect meeting
	Debrief                    // the debrief after a prospect meeting
)

var purposeNames = enum.Of[Purpose](PurposeUnknown, "sync", "prep", "debrief")

// ParsePurpose reads sync, prep or debrief; anything else is a [PurposeUnknown]
// error.
func ParsePurpose(s string) (Purpose, error) { return purposeNames.Parse(s) }

// String returns the purpose's name, or "" where there is none.
func (p Purpose) String() string { return purposeNames.Name(p) }

// MarshalText returns the name, and nothing for the zero value.
func (p Purpose) MarshalText() ([]byte, error) { return []byte(p.String()), nil }

// UnmarshalText reads a name as [ParsePurpose] does.
func (p *Purpose) UnmarshalText(text []byte) error { return purposeNames.Read(p, text) }

// Part is one thing that a prep or a debrief covers. The zero value is unset and
// refused.
type Part uint8

// The parts of a prep, then those of a debrief.
const (
	Agenda       Part = 1 + iota // prep: agenda and objectives
	SectionLeads                 // prep: who leads each section
	KeyMessages                  // prep: key messages
	FollowUps                    // prep: follow-up actions

	Learned       // debrief: what was learned
	NextSteps     // debrief: next steps with owners
	PlanUpdated   // debrief: the shared deal plan is up to date
	IssuesFlagged // debrief: issues are flagged
)

var partNames = enum.Of[Part](PartUnknown, "agenda", "section_leads", "key_messages", "follow_ups", "learned", "next_steps", "plan_updated", "issues_flagged")

// String returns the part's name, or "" where it is unset.
func (p Part) String() string { return partNames.Name(p) }

// MarshalText returns the name, and nothing for the zero value.
func (p Part) MarshalText() ([]byte, error) { return []byte(p.String()), nil }

// UnmarshalText reads a part by its name, such as agenda; anything else is a
// [PartUnknown] error.
func (p *Part) UnmarshalText(text []byte) error { return partNames.Read(p, text) }

// parts is a set of parts, a bit each.
type parts uint16

// partsOf is what each purpose has to cover.
var partsOf = [...]parts{
	Prep:    1<<Agenda | 1<<SectionLeads | 1<<KeyMessages | 1<<FollowUps,
	Debrief: 1<<Learned | 1<<NextSteps | 1<<PlanUpdated | 1<<IssuesFlagged,
}

// covered returns the set of a list that was checked.
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
	return value.NewError(PartUnknown, got, "is no part of a "+p.String()+"; allowed are "+strings.Join(partsOf[p].names(), ", "))
}
