package assess

import (
	"slices"
	"time"

	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/stage"
	"github.com/coselling/coselling/value"
)

// schedule dates the playbook and adds its findings.
func (q *question) schedule(team model.Team, p played, a advice) (s stage.Schedule, n notes) {
	if p.progress.IsZero() {
		return s, n
	}
	s, err := q.rules.stages.Schedule(p.progress,
		stage.Query{AsOf: q.asOf, Team: team, Recommended: a.model.Advice.Engagement})
	if err != nil {
		n.miss(SectionPlaybook, "", err)
		return stage.Schedule{}, n
	}
	if len(q.partners.All) > 0 {
		taken(s.Items, a.roles)
	}
	for i := range p.refused {
		f := &p.refused[i]
		for j := range f.shut {
			if shut := &f.shut[j]; f.unticks(shut) && !done(s, f.event.Task) {
				n.miss(SectionPlaybook, f.name, f.because(shut))
			}
		}
	}
	for _, reason := range s.Findings {
		n.find(finding{Finding: Finding{Part: SectionPlaybook, Side: duty(&s, reason), Since: q.since(reason),
			Reason: reason}})
	}
	q.checkSize(&n, &p)
	return s, n
}

func done(s stage.Schedule, task stage.TaskID) bool {
	return slices.ContainsFunc(s.Items, func(i stage.Item) bool {
		return i.Task.ID == task && (i.State == stage.Done || i.State == stage.Waived)
	})
}

// since returns the end of the first day among the operands of a finding, or the first instant; else zero.
func (q *question) since(r value.Reason) time.Time {
	for _, op := range r.Operands() {
		switch at := op.Value().(type) {
		case value.Date:
			if next, err := at.AddDays(1); err == nil {
				return next.Start(q.rules.zone).UTC()
			}
		case time.Time:
			return at
		case value.End:
			return time.Time(at)
		}
	}
	return time.Time{}
}

// duty returns the side whose task a finding is about, or that did not take part; 0 for both and for none.
func duty(s *stage.Schedule, r value.Reason) model.Side {
	if r.Code() == stage.GatePartnerEngaged {
		return model.Partner
	}
	for i := range s.Items {
		if item := &s.Items[i]; slices.Contains(r.Paths(), "tasks."+string(item.Task.ID)) {
			return item.Owes
		}
	}
	return 0
}

// checkSize finds a deal whose amount calls for another size (stage.replanned), with the reason if it must stay.
// An amount that is unknown, or came later, calls for none.
func (q *question) checkSize(n *notes, p *played) {
	size, err := q.rules.stages.Size(q.deal.Amount, q.deal.Exchange)
	status, set := p.progress.Status(), p.progress.Engagement()
	known := err == nil && q.deal.Amount.Sign() > 0 && !q.deal.AmountAt.After(q.asOf)
	if !known || size == p.progress.Size() || set == 0 || status != stage.Running && status != stage.OnHold {
		return
	}
	reason := value.NewReason(stage.StageReplanned,
		"the amount calls for the {size} playbook; the deal is on the {present} one",
		value.Op("size", value.Word(size.String())),
		value.Op("present", value.Word(p.progress.Size().String())))
	change := stage.Move{By: model.Person{Name: "record", Party: q.vendor}, At: q.asOf}
	if decision, err := q.rules.stages.Resize(p.progress, size, change); err == nil {
		for _, shut := range decision.Shut {
			if shut.Code == stage.StageReplanned {
				reason = shut.Missing // why it stays
			}
		}
	}
	n.finds(SectionPlaybook, set.Leader(), []string{"deal.amount"}, []value.Reason{reason})
}
