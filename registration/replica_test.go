package registration_test

import (
	"errors"
	"fmt"
	"math/rand"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/registration"
	"github.com/coselling/coselling/registration/matching"
)

// anyClaims draws claims of many parties with random events, as replicas have them that do
// not know of one another: several may be approved.
func anyClaims() *rapid.Generator[[]registration.Claim] {
	return rapid.Custom(func(t *rapid.T) []registration.Claim {
		var claims []registration.Claim
		for i := range rapid.IntRange(1, 8).Draw(t, "claims") {
			f := filing(fmt.Sprint(i), subset(t, everyDomain, "domain", 1)...)
			f.Scope.Regions = subset(t, []string{"DE", "FR"}, "region", 0)
			c := registration.Claim{
				ID: fmt.Sprint("c", i), Claimant: rapid.SampledFrom(everyParty).Draw(t, "party"), Filing: f,
				Submitted: start.Add(-200*day + time.Duration(rapid.IntRange(0, 3).Draw(t, "day"))*day),
			}
			if c.Claimant == us && rapid.Bool().Draw(t, "joint") {
				c.Filing.With = acme
			}
			at := c.Submitted
			for range rapid.IntRange(0, 4).Draw(t, "events") {
				at = at.Add(time.Duration(rapid.IntRange(0, 49).Draw(t, "later")) * day)
				do := rapid.SampledFrom([]registration.Verb{
					registration.Approve, registration.Approve, registration.Reject, registration.Withdraw,
					registration.Extend, registration.Win, registration.Confirm, registration.Hand, registration.Hand,
				}).Draw(t, "do")
				e := registration.Event{Do: do, By: noor, At: at, Progress: at}
				switch do {
				case registration.Confirm:
					e.By = ana
				case registration.Hand:
					e.To = rapid.SampledFrom(everyParty).Draw(t, "to")
					c.Events = append(c.Events, e) // the other half at the same instant
					e.By = model.Person{Name: "vic", Party: c.Claimant}
				case registration.Approve:
					if rapid.Bool().Draw(t, "has terms") {
						e.Terms = &registration.Terms{Protection: 40, Extension: 9, Extensions: 1, ConfirmWithin: 2}
					}
				}
				c.Events = append(c.Events, e)
			}
			claims = append(claims, c)
		}
		return claims
	})
}

// Replicas that have merged the same claims, in any order and in any parts, give the same
// answers, and at no instant do two rivals own an account.
func TestReplicasGiveTheSameAnswers(t *testing.T) {
	rules := compile(t, policy())
	rapid.Check(t, func(t *rapid.T) {
		claims := anyClaims().Draw(t, "claims")
		random := rand.New(rand.NewSource(rapid.Int64().Draw(t, "seed")))
		var copies []registration.Claim
		for _, c := range claims { // each claim in pieces: some events here, some there
			for range 2 {
				piece := c
				piece.Events = slices.DeleteFunc(slices.Clone(c.Events),
					func(registration.Event) bool { return random.Intn(3) == 0 })
				copies = append(copies, piece)
			}
			copies = append(copies, c)
		}
		var replicas []*desk
		for range 2 {
			d := newDesk(t, rules)
			random.Shuffle(len(copies), func(i, j int) { copies[i], copies[j] = copies[j], copies[i] })
			for list := range slices.Chunk(copies, 1+random.Intn(3)) {
				if err := d.Merge(ctx, list...); err != nil {
					t.Fatal(err)
				}
			}
			replicas = append(replicas, d)
		}
		for at := start.Add(-200 * day); at.Before(start.Add(100 * day)); at = at.Add(9*day + time.Hour) {
			for _, c := range claims {
				one, _, err := replicas[0].Explain(ctx, c.ID, at)
				if err != nil {
					t.Fatal(err)
				}
				other, _, err := replicas[1].Explain(ctx, c.ID, at)
				if err != nil || shown(one.Standing) != shown(other.Standing) {
					t.Fatalf("as of %v one replica says %+v, another %+v, %v", at, one.Standing, other.Standing, err)
				}
				if one.Standing.Status != registration.Approved {
					continue
				}
				for _, rival := range one.Rivals {
					if rival.Standing.Status == registration.Approved {
						t.Fatalf("as of %v %s and %s both own", at, c.ID, rival.Standing.Claim.ID)
					}
				}
			}
			for _, domain := range everyDomain {
				key, _ := rules.Accounts().Key(matching.Account{Domains: []string{domain}})
				german := registration.Scope{Regions: []string{"DE"}}
				id, until, ok := replicas[0].store.Owner(rules, key, german, at)
				id2, until2, ok2 := replicas[1].store.Owner(rules, key, german, at)
				if id != id2 || ok != ok2 || !until.Equal(until2) {
					t.Fatalf("as of %v one replica's holder is %s, another's %s", at, id, id2)
				}
			}
		}
	})
}

// shown writes a standing without the addresses in it.
func shown(s registration.Standing) string {
	claim := text(s.Claim)
	s.Claim = registration.Claim{}
	return claim + fmt.Sprintf("%+v", s)
}

