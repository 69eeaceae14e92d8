package bench

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/prometheus/alertmanager/config"
	"github.com/prometheus/alertmanager/dispatch"
	labels "github.com/prometheus/common/model"

	"github.com/coselling/coselling/escalation"
	"github.com/coselling/coselling/model"
)

// The job: to which level does this kind of blocker go? Alertmanager's tree answers
// it in two usual forms: a route for each kind, or a route for each level that lists
// its kinds. Ours also computes by when people respond.

func routingTable(n int) (escalation.Policy, []escalation.Kind) {
	p := escalation.DefaultPolicy()
	for i := len(p.Kinds); i < n; i++ {
		p.Kinds[escalation.Kind(fmt.Sprintf("kind_%03d", i))] = escalation.Level(1 + i%4)
	}
	return p, slices.Sorted(maps.Keys(p.Kinds))
}

func routes(tb testing.TB, p escalation.Policy) *escalation.Routes {
	tb.Helper()
	all := []escalation.Function{escalation.Manager, escalation.Executive, escalation.DealDesk, escalation.Legal}
	compiled, err := escalation.Compile(p, escalation.Roster{People: []escalation.Member{
		{Name: "mia", Party: model.PartnerOrg("acme"), Functions: all},
		{Name: "noor", Party: model.VendorOrg("us"), Functions: all},
	}})
	if err != nil {
		tb.Fatal(err)
	}
	return compiled
}

// tree writes the same table as Alertmanager's configuration.
func tree(tb testing.TB, p escalation.Policy, kinds []escalation.Kind, byLevel bool) *dispatch.Route {
	tb.Helper()
	var text strings.Builder
	text.WriteString("route:\n  receiver: none\n  routes:\n")
	for level := escalation.RepLevel; level <= escalation.DealDeskLegalLevel; level++ {
		var names []string
		for _, kind := range kinds {
			if p.Kinds[kind] == level {
				names = append(names, string(kind))
			}
		}
		if byLevel {
			names = []string{strings.Join(names, "|")}
		}
		for _, name := range names {
			operator := "="
			if byLevel {
				operator = "=~"
			}
			fmt.Fprintf(&text, "  - receiver: %s\n    matchers: [ 'kind%s\"%s\"' ]\n", level, operator, name)
		}
	}
	text.WriteString("receivers:\n- name: none\n- name: rep\n- name: manager\n- name: executive\n- name: deal_desk_legal\n")
	loaded, err := config.Load(text.String())
	if err != nil {
		tb.Fatal(err)
	}
	return dispatch.NewRoute(loaded.Route, nil)
}

func blockerOf(kind escalation.Kind) escalation.Blocker {
	return escalation.Blocker{Deal: escalation.Deal{PartnerLead: "ana", VendorLead: "bo"}, Kind: kind, Raised: opened}
}

// TestRoutesAgree makes sure that both send every kind to the same level.
func TestRoutesAgree(t *testing.T) {
	for _, n := range []int{12, 64} {
		p, kinds := routingTable(n)
		ours := routes(t, p)
		for _, byLevel := range []bool{false, true} {
			theirs := tree(t, p, kinds, byLevel)
			for _, kind := range kinds {
				route, err := ours.Route(blockerOf(kind), opened)
				if err != nil {
					t.Fatal(err)
				}
				matched := theirs.Match(labels.LabelSet{"kind": labels.LabelValue(kind)})
				if len(matched) != 1 || matched[0].RouteOpts.Receiver != route.Level.String() {
					t.Errorf("%s goes to %v, Alertmanager says %v", kind, route.Level, matched)
				}
			}
		}
	}
}

func BenchmarkRoute(b *testing.B) {
	for _, n := range []int{12, 64} {
		p, kinds := routingTable(n)
		ours := routes(b, p)
		var sets []labels.LabelSet
		for _, kind := range kinds {
			sets = append(sets, labels.LabelSet{"kind": labels.LabelValue(kind)})
		}
		blocker, i := blockerOf(""), 0
		all := []contestant{{"route", 1000, func() {
			i++
			blocker.Kind = kinds[i%len(kinds)]
			if _, err := ours.Route(blocker, opened); err != nil {
				b.Fatal(err)
			}
		}}}
		for name, byLevel := range map[string]bool{"alertmanager-by-kind": false, "alertmanager-by-level": true} {
			theirs := tree(b, p, kinds, byLevel)
			all = append(all, contestant{name, 200, func() {
				i++
				if len(theirs.Match(sets[i%len(sets)])) != 1 {
					b.Fatal("no single route")
				}
			}})
		}
		b.Run(fmt.Sprintf("kinds=%d", n), func(b *testing.B) { reportRatios(b, all...) })
	}
}
