package registration_test

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/registration"
	"github.com/coselling/coselling/registration/matching"
	"github.com/coselling/coselling/value"
)

var ctx = context.Background()

const day = 24 * time.Hour

func utc(text string) time.Time {
	at, err := time.Parse("2006-01-02T15:04", text)
	if err != nil {
		panic(err)
	}
	return at
}

func TestClaimTakesOnlyTheStepsOfItsStatus(t *testing.T) {
	const (
		approve, reject, withdraw = registration.Approve, registration.Reject, registration.Withdraw
		extend, win, lose         = registration.Extend, registration.Win, registration.Lose
	)
	by := map[registration.Verb]model.Person{approve: noor, reject: vic, withdraw: ana, extend: ana, win: ana,
		lose: noor}
	for _, c := range []struct {
		name  string
		steps []registration.Verb
		want  registration.Status
		code  value.Code // of the last step, if it is refused
	}{
		{"approved", []registration.Verb{approve}, registration.Approved, ""},
		{"rejected", []registration.Verb{reject}, registration.Rejected, ""},
		{"withdrawn", []registration.Verb{withdraw}, registration.Withdrawn, ""},
		{"withdrawn after approval", []registration.Verb{approve, withdraw}, registration.Withdrawn, ""},
		{"won", []registration.Verb{approve, win}, registration.Won, ""},
		{"lost", []registration.Verb{approve, lose}, registration.Lost, ""},
		{"won before approval", []registration.Verb{win}, registration.Submitted, registration.Life},
		{"extended before approval", []registration.Verb{extend}, registration.Submitted, registration.Life},
		{"rejected after approval", []registration.Verb{approve, reject}, registration.Approved, registration.Life},
		{"approved after rejection", []registration.Verb{reject, approve}, registration.Rejected, registration.Life},
		{"approved after withdrawal", []registration.Verb{withdraw, approve}, registration.Withdrawn,
			registration.Life},
		{"lost after won", []registration.Verb{approve, win, lose}, registration.Won, registration.Life},
		{"extended after won", []registration.Verb{approve, win, extend}, registration.Won, registration.Life},
	} {
		d := newDesk(t, compile(t, policy()))
		id := d.submit(t, acme, filing("1", "hooli.com")).Claim
		var a registration.Answer
		for _, do := range c.steps {
			d.now = d.now.Add(time.Hour)
			a = d.act(t, id, do, by[do])
		}
		if a.Status != c.want {
			t.Errorf("reg.life %s: %s, want %s", c.name, a.Status, c.want)
		}
		if refused := !a.Accepted; refused != (c.code != "") || refused && a.Reasons[0].Code() != c.code {
			t.Errorf("reg.life %s: %v", c.name, a.Reasons)
		}
	}
}

func TestDueDatesAndProtectionEndAtMidnight(t *testing.T) {
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Skip("this host has no time zones")
	}
	holiday, err := value.NewCalendar([]time.Weekday{1, 2, 3, 4, 5}, []value.Date{value.MustDate("2026-11-25")})
	if err != nil {
		t.Fatal(err)
	}
	closed := compile(t, policy()).In(value.Workplace{Calendar: &holiday})
	holiday = value.Calendar{} // the rules keep their own
	for _, c := range []struct {
		name                       string
		rules                      *registration.Rules
		submitted, approved        string
		due, until, extended, last string
	}{
		{"UTC", compile(t, policy()), "2026-11-23T09:00", "2026-11-24T10:00", "2026-11-26T00:00", "2027-03-25T00:00",
			"2027-04-24T00:00", "2027-03-18T00:00"},
		{"over a weekend", compile(t, policy()), "2026-11-27T09:00", "2026-11-27T23:59", "2026-12-02T00:00",
			"2027-03-28T00:00", "2027-04-27T00:00", "2027-03-21T00:00"},
		{"in Berlin, summer at the end", compile(t, policy()).In(value.Workplace{Zone: berlin}),
			"2026-11-23T09:00", "2026-12-31T23:30", "2026-11-25T23:00", "2027-05-01T22:00",
			"2027-05-31T22:00", "2027-04-24T22:00"},
		{"a holiday", closed, "2026-11-23T09:00", "2026-11-24T10:00", "2026-11-27T00:00",
			"2027-03-25T00:00", "2027-04-24T00:00", "2027-03-18T00:00"},
	} {
		d := newDesk(t, c.rules)
		d.now = utc(c.submitted)
		a := d.submit(t, acme, filing("1", "hooli.com"))
		if !a.Due.Equal(utc(c.due)) {
			t.Errorf("reg.life %s: due %v, want %s", c.name, a.Due, c.due)
		}
		d.now = utc(c.approved)
		a = d.act(t, a.Claim, registration.Approve, noor)
		if !a.Until.Equal(utc(c.until)) {
			t.Errorf("reg.life %s: until %v, want %s", c.name, a.Until, c.until)
		}
		s := d.standing(t, a.Claim)
		if n := len(s.Reminders); n != 3 || !s.Reminders[2].Equal(utc(c.last)) ||
			!slices.IsSortedFunc(s.Reminders, time.Time.Compare) {
			t.Errorf("reg.life %s: reminders %v", c.name, s.Reminders)
		}
		d.now = utc(c.until).Add(-time.Microsecond)
		if a = d.act(t, a.Claim, registration.Extend, ana); !a.Until.Equal(utc(c.extended)) {
			t.Errorf("reg.life %s: extended until %v, want %s", c.name, a.Until, c.extended)
		}
		for at, want := range map[time.Time]registration.Status{
			utc(c.extended).Add(-1): registration.Approved, utc(c.extended): registration.Expired,
		} {
			if a, err := d.Answer(ctx, acme, a.Claim, at); err != nil || a.Status != want ||
				a.Active != (want == registration.Approved) {
				t.Errorf("reg.life %s at %v: %+v, %v", c.name, at, a, err)
			}
		}
	}
}

