package registration

import (
	"github.com/coselling/coselling/internal/wire"
	"github.com/coselling/coselling/value"
)

const (
	maxPolicyBytes = 1 << 20
	maxClaimBytes  = 8 << 20 // above what any claim has that [Rules.Import] takes
)

// ParsePolicy reads the JSON form of a policy, at most 1 MiB. Every member is needed. It
// is strict, and reports every problem at once, up to a hundred: a repeated, unknown or
// wrongly cased member, one that is missing, a value of another type, and what
// [Policy.Check] refuses. Text that is not JSON, or has something behind it, gives its
// first error alone. Whether domains are registrable, [Compile] says.
func ParsePolicy(data []byte) (Policy, error) {
	var p Policy
	err := p.UnmarshalJSON(data)
	return p, value.In("registration", err)
}

// UnmarshalJSON is [ParsePolicy] for a policy inside another document. The paths of
// its errors begin inside the policy.
func (p *Policy) UnmarshalJSON(data []byte) error {
	return wire.Document(data, maxPolicyBytes, p, Policy.rules)
}

// MarshalJSON returns the canonical form: every member, in a fixed order; nil lists
// as empty ones. [ParsePolicy] gives an equal policy back.
func (p Policy) MarshalJSON() ([]byte, error) { return wire.Marshal(&p) }

// MarshalJSON returns the canonical form: members in a fixed order, what is empty left
// out, instants in UTC. [Claim.UnmarshalJSON] gives an equal claim back.
func (c Claim) MarshalJSON() ([]byte, error) { return wire.Marshal(&c) }

// UnmarshalJSON reads a claim, at most 8 MiB, with 1,000 entries of a list and texts
// of 4,096 bytes. It is strict, and reports every problem at once: an unknown, repeated
// or missing member and what is no instant are refused. Whether the claim makes sense
// says [Rules.Import].
func (c *Claim) UnmarshalJSON(data []byte) error { return wire.Unmarshal(data, maxClaimBytes, c) }

// MarshalJSON returns products and regions in their order; an empty list, which means
// all, is left out. [Scope.UnmarshalJSON] gives an equal scope back.
func (s Scope) MarshalJSON() ([]byte, error) { return wire.Marshal(&s) }

// UnmarshalJSON reads a scope of at most 1,000 products and 1,000 regions. It is strict: an
// unknown, repeated or wrongly cased member is refused. Whether the ids are well formed
// says the rule that reads the scope.
func (s *Scope) UnmarshalJSON(data []byte) error { return wire.Unmarshal(data, maxClaimBytes, s) }

// MarshalJSON returns what a party may know of its claim: members in a fixed order, what
// is empty left out, instants in RFC 3339 in UTC. The form is for readers; nothing reads
// it back.
func (a Answer) MarshalJSON() ([]byte, error) { return wire.Marshal(&a) }

// MarshalJSON returns what stands in the way, as an [Answer] writes it; a scope of
// everything is left out.
func (h Holding) MarshalJSON() ([]byte, error) { return wire.Marshal(&h) }
