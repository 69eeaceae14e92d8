package coselling

import (
	"strconv"

	"github.com/coselling/coselling/value"
)

// Codes of bad books, and of a doubtful one.
const (
	// BookVersion refuses a version that is no visible text of 1 to 256 bytes.
	BookVersion value.Code = "book.version"
	// ZoneUnresolved refuses a time zone that has no name of the IANA list, or that the host does not resolve.
	ZoneUnresolved value.Code = "book.zone"
	// BookCurrency refuses a threshold of playbooks and one of large deals in two currencies: a deal has one amount.
	BookCurrency value.Code = "book.currency"
	// BookRole refuses a task for a responsibility that the matrix of roles does not have.
	BookRole value.Code = "book.role"
	// BookLargeSimplified is doubtful: deals that are large for escalation are on the simplified playbook.
	BookLargeSimplified value.Code = "book.large_simplified"
	// BookSize refuses to write a book that is larger than what is read.
	BookSize value.Code = "book.size"
)

func bookSize(got int) error {
	return value.NewError(BookSize, strconv.Itoa(got)+" bytes", "are above the limit of "+strconv.Itoa(maxBookBytes))
}
