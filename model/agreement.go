package model

import (
	"strings"
	"time"

	"github.com/coselling/coselling/value"
)

// Person is somebody who acts for a party. Both fields are needed wherever a
// person is asked for.
type Person struct {
	Name  string // the name or id in the host's system
	Party Party
}

// Consent is one side's recorded agreement.
type Consent struct {
	By Person
	At time.Time
}

// Agreement is who does something that needs the consent of both sides, when, and
// who agreed. The side of the person who acts consents by acting.
type Agreement struct {
	By       Person
	At       time.Time
	Consents []Consent // of the other side, not after At; nil where nobody was asked
}

// Check returns every problem of the agreement: a person without name or party, a
// missing instant, a consent after the event. Errors: [AgreementBy], [AgreementAt]
// and those of [Party.Check].
func (a Agreement) Check() error {
	var problems value.Errors
	problems.Add("by", a.By.check())
	if a.At.IsZero() {
		problems.Add("at", value.NewError(AgreementAt, "nothing", "says when it was done"))
	}
	for i, c := range a.Consents {
		path := value.Index("consents", i)
		problems.Add(path+".by", c.By.check())
		if c.At.IsZero() || c.At.After(a.At) {
			problems.Add(path+".at", value.NewError(AgreementAt, c.At.UTC().Format(time.RFC3339), "is no instant at or before the event"))
		}
	}
	return problems.Err()
}

// Missing returns a reason for each side that has not consented, partner first;
// nil where both have. Consents given before since were for something else and do
// not count.
func (a Agreement) Missing(since time.Time) []value.Reason {
	var missing []value.Reason
	for _, side := range [...]Side{Partner, Vendor} {
		if !a.has(side, since) {
			missing = append(missing, value.NewReason(ConsentMissing, "the {side} has not consented", value.Op("side", side.String())))
		}
	}
	return missing
}

func (a Agreement) has(side Side, since time.Time) bool {
	if a.By.Party.Side == side {
		return true
	}
	for _, c := range a.Consents {
		if c.By.Party.Side == side && !c.At.Before(since) {
			return true
		}
	}
	return false
}

func (p Person) check() error {
	var problems value.Errors
	if strings.TrimSpace(p.Name) == "" {
		problems.Add("name", value.NewError(AgreementBy, "nothing", "names the person"))
	}
	problems.Add("party", p.Party.Check())
	return problems.Err()
}
