package registration_test

import (
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/registration"
	"github.com/coselling/coselling/registration/matching"
	"github.com/coselling/coselling/value"
)

// filed returns a claim on hooli.com that was submitted so many days after the start, with
// its events.
func filed(id string, p model.Party, submitted int, events ...registration.Event) registration.Claim {
	c := registration.Claim{
		ID: id, Claimant: p, Filing: filing("1", "hooli.com"), Key: matching.Key{Domains: []string{"hooli.com"}},
		Submitted: start.Add(time.Duration(submitted) * day), Events: events,
	}
	return c
}

func did(do registration.Verb, after int) registration.Event {
	at := start.Add(time.Duration(after) * day)
	return registration.Event{Do: do, By: noor, At: at, Progress: at}
}

// Replicas that did not know of one another may have approved rivals; a merge decides
// between them.
func TestEarlierOwnerBeatsALaterClaimAfterAMerge(t *testing.T) {
	rules := compile(t, policy())
	const approve, withdraw = registration.Approve, registration.Withdraw
	corp := model.PartnerOrg("corp")
	type line struct {
		id     string
		status registration.Status
		ended  int // days after the start; -1: not
		by     string
	}
	for _, c := range []struct {
		name   string
		claims []registration.Claim
		want   []line
	}{
		{"two approved: the earlier claim wins, from its approval",
			[]registration.Claim{filed("b", bolt, 1, did(approve, 2)), filed("a", acme, 0, did(approve, 5))},
			[]line{{"a", registration.Approved, -1, ""}, {"b", registration.Rejected, 5, "a"}}},
		{"filed while the earlier one owned: from the beginning",
			[]registration.Claim{filed("a", acme, 0, did(approve, 1)), filed("b", bolt, 3, did(approve, 4))},
			[]line{{"a", registration.Approved, -1, ""}, {"b", registration.Rejected, 3, "a"}}},
		{"withdrawn at the instant of the other's approval: withdrawn",
			[]registration.Claim{filed("a", acme, 0, did(approve, 5)), filed("b", bolt, 1, did(withdraw, 5))},
			[]line{{"a", registration.Approved, -1, ""}, {"b", registration.Withdrawn, 5, ""}}},
		{"beaten by two: the first one to own wins",
			[]registration.Claim{filed("a", acme, 0, did(approve, 7), did(withdraw, 8)),
				filed("b", bolt, 0, did(approve, 3), did(withdraw, 4)), filed("c", corp, 1)},
			[]line{{"a", registration.Withdrawn, 8, ""}, {"b", registration.Withdrawn, 4, ""},
				{"c", registration.Rejected, 3, "b"}}},
		{"the first never owned: it was beaten before its approval",
			[]registration.Claim{filed("a", acme, 0, did(approve, 2)), filed("b", bolt, 1, did(approve, 3)),
				filed("c", corp, 2)},
			[]line{{"a", registration.Approved, -1, ""}, {"b", registration.Rejected, 2, "a"},
				{"c", registration.Rejected, 2, "a"}}},
		{"filed after the end: free",
			[]registration.Claim{filed("a", acme, 0, did(approve, 1), did(withdraw, 2)),
				filed("b", bolt, 2, did(approve, 3))},
			[]line{{"a", registration.Withdrawn, 2, ""}, {"b", registration.Approved, -1, ""}}},
	} {
		for range 2 {
			slices.Reverse(c.claims)
			var got []line
			for _, s := range rules.Standings(c.claims, start.Add(10*day)) {
				ended := -1
				if !s.Ended.IsZero() {
					ended = int(s.Ended.Sub(start) / day)
				}
				got = append(got, line{s.Claim.ID, s.Status, ended, s.BeatenBy})
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("reg.first_wins %s: %v, want %v", c.name, got, c.want)
			}
		}
	}
}

