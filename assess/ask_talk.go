package assess

import (
	"cmp"
	"errors"
	"maps"
	"slices"
	"strings"

	"github.com/coselling/coselling/comms"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// askContacts reads the log, and finds the contact with the prospect in it.
func (c *inquiry) askContacts() {
	c.track()
	if c.tracker == nil {
		return
	}
	c.contacts = c.tracker.Interactions(c.asOf)
}

// knows reports whether an activity is known as of the question: it happened, or it is
// a meeting that is planned (SPEC 8).
func (c *inquiry) knows(a comms.Activity) bool {
	return !a.At.After(c.asOf) || a.Kind == comms.Meeting
}

// track reads the activities of the record. One that is refused is told and left out;
// of two that contradict one another neither counts.
func (c *inquiry) track() {
	if !slices.ContainsFunc(c.record.Activities, c.knows) {
		c.lacks(OfComms, "record.activities", missingFact("says how the two sides talk"))
		return
	}
	t := c.trackPeople()
	if t == nil {
		return
	}
	c.meet()
	refused := map[string]error{}
	for i := range c.record.Activities {
		a := &c.record.Activities[i]
		if !c.knows(*a) {
			continue
		}
		err := t.Add(*a)
		if errors.Is(err, comms.ActivityContradicts) {
			err = value.In("id", value.NewError(comms.ActivityContradicts, value.Quote(a.ID), "stands in the record with different contents; a moved meeting is cancelled and logged anew under another id"))
		}
		if err != nil && (refused[a.ID] == nil || err.Error() < refused[a.ID].Error()) {
			refused[a.ID] = err
		}
	}
	c.tracker = t
	if len(refused) > 0 {
		c.trackWithout(refused)
	}
}

// trackPeople begins a log with the people of the deal. Who is malformed alone is told
// and left out; people who contradict one another are told, and there is no log.
func (c *inquiry) trackPeople() *comms.Tracker {
	begin := func(people []comms.Person) (*comms.Tracker, error) {
		return c.engine.talk.Track(comms.Deal{Opened: c.opened, Size: model.Standard, People: people})
	}
	c.people = c.deal.People
	t, err := begin(c.people)
	if err == nil {
		return t
	}
	c.people = nil
	refused := refusals{}
	for _, p := range c.deal.People {
		if _, err := begin([]comms.Person{p}); err != nil {
			refused.add(personName(&p), err)
			continue
		}
		c.people = append(c.people, p)
	}
	c.lacksEach(OfComms, refused)
	slices.SortFunc(c.people, func(a, b comms.Person) int { // which of two is told first
		return cmp.Or(cmp.Compare(a.Name, b.Name), a.Party.Compare(b.Party), a.From.Compare(b.From), slices.Compare(a.Addresses, b.Addresses))
	})
	if t, err = begin(c.people); err != nil {
		c.lacksOne(OfComms, "deal.people", err)
		return nil
	}
	return t
}

// lacksOne tells the problems of a fact by its name alone: where it stands in its list
// does not matter.
func (c *inquiry) lacksOne(part Part, name string, err error) {
	var problems value.Errors
	problems.Add("", err)
	texts := map[string]*value.Error{}
	for _, p := range problems {
		texts[p.Got+" "+p.Want] = value.NewError(p.Code, p.Got, p.Want)
	}
	for _, text := range slices.Sorted(maps.Keys(texts)) {
		c.lacks(part, name, texts[text])
	}
}

// personName names somebody of a deal by name, else by the first address.
func personName(p *comms.Person) string {
	name := p.Name
	if name == "" && len(p.Addresses) > 0 {
		name = p.Addresses[0]
	}
	return "deal.people[" + value.Quote(name) + "]"
}

// trackWithout reads the log again without the activities whose ids were refused.
func (c *inquiry) trackWithout(refused map[string]error) {
	t, err := c.engine.talk.Track(comms.Deal{Opened: c.opened, Size: model.Standard, People: c.people})
	if err != nil {
		return
	}
	for i := range c.record.Activities {
		if a := &c.record.Activities[i]; refused[a.ID] == nil && c.knows(*a) {
			_ = t.Add(*a) // it was taken before
		}
	}
	for _, id := range slices.Sorted(maps.Keys(refused)) {
		c.lacks(OfComms, activityName(id), refused[id])
	}
	c.tracker = t
}

// askComms judges the log by what the playbook says of the deal.
func (c *inquiry) askComms() {
	if c.tracker == nil {
		return
	}
	d := comms.Deal{Opened: c.opened, ModelSet: c.modelSet(), Agreed: c.deal.Agreed, People: c.people}
	d.Size = cmp.Or(c.progress.Size(), model.Standard)
	d.Holds, d.Ended = c.holds()
	zone, err := c.engine.host.zone(cmp.Or(c.deal.Zone, c.engine.zone.String()))
	if c.deal.Zone != "" && err != nil {
		c.lacks(OfComms, "deal.zone", err)
	}
	if c.deal.Zone != "" && err == nil {
		d.Zone = zone
	}
	if err := c.tracker.Change(d); err != nil {
		c.lacks(OfComms, "", err)
		return
	}
	c.answer.comms = c.judgeTalk()
	for _, f := range c.answer.comms.Findings {
		found := finding{Finding: Finding{Part: OfComms, Side: f.Side, Since: f.Since, Until: f.Until, Reason: f.Reason}}
		for _, id := range f.Evidence() {
			found.Facts = append(found.Facts, activityName(id))
		}
		c.find(found)
	}
}

// judgeTalk leaves out what depends on who took part, where a side's reps are not known.
func (c *inquiry) judgeTalk() comms.Report {
	report := c.tracker.Report(c.asOf)
	if c.knowsReps() {
		return report
	}
	report.Findings = slices.DeleteFunc(report.Findings, func(f comms.Finding) bool { return slices.Contains(rulesOfPeople[:], f.Reason.Code()) })
	report.Due = slices.DeleteFunc(report.Due, func(d comms.Due) bool { return slices.Contains(rulesOfPeople[:], d.Reason.Code()) })
	return report
}

// askModel says which engagement model fits, and whether the one that is set does.
func (c *inquiry) askModel() {
	a := &c.answer
	a.model = Model{Set: c.progress.Engagement(), Advice: model.Recommend(c.deal.Signals, a.registrant)}
	if _, err := a.model.Advice.Decided(); err != nil && a.model.Set == 0 {
		c.lacks(OfModel, "deal.signals", err)
	}
	c.finds(OfModel, 0, []string{"deal.signals"}, a.model.Advice.Contradictions...)
	c.finds(OfModel, 0, append(c.claimFacts(), "deal.opening"), model.CheckRegistration(a.model.Set, a.registrant)...)
	first := model.FirstContact{Opened: c.opened, ModelSet: c.modelSet(), AsOf: c.asOf}
	var facts []string
	for _, i := range c.contacts {
		if i.Inbound || i.At.Before(c.opened) {
			continue
		}
		if first.Interactions == nil {
			facts = []string{activityName(i.ID)}
		}
		first.Interactions = append(first.Interactions, i.At)
	}
	c.finds(OfModel, 0, facts, model.CheckFirstContact(first)...)
	c.askRoles()
}

// askRoles says who does what under the model that is set, or else recommended.
func (c *inquiry) askRoles() {
	a := &c.answer
	engagement := cmp.Or(a.model.Set, a.model.Advice.Engagement)
	if engagement == 0 {
		return
	}
	roles, err := c.engine.roles.Assign(engagement, c.team, model.Origin{Source: c.deal.Signals.Source, Registrant: a.registrant})
	if err != nil {
		c.refuseTeam(err)
		return
	}
	a.roles = roles
	for _, reason := range roles.Findings {
		c.finds(OfRoles, alone(reason), []string{"deal.team"}, reason)
	}
}

// refuseTeam tells why nobody can be assigned; reps by their ids, wherever they stand.
func (c *inquiry) refuseTeam(err error) {
	var problems value.Errors
	problems.Add("", err)
	for _, p := range problems {
		path := "deal." + p.Path
		for i := range c.team.Reps {
			if rest, ok := strings.CutPrefix(p.Path, value.Index("team.reps", i)); ok {
				path = repName(&c.team.Reps[i]) + rest
			}
		}
		c.lacks(OfRoles, path, value.NewError(p.Code, p.Got, p.Want))
	}
}

// alone is the side that a finding of roles names; unset where it names none.
func alone(r value.Reason) (side model.Side) {
	for _, op := range r.Operands() {
		if op.Name() == "side" {
			side, _ = model.ParseSide(op.String())
		}
	}
	return side
}
