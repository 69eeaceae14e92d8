package timeline

import (
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

const (
	maxReason = 1000
	maxName   = 256
)

// Correction puts right an error in a version: its policy is in force instead,
// from From until that version ends. It may begin inside a quarter and on a closed
// day. Of several corrections of one version the one that was recorded last counts
// from its From on. The zero value is refused.
type Correction struct {
	ID       string      // unique among versions and corrections; 1 to 256 bytes of UTF-8
	Corrects string      // the id of the version
	From     value.Date  // the first day, one on which that version is in force
	Policy   comp.Policy // as it should have been; complete
	Reason   string      // what the error was; 1 to 1,000 bytes of UTF-8
	Approved Approval
}

// Approval is who approved a correction, and when. Both are needed; the zero value
// is refused.
type Approval struct {
	By model.Person // a name and an organisation of at most 256 bytes of UTF-8
	At time.Time    // not before the correction that was recorded last; becomes UTC
}

func (c Correction) clone() Correction {
	c.Policy = cloned(c.Policy)
	c.Approved.At = c.Approved.At.Round(0).UTC()
	return c
}

// checkFields returns what is wrong with the correction alone, the policy aside.
func (c Correction) checkFields() error {
	var problems value.Errors
	problems.Add("id", checkID(c.ID))
	if c.From.IsZero() {
		problems.Add("from", value.NewError(DateMissing, "nothing", "says on which day the correction begins"))
	}
	switch {
	case strings.TrimSpace(c.Reason) == "":
		problems.Add("reason", value.NewError(CorrectionReason, "nothing", "says what the error was"))
	case len(c.Reason) > maxReason || !utf8.ValidString(c.Reason):
		problems.Add("reason", value.NewError(CorrectionReason, value.Quote(c.Reason), "is no reason; give at most "+strconv.Itoa(maxReason)+" bytes of UTF-8"))
	}
	problems.Add("approved", c.Approved.check())
	return problems.Err()
}

func (a Approval) check() error {
	var problems value.Errors
	problems.Add("", model.Agreement{By: a.By, At: a.At}.Check())
	problems.Add("by.name", checkText(a.By.Name))
	problems.Add("by.party.org", checkText(a.By.Party.Org))
	if year := a.At.UTC().Year(); year < 1 || year > 9999 {
		problems.Add("at", value.NewError(CorrectionApproval, "the year "+strconv.Itoa(year), "is none from 1 to 9999"))
	}
	return problems.Err()
}

func checkText(s string) error {
	if len(s) > maxName || !utf8.ValidString(s) {
		return value.NewError(CorrectionApproval, value.Quote(s), "cannot be written; give at most "+strconv.Itoa(maxName)+" bytes of UTF-8")
	}
	return nil
}

// instant writes an instant so that two that differ look different.
func instant(t time.Time) string { return t.UTC().Format(time.RFC3339Nano) }
