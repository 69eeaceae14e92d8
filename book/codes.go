package book

import "github.com/coselling/coselling/value"

// Codes of bad books, and of a finding about a valid one.
const (
	// VersionInvalid refuses a version that is not visible text of 1 to 256 bytes.
	VersionInvalid value.Code = "book.version"
	// ZoneUnresolved refuses a time zone without an IANA name, or that the host does not resolve.
	ZoneUnresolved value.Code = "book.zone"
	// CurrencyDiffers refuses two currencies for the threshold of playbooks and that of large deals.
	CurrencyDiffers value.Code = "book.currency"
	// RoleUnknown refuses a task for a responsibility that is not in the matrix of roles.
	RoleUnknown value.Code = "book.role"
	// LargeSimplified finds deals that are large for escalation and on the simplified playbook.
	LargeSimplified value.Code = "book.large_simplified"
	// SizeExcess refuses to write a book that is too large to be read.
	SizeExcess value.Code = "book.size"
)
