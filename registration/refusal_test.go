package registration_test

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/registration"
	"github.com/coselling/coselling/registration/matching"
	"github.com/coselling/coselling/value"
)

func TestClaimOnAnOwnedAccountIsRefused(t *testing.T) {
	d := newDesk(t, compile(t, policy()))
	f := filing("1", "hooli.com")
	f.Scope.Products = []string{"crm", "erp"}
	until := d.act(t, d.submit(t, us, f).Claim, registration.Approve, vic).Until
	f.Scope.Products = []string{"erp", "hr"}
	a := d.submit(t, acme, f)
	want := registration.Holding{Scope: registration.Scope{Products: []string{"erp"}}, Until: until,
		Holder: model.Vendor}
	if a.Status != registration.Refused || a.Claim != "" || !a.Until.Equal(until) || len(a.Held) != 1 ||
		text(a.Held[0]) != text(want) {
		t.Errorf("reg.confidential: %+v", a)
	}
	if got := a.Reasons[0].String(); got != "the vendor holds the account for erp until 2027-03-24T00:00:00Z" {
		t.Errorf("reg.first_wins: %s", got)
	}
	for _, o := range a.Reasons[0].Operands() {
		if (o.Name() == "holder" || o.Name() == "claim") && o.Value() != nil {
			t.Errorf("reg.confidential: %s is %v", o.Name(), o.Value())
		}
	}
	x, err := d.Preview(ctx, acme, f)
	if err != nil || x.Accepted || len(x.Rivals) != 1 || x.Rivals[0].Standing.Claim.Claimant != us || x.Claim.ID != "" {
		t.Errorf("the vendor sees all: %+v, %v", x, err)
	}
	if len(d.stored()) != 1 {
		t.Errorf("%d claims stored", len(d.stored()))
	}
}

func TestClaimThatJoinsTwoOwnedAccountsIsRefused(t *testing.T) {
	d := newDesk(t, compile(t, policy()))
	d.act(t, d.submit(t, acme, filing("1", "a.com")).Claim, registration.Approve, noor)
	narrow := filing("1", "b.com")
	narrow.Scope.Regions = []string{"DE"}
	d.act(t, d.submit(t, bolt, narrow).Claim, registration.Approve, noor)
	corp := model.PartnerOrg("corp")
	both := filing("1", "a.com", "b.com")
	both.Scope.Regions = []string{"FR"}
	a := d.submit(t, corp, both)
	if a.Status != registration.Refused ||
		!slices.Equal(reasonCodes(a.Reasons), []value.Code{registration.FirstWins, registration.Joins}) ||
		len(a.Held) != 1 {
		t.Errorf("reg.joins: %+v", a)
	}
	if got := a.Reasons[1].String(); strings.Contains(got, "acme") || strings.Contains(got, "bolt") {
		t.Errorf("reg.confidential: %s", got)
	}
	x, err := d.Preview(ctx, corp, both)
	if err != nil || len(x.Reasons) != 2 || len(x.Rivals) != 2 {
		t.Fatal(x, err)
	}
	if got := x.Reasons[1].String(); !strings.Contains(got, "c1 of partner acme and c2 of partner bolt") {
		t.Errorf("reg.joins: %s", got)
	}
	// An account of its own and one of another party: the claim would still join them.
	own := filing("2", "a.com", "b.com")
	own.Scope.Regions = []string{"FR"}
	if a := d.submit(t, acme, own); a.Status != registration.Refused ||
		!slices.Equal(reasonCodes(a.Reasons), []value.Code{registration.Joins}) {
		t.Errorf("reg.joins: %+v", a)
	}
}

