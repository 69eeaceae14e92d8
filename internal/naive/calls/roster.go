// Package calls finds whom to call, and when a deal calls for somebody, day by day and hour by hour, and compares what
// package escalation says of random rosters and deals.
package calls

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"time"

	"github.com/coselling/coselling/escalation"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// days is how long a made-up roster is looked at.
const days = 12

var (
	first = time.Date(2026, time.March, 2, 0, 0, 0, 0, time.UTC)
	us    = model.VendorOrg("us")
	acme  = model.PartnerOrg("acme")
)

// called are the functions of each level, in the order in which their people are named.
var called = [...]struct {
	kind      escalation.BlockerKind
	functions []escalation.Function
}{
	{escalation.ProspectDark, []escalation.Function{escalation.Manager}},
	{escalation.ExecutiveRequest, []escalation.Function{escalation.Executive}},
	{escalation.ContractIssue, []escalation.Function{escalation.DealDesk, escalation.Legal}},
}

// Roster loads a random roster with people away: it is refused where somebody is missing on a day, and else each level
// calls on each day who is there (esc.roster). It returns what differs; empty: nothing does.
func Roster(r *rand.Rand) (problem string) {
	roster := anyRoster(r)
	var missing string
	for n := range days {
		for _, m := range roster.People {
			if slices.Contains(m.Functions, escalation.Rep) && onDuty(&roster, m.Name, n) == "" {
				missing = fmt.Sprint(m.Name, " on day ", n)
			}
		}
		for _, level := range called {
			for _, f := range level.functions {
				for _, p := range []model.Party{acme, us} {
					if len(people(&roster, p, f, n)) == 0 {
						missing = fmt.Sprint(f, " of ", p, " on day ", n)
					}
				}
			}
		}
	}
	rules, err := escalation.Compile(escalation.DefaultPolicy(), roster)
	if missing != "" && errors.Is(err, escalation.RosterRule) {
		return ""
	}
	if err != nil || missing != "" {
		return fmt.Sprintf("esc.roster: %+v: %v, want missing: %q", roster, err, missing)
	}
	deal := escalation.Facts{ID: "D-1", Size: model.Standard, PartnerLead: "acme 0", VendorLead: "us 0"}
	for _, level := range called {
		n := r.IntN(days)
		at := first.AddDate(0, 0, n).Add(time.Duration(r.IntN(24)) * time.Hour)
		route, err := rules.Route(escalation.Blocker{Deal: deal, Kind: level.kind, Raised: at}, at)
		if err != nil {
			return fmt.Sprintf("esc.total: %s at %v: %v", level.kind, at, err)
		}
		var got, want []string
		for _, c := range route.People() {
			got = append(got, fmt.Sprint(c.Person.Name, " as ", c.Function))
		}
		for _, p := range []model.Party{acme, us} {
			for _, f := range level.functions {
				for _, name := range people(&roster, p, f, n) {
					want = append(want, fmt.Sprint(name, " as ", f))
				}
			}
		}
		if !slices.Equal(got, want) {
			return fmt.Sprintf("esc.roster: %s on day %d calls %q, want %q, of %+v", level.kind, n, got, want, roster)
		}
	}
	return ""
}

// anyRoster draws four people of each side with functions and absences.
func anyRoster(r *rand.Rand) (roster escalation.Roster) {
	all := []escalation.Function{escalation.Manager, escalation.Executive, escalation.DealDesk, escalation.Legal}
	for _, p := range []model.Party{acme, us} {
		for i := range 4 {
			m := escalation.Member{Name: fmt.Sprint(p.Org, " ", i), Party: p}
			for _, f := range all {
				if i == 1 || r.IntN(3) == 0 {
					m.Functions = append(m.Functions, f)
				}
			}
			if i == 0 {
				m.Functions = append(m.Functions, escalation.Rep)
			}
			roster.People = append(roster.People, m)
			for from := r.IntN(days); from < days && r.IntN(3) > 0; from += 1 + r.IntN(days) {
				until := from + r.IntN(4)
				a := escalation.Absence{Name: m.Name, From: day(from), Until: day(until)}
				if other := r.IntN(4); other != i {
					a.StandIn = fmt.Sprint(p.Org, " ", other)
				}
				roster.Absences = append(roster.Absences, a)
				from = until
			}
		}
	}
	r.Shuffle(len(roster.Absences), func(i, j int) {
		roster.Absences[i], roster.Absences[j] = roster.Absences[j], roster.Absences[i]
	})
	return roster
}

func day(n int) value.Date {
	d, _ := value.DateOf(first.AddDate(0, 0, n), time.UTC) // the years of a roster are few
	return d
}

// onDuty asks for a person on a day: who is away names a stand-in, who may be away too. Empty: nobody is there.
func onDuty(roster *escalation.Roster, name string, n int) string {
	for range roster.People { // longer chains are circles
		i := slices.IndexFunc(roster.Absences, func(a escalation.Absence) bool {
			return a.Name == name && !day(n).Before(a.From) && !day(n).After(a.Until)
		})
		if i < 0 {
			return name
		}
		if name = roster.Absences[i].StandIn; name == "" {
			return ""
		}
	}
	return ""
}

// people names who is called in a function of a party: those who are there, then who stands in, each once.
func people(roster *escalation.Roster, p model.Party, f escalation.Function, n int) (names []string) {
	for _, there := range []bool{true, false} {
		for _, m := range roster.People {
			who := onDuty(roster, m.Name, n)
			serves := m.Party == p && slices.Contains(m.Functions, f)
			if serves && who != "" && (who == m.Name) == there && !slices.Contains(names, who) {
				names = append(names, who)
			}
		}
	}
	return names
}
