package compgen

import (
	"fmt"

	"pgregory.net/rapid"

	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// Rep is a rep of a team.
type Rep struct {
	ID    string // unique in its team
	Party model.Party
	Rate  value.Percent // flat commission rate
}

// Team holds the reps of a vendor and of its partners. The reps of an organisation stand
// next to each other, those of the vendor first.
type Team []Rep

// AnyTeam draws a team with 1 to s.Reps reps of the vendor, and of each of s.Partners partners.
func AnyTeam(s Limits) *rapid.Generator[Team] {
	return rapid.Custom(func(t *rapid.T) Team {
		s.check(t)
		var team Team
		hire := func(party model.Party, prefix string) {
			for i := range between(t, "reps of "+party.Org, 1, s.Reps) {
				id := fmt.Sprintf("%s%d", prefix, i+1)
				team = append(team, Rep{ID: id, Party: party, Rate: anyPart().Draw(t, "rate of "+id)})
			}
		}
		hire(model.VendorOrg("vendor"), "v-")
		for i := range s.Partners {
			hire(model.PartnerOrg(fmt.Sprintf("partner-%d", i+1)), fmt.Sprintf("p%d-", i+1))
		}
		return team
	})
}

// of returns the reps of one party.
func (team Team) of(p model.Party) Team {
	var reps Team
	for _, r := range team {
		if r.Party == p {
			reps = append(reps, r)
		}
	}
	return reps
}

// parties returns the organisations of a side in the order of the team.
func (team Team) parties(side model.Side) []model.Party {
	var list []model.Party
	for i, r := range team {
		if r.Party.Side == side && (i == 0 || team[i-1].Party != r.Party) {
			list = append(list, r.Party)
		}
	}
	return list
}