func TestEarlierClaimIsNotApprovedAfterALaterOne(t *testing.T) {
	rules := compile(t, policy())
	claims := []registration.Claim{filed("a", acme, 0), filed("b", bolt, 1, did(registration.Approve, 2))}
	d, err := rules.Decide(claims, "a", did(registration.Approve, 5))
	if err != nil || d.Accepted || !slices.Equal(reasonCodes(d.Reasons), []value.Code{registration.FirstWins}) {
		t.Errorf("reg.first_wins: an answer once given is overturned: %+v, %v", d.Reasons, err)
	}
}

func TestLateDecisionIsAFinding(t *testing.T) {
	rules := compile(t, policy())
	due := utc("2026-11-26T00:00")
	for _, c := range []struct {
		name  string
		event []registration.Event
		asOf  time.Time
		late  bool
	}{
		{"the last instant", nil, due.Add(-1), false},
		{"at the end", nil, due, true},
		{"approved in time", []registration.Event{{Do: registration.Approve, At: due.Add(-1)}}, due.Add(day), false},
		{"approved at the end", []registration.Event{{Do: registration.Approve, At: due}}, due.Add(day), true},
		{"rejected in time", []registration.Event{{Do: registration.Reject, At: due.Add(-1)}}, due.Add(day), false},
		{"rejected late", []registration.Event{{Do: registration.Reject, At: due}}, due.Add(day), true},
		{"withdrawn", []registration.Event{{Do: registration.Withdraw, At: due.Add(day)}}, due.Add(2 * day), false},
	} {
		s := rules.Standings([]registration.Claim{filed("a", acme, 0, c.event...)}, c.asOf)[0]
		if late := len(s.Findings) > 0; late != c.late || c.name != "withdrawn" && !s.Due.Equal(due) {
			t.Errorf("reg.late_approval %s: %v, due %v", c.name, s.Findings, s.Due)
		}
	}
	for withdrawn, want := range map[int]time.Time{4: due.Add(6 * day), 6: due} {
		claims := []registration.Claim{filed("a", acme, 0, did(registration.Withdraw, withdrawn)),
			filed("b", bolt, 0, did(registration.Reject, 5))}
		if s := rules.Standings(claims, start.Add(10*day))[1]; !s.Due.Equal(want) {
			t.Errorf("reg.late_approval rejected on day 5, an earlier rival ends on day %d: due %v", withdrawn, s.Due)
		}
	}
	two := []registration.Claim{filed("a", acme, 0, did(registration.Approve, 9)), filed("b", bolt, 0)}
	beaten := rules.Standings(two, start.Add(10*day))[1]
	if beaten.BeatenBy != "a" || len(beaten.Findings) > 0 || !beaten.Due.IsZero() {
		t.Errorf("reg.late_approval: a claim that waited in the queue was not late: %+v", beaten)
	}
}

func TestShortProtectionHasFewerReminders(t *testing.T) {
	p := policy()
	p.Protection = 14
	c := filed("a", acme, 0, did(registration.Approve, 0))
	s := compile(t, p).Standings([]registration.Claim{c}, start.Add(day))[0]
	if len(s.Reminders) != 1 || !s.Reminders[0].Equal(s.Until.Add(-7*day)) {
		t.Errorf("reg.life: reminders %v before %v", s.Reminders, s.Until)
	}
}

func TestRemindersPrecedeTheExtendedEnd(t *testing.T) {
	c := filed("a", acme, 0, did(registration.Approve, 0), did(registration.Extend, 1))
	s := compile(t, policy()).Standings([]registration.Claim{c}, start.Add(2*day))[0]
	before := policy().Reminders
	if len(before) == 0 || len(s.Reminders) != len(before) {
		t.Fatalf("reg.life: reminders %v", s.Reminders)
	}
	for i, days := range before {
		if !s.Reminders[i].Equal(s.Until.Add(-time.Duration(days) * day)) {
			t.Errorf("reg.life: reminder %v is not %d days before %v", s.Reminders[i], days, s.Until)
		}
	}
}

