package coselling_test

import (
	"fmt"
	"regexp"
	"testing"

	"pgregory.net/rapid"

	"github.com/coselling/coselling"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

func (w *world) ask(t interface{ Fatal(...any) }) coselling.Assessment {
	a, err := w.engine.Assess(w.deal, w.record, w.asOf)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// written are the bytes of a view.
func written(v coselling.View) string {
	text := fmt.Sprintf("%+v", v)
	return regexp.MustCompile(`team:.*?Consulted:map\[[^]]*\]\}`).ReplaceAllString(text, "")
}

// same fails with the first difference of two views.
func same(t *rapid.T, a, b coselling.View) {
	t.Helper()
	x, y := written(a), written(b)
	if x == y {
		return
	}
	i := 0
	for i < min(len(x), len(y)) && x[i] == y[i] {
		i++
	}
	t.Fatalf("%s reads\n%s\nand then\n%s", a.Party, x[max(0, i-200):min(len(x), i+200)], y[max(0, i-200):min(len(y), i+200)])
}

func permuted[T any](t *rapid.T, list []T) []T { return rapid.Permutation(list).Draw(t, "order") }

// SPEC 10: the same facts in any order give the same bytes.
func TestOrderOfFactsDoesNotMatter(t *testing.T) {
	e := engine(t)
	rapid.Check(t, func(t *rapid.T) {
		w := draw(t, e)
		before := w.ask(t)
		r := &w.record
		r.Events, r.Facts, r.Activities, r.Claims, r.Blockers = permuted(t, r.Events), permuted(t, r.Facts), permuted(t, r.Activities), permuted(t, r.Claims), permuted(t, r.Blockers)
		w.deal.Payees, w.deal.People, w.deal.Team.Reps = permuted(t, w.deal.Payees), permuted(t, w.deal.People), permuted(t, w.deal.Team.Reps)
		after := w.ask(t)
		for _, party := range []model.Party{{}, acme, us} {
			same(t, view(before, party), view(after, party))
		}
	})
}

func view(a coselling.Assessment, party model.Party) coselling.View {
	if party.IsZero() {
		return a.Everything()
	}
	return a.For(party)
}

// SPEC 8: facts after the instant of the question are not known to it, but for planned
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
	e := engine(t)
	rapid.Check(t, func(t *rapid.T) {
		w := draw(t, e)
		reader, hidden := acme, us
		if w.chance("vendor reads", 50) {
			reader, hidden = us, acme
		}
		before := w.ask(t).For(reader)
		for i := range w.deal.Payees {
			if p := &w.deal.Payees[i]; p.Party == hidden {
				p.Rate = pick(w, "other rate", value.Percent{}, value.MustPercent("1%"), value.MustPercent("99.999999%"))
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
