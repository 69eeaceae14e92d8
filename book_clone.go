package coselling

import (
	"maps"
	"slices"

	"github.com/coselling/coselling/escalation"
	"github.com/coselling/coselling/registration"
	"github.com/coselling/coselling/stage"
)

// clone returns a book that shares nothing with b.
func (b Book) clone() Book {
	b.Roles = slices.Clone(b.Roles)
	b.Comp = b.Comp.Under(b.Comp.Model)
	b.Stage = cloneStage(b.Stage)
	b.Registration = cloneRegistration(b.Registration)
	b.Escalation = cloneEscalation(b.Escalation)
	return b
}

func cloneStage(p stage.Policy) stage.Policy {
	p.Overridable = slices.Clone(p.Overridable)
	p.Playbooks = slices.Clone(p.Playbooks)
	for i := range p.Playbooks {
		steps := slices.Clone(p.Playbooks[i].Steps)
		for j := range steps {
			steps[j].Gates, steps[j].Tasks = slices.Clone(steps[j].Gates), slices.Clone(steps[j].Tasks)
			for k := range steps[j].Tasks {
				steps[j].Tasks[k].Covers = slices.Clone(steps[j].Tasks[k].Covers)
			}
		}
		p.Playbooks[i].Steps = steps
	}
	return p
}

func cloneRegistration(p registration.Policy) registration.Policy {
	p.ChannelOwners, p.Reminders = slices.Clone(p.ChannelOwners), slices.Clone(p.Reminders)
	p.Accounts.SharedDomains = slices.Clone(p.Accounts.SharedDomains)
	return p
}

func cloneEscalation(p escalation.Policy) escalation.Policy {
	p.Kinds = maps.Clone(p.Kinds)
	return p
}
