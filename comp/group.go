package comp

import (
	"strconv"

	"github.com/coselling/coselling/internal/exact"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// group is the payees of one side who are credited alike and so share one
// percentage: its primaries, or its supporters of one contribution, or all of it.
type group struct {
	side         model.Side
	credited     Credited
	contribution int // position in the plan, or noContribution
	first        int // the first member's position in the booking
	members      int
	unstated     int   // members without a share
	total        int64 // of the stated shares, in units of exact.One
}

// join counts the i-th payee into its group, which may be new.
func join(groups []group, l *Line, contribution, i int) []group {
	at := -1
	for j := range groups {
		g := &groups[j]
		if g.side == l.Party.Side && g.credited == l.Credited && g.contribution == contribution {
			at = j
			break
		}
	}
	if at < 0 {
		at = len(groups)
		groups = append(groups, group{side: l.Party.Side, credited: l.Credited, contribution: contribution, first: i})
	}
	g := &groups[at]
	g.members++
	g.total += l.Share.Millionths()
	if l.Share.IsZero() {
		g.unstated++
	}
	return groups
}

// checkGroups checks the shares of every group and the supporting credit of both
// sides, and gives a rep alone in its group the whole of it. The lines stand in the
// order of the booking.
func (p *Plan) checkGroups(problems *value.Errors, lines []Line, groups []group) {
	var support [model.Vendor + 1]int64
	for i := range groups {
		g := &groups[i]
		switch {
		case g.members == 1 && g.unstated == 1:
			lines[g.first].Share = p.full
		case g.unstated > 0:
			problems.Add(payeePath(g.first, "share"), value.NewError(ShareMissing, strconv.Itoa(g.unstated)+" of "+strconv.Itoa(g.members)+" reps who are credited together", "state no share; each of them must"))
		case g.total != fullShare:
			problems.Add(payeePath(g.first, "share"), shareTotal(g.total))
		}
		if g.credited == AsSupporting {
			support[g.side] += lines[g.first].Percent.Millionths()
		}
	}
	for side := model.Partner; side <= model.Vendor; side++ {
		if support[side] > exact.One {
			problems.Add("payees", value.NewError(SupportAbovePrimary, "supporting credit of "+percentText(support[side])+" on the "+side.String()+" side", "is above the primary side's 100%"))
		}
	}
}
