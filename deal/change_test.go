package deal_test

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/coselling/coselling/comms"
	"github.com/coselling/coselling/deal"
	"github.com/coselling/coselling/escalation"
	"github.com/coselling/coselling/internal/dealgen"
	"github.com/coselling/coselling/internal/wire"
	"github.com/coselling/coselling/internal/wiregen"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/registration"
	"github.com/coselling/coselling/stage"
	"github.com/coselling/coselling/value"
)

// factsOf returns a change for each fact of a record, and one that edits the whole deal.
func factsOf(d deal.Deal, r deal.Record) []deal.Change {
	return slices.DeleteFunc(dealgen.Changes(d, r), func(c deal.Change) bool {
		return c.ClaimEvent.Claim != "" || c.BlockerEvent.Blocker != ""
	})
}

// A change is a document: what is written is read back, to the same bytes.
func TestChangesAreReadAsWritten(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := dealgen.AnyChange().Draw(t, "change")
		text := document(t, c)
		again, err := deal.ParseChange(text)
		if err != nil {
			t.Fatalf("%s: %v", text, err)
		}
		if wire.Compare(&again, &c) != 0 {
			t.Fatalf("%s\nis read as %+v, not as %+v", text, again, c)
		}
		if twice := document(t, again); string(twice) != string(text) {
			t.Fatalf("%s became %s", text, twice)
		}
	})
}

// A record made of its facts, one change after another and in any order, is the record; taking a change again
// changes nothing, and Apply changes nothing that it was given.
func TestChangesInAnyOrderMakeTheRecord(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d, want := dealgen.AnyDeal().Draw(t, "deal"), dealgen.AnyRecord().Draw(t, "record")
		want.Activities, want.Claims = ofOneID(want.Activities, activityID), ofOneID(want.Claims, claimID)
		orgs := []string{d.Partner, d.Vendor, "p", "v"} // whose new claims join the deal
		for _, p := range d.Participants {
			orgs = append(orgs, p.Party.Org)
		}
		want.Claims = slices.DeleteFunc(want.Claims,
			func(c registration.Claim) bool { return len(c.Events) == 0 && slices.Contains(orgs, c.Claimant.Org) })
		changes := rapid.Permutation(factsOf(d, want)).Draw(t, "order")
		empty := deal.Deal{ID: d.ID, Partner: "p", Vendor: "v", Opening: d.Opening}
		made, got := empty, deal.Record{}
		for _, c := range slices.Concat(changes, changes[:len(changes)/2]) {
			deals, records := string(document(t, made)), string(document(t, got))
			lent := wire.Clone(c)
			nextDeal, next, err := lent.Apply(made, got)
			if err != nil {
				t.Fatal(err)
			}
			wiregen.Spoil(reflect.ValueOf(&lent).Elem()) // which stays the caller's
			if string(document(t, made)) != deals || string(document(t, got)) != records {
				t.Fatalf("Apply %s changed what it was given", document(t, c))
			}
			made, got = nextDeal, next
		}
		if wire.Compare(&made, &d) != 0 {
			t.Fatalf("the deal is\n%s\nnot\n%s", document(t, made), document(t, d))
		}
		if string(document(t, got)) != string(document(t, want)) {
			t.Fatalf("the record is\n%s\nnot\n%s", document(t, got), document(t, want))
		}
		if !reflect.DeepEqual(got.Events, deal.Sorted(got.Events)) || !reflect.DeepEqual(got.Facts, deal.Sorted(got.Facts)) {
			t.Fatalf("a sorted record became unsorted: %+v", got)
		}
	})
}

func activityID(a comms.Activity) string  { return a.ID }
func claimID(c registration.Claim) string { return c.ID }

// ofOneID returns the facts without those whose id another one has.
func ofOneID[T any](list []T, id func(T) string) []T {
	seen := map[string]bool{}
	return slices.DeleteFunc(slices.Clone(list), func(x T) bool {
		known := seen[id(x)]
		seen[id(x)] = true
		return known
	})
}

var (
	ana = model.Person{Name: "ana", Party: model.PartnerOrg("acme")}
	bo  = model.Person{Name: "bo", Party: model.VendorOrg("us")}
)

// day is noon of a day of November 2026.
func day(day int) time.Time { return time.Date(2026, time.November, day, 12, 0, 0, 0, time.UTC) }

func step(do registration.Verb, by model.Person, at time.Time) registration.Event {
	return registration.Event{Do: do, By: by, At: at}
}

func claimed(events ...registration.Event) registration.Claim {
	return registration.Claim{ID: "CL-1", Claimant: ana.Party, Submitted: day(2),
		Filing: registration.Filing{Key: "k", By: "ana"}, Events: events}
}

