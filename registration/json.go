package registration

import "github.com/coselling/coselling/internal/wire"

const maxClaimBytes = 8 << 20 // above what any claim has that [Rules.Import] takes

// MarshalJSON returns the canonical form: members in a fixed order, what is empty left
// out, instants in UTC. [Claim.UnmarshalJSON] gives an equal claim back.
func (c Claim) MarshalJSON() ([]byte, error) { return wire.Marshal(&c) }

// UnmarshalJSON reads a claim, at most 8 MiB and 8 levels deep. It is strict: an
// unknown, repeated or missing member and what is no instant are refused. Whether the
// claim makes sense says [Rules.Import].
func (c *Claim) UnmarshalJSON(data []byte) error { return wire.Unmarshal(data, maxClaimBytes, c) }

// MarshalJSON returns products and regions in their order; an empty list, which means
// all, is left out. [Scope.UnmarshalJSON] gives an equal scope back.
func (s Scope) MarshalJSON() ([]byte, error) { return wire.Marshal(&s) }

// UnmarshalJSON reads a scope of at most 1000 products and 1000 regions. It is strict: an
// unknown, repeated or wrongly cased member is refused. Whether the ids are well formed
// says the rule that reads the scope.
func (s *Scope) UnmarshalJSON(data []byte) error { return wire.Unmarshal(data, maxClaimBytes, s) }