// A claim that another one has beaten takes no step, in either order of the two.
func TestBeatenClaimTakesNoStep(t *testing.T) {
	rules := compile(t, policy())
	elder, beaten := filed("a", acme, 0, did(registration.Approve, 1)), filed("b", bolt, 0)
	for _, claims := range [][]registration.Claim{{elder, beaten}, {beaten, elder}} {
		bea := model.Person{Name: "bea", Party: bolt}
		e := registration.Event{Do: registration.Withdraw, By: bea, At: start.Add(2 * day)}
		d, err := rules.Decide(claims, "b", e)
		if err != nil || d.Accepted || !slices.Equal(reasonCodes(d.Reasons), []value.Code{registration.Life}) {
			t.Errorf("reg.life: %+v, %v", d, err)
		}
	}
}

func TestEventsAreBounded(t *testing.T) {
	rules := compile(t, policy())
	for n, want := range map[int][]value.Code{63: nil, 64: {"claim.excess"}} {
		c := filed("a", acme, 0, did(registration.Approve, 0))
		for len(c.Events) < n {
			c.Events = append(c.Events, did(registration.Extend, 1))
		}
		_, err := rules.Decide([]registration.Claim{c}, "a",
			registration.Event{Do: registration.Win, By: noor, At: start.Add(2 * day)})
		if !slices.Equal(codesOf(err), want) {
			t.Errorf("%d events: %v", n, err)
		}
	}
}

func TestClaimCanBeWonAtItsVeryEnd(t *testing.T) {
	rules := compile(t, policy())
	approved := filed("a", acme, 0, did(registration.Approve, 0))
	until := rules.Standings([]registration.Claim{approved}, start.Add(day))[0].Until
	for after, want := range map[time.Duration]registration.Status{
		-1: registration.Won, 0: registration.Won, 1: registration.Expired,
	} {
		d, err := rules.Decide([]registration.Claim{approved}, "a",
			registration.Event{Do: registration.Win, By: noor, At: until.Add(after)})
		if err != nil || d.Standing.Status != want || d.Accepted != (want == registration.Won) {
			t.Errorf("reg.life: won %v after the end: %s, %v, %v", after, d.Standing.Status, d.Reasons, err)
		}
	}
	if d, err := rules.Decide([]registration.Claim{approved}, "a",
		registration.Event{Do: registration.Withdraw, By: ana, At: until}); err != nil || d.Accepted {
		t.Errorf("reg.life: withdrawn at the end: %+v, %v", d.Standing, err)
	}
	twice := approved.Events[0]
	twice.At = twice.At.Add(day)
	if d, err := rules.Decide([]registration.Claim{approved}, "a", twice); err != nil || !d.Accepted ||
		len(d.Claim.Events) != 1 {
		t.Errorf("reg.atomic: an event sent again: %+v, %v", d, err)
	}
}

func TestUnconfirmedClaimRegistersNothingAtItsEnd(t *testing.T) {
	joint := filed("a", us, 0, did(registration.Approve, 0))
	joint.Filing.With = acme
	rules := compile(t, policy())
	until := rules.Standings([]registration.Claim{joint}, start.Add(day))[0].Until
	s := rules.Standings([]registration.Claim{joint}, until)[0]
	r, reasons := s.Registrant(registration.Facts{Partner: acme, Vendor: us, Won: until}, until)
	if r != model.NoRegistrant || len(reasons) != 1 {
		t.Errorf("reg.deal: %v, %v", r, reasons)
	}
}