func blocked(events ...escalation.Event) deal.Blocker {
	return deal.Blocker{ID: "B-1", Kind: escalation.Scheduling, Raised: day(3), By: ana, Acknowledged: events}
}

// known is a record with one fact of each kind that has an id.
func known() deal.Record {
	return deal.Record{
		Activities: []comms.Activity{{ID: "q-1", Kind: comms.Question, At: day(4), Side: model.Partner}},
		Claims:     []registration.Claim{claimed(step(registration.Approve, bo, day(3)))},
		Blockers:   []deal.Blocker{blocked()},
	}
}

// next.try: a claim with more events replaces its shorter self, an older copy changes nothing; events of claims
// and blockers join them.
func TestChangesJoinWhatTheRecordHas(t *testing.T) {
	approve, extend := step(registration.Approve, bo, day(3)), step(registration.Extend, ana, day(9))
	seen := escalation.Event{By: bo, At: day(5)}
	for name, c := range map[string]struct {
		change deal.Change
		want   deal.Record
	}{
		"a longer claim": {deal.Change{Claim: claimed(approve, extend)},
			deal.Record{Claims: []registration.Claim{claimed(approve, extend)}}},
		"a shorter claim": {deal.Change{Claim: claimed()}, deal.Record{}},
		"an event of a claim": {
			deal.Change{ClaimEvent: deal.ClaimEvent{Claim: "CL-1", Event: extend}},
			deal.Record{Claims: []registration.Claim{claimed(approve, extend)}}},
		"an earlier event of a claim": {
			deal.Change{ClaimEvent: deal.ClaimEvent{Claim: "CL-1", Event: step(registration.Confirm, bo, day(2))}},
			deal.Record{Claims: []registration.Claim{claimed(step(registration.Confirm, bo, day(2)), approve)}}},
		"the same event of a claim": {
			deal.Change{ClaimEvent: deal.ClaimEvent{Claim: "CL-1", Event: approve}}, deal.Record{}},
		"a response":        {act(escalation.Acknowledged, seen), deal.Record{Blockers: []deal.Blocker{blocked(seen)}}},
		"an end":            {act(escalation.Resolved, seen), deal.Record{Blockers: []deal.Blocker{resolved(blocked(), seen)}}},
		"an edit":           {deal.Change{Edit: deal.Edit{Clear: []string{"agreed"}}}, deal.Record{}},
		"the same activity": {deal.Change{Activity: known().Activities[0]}, deal.Record{}},
	} {
		want := known()
		if c.want.Claims != nil {
			want.Claims = c.want.Claims
		}
		if c.want.Blockers != nil {
			want.Blockers = c.want.Blockers
		}
		_, got, err := c.change.Apply(smallest(), known())
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%s: the record is\n%s\nnot\n%s", name, document(t, got), document(t, want))
		}
	}
}

// act is an act on the blocker.
func act(act escalation.Act, e escalation.Event) deal.Change {
	return deal.Change{BlockerEvent: deal.BlockerEvent{Blocker: "B-1", Act: act, Event: e}}
}

func resolved(b deal.Blocker, e escalation.Event) deal.Blocker {
	b.Resolved = e
	return b
}

// next.try: what contradicts the record, or is no single change, is refused with every problem, and nothing changes.
// Two changes of one record do not share the spare room of its list; joined, they take it one after the other.
func TestOnlyJoinTakesSpareRoom(t *testing.T) {
	note := func(id string) deal.Change {
		return deal.Change{Activity: comms.Activity{ID: id, Kind: comms.Note, At: day(2), Side: model.Vendor}}
	}
	r := deal.Record{Activities: make([]comms.Activity, 0, 8)}
	_, one, err := note("n-1").Apply(deal.Deal{}, r)
	_, two, other := note("n-2").Apply(deal.Deal{}, r)
	if err != nil || other != nil || one.Activities[0].ID != "n-1" || two.Activities[0].ID != "n-2" {
		t.Errorf("%v and %v; %v, %v", one.Activities, two.Activities, err, other)
	}
	d := deal.Deal{}
	for _, id := range []string{"n-1", "n-2", "n-2"} {
		if err := note(id).Join(&d, &r); err != nil {
			t.Fatal(err)
		}
	}
	bad := note("n-1")
	bad.Activity.Side = model.Partner
	if err := bad.Join(&d, &r); err == nil || len(r.Activities) != 2 || cap(r.Activities) != 8 {
		t.Errorf("%v, in %d; %v", r.Activities, cap(r.Activities), err)
	}
}

