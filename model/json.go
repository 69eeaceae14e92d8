package model

import (
	"github.com/coselling/coselling/internal/wire"
	"github.com/coselling/coselling/value"
)

const (
	maxFactBytes   = 4 << 20
	maxMatrixBytes = 1 << 20
)

// ParseMatrix reads the JSON form of a matrix: a list of at most 1,000 rows, at most 1 MiB. Every member is
// needed but leader, support, how and derived of a cell. It is strict, and reports every problem at once: a
// repeated, unknown, wrongly cased or missing member, a value of another type or out of bounds, then the
// problems of [Matrix.Check]. Text that is not one JSON value gives one error, its first.
func ParseMatrix(data []byte) (Matrix, error) {
	var m Matrix
	err := m.UnmarshalJSON(data)
	return m, value.Below("roles", err)
}

// UnmarshalJSON is [ParseMatrix] for a matrix inside another document. The paths of its
// errors begin inside the matrix; the document puts its own path before them.
func (m *Matrix) UnmarshalJSON(data []byte) error {
	return wire.Document(data, maxMatrixBytes, m, Matrix.rules)
}

// MarshalJSON returns the canonical form: the rows in their order, members in a fixed
// order, empty optional ones left out. [ParseMatrix] gives an equal matrix back. A matrix
// that [Matrix.Check] refuses is written too; only text that is not UTF-8 is an error.
func (m Matrix) MarshalJSON() ([]byte, error) { return wire.Marshal(&m) }

// MarshalJSON returns {"side":"partner","org":"acme"}. [Party.UnmarshalJSON] gives an
// equal party back, but refuses one without a side.
func (p Party) MarshalJSON() ([]byte, error) { return wire.Marshal(&p) }

// UnmarshalJSON reads a party. It is strict, as [ParseMatrix] is; both members are
// needed. [Party.Check] refuses an empty organisation.
func (p *Party) UnmarshalJSON(data []byte) error { return wire.Unmarshal(data, maxFactBytes, p) }

// MarshalJSON returns {"name":"ana","party":{"side":"partner","org":"acme"}}.
// [Person.UnmarshalJSON] gives an equal person back, but refuses one without a side.
func (p Person) MarshalJSON() ([]byte, error) { return wire.Marshal(&p) }

// UnmarshalJSON reads a person, as strictly as [Party.UnmarshalJSON] reads a party.
func (p *Person) UnmarshalJSON(data []byte) error { return wire.Unmarshal(data, maxFactBytes, p) }

// MarshalJSON returns who consented and when, in RFC 3339 in UTC.
// [Consent.UnmarshalJSON] gives an equal consent back.
func (c Consent) MarshalJSON() ([]byte, error) { return wire.Marshal(&c) }

// UnmarshalJSON reads a consent, as strictly as [Party.UnmarshalJSON] reads a party. The
// instant is RFC 3339 with a zone; both members are needed.
func (c *Consent) UnmarshalJSON(data []byte) error { return wire.Unmarshal(data, maxFactBytes, c) }

// MarshalJSON returns the rep's id, party and lead. Empty members are left out.
// [Rep.UnmarshalJSON] gives an equal rep back.
func (r Rep) MarshalJSON() ([]byte, error) { return wire.Marshal(&r) }

// UnmarshalJSON reads a rep, as strictly as [Party.UnmarshalJSON] reads a party; only id is needed.
func (r *Rep) UnmarshalJSON(data []byte) error { return wire.Unmarshal(data, maxFactBytes, r) }

// MarshalJSON returns the team, with its reps in their order and responsibilities sorted.
// Empty members are left out. [Team.UnmarshalJSON] gives an equal team back.
func (t Team) MarshalJSON() ([]byte, error) { return wire.Marshal(&t) }

// UnmarshalJSON reads a team, as strictly as [Party.UnmarshalJSON] reads a party; no
// member is needed. [Matrix.Assign] refuses people who do not fit together.
func (t *Team) UnmarshalJSON(data []byte) error { return wire.Unmarshal(data, maxFactBytes, t) }

// MarshalJSON returns the source and the answers; what is unknown is left out.
// [Signals.UnmarshalJSON] gives equal signals back.
func (s Signals) MarshalJSON() ([]byte, error) { return wire.Marshal(&s) }

// UnmarshalJSON reads signals, as strictly as [Party.UnmarshalJSON] reads a party. A missing member is
// unknown. Names that are none are source.unknown and answer.unknown errors.
func (s *Signals) UnmarshalJSON(data []byte) error { return wire.Unmarshal(data, maxFactBytes, s) }

// MarshalJSON returns the advice with its reasons: members in a fixed order, empty ones
// left out. The library does not read this form.
func (a Advice) MarshalJSON() ([]byte, error) { return wire.Marshal(&a) }

// MarshalJSON returns the duties in the matrix's order and the findings: members in a
// fixed order, empty ones left out. The library does not read this form.
func (r Roles) MarshalJSON() ([]byte, error) { return wire.Marshal(&r) }

// MarshalJSON returns the duty with the members of its cell: members in a fixed order,
// empty ones left out. The library does not read this form.
func (d Duty) MarshalJSON() ([]byte, error) { return wire.Marshal(&d) }