// reg.extension: twice, each time on progress since the approval or the last extension.
func TestAClaimIsExtendedTwice(t *testing.T) {
	d := newDesk(t, compile(t, policy()))
	id := d.submit(t, acme, filing("1", "hooli.com")).Claim
	until := d.act(t, id, registration.Approve, noor).Until
	for _, c := range []struct {
		at, progress time.Duration
		extended     int // days
		accepted     bool
	}{
		{2 * day, day, 30, true}, {3 * day, 2*day - time.Hour, 30, false}, {3 * day, 2 * day, 30, false},
		{4 * day, 3 * day, 60, true}, {6 * day, 5 * day, 60, false},
	} {
		d.now = start.Add(c.at)
		a, err := d.Act(ctx, id, registration.Event{Do: registration.Extend, By: ana, Progress: start.Add(c.progress)})
		if err != nil || a.Accepted != c.accepted || !a.Until.Equal(until.Add(time.Duration(c.extended)*day)) {
			t.Errorf("reg.extension at %v for %v: %+v, %v", c.at, c.progress, a, err)
		}
	}
}

func TestExtensionNeedsProgressSinceTheApproval(t *testing.T) {
	d := newDesk(t, compile(t, policy()))
	id := d.submit(t, acme, filing("1", "hooli.com")).Claim
	d.now = start.Add(time.Hour)
	until := d.act(t, id, registration.Approve, noor).Until
	for _, c := range []struct {
		at, progress time.Time
		code         value.Code
	}{
		{start.Add(2 * day), start.Add(time.Minute), registration.Extension},    // before the approval
		{start.Add(2 * day), start.Add(3 * day), registration.Extension},        // in the future
		{until, start.Add(2 * day), registration.Life},                          // asked for at the end
		{until.Add(-time.Microsecond), start.Add(time.Hour).Add(time.Hour), ""}, // the last instant
	} {
		d := newDesk(t, compile(t, policy()))
		id := d.submit(t, acme, filing("1", "hooli.com")).Claim
		d.now = start.Add(time.Hour)
		d.act(t, id, registration.Approve, noor)
		d.now = c.at
		a, err := d.Act(ctx, id, registration.Event{Do: registration.Extend, By: ana, Progress: c.progress})
		if err != nil {
			t.Fatal(err)
		}
		if codes := reasonCodes(a.Reasons); c.code != "" && !slices.Equal(codes, []value.Code{c.code}) ||
			c.code == "" && !a.Until.Equal(until.Add(30*day)) {
			t.Errorf("reg.life extension at %v on %v: %+v", c.at, c.progress, a)
		}
	}
}