// Union is commutative, associative and idempotent.
func TestUnionDoesNotDependOnOrderOrRepetition(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := anyClaims().Draw(t, "claims")[0]
		part := func() registration.Claim {
			p := c
			p.Events = subset(t, c.Events, "event", 0)
			return p
		}
		x, y, z := part(), part(), part()
		union := func(a, b registration.Claim) registration.Claim {
			u, err := a.Union(b)
			if err != nil {
				t.Fatal(err)
			}
			return u
		}
		if text(union(x, y)) != text(union(y, x)) || text(union(x, union(y, z))) != text(union(union(x, y), z)) ||
			text(union(union(x, y), y)) != text(union(x, y)) {
			t.Fatal("not commutative, associative or idempotent")
		}
	})
}

// reg.atomic: copies that differ in one thing of what was filed are of two claims.
func TestUnionRefusesCopiesOfAnotherClaim(t *testing.T) {
	c := registration.Claim{ID: "1", Claimant: acme, Filing: filing("1", "hooli.com"), Submitted: start}
	for name, change := range map[string]func(*registration.Claim){
		"id":       func(c *registration.Claim) { c.ID = "2" },
		"claimant": func(c *registration.Claim) { c.Claimant = bolt },
		"instant":  func(c *registration.Claim) { c.Submitted = start.Add(time.Microsecond) },
		"filing":   func(c *registration.Claim) { c.Filing = filing("2", "hooli.com") },
	} {
		other := c
		change(&other)
		if u, err := c.Union(other); !errors.Is(err, registration.ClaimCopies) || u.ID != "" {
			t.Errorf("reg.atomic, another %s: %+v, %v", name, u, err)
		}
	}
	other := c
	other.Submitted = start.In(time.FixedZone("", 3600))
	if u, err := c.Union(other); err != nil || text(u) != text(c) {
		t.Errorf("reg.atomic, the instant in another zone: %s, %v", text(u), err)
	}
}

// story plays steps with other names for every partner but acme, and returns every answer
// that acme got.
func story(t *rapid.T, names map[model.Party]string, steps []int) string {
	d := newDesk(t, compile(t, policy()))
	party := func(p model.Party) model.Party {
		if name, ok := names[p]; ok {
			return model.PartnerOrg(name)
		}
		return p
	}
	parties := []model.Party{acme, bolt, model.PartnerOrg("corp"), us}
	var got strings.Builder
	var ids, own []string
	for i, step := range steps {
		d.now = d.now.Add(time.Duration(step%5) * 7 * day)
		p := party(parties[step%4])
		if step%3 == 0 && len(ids) > 0 {
			d.act(t, ids[step%len(ids)], registration.Approve, noor)
		} else if step%7 == 0 && len(own) > 0 {
			do := [...]registration.Verb{
				registration.Extend, registration.Withdraw, registration.Win, registration.Lose,
			}[step%4]
			a := d.act(t, own[step%len(own)], do, ana)
			fmt.Fprintf(&got, "%+v %#v %+v\n", a, a, a.Reasons)
			for _, id := range append(ids, "none") { // an error of a claim that acme may not see says no more than that
				_, err := d.Act(ctx, id, registration.Event{Do: registration.Approve, By: ana})
				fmt.Fprintln(&got, strings.ReplaceAll(fmt.Sprint(err), id, "an id"))
			}
		} else {
			hosts := [][]string{{"a.com"}, {"b.com"}, {"a.com", "b.com"}}[step/4%3]
			f := filing(fmt.Sprint(i), hosts...)
			f.By = "by " + p.Org
			f.Account.Name = "Hooli as " + p.Org
			f.Scope.Regions = [][]string{nil, {"DE"}, {"FR", "DE"}}[step/12%3]
			a := d.submit(t, p, f)
			if a.Claim != "" {
				ids = append(ids, a.Claim)
			}
			if p == acme {
				if a.Claim != "" {
					own = append(own, a.Claim)
				}
				fmt.Fprintf(&got, "%+v %#v\n", a, a)
			}
		}
		for _, id := range ids {
			if a, err := d.Answer(ctx, acme, id, d.now.Add(time.Second)); err == nil {
				fmt.Fprintf(&got, "%+v %#v %+v\n", a, a, a.Reasons)
			}
		}
	}
	return got.String()
}

// No byte of a partner's answers changes if only the identity of another claimant changes
// (reg.confidential).
func TestAnswersDoNotDependOnTheIdentityOfOthers(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		steps := rapid.SliceOfN(rapid.IntRange(0, 719), 1, 12).Draw(t, "steps")
		one := story(t, nil, steps)
		other := story(t, map[model.Party]string{bolt: "zeta", model.PartnerOrg("corp"): "a much longer name"}, steps)
		if one != other {
			t.Fatalf("with other names acme gets\n%s\ninstead of\n%s", other, one)
		}
		for _, name := range []string{"bolt", "corp", "noor", "vic"} {
			if strings.Contains(one, name) {
				t.Fatalf("the answers to acme name %s, another partner or one of the vendor's people:\n%s", name, one)
			}
		}
	})
}
