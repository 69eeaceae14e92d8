package compgen

import (
	"fmt"
	"maps"
	"slices"
	"time"

	"pgregory.net/rapid"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/comp/timeline"
	"github.com/coselling/coselling/model"
)

// AnyHistory draws versions of a policy that cover the days of the scope, for any fiscal year, and corrections of
// some. All versions price the same contributions, so that a booking for all of them may have supporters.
func AnyHistory(s Limits) *rapid.Generator[timeline.History] {
	return rapid.Custom(func(t *rapid.T) timeline.History {
		s.check(t)
		terms := timeline.Terms{
			FiscalYear: anyYear().Draw(t, "fiscal year"),
			DatedBy:    pick(t, "dated by", timeline.ByClosing, timeline.ByRegistration),
		}
		policy := AnyPolicy().Draw(t, "policy")
		versions := []timeline.Version{{ID: "V-1", From: s.From, Policy: policy}}
		for q := terms.FiscalYear.Quarter(s.From).Next(); !q.IsZero() && !q.First().After(s.To) &&
			len(versions) < maxVersions; q = q.Next() {
			if rapid.Bool().Draw(t, "another version") {
				policy = changed(t, policy)
				versions = append(versions, timeline.Version{ID: fmt.Sprintf("V-%d", len(versions)+1), From: q.First(),
					Policy: policy})
			}
		}
		h, err := timeline.New(terms, versions...)
		for i := 0; err == nil && i < 3 && between(t, "a correction", 0, 2) == 0; i++ {
			h, err = h.Correct(anyCorrection(t, h, s, i+1))
		}
		if err != nil {
			t.Fatalf("compgen: %v", err)
		}
		return h
	})
}

const maxVersions = 40 // bounds the time of drawing a long scope

// changed draws a policy with the contributions of p and other numbers.
func changed(t *rapid.T, p comp.Policy) comp.Policy {
	next := AnyPolicy().Draw(t, "changed policy")
	contributions := p.Under(p.Model).RoleBased.Contributions
	for _, c := range slices.Sorted(maps.Keys(contributions)) {
		if rapid.Bool().Draw(t, "changed "+string(c)) {
			contributions[c] = percent(anyPart().Draw(t, string(c)).Millionths() / 5)
		}
	}
	next.RoleBased.Contributions = contributions
	if len(contributions) == 0 && next.Model == comp.RoleBased {
		next.Model = p.Model
	}
	return next
}

func anyCorrection(t *rapid.T, h timeline.History, s Limits, n int) timeline.Correction {
	day := anyDay(s.From, s.To).Draw(t, "corrected from")
	wrong, err := h.On(day)
	if err != nil {
		t.Fatalf("compgen: %v", err)
	}
	return timeline.Correction{
		ID: fmt.Sprintf("C-%d", n), Corrects: wrong.Version, From: day, Policy: changed(t, wrong.Plan.Policy()),
		Reason: "typed wrongly",
		Approved: timeline.Approval{
			By: model.Person{Name: "approver", Party: model.VendorOrg("vendor")},
			At: s.To.Start(nil).Add(time.Duration(n) * time.Hour),
		},
	}
}
