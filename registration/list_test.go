package registration_test

import (
	"encoding/base64"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/registration"
	"github.com/coselling/coselling/registration/matching"
	"github.com/coselling/coselling/value"
)

// list returns the claims of a list, each as its id and status.
func (d *desk) list(t fataler, p model.Party, f registration.Filter) []string {
	t.Helper()
	page, err := d.List(ctx, p, f)
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for _, l := range page.Claims {
		lines = append(lines, l.Claim+" "+l.Status.String())
	}
	return lines
}

func expectList(t *testing.T, what string, got []string, want ...string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("%s: %q, want %q", what, got, want)
	}
}

// What falls due next, and the status, follow from the time alone: no step is taken.
func TestListShowsWhatFallsDueAsOfItsInstant(t *testing.T) {
	d := newDesk(t, compile(t, policy()))
	d.submit(t, acme, filing("a", "hooli.com"))
	d.act(t, "c1", registration.Approve, noor)
	until := d.standing(t, "c1").Until
	for _, when := range []struct{ at, due, status any }{
		{start.Add(time.Hour), until.Add(-30 * day), registration.Approved},
		{until.Add(-30*day - time.Nanosecond), until.Add(-30 * day), registration.Approved},
		{until.Add(-30 * day), until.Add(-14 * day), registration.Approved},
		{until.Add(-8 * day), until.Add(-7 * day), registration.Approved},
		{until.Add(-7 * day), until, registration.Approved},
		{until.Add(-time.Nanosecond), until, registration.Approved},
		{until, time.Time{}, registration.Expired},
		{until.Add(1000 * day), time.Time{}, registration.Expired},
	} {
		at, due := when.at.(time.Time), when.due.(time.Time)
		page, err := d.List(ctx, us, registration.Filter{AsOf: at})
		if err != nil || len(page.Claims) != 1 {
			t.Fatalf("%v: %v, %v", at, page, err)
		}
		l := page.Claims[0]
		if l.Status != when.status || !l.Due.Equal(due) || !l.Until.Equal(until) || !page.AsOf.Equal(at.Truncate(time.Microsecond)) {
			t.Errorf("as of %v: %v, due %v, want %v, %v", at, l.Status, l.Due, when.status, due)
		}
		for _, status := range []registration.Status{registration.Approved, registration.Expired, registration.Submitted} {
			if n := len(d.list(t, acme, registration.Filter{AsOf: at, Status: status})); (n == 1) != (status == l.Status) {
				t.Errorf("as of %v: %d claims are %v", at, n, status)
			}
		}
		for _, before := range []time.Time{at, due, due.Add(time.Nanosecond), until.Add(day)} {
			n := len(d.list(t, us, registration.Filter{AsOf: at, DueBefore: before}))
			if (n == 1) != (!due.IsZero() && due.Before(before)) && !before.IsZero() {
				t.Errorf("as of %v: %d claims are due before %v", at, n, before)
			}
		}
	}
	if got := d.list(t, us, registration.Filter{AsOf: start.Add(-time.Microsecond)}); len(got) != 0 {
		t.Errorf("a claim is listed before it was filed: %q", got)
	}
}

// A step changes the standing of other claims, also of those that its own claim does not overlap.
func TestListFollowsTheStepsOfOthers(t *testing.T) {
	d := newDesk(t, compile(t, policy()))
	in := func(key string, regions ...string) registration.Filing {
		f := filing(key, "hooli.com")
		f.Scope.Regions = regions
		return f
	}
	d.submit(t, acme, in("1", "DE"))
	d.submit(t, bolt, in("2", "DE", "FR"))
	d.submit(t, acme, in("3", "FR"))
	all := registration.Filter{}
	expectList(t, "reg.order in the queue", d.list(t, us, all), "c1 submitted", "c2 queued", "c3 queued")
	d.act(t, "c1", registration.Approve, noor)
	expectList(t, "reg.first_wins after an approval", d.list(t, us, all), "c3 submitted", "c1 approved", "c2 rejected")
	expectList(t, "a party's own", d.list(t, bolt, all), "c2 rejected")

	elder := registration.Claim{ID: "m", Claimant: bolt, Filing: in("4", "DE"), Submitted: start.Add(-day),
		Events: []registration.Event{{Do: registration.Approve, By: noor, At: start.Add(-day)}}}
	if err := d.Merge(ctx, elder); err != nil {
		t.Fatal(err)
	}
	expectList(t, "reg.first_wins after a merge", d.list(t, us, all), "c2 submitted", "m approved", "c1 rejected", "c3 queued")
}