func TestChangesAreRefused(t *testing.T) {
	other := known()
	other.Activities[0].Subject, other.Claims[0].Filing.By, other.Blockers[0].Note = "another", "amy", "another"
	over := escalation.Event{By: bo, At: day(6)}
	full := deal.Record{Facts: make([]stage.Fact, 1000), Blockers: []deal.Blocker{resolved(blocked(), over)}}
	for i := range full.Facts {
		full.Facts[i] = stage.Fact{Kind: stage.Qualified, At: day(4), Revision: i}
	}
	for name, c := range map[string]struct {
		record deal.Record
		change deal.Change
		code   value.Code
		path   string
	}{
		"nothing": {known(), deal.Change{}, "change.members", "change"},
		"an empty edit": {known(), deal.Change{Edit: deal.Edit{Deal: deal.Deal{Registrations: []string{}}}},
			"change.members", "change"},
		"two": {known(), deal.Change{Activity: other.Activities[0], Blocker: other.Blockers[0]},
			"change.members", "change"},
		"an activity with another content": {known(), deal.Change{Activity: other.Activities[0]}, deal.FactTwice,
			"change.activity.id"},
		"a claim with another filing": {known(), deal.Change{Claim: other.Claims[0]}, deal.FactTwice, "change.claim.id"},
		"a claim with other events": {known(), deal.Change{Claim: claimed(step(registration.Reject, bo, day(3)))},
			deal.FactTwice, "change.claim.id"},
		"a blocker with another note": {known(), deal.Change{Blocker: other.Blockers[0]}, deal.FactTwice,
			"change.blocker.id"},
		"a second end": {full, act(escalation.Resolved, escalation.Event{By: bo, At: day(7)}), deal.FactTwice,
			"change.blocker_event.act"},
		"an event of an unknown claim": {known(),
			deal.Change{ClaimEvent: deal.ClaimEvent{Claim: "CL-2", Event: step(registration.Approve, bo, day(3))}},
			"fact.unknown", "change.claim_event.claim"},
		"an event of a claim with an id that no claim has": {known(),
			deal.Change{ClaimEvent: deal.ClaimEvent{Claim: strings.Repeat("x", 129),
				Event: step(registration.Approve, bo, day(3))}}, wire.ID, "change.claim_event.claim"},
		"an act on an unknown blocker": {known(),
			deal.Change{BlockerEvent: deal.BlockerEvent{Blocker: "B-2", Act: escalation.Resolved, Event: over}},
			"fact.unknown", "change.blocker_event.blocker"},
		"an act of time": {known(), act(escalation.Escalated, over), "change.act", "change.blocker_event.act"},
		"a fact without an instant": {known(), deal.Change{Facts: []stage.Fact{{Kind: stage.Qualified}}}, wire.Missing,
			"change.facts[0].at"},
		"one fact too many": {full, deal.Change{Facts: []stage.Fact{{Kind: stage.Qualified, At: day(5)}}}, wire.Excess,
			"change.facts"},
		"an unknown member to clear": {known(), deal.Change{Edit: deal.Edit{Clear: []string{"Agreed"}}}, "change.clear",
			"change.edit.clear[0]"},
		"a needed member to clear": {known(), deal.Change{Edit: deal.Edit{Clear: []string{"partner"}}}, "change.clear",
			"change.edit.clear[0]"},
		"a member to clear and to set": {known(),
			deal.Change{Edit: deal.Edit{Deal: deal.Deal{Agreed: day(4)}, Clear: []string{"agreed"}}}, "change.clear",
			"change.edit.clear[0]"},
	} {
		t.Run(name, func(t *testing.T) {
			_, got, err := c.change.Apply(smallest(), c.record)
			wantProblem(t, err, c.code, c.path)
			if !reflect.DeepEqual(got, c.record) {
				t.Errorf("the record became %s", document(t, got))
			}
		})
	}
}

