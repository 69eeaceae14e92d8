package escalation_test

import (
	"fmt"
	"testing"

	"github.com/coselling/coselling/escalation"
)

// kindsOf returns a policy with n kinds and the kinds.
func kindsOf(n int) (escalation.Policy, []escalation.Kind) {
	p := escalation.DefaultPolicy()
	var kinds []escalation.Kind
	for k := range p.Kinds {
		kinds = append(kinds, k)
	}
	for i := len(kinds); i < n; i++ {
		k := escalation.Kind(fmt.Sprintf("kind_%03d", i))
		p.Kinds[k] = levels[i%len(levels)]
		kinds = append(kinds, k)
	}
	return p, kinds
}

func BenchmarkRoute(b *testing.B) {
	for _, n := range []int{12, 64, 1000} {
		b.Run(fmt.Sprint("kinds=", n), func(b *testing.B) {
			p, kinds := kindsOf(n)
			routes := compile(b, p, exampleRoster())
			at := instant(23, 9)
			blocker := escalation.Blocker{Deal: deal(), Raised: at}
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				blocker.Kind = kinds[i%len(kinds)]
				if _, err := routes.Route(blocker, at); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// A bare look-up of the same table is what a routing decision cannot be below.
func BenchmarkBareMap(b *testing.B) {
	p, kinds := kindsOf(64)
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		if p.Kinds[kinds[i%len(kinds)]] == 0 {
			b.Fatal("no level")
		}
	}
}

func BenchmarkPeople(b *testing.B) {
	routes := compile(b, escalation.DefaultPolicy(), exampleRoster())
	route, err := routes.Route(escalation.Blocker{Kind: escalation.ContractIssue, Raised: instant(23, 9)}, instant(23, 9))
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
	c, err := routes.Raise(escalation.Case{}, escalation.Blocker{Deal: deal(), Kind: escalation.Scheduling, Raised: instant(23, 9)})
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := routes.Standing(c, deal(), instant(40, 9)); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkNext(b *testing.B) {
	routes := compile(b, escalation.DefaultPolicy(), exampleRoster())
	c, err := routes.Raise(escalation.Case{}, escalation.Blocker{Deal: deal(), Kind: escalation.Scheduling, Raised: instant(23, 9)})
	if err != nil {
		b.Fatal(err)
	}
	d, cases := facts(func(*escalation.Deal) {}), []escalation.Case{c}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := routes.Next(d, cases, instant(40, 9)); err != nil {
			b.Fatal(err)
		}
	}
}
