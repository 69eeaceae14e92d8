package matching_test

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/coselling/coselling/registration/matching"
	"github.com/coselling/coselling/value"
)

func anyTargets(t *rapid.T, prefix string) []matching.Target {
	accounts := rapid.SliceOfN(anyAccount(), 0, 12).Draw(t, prefix)
	targets := make([]matching.Target, len(accounts))
	for i, a := range accounts {
		targets[i] = matching.Target{ID: fmt.Sprint(prefix, i), Account: a,
			Strategic: rapid.Bool().Draw(t, "strategic")}
	}
	return targets
}

func TestOverlapEqualsAComparisonOfAllPairs(t *testing.T) {
	r := compile(t)
	rapid.Check(t, func(t *rapid.T) {
		vendor, partner := anyTargets(t, "v"), anyTargets(t, "p")
		var want []matching.Pair
		for _, v := range vendor {
			for _, p := range partner {
				a, _ := r.Key(v.Account)
				b, _ := r.Key(p.Account)
				if m := r.Match(a, b); m.Relation != matching.Different {
					strategic := v.Strategic || p.Strategic
					want = append(want, matching.Pair{Vendor: v.ID, Partner: p.ID, Match: m, Strategic: strategic})
				}
			}
		}
		slices.SortFunc(want, func(a, b matching.Pair) int {
			if a.Match.Relation != b.Match.Relation {
				return int(b.Match.Relation) - int(a.Match.Relation)
			}
			return strings.Compare(a.Vendor+" "+a.Partner, b.Vendor+" "+b.Partner)
		})
		got, unchecked, err := r.Overlap(vendor, partner)
		if err != nil || unchecked > 0 {
			t.Fatalf("%d unchecked, %v", unchecked, err)
		}
		all := cmp.Exporter(func(reflect.Type) bool { return true })
		if diff := cmp.Diff(want, got, all); diff != "" {
			t.Fatalf("the pairs differ (-want +got):\n%s", diff)
		}
	})
}

func targets(n int, name func(int) string) []matching.Target {
	list := make([]matching.Target, n)
	for i := range list {
		list[i] = matching.Target{ID: fmt.Sprint(i), Account: account(name(i))}
	}
	return list
}

func TestHostileListsAreBounded(t *testing.T) {
	r := compile(t)
	same := targets(20_000, func(int) string { return "acme.com" })
	if _, _, err := r.Overlap(same, same); !errors.Is(err, matching.OverlapExcess) {
		t.Errorf("one account twenty thousand times: %v", err)
	}
	names := targets(20_000, func(int) string { return "Acmeacme" })
	pairs, unchecked, err := r.Overlap(names, names)
	if err != nil || unchecked == 0 || len(pairs) > 64*20_000 {
		t.Errorf("one name twenty thousand times: %d pairs, %d unchecked, %v", len(pairs), unchecked, err)
	}
	bad := targets(1000, func(int) string { return "localhost.localhost" })
	if _, _, err := r.Overlap(bad, bad); len(codes(err)) > 220 || err == nil {
		t.Errorf("%d problems", len(codes(err)))
	}
	twice := []matching.Target{{ID: "a", Account: account("acme.com")}, {ID: "a", Account: account("bolt.com")},
		{Account: account("bolt.com")}}
	_, _, err = r.Overlap(nil, twice)
	if want := []value.Code{"target.id", "target.id"}; !slices.Equal(codes(err), want) {
		t.Error(err)
	}
	if got := err.(value.Errors)[0].Path; got != "partner[1].id" {
		t.Error(got)
	}
}

func TestStrategicOverlapNeedsACompletePlan(t *testing.T) {
	today := value.MustDate("2026-11-23")
	pair := matching.Pair{Vendor: "v", Partner: "p", Strategic: true, Match: matching.Match{Relation: matching.Same}}
	full := matching.JointPlan{Vendor: "v", Partner: "p", Objectives: []string{"win"}, VendorOwner: "bo",
		PartnerOwner: "ana", Contacts: []string{"cio"}, NextReview: today}
	change := func(f func(*matching.JointPlan)) []matching.JointPlan {
		p := full
		f(&p)
		return []matching.JointPlan{p}
	}
	for _, c := range []struct {
		name  string
		plans []matching.JointPlan
		want  string
	}{
		{"complete", []matching.JointPlan{full}, ""},
		{"none", nil, "the strategic account v / p (same) has no joint account plan"},
		{"of another pair", change(func(p *matching.JointPlan) { p.Partner = "q" }),
			"the strategic account v / p (same) has no joint account plan"},
		{"no objectives", change(func(p *matching.JointPlan) { p.Objectives = nil }),
			"the joint account plan of v / p (same) is incomplete; missing: objectives"},
		{"a blank contact", change(func(p *matching.JointPlan) { p.Contacts = []string{"cio", " "} }),
			"the joint account plan of v / p (same) is incomplete; missing: contacts"},
		{"owners", change(func(p *matching.JointPlan) { p.VendorOwner, p.PartnerOwner = "", "" }),
			"the joint account plan of v / p (same) is incomplete; missing: " +
				"an owner on the vendor's side, an owner on the partner's side"},
		{"past review", change(func(p *matching.JointPlan) { p.NextReview = value.MustDate("2026-11-22") }),
			"the joint account plan of v / p (same) is incomplete; missing: a next review that is not in the past"},
		{"one of two complete", append(change(func(p *matching.JointPlan) { p.Contacts = nil }), full), ""},
	} {
		findings := matching.JudgeJointPlans([]matching.Pair{pair, {Vendor: "x", Partner: "y"}}, c.plans, today)
		var got strings.Builder
		for _, f := range findings {
			got.WriteString(f.String())
			if f.Code() != matching.JointPlanRule || !slices.Equal(f.Paths(), []string{"v", "p"}) {
				t.Errorf("reg.joint_plan %s: %s %v", c.name, f.Code(), f.Paths())
			}
		}
		if got.String() != c.want {
			t.Errorf("reg.joint_plan %s: %q, want %q", c.name, got.String(), c.want)
		}
	}
}

// BenchmarkOverlap compares two lists, half of which are the same accounts. Beside it a
// plain Go map from domains to ids, which has no identifiers and names, does the same. If the
// time grows with the length of the lists, the time per target stays the same.
func BenchmarkOverlap(b *testing.B) {
	r := compile(b)
	sizes := []int{10_000, 100_000, 1_000_000}
	if testing.Short() {
		sizes = sizes[:1]
	}
	for _, n := range sizes {
		domain := func(i int) string { return fmt.Sprintf("c%d.com", i) }
		line := func(i int) string { return fmt.Sprintf("Company%dx %s", i*7919%1_000_003, domain(i)) }
		vendor, partner := targets(n, line), targets(n, func(i int) string { return line(i + n/2) })
		report := func(b *testing.B) {
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(2*n), "ns/target")
		}
		b.Run(fmt.Sprintf("map/targets=%d", n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				ids := make(map[string]string, n)
				for _, v := range vendor {
					ids[v.Account.Domains[0]] = v.ID
				}
				pairs := 0
				for _, p := range partner {
					if ids[p.Account.Domains[0]] != "" {
						pairs++
					}
				}
				if pairs != n/2 {
					b.Fatal(pairs)
				}
			}
			report(b)
		})
		b.Run(fmt.Sprintf("overlap/targets=%d", n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				pairs, _, err := r.Overlap(vendor, partner)
				if err != nil || len(pairs) < n/2 {
					b.Fatal(len(pairs), err)
				}
			}
			report(b)
		})
	}
}