// A claim that a store has in no list, as after a migration, is listed with all on its account.
func TestListFindsClaimsThatAreInNone(t *testing.T) {
	d := newDesk(t, compile(t, policy()))
	d.submit(t, acme, filing("a", "hooli.com"))
	d.submit(t, bolt, filing("b", "hooli.com"))
	err := d.store.Write(ctx, registration.Subject{}, func(tx registration.Tx) error {
		for _, c := range []string{"c1", "c2"} {
			claim, _, err := tx.Claim(c)
			if err == nil {
				err = tx.Put(registration.Keyed{Claim: claim, Keys: []string{"unlisted\t" + c}})
			}
			if err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	expectList(t, "an account", d.list(t, us, registration.Filter{}), "c1 submitted", "c2 queued")
	expectList(t, "a party", d.list(t, bolt, registration.Filter{}), "c2 queued")
}

// reg.confidential: a party lists what it has filed, what it holds and what names it, and learns what an answer tells.
func TestPartyListsItsOwn(t *testing.T) {
	d := newDesk(t, compile(t, policy()))
	crux := model.PartnerOrg("crux")
	shared := filing("b", "pied.com")
	shared.Also = []model.Party{bolt}
	d.submit(t, acme, filing("a", "hooli.com"))
	d.submit(t, acme, shared)
	d.submit(t, us, filing("own", "own.com"))
	d.act(t, "c1", registration.Approve, noor)
	hand := registration.Event{Do: registration.Hand, By: noor, To: crux}
	if _, err := d.Act(ctx, "c1", hand); err != nil {
		t.Fatal(err)
	}
	all := registration.Filter{}
	expectList(t, "offered, not held", d.list(t, crux, all))
	hand.By = ana
	if _, err := d.Act(ctx, "c1", hand); err != nil {
		t.Fatal(err)
	}
	expectList(t, "filed", d.list(t, acme, all), "c2 submitted", "c1 approved")
	expectList(t, "named", d.list(t, bolt, all), "c2 submitted")
	expectList(t, "held", d.list(t, crux, all), "c1 approved")
	expectList(t, "all", d.list(t, us, all), "c2 submitted", "c3 submitted", "c1 approved")
	expectList(t, "the vendor's own", d.list(t, us, registration.Filter{Party: us}), "c3 submitted")
	expectList(t, "of a party", d.list(t, us, registration.Filter{Party: crux}), "c1 approved")
	expectList(t, "the own by name", d.list(t, crux, registration.Filter{Party: crux}), "c1 approved")
	before := text(mustPage(t, d, acme, all))
	for i := range 5 {
		d.submit(t, bolt, filing(fmt.Sprint(i), fmt.Sprintf("bolt%d.com", i)))
	}
	if after := text(mustPage(t, d, acme, all)); after != before {
		t.Errorf("reg.confidential: claims of another party change %s to %s", before, after)
	}
	on := func(host string) registration.Filter {
		return registration.Filter{Account: matching.Account{Domains: []string{host}}}
	}
	expectList(t, "on an account", d.list(t, us, on("www.hooli.com")), "c1 approved")
	expectList(t, "another's on an account", d.list(t, bolt, on("hooli.com")))
	for _, l := range mustPage(t, d, acme, all).Claims {
		a, err := d.Answer(ctx, acme, l.Claim, d.now.Add(time.Second))
		if err != nil || a.Status != l.Status || !a.Until.Equal(l.Until) || !a.Submitted.Equal(l.Submitted) {
			t.Errorf("listed %+v, answered %+v, %v", l, a, err)
		}
	}
}

func mustPage(t fataler, d *desk, p model.Party, f registration.Filter) registration.Page {
	t.Helper()
	f.AsOf = start.Add(time.Hour)
	page, err := d.List(ctx, p, f)
	if err != nil {
		t.Fatal(err)
	}
	return page
}

// The instant of the first page stands in the cursor, and a cursor gives no place in any other list.
func TestCursorIsOfOneListAtOneInstant(t *testing.T) {
	d := newDesk(t, compile(t, policy()))
	for i := range 5 {
		d.submit(t, acme, filing(fmt.Sprint(i), fmt.Sprintf("a%d.com", i)))
		d.act(t, fmt.Sprint("c", i+1), registration.Approve, noor)
	}
	f := registration.Filter{Limit: 2}
	first, err := d.List(ctx, us, f)
	if err != nil || len(first.Claims) != 2 || first.Next == "" {
		t.Fatalf("%+v, %v", first, err)
	}
	d.now = start.Add(200 * day) // all have expired
	d.submit(t, bolt, filing("later", "later.com"))
	f.After = first.Next
	var rest []string
	for f.After != "" {
		page, err := d.List(ctx, us, f)
		if err != nil || !page.AsOf.Equal(first.AsOf) {
			t.Fatalf("%+v, %v", page, err)
		}
		for _, l := range page.Claims {
			rest = append(rest, l.Claim+" "+l.Status.String())
		}
		f.After = page.Next
	}
	all := []string{"c3 approved", "c4 approved", "c5 approved", "c6 submitted"}
	expectList(t, "the other pages", rest, all...)

	f.After = first.Next
	wide := f
	wide.Limit = 50
	expectList(t, "with another limit", d.list(t, us, wide), all...)
	raw, _ := base64.RawURLEncoding.DecodeString(first.Next)
	forged := func(tail string) string { return base64.RawURLEncoding.EncodeToString(append(raw[:20:20], tail...)) }
	elsewhere := newDesk(t, compile(t, registration.DefaultPolicy("them", "noor", "vic")))
	for name, list := range map[string]func() error{
		"another party": func() error { _, err := d.List(ctx, acme, f); return err },
		"another status": func() error {
			other := f
			other.Status = registration.Approved
			_, err := d.List(ctx, us, other)
			return err
		},
		"another instant": func() error { other := f; other.AsOf = start; _, err := d.List(ctx, us, other); return err },
		"another account": func() error {
			other := f
			other.Account.Domains = []string{"a1.com"}
			_, err := d.List(ctx, us, other)
			return err
		},
		"another vendor": func() error { _, err := elsewhere.List(ctx, model.VendorOrg("them"), f); return err },
		"no text":        func() error { other := f; other.After = "%"; _, err := d.List(ctx, us, other); return err },
		"a short one":    func() error { other := f; other.After = f.After[:9]; _, err := d.List(ctx, us, other); return err },
		"a place of nowhere": func() error {
			other := f
			other.After = forged("2026-12-01T00:00:00Z\t~\ta\x00b")
			_, err := d.List(ctx, us, other)
			return err
		},
		"a place without an id": func() error { other := f; other.After = forged("~\t~"); _, err := d.List(ctx, us, other); return err },
	} {
		err := list()
		if e, ok := errors.AsType[*value.Error](err); !ok || e.Code != "list.after" || e.Path != "after" {
			t.Errorf("a cursor of %s: %v", name, err)
		}
	}
	other := f
	other.After = forged("~\t~\t~")
	expectList(t, "a place that somebody made up gives no more than the list", d.list(t, us, other))
}

// Every problem of a filter is reported at once.
func TestListRefusesWhatItCannotHave(t *testing.T) {
	d := newDesk(t, compile(t, policy()))
	far := time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC)
	_, err := d.List(ctx, acme, registration.Filter{Status: registration.Refused, Party: bolt, Limit: 1001, After: "?",
		Account: matching.Account{Name: "Hooli"}, AsOf: far, DueBefore: far})
	var paths []string
	for _, e := range err.(value.Errors) {
		paths = append(paths, e.Path+" "+string(e.Code))
	}
	if want := []string{"party actor.forbidden", "status list.status", "limit list.limit",
		"account filing.account.undecided", "due_before fact.instant", "as_of fact.instant", "after list.after"}; !slices.Equal(paths, want) {
		t.Errorf("problems %q, want %q", paths, want)
	}
	if _, err := d.List(ctx, acme, registration.Filter{Party: bolt}); !errors.Is(err, value.Forbidden) ||
		!errors.Is(err, registration.ActorForbidden) {
		t.Errorf("reg.confidential: a list of another party: %v", err)
	}
	for _, p := range []model.Party{{}, {Side: model.Partner}, model.VendorOrg("them")} {
		if _, err := d.List(ctx, p, registration.Filter{}); err == nil {
			t.Errorf("a list for %v", p)
		}
	}
	for _, f := range []registration.Filter{{Status: 99}, {Limit: -1}, {Party: model.Party{Org: "x"}},
		{After: strings.Repeat("A", 1<<20)}} {
		if _, err := d.List(ctx, us, f); err == nil {
			t.Errorf("a list with %.80v", f)
		}
	}
	if _, err := (*registration.Registry)(nil).List(ctx, us, registration.Filter{}); err == nil {
		t.Error("a list of no registry")
	}
}
