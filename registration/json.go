package registration

import (
	"github.com/coselling/coselling/internal/wire"
	"github.com/coselling/coselling/value"
)

const (
	maxPolicyBytes = 1 << 20
	maxClaimBytes  = 8 << 20 // more than any claim that [Rules.Import] accepts
)

// ParsePolicy reads the JSON form of a policy, at most 1 MiB. Every member is needed. It reports every
// problem at once, up to a hundred: a repeated, unknown, wrongly cased or missing member, a value of another
// type, and the problems of [Policy.Check]. If the text is not JSON, or has more text after the JSON, it
// reports the first error alone. [Compile] checks that the shared domains are registrable.
func ParsePolicy(data []byte) (Policy, error) {
	var p Policy
	err := p.UnmarshalJSON(data)
	return p, value.Below("registration", err)
}

// UnmarshalJSON is [ParsePolicy] for a policy inside another document. The paths of
// its errors begin inside the policy.
func (p *Policy) UnmarshalJSON(data []byte) error {
	return wire.Document(data, maxPolicyBytes, p, Policy.rules)
}

// MarshalJSON returns the canonical form: every member, in a fixed order; nil lists
// as empty ones. [ParsePolicy] reads an equal policy from it.
func (p Policy) MarshalJSON() ([]byte, error) { return wire.Marshal(&p) }

// MarshalJSON returns the canonical form: members in a fixed order, empty ones left out,
// instants in UTC. [Claim.UnmarshalJSON] reads an equal claim from it.
func (c Claim) MarshalJSON() ([]byte, error) { return wire.Marshal(&c) }

// UnmarshalJSON reads a claim of at most 8 MiB; a list has at most 1,000 entries and a text
// at most 4,096 bytes. It reports every problem at once: an unknown, repeated or missing
// member, and text that is not an instant. [Rules.Import] checks the claim itself.
func (c *Claim) UnmarshalJSON(data []byte) error { return wire.Unmarshal(data, maxClaimBytes, c) }

// MarshalJSON returns products and regions in their order; an empty list, which means
// all, is left out. [Scope.UnmarshalJSON] reads an equal scope from it.
func (s Scope) MarshalJSON() ([]byte, error) { return wire.Marshal(&s) }

// UnmarshalJSON reads a scope of at most 1,000 products and 1,000 regions. It refuses an
// unknown, repeated or wrongly cased member. The rule that reads the scope checks the ids.
func (s *Scope) UnmarshalJSON(data []byte) error { return wire.Unmarshal(data, maxClaimBytes, s) }

// MarshalJSON returns the answer with its members in a fixed order, empty ones left out,
// and instants in RFC 3339 in UTC. The form is for readers; nothing reads it back.
func (a Answer) MarshalJSON() ([]byte, error) { return wire.Marshal(&a) }

// MarshalJSON returns the holding as an [Answer] contains it; a scope of everything is left out.
func (h Holding) MarshalJSON() ([]byte, error) { return wire.Marshal(&h) }
