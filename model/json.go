package model

import (
	"github.com/coselling/coselling/internal/wire"
	"github.com/coselling/coselling/value"
)

const (
	maxFactBytes   = 4 << 20
	maxMatrixBytes = 1 << 20
)

// ParseMatrix reads the JSON form of a matrix: at most 1,000 rows and 1 MiB. Every member is needed but leader,
// support, how and derived of a cell. It is strict and reports every problem at once, those of [Matrix.Check]
// included; of text that is not JSON, the first. Paths begin with roles, such as roles[3].true_co_sell.
func ParseMatrix(data []byte) (Matrix, error) {
	var m Matrix
	err := m.UnmarshalJSON(data)
	return m, value.Below("roles", err)
}

// UnmarshalJSON is [ParseMatrix] inside another document, with paths that begin inside the matrix.
func (m *Matrix) UnmarshalJSON(data []byte) error {
	return wire.Document(data, maxMatrixBytes, m, Matrix.rules)
}

// MarshalJSON returns the canonical form, also of a matrix that [Matrix.Check] refuses. [ParseMatrix] gives an
// equal matrix back. Only text that is not UTF-8 is an error.
func (m Matrix) MarshalJSON() ([]byte, error) { return wire.Marshal(&m) }

// MarshalJSON returns {"side":"partner","org":"acme"}. [Party.UnmarshalJSON] refuses a party without a side.
func (p Party) MarshalJSON() ([]byte, error) { return wire.Marshal(&p) }

// UnmarshalJSON reads a party strictly; both members are needed. [Party.Check] refuses an empty organisation.
func (p *Party) UnmarshalJSON(data []byte) error { return wire.Unmarshal(data, maxFactBytes, p) }

// MarshalJSON returns {"name":"ana","party":{"side":"partner","org":"acme"}}.
func (p Person) MarshalJSON() ([]byte, error) { return wire.Marshal(&p) }

// UnmarshalJSON reads a person, as strictly as [Party.UnmarshalJSON] reads a party.
func (p *Person) UnmarshalJSON(data []byte) error { return wire.Unmarshal(data, maxFactBytes, p) }

// MarshalJSON returns the canonical form. [Consent.UnmarshalJSON] gives an equal consent back.
func (c Consent) MarshalJSON() ([]byte, error) { return wire.Marshal(&c) }

// UnmarshalJSON reads a consent strictly; both members are needed. The instant is RFC 3339 with a zone.
func (c *Consent) UnmarshalJSON(data []byte) error { return wire.Unmarshal(data, maxFactBytes, c) }

// MarshalJSON returns the canonical form, without empty members. [Rep.UnmarshalJSON] gives an equal rep back.
func (r Rep) MarshalJSON() ([]byte, error) { return wire.Marshal(&r) }

// UnmarshalJSON reads a rep, as strictly as [Party.UnmarshalJSON] reads a party; only id is needed.
func (r *Rep) UnmarshalJSON(data []byte) error { return wire.Unmarshal(data, maxFactBytes, r) }

// MarshalJSON returns the canonical form, without empty members. [Team.UnmarshalJSON] gives an equal team back.
func (t Team) MarshalJSON() ([]byte, error) { return wire.Marshal(&t) }

// UnmarshalJSON reads a team strictly; no member is needed. [Matrix.Assign] checks the people.
func (t *Team) UnmarshalJSON(data []byte) error { return wire.Unmarshal(data, maxFactBytes, t) }

// MarshalJSON returns the canonical form, without unknown answers. [Signals.UnmarshalJSON] reads it.
func (s Signals) MarshalJSON() ([]byte, error) { return wire.Marshal(&s) }

// UnmarshalJSON reads signals strictly. A missing member is unknown. Errors: source.unknown, answer.unknown.
func (s *Signals) UnmarshalJSON(data []byte) error { return wire.Unmarshal(data, maxFactBytes, s) }

// MarshalJSON returns the advice, without empty members. The library does not read this form.
func (a Advice) MarshalJSON() ([]byte, error) { return wire.Marshal(&a) }

// MarshalJSON returns the duties and the findings, without empty members. The library does not read this form.
func (r Roles) MarshalJSON() ([]byte, error) { return wire.Marshal(&r) }

// MarshalJSON returns the duty with the members of its cell. The library does not read this form.
func (d Duty) MarshalJSON() ([]byte, error) { return wire.Marshal(&d) }
