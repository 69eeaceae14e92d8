package assess

import (
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/coselling/coselling/comms"
	"github.com/coselling/coselling/model"
)

var start = time.Date(2026, 11, 2, 9, 0, 0, 0, time.UTC)

// reignsOf returns the reigns of leads that begin at hours, which are in order; the first one since ever.
func reignsOf(leads []string, hours []int) (reigns []reign) {
	for i, org := range leads {
		r := reign{lead: model.PartnerOrg(org)}
		if i > 0 {
			r.from = start.Add(time.Duration(hours[i-1]) * time.Hour)
			reigns[i-1].until = r.from
		}
		reigns = append(reigns, r)
	}
	return reigns
}

// party.lead: at each hour somebody is of whom the reign of that hour makes it, and of nobody off the deal.
func TestPeopleAreOfWhoLeadsAtEachHour(t *testing.T) {
	within := func(from, until, at time.Time) bool {
		return !at.Before(from) && (until.IsZero() || at.Before(until))
	}
	rapid.Check(t, func(t *rapid.T) {
		leads := rapid.SliceOfN(rapid.SampledFrom([]string{"acme", "bay", "cal"}), 1, 6).Draw(t, "leads")
		hours := make([]int, len(leads))
		for i := range hours {
			hours[i] = hours[max(i-1, 0)] + rapid.IntRange(0, 2).Draw(t, "hours")
		}
		reigns := reignsOf(leads, hours)
		p := comms.Correspondent{Name: "ana", Party: model.PartnerOrg("acme")}
		p.From = start.Add(time.Duration(rapid.IntRange(-1, 9).Draw(t, "from")) * time.Hour)
		if rapid.Bool().Draw(t, "ends") {
			p.Until = p.From.Add(3 * time.Hour)
		}
		parts, err := ledBy([]comms.Correspondent{p}, reigns)
		if err != nil {
			t.Fatal(err)
		}
		for h := -3; h < 20; h++ {
			at := start.Add(time.Duration(h) * time.Hour)
			var want, got []model.Party
			for _, r := range reigns {
				if within(r.from, r.until, at) && within(p.From, p.Until, at) {
					want = append(want, map[bool]model.Party{true: theLead(), false: p.Party}[r.lead == p.Party])
				}
			}
			for _, part := range parts {
				if within(part.From, part.Until, at) {
					got = append(got, part.Party)
				}
			}
			if len(want) != len(got) || len(want) == 1 && want[0] != got[0] {
				t.Fatalf("hour %d: %v, want %v", h, got, want)
			}
		}
	})
}

// party.lead: a change of lead that does not concern a company leaves its people whole; too many parts are refused
// before they are made.
func TestAChangeOfLeadDividesThoseWhomItConcerns(t *testing.T) {
	crowd := make([]comms.Correspondent, 6000)
	for i := range crowd {
		crowd[i].Party = model.PartnerOrg("cal")
	}
	if got, err := ledBy(crowd, reignsOf([]string{"acme", "bay", "acme"}, []int{1, 2})); err != nil || len(got) != 6000 {
		t.Errorf("%d people, %v", len(got), err)
	}
	const want = "deal.people: 6000 people count once more at each change of lead to or from their company"
	for _, turns := range []int{1, 20_000} {
		var hours []int
		for i := range turns {
			hours = append(hours, i)
		}
		got, err := ledBy(crowd, reignsOf(strings.Fields("acme" + strings.Repeat(" cal acme", turns))[:turns+1], hours))
		if got != nil || err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%d turns: %d people, %v", turns, len(got), err)
		}
	}
}