func TestPartnerCannotClaimACustomerWithoutAnException(t *testing.T) {
	hooli := registration.Customer{Account: matching.Account{Name: "Hooli", Domains: []string{"www.hooli.com"}}}
	d := newDesk(t, compile(t, policy(), hooli))
	f := filing("1", "shop.hooli.com")
	a := d.submit(t, acme, f)
	if a.Status != registration.Refused ||
		!slices.Equal(reasonCodes(a.Reasons), []value.Code{registration.ExistingCustomer}) || len(d.stored()) != 0 {
		t.Errorf("reg.existing_customer: %+v", a)
	}
	for _, c := range []struct {
		by     model.Person
		reason string
		code   value.Code
	}{
		{noor, "", value.Code("event.reason.missing")},
		{ana, "please", registration.ApproverUnknown},
		{model.Person{Name: "bo", Party: us}, "please", registration.ApproverUnknown},
	} {
		if _, err := d.Admit(ctx, acme, f, c.by, c.reason); !slices.Contains(codesOf(err), c.code) || len(d.stored()) != 0 {
			t.Errorf("reg.existing_customer: %v", err)
		}
	}
	x, err := d.Admit(ctx, acme, f, noor, "a new division")
	if err != nil || !x.Accepted || x.Claim.Events[0].Reason != "a new division" || !x.Claim.Events[0].At.Equal(start) {
		t.Errorf("reg.existing_customer: %+v, %v", x, err)
	}
	if a := d.submit(t, us, filing("1", "hooli.com")); a.Status != registration.Queued {
		t.Errorf("reg.existing_customer: the vendor's own claim is %s", a.Status)
	}
	open := policy()
	open.ExistingCustomers = true
	d = newDesk(t, compile(t, open, hooli))
	if a := d.submit(t, acme, f); a.Status != registration.Submitted {
		t.Errorf("reg.existing_customer: allowed by policy, and %s", a.Status)
	}
}

func TestNearClaimsAreForReview(t *testing.T) {
	d := newDesk(t, compile(t, policy()))
	file := func(p model.Party, name, host string) string {
		return d.submit(t, p, registration.Filing{Key: host, By: "ana",
			Account: matching.Account{Name: name, Country: "US", Domains: []string{host}}}).Claim
	}
	id := file(acme, "Hooli Inc.", "hooli.com")
	d.now = d.now.Add(time.Microsecond)
	file(bolt, "Hoolli LLC", "hoolli.com")
	file(bolt, "Hoxyz LLC", "other.com") // half of its letters are the same
	file(acme, "Hooli Corp", "hooli.de")
	x, near, err := d.Explain(ctx, id, d.now.Add(time.Second))
	if err != nil || len(near) != 1 || near[0].Standing.Claim.ID != "c2" || len(near[0].Match.Evidence) != 1 {
		t.Errorf("reg.same_account: %+v, %v", near, err)
	}
	if x.Standing.Status != registration.Submitted || len(x.Rivals) > 0 {
		t.Errorf("reg.same_account: a near claim decides: %+v", x)
	}
	if _, near, err := d.Explain(ctx, id, start); err != nil || len(near) > 0 {
		t.Errorf("reg.same_account: before the near claim was filed: %+v, %v", near, err)
	}
}

func TestBadFilingsAreRefused(t *testing.T) {
	d := newDesk(t, compile(t, policy()))
	good := filing("1", "hooli.com")
	for _, c := range []struct {
		name   string
		party  model.Party
		change func(*registration.Filing)
		want   []value.Code
	}{
		{"nobody", model.Party{}, nil, []value.Code{"side.unknown"}},
		{"another vendor", model.VendorOrg("them"), nil, []value.Code{"filing.vendor"}},
		{"a party with a line break", model.PartnerOrg("a\nb"), nil, []value.Code{model.PartyOrg}},
		{"no key, nobody", acme, func(f *registration.Filing) { f.Key, f.By = "", " " },
			[]value.Code{"filing.key", "filing.by"}},
		{"a long key", acme, func(f *registration.Filing) { f.Key = strings.Repeat("k", 129) },
			[]value.Code{"filing.key"}},
		{"with the own side", acme, func(f *registration.Filing) { f.With = bolt },
			[]value.Code{"filing.beneficiary"}},
		{"a name alone", acme, func(f *registration.Filing) { f.Account = matching.Account{Name: "Hooli"} },
			[]value.Code{registration.AccountUndecided}},
		{"a shared domain alone", acme, func(f *registration.Filing) { f.Account.Domains = []string{"gmail.com"} },
			[]value.Code{registration.AccountUndecided}},
		{"localhost", acme, func(f *registration.Filing) { f.Account.Domains = []string{"localhost"} },
			[]value.Code{"domain.local"}},
		{"an address", acme, func(f *registration.Filing) { f.Account.Domains = []string{"10.0.0.1"} },
			[]value.Code{"domain.address"}},
		{"a look-alike", acme, func(f *registration.Filing) { f.Account.Domains = []string{"hооli.com"} },
			[]value.Code{"domain.mixed"}},
		{"punctuation", acme, func(f *registration.Filing) { f.Account.Name = "—" },
			[]value.Code{"account.name"}},
		{"10 kB", acme, func(f *registration.Filing) { f.Account.Name = strings.Repeat("x", 10_000) },
			[]value.Code{"account.name"}},
		{"scope", acme, func(f *registration.Filing) {
			f.Scope.Products, f.Scope.Regions = []string{""}, make([]string, 1001)
		}, []value.Code{"scope.id", "scope.id"}},
	} {
		f := good
		if c.change != nil {
			c.change(&f)
		}
		if _, err := d.Submit(ctx, c.party, f); !slices.Equal(codesOf(err), c.want) {
			t.Errorf("%s: %v", c.name, err)
		}
	}
	if len(d.stored()) != 0 {
		t.Error("something was written")
	}
}

