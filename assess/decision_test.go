package assess_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/coselling/coselling/comms"
	"github.com/coselling/coselling/deal"
	"github.com/coselling/coselling/escalation"
	"github.com/coselling/coselling/internal/dealgen"
	"github.com/coselling/coselling/internal/reachtest"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/registration"
	"github.com/coselling/coselling/registration/matching"
	"github.com/coselling/coselling/stage"
	"github.com/coselling/coselling/value"
)

var (
	anaActs  = model.Person{Name: "ana", Party: acme}
	boActs   = model.Person{Name: "bo", Party: us}
	olgaActs = model.Person{Name: "olga", Party: us}
)

// walked is a deal that reached discovery on its second day, with everything that its gates ask for; its
// registration is a claim.
func walked() *world {
	w := &world{}
	w.deal = deal.Deal{ID: "D-1", Partner: "acme", Vendor: "us", Amount: value.MustMoney("120000.00 USD"),
		Opening: stage.Opening{Day: value.MustDate("2026-11-02")}, Registrations: []string{"C-1"},
		People: []comms.Correspondent{{Name: "ana", Party: acme, Addresses: []string{"ana@acme.example"}}}}
	w.walk()
	w.record.Facts = w.record.Facts[1:] // the claim stands in place of the fact
	w.record.Claims = []registration.Claim{claimOf("C-1", acme, claimStep(registration.Approve, olgaActs, 5))}
	w.record.Blockers = []deal.Blocker{{ID: "B-1", Kind: escalation.Scheduling, Raised: hour(50), By: anaActs}}
	return w
}

func hour(n int) time.Time { return day1.Add(time.Duration(n) * time.Hour) }

func claimOf(id string, by model.Party, events ...registration.Event) registration.Claim {
	return registration.Claim{ID: id, Claimant: by, Submitted: hour(1), Events: events, Filing: registration.Filing{
		Key: id, By: "ana", Account: matching.Account{Name: "Calder Rail", Domains: []string{"calder-rail.com"}}}}
}

func claimStep(do registration.Verb, by model.Person, at int) registration.Event {
	return registration.Event{Do: do, By: by, At: hour(at)}
}

func moved(verb stage.Verb, by model.Person, at int) deal.Change {
	return deal.Change{Event: stage.Event{Verb: verb, Move: stage.Move{By: by, At: hour(at), Reason: "budget"}}}
}

func advanced(by model.Person, at int) deal.Change {
	c := moved(stage.VerbAdvance, by, at)
	c.Event.To = stage.Presentation
	return c
}

func claimActed(do registration.Verb, by model.Person, at int) deal.Change {
	return deal.Change{ClaimEvent: deal.ClaimEvent{Claim: "C-1", Event: claimStep(do, by, at)}}
}

