package timeline

import (
	"strconv"
	"strings"
	"time"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/internal/wire"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

const maxName = 256

// Correction corrects an error in a version: its policy replaces that of the version from From until the
// version ends. It may begin inside a quarter and on a closed day. Of several corrections of one version, the
// one recorded last counts from its From on. The zero value is refused (comp.quarter_lock).
type Correction struct {
	// unique among versions and corrections; 1 to 256 bytes of UTF-8
	ID       string `json:"id" wire:"needed,1..256,code=history.id"`
	Corrects string `json:"corrects" wire:"needed"` // the id of the version
	// the first day, one on which that version is in force
	From   value.Date  `json:"from" wire:"needed,set,code=history.date"`
	Policy comp.Policy `json:"policy" wire:"needed"` // as it should have been; complete
	// a description of the error; 1 to 1,000 bytes of UTF-8
	Reason   string   `json:"reason" wire:"needed,1..1000,code=correction.reason"`
	Approved Approval `json:"approved" wire:"needed"`
}

// Approval names the person who approved a correction, and the instant. Both are needed.
type Approval struct {
	By model.Person `json:"by" wire:"needed"`     // a name and an organisation of at most 256 bytes of UTF-8
	At time.Time    `json:"at" wire:"needed,utc"` // not before the correction recorded last; becomes UTC
}

// correction is a correction with its plan. The plan is nil until the policy is checked.
type correction struct {
	Correction
	plan *comp.Plan
}

func (c Correction) clone() Correction {
	c.Policy = cloned(c.Policy)
	c.Approved.At = c.Approved.At.Round(0).UTC()
	return c
}

// checkFields returns the problems of the correction's fields, without those of its policy.
func (c Correction) checkFields() error {
	var problems value.Errors
	problems.Add("", wire.Check(&c))
	if c.Reason != "" && strings.TrimSpace(c.Reason) == "" {
		problems.Refuse("reason", "correction.reason", "nothing", "says what the error was")
	}
	problems.Add("approved", model.Agreement{By: c.Approved.By, At: c.Approved.At}.Check())
	problems.Add("approved.by.name", checkText(c.Approved.By.Name))
	problems.Add("approved.by.party.org", checkText(c.Approved.By.Party.Org))
	return problems.Err()
}

func checkText(s string) error {
	if len(s) > maxName {
		return value.NewError("correction.approval", value.Quote(s), "is longer than "+strconv.Itoa(maxName)+" bytes")
	}
	return nil
}

// instant writes an instant in full, so that different instants look different.
func instant(t time.Time) string { return t.UTC().Format(time.RFC3339Nano) }