// An edit replaces the members that it states, whole, and empties those that it names; all others stay.
func TestEditsOfADeal(t *testing.T) {
	d := smallest()
	d.Account, d.Agreed, d.Zone = "Calder Rail", day(4), "Europe/Berlin"
	d.Registrations = []string{"CL-1", "CL-2"}
	got, _, err := deal.Change{Edit: deal.Edit{Clear: []string{"agreed"},
		Deal: deal.Deal{Amount: value.MustMoney("5.00 USD"), Registrations: []string{"CL-3"}}}}.Apply(d, deal.Record{})
	if err != nil {
		t.Fatal(err)
	}
	want := d
	want.Amount, want.Registrations, want.Agreed = value.MustMoney("5.00 USD"), []string{"CL-3"}, time.Time{}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%s\nbecame %s", document(t, d), document(t, got))
	}
	for _, bad := range []struct {
		edit deal.Deal
		code value.Code
		path string
	}{
		{deal.Deal{ID: "another"}, "change.deal", "change.edit.id"},
		{deal.Deal{Opening: stage.Opening{Engagement: model.PartnerLed}}, "deal.day", "change.edit.opening.day"},
		{deal.Deal{People: make([]comms.Correspondent, 10_001)}, wire.Excess, "change.edit.people"},
		{deal.Deal{Committed: value.MustDate("2026-11-01")}, "deal.committed_close", "change.edit.committed_close"},
	} {
		got, _, err := deal.Change{Edit: deal.Edit{Deal: bad.edit}}.Apply(d, deal.Record{})
		wantProblem(t, err, bad.code, bad.path)
		if !reflect.DeepEqual(got, d) {
			t.Errorf("the deal became %s", document(t, got))
		}
	}
}

// reg.deal: a claim that a party of the deal files with it registers it. One that was filed before, one of another
// party and one that the deal names change nothing.
func TestAFilingRegistersTheDeal(t *testing.T) {
	d := smallest()
	d.Registrations = []string{"CL-0"}
	claim := claimed()
	claim.Claimant = model.PartnerOrg(d.Partner)
	got, r, err := deal.Change{Claim: claim}.Apply(d, deal.Record{})
	if err != nil || !slices.Equal(got.Registrations, []string{"CL-0", claim.ID}) || len(d.Registrations) != 1 {
		t.Errorf("the deal names %q: %v", got.Registrations, err)
	}
	other, before := claim, claimed(step(registration.Approve, bo, day(3)))
	other.Claimant, before.Claimant = model.PartnerOrg("another"), claim.Claimant
	for _, c := range []registration.Claim{other, before, claim} {
		if next, _, err := (deal.Change{Claim: c}).Apply(got, deal.Record{}); err != nil || len(next.Registrations) != 2 {
			t.Errorf("after %+v the deal names %q: %v", c, next.Registrations, err)
		}
	}
	if next, _, err := (deal.Change{Claim: claim}).Apply(d, r); err != nil || len(next.Registrations) != 1 {
		t.Errorf("beside a claim of the record the deal names %q: %v", next.Registrations, err)
	}
	d.Registrations = make([]string, 1000)
	if next, _, err := (deal.Change{Claim: claim}).Apply(d, deal.Record{}); err == nil || len(next.Registrations) != 1000 {
		t.Errorf("the deal names %d claims: %v", len(next.Registrations), err)
	} else {
		wantProblem(t, err, wire.Excess, "change.claim.registrations")
	}
}

// A change is read as strictly as a record; an edit needs no member of a deal.
func TestChangeDocumentsAreStrict(t *testing.T) {
	for data, want := range map[string]string{
		`{"edit":{"agreed":"2026-11-02T08:00:00Z"}}`: "",
		`{"edit":{"clear":["agreed","agreed"]}}`:     `change.edit.clear[1]: "agreed" stands twice`,
		`{"edit":{}}`:                                "change: 0 members are set; a change is one thing, so exactly one member is set",
		`{"edit":{"opening":{}}}`:                    "change.edit.opening.day: nothing stands here; the member is needed",
		`{"event":{"verb":"hold"},"facts":[{}],"Edit":0}`: strings.Join([]string{
			"change.event.at: nothing stands here; the member is needed",
			"change.facts[0].kind: nothing stands here; the member is needed",
			"change.facts[0].at: nothing stands here; the member is needed",
			"change.Edit: the member is not known; allowed are activity, blocker, blocker_event, claim, claim_event, " +
				"edit, event, facts, unfilled",
		}, "\n"),
	} {
		c, err := deal.ParseChange([]byte(data))
		if got := fmt.Sprint(err); got != want && (want != "" || err != nil) {
			t.Errorf("%s: got\n%s\nwant\n%s", data, got, want)
		}
		if err != nil && !reflect.DeepEqual(c, deal.Change{}) {
			t.Errorf("%s: beside an error stands %+v", data, c)
		}
	}
}

func FuzzParseChange(f *testing.F) {
	for _, c := range dealgen.Changes(smallest(), known()) {
		f.Add(document(f, c))
	}
	f.Add([]byte(`{"edit":{"agreed":"2026-11-02T08:00:00Z","clear":["zone"]}}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		c, err := deal.ParseChange(data)
		if err != nil {
			return
		}
		text := document(t, c)
		again, err := deal.ParseChange(text)
		if err != nil || wire.Compare(&again, &c) != 0 {
			t.Fatalf("%q is written as %s: %v", data, text, err)
		}
	})
}
