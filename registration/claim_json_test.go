package registration_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/google/go-cmp/cmp"

	"github.com/coselling/coselling/internal/wire"

	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/registration"
	"github.com/coselling/coselling/registration/matching"
	"github.com/coselling/coselling/value"
)

// anyInstant draws instants to the microsecond, as stores stamp them.
func anyInstant() *rapid.Generator[time.Time] {
	return rapid.Custom(func(t *rapid.T) time.Time {
		microseconds := rapid.Int64Range(-int64(100*day)/1000, int64(time.Hour)/1000).Draw(t, "microseconds")
		return start.Add(time.Duration(microseconds) * time.Microsecond)
	})
}

// anyClaim draws a claim with every field that one can have.
func anyClaim() *rapid.Generator[registration.Claim] {
	return rapid.Custom(func(t *rapid.T) registration.Claim {
		word := rapid.StringOfN(rapid.RuneFrom([]rune(`aß社"\<&'é `)), 1, 20, 80).
			Filter(func(s string) bool { return strings.TrimSpace(s) != "" })
		person := func(label string) model.Person {
			return model.Person{Name: word.Draw(t, label), Party: rapid.SampledFrom(everyParty).Draw(t, label)}
		}
		instants := rapid.SliceOfN(anyInstant(), 1, 6).Draw(t, "instants")
		slices.SortFunc(instants, time.Time.Compare)
		f := filing(word.Draw(t, "key"), subset(t, everyDomain, "domain", 1)...)
		f.By, f.Account.Name = word.Draw(t, "by"), "A"+word.Draw(t, "name")
		f.Account.Country = rapid.SampledFrom([]string{"", "DE"}).Draw(t, "country")
		ids := []matching.Identifier{{Scheme: matching.DUNS, Value: "15-048-3782"}, {Scheme: "crm", Value: "a-1"}}
		f.Account.IDs = subset(t, ids, "id", 0)
		f.Scope.Products = subset(t, []string{"crm", "erp"}, "product", 0)
		f.Scope.Regions = subset(t, []string{"DE", "FR"}, "region", 0)
		c := registration.Claim{ID: word.Draw(t, "id"), Claimant: acme, Filing: f, Submitted: instants[0]}
		if rapid.Bool().Draw(t, "both") {
			c.Filing.With = us
		}
		for _, at := range instants[1:] {
			actions := []registration.Verb{registration.Approve, registration.Extend, registration.Lose,
				registration.Admit, registration.Hand}
			e := registration.Event{Do: rapid.SampledFrom(actions).Draw(t, "do"), By: person("by"), At: at}
			if rapid.Bool().Draw(t, "said") {
				e.Reason, e.Progress = word.Draw(t, "reason"), anyInstant().Draw(t, "progress")
			}
			if e.Do == registration.Hand {
				e.To = bolt
			}
			if e.Do == registration.Approve && rapid.Bool().Draw(t, "has terms") {
				e.Terms = &registration.Terms{Protection: 60, Extension: 1, ConfirmWithin: 3}
			}
			c.Events = append(c.Events, e)
		}
		return c
	})
}

// A claim that is written in any time zone is read as an equal one, to the microsecond.
func TestClaimJSONRoundTrip(t *testing.T) {
	rules := compile(t, policy())
	zone := time.FixedZone("elsewhere", 5*3600+1800)
	rapid.Check(t, func(t *rapid.T) {
		given := anyClaim().Draw(t, "claim")
		c, err := rules.Import(given, start)
		if err != nil {
			t.Fatal(err)
		}
		b, err := c.MarshalJSON()
		if err != nil {
			t.Fatal(err)
		}
		var back registration.Claim
		err = back.UnmarshalJSON(b)
		if diff := cmp.Diff(c, back); err != nil || diff != "" {
			t.Fatalf("%s\n%v; the claim that is read differs (-want +got):\n%s", b, err, diff)
		}
		moved := c
		moved.Submitted, moved.Events = c.Submitted.In(zone), slices.Clone(c.Events)
		for i := range moved.Events {
			e := &moved.Events[i]
			e.At, e.Progress = e.At.In(zone), e.Progress.In(zone)
		}
		if got, err := moved.MarshalJSON(); err != nil || string(got) != string(b) {
			t.Fatalf("in another zone it is %s, not %s, %v", got, b, err)
		}
	})
}

