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

// Assess answers everything that the book says about a deal as of an instant (SPEC 10):
// which model and why, who does what, the dated playbook and its gates, the registration,
// how the two sides talk, what is blocked and whom to call, what each rep would be
// credited, and what to do next. Facts after asOf are ignored, but for planned meetings.
//
// It errs on malformed input alone: the problems of [deal.Deal.Check] and [deal.Record.Check], and
// an asOf that is missing or outside the years 1 to 9000. [View.Missing] reports a
// fact that a part needs or rejects, and the rest of the answer stands. The order of the
// facts does not matter. Nothing of the deal or the record is kept or changed.
//
// Facts are carried from one part to the others so that nobody records them twice: the
// deal's claims open gate.registered and say who originated the deal; a meeting or a call
// with the prospect that a rep of the partner is on opens gate.partner_engaged; the
// playbook says when the deal was held and when it ended.
func (e *Rules) Assess(d deal.Deal, r deal.Record, asOf time.Time) (Assessment, error) {
	asOf = asOf.Round(0).UTC()
	var problems value.Errors
	if asOf.IsZero() || asOf.Year() < 1 || asOf.Year() > maxYear {
		problems.Refuse("as_of", AsOfMissing, asOf.Format(time.RFC3339), "is no instant to ask about; give one of the years 1 to 9000")
	}
	problems.Add("deal", d.Check())
	problems.Add("record", r.Check())
	if err := problems.Err(); err != nil {
		return Assessment{}, err
	}
	q := &question{rules: e, deal: &d, record: &r, asOf: asOf, partnership: partnership{model.PartnerOrg(d.Partner), model.VendorOrg(d.Vendor)}}
	q.opened = q.openedAt()
	return Assessment{q.answer()}, nil
}

const maxYear = 9000

// question is what is asked. Nothing changes it: each part of the answer is made of it
// and of the parts before.
type question struct {
	partnership
	rules  *Rules
	deal   *deal.Deal
	record *deal.Record
	asOf   time.Time
	opened time.Time
}

// answer is an assessment before anything is taken away.
type answer struct {
	partnership
	notes
	deal string
	asOf time.Time
	zone *time.Location

	advice   advice
	progress Progress
	schedule stage.Schedule
	claim    registered
	talk     comms.Report
	blockers []blocker
	credit   [3]comp.Statement // everything, and as each side may see it
}

// answer asks part after part.
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
		partnership: q.partnership, deal: q.deal.ID, asOf: q.asOf, zone: q.rules.zone,
		advice: advice, progress: played.state, schedule: schedule, claim: claim, talk: talk, blockers: blockers, credit: credit,
	}
	for _, n := range [...]notes{ofTeam, ofClaims, ofLog, ofProgress, ofClaim, ofAdvice, ofSchedule, ofTalk, ofBlockers, ofCredit} {
		a.notes.add(n)
	}
	return a
}

// openedAt is when the opportunity opened.
func (q *question) openedAt() time.Time {
	if !q.deal.Opening.At.IsZero() {
		return q.deal.Opening.At.UTC()
	}
	return q.deal.Opening.Day.Start(q.rules.zone).UTC()
}

// team is that of the deal, without reps of other parties.
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
	n.lacksEach(OfRoles, refused)
	slices.SortFunc(team.Reps, compareReps) // which of two is reported first
	return team, n
}

func compareReps(a, b model.Rep) int {
	if order := cmp.Compare(a.ID, b.ID); order != 0 {
		return order
	}
	return wire.Compare(&a, &b)
}
