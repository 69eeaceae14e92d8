package escalation

import (
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

const maxNote = 1000

// Blocker is something that stops a deal, raised by a person or found by [Rules.Detect]. The zero value is refused.
type Blocker struct {
	Deal     Facts // for [Rules.Route], which needs the lead reps only, at level 1 only
	Kind     BlockerKind
	Raised   time.Time
	By       model.Person // who raised it, of one of the two companies; zero: it was detected
	Note     string       // at most 1,000 bytes; may be empty
	Evidence value.Reason // the facts that show it (esc.detect); zero: a person raised it.
}

// Event is an act of a person on a case.
type Event struct {
	By   model.Person `json:"by,omitzero" wire:"pos=2"`          // of one of the two companies; needed
	At   time.Time    `json:"at" wire:"needed,set,pos=1"`        // not before the last step of the case
	Note string       `json:"note,omitzero" wire:"..1000,pos=3"` // at most 1,000 bytes; may be empty
}

// checkBy refuses a person who belongs to none of the companies. The person need not be on the roster.
func (r *Rules) checkBy(by model.Person) error {
	if !isName(by.Name) {
		return value.Below("name", value.NewError(eventBy, value.Quote(by.Name), "is no name of a person"))
	}
	if err := by.Party.Check(); err != nil {
		return value.Below("party", err)
	}
	if ours := r.parties[by.Party.Side]; !r.knows(by.Party) {
		return value.Below("party", value.NewError(eventBy, value.Quote(by.Party.String()),
			"is not "+value.Quote(ours.String())+", whose roster this is"))
	}
	return nil
}

func checkNote(note string) error {
	if len(note) > maxNote || !utf8.ValidString(note) {
		return value.NewError("esc.event.note", strconv.Itoa(len(note))+" bytes",
			"are no note; a note has at most "+strconv.Itoa(maxNote)+" bytes of UTF-8")
	}
	return nil
}

// BlockerKind is a kind of blocker, an open set: a lower-case letter, then lower-case letters, digits and
// underscores, at most 64 bytes. The zero value is refused.
type BlockerKind string

// The kinds of the default policy, in the order of their levels.
const (
	Scheduling           BlockerKind = "scheduling"
	TechnicalQuestion    BlockerKind = "technical_question"
	StandardObjection    BlockerKind = "standard_objection"
	DealStalled          BlockerKind = "deal_stalled"  // detected
	ProspectDark         BlockerKind = "prospect_dark" // detected
	SideSilent           BlockerKind = "side_silent"   // detected
	InternalCoordination BlockerKind = "internal_coordination"
	LargeDeal            BlockerKind = "large_deal"        // detected
	ExecutiveRequest     BlockerKind = "executive_request" // the buyer's executive asks for one
	StrategicOpportunity BlockerKind = "strategic_opportunity"
	PricingNegotiation   BlockerKind = "pricing_negotiation" // beyond approved prices
	NonStandardTerms     BlockerKind = "non_standard_terms"
	ContractIssue        BlockerKind = "contract_issue"
)

// detected holds the kinds that [Rules.Detect] finds; every policy must route them.
var detected = [...]BlockerKind{DealStalled, LargeDeal, ProspectDark, SideSilent}

const maxKindLen = 64

func (k BlockerKind) check() error {
	const marks = "abcdefghijklmnopqrstuvwxyz0123456789_"
	if k != "" && len(k) <= maxKindLen && k[0] >= 'a' && k[0] <= 'z' && strings.Trim(string(k), marks) == "" {
		return nil
	}
	return value.NewError("esc.kind.id", value.Quote(string(k)),
		"is no blocker kind; write lower-case letters, digits and underscores, a letter first, at most 64 bytes")
}
