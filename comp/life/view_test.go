package life_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/comp/life"
	"github.com/coselling/coselling/model"
)

func TestDisputeAboutTheOtherPartyIsSeenByBoth(t *testing.T) {
	r, line := drafted("8600.00 USD")
	e := doubt(in(0), pat, life.OtherParty, "9600.00")
	e.Against, e.Note = us, "bo did not take part"
	add(t, r, e, doubt(in(0), ana, life.Rate, "9600.00"), accept(in(1), mia, life.OtherParty, "secret-correction"))
	seen := r.At(in(1)).For(us)
	if len(seen.Lines) != 0 || len(seen.Disputes) != 1 {
		t.Fatalf("comp.dispute: the other party sees the dispute about it, and no line: %+v", seen)
	}
	d := seen.Disputes[0]
	if d.Doubt != life.OtherParty || d.Line.ID.Booking != line.ID.Booking || d.Line.ID.Payee != "ana" || d.Events[0].Note != e.Note || d.Status != life.Accepted {
		t.Errorf("comp.dispute: the fact itself is seen: %+v", d)
	}
	text := document(t, seen)
	for _, hidden := range []string{"8600", "9600", "primary", "secret-correction", "mia", "lee", "pat"} {
		if strings.Contains(text, hidden) {
			t.Errorf("the other party sees %s: %s", hidden, text)
		}
	}
	own := r.At(in(1)).For(acme)
	if len(own.Lines) != 1 || len(own.Disputes) != 2 || own.Disputes[1].Events[0].By != pat {
		t.Errorf("payer and payee's party see all: %+v", own)
	}
	for _, stranger := range []model.Party{{}, model.PartnerOrg("us"), model.PartnerOrg("globex")} {
		if s := r.At(in(1)).For(stranger); s.Lines != nil || s.Disputes != nil {
			t.Errorf("%s sees %+v", stranger, s)
		}
	}
	if whole := r.At(in(1)); whole.Disputes[1].Events[0].By != pat || whole.Disputes[1].Line != line {
		t.Error("a view changes nothing")
	}
}

// Who is in neither the payer's nor the payee's company reads no name of theirs but the payee's, whoever pays.
func TestAThirdPartyReadsOnlyThePayee(t *testing.T) {
	r, line := life.New(nil), anasLine("8600.00 USD")
	line.Payer = us
	third := model.PartnerOrg("globex")
	e := doubt(in(0), pat, life.OtherParty, "9600.00")
	e.Against, e.Line = third, line.ID
	for _, e := range []life.Event{{Do: life.Named, At: in(0), Staff: acmeStaff()},
		{Do: life.Named, At: in(0), Staff: usStaff()}, draft(in(0), "", line), e} {
		if d, err := r.Add(e); err != nil || !d.Accepted {
			t.Fatal(d, err)
		}
	}
	for _, at := range []int{0, 30} { // while an answer is awaited, and once nobody gave one
		seen := r.At(in(at)).For(third)
		if len(seen.Disputes) != 1 || strings.Contains(document(t, seen), "pat") || seen.Disputes[0].Turn != nil {
			t.Errorf("comp.dispute: after %d days it reads %s", at, document(t, seen))
		}
	}
}

// What one party may not know can change without a byte of its view.
func TestViewsDoNotDependOnHiddenFacts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		one := func(name, amount, correction string, decide bool) string {
			r, line := life.New(nil), anasLine("8600.00 USD")
			line.ID.Cause, line.ID.Table = "D-17"+name, comp.TableID(name)
			line.Amounts = comp.Amounts{Commission: usd(amount)}
			staff := acmeStaff()
			staff.Approvers = []string{name + "1", name + "2"}
			ask := doubt(in(1), ana, life.OtherParty, amount)
			ask.Line, ask.Against = line.ID, us
			events := []life.Event{{Do: life.Named, At: in(0), Staff: staff}, draft(in(0), "", line), ask}
			if decide {
				yes := accept(in(2), model.Person{Name: name + "1", Party: acme}, life.OtherParty, correction)
				yes.Line = line.ID
				events = append(events, yes)
			}
			for _, e := range events {
				if d, err := r.Add(e); err != nil || !d.Accepted {
					t.Fatal(d, err)
				}
			}
			text, err := r.At(in(3)).For(us).MarshalJSON()
			if err != nil {
				t.Fatal(err)
			}
			return string(text)
		}
		amounts := rapid.SampledFrom([]string{"1.00", "250.00", "99999.00"})
		names := rapid.SampledFrom([]string{"x", "ana", "a longer name"})
		decide := rapid.Bool().Draw(t, "decided")
		a := one(names.Draw(t, "name"), amounts.Draw(t, "amount"), names.Draw(t, "correction"), decide)
		b := one(names.Draw(t, "name"), amounts.Draw(t, "amount"), names.Draw(t, "correction"), decide)
		if a != b {
			t.Fatalf("the other party's view differs:\n%s\n%s", a, b)
		}
	})
}

// A reason is shown to the person who acted, so it names nobody else.
func TestReasonsNameNobodyButTheActor(t *testing.T) {
	r, _ := drafted("8600.00 USD")
	add(t, r, doubt(in(0), ana, life.Amount, "1.00"))
	for _, e := range []life.Event{approval(in(0), bo), accept(in(0), bo, life.Amount, "x"), appeal(in(0), bo, life.Amount),
		doubt(in(0), bo, life.Amount, "1.00"), payment(in(0))} {
		d, err := r.Add(e)
		if err != nil || d.Accepted {
			t.Fatal(d, err)
		}
		for _, reason := range d.Reasons {
			for _, name := range []string{" ana", "mia", "lee", "pat", "D-17", "2026-11-2", "_"} {
				if strings.Contains(reason.String(), name) {
					t.Errorf("%s names %s", reason, name)
				}
			}
		}
	}
}
