package lifetest

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"pgregory.net/rapid"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/comp/life"
	"github.com/coselling/coselling/internal/reachtest"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

var (
	worldNames = []string{"A", "B", "C", "M", "R"}
	shortTerms = life.Policy{DisputeDays: 9, AnswerDays: 2, AppealDays: 3}
)

// worldLine is one of the lines of the model: of ana, of mia who approves, of the partner paid by the vendor, a missing
// one, and the difference that corrects the first.
func worldLine(id, amount string) life.Line {
	l := life.Line{ID: worldID(id), Party: acme, Payer: acme, Won: value.MustDate("2026-11-22"),
		Amounts: comp.Amounts{Commission: usd(amount)}}
	switch id {
	case "C":
		l.Payer = us
	case "R":
		l.Corrects = worldID("A")
	}
	return l
}

// worldID is the id of a line of the model, whose cause is its name.
func worldID(name string) comp.LineID {
	payee, ok := map[string]string{"B": "mia", "C": "acme"}[name]
	if !ok {
		payee = "ana"
	}
	return id("D-"+name, payee, name)
}

// world is a record under test beside the history that the oracle reads.
type world struct {
	record *life.Record
	events naive
	now    time.Time
	seen   reachtest.Seen
}

func (w *world) add(t *rapid.T, e life.Event) {
	e.At = w.now
	want := w.events.judge(e)
	d, err := w.record.Add(e)
	var codes []string
	for _, r := range d.Reasons {
		codes = append(codes, string(r.Code()))
	}
	slices.Sort(codes)
	got := strings.Join(slices.Compact(codes), " ")
	if err != nil {
		got = "error"
	}
	if got != want {
		t.Fatalf("%s by %s at %s of %q %q is refused by %q, want %q\n%v %v", e.Do, e.By.Name, e.At,
			fmt.Sprint(e.Line.Cause, e.Lines), e.Doubt,
			got, want, d.Reasons, err)
	}
	w.seen[fmt.Sprint(e.Do, " ", want)]++
	if want == "" {
		w.events = append(w.events, e)
	}
}

func describe(s life.Snapshot) (lines []string) {
	for _, l := range s.Lines {
		lines = append(lines, fmt.Sprint(l.Line.ID.Cause, " ", l.Line.Amounts.Commission, " ", l.Status, " ",
			l.Itself, " ", l.Held))
	}
	disputes := slices.Clone(s.Disputes)
	slices.SortFunc(disputes, func(a, b life.Dispute) int {
		return strings.Compare(a.Line.ID.Cause+string('0'+rune(a.Doubt)), b.Line.ID.Cause+string('0'+rune(b.Doubt)))
	})
	for _, d := range disputes {
		var people []string
		for _, p := range d.Turn {
			people = append(people, p.Name)
		}
		lines = append(lines, fmt.Sprint(d.Line.ID.Cause, " ", d.Doubt, " ", d.Status, " ", d.Final, " ", people, " ",
			d.Until.Unix()))
	}
	return lines
}

func (w *world) compare(t *rapid.T, asOf time.Time) {
	got, want := strings.Join(describe(w.record.At(asOf)), "\n"), strings.Join(w.events.all(worldNames, asOf), "\n")
	if got != want {
		t.Fatalf("as of %s\n%s\nwant\n%s", asOf, got, want)
	}
}

func worldStaff(t *rapid.T) *life.Staff {
	s := &life.Staff{Party: acme, Approvers: []string{"mia", "lee"}, Policy: shortTerms}
	switch rapid.IntRange(0, 4).Draw(t, "staff") {
	case 0:
		s.Approvers = append(s.Approvers, "ana")
	case 1:
		s.Approvers, s.Alone = []string{"mia"}, true
	case 2:
		s.Managers = map[string]string{"ana": "mia", "acme": "pat"}
	default:
		s.Managers = map[string]string{"ana": "pat", "mia": "pat", "acme": "pat"}
	}
	return s
}

func anyBy(t *rapid.T) model.Person {
	return rapid.SampledFrom([]model.Person{ana, mia, mia, lee, lee, pat, pat, noor, {Name: "vic", Party: us},
		bo}).Draw(t, "by")
}

func anyName(t *rapid.T) string { return rapid.SampledFrom(worldNames).Draw(t, "line") }

func anyID(t *rapid.T) comp.LineID { return worldID(anyName(t)) }

func anyDoubt(t *rapid.T) life.Doubt {
	return rapid.SampledFrom([]life.Doubt{life.Credit, life.Amount, life.MissingLine}).Draw(t, "doubt")
}