// next.try: a change is refused with every reason where the rules do not allow it, and a decision also where it
// would undo stored events (D14). What only became known late is taken, and the events that it undoes are named
// with the side that may repeat them, and with ! where managers may override.
func TestTrySaysWhatAChangeWouldDo(t *testing.T) {
	rival := claimOf("C-2", other)
	rival.Submitted = hour(100)
	won := deal.Change{ClaimEvent: deal.ClaimEvent{Claim: "C-1", Event: claimStep(registration.Win, olgaActs, 24*200)}}
	const walk = "done brief_other_team partner, done qualify_interest partner, done register_deal partner, " +
		"done schedule_kickoff partner, advance discovery partner"
	for name, c := range map[string]struct {
		change          deal.Change
		refused, undone string
	}{
		"a loss":                  {moved(stage.VerbLose, anaActs, 200), "", ""},
		"a back-dated loss (D14)": {moved(stage.VerbLose, anaActs, 2), "next.try", walk},
		"a step too early":        {advanced(boActs, 200), "stage.authority, gate.qualified, gate.tasks", ""},
		"a stored event":          {deal.Change{Event: walked().record.Events[1]}, "", ""},
		"a withdrawal":            {claimActed(registration.Withdraw, anaActs, 200), "", ""},
		"a back-dated withdrawal": {claimActed(registration.Withdraw, anaActs, 6),
			"next.try", "advance discovery partner"},
		"a withdrawal that became known late": {deal.Change{Claim: claimOf("C-1", acme,
			claimStep(registration.Approve, olgaActs, 5), claimStep(registration.Withdraw, anaActs, 6))}, "",
			"advance discovery partner"},
		"a win of a claim that ended": {won, "reg.life", ""},
		"a claim on an owned account": {deal.Change{Claim: rival}, "reg.first_wins", ""},
		"another model from the start": {deal.Change{Edit: deal.Edit{Deal: deal.Deal{Opening: stage.Opening{
			Day: value.MustDate("2026-11-02"), Engagement: model.VendorLed}}}}, "", "advance discovery vendor!"},
		"a small amount from the start": {deal.Change{Edit: deal.Edit{Deal: deal.Deal{
			Amount: value.MustMoney("5.00 USD")}}}, "", walk + "!"},
		"a response": {deal.Change{BlockerEvent: deal.BlockerEvent{Blocker: "B-1", Act: escalation.Acknowledged,
			Event: escalation.Event{By: boActs, At: hour(60)}}}, "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			w := walked()
			d, err := engine(t).Try(w.deal, w.record, c.change)
			if err != nil {
				t.Fatal(err)
			}
			var refused, undone []string
			for _, r := range d.Reasons {
				if code := string(r.Code()); !slices.Contains(refused, code) {
					refused = append(refused, code)
				}
			}
			for _, u := range d.Undone {
				text := fmt.Sprint(u.Event.Verb, " ", u.Event.To, u.Event.Task, " ", u.Repeat)
				undone = append(undone, text+map[bool]string{true: "!"}[u.Override])
			}
			if got := strings.Join(refused, ", "); got != c.refused || d.Accepted != (c.refused == "") {
				t.Errorf("refused: %s, want %s; %v", got, c.refused, d.Reasons)
			}
			if got := strings.Join(undone, ", "); got != c.undone {
				t.Errorf("undone: %s, want %s", got, c.undone)
			}
		})
	}
}

// Bad input is an error with its place in the change, and nothing is stored.
func TestTryRefusesBadInput(t *testing.T) {
	early := deal.Change{BlockerEvent: deal.BlockerEvent{Blocker: "B-1", Act: escalation.Resolved,
		Event: escalation.Event{By: boActs, At: hour(2)}}}
	for name, c := range map[string]struct {
		change deal.Change
		want   string
	}{
		"nothing": {deal.Change{}, "change change.members"},
		"an unknown task": {
			deal.Change{Event: stage.Event{Verb: stage.VerbDone, Task: "x",
				Move: stage.Move{By: anaActs, At: hour(50)}}},
			"change.event.task task.unknown"},
		"nobody": {moved(stage.VerbHold, model.Person{Party: acme}, 50),
			"change.event.by.name agreement.by"},
		"a stranger": {moved(stage.VerbHold, model.Person{Name: "x", Party: other}, 50),
			"change.event.by.party.org team.two_orgs"},
		"a side of no use": {
			deal.Change{Facts: []stage.Fact{{Kind: stage.Qualified, Side: model.Partner, At: hour(50)}}},
			"change.facts[0].side fact.field"},
		"an address": {
			deal.Change{Activity: comms.Activity{ID: "a", Kind: comms.Mail, Side: model.Partner, From: "nobody",
				At: hour(50)}},
			"change.activity.to comms.activity.people, change.activity.from comms.address.format"},
		"before it was raised": {early, "change.blocker_event esc.case.order"},
		"an unknown kind": {
			deal.Change{Blocker: deal.Blocker{ID: "B-2", Kind: "x", By: boActs, Raised: hour(50)}},
			"change.blocker.kind esc.kind.unknown"},
		"a stranger's claim": {claimActed(registration.Withdraw, boActs, 50),
			"change.claim_event.by actor.forbidden"},
		"a claim of no account": {
			deal.Change{Claim: registration.Claim{ID: "C-2", Claimant: acme, Submitted: hour(50)}},
			"change.claim.key filing.key, change.claim.by filing.by, change.claim.account account.empty"},
	} {
		w := walked()
		d, err := engine(t).Try(w.deal, w.record, c.change)
		var problems value.Errors
		problems.Add("", err)
		var got []string
		for _, p := range problems {
			got = append(got, p.Path+" "+string(p.Code))
		}
		if strings.Join(got, ", ") != c.want {
			t.Errorf("%s: %v, want %s", name, got, c.want)
		}
		if d.Accepted || factsOf(d.Deal, d.Record) != factsOf(w.deal, w.record) {
			t.Errorf("%s: something is stored", name)
		}
	}
}

