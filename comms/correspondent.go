package comms

import (
	"strings"
	"time"

	"github.com/coselling/coselling/internal/enum"
	"github.com/coselling/coselling/internal/wire"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

const (
	maxPeople    = 10_000
	maxAddresses = 100
)

// Correspondent is a rep of one side or somebody of the prospect, known by mail addresses. The zero value is
// refused. A person whose only address is a domain, written @acme.example, is everybody of that domain and its
// subdomains: it takes part for its side, but is no rep. An entry of a full address is found first, then that of the
// nearest domain.
type Correspondent struct {
	Name string `json:"name,omitzero"` // the rep's id in the host's system, as findings show it; needed for a rep
	// the party of a rep; zero for the prospect. The rules read its side alone, so the organisation may be empty
	Party    model.Party `json:"party,omitzero"`
	Prospect bool        `json:"prospect,omitzero"` // somebody of the company that is sold to
	// the side's lead rep; a rep alone on its side is the lead rep anyway
	Lead      bool     `json:"lead,omitzero"`
	Addresses []string `json:"addresses,omitzero"` // 1 to 100 mail addresses, or one whole domain

	From  time.Time `json:"from,omitzero"` // From to Until is the time on the deal, half-open; zero is no bound
	Until time.Time `json:"until,omitzero"`
}

// MarshalJSON returns the canonical form, which [Correspondent.UnmarshalJSON] reads back as an equal person.
func (p Correspondent) MarshalJSON() ([]byte, error) { return wire.Marshal(&p) }

// UnmarshalJSON reads a person strictly; a party needs its side and org. [Rules.Track] checks the rest.
func (p *Correspondent) UnmarshalJSON(data []byte) error {
	return wire.Unmarshal(data, maxFactBytes, p)
}

// wide reports whether the entry is a whole domain.
func (p *Correspondent) wide() bool {
	return len(p.Addresses) == 1 && strings.HasPrefix(strings.TrimSpace(p.Addresses[0]), "@")
}

// rep reports whether the entry is one rep of a side.
func (p *Correspondent) rep() bool { return !p.Prospect && !p.wide() }

// on reports whether the person is on the deal at t.
func (p *Correspondent) on(t time.Time) bool {
	return !t.Before(p.From) && (p.Until.IsZero() || t.Before(p.Until))
}

// meets reports whether two people are on the deal at one time.
func (p *Correspondent) meets(q *Correspondent) bool {
	return (p.Until.IsZero() || q.From.Before(p.Until)) && (q.Until.IsZero() || p.From.Before(q.Until))
}

// normal returns the person as a roster keeps it, or all of its problems.
func (p Correspondent) normal() (Correspondent, error) {
	var problems value.Errors
	switch {
	case p.Prospect && !p.Party.IsZero():
		problems.Refuse("party", personSide, value.Quote(p.Party.String()),
			"is given for somebody of the prospect, who is of no side")
	case !p.Prospect && !p.Party.Side.IsValid():
		sides := enum.Of[model.Side](personSide, "partner", "vendor")
		problems.Add("party.side", sides.Check(p.Party.Side))
	}
	if p.rep() && strings.TrimSpace(p.Name) == "" || len(p.Name) > maxID {
		problems.Refuse("name", personName, value.Quote(p.Name), "is no name of a rep; give 1 to 998 bytes")
	}
	if p.Lead && !p.rep() {
		problems.Refuse("lead", personLead, "the lead", "is given to somebody who is no rep of a side")
	}
	p.From, p.Until = instant(p.From), instant(p.Until)
	if !p.Until.IsZero() && !p.From.Before(p.Until) {
		problems.Refuse("until", personRange, p.Until.Format(time.RFC3339Nano),
			"is not after from; the range is half-open")
	}
	problems.Add("addresses", p.normalAddresses())
	return p, problems.Err()
}

func (p *Correspondent) normalAddresses() error {
	if p.wide() {
		domain, err := foldDomain(p.Addresses[0])
		p.Addresses = []string{domain}
		return value.Below("[0]", err)
	}
	if n := len(p.Addresses); n == 0 || n > maxAddresses {
		return value.NewError(personAddress, countOf(n, "addresses"), "are given; a person has 1 to 100")
	}
	var problems value.Errors
	folded := make([]string, len(p.Addresses))
	for i, address := range p.Addresses {
		if strings.HasPrefix(strings.TrimSpace(address), "@") {
			problems.Refuse(value.Index("", i), personAddress, value.Quote(address),
				"stands beside other addresses; a whole domain is an entry of its own")
			continue
		}
		one, err := foldAddress(address)
		if err != nil {
			problems.Add(value.Index("", i), err)
		}
		folded[i] = one
	}
	p.Addresses = setOf(folded)
	return problems.Err()
}
