package assess

import (
	"maps"
	"slices"
	"time"

	"github.com/coselling/coselling/comms"
	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/deal"
	"github.com/coselling/coselling/escalation"
	"github.com/coselling/coselling/internal/wire"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/registration"
	"github.com/coselling/coselling/stage"
	"github.com/coselling/coselling/value"
)

// Assess answers everything that the book says about a deal as of an instant (SPEC 10):
// which model and why, who does what, the dated playbook and its gates, the registration,
// how the two sides talk, what is blocked and whom to call, what each rep would be
// credited, and what to do next. Facts after asOf are ignored, but for planned meetings.
//
// It errs on malformed input alone: the problems of [deal.Deal.Check] and [deal.Record.Check], and
// an asOf that is missing or outside the years 1 to 9000. A fact that a part lacks or
// rejects is told by [View.Missing], and the rest of the answer stands. The order of the
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
		problems.Add("as_of", value.NewError(AsOfMissing, asOf.Format(time.RFC3339), "is no instant to ask about; give one of the years 1 to 9000"))
	}
	problems.Add("deal", d.Check())
	problems.Add("record", r.Check())
	if err := problems.Err(); err != nil {
		return Assessment{}, err
	}
	c := &inquiry{engine: e, deal: &d, record: &r, asOf: asOf, partner: model.PartnerOrg(d.Partner), vendor: model.VendorOrg(d.Vendor)}
	c.answer = answer{deal: d.ID, asOf: asOf, partner: c.partner, vendor: c.vendor, zone: e.zone}
	c.opened = c.openedAt()
	c.gather()
	c.askClaims()
	c.askContacts()
	c.askStages()
	c.askRegistration()
	c.askModel()
	c.askSchedule()
	c.askComms()
	c.askEscalation()
	c.askCredit()
	return Assessment{c.answer}, nil
}

const maxYear = 9000

// inquiry is one question being answered: each part reads what the parts before it
// found.
type inquiry struct {
	engine          *Rules
	deal            *deal.Deal
	record          *deal.Record
	asOf            time.Time
	partner, vendor model.Party
	opened          time.Time
	team            model.Team         // of the deal, without who is of neither party
	routes          *escalation.Routes // of the partnership; nil without a roster of it
	answer          answer

	known      []registration.Claim // that could be read
	registered []stage.Fact         // what the deal's claims say
	people     []comms.Person       // of the deal, without who was refused
	tracker    *comms.Tracker       // nil where the people of the deal were refused
	contacts   []comms.Interaction
	progress   stage.Progress
	history    []stage.Event // of the progress
	unticked   []unticked
	won        time.Time
}

// answer is an assessment before anything is taken away.
type answer struct {
	deal            string
	asOf            time.Time
	partner, vendor model.Party
	zone            *time.Location

	model      Model
	roles      model.Roles
	progress   Progress
	schedule   stage.Schedule
	registrant model.Registrant
	claim      registration.Decision
	unclaimed  []value.Reason
	comms      comms.Report
	blockers   []blocker
	credit     [3]comp.Statement // everything, and as each side may see it
	findings   []finding
	missing    []missing
}

// missing is a problem of a part, with the only party that may know of it; nobody is
// everybody.
type missing struct {
	part    Part
	only    model.Party
	problem *value.Error
}

// lacks notes the problems of one fact.
func (c *inquiry) lacks(part Part, path string, err error) {
	c.lacksFor(model.Party{}, part, path, err)
}

func (c *inquiry) lacksFor(only model.Party, part Part, path string, err error) {
	var problems value.Errors
	problems.Add(path, err)
	for _, p := range problems {
		c.answer.missing = append(c.answer.missing, missing{part, only, p})
	}
}

// refusals are the problems of a list's facts by their names, which are told in the order
// of the names, whatever that of the list is.
type refusals map[string]value.Errors

func (r refusals) add(name string, err error) {
	problems := r[name]
	problems.Add("", err)
	r[name] = problems
}

func (c *inquiry) lacksEach(part Part, refused refusals) {
	for _, name := range slices.Sorted(maps.Keys(refused)) {
		c.lacksOne(part, name, refused[name])
	}
}

// finding is a finding with the only party that may know of it; nobody is everybody.
type finding struct {
	Finding
	only model.Party
}

// finds notes findings of a part, for everybody and without an instant.
func (c *inquiry) finds(part Part, side model.Side, facts []string, reasons ...value.Reason) {
	for _, reason := range reasons {
		c.find(finding{Finding: Finding{Part: part, Side: side, Reason: reason, Facts: facts}})
	}
}

func (c *inquiry) find(f finding) { c.answer.findings = append(c.answer.findings, f) }

// gather takes the team of the deal, without reps of other parties.
func (c *inquiry) gather() {
	c.team = c.deal.Team
	c.team.Reps = nil
	known, refused := c.parties(), refusals{}
	for _, rep := range c.deal.Team.Reps {
		if err := known.Meet(rep.Party); err != nil {
			refused.add(repName(&rep), err)
			continue
		}
		c.team.Reps = append(c.team.Reps, rep)
	}
	c.lacksEach(OfRoles, refused)
	slices.SortFunc(c.team.Reps, func(a, b model.Rep) int { return wire.Compare(&a, &b) }) // which of two is reported first
}

func repName(r *model.Rep) string { return "deal.team.reps[" + value.Quote(r.ID) + "]" }

// openedAt is when the opportunity opened.
func (c *inquiry) openedAt() time.Time {
	if !c.deal.Opening.At.IsZero() {
		return c.deal.Opening.At.UTC()
	}
	return c.deal.Opening.Day.Start(c.engine.zone).UTC()
}

// parties are those of the deal, which refuse others beside them.
func (c *inquiry) parties() model.Parties {
	var known model.Parties
	_ = known.Meet(c.partner) // the first of a side is always met
	_ = known.Meet(c.vendor)
	return known
}

func missingFact(what string) error { return value.NewError(FactMissing, "nothing", what) }
