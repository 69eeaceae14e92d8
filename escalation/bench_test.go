package escalation_test

import (
	"testing"

	"github.com/coselling/coselling/escalation"
)

func BenchmarkPeople(b *testing.B) {
	routes := compile(b, escalation.DefaultPolicy(), exampleRoster())
	route, err := routes.Route(escalation.Blocker{Kind: escalation.ContractIssue, Raised: instant(23, 9)},
		instant(23, 9))
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if len(route.People()) != 4 {
			b.Fatal("not four people")
		}
	}
}

func BenchmarkStanding(b *testing.B) {
	routes := compile(b, escalation.DefaultPolicy(), exampleRoster())
	c, err := routes.Raise(escalation.Case{},
		escalation.Blocker{Deal: deal(), Kind: escalation.Scheduling, Raised: instant(23, 9)})
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := routes.State(c, deal(), instant(40, 9)); err != nil {
			b.Fatal(err)
		}
	}
}
