package book

import "github.com/coselling/coselling/value"

// Codes of bad books, and of a doubtful one.
const (
	// VersionInvalid refuses a version that is no visible text of 1 to 256 bytes.
	VersionInvalid value.Code = "book.version"
	// ZoneUnresolved refuses a time zone that has no name of the IANA list, or that the host does not resolve.
	ZoneUnresolved value.Code = "book.zone"
	// CurrencyDiffers refuses a threshold of playbooks and one of large deals in two currencies: a deal has one amount.
	CurrencyDiffers value.Code = "book.currency"
	// RoleUnknown refuses a task for a responsibility that the matrix of roles does not have.
	RoleUnknown value.Code = "book.role"
	// LargeSimplified is doubtful: deals that are large for escalation are on the simplified playbook.
	LargeSimplified value.Code = "book.large_simplified"
	// SizeExcess refuses to write a book that is larger than what is read.
	SizeExcess value.Code = "book.size"
)