func TestBadEventsAreRefused(t *testing.T) {
	d := newDesk(t, compile(t, policy()))
	vendors := registration.Filing{Key: "1", By: "noor", Account: matching.Account{Domains: []string{"hooli.com"}}}
	id := d.submit(t, us, vendors).Claim
	partners := d.submit(t, acme, filing("1", "other.com")).Claim
	for _, c := range []struct {
		name string
		id   string
		e    registration.Event
		want []value.Code
	}{
		{"the approver submitted it", id, registration.Event{Do: registration.Approve, By: noor},
			[]value.Code{"approver.submitted"}},
		{"no channel owner", id, registration.Event{Do: registration.Approve, By: model.Person{Name: "bo", Party: us}},
			[]value.Code{registration.ApproverUnknown}},
		{"the claimant", partners, registration.Event{Do: registration.Approve, By: ana},
			[]value.Code{"approver.submitted"}},
		{"the claimant's colleague, named as an owner", partners,
			registration.Event{Do: registration.Approve, By: model.Person{Name: "noor", Party: acme}},
			[]value.Code{registration.ApproverUnknown}},
		{"no reason", partners, registration.Event{Do: registration.Reject, By: noor},
			[]value.Code{"event.reason.missing"}},
		{"a long reason", partners,
			registration.Event{Do: registration.Reject, By: noor, Reason: strings.Repeat("x", 4097)},
			[]value.Code{"event.reason.missing"}},
		{"no progress", partners, registration.Event{Do: registration.Extend, By: ana},
			[]value.Code{"event.progress.missing"}},
		{"the vendor withdraws a partner's", partners, registration.Event{Do: registration.Withdraw, By: noor},
			[]value.Code{registration.ActorForbidden}},
		{"confirmed for one side", partners, registration.Event{Do: registration.Confirm, By: noor},
			[]value.Code{registration.ActorForbidden}},
		{"nothing", partners, registration.Event{By: noor}, []value.Code{registration.ActionUnknown}},
		{"a number", partners, registration.Event{Do: 99, By: noor}, []value.Code{registration.ActionUnknown}},
		{"nobody", partners, registration.Event{Do: registration.Approve}, []value.Code{registration.ClaimUnknown}},
		{"another partner's claim", partners,
			registration.Event{Do: registration.Withdraw, By: model.Person{Name: "bea", Party: bolt}},
			[]value.Code{registration.ClaimUnknown}},
		{"no claim", "c99", registration.Event{Do: registration.Approve, By: noor},
			[]value.Code{registration.ClaimUnknown}},
	} {
		_, err := d.Act(ctx, c.id, c.e)
		if !slices.Equal(codesOf(err), c.want) {
			t.Errorf("%s: %v", c.name, err)
		}
		if err != nil && strings.Contains(err.Error(), "vic") {
			t.Errorf("reg.confidential: %s: the error names a channel owner who took no part: %v", c.name, err)
		}
	}
	for c := range d.store.All() {
		if len(c.Events) > 0 {
			t.Errorf("something was written: %+v", c)
		}
	}
	if _, err := d.Answer(ctx, bolt, partners, d.now); !errors.Is(err, registration.ClaimUnknown) {
		t.Errorf("reg.confidential: %v", err)
	}
}

