package model

import (
	"slices"
	"strings"
	"time"

	"github.com/coselling/coselling/value"
)

// Person is somebody who acts for a party. Both fields are needed in every event. The zero value is nobody.
type Person struct {
	Name  string `json:"name" wire:"needed"` // the name or id in the host's system
	Party Party  `json:"party" wire:"needed"`
}

// Consent is the recorded agreement of one side. The zero value is refused.
type Consent struct {
	By Person    `json:"by" wire:"needed"`
	At time.Time `json:"at" wire:"needed"` // not after the event that needs it
}

// Agreement is an act that needs the consent of both sides, or of several parties; the person who acts consents for
// their party by acting. The zero value is refused. The caller checks that the parties are those of the deal.
type Agreement struct {
	By       Person
	At       time.Time
	Consents []Consent // of the others, in any order; nil and empty: nobody agreed
}

// Check returns every problem at once: agreement.by for a blank name; [AgreementAt] for a missing instant and for a
// consent after the act; [TwoOrgs]; those of [Party.Check]. Paths begin with by, at or consents.
func (a Agreement) Check() error { return a.CheckAmong(&Parties{}) }

// CheckAmong is [Agreement.Check] for a deal with known organisations; nil: none. It adds those of the agreement to
// known, all but one that clashes, also when it returns an error.
func (a Agreement) CheckAmong(known *Parties) error {
	if known == nil {
		known = &Parties{}
	}
	var problems value.Errors
	problems.Add("by", a.By.check(known))
	if a.At.IsZero() {
		problems.Refuse("at", AgreementAt, "nothing", "says when it was done")
	}
	for i, c := range a.Consents {
		problems.Add(value.Index("consents", i), c.check(a.At, known))
	}
	return problems.Err()
}

// check returns every problem of a consent. An event without an instant is reported elsewhere.
func (c Consent) check(event time.Time, known *Parties) error {
	var problems value.Errors
	problems.Add("by", c.By.check(known))
	switch {
	case c.At.IsZero():
		problems.Refuse("at", AgreementAt, "nothing", "says when this side agreed")
	case !event.IsZero() && c.At.After(event):
		problems.Refuse("at", AgreementAt, instant(c.At),
			"is after the event, "+instant(event)+"; a consent comes first")
	}
	return problems.Err()
}

// instant writes an instant so that two that differ look different.
func instant(t time.Time) string { return t.UTC().Format(time.RFC3339Nano) }

// Missing returns a reason [ConsentMissing] for each of the parties that has not consented, in their order; without
// parties, of the two sides, partner first. A party without Org is whoever acts for its side. It is nil where all have.
// Consents given before since do not count; one at since does, and the act itself counts whenever it was. Missing does
// not check the agreement.
func (a Agreement) Missing(since time.Time, parties ...Party) []value.Reason {
	if len(parties) == 0 {
		parties = []Party{{Side: Partner}, {Side: Vendor}}
	}
	var missing []value.Reason
	for _, p := range parties {
		of := func(by Person) bool { return by.Party == p || p.Org == "" && by.Party.Side == p.Side }
		consents := func(c Consent) bool { return of(c.By) && !c.At.Before(since) }
		switch {
		case of(a.By) || slices.ContainsFunc(a.Consents, consents):
		case p.Org == "":
			missing = append(missing, value.NewReason(ConsentMissing, "the {side} has not consented",
				value.Op("side", p.Side.String())))
		default:
			missing = append(missing, value.NewReason(ConsentMissing, "{party} has not consented",
				value.Op("party", p.String())))
		}
	}
	return missing
}

func (p Person) check(known *Parties) error {
	var problems value.Errors
	if strings.TrimSpace(p.Name) == "" {
		problems.Refuse("name", "agreement.by", "nothing", "names the person")
	}
	problems.Add("party", p.Party.Check())
	problems.Add("party", known.Meet(p.Party))
	return problems.Err()
}
