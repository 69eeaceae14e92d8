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

// Blocker is something that stops a deal. A person raised it, who may raise any kind, or
// [Routes.Detect] found it. The zero value is refused.
type Blocker struct {
	Deal   Deal // for [Routes.Route], which needs the lead reps only, at level 1 only
	Kind   Kind
	Raised time.Time
	By     model.Person // who raised it, of one of the two companies; zero: it was detected
	Note   string       // at most 1,000 bytes; may be empty
	// Evidence names the facts that show it (esc.detect); zero: a person raised it.
	Evidence value.Reason
}

// Event is an act of a person on a case.
type Event struct {
	By   model.Person `json:"by,omitzero" wire:"pos=2"`          // of one of the two companies; needed
	At   time.Time    `json:"at" wire:"needed,set,pos=1"`        // not before the last step of the case
	Note string       `json:"note,omitzero" wire:"..1000,pos=3"` // at most 1,000 bytes; may be empty
}

// checkBy refuses a person who belongs to neither of the two companies. The person need not
// be on the roster.
func (r *Routes) checkBy(by model.Person) error {
	if !isName(by.Name) {
		return value.In("name", value.NewError(eventBy, value.Quote(by.Name), "is no name of a person"))
	}
	if err := by.Party.Check(); err != nil {
		return value.In("party", err)
	}
	if ours := r.parties[by.Party.Side]; by.Party != ours {
		return value.In("party", value.NewError(eventBy, value.Quote(by.Party.String()),
			"is not "+value.Quote(ours.String())+", whose roster this is"))
	}
	return nil
}

func checkNote(note string) error {
	if len(note) > maxNote || !utf8.ValidString(note) {
		return value.NewError(eventNote, strconv.Itoa(len(note))+" bytes",
			"are no note; a note has at most "+strconv.Itoa(maxNote)+" bytes of UTF-8")
	}
	return nil
}

// Kind is a kind of blocker. The set is open: a policy may route others. A kind is written
// as a lower-case letter, then lower-case letters, digits and underscores, at most 64
// bytes. The zero value is refused.
type Kind string

// The kinds of the default policy, in the order of their levels.
const (
	Scheduling           Kind = "scheduling"
	TechnicalQuestion    Kind = "technical_question"
	StandardObjection    Kind = "standard_objection"
	DealStalled          Kind = "deal_stalled"  // detected
	ProspectDark         Kind = "prospect_dark" // detected
	InternalCoordination Kind = "internal_coordination"
	LargeDeal            Kind = "large_deal"        // detected
	ExecutiveRequest     Kind = "executive_request" // the buyer's executive asks for one
	StrategicOpportunity Kind = "strategic_opportunity"
	PricingNegotiation   Kind = "pricing_negotiation" // beyond approved prices
	NonStandardTerms     Kind = "non_standard_terms"
	ContractIssue        Kind = "contract_issue"
)

// detected holds the kinds that [Routes.Detect] finds; every policy must route them.
var detected = [...]Kind{DealStalled, LargeDeal, ProspectDark}

const maxKindLen = 64

func (k Kind) check() error {
	const marks = "abcdefghijklmnopqrstuvwxyz0123456789_"
	if k != "" && len(k) <= maxKindLen && k[0] >= 'a' && k[0] <= 'z' && strings.Trim(string(k), marks) == "" {
		return nil
	}
	return value.NewError(kindID, value.Quote(string(k)),
		"is no blocker kind; write lower-case letters, digits and underscores, a letter first, at most 64 bytes")
}
