package sample

import (
	"time"

	"github.com/coselling/coselling"
	"github.com/coselling/coselling/escalation"
	"github.com/coselling/coselling/registration/domains"
)

// Host returns what the sample adds to its book: zones, registrable domains, and whom each partner and the vendor call.
func Host() coselling.Host {
	h := coselling.Host{Zone: time.LoadLocation, Registrable: domains.Registrable}
	for _, partner := range [][2]escalation.Member{
		{{Name: "mia", Party: Acme}, {Name: "leo", Party: Acme}},
		{{Name: "bea", Party: Bolt}, {Name: "kai", Party: Bolt}},
		{{Name: "ivo", Party: Integra}, {Name: "ivo", Party: Integra}},
	} {
		vendor := [2]escalation.Member{{Name: "vic", Party: Lumen}, {Name: "noor", Party: Lumen}}
		h.Rosters = append(h.Rosters, escalation.Roster{People: append(called(vendor), called(partner)...)})
	}
	return h
}

// called returns two people of a company with their functions: who leads, and who knows prices and terms. They may be
// one person.
func called(people [2]escalation.Member) []escalation.Member {
	lead, desk := people[0], people[1]
	lead.Functions = []escalation.Function{escalation.Manager, escalation.Executive}
	desk.Functions = []escalation.Function{escalation.DealDesk, escalation.Legal}
	if lead.Name == desk.Name {
		lead.Functions = append(lead.Functions, desk.Functions...)
		return []escalation.Member{lead}
	}
	return []escalation.Member{lead, desk}
}