// reg.existing_customer: an approved claim of a partner on the vendor's own customer is a finding, unless the policy
// or an exception admits it.
func TestAnApprovedClaimOnACustomerIsAFinding(t *testing.T) {
	hooli := matching.Account{Domains: []string{"hooli.com"}}
	customer := registration.Customer{Account: hooli}
	later, before := customer, customer
	later.Since, before.Since = start.Add(1), start
	claim := registration.Claim{ID: "c1", Claimant: acme, Submitted: start, Filing: filing("1", "hooli.com"),
		Events: []registration.Event{{Do: registration.Approve, By: noor, At: start.Add(time.Hour)}}}
	admitted, own, open := claim, claim, policy()
	admitted.Events = append(slices.Clone(claim.Events), registration.Event{Do: registration.Admit, By: noor,
		Reason: "a new division", At: start.Add(2 * time.Hour)})
	own.Claimant, own.Filing.By = us, "bo"
	open.ExistingCustomers = true
	for name, c := range map[string]struct {
		rules *registration.Rules
		claim registration.Claim
		want  int
	}{
		"a partner's":           {compile(t, policy(), customer), claim, 1},
		"of no customer":        {compile(t, policy()), claim, 0},
		"of a later customer":   {compile(t, policy(), later), claim, 0},
		"listed when filed":     {compile(t, policy(), before), claim, 1},
		"with an exception":     {compile(t, policy(), customer), admitted, 0},
		"the vendor's":          {compile(t, policy(), customer), own, 0},
		"allowed by the policy": {compile(t, open, customer), claim, 0},
	} {
		c.claim, _ = c.rules.Import(c.claim, start)
		found := c.rules.Standings([]registration.Claim{c.claim}, start.Add(2*time.Hour))[0].Findings
		if len(found) != c.want || c.want > 0 && found[0].Code() != registration.ExistingCustomer {
			t.Errorf("reg.existing_customer: %s claim has %v", name, found)
		}
	}
}

func TestHoldingsAreOrderedByWhatThePartySees(t *testing.T) {
	rules := compile(t, policy())
	narrow := func(id string, p model.Party, approved int, r string) registration.Claim {
		c := filed(id, p, 0, did(registration.Approve, approved))
		c.Filing.Scope.Regions = []string{r}
		return c
	}
	claims := []registration.Claim{narrow("a", bolt, 2, "DE"), narrow("b", us, 1, "FR"),
		narrow("c", model.PartnerOrg("corp"), 2, "AT")}
	waits := filed("d", model.PartnerOrg("dee"), 0)
	waits.Filing.Scope.Regions = []string{"IT"}
	d, err := rules.Submit(append(claims, waits),
		registration.Claim{ID: "x", Claimant: acme, Filing: filing("9", "hooli.com"), Submitted: start.Add(3 * day)})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, h := range d.For(acme).Held {
		got = append(got, h.Scope.String()+" "+h.Holder.String())
	}
	if want := []string{"in FR vendor", "in AT partner", "in DE partner"}; !slices.Equal(got, want) {
		t.Errorf("reg.confidential: %v, want %v", got, want)
	}
	if !d.For(acme).Until.Equal(d.For(acme).Held[2].Until) || len(d.Rivals) != 4 {
		t.Errorf("reg.confidential: until %v, %d rivals", d.For(acme).Until, len(d.Rivals))
	}
}

func TestOwnerOfTwoAccountsCanJoinThem(t *testing.T) {
	d := newDesk(t, compile(t, policy()))
	for _, host := range []string{"a.com", "b.com"} {
		d.act(t, d.submit(t, acme, filing(host, host)).Claim, registration.Approve, noor)
	}
	if a := d.submit(t, acme, filing("both", "a.com", "b.com")); a.Status != registration.Submitted {
		t.Errorf("reg.joins: its own two accounts: %+v", a)
	}
}

// reg.first_wins: of claims of one instant the one with the lower id is first, in any order.
func TestLowerIDIsFirstOfOneInstant(t *testing.T) {
	d := newDesk(t, compile(t, policy()))
	if err := d.Merge(ctx, filed("b", bolt, 0), filed("a", acme, 0)); err != nil {
		t.Fatal(err)
	}
	d.now = start.Add(day)
	if a := d.act(t, "b", registration.Approve, noor); a.Status != registration.Queued {
		t.Errorf("the higher id is approved out of turn: %+v", a)
	}
	d.act(t, "a", registration.Approve, noor)
	for id, want := range map[string]registration.Status{"a": registration.Approved, "b": registration.Rejected} {
		if s := d.standing(t, id); s.Status != want {
			t.Errorf("%s is %s, want %s", id, s.Status, want)
		}
	}
	if err := d.Merge(ctx, filed("c", us, 0), filed("a", bolt, 0)); !errors.Is(err, registration.ClaimCopies) ||
		len(d.stored()) != 2 {
		t.Errorf("a copy of another claimant is merged: %v", err)
	}
}

