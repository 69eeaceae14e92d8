package assess_test

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/coselling/coselling/assess"
	"github.com/coselling/coselling/comms"
	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/escalation"
	"github.com/coselling/coselling/internal/dealgen"
	"github.com/coselling/coselling/internal/reachtest"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/registration/domains"
	"github.com/coselling/coselling/stage"
	"github.com/coselling/coselling/value"
)

func (w *world) ask(t interface{ Fatal(...any) }) assess.Assessment {
	a, err := w.engine.Assess(w.deal, w.record, w.asOf)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// written are the bytes of a view.
func written(v assess.View) string {
	text, err := v.MarshalJSON()
	if err != nil {
		panic(err)
	}
	return string(text)
}

// same fails with the first difference of two views.
func same(t *rapid.T, a, b assess.View) {
	t.Helper()
	x, y := written(a), written(b)
	if x == y {
		return
	}
	i := 0
	for i < min(len(x), len(y)) && x[i] == y[i] {
		i++
	}
	t.Fatalf("%s reads\n%s\nand then\n%s", a.Party, x[max(0, i-200):min(len(x), i+200)],
		y[max(0, i-200):min(len(y), i+200)])
}

func permuted[T any](t *rapid.T, list []T) []T { return rapid.Permutation(list).Draw(t, "order") }

// The same facts in any order give the same bytes.
func TestOrderOfFactsDoesNotMatter(t *testing.T) {
	e := engine(t)
	rapid.Check(t, func(t *rapid.T) {
		w := draw(t, e)
		before := w.ask(t)
		r := &w.record
		r.Events, r.Facts, r.Activities, r.Claims, r.Blockers = permuted(t, r.Events), permuted(t, r.Facts),
			permuted(t, r.Activities), permuted(t, r.Claims), permuted(t, r.Blockers)
		w.deal.Payees, w.deal.People, w.deal.Team.Reps = permuted(t, w.deal.Payees), permuted(t, w.deal.People),
			permuted(t, w.deal.Team.Reps)
		after := w.ask(t)
		for _, party := range []model.Party{{}, acme, us} {
			same(t, view(before, party), view(after, party))
		}
	})
}

func view(a assess.Assessment, party model.Party) assess.View {
	if party.IsZero() {
		return a.Everything()
	}
	return a.For(party)
}

// Facts after the instant of the question are not known to it, except planned
// meetings.
func TestFutureFactsAreIgnored(t *testing.T) {
	e := engine(t)
	rapid.Check(t, func(t *rapid.T) {
		w := draw(t, e)
		before := w.ask(t).Everything()
		w.forgetFuture()
		same(t, before, w.ask(t).Everything())
	})
}

// view.side: changing what a side may not see changes no byte of its view.
func TestViewsDoNotInterfere(t *testing.T) {
	var engines []*assess.Rules
	for _, m := range []comp.Model{comp.RoleBased, comp.Split, comp.Origination} {
		b := ourBook()
		b.Comp = b.Comp.Under(m)
		e, err := assess.Compile(b, assess.Host{Rosters: []escalation.Roster{roster()},
			Registrable: domains.Registrable})
		if err != nil {
			t.Fatal(err)
		}
		engines = append(engines, e)
	}
	rapid.Check(t, func(t *rapid.T) {
		w := draw(t, rapid.SampledFrom(engines).Draw(t, "model"))
		reader, hidden := acme, us
		if w.chance("vendor reads", 50) {
			reader, hidden = us, acme
		}
		before := w.ask(t).For(reader)
		if w.chance("other quota", 30) && w.deal.Amount.Sign() > 0 {
			quota := &w.deal.VendorQuota
			if reader == us {
				quota = &w.deal.PartnerQuota
			}
			*quota = value.MustMoney("77777.77 " + w.deal.Amount.Currency().String())
		}
		for i := range w.deal.Payees {
			if p := &w.deal.Payees[i]; p.Party == hidden {
				p.Rate = pick(w, "other rate", value.Percent{}, value.MustPercent("1%"),
					value.MustPercent("99.999999%"))
				if w.chance("misspelt", 20) { // CASES C10
					p.Contribution = "misspelt"
				}
				if !p.Share.IsZero() { // of two
					p.Share = map[bool]value.Percent{true: pick(w, "other share", value.MustPercent("33.333333%"),
						value.MustPercent("33.33333%")), false: value.MustPercent("66.666667%")}[p.Rep == "amy" || p.Rep == "bea"]
				}
			}
		}
		for i := range w.record.Blockers {
			if b := &w.record.Blockers[i]; b.Internal && b.By.Party == hidden {
				b.Note = "another note"
			}
		}
		if reader == acme {
			for i := range w.record.Claims {
				if c := &w.record.Claims[i]; c.Claimant == other {
					c.Claimant = model.PartnerOrg("somebody else")
				}
			}
		}
		same(t, before, w.ask(t).For(reader))
	})
}

// An answer agrees with its parts. A move that it calls open the playbook
// takes, and one that is shut it does not; a credit is the statement's; whom to call is
// what the routes say.
func TestAnswerAgreesWithItsParts(t *testing.T) {
	e := engine(t)
	rules, err := stage.Compile(ourBook().Stage)
	if err != nil {
		t.Fatal(err)
	}
	plan, err := comp.Compile(ourBook().Comp)
	if err != nil {
		t.Fatal(err)
	}
	routes, err := escalation.Compile(ourBook().Escalation, roster())
	if err != nil {
		t.Fatal(err)
	}
	seen := reachtest.Seen{}
	reachtest.Check(t, seen, func(t *rapid.T) {
		w := draw(t, e)
		w.deal.Registrations = nil
		v := w.ask(t).Everything()
		if len(v.Missing) == 0 || v.Missing[0].Part != assess.SectionPlaybook {
			p := w.replay(t, rules)
			if p.Stage() != v.Progress.Stage || p.Status() != v.Progress.Status || p.Engagement() != v.Model.Set {
				t.Fatalf("the playbook stands at %s %s, the answer says %s %s", p.Stage(), p.Status(), v.Progress.Stage,
					v.Progress.Status)
			}
			for _, o := range v.Progress.Options {
				if o.Verb != stage.VerbAdvance {
					continue
				}
				shut, err := rules.Judge(p, stage.VerbAdvance,
					stage.Move{To: o.To, By: mover(v.Model.Set), At: w.asOf, Consents: consents(v.Model.Set, w.asOf)})
				if err != nil {
					t.Fatal(err)
				}
				for i := range o.Shut {
					o.Shut[i].Missing = o.Shut[i].Missing.Worded(nil)
				}
				if fmt.Sprint(shut) != fmt.Sprint(o.Shut) {
					t.Fatalf("the playbook says %v, the answer %v", shut, o.Shut)
				}
				seen["advance"]++
			}
		}
		if len(v.Credit.Lines) > 0 {
			b := comp.Booking{ID: w.deal.ID, Value: w.deal.Amount, Closed: v.Credit.Date, Source: w.deal.Signals.Source,
				Registrant: v.Registration.Registrant, Payees: w.deal.Payees}
			want, err := plan.Statement(b)
			if err != nil { // the payees of one side have a problem, and the lines of the other stand
				side := v.Credit.Lines[0].Party.Side
				b.Payees = slices.DeleteFunc(b.Payees, func(p comp.Payee) bool { return p.Party.Side != side })
				if want, err = plan.Statement(b); err != nil {
					t.Fatal(err)
				}
				seen["credit of one side"]++
			}
			if !slices.Equal(want.Lines, v.Credit.Lines) {
				t.Fatalf("the plan says\n%v\nthe answer\n%v", want.Lines, v.Credit.Lines)
			}
			seen["credit"]++
		}
		for _, b := range v.Blockers {
			if b.State.IsOpen() {
				checkRoute(t, routes, w, b)
				seen["route"]++
			}
		}
		for _, party := range []model.Party{acme, us} {
			for _, l := range w.ask(t).For(party).Credit.Lines {
				if l.Party != party || !slices.Contains(v.Credit.Lines, l) {
					t.Fatalf("%s reads a line that is not its own: %v", party, l)
				}
			}
		}
	}, "advance", "credit", "route")
}

// replay records everything that the answer does, in the way that a person would.
func (w *world) replay(t *rapid.T, rules *stage.Rules) stage.Progress {
	v := w.ask(t).Everything()
	o := w.deal.Opening
	o.Size = v.Progress.Size
	p, err := rules.Open(o)
	if err != nil {
		t.Fatal(err)
	}
	type step struct {
		at   time.Time
		rank int
		e    stage.Event
	}
	var steps []step
	for _, e := range w.record.Events {
		steps = append(steps, step{e.At, 1 + rank(e.Verb), e})
	}
	for _, f := range w.record.Facts {
		steps = append(steps, step{f.At, 0,
			stage.Event{Verb: stage.VerbRecord,
				Move: stage.Move{By: mover(model.PartnerLed), At: f.At, Evidence: []stage.Fact{f}}}})
	}
	for _, a := range w.record.Activities {
		cancelled := slices.ContainsFunc(w.record.Activities, func(c comms.Activity) bool {
			return c.Kind == comms.Cancellation && slices.Contains(c.About, a.ID) && !c.At.After(w.asOf)
		})
		both := slices.Contains(append(a.To, a.From), "ana@acme.example")
		if (a.Kind == comms.Meeting || a.Kind == comms.Call) && both && !cancelled &&
			!twice(w.record.Activities, a, w.asOf) {
			f := stage.Fact{Kind: stage.PartnerEngaged, At: a.At}
			steps = append(steps, step{f.At, 0,
				stage.Event{Verb: stage.VerbRecord,
					Move: stage.Move{By: mover(model.PartnerLed), At: f.At, Evidence: []stage.Fact{f}}}})
		}
	}
	slices.SortStableFunc(steps, func(a, b step) int {
		return cmp.Or(a.at.Compare(b.at), cmp.Compare(a.rank, b.rank), cmp.Compare(a.e.Task, b.e.Task))
	})
	steps = slices.DeleteFunc(steps, func(s step) bool { return s.at.After(w.asOf) })
	done := map[string]bool{}
	apply := func(s step) {
		text := fmt.Sprint(s)
		if done[text] { // an equal fact counts once
			return
		}
		done[text] = true
		d, err := rules.Apply(p, s.e)
		if errors.Is(err, stage.StageConsent) { // it answers what nobody asked for; the answer reports it as missing
			return
		}
		if err != nil {
			t.Fatal(err)
		}
		p = d.Progress
	}
	for len(steps) > 0 {
		n := slices.IndexFunc(steps, func(s step) bool { return !s.at.Equal(steps[0].at) })
		if n < 0 {
			n = len(steps)
		}
		var last []step // all but the facts, and what resumes or reopens a deal that is held or lost
		for _, s := range steps[:n] {
			if s.rank == 0 || s.e.Verb == stage.VerbResume && p.Status() == stage.OnHold ||
				s.e.Verb == stage.VerbReopen && p.Status() == stage.ClosedLost {
				apply(s)
				continue
			}
			last = append(last, s)
		}
		for _, s := range last {
			apply(s)
		}
		steps = steps[n:]
	}
	return p
}

// twice reports whether another activity that is known has the same id.
func twice(list []comms.Activity, a comms.Activity, asOf time.Time) bool {
	return slices.ContainsFunc(list, func(b comms.Activity) bool {
		return a.ID == b.ID && fmt.Sprint(a) != fmt.Sprint(b) && (b.Kind == comms.Meeting || !b.At.After(asOf))
	})
}

// rank orders verbs of one instant: what is done before what it lets pass.
func rank(v stage.Verb) int {
	return slices.Index([]stage.Verb{stage.VerbSetModel, stage.VerbDone, stage.VerbWaive, stage.VerbSendBack,
		stage.VerbAdvance, stage.VerbHold, stage.VerbLose, stage.VerbResume, stage.VerbReopen, stage.VerbRefuse,
		stage.VerbConsent}, v)
}

func mover(e model.Engagement) model.Person {
	if e == model.VendorLed {
		return model.Person{Name: "bo", Party: us}
	}
	return model.Person{Name: "ana", Party: acme}
}

func consents(e model.Engagement, at time.Time) []model.Consent {
	if e != model.TrueCoSell {
		return nil
	}
	return []model.Consent{{By: model.Person{Name: "bo", Party: us}, At: at}}
}

// checkRoute asks the routes about a case that time has not moved.
func checkRoute(t *rapid.T, routes *escalation.Rules, w *world, b assess.Escalation) {
	held := slices.ContainsFunc(w.record.Events,
		func(e stage.Event) bool { return e.Verb == stage.VerbHold || e.Verb == stage.VerbLose })
	want, err := routes.Route(escalation.Blocker{Kind: b.Kind, Raised: b.State.Entered,
		Deal: escalation.Facts{PartnerLead: "ana", VendorLead: "bo"}}, b.State.Entered)
	if err != nil {
		t.Fatal(err)
	}
	if got := b.State.Route; got.Level == want.Level &&
		(got.RespondBy.Before(want.RespondBy) || !held && got.RespondBy.After(want.RespondBy) || fmt.Sprint(got.People()) != fmt.Sprint(want.People())) {
		t.Fatalf("%s goes to %v by %s; the routes say %v by %s", b.Kind, got.People(), got.RespondBy, want.People(),
			want.RespondBy)
	}
}

// Whatever is well formed is answered; nothing panics, and no view fails.
func TestMeaninglessFactsAreAnswered(t *testing.T) {
	e := engine(t)
	rapid.Check(t, func(t *rapid.T) {
		d, r := dealgen.AnyDeal().Draw(t, "deal"), dealgen.AnyRecord().Draw(t, "record")
		a, err := e.Assess(d, r, day1.AddDate(0, 0, rapid.IntRange(-10, 100).Draw(t, "days")))
		if err != nil {
			if d.Check() == nil && r.Check() == nil {
				t.Fatal(err)
			}
			return
		}
		for _, party := range []model.Party{{}, model.PartnerOrg(d.Partner), model.VendorOrg(d.Vendor), other} {
			written(view(a, party))
		}
	})
}
