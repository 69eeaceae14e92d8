package assess_test

import (
	"slices"
	"testing"

	"github.com/coselling/coselling/assess"
	"github.com/coselling/coselling/deal"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/stage"
	"github.com/coselling/coselling/value"
)

var integra = model.PartnerOrg("integra")

// joined is the deal of evaluated with an integrator that takes part from 1 December to 20 December.
func joined() (deal.Deal, deal.Record) {
	d, r := evaluated()
	d.Participants = []deal.Participant{{Party: integra, Function: model.Integration,
		From: value.MustDate("2026-12-01"), Until: value.MustDate("2026-12-20")}}
	d.Team.Reps = append(d.Team.Reps, model.Rep{ID: "ida", Party: integra})
	return d, r
}

// party.function: what the integrator takes is its rep's, in the duties and in the tasks, while it takes part.
func TestAParticipantTakesOverWhileItTakesPart(t *testing.T) {
	d, r := joined()
	for day, owner := range map[int]string{30: "ana", 31: "ida", 50: "ida", 51: "ana"} {
		v := everything(t, d, r, november(day, 9))
		i := slices.IndexFunc(v.Roles.Duties, func(d model.Duty) bool { return d.Responsibility == model.ServicesObjections })
		j := slices.IndexFunc(v.Schedule.Items, func(i stage.Item) bool { return i.Task.ID == stage.ServicesObjections })
		if got := v.Roles.Duties[i].Owner; got != owner || v.Schedule.Items[j].PartnerRep != owner {
			t.Errorf("on day %d services objections are answered by %s and %s, want %s", day, got, v.Schedule.Items[j].PartnerRep, owner)
		}
	}
	v := everything(t, d, r, november(31, 9))
	for _, m := range v.Missing {
		if m.Part == assess.SectionRoles || m.Part == assess.SectionPlaybook {
			t.Errorf("missing: %v", m.Problems)
		}
	}
}
