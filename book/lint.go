package book

import (
	"github.com/coselling/coselling/comp/impact"
	"github.com/coselling/coselling/value"
)

// Lint returns findings about doubtful terms of a valid book, in the order of its document and with the paths
// that they concern: those of [impact.Lint], a protection of registrations that ends before the longest
// playbook ([registration.ProtectionShort]), and large deals on the simplified playbook ([LargeSimplified]).
// It returns nil if there is no doubt, and for a book that [Book.Check] refuses.
func (b Book) Lint() []value.Reason {
	if b.Check() != nil {
		return nil
	}
	var found []value.Reason
	for _, r := range impact.Lint(b.Comp) {
		found = append(found, r.Below("comp"))
	}
	days, last := b.longestPlaybook()
	for _, r := range b.Registration.Lint(days) {
		found = append(found, r.Below("registration").At(last))
	}
	if b.Escalation.LargeFrom.Compare(b.Stage.Threshold) < 0 {
		found = append(found, value.NewReason(LargeSimplified,
			"a deal of {large} is large, and a deal below {threshold} is on the simplified playbook",
			value.Op("large", b.Escalation.LargeFrom), value.Op("threshold", b.Stage.Threshold)).At("stage.threshold",
			"escalation.large_from"))
	}
	return found
}

// longestPlaybook returns the last day of the longest playbook and the path of that day.
func (b Book) longestPlaybook() (days int, path string) {
	for i, playbook := range b.Stage.Playbooks {
		last := len(playbook.Steps) - 1
		if end := playbook.Steps[last].Last; end > days {
			days = end
			path = value.Index("stage.playbooks", i) + "." + value.Index("stages", last) + ".last"
		}
	}
	return days, path
}