// A1 and A2: a second partner waits where the account is the same, and only there.
func TestAccountsOfRealCompaniesMeetInTheRegistry(t *testing.T) {
	of := func(name, host string, ids ...matching.Identifier) registration.Filing {
		f := registration.Filing{Key: "1", By: "ana", Account: matching.Account{Name: name, IDs: ids}}
		if host != "" {
			f.Account.Domains = []string{host}
		}
		return f
	}
	cnpj := func(number string) matching.Identifier {
		return matching.Identifier{Scheme: matching.CNPJ, Value: number}
	}
	duns := func(number string) matching.Identifier {
		return matching.Identifier{Scheme: matching.DUNS, Value: number}
	}
	ein := func(number string) matching.Identifier {
		return matching.Identifier{Scheme: matching.EIN, Value: number}
	}
	for _, c := range []struct {
		name       string
		one, other registration.Filing
		want       registration.Status
	}{
		{"branches of one CNPJ", of("", "", cnpj("16.727.230/0001-97")), of("", "", cnpj("16.727.230/0002-78")), registration.Queued},
		{"two D-U-N-S, one domain", of("", "hooli.com", duns("150483782")), of("", "hooli.com", duns("150483783")), registration.Queued},
		{"two firms at one mail provider", of("Hooli", "att.net", ein("911144442")), of("Piper", "att.net", duns("150483782")), registration.Submitted},
		{"two tenants of one host", of("Hooli", "hooli.zendesk.com", ein("911144442")), of("Piper", "piper.zendesk.com", duns("150483782")), registration.Submitted},
	} {
		d := newDesk(t, compile(t, policy()))
		d.submit(t, acme, c.one)
		if got := d.submit(t, bolt, c.other); got.Status != c.want {
			t.Errorf("reg.same_account, %s: %s, want %s", c.name, got.Status, c.want)
		}
	}
}

func TestLaterClaimWaitsBehindAnEarlierOne(t *testing.T) {
	d := newDesk(t, compile(t, policy()))
	first := d.submit(t, acme, filing("1", "hooli.com"))
	second := d.submit(t, bolt, filing("1", "hooli.com"))
	third := d.submit(t, us, filing("1", "hooli.com"))
	if second.Status != registration.Queued || !second.Due.IsZero() || len(third.Held) != 1 {
		t.Fatalf("reg.order: %+v, %+v", second, third)
	}
	if all, err := d.Answer(ctx, us, third.Claim, d.now.Add(time.Second)); err != nil || len(all.Held) != 2 || len(all.Reasons) != 2 {
		t.Errorf("reg.order: all that are in front: %+v, %v", all, err)
	}
	const want = "a claim of another partner for everything was filed before and is decided first"
	if len(second.Reasons) != 1 || second.Reasons[0].Code() != registration.Order ||
		second.Reasons[0].String() != want || len(third.Reasons) != 1 {
		t.Errorf("reg.order: %v; %v", second.Reasons, third.Reasons)
	}
	d.now = start.Add(5 * day) // Saturday
	a := d.act(t, second.Claim, registration.Approve, noor)
	if a.Status != registration.Queued || !slices.Equal(reasonCodes(a.Reasons), []value.Code{registration.Order}) {
		t.Errorf("reg.order: approval out of turn: %+v", a)
	}
	if s := d.standing(t, first.Claim); !slices.Equal(reasonCodes(s.Findings),
		[]value.Code{registration.LateApproval}) || s.Status != registration.Submitted {
		t.Errorf("reg.life: late and %s: %v", s.Status, s.Findings)
	}
	d.act(t, first.Claim, registration.Withdraw, ana)
	s := d.standing(t, second.Claim)
	if s.Status != registration.Submitted || !s.Due.Equal(utc("2026-12-02T00:00")) || len(s.Findings) > 0 {
		t.Errorf("reg.order: the next one's clock: %s, due %v, %v", s.Status, s.Due, s.Findings)
	}
	if s := d.standing(t, third.Claim); s.Status != registration.Queued ||
		!slices.Equal(s.Behind, []string{second.Claim}) {
		t.Errorf("reg.order: %s behind %v", s.Status, s.Behind)
	}
	d.now = start.Add(6 * day)
	if a := d.act(t, second.Claim, registration.Approve, noor); a.Status != registration.Approved {
		t.Errorf("reg.first_wins: %+v", a)
	}
	if s := d.standing(t, third.Claim); s.Status != registration.Rejected || s.BeatenBy != second.Claim ||
		!s.Ended.After(d.now.Add(-time.Second)) {
		t.Errorf("reg.first_wins: %s by %q at %v", s.Status, s.BeatenBy, s.Ended)
	}
	d.now = start.Add(7 * day)
	a = d.act(t, third.Claim, registration.Withdraw, model.Person{Name: "bo", Party: us})
	if !slices.Equal(reasonCodes(a.Reasons), []value.Code{registration.Life, registration.FirstWins}) {
		t.Errorf("reg.life: withdrawn after a rejection: %+v", a)
	}
}

