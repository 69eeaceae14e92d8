package assess_test

import (
	"slices"
	"testing"
	"time"

	"github.com/coselling/coselling/assess"
	"github.com/coselling/coselling/comms"
	"github.com/coselling/coselling/internal/robot"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/registration"
	"github.com/coselling/coselling/stage"
	"github.com/coselling/coselling/value"
)

// lasting lists the codes of findings that stay in the answer after their remedy, each with the reason.
var lasting = map[value.Code]string{
	registration.LateApproval: "that a decision came late stays so",
	stage.RegistrationLapsed:  "until the vendor has decided on the new claim, which is the next action",
}

// perform does an action of the answer, at most once for each party, and returns the view of everything after it.
func perform(t *testing.T, b *robot.Robot, a assess.Action) (v assess.View, acts int) {
	t.Helper()
	for _, party := range b.Parties() {
		list := b.Asked.At(b.Now).For(party).Next
		i := slices.IndexFunc(list, func(c assess.Action) bool {
			return c.Code == a.Code && c.Object == a.Object && c.Owner == a.Owner && c.Party == a.Party &&
				slices.Equal(c.Who, a.Who) && c.Do != nil
		})
		if i < 0 {
			continue
		}
		if problem := b.Act(party, &list[i]); problem != "" {
			t.Fatalf("%s: %s: %s", party, list[i].Text(), problem)
		}
		b.Now = b.Now.Add(time.Minute)
		acts++
	}
	return b.Asked.At(b.Now).Everything(), acts
}

// next.remedy: one act of each party that acts ends what an action is about: nobody is asked for the same again, and
// the finding of its rule is gone or ended.
func TestRemediesWork(t *testing.T) {
	rules, _, _ := withFour(t)
	seen := map[value.Code]int{}
	for n := range *closureDeals / 2 {
		played := robot.Winnable(rules, uint64(n), robot.Calder())
		played.No = 1
		played.Play(n % 40)
		view := played.Asked.At(played.Now).Everything()
		for _, a := range view.Next {
			b := &robot.Robot{Rand: played.Rand, Rules: rules, Domain: played.Domain,
				Deal: played.Deal, Record: played.Record, Now: played.Now, No: 1}
			b.Play(0)
			after, acts := perform(t, b, a)
			if acts == 0 {
				continue
			}
			seen[a.Code]++
			same := func(c assess.Action) bool {
				return c.Code == a.Code && c.Object == a.Object && c.Owner == a.Owner && c.Party == a.Party &&
					slices.Equal(c.Who, a.Who) && c.Text() == a.Text() && c.At.Equal(a.At)
			}
			if slices.ContainsFunc(after.Next, same) {
				t.Errorf("next.remedy: deal %d: after %v %s asks again: %s", n, b.Done, a.Code, a.Text())
			}
			for _, f := range after.Findings {
				code := f.Reason.Code()
				was := func(old assess.Finding) bool {
					return old.Reason.Code() == code && old.Reason.String() == f.Reason.String() && old.Until.IsZero()
				}
				about := a.Object == "" || slices.Contains(f.Reason.Paths(), a.Object)
				if code == a.Code && about && lasting[code] == "" && f.Until.IsZero() &&
					slices.ContainsFunc(view.Findings, was) {
					t.Errorf("next.remedy: deal %d: after %v it still holds: %s", n, b.Done, f.Reason)
				}
			}
		}
	}
	for _, code := range []value.Code{comms.SingleThread, comms.Notify, comms.Response, comms.WeeklySync,
		comms.SharedNotes, comms.Debrief, comms.OneMessage, "esc.manager", "esc.timeout", stage.GateTasks,
		stage.GateOrder, stage.GateCRMUpdated, stage.GatePricingApproved, stage.GateSupportConfirmed,
		stage.GateRegistered, stage.StageReplanned, model.NoOrphan, model.Contradiction, registration.Life} {
		if seen[code] == 0 {
			t.Errorf("next.remedy: no deal has an action of %s; seen are %v", code, seen)
		}
	}
}