// reg.first_wins: a claim protects its account until its end, and a claim filed at that
// instant is first.
func TestAccountIsFreeAtTheEndOfAClaim(t *testing.T) {
	d := newDesk(t, compile(t, policy()))
	owner := d.submit(t, acme, filing("1", "hooli.com"))
	until := d.act(t, owner.Claim, registration.Approve, noor).Until
	d.now = until.Add(-time.Microsecond)
	if a := d.submit(t, bolt, filing("1", "hooli.com")); a.Status != registration.Refused {
		t.Errorf("just before the end: %+v", a)
	}
	d.now = until
	rival := d.submit(t, bolt, filing("1", "hooli.com"))
	anew := d.submit(t, acme, filing("2", "hooli.com"))
	if rival.Status != registration.Submitted || anew.Status != registration.Queued {
		t.Errorf("at the end the rival is %s, the former owner's new claim %s", rival.Status, anew.Status)
	}
	d.act(t, rival.Claim, registration.Approve, noor)
	for id, want := range map[string]registration.Status{
		rival.Claim: registration.Approved, anew.Claim: registration.Rejected, owner.Claim: registration.Expired,
	} {
		if s := d.standing(t, id); s.Status != want {
			t.Errorf("%s is %s, want %s", id, s.Status, want)
		}
	}
}

// reg.same_account: claims on one account are rivals only where both their products and
// their regions overlap.
func TestScopesOverlapInProductsAndRegions(t *testing.T) {
	narrowed := func(products []string, regions ...string) registration.Filing {
		f := filing("1", "hooli.com")
		f.Scope = registration.Scope{Products: products, Regions: regions}
		return f
	}
	crm, erp := []string{"crm"}, []string{"erp"}
	d := newDesk(t, compile(t, policy()))
	d.act(t, d.submit(t, acme, narrowed(crm, "DE", "FR")).Claim, registration.Approve, noor)
	for i, c := range []struct {
		filing registration.Filing
		want   registration.Status
	}{
		{narrowed(crm, "DE"), registration.Refused},
		{narrowed(nil, "FR"), registration.Refused},
		{narrowed(crm), registration.Refused},
		{narrowed(nil), registration.Refused},
		{narrowed(erp, "DE"), registration.Submitted},
		{narrowed(crm, "US"), registration.Submitted},
		{narrowed(erp), registration.Queued},
	} {
		if a := d.submit(t, model.PartnerOrg(fmt.Sprint(i)), c.filing); a.Status != c.want {
			t.Errorf("%s: %s, want %s", c.filing.Scope, a.Status, c.want)
		}
	}
}

// A claim has no status before it was submitted: a look says so, a list leaves it out.
func TestAClaimHasNoStatusBeforeItWasSubmitted(t *testing.T) {
	claims := []registration.Claim{{ID: "x", Claimant: acme, Filing: filing("1", "hooli.com"), Submitted: start}}
	rules := compile(t, policy())
	if d, err := rules.Look(claims, "x", start.Add(-1)); err != nil || d.Standing.Status != 0 {
		t.Errorf("before: %+v, %v", d.Standing, err)
	}
	if d, err := rules.Look(claims, "x", start); err != nil || d.Standing.Status != registration.Submitted {
		t.Errorf("at the instant: %+v, %v", d.Standing, err)
	}
	if n := len(rules.Standings(claims, start.Add(-1))); n != 0 {
		t.Errorf("%d standings before", n)
	}
}