func TestClaimantRenewsBeforeTheEnd(t *testing.T) {
	d := newDesk(t, compile(t, policy()))
	old := d.submit(t, acme, filing("1", "hooli.com"))
	until := d.act(t, old.Claim, registration.Approve, noor).Until
	d.now = until.Add(-day)
	renewal := d.submit(t, acme, filing("2", "hooli.com"))
	if renewal.Status != registration.Submitted {
		t.Fatalf("reg.life: a renewal is %s", renewal.Status)
	}
	d.act(t, renewal.Claim, registration.Approve, vic)
	d.now = until.Add(day)
	if a := d.submit(t, bolt, filing("1", "hooli.com")); a.Status != registration.Refused {
		t.Errorf("reg.first_wins: a rival after a renewal: %+v", a)
	}
}

// reg.life: protection, extensions and reminders are those of the policy at the approval; a later policy neither
// revives a claim nor ends it. A copy that does not say its terms follows the policy that reads it.
func TestAClaimKeepsTheTermsOfItsApproval(t *testing.T) {
	short := policy()
	short.Terms = registration.Terms{Protection: 20, Extension: 5, Extensions: 1, ConfirmWithin: 3, Reminders: []int{2}}
	d := newDesk(t, compile(t, short))
	id := d.submit(t, acme, filing("1", "hooli.com")).Claim
	until := d.act(t, id, registration.Approve, noor).Until
	if !until.Equal(utc("2026-12-14T00:00")) {
		t.Fatalf("reg.life: until %v", until)
	}
	var err error
	if d.Registry, err = registration.Open(d.store, compile(t, policy())); err != nil {
		t.Fatal(err)
	}
	d.now = start.Add(day)
	if a := d.act(t, id, registration.Extend, ana); !a.Accepted || !a.Until.Equal(until.Add(5*day)) {
		t.Errorf("reg.life: extended under a later policy: %+v", a)
	}
	d.now = start.Add(2 * day)
	if a := d.act(t, id, registration.Extend, ana); a.Accepted || !a.Until.Equal(until.Add(5*day)) {
		t.Errorf("reg.extension: a second time under a later policy: %+v", a)
	}
	if s := d.standing(t, id); len(s.Reminders) != 1 || !s.Reminders[0].Equal(until.Add(3*day)) {
		t.Errorf("reg.life: reminders %v", s.Reminders)
	}
	key, _ := compile(t, policy()).Accounts().Key(filing("1", "hooli.com").Account)
	if _, end, ok := d.store.Owner(compile(t, policy()), key, registration.Scope{}, d.now); !ok ||
		!end.Equal(until.Add(5*day)) {
		t.Errorf("reg.life: the owner's end is %v", end)
	}
	told := d.stored()[0]
	bare := told
	bare.Events = slices.Clone(told.Events)
	bare.Events[0].Terms = nil
	for _, c := range []registration.Claim{told, bare} {
		if u, err := c.Union(told); err != nil || text(u) != text(told) {
			t.Errorf("reg.life: merged with a copy without terms: %s, %v", text(u), err)
		}
	}
	if s := compile(t, policy()).Standings([]registration.Claim{bare}, start.Add(time.Minute))[0]; !s.Until.Equal(
		utc("2027-03-24T00:00")) {
		t.Errorf("reg.life: without terms until %v", s.Until)
	}
	none := policy()
	none.Extensions = 0
	d = newDesk(t, compile(t, none))
	d.act(t, d.submit(t, acme, filing("1", "hooli.com")).Claim, registration.Approve, noor)
	d.now = start.Add(day)
	if a := d.act(t, "c1", registration.Extend, ana); a.Accepted || !slices.Equal(reasonCodes(a.Reasons),
		[]value.Code{registration.Extension}) {
		t.Errorf("reg.extension: by terms without extensions: %+v", a)
	}
	if _, err := registration.Open(d.store, nil); !errors.Is(err, value.Code("registration.rules.missing")) {
		t.Error(err)
	}
}

