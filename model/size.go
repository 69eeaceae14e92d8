package model

import "github.com/coselling/coselling/internal/enum"

// PlaybookSize says which playbook a deal runs on (stage.simplified): rules of
// other packages ask for it as a plain fact. The zero value is unset and refused.
type PlaybookSize uint8

// The sizes.
const (
	Standard   PlaybookSize = 1 + iota // the whole playbook
	Simplified                         // the short one of a deal below the policy's threshold
)

var sizeNames = enum.Of[PlaybookSize](SizeUnknown, "standard", "simplified")

// ParsePlaybookSize reads standard or simplified; anything else is a [SizeUnknown]
// error.
func ParsePlaybookSize(s string) (PlaybookSize, error) { return sizeNames.Parse(s) }

// Check returns nil for one of the two sizes, otherwise a [SizeUnknown] error.
func (s PlaybookSize) Check() error { return sizeNames.Check(s) }

// String returns the size's name, or "" where it is unset.
func (s PlaybookSize) String() string { return sizeNames.Name(s) }

// MarshalText returns the name, and nothing for the zero value.
func (s PlaybookSize) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText reads a name as [ParsePlaybookSize] does.
func (s *PlaybookSize) UnmarshalText(text []byte) error { return sizeNames.Read(s, text) }
