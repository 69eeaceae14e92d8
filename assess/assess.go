package assess

import (
	"cmp"
	"slices"
	"time"

	"github.com/coselling/coselling/comms"
	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/deal"
	"github.com/coselling/coselling/internal/wire"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/stage"
	"github.com/coselling/coselling/value"
)

// Assess applies all rules of the book to a deal as of an instant. Facts after asOf are ignored, except planned
// meetings. The order of the facts does not matter. Nothing of the deal or the record is kept or changed.
//
// Errors report malformed input only: those of [deal.Deal.Check] and [deal.Record.Check], and [AsOfMissing].
// [View.Missing] lists facts that a part of the answer needs or rejects; the other parts are complete.
//
// A fact recorded once counts in all parts: the deal's claims open gate.registered and decide who originated it, a
// partner's meeting or call with the prospect opens gate.partner_engaged, and the events of the playbook show when
// the deal was on hold and when it ended.
func (e *Rules) Assess(d deal.Deal, r deal.Record, asOf time.Time) (Assessment, error) {
	asOf = asOf.Round(0).UTC()
	var problems value.Errors
	if asOf.IsZero() || asOf.Year() < 1 || asOf.Year() > wire.LastYear {
		problems.Refuse("as_of", AsOfMissing, asOf.Format(time.RFC3339),
			"is no instant for a question; give one of the years 1 to 9000")
	}
	problems.Add("deal", d.Check())
	problems.Add("record", r.Check())
	if err := problems.Err(); err != nil {
		return Assessment{}, err
	}
	q := &question{rules: e, deal: &d, record: &r, asOf: asOf,
		partnership: partnership{model.PartnerOrg(d.Partner), model.VendorOrg(d.Vendor)}}
	q.opened = q.openedAt()
	return Assessment{q.answer()}, nil
}

// question holds the deal, the record and the instant of a question. Nothing changes it.
type question struct {
	partnership
	rules  *Rules
	deal   *deal.Deal
	record *deal.Record
	asOf   time.Time
	opened time.Time
}

// answer is an assessment with everything in it, of which views show parts.
type answer struct {
	partnership
	notes
	deal string
	asOf time.Time

	advice   advice
	progress Progress
	schedule stage.Schedule
	claim    registered
	talk     comms.Report
	blockers []blocker
	credit   [3]comp.Statement // everything, and as each side may see it
	ground   ground            // of the actions
}

// answer makes part after part.
func (q *question) answer() answer {
	team, ofTeam := q.team()
	claims, ofClaims := q.claims()
	log, ofLog := q.log()
	played, ofProgress := q.play(claims, log)
	claim, ofClaim := q.registration(claims, played)
	advice, ofAdvice := q.advise(team, log, played, claim)
	schedule, ofSchedule := q.schedule(team, played, advice)
	talk, ofTalk := q.talk(log, played)
	blockers, ofBlockers := q.escalate(team, log, played, schedule)
	credit, ofCredit := q.credit(played, claim, schedule)
	a := answer{
		partnership: q.partnership, deal: q.deal.ID, asOf: q.asOf,
		advice: advice, progress: played.state, schedule: schedule, claim: claim, talk: talk, blockers: blockers,
		credit: credit, ground: q.ground(team, claims, log, played, claim, schedule, talk),
	}
	for _, n := range [...]notes{ofTeam, ofClaims, ofLog, ofProgress, ofClaim, ofAdvice, ofSchedule, ofTalk, ofBlockers,
		ofCredit} {
		a.notes.add(n)
	}
	return a
}

// openedAt returns the instant at which the opportunity opened.
func (q *question) openedAt() time.Time {
	if !q.deal.Opening.At.IsZero() {
		return q.deal.Opening.At.UTC()
	}
	return q.deal.Opening.Day.Start(q.rules.zone).UTC()
}

// team returns the team of the deal without reps of other parties.
func (q *question) team() (team model.Team, n notes) {
	team = q.deal.Team
	team.Reps = make([]model.Rep, 0, len(q.deal.Team.Reps))
	known, refused := q.parties(), refusals{}
	for i := range q.deal.Team.Reps {
		rep := &q.deal.Team.Reps[i]
		if err := known.Meet(rep.Party); err != nil {
			refused.add(repName(rep), err)
			continue
		}
		team.Reps = append(team.Reps, *rep)
	}
	n.missEach(SectionRoles, refused)
	slices.SortFunc(team.Reps, compareReps) // so that the order of the reps does not matter
	return team, n
}

func compareReps(a, b model.Rep) int {
	if order := cmp.Compare(a.ID, b.ID); order != 0 {
		return order
	}
	return wire.Compare(&a, &b)
}