func TestClaimForBothSidesIsActiveOnceConfirmed(t *testing.T) {
	hooli := matching.Account{Domains: []string{"hooli.com"}}
	d := newDesk(t, compile(t, policy()))
	joint := d.submit(t, us, registration.Filing{Key: "1", By: "bo", Account: hooli, With: acme})
	a := d.act(t, joint.Claim, registration.Approve, noor)
	if a.Status != registration.Approved || a.Active ||
		!slices.Equal(reasonCodes(a.Reasons), []value.Code{registration.Unconfirmed}) {
		t.Errorf("reg.unconfirmed: %+v", a)
	}
	if held := d.submit(t, bolt, filing("1", "hooli.com")); held.Status != registration.Refused {
		t.Errorf("reg.first_wins: an unconfirmed claim does not own: %+v", held)
	}
	own := registration.Event{Do: registration.Confirm, By: model.Person{Name: "bo", Party: us}}
	if _, err := d.Act(ctx, joint.Claim, own); !slices.Equal(codesOf(err), []value.Code{registration.ActorForbidden}) {
		t.Error(err)
	}
	if a := d.act(t, joint.Claim, registration.Confirm, ana); !a.Active {
		t.Errorf("confirmed: %+v", a)
	}
	both := filing("9", "bolt.com")
	both.With = us
	partners := d.submit(t, acme, both)
	if a := d.act(t, partners.Claim, registration.Approve, noor); !a.Active {
		t.Errorf("the vendor's approval is its confirmation: %+v", a)
	}
	deal := registration.Facts{Partner: acme, Vendor: us}
	for id, want := range map[string]model.Registrant{
		joint.Claim: model.ByVendorJoint, partners.Claim: model.ByPartnerJoint,
	} {
		if r, reasons, err := d.Registrant(ctx, id, deal, d.now.Add(time.Second)); r != want || err != nil {
			t.Errorf("reg.deal: %v, %v, %v", r, reasons, err)
		}
	}
	deal.Partner = bolt
	if r, reasons, err := d.Registrant(ctx, joint.Claim, deal, d.now.Add(time.Second)); r != model.NoRegistrant ||
		len(reasons) != 1 || err != nil {
		t.Errorf("reg.deal: with another partner than the claim is for: %v, %v, %v", r, reasons, err)
	}
}

func TestDealIsRegisteredByAnActiveClaimThatCoversIt(t *testing.T) {
	d := newDesk(t, compile(t, policy()))
	f := filing("1", "hooli.com")
	f.Scope = registration.Scope{Products: []string{"crm"}}
	id := d.submit(t, acme, f).Claim
	until := d.act(t, id, registration.Approve, noor).Until
	crm := registration.Scope{Products: []string{"crm"}, Regions: []string{"DE"}}
	for _, c := range []struct {
		name string
		deal registration.Facts
		asOf time.Time
		want int // reasons
	}{
		{"fits", registration.Facts{Partner: acme, Vendor: us, Scope: crm}, start.Add(day), 0},
		{"wider", registration.Facts{Partner: acme, Vendor: us}, start.Add(day), 1},
		{"another product", registration.Facts{Partner: acme, Vendor: us,
			Scope: registration.Scope{Products: []string{"crm", "erp"}}}, start.Add(day), 1},
		{"another partner", registration.Facts{Partner: bolt, Vendor: us, Scope: crm}, start.Add(day), 1},
		{"before", registration.Facts{Partner: acme, Vendor: us, Scope: crm}, start.Add(-day), 1},
		{"ended, other partner, wider", registration.Facts{Partner: bolt, Vendor: us}, until, 3},
		{"at the end", registration.Facts{Partner: acme, Vendor: us, Scope: crm}, until, 1},
		{"won at the very end", registration.Facts{Partner: acme, Vendor: us, Scope: crm, Won: until}, until.Add(day),
			0},
		{"won later", registration.Facts{Partner: acme, Vendor: us, Scope: crm, Won: until.Add(1)}, until.Add(day), 1},
		{"won before", registration.Facts{Partner: acme, Vendor: us, Scope: crm, Won: start.Add(day)}, until.Add(day),
			0},
	} {
		r, reasons, err := d.Registrant(ctx, id, c.deal, c.asOf)
		if err != nil || len(reasons) != c.want || (r == model.ByPartner) != (c.want == 0) {
			t.Errorf("reg.deal %s: %v %v %v", c.name, r, reasons, err)
		}
	}
}

// reg.late_approval: a claim that waits too long says by when it was to be decided; once it is decided, also when.
func TestALateDecisionSaysWhen(t *testing.T) {
	d := newDesk(t, compile(t, policy()))
	claim := d.submit(t, acme, filing("1", "hooli.com")).Claim
	d.now = start.Add(10 * day)
	const late = "the claim was to be decided by 2026-11-26T00:00:00Z"
	for _, want := range []string{late, late + " and was decided on 2026-12-03T09:00:00Z"} {
		s := d.standing(t, claim)
		if len(s.Findings) != 1 || s.Findings[0].String() != want {
			t.Errorf("reg.late_approval: %v, want %s", s.Findings, want)
		}
		d.act(t, claim, registration.Approve, noor)
	}
}