func TestBadClaimsAreNotMerged(t *testing.T) {
	good := registration.Claim{ID: "x", Claimant: acme, Filing: filing("1", "hooli.com"), Submitted: start}
	event := func(do registration.Verb, at time.Time) registration.Event {
		return registration.Event{Do: do, By: noor, At: at}
	}
	for _, c := range []struct {
		name   string
		change func(*registration.Claim)
		want   []value.Code
	}{
		{"no id", func(c *registration.Claim) { c.ID = "" }, []value.Code{"claim.id"}},
		{"no instant", func(c *registration.Claim) { c.Submitted = time.Time{} },
			[]value.Code{"fact.instant"}},
		{"in the future", func(c *registration.Claim) { c.Submitted = start.Add(25 * time.Hour) },
			[]value.Code{"claim.order"}},
		{"decided before it was submitted", func(c *registration.Claim) {
			c.Events = []registration.Event{event(registration.Approve, start.Add(-1))}
		}, []value.Code{"claim.order"}},
		{"out of order", func(c *registration.Claim) {
			c.Events = []registration.Event{event(registration.Approve, start.Add(2)),
				event(registration.Win, start.Add(1))}
		}, []value.Code{"claim.order"}},
		{"no action", func(c *registration.Claim) { c.Events = []registration.Event{event(0, start)} },
			[]value.Code{registration.ActionUnknown}},
		{"many events", func(c *registration.Claim) { c.Events = make([]registration.Event, 129) },
			[]value.Code{"claim.excess"}},
		{"long reasons", func(c *registration.Claim) {
			long := event(registration.Reject, start)
			long.Reason = strings.Repeat("x", 4097)
			admits := event(registration.Admit, start)
			admits.Reason = "\xff"
			c.Events = []registration.Event{long, admits}
		}, []value.Code{"event.reason.missing", "event.reason.missing"}},
		{"admitted by nobody", func(c *registration.Claim) {
			c.Events = []registration.Event{event(registration.Admit, start)}
			c.Events[0].By.Name = ""
		}, []value.Code{"filing.by"}},
		{"handed to nobody", func(c *registration.Claim) {
			c.Events = []registration.Event{event(registration.Hand, start)}
		}, []value.Code{"side.unknown"}},
		{"terms out of their bounds", func(c *registration.Claim) {
			c.Events = []registration.Event{event(registration.Approve, start)}
			c.Events[0].Terms = &registration.Terms{Protection: 4000, Extension: 30, Extensions: 11, ConfirmWithin: 10}
		}, []value.Code{"registration.days", "registration.days"}},
		{"progress in another age", func(c *registration.Claim) {
			far := event(registration.Extend, start)
			far.Progress = start.AddDate(10_000, 0, 0)
			c.Events = []registration.Event{far}
		}, []value.Code{"fact.instant"}},
		{"a long key", func(c *registration.Claim) { c.Key.Domains = make([]string, 33) },
			[]value.Code{"claim.excess"}},
		{"a key with a long domain", func(c *registration.Claim) {
			c.Key.Domains = []string{strings.Repeat("x", 2049)}
		}, []value.Code{"claim.excess"}},
		{"no account", func(c *registration.Claim) { c.Filing.Account = matching.Account{} },
			[]value.Code{"account.empty"}},
	} {
		d := newDesk(t, compile(t, policy()))
		bad := good
		c.change(&bad)
		other := good
		other.ID = "y"
		if err := d.Merge(ctx, other, bad); !slices.Equal(codesOf(err), c.want) || len(d.stored()) != 0 {
			t.Errorf("%s: %v; %d stored", c.name, err, len(d.stored()))
		}
	}
	d := newDesk(t, compile(t, policy()))
	copied := good
	copied.Filing.By = "bea"
	if err := d.Merge(ctx, good, copied); !errors.Is(err, registration.ClaimCopies) || len(d.stored()) != 0 {
		t.Errorf("copies that differ: %v", err)
	}
	late := good // an approval after its own end changes nothing
	late.Submitted = start.Add(-200 * day)
	late.Events = []registration.Event{event(registration.Approve, start.Add(-199*day)), event(registration.Win, start)}
	if err := d.Merge(ctx, late); err != nil {
		t.Fatal(err)
	}
	if s := d.standing(t, "x"); s.Status != registration.Expired {
		t.Errorf("won after its own end: %s", s.Status)
	}
}

