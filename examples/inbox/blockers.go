package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"time"

	"github.com/go-json-experiment/json"

	"github.com/coselling/coselling/comms"
	"github.com/coselling/coselling/escalation"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// blockers is the file blockers.json, which a folder may have: the blockers of the deal and
// the roster.
type blockers struct {
	Roster   escalation.Roster `json:"roster"`
	Blockers []blocker         `json:"blockers"`
}

type blocker struct {
	Kind   escalation.BlockerKind `json:"kind"`
	Raised time.Time              `json:"raised"`
}

// readBlockers reads the file; a folder without it has no blockers.
func readBlockers(folder fs.FS) (blockers, error) {
	var b blockers
	data, err := readFile(folder, "blockers.json", maxCalendar)
	if errors.Is(err, fs.ErrNotExist) {
		return b, nil
	}
	if err != nil {
		return b, err
	}
	if err := json.Unmarshal(data, &b, json.RejectUnknownMembers(true)); err != nil {
		return b, fmt.Errorf("blockers.json: %w", err)
	}
	return b, nil
}

// printRoutes prints the people to call about each blocker, as of the instant of the
// question.
func (p *inbox) printRoutes(out io.Writer) error {
	raised := slices.DeleteFunc(slices.Clone(p.blockers.Blockers),
		func(b blocker) bool { return b.Raised.After(p.facts.AsOf) })
	if len(raised) == 0 {
		return nil
	}
	routes, err := escalation.Compile(escalation.DefaultPolicy(), p.blockers.Roster)
	if err != nil {
		return fmt.Errorf("blockers.json: %w", err)
	}
	routes = routes.In(value.Workplace{Zone: p.deal.Zone})
	deal := escalation.Facts{PartnerLead: p.lead(model.Partner), VendorLead: p.lead(model.Vendor)}
	fmt.Fprintf(out, "\nBLOCKERS  %d: respond by, kind, level, people to call\n", len(raised))
	for i, b := range raised {
		route, err := routes.Route(escalation.Blocker{Deal: deal, Kind: b.Kind, Raised: b.Raised}, p.facts.AsOf)
		if err != nil {
			return fmt.Errorf("blockers.json: blockers[%d]: %w", i, err)
		}
		fmt.Fprintf(out, "%-21s  %-27s %v\n    %v\n", p.clock(route.RespondBy), b.Kind, route.Level, route.Reason)
		for _, contact := range route.People() {
			text := fmt.Sprintf("%s, %v, %v", contact.Person.Name, contact.Person.Party, contact.Function)
			if contact.For != "" {
				text += ", for " + contact.For
			}
			fmt.Fprintln(out, "    call "+text)
		}
	}
	return nil
}

// lead returns the name of a side's lead rep at the instant of the question: the one
// named as such, else the only one with a name.
func (p *inbox) lead(side model.Side) string {
	name := ""
	for _, person := range p.deal.People {
		if person.Party.Side == side && person.Name != "" && serves(person, p.facts.AsOf) &&
			(name == "" || person.Lead) {
			name = person.Name
		}
	}
	return name
}

func serves(p comms.Correspondent, at time.Time) bool {
	return !at.Before(p.From) && (p.Until.IsZero() || at.Before(p.Until))
}
