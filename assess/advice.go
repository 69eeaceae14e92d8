package assess

import (
	"cmp"
	"slices"
	"strings"

	"github.com/coselling/coselling/comms"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// advice holds the recommended engagement model and the roles under it.
type advice struct {
	model ModelChoice
	roles model.Roles
}

// recommended is the recommendation under a registrant, and is kept for the next question.
type recommended struct {
	by     model.Registrant
	advice model.Advice // zero: none is kept
}

// recommend recommends an engagement model.
func (c *Case) recommend(by model.Registrant) model.Advice {
	if kept := &c.recommended; kept.by != by || kept.advice.Strength == 0 {
		*kept = recommended{by, model.Recommend(c.deal.Signals, by)}
	}
	return c.recommended.advice
}

// advise recommends an engagement model, checks the one that is set, and assigns the roles.
func (q *question) advise(l log, p played, r registered) (a advice, n notes) {
	a.model = ModelChoice{Set: p.progress.Engagement(), Advice: q.recommend(r.registrant)}
	if _, err := a.model.Advice.Decided(); err != nil && a.model.Set == 0 {
		n.miss(SectionModel, "deal.signals", err)
	}
	if found := a.model.Advice.Contradictions; len(found) > 0 {
		n.finds(SectionModel, 0, []string{"deal.signals"}, found)
	}
	if found := model.JudgeRegistration(a.model.Set, r.registrant); found != nil {
		n.finds(SectionModel, 0, append(r.name(), "deal.opening"), found)
	}
	first := model.FirstContact{Opened: q.opened, ModelSet: q.modelSet(&p), AsOf: q.asOf}
	at := slices.IndexFunc(l.contacts, q.outbound)
	for _, i := range l.contacts[max(at, 0):] {
		if q.outbound(i) {
			first.Interactions = append(first.Interactions, i.At)
		}
	}
	if found := model.JudgeFirstContact(first); found != nil {
		var facts []string
		if at >= 0 {
			facts = []string{activityName(l.contacts[at].ID)}
		}
		n.finds(SectionModel, 0, facts, found)
	}
	roles := q.assign(cmp.Or(a.model.Set, a.model.Advice.Engagement), r.registrant)
	a.roles = roles.roles
	n.add(roles.notes)
	return a, n
}

// outbound reports whether contact came from the two sides, after the opening.
func (q *question) outbound(i comms.Interaction) bool { return !i.Inbound && !i.At.Before(q.opened) }

// assigned holds the roles under a model, and is kept for the next question.
type assigned struct {
	engagement model.Engagement
	by         model.Registrant
	lead       model.Party // of a deal with participants, with the day; else zero
	day        value.Date
	roles      model.Roles
	notes      notes
}

// assign assigns the roles under the model that is set, or else recommended.
func (q *question) assign(engagement model.Engagement, by model.Registrant) *assigned {
	now := assigned{engagement: engagement, by: by}
	if len(q.partners.All) > 0 {
		now.lead = q.partner
		now.day, _ = value.DateOf(q.asOf, q.rules.zone) // the instant is checked
	}
	kept := &q.assigned
	if kept.engagement == engagement && kept.by == by && kept.lead == now.lead && kept.day == now.day {
		return kept // or there is no model, and no roles
	}
	*kept = now
	if engagement == 0 {
		return kept
	}
	origin := model.Origin{Source: q.deal.Signals.Source, Registrant: by}
	roles, err := q.rules.roles.AssignAmong(engagement, q.everybody, origin, q.partners, now.day)
	if err != nil {
		refuseTeam(&kept.notes, q.everybody, err)
		return kept
	}
	kept.roles = roles
	for _, reason := range roles.Findings {
		kept.notes.finds(SectionRoles, alone(reason), []string{"deal.team"}, []value.Reason{reason})
	}
	return kept
}

// refuseTeam adds the problems of a team, with the ids of reps in place of their positions.
func refuseTeam(n *notes, team model.Team, err error) {
	var problems value.Errors
	problems.Add("", err)
	for _, p := range problems {
		path := "deal." + p.Path
		for i := range team.Reps {
			if rest, ok := strings.CutPrefix(p.Path, value.Index("team.reps", i)); ok {
				path = repName(&team.Reps[i]) + rest
			}
		}
		n.miss(SectionRoles, path, value.NewError(p.Code, p.Got, p.Problem))
	}
}

// alone returns the side that a finding of roles names; 0 where it names none.
func alone(r value.Reason) (side model.Side) {
	for _, op := range r.Operands() {
		if op.Name() == "side" {
			side, _ = model.ParseSide(op.String())
		}
	}
	return side
}
