package registration_test

import (
	"fmt"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/coselling/coselling/internal/naive/claims"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/registration"
)

var (
	everyDomain = []string{"a.com", "b.com", "c.com"}
	everyParty  = []model.Party{us, acme, bolt, model.PartnerOrg("corp")}
)

func subset[T any](t *rapid.T, all []T, label string, from int) []T {
	var some []T
	for i, x := range all {
		if rapid.Bool().Draw(t, fmt.Sprint(label, i)) {
			some = append(some, x)
		}
	}
	if len(some) < from {
		some = all[:from]
	}
	return some
}

// After random steps the registry gives the answers of the naive list, and every account
// and scope has at most one owner.
func TestRegistryAnswersLikeANaiveList(t *testing.T) {
	rules := compile(t, policy())
	rapid.Check(t, func(t *rapid.T) {
		list := &claims.Registry{Now: start, Terms: policy().Terms, Within: policy().ApproveWithin}
		both, also := map[*claims.Claim]bool{}, map[*claims.Claim]bool{} // for acme, and for bolt too
		d := newDesk(t, rules)
		n := 0
		pass := func(by time.Duration) { list.Now = list.Now.Add(by); d.now = list.Now }
		t.Repeat(map[string]func(*rapid.T){
			"submit": func(t *rapid.T) {
				pass(time.Second)
				n++
				c := &claims.Claim{
					Party: rapid.SampledFrom(everyParty).Draw(t, "party"), Domains: subset(t, everyDomain, "domain", 1),
					Regions: subset(t, []string{"DE", "FR"}, "region", 0),
				}
				f := filing(fmt.Sprint(n), c.Domains...)
				c.Parts = subset(t, []model.Function{model.Resale, model.Integration}, "function", 0)
				f.Scope.Regions, f.Scope.Functions, c.Holder = c.Regions, c.Parts, c.Party
				if c.Joint = c.Party == us && rapid.Bool().Draw(t, "joint"); c.Joint {
					f.With = acme
				}
				both[c] = c.Joint
				if also[c] = c.Party != bolt && (c.Party != us || both[c]) && rapid.Bool().Draw(t, "also"); also[c] {
					f.Also, c.Joint = []model.Party{bolt}, true
				}
				a := d.submit(t, c.Party, f)
				c.ID = a.Claim
				if want := list.Submit(c); a.Status != want {
					t.Fatalf("submitted %+v: %s, want %s", c, a.Status, want)
				}
			},
			"act": func(t *rapid.T) {
				if len(list.Claims) == 0 {
					t.Skip("no claims")
				}
				pass(time.Second)
				c := rapid.SampledFrom(list.Claims).Draw(t, "claim")
				do := rapid.SampledFrom([]registration.Verb{
					registration.Approve, registration.Approve, registration.Approve, registration.Reject,
					registration.Withdraw, registration.Extend, registration.Win, registration.Lose, registration.Confirm,
				}).Draw(t, "do")
				by := noor
				switch {
				case do == registration.Withdraw:
					by = model.Person{Name: "ana", Party: c.Holder}
				case do == registration.Confirm && !both[c] && !also[c]:
					t.Skip("for its claimant alone")
				case do == registration.Confirm && (!both[c] || also[c] && rapid.Bool().Draw(t, "bolt")):
					by = model.Person{Name: "bob", Party: bolt}
				case do == registration.Confirm:
					by = ana
				}
				d.act(t, c.ID, do, by)
				list.Act(c, do, list.Now)
			},
			"hand": func(t *rapid.T) {
				if len(list.Claims) == 0 {
					t.Skip("no claims")
				}
				c := rapid.SampledFrom(list.Claims).Draw(t, "claim")
				to := rapid.SampledFrom(everyParty).Draw(t, "to")
				for _, by := range []model.Person{{Name: "ana", Party: c.Holder}, noor, vic} {
					if by.Party == us && by.Name == "ana" || !rapid.Bool().Draw(t, by.Name) {
						continue
					}
					pass(time.Second)
					e := registration.Event{Do: registration.Hand, By: by, To: to, Reason: fmt.Sprint(list.Now)}
					if c.Holder != us && by.Party != us && by.Party != c.Holder {
						continue
					}
					if _, err := d.Act(ctx, c.ID, e); err != nil {
						t.Fatal(err)
					}
					list.Hand(c, by, to)
				}
			},
			"time": func(t *rapid.T) {
				pass(time.Duration(rapid.IntRange(1, 60).Draw(t, "days")) * day)
			},
			"": func(t *rapid.T) {
				pass(time.Second)
				for _, c := range list.Claims {
					a, err := d.Answer(ctx, us, c.ID, d.now)
					if want := list.Shown(c); err != nil || a.Status != want {
						t.Fatalf("%s: %s, want %s, %v", c.ID, a.Status, want, err)
					}
					if s := d.standing(t, c.ID); a.Status == registration.Approved && !s.Until.Equal(c.Ends()) ||
						a.Status == registration.Submitted && !s.Due.Equal(list.Due(c)) {
						t.Fatalf("%s: due %v, until %v, want %v, %v", c.ID, s.Due, s.Until, list.Due(c), c.Ends())
					}
				}
				for i, c := range list.Claims {
					owned := list.Status(c) == registration.Approved
					key, err := rules.Accounts().Key(filing("x", c.Domains...).Account)
					if err != nil {
						t.Fatal(err)
					}
					scope := registration.Scope{Regions: c.Regions, Functions: c.Parts}
					id, _, ok := d.store.Owner(rules, key, scope, d.now)
					slow, found, err := d.Owner(ctx, key, scope, d.now)
					if err != nil || ok != found || id != slow.ID || owned && !ok {
						t.Fatalf("the holder of %v is %q, %v; slowly %q, %v", c.Domains, id, ok, slow.ID, found)
					}
					for _, o := range list.Claims[:i] {
						if owned && list.Status(o) == registration.Approved && o.Rivals(c) {
							t.Fatalf("%s and %s both own", o.ID, c.ID)
						}
					}
				}
			},
		})
	})
}
