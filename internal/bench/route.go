package main

import (
	"fmt"
	"maps"
	"slices"

	"github.com/coselling/coselling/escalation"
	"github.com/coselling/coselling/model"
)

// The job: to which level does this kind of blocker go? Ours also says who responds
// and by when.

func routeJob(kinds int) job {
	return job{
		name: fmt.Sprintf("route/kinds=%d", kinds), title: fmt.Sprintf("Route of a blocker, %d kinds", kinds),
		note:  "To which level does this blocker go? Coselling also says whom to call and by when they respond.",
		cases: kinds, prepare: func() []candidate { return routeCandidates(kinds) },
	}
}

func routeCandidates(n int) []candidate {
	p, kinds := routingTable(n)
	return []candidate{
		plainRoute(p, kinds),
		ourRoute(p, kinds),
		alertmanagerRoute(p, kinds, false),
		alertmanagerRoute(p, kinds, true),
	}
}

// routingTable is the default policy with more kinds, n together.
func routingTable(n int) (escalation.Policy, []escalation.BlockerKind) {
	p := escalation.DefaultPolicy()
	for i := len(p.Kinds); i < n; i++ {
		p.Kinds[escalation.BlockerKind(fmt.Sprintf("kind_%03d", i))] = escalation.Level(1 + i%4)
	}
	return p, slices.Sorted(maps.Keys(p.Kinds))
}

// plainRoute is the floor: a look-up in a Go map.
func plainRoute(p escalation.Policy, kinds []escalation.BlockerKind) candidate {
	var level escalation.Level
	return candidate{
		name:   "Go map",
		run:    func(i int) { level = p.Kinds[kinds[i]] },
		answer: func() string { return level.String() },
	}
}

func ourRoute(p escalation.Policy, kinds []escalation.BlockerKind) candidate {
	all := []escalation.Function{escalation.Manager, escalation.Executive, escalation.DealDesk, escalation.Legal}
	routes := must(escalation.Compile(p, escalation.Roster{People: []escalation.Member{
		{Name: "mia", Party: model.PartnerOrg("acme"), Functions: all},
		{Name: "noor", Party: model.VendorOrg("us"), Functions: all},
	}}))
	blocker := escalation.Blocker{Deal: escalation.Facts{PartnerLead: "ana", VendorLead: "bo"}, Raised: opened}
	var level escalation.Level
	return candidate{
		name: "coselling, Route",
		run: func(i int) {
			blocker.Kind = kinds[i]
			level = must(routes.Route(blocker, opened)).Level
		},
		answer: func() string { return level.String() },
	}
}
