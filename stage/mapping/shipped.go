package mapping

import (
	"embed"

	"github.com/coselling/coselling/internal/enum"
	"github.com/coselling/coselling/value"
)

// System is a system whose mapping is part of the package. The zero value is none.
type System uint8

// The systems (SPEC 3.8).
const (
	AWSPartnerCentral System = 1 + iota
	MicrosoftPartnerCenter
	Salesforce
	HubSpot
	Dynamics365
)

var systemNames = enum.Of[System](SystemUnknown, "aws_partner_central", "microsoft_partner_center", "salesforce", "hubspot", "dynamics365")

// ParseSystem reads aws_partner_central, microsoft_partner_center, salesforce,
// hubspot or dynamics365; anything else is a [SystemUnknown] error.
func ParseSystem(s string) (System, error) { return systemNames.Parse(s) }

// String returns the system's name, or "" for the zero value.
func (s System) String() string { return systemNames.Name(s) }

//go:embed *.json
var files embed.FS

// Document returns the file of a shipped mapping, to copy and change; nil for the
// zero value. The caller owns the bytes.
func (s System) Document() []byte {
	data, _ := files.ReadFile(s.String() + ".json") // the zero value has no file
	return data
}

// Shipped returns the mapping of a system; a value that is none of the constants is
// a [SystemUnknown] error.
func Shipped(s System) (Mapping, error) {
	if err := systemNames.Check(s); err != nil {
		return Mapping{}, value.In("system", err)
	}
	return Parse(s.Document())
}
