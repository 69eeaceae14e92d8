package assess

import (
	"cmp"
	"slices"
	"time"

	"github.com/coselling/coselling/comms"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// rulesOfPeople are the communication rules that ask which reps took part. Where those
// of a side are not known nobody can say that they did not.
var rulesOfPeople = [...]value.Code{comms.SingleThread, comms.SeparateStream, comms.WeeklySync, comms.Notify, comms.PrepRule, comms.DebriefRule}

// talk judges the log by what the playbook says of the deal.
func (q *question) talk(l log, p played) (report comms.Report, n notes) {
	if l.tracker == nil {
		return report, n
	}
	d := comms.Deal{Opened: q.opened, ModelSet: q.modelSet(&p), Agreed: q.deal.Agreed, People: l.people}
	d.Size = cmp.Or(p.progress.Size(), model.Standard)
	d.Holds, d.Ended = q.holds(&p)
	if q.deal.Zone != "" {
		zone, err := q.rules.host.zone(q.deal.Zone)
		if err != nil {
			n.lacks(OfComms, "deal.zone", err)
		} else {
			d.Zone = zone
		}
	}
	if err := l.tracker.Change(d); err != nil {
		n.lacks(OfComms, "", err)
		return report, n
	}
	report = l.judge(q.asOf)
	for _, f := range report.Findings {
		found := finding{Finding: Finding{Part: OfComms, Side: f.Side, Since: f.Since, Until: f.Until, Reason: f.Reason}}
		for _, id := range f.Reason.Paths() {
			found.Facts = append(found.Facts, activityName(id))
		}
		n.find(found)
	}
	return report, n
}

// judge leaves out what depends on who took part, where a side's reps are not known.
func (l *log) judge(asOf time.Time) comms.Report {
	report := l.tracker.Report(asOf)
	if hasRep(l.people, model.Partner) && hasRep(l.people, model.Vendor) {
		return report
	}
	report.Findings = slices.DeleteFunc(report.Findings, func(f comms.Finding) bool { return slices.Contains(rulesOfPeople[:], f.Reason.Code()) })
	report.Due = slices.DeleteFunc(report.Due, func(d comms.Due) bool { return slices.Contains(rulesOfPeople[:], d.Reason.Code()) })
	return report
}
