package comp

import (
	"strconv"

	"github.com/coselling/coselling/internal/exact"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// group holds the payees of a side who share one percentage: primary reps, supporters of one contribution, or all.
type group struct {
	like     *Line // its first member
	first    int   // its position in the booking
	members  int
	unstated int   // members without a share
	total    int64 // of the stated shares, in units of exact.One
}

func (g *group) includes(l *Line) bool {
	return g.like.Party.Side == l.Party.Side && g.like.Credited == l.Credited && g.like.Contribution == l.Contribution
}

// groupsOf sorts the payees of a booking into groups, appended to groups. One who cannot be credited is in none.
func groupsOf(groups []group, lines []Line) []group {
	for i := range lines {
		if lines[i].Credited == 0 || lines[i].isCompany() {
			continue
		}
		at := 0
		for at < len(groups) && !groups[at].includes(&lines[i]) {
			at++
		}
		if at == len(groups) {
			groups = append(groups, group{like: &lines[i], first: i})
		}
		g := &groups[at]
		g.members++
		g.total += lines[i].Share.Millionths()
		if lines[i].Share.IsZero() {
			g.unstated++
		}
	}
	return groups
}

// checkGroups checks the shares and the supporting credit, and gives the only rep of a group a share of 100 %.
func (p *Plan) checkGroups(problems *value.Errors, lines []Line) {
	var fewGroups [few / 2]group
	var support [model.Vendor + 1]int64
	var supporter [model.Vendor + 1]int // the first one of each side
	for _, g := range groupsOf(fewGroups[:0], lines) {
		switch {
		case g.members == 1 && g.unstated == 1:
			g.like.Share = p.full
		case g.unstated > 0:
			got := strconv.Itoa(g.unstated) + " of " + strconv.Itoa(g.members) + " reps who are credited together"
			problems.Refuse(payeePath(g.first, "share"), "booking.share.missing", got,
				"state no share; each of them must")
		case g.total != fullShare:
			problems.Add(payeePath(g.first, "share"), shareTotal(g.total))
		}
		if g.like.Credited == AsSupporting {
			if support[g.like.Party.Side] == 0 {
				supporter[g.like.Party.Side] = g.first
			}
			support[g.like.Party.Side] += g.like.Percent.Millionths()
		}
	}
	for side := model.Partner; side <= model.Vendor; side++ {
		if support[side] > exact.One {
			at := payeePath(supporter[side], "contribution")
			got := "supporting credit of " + percentText(support[side]) + " on the " + side.String() + " side"
			problems.Refuse(at, SupportAbovePrimary, got, "is above the primary side's 100%")
		}
	}
}