// The largest claim that an import accepts can be written and read, so that every stored
// claim can be read again.
func TestLargestClaimIsReadAgain(t *testing.T) {
	rules := compile(t, policy())
	long := func(n int) string { return strings.Repeat("<", n) }
	c := registration.Claim{ID: long(128), Claimant: acme, Filing: filing(long(128), "hooli.com"), Submitted: start}
	c.Filing.Account.Name = "A" + long(1023)
	for i := range 1000 {
		id := fmt.Sprint(i) + long(60)
		c.Filing.Scope.Products = append(c.Filing.Scope.Products, id)
		c.Filing.Scope.Regions = append(c.Filing.Scope.Regions, string(id))
	}
	by := model.Person{Name: long(128), Party: model.PartnerOrg(long(128))}
	for i := range 128 {
		at := start.Add(time.Duration(i) * time.Microsecond)
		e := registration.Event{Do: registration.Withdraw, By: by, At: at, Progress: at, Reason: long(4096)}
		c.Events = append(c.Events, e)
	}
	c, err := rules.Import(c, start.Add(time.Hour))
	if err != nil {
		t.Fatal(err)
	}
	b, err := c.MarshalJSON()
	if err != nil {
		t.Fatal(err)
	}
	var back registration.Claim
	err = back.UnmarshalJSON(b)
	if diff := cmp.Diff(c, back); err != nil || diff != "" {
		t.Errorf("%d bytes: %v; the claim that is read differs (-want +got):\n%.1000s", len(b), err, diff)
	}
	if err := back.UnmarshalJSON([]byte(text(c))); err != nil { // by encoding/json, which writes more escapes
		t.Error(err)
	}
	again, err := back.Union(c)
	if err != nil || len(again.Events) != 128 {
		t.Errorf("reg.atomic merged again: %v", err)
	}
	more := c
	more.Events = []registration.Event{did(registration.Lose, 1)}
	if _, err := c.Union(more); !errors.Is(err, value.Code("claim.excess")) {
		t.Errorf("one event more: %v", err)
	}
}

func TestClaimJSONRefusesMembersItDoesNotKnow(t *testing.T) {
	c := registration.Claim{ID: "x", Claimant: acme, Filing: filing("1", "hooli.com"), Submitted: start}
	c.Events = []registration.Event{did(registration.Approve, 1)}
	for _, bad := range []struct {
		from, to string
		code     value.Code
		path     string
	}{
		{`"id":`, `"Id":`, wire.Unknown, "Id"},
		{`"id":"x",`, ``, wire.Missing, "id"},
		{`"id":"x"`, `"id":"x","id":"y"`, wire.Repeated, "id"},
		{`"submitted":"2026`, `"submitted":"soon`, wire.Instant, "submitted"},
		{`"do":"approve"`, `"do":"Approve"`, registration.ActionUnknown, "events[0].do"},
		{`"do":"approve"`, `"do":7`, wire.Type, "events[0].do"},
		{`"side":"partner"`, `"side":"both"`, value.Code("side.unknown"), "claimant.side"},
		{`"by":"ana"`, `"by":"ana","when":1`, wire.Unknown, "filing.when"},
	} {
		given := text(c)
		changed := strings.Replace(given, bad.from, bad.to, 1)
		var read registration.Claim
		err := read.UnmarshalJSON([]byte(changed))
		one, ok := errors.AsType[*value.Error](err)
		if many, list := errors.AsType[value.Errors](err); list {
			one, ok = many[0], true
		}
		if !ok || changed == given || one.Code != bad.code || one.Path != bad.path ||
			!cmp.Equal(read, registration.Claim{}) {
			t.Errorf("%s for %s: %v", bad.to, bad.from, err)
		}
	}
}

func FuzzClaimJSON(f *testing.F) {
	c := registration.Claim{
		ID: "x", Claimant: acme, Filing: filing("1", "hooli.com"), Submitted: start.Add(time.Microsecond),
		Events: []registration.Event{{Do: registration.Admit, By: noor, At: start.Add(time.Microsecond), Reason: "r"}, {
			Do: registration.Extend, By: noor, At: start.Add(2 * time.Microsecond),
			Progress: start.Add(time.Microsecond), Reason: "r",
		}},
	}
	c.Filing.With = us
	f.Add([]byte(text(c)))
	f.Add([]byte(text(filed("y", bolt, 0, did(registration.Approve, 1)))))
	f.Fuzz(func(t *testing.T, data []byte) {
		var c, back registration.Claim
		if err := c.UnmarshalJSON(data); err != nil {
			return
		}
		out, err := c.MarshalJSON()
		if err != nil {
			return // a year that JSON cannot write
		}
		if err := back.UnmarshalJSON(out); err != nil || text(back) != string(out) {
			t.Fatalf("%s: %v", out, err)
		}
		if !back.Submitted.Equal(c.Submitted) || len(back.Events) != len(c.Events) {
			t.Fatalf("%+v is read again as %+v", c, back)
		}
	})
}

// An imported claim is in UTC, without a monotonic reading, and shares no memory with its
// argument.
func TestImportSharesNothingWithItsArgument(t *testing.T) {
	zone := time.FixedZone("east", 3600)
	given := filed("a", acme, 0, did(registration.Approve, 1))
	given.Submitted, given.Events[0].At = given.Submitted.In(zone), given.Events[0].At.In(zone)
	events := slices.Clone(given.Events)
	got, err := compile(t, policy()).Import(given, start.Add(48*time.Hour))
	if err != nil {
		t.Fatal(err)
	}
	if got.Submitted.Location() != time.UTC || got.Events[0].At.Location() != time.UTC ||
		!got.Submitted.Equal(given.Submitted) {
		t.Errorf("%v, %v", got.Submitted, got.Events)
	}
	if diff := cmp.Diff(events, given.Events); diff != "" {
		t.Errorf("the argument was changed (-want +got):\n%s", diff)
	}
}