func TestRulesTakeAnyInput(t *testing.T) {
	rules := compile(t, policy())
	far := time.Date(9000, 12, 31, 23, 0, 0, 0, time.UTC)
	old := time.Unix(math.MinInt32, 0)
	for i, at := range []time.Time{far, far.Add(24 * time.Hour), old, {}, time.Unix(1<<60, 0)} {
		c := registration.Claim{ID: fmt.Sprint(i), Claimant: acme, Submitted: at,
			Events: []registration.Event{{Do: registration.Approve, At: at}, {Do: 77, At: at}}}
		for _, s := range rules.Standings([]registration.Claim{c, {}, c}, at) {
			if s.Status == 0 {
				t.Errorf("%v: %+v", at, s)
			}
		}
	}
	if _, err := rules.Submit(nil, registration.Claim{}); len(codesOf(err)) < 5 {
		t.Errorf("%v", err)
	}
	if _, err := rules.Decide(nil, "x", registration.Event{}); !errors.Is(err, registration.ClaimUnknown) {
		t.Error(err)
	}
	if _, err := registration.Open(nil, rules); !errors.Is(err, value.Code("registration.rules.missing")) {
		t.Error(err)
	}
}

func TestQueueIsBounded(t *testing.T) {
	rules := compile(t, policy())
	var claims []registration.Claim
	for i := range 1000 {
		x, err := rules.Submit(nil, registration.Claim{
			ID: fmt.Sprint("c", i), Claimant: model.PartnerOrg(fmt.Sprint(i)),
			Filing: filing("1", "hooli.com"), Submitted: start.Add(time.Duration(i)),
		})
		if err != nil {
			t.Fatal(err)
		}
		claims = append(claims, x.Claim)
	}
	x, err := rules.Submit(claims, registration.Claim{
		ID: "one", Claimant: acme, Filing: filing("1", "hooli.com"), Submitted: start.Add(time.Hour),
	})
	if err != nil || x.Accepted || !slices.Equal(reasonCodes(x.Reasons), []value.Code{registration.QueueFull}) {
		t.Errorf("%v, %v", x.Reasons, err)
	}
}

// A party has as many claims waiting on one account as the policy allows, whatever their scope; a claim that is decided
// makes room, and other accounts and parties have their own.
func TestClaimsOfAPartyThatWaitAreBounded(t *testing.T) {
	p := policy()
	p.WaitingClaims = 2
	d := newDesk(t, compile(t, p))
	file := func(p model.Party, region, host string) registration.Answer {
		f := filing(region+host, host)
		f.Scope.Regions = []string{region}
		return d.submit(t, p, f)
	}
	first := file(acme, "DE", "hooli.com")
	file(acme, "FR", "hooli.com")
	const want = "2 claims of the party itself wait on the account; more are taken once one of them is decided"
	if a := file(acme, "IT", "hooli.com"); a.Accepted || a.Claim != "" ||
		!slices.Equal(reasonCodes(a.Reasons), []value.Code{registration.QueueFull}) || a.Reasons[0].String() != want {
		t.Errorf("reg.queue_full: %+v", a)
	}
	for _, a := range []registration.Answer{file(bolt, "IT", "hooli.com"), file(acme, "IT", "other.com")} {
		if !a.Accepted {
			t.Errorf("reg.queue_full of others: %+v", a)
		}
	}
	d.act(t, first.Claim, registration.Approve, noor)
	if a := file(acme, "IT", "hooli.com"); !a.Accepted {
		t.Errorf("reg.queue_full after a decision: %+v", a)
	}
}

// The errors of acts have a class, by which a portal chooses its status.
func TestErrorsOfActsHaveAClass(t *testing.T) {
	d := newDesk(t, compile(t, policy()))
	id := d.submit(t, acme, filing("1", "hooli.com")).Claim
	other := filing("1", "other.com")
	_, reused := d.Submit(ctx, acme, other)
	act := func(by model.Person, do registration.Verb, claim string) error {
		_, err := d.Act(ctx, claim, registration.Event{Do: do, By: by, Reason: "said"})
		return err
	}
	copied := d.stored()[0]
	copied.Filing.By = "bea"
	for _, c := range []struct {
		err  error
		want value.Class
	}{
		{act(ana, registration.Withdraw, "none"), value.NotFound},
		{act(bea, registration.Withdraw, id), value.NotFound},
		{act(ana, registration.Approve, id), value.Forbidden},
		{act(vic, registration.Withdraw, id), value.Forbidden},
		{act(ana, 0, id), value.BadInput},
		{reused, value.Conflict},
		{d.Merge(ctx, copied), value.Conflict},
	} {
		if !errors.Is(c.err, c.want) {
			t.Errorf("%v is not of the class %v", c.err, c.want)
		}
	}
}
