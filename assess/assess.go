package assess

import (
	"cmp"
	"slices"
	"time"

	"github.com/coselling/coselling/comms"
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
	var problems value.Errors
	problems.Add("", checkAsOf(asOf))
	c, err := e.open(d, r)
	problems.Add("", err)
	if err := problems.Err(); err != nil {
		return Assessment{}, err
	}
	return c.At(asOf), nil
}

func checkAsOf(asOf time.Time) error {
	if at := asOf.UTC(); at.IsZero() || at.Year() < 1 || at.Year() > wire.LastYear {
		return value.Below("as_of", value.NewError(AsOfMissing, at.Format(time.RFC3339),
			"is no instant for a question; give one of the years 1 to 9000"))
	}
	return nil
}

// question is a case with the instant of a question. Only what the case keeps for the next question changes.
type question struct {
	*Case
	partnership // as of the question; the case has that of the opening
	partners    model.Partners
	team        model.Team
	reigns      []reign // nil: the lead never changed
	asOf        time.Time
}

func (c *Case) ask(asOf time.Time) *question {
	return &question{Case: c, partnership: c.partnership, partners: c.partners, team: c.team, asOf: asOf}
}

// answer is an assessment with everything in it, of which views show parts.
type answer struct {
	partnership
	notes
	deal string
	asOf time.Time

	advice   advice
	progress Progress
	refused  []refusal     // by the playbook
	history  []stage.Event // what took effect
	schedule stage.Schedule
	closing  Closing
	claim    registered
	talk     comms.Report
	// how many findings come before those of talk, which only views name
	beforeTalk int

	blockers []blocker
	credit   credits
	touches  []touch
	ground   ground // of the actions
}

// answer makes part after part.
func (q *question) answer() answer {
	claims, ofClaims := q.claims()
	log, ofLog := q.log()
	played, ofProgress := q.play(claims, log)
	q.lead(played)
	log = q.relog(log, played)
	claim, ofClaim := q.registration(claims, played)
	advice, ofAdvice := q.advise(log, played, claim)
	schedule, ofSchedule := q.schedule(q.team, played, advice)
	closing, ofClosing := q.closing(played, schedule)
	talk, ofTalk := q.talk(log, played)
	blockers, ofBlockers := q.escalate(q.team, log, played, claim, schedule, talk)
	credit, ofCredit := q.credit(played, claim, advice, schedule)
	a := answer{
		partnership: q.partnership, deal: q.deal.ID, asOf: q.asOf,
		advice: advice, progress: played.state, refused: played.refused, history: played.history,
		schedule: schedule, closing: closing,
		claim: claim, talk: talk, blockers: blockers, credit: credit, touches: q.touches(claims, log, played, &claim),
		ground: q.ground(q.team, claims, log, played, claim, schedule, talk),
	}
	a.notes.add(q.ofTeam, ofClaims, ofLog, ofProgress, ofClaim, ofAdvice, ofSchedule, ofClosing)
	a.beforeTalk = len(a.findings)
	a.notes.add(ofTalk, ofBlockers, ofCredit)
	return a
}

// refuse returns an answer in which every part is missing.
func (q *question) refuse(err error) answer {
	a := answer{partnership: q.partnership, deal: q.deal.ID, asOf: q.asOf}
	for part := SectionModel; part <= SectionCredit; part++ {
		a.miss(part, "", err)
	}
	return a
}

// sellers returns the team of the vendor and the partner that leads, without reps of other parties, and that with the
// reps of all participants.
func (c *Case) sellers() (team, all model.Team, n notes) {
	team, all = c.deal.Team, c.deal.Team
	team.Reps = make([]model.Rep, 0, len(c.deal.Team.Reps))
	known, refused := c.all(), refusals{}
	for i := range c.deal.Team.Reps {
		rep := &c.deal.Team.Reps[i]
		if err := known.Meet(rep.Party); err != nil {
			refused.add(repName(rep), err)
			continue
		}
		team.Reps = append(team.Reps, *rep)
	}
	n.missEach(SectionRoles, refused)
	c.meetFunctions(&n)
	slices.SortFunc(team.Reps, compareReps) // so that the order of the reps does not matter
	all.Reps = team.Reps
	if len(c.partners.All) > 0 {
		team.Reps = c.leading(all.Reps)
	}
	return team, all, n
}

func compareReps(a, b model.Rep) int {
	if order := cmp.Compare(a.ID, b.ID); order != 0 {
		return order
	}
	return wire.Compare(&a, &b)
}
