package escalation

import (
	"strings"

	"github.com/coselling/coselling/value"
)

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
	return value.NewError(KindID, value.Quote(string(k)), "is no blocker kind; write lower-case letters, digits and underscores, a letter first, at most 64 bytes")
}
