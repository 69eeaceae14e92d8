package registration_test

import (
	"context"
	"fmt"
	"time"

	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/registration"
	"github.com/coselling/coselling/registration/domains"
	"github.com/coselling/coselling/registration/matching"
	"github.com/coselling/coselling/registration/memstore"
	"github.com/coselling/coselling/value"
)

// A partner registers a deal.
func Example() {
	ctx, party := context.Background(), model.PartnerOrg("acme")
	policy := registration.DefaultPolicy("us", "noor", "vic")
	claim := registration.Filing{Key: "acme-17", By: "ana",
		Account: matching.Account{Domains: []string{"www.hooli.com"}}}

	registry, err := memstore.New(policy, domains.Registrable)
	if err != nil {
		fmt.Println(err)
		return
	}
	answer, err := registry.Submit(ctx, party, claim) // already redacted for that party
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(answer.Status, answer.Until.IsZero())
	// Output: submitted true
}

// demo is a registry whose clock the example moves.
func demo(at *time.Time, place value.Workplace) *registration.Registry {
	rules, err := registration.Compile(registration.DefaultPolicy("us", "noor", "vic"), domains.Registrable)
	if err != nil {
		panic(err)
	}
	n := 0
	store := memstore.NewStore(func() time.Time { return *at }, func() string { n++; return fmt.Sprint("R-", n) })
	registry, err := registration.Open(store, rules.In(place))
	if err != nil {
		panic(err)
	}
	return registry
}

// Two partners want one account. The later one waits, and learns that an earlier claim was
// approved, but not whose.
func ExampleRegistry_Act() {
	ctx := context.Background()
	now := time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
	registry := demo(&now, value.Workplace{})
	hooli := matching.Account{Name: "Hooli Inc.", Domains: []string{"hooli.com"}}
	noor := model.Person{Name: "noor", Party: model.VendorOrg("us")}
	acme, bolt := model.PartnerOrg("acme"), model.PartnerOrg("bolt")

	first, err := registry.Submit(ctx, acme, registration.Filing{Key: "1", By: "ana", Account: hooli})
	if err != nil {
		fmt.Println(err)
		return
	}
	second, err := registry.Submit(ctx, bolt, registration.Filing{Key: "1", By: "bea", Account: hooli})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(first.Status, "decided by", first.Due.Format(time.RFC3339))
	fmt.Println(second.Status, "behind", len(second.Held))

	first, err = registry.Act(ctx, first.Claim, registration.Event{Do: registration.Approve, By: noor})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(first.Status, "until", first.Until.Format(time.RFC3339))
	second, err = registry.Answer(ctx, bolt, second.Claim, now.Add(time.Hour))
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(second.Status)
	third, err := registry.Submit(ctx, bolt, registration.Filing{Key: "2", By: "bea", Account: hooli})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(third.Status, third.Reasons[0])
	// Output:
	// submitted decided by 2026-11-26T00:00:00Z
	// queued behind 1
	// approved until 2027-03-24T00:00:00Z
	// rejected
	// refused another partner holds the account for everything until 2027-03-24T00:00:00Z
}

// The vendor works in Riyadh, where Friday and Saturday are the weekend: the decision on a
// claim of Thursday morning is due at the end of Monday.
func ExampleRules_In() {
	calendar, err := value.NewCalendar([]time.Weekday{time.Sunday, time.Monday, time.Tuesday, time.Wednesday,
		time.Thursday}, nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	riyadh := value.Workplace{Zone: time.FixedZone("Asia/Riyadh", 3*60*60), Calendar: &calendar}
	thursday := time.Date(2026, time.November, 26, 8, 0, 0, 0, riyadh.Zone)
	hooli := registration.Filing{Key: "1", By: "ana", Account: matching.Account{Domains: []string{"hooli.com"}}}

	answer, err := demo(&thursday, riyadh).Submit(context.Background(), model.PartnerOrg("acme"),
		hooli)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(answer.Due.In(riyadh.Zone).Format(time.RFC3339))
	// Output: 2026-12-01T00:00:00+03:00
}

// A channel owner looks at what is to be decided, and a partner at its own claims; neither knows an id.
func ExampleRegistry_List() {
	now := time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
	registry := demo(&now, value.Workplace{})
	ctx := context.Background()
	for i, host := range []string{"hooli.com", "piedpiper.com"} {
		filing := registration.Filing{Key: fmt.Sprint(i), By: "ana", Account: matching.Account{Domains: []string{host}}}
		if _, err := registry.Submit(ctx, model.PartnerOrg("acme"), filing); err != nil {
			fmt.Println(err)
		}
		now = now.Add(24 * time.Hour)
	}
	saturday := time.Date(2026, 11, 28, 0, 0, 0, 0, time.UTC)
	vendor := model.VendorOrg("us")
	inbox, err := registry.List(ctx, vendor, registration.Filter{Status: registration.Submitted, DueBefore: saturday})
	if err != nil {
		fmt.Println(err)
	}
	for _, claim := range inbox.Claims {
		fmt.Println(claim.Account.Domains, "due before", claim.Due.Format(time.DateOnly))
	}
	mine, err := registry.List(ctx, model.PartnerOrg("acme"), registration.Filter{})
	fmt.Println(len(mine.Claims), err)
	// Output:
	// [hooli.com] due before 2026-11-26
	// [piedpiper.com] due before 2026-11-27
	// 2 <nil>
}
