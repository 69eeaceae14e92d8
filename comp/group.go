package comp

import (
	"strconv"

	"github.com/coselling/coselling/internal/exact"
	"github.com/coselling/coselling/value"
)

// group holds the payees of a party who share one percentage: primary reps, supporters of one contribution, or all.
type group struct {
	like     *Line // its first member
	first    int   // its position in the booking
	members  int
	unstated int   // members without a share
	total    int64 // of the stated shares, in units of exact.One
}

func (g *group) includes(l *Line) bool {
	return g.like.Credited == l.Credited && g.like.Party == l.Party && g.like.Contribution == l.Contribution
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

// checkGroups checks the shares and the supporting credit, and gives the only rep of a group a share of 100 %. Several
// says that the partner side has more than one company.
func (p *Plan) checkGroups(problems *value.Errors, lines []Line, several bool) {
	var fewGroups [few / 2]group
	groups := groupsOf(fewGroups[:0], lines)
	for i := range groups {
		g := &groups[i]
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
			p.checkSupport(problems, groups, i, several)
		}
	}
}

// checkSupport refuses the supporting credit of a party above 100 %, at the first of its groups that support.
func (p *Plan) checkSupport(problems *value.Errors, groups []group, i int, several bool) {
	like := groups[i].like
	var support int64
	for j := range groups {
		g := &groups[j]
		if g.like.Credited != AsSupporting || g.like.Party != like.Party {
			continue
		}
		if j < i {
			return
		}
		support += g.like.Percent.Millionths()
	}
	if support > exact.One {
		got := "supporting credit of " + percentText(support)
		if several {
			got += " of " + value.Quote(like.Party.String())
		} else {
			got += " on the " + like.Party.Side.String() + " side"
		}
		problems.Refuse(payeePath(groups[i].first, "contribution"), SupportAbovePrimary, got,
			"is above the primary side's 100%")
	}
}