func (w *world) actions() map[string]func(*rapid.T) {
	amount := func(t *rapid.T) string { return rapid.SampledFrom([]string{"1.00", "2.00"}).Draw(t, "amount") }
	about := func(t *rapid.T, do life.Verb) life.Event {
		return life.Event{Do: do, By: anyBy(t), Line: anyID(t), Doubt: anyDoubt(t)}
	}
	return map[string]func(*rapid.T){
		"wait": func(t *rapid.T) {
			w.now = w.now.Add(time.Duration(rapid.IntRange(0, 90).Draw(t,
				"hours")) * time.Hour)
		},
		"name": func(t *rapid.T) { w.add(t, life.Event{Do: life.Named, Staff: worldStaff(t)}) },
		"draft": func(t *rapid.T) {
			correction := rapid.SampledFrom([]string{"", "K1", "K2"}).Draw(t, "correction")
			w.add(t, draft(w.now, correction, worldLine(anyName(t), amount(t))))
		},
		"approve": func(t *rapid.T) {
			w.add(t, life.Event{Do: life.Approved, By: anyBy(t), Lines: []comp.LineID{anyID(t)}})
		},
		"pay": func(t *rapid.T) { w.add(t, life.Event{Do: life.Paid, Lines: []comp.LineID{anyID(t)}}) },
		"dispute": func(t *rapid.T) {
			e := about(t, life.Disputed)
			e.Expects = usd("3.00")
			if e.Doubt == life.MissingLine {
				e.Line, e.Missing, e.Expects = comp.LineID{}, new(worldLine("M", "1.00")), value.Money{}
			}
			w.add(t, e)
		},
		"accept": func(t *rapid.T) {
			e := about(t, life.Accepted)
			e.Correction = rapid.SampledFrom([]string{"K1", "K2"}).Draw(t, "correction")
			w.add(t, e)
		},
		"decline": func(t *rapid.T) {
			e := about(t, life.Declined)
			e.Note = "no"
			w.add(t, e)
		},
		"appeal": func(t *rapid.T) { w.add(t, about(t, life.Appealed)) },
		"turn":   w.turn,
		"store": func(t *rapid.T) {
			text, err := w.record.MarshalJSON()
			if err != nil {
				t.Fatal(err)
			}
			if w.record, err = life.Parse(text, nil); err != nil {
				t.Fatal(err)
			}
		},
		"": func(t *rapid.T) {
			w.compare(t, w.now)
			w.compare(t, w.now.Add(time.Duration(rapid.IntRange(-200, 200).Draw(t, "hours away"))*time.Hour))
		},
	}
}

// turn lets somebody do what an open dispute waits for, so that long stories are met.
func (w *world) turn(t *rapid.T) {
	open := w.record.At(w.now).Open()
	if len(open) == 0 {
		t.Skip("nothing is open")
	}
	d := rapid.SampledFrom(open).Draw(t, "open")
	if len(d.Turn) == 0 {
		t.Skip("nobody's turn")
	}
	e := life.Event{By: rapid.SampledFrom(d.Turn).Draw(t, "who"), Line: d.Line.ID, Doubt: d.Doubt}
	switch {
	case d.Status == life.Disputed || d.Status == life.Appealed:
		e.Do, e.Note = life.Declined, "no"
		if rapid.Bool().Draw(t, "yes") {
			e.Do, e.Correction = life.Accepted, "K1"
		}
	case d.Status == life.Accepted && d.Corrected.IsZero():
		w.add(t, draft(w.now, d.Events[len(d.Events)-1].Correction, worldLine(d.Line.ID.Cause, "3.00")))
		return
	default:
		e.Do = life.Appealed
	}
	w.add(t, e)
}

// Play plays lines and disputes in a record and in the history, and counts in seen what happened.
func Play(t *rapid.T, seen reachtest.Seen) {
	w := &world{record: life.New(nil), now: time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC), seen: seen}
	w.add(t, life.Event{Do: life.Named, Staff: &life.Staff{Party: us, Approvers: []string{"noor", "vic"},
		Policy: shortTerms}})
	w.add(t, life.Event{Do: life.Named, Staff: worldStaff(t)})
	w.add(t, draft(w.now, "", worldLine("A", "1.00"), worldLine("B", "1.00"), worldLine("C", "1.00")))
	t.Repeat(w.actions())
}

var (
	acme, us = model.PartnerOrg("acme"), model.VendorOrg("us")
	ana      = model.Person{Name: "ana", Party: acme}
	mia      = model.Person{Name: "mia", Party: acme}
	lee      = model.Person{Name: "lee", Party: acme}
	pat      = model.Person{Name: "pat", Party: acme} // ana's manager
	bo       = model.Person{Name: "bo", Party: us}
	noor     = model.Person{Name: "noor", Party: us}
	program  model.Person
)

// id is the id of a line that a booking or movement makes.
func id(booking, payee, cause string) comp.LineID {
	return comp.LineID{Booking: booking, Payee: payee, Part: comp.AsPrimary, Cause: cause}
}

func usd(amount string) value.Money { return value.MustMoney(amount + " USD") }

func draft(at time.Time, correction string, lines ...life.Line) life.Event {
	return life.Event{Do: life.Drafted, At: at, Correction: correction, Drafts: lines}
}