// A fact that is stored already is accepted again and changes nothing, whatever came after it and however the answer
// judges it.
func TestTryTakesAStoredFactAgain(t *testing.T) {
	w := walked()
	odd := comms.Activity{ID: "a", Kind: comms.Mail, Side: model.Partner, From: "nobody", At: hour(50)}
	w.record.Activities = append(w.record.Activities, odd)
	w.record.Claims[0].Events = append(w.record.Claims[0].Events, claimStep(registration.Confirm, anaActs, 60))
	for _, change := range []deal.Change{{Activity: odd}, claimActed(registration.Approve, olgaActs, 5),
		{Claim: w.record.Claims[0]}, {Blocker: w.record.Blockers[0]}, {Edit: deal.Edit{Deal: w.deal}}} {
		d, err := engine(t).Try(w.deal, w.record, change)
		if err != nil || !d.Accepted || factsOf(d.Deal, d.Record) != factsOf(w.deal, w.record) {
			t.Errorf("%+v: %v, %v", change, err, d.Reasons)
		}
	}
}

// factsOf are the bytes of a deal and its record.
func factsOf(d deal.Deal, r deal.Record) string {
	text, err := d.MarshalJSON()
	if err != nil {
		panic(err)
	}
	more, err := r.MarshalJSON()
	if err != nil {
		panic(err)
	}
	return string(text) + string(more)
}

// On random deals, an accepted decision leaves no stored event refused that was not refused before, a fact only
// those that are named, and what is refused changes nothing. The answers to the single calls say what is refused.
func TestTryUndoesNothingInSilence(t *testing.T) {
	e, seen := engine(t), reachtest.Seen{}
	reachtest.Check(t, seen, func(t *rapid.T) {
		w := draw(t, e)
		w.asOf = day1.AddDate(0, 0, 200)
		change := rapid.SampledFrom(append(w.edits(), dealgen.Changes(w.deal, w.record)...)).Draw(t, "change")
		w.record.Events, w.record.Claims = part(t, w.record.Events), part(t, w.record.Claims)
		d, err := e.Try(w.deal, w.record, change)
		if err != nil || !d.Accepted {
			if err == nil && len(d.Reasons) == 0 || factsOf(d.Deal, d.Record) != factsOf(w.deal, w.record) {
				t.Fatalf("%+v is refused by %v and %v, and stored", change, err, d.Reasons)
			}
			seen["refused"]++
			return
		}
		named := map[string]bool{}
		for _, u := range d.Undone {
			named[deal.NameOf(u.Event)] = true
		}
		before := w.refused(t)
		if w.add(change); factsOf(d.Deal, d.Record) != factsOf(w.deal, w.record) {
			t.Fatalf("%+v is stored otherwise", change)
		}
		for name := range w.refused(t) {
			if !before[name] && !named[name] {
				t.Fatalf("%+v undoes %s in silence", change, name)
			}
		}
		seen["accepted"]++
		if len(named) > 0 {
			seen["undone"]++
		}
	}, "refused", "accepted", "undone")
}

// refused returns the names of the stored events that the answer says are refused.
func (w *world) refused(t interface{ Fatal(...any) }) map[string]bool {
	names := map[string]bool{}
	for _, m := range w.ask(t).Everything().Missing {
		for _, p := range m.Problems {
			for i := range w.record.Events {
				if name := deal.NameOf(w.record.Events[i]); strings.HasPrefix(p.Path, name) {
					names[name] = true
				}
			}
		}
	}
	return names
}
