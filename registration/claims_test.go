package registration_test

import (
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/coselling/coselling/registration"
)

// A claim that stands between two others joins their accounts: all three decide how each of them stands.
func TestClaimsAreThoseOfTheAccountsAndEachOnce(t *testing.T) {
	d := newDesk(t, compile(t, policy()))
	for i, hosts := range [][]string{{"hooli.com"}, {"hooli.com", "hooli.net"}, {"hooli.net"}, {"other.com"}} {
		d.submit(t, acme, filing(fmt.Sprint(i), hosts...))
		d.now = d.now.Add(time.Hour)
	}
	d.act(t, "c1", registration.Approve, noor)
	for _, ask := range []struct{ ids, want []string }{
		{[]string{"c1"}, []string{"c1", "c2", "c3"}},
		{[]string{"c3", "c1"}, []string{"c1", "c2", "c3"}},
		{[]string{"c4", "c2"}, []string{"c1", "c2", "c3", "c4"}},
		{nil, nil},
	} {
		claims, err := d.Claims(ctx, ask.ids...)
		var ids []string
		for _, c := range claims {
			ids = append(ids, c.ID)
		}
		if err != nil || !slices.Equal(ids, ask.want) {
			t.Errorf("%q: %q, %v, want %q", ask.ids, ids, err, ask.want)
		}
		for _, s := range compile(t, policy()).Standings(claims, d.now) {
			if want := d.standing(t, s.Claim.ID); s.Status != want.Status {
				t.Errorf("%s is %s by its claims, %s in the registry", s.Claim.ID, s.Status, want.Status)
			}
		}
	}
	if claims, err := d.Claims(ctx, "c1", "c9"); !errors.Is(err, registration.ClaimUnknown) || claims != nil {
		t.Errorf("an unknown id: %v, %v", claims, err)
	}
}

// A portal keeps deals in its own tables and their claims in the registry: the record of a deal is made of both.
func ExampleRegistry_Claims() {
	d := newDesk(failer{}, compile(failer{}, policy()))
	d.submit(failer{}, acme, filing("a", "hooli.com"))
	d.now = d.now.Add(time.Minute)
	d.submit(failer{}, bolt, filing("b", "www.hooli.com"))

	claims, err := d.Claims(ctx, "c2") // of bolt's deal, with the one that it waits for
	for _, c := range claims {
		fmt.Println(c.ID, c.Claimant)
	}
	fmt.Println(err)
	// Output:
	// c1 partner acme
	// c2 partner bolt
	// <nil>
}

// failer ends an example that contradicts itself.
type failer struct{}

func (failer) Helper()           {}
func (failer) Fatal(args ...any) { panic(fmt.Sprint(args...)) }
