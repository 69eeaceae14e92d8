package assess

import (
	"slices"
	"strings"

	"github.com/coselling/coselling/comms"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// rulesOfPeople are the communication rules that ask which reps took part. Where those
// of a side are not known nobody can say that they did not.
var rulesOfPeople = [...]value.Code{comms.SingleThread, comms.SeparateStream, comms.WeeklySync, comms.Notify, comms.PrepRule, comms.DebriefRule}

// meet tells whom the people of the deal lack.
func (c *inquiry) meet() {
	if len(c.deal.People) == 0 {
		c.lacks(OfComms, "deal.people", missingFact("says who is who by mail address, so no activity is one with the prospect"))
		return
	}
	if !slices.ContainsFunc(c.people, func(p comms.Person) bool { return p.Prospect }) {
		c.lacks(OfComms, "deal.people", missingFact("says who is of the prospect by mail address, so no activity is one with it"))
	}
	for _, side := range [...]model.Side{model.Partner, model.Vendor} {
		if !c.hasRep(side) {
			c.lacks(OfComms, "deal.people", missingFact("says who is a rep of the "+side.String()+" by mail address, so what they took part in is not known"))
		}
	}
}

func (c *inquiry) knowsReps() bool { return c.hasRep(model.Partner) && c.hasRep(model.Vendor) }

// hasRep reports whether a rep of a side is among the people; a whole domain is none.
func (c *inquiry) hasRep(side model.Side) bool {
	return slices.ContainsFunc(c.people, func(p comms.Person) bool {
		return p.Party.Side == side && !slices.ContainsFunc(p.Addresses, func(a string) bool { return strings.HasPrefix(strings.TrimSpace(a), "@") })
	})
}
