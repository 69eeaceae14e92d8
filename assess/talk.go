package assess

import (
	"slices"
	"time"

	"github.com/coselling/coselling/comms"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// rulesOfPeople holds the communication rules that are judged only where the reps of both sides are known.
var rulesOfPeople = [...]value.Code{comms.SingleThread, comms.SeparateStream, comms.WeeklySync, comms.Notify,
	comms.Prep, comms.Debrief}

// talk judges the log with the facts of the playbook.
func (q *question) talk(l log, p played) (report comms.Report, n notes) {
	if l.logbook == nil {
		return report, n
	}
	d, err := q.talkFacts(l.people, &p)
	if q.ofZone != nil {
		n.miss(SectionComms, "deal.zone", q.ofZone)
	}
	if err == nil {
		err = l.learn(d, q.reigns != nil)
	}
	if err != nil {
		n.miss(SectionComms, "", err)
		return report, n
	}
	return l.judge(q.asOf), n
}

// talkFacts returns what the log needs to know of the deal; an error where changes of lead make too many people.
func (q *question) talkFacts(people []comms.Correspondent, p *played) (d comms.Facts, err error) {
	d = comms.Facts{Opened: q.opened, ModelSet: q.modelSet(p), Agreed: q.deal.Agreed, People: people,
		Others: q.deal.Participants, Zone: q.zone}
	d.Size, d.Resized = p.sizes()
	d.Holds, d.Ended = q.holds(p)
	if q.reigns != nil {
		d.Others = q.partners.All
		d.People, err = ledBy(people, q.reigns)
	}
	return d, err
}

// spoken returns a finding of the log with the names of its activities.
func spoken(f *comms.Finding) finding {
	found := finding{Finding: Finding{Part: SectionComms, Side: f.Side, Since: f.Since, Until: f.Until,
		Reason: f.Reason}}
	for _, id := range f.Reason.Paths() {
		found.Facts = append(found.Facts, activityName(id))
	}
	return found
}

// judge returns the report, without the rules of people where a side has no known reps.
func (l *log) judge(asOf time.Time) comms.Report {
	report := l.tracker.Report(asOf)
	if l.sides[model.Partner] && l.sides[model.Vendor] {
		return report
	}
	report.Findings = slices.DeleteFunc(report.Findings,
		func(f comms.Finding) bool { return slices.Contains(rulesOfPeople[:], f.Reason.Code()) })
	report.Due = slices.DeleteFunc(report.Due,
		func(d comms.Due) bool { return slices.Contains(rulesOfPeople[:], d.Reason.Code()) })
	return report
}
