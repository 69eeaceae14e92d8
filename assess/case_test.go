package assess_test

import (
	"errors"
	"reflect"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/coselling/coselling/assess"
	"github.com/coselling/coselling/comms"
	"github.com/coselling/coselling/deal"
	"github.com/coselling/coselling/escalation"
	"github.com/coselling/coselling/internal/dealgen"
	"github.com/coselling/coselling/internal/reachtest"
	"github.com/coselling/coselling/internal/wiregen"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/registration"
	"github.com/coselling/coselling/registration/domains"
	"github.com/coselling/coselling/stage"
	"github.com/coselling/coselling/value"
)

// Whatever was asked and added before, a case gives the bytes of the single call on the facts so far: the instants
// rise and fall, changes are of the past and of the future, and refused ones change nothing. No answer changes
// later, whatever its reader does to his view (R3).
func TestCaseGivesTheBytesOfTheSingleCall(t *testing.T) {
	e, err := assess.Compile(ourBook(), assess.Host{Rosters: []escalation.Roster{roster()},
		Registrable: domains.Registrable, Zone: time.LoadLocation})
	if err != nil {
		t.Fatal(err)
	}
	seen := reachtest.Seen{}
	reachtest.Check(t, seen, func(t *rapid.T) {
		w := draw(t, e)
		w.drawRefused()
		changes := rapid.Permutation(append(w.edits(), dealgen.Changes(w.deal, w.record)...)).Draw(t, "changes")
		w.record = deal.Record{
			Events: part(t, w.record.Events), Facts: part(t, w.record.Facts), Activities: part(t, w.record.Activities),
			Claims: part(t, w.record.Claims), Blockers: part(t, w.record.Blockers),
		}
		c, err := e.Case(w.deal, w.record)
		if err != nil {
			t.Fatal(err)
		}
		first := c.At(w.asOf)
		before := written(first.Everything())
		for _, change := range changes[:rapid.IntRange(0, len(changes)).Draw(t, "steps")] {
			if refused := w.add(change); (c.Add(change) != nil) != refused {
				t.Fatalf("the change %+v: the record refuses it: %t", change, refused)
			} else if refused {
				seen["refused"]++
			}
			for range rapid.IntRange(0, 2).Draw(t, "questions") {
				w.asOf = w.instant("as of")
				cold, warm := w.ask(t), c.At(w.asOf)
				for _, party := range []model.Party{{}, acme, us} {
					same(t, view(cold, party), view(warm, party))
				}
				v := warm.Everything()
				wiregen.Spoil(reflect.ValueOf(&v).Elem())
				seen["asked"]++
			}
		}
		if after := written(first.Everything()); after != before {
			t.Fatalf("an answer was\n%s\nand is\n%s", before, after)
		}
	}, "asked", "refused")
}

// drawRefused adds facts that some part of the answer refuses, or that change what it thought before.
func (w *world) drawRefused() {
	r := &w.record
	for range rapid.IntRange(0, 4).Draw(w.t, "refused") {
		at := w.instant("refused")
		r.Facts = append(r.Facts,
			stage.Fact{Kind: pick(w, "no kind", stage.Qualified, "nonsense"), Side: model.Partner, At: at})
		r.Activities = append(r.Activities, comms.Activity{ID: pick(w, "id", "a00", "a01", "b00"), Side: model.Vendor,
			Kind: pick(w, "kind", comms.Note, comms.Call), At: at, From: pick(w, "from", "", "nobody")})
		e := stage.Event{Verb: pick(w, "verb", stage.VerbResize, stage.VerbRecord, stage.VerbLose), Move: stage.Move{
			By: w.person(), At: at, Evidence: []stage.Fact{{Kind: stage.Registered, Side: model.Partner, At: at}}}}
		switch e.Verb {
		case stage.VerbResize:
			e.Size = pick(w, "size", model.Standard, model.Simplified)
		case stage.VerbLose:
			e.Reason = "budget"
		}
		r.Events = append(r.Events, e)
		if len(r.Claims) > 0 { // with a progress that is malformed until it has come
			r.Claims[0].Events = append(r.Claims[0].Events, registration.Event{Do: registration.Extend,
				By: model.Person{Name: "olga", Party: us}, At: at, Progress: at.AddDate(0, 0, 3)})
		}
	}
}

// part draws some elements of a list.
func part[T any](t *rapid.T, list []T) []T {
	if len(list) == 0 {
		return nil
	}
	return rapid.Permutation(list).Draw(t, "order")[:rapid.IntRange(0, len(list)).Draw(t, "part")]
}

// edits are changes of a deal that concern every part of an answer.
func (w *world) edits() []deal.Change {
	edit := func(e deal.Edit) deal.Change { return deal.Change{Edit: e} }
	people := append(w.deal.People[:len(w.deal.People):len(w.deal.People)],
		comms.Correspondent{Name: "amy", Party: acme, Addresses: []string{"amy@acme.example"}})
	return []deal.Change{
		edit(deal.Edit{Deal: deal.Deal{Amount: value.MustMoney("24000.00 USD"), Agreed: day1.AddDate(0, 0, 20)}}),
		edit(deal.Edit{Deal: deal.Deal{People: people, Registrations: []string{"C-0"}}}),
		edit(deal.Edit{Deal: deal.Deal{People: people[1:], Zone: "Europe/Berlin"}}),
		edit(deal.Edit{Deal: deal.Deal{Opening: stage.Opening{Day: value.MustDate("2026-11-20"),
			Engagement: model.TrueCoSell}}}),
		edit(deal.Edit{Deal: deal.Deal{Zone: "Mars"}}),
		edit(deal.Edit{Deal: deal.Deal{Partner: "somebody else"}}),
		edit(deal.Edit{Clear: []string{"people", "team"}}),
		edit(deal.Edit{Deal: deal.Deal{ID: "another"}}),
	}
}

// add adds a change to the facts of the world, and reports whether they refuse it.
func (w *world) add(change deal.Change) (refused bool) {
	d, r, err := change.Apply(w.deal, w.record)
	if err != nil {
		return true
	}
	w.deal, w.record = d, r
	return false
}

// As of an instant that no document can hold, every part of the answer is missing; the single call refuses it.
func TestCaseRefusesInstants(t *testing.T) {
	e, d := engine(t), deal.Deal{ID: "D-1", Partner: "acme", Vendor: "us",
		Opening: stage.Opening{Day: value.MustDate("2026-11-02")}}
	c, err := e.Case(d, deal.Record{})
	if err != nil {
		t.Fatal(err)
	}
	for _, asOf := range []time.Time{{}, time.Date(9001, 1, 1, 0, 0, 0, 0, time.UTC)} {
		if _, err := e.Assess(d, deal.Record{}, asOf); !errors.Is(err, assess.AsOfMissing) {
			t.Errorf("%s is refused by %v", asOf, err)
		}
		v := c.At(asOf).For(acme)
		if len(v.Missing) != 7 || !errors.Is(v.Missing[0].Problems, assess.AsOfMissing) ||
			v.Missing[0].Part != assess.SectionModel {
			t.Errorf("%s: %+v", asOf, v.Missing)
		}
		written(v)
	}
	if _, err := e.Case(deal.Deal{}, deal.Record{Facts: []stage.Fact{{}}}); err == nil {
		t.Error("a case of malformed facts is taken")
	}
}

// Rules that nobody compiled, and a case that nobody made, have an error or an answer for every call (R4).
func TestWhatNobodyMadeNeverPanics(t *testing.T) {
	const code = value.Code("assess.rules.missing")
	for _, e := range []*assess.Rules{nil, {}} {
		_, asked := e.Assess(deal.Deal{}, deal.Record{}, day1)
		_, made := e.Case(deal.Deal{}, deal.Record{})
		_, tried := e.Try(deal.Deal{}, deal.Record{}, deal.Change{})
		for _, err := range []error{asked, made, tried} {
			if !errors.Is(err, code) {
				t.Errorf("got %v", err)
			}
		}
	}
	for _, c := range []*assess.Case{nil, {}} {
		if err := c.Add(deal.Change{}); !errors.Is(err, code) {
			t.Errorf("got %v", err)
		}
		if v := c.At(day1).Everything(); len(v.Missing) != 7 || !errors.Is(v.Missing[6].Problems, code) {
			t.Errorf("got %+v", v.Missing)
		}
	}
}
