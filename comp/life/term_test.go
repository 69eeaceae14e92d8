package life_test

import (
	"slices"
	"testing"
	"time"

	"github.com/coselling/coselling/comp/life"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

func TestDisputeUnansweredCountsAsDeclined(t *testing.T) {
	r, _ := drafted("8600.00 USD")
	add(t, r, doubt(in(0), ana, life.Amount, "9600.00"))
	due := time.Date(2026, 12, 1, 0, 0, 0, 0, time.UTC)    // five business days after Monday
	lapse := time.Date(2026, 12, 16, 0, 0, 0, 0, time.UTC) // ten more after that Tuesday
	for _, row := range []struct {
		name   string
		at     time.Time
		status life.Verb
		turn   []model.Person
		until  time.Time
	}{
		{"the last moment to answer", due.Add(-1), life.Disputed, []model.Person{mia, lee}, due},
		{"too late to answer", due, life.Declined, []model.Person{ana, pat}, lapse},
		{"the last moment to appeal", lapse.Add(-1), life.Declined, []model.Person{ana, pat}, lapse},
		{"too late to appeal", lapse, life.Declined, nil, time.Time{}},
	} {
		d := r.At(row.at).Disputes[0]
		if d.Status != row.status || !slices.Equal(d.Turn, row.turn) || !d.Until.Equal(row.until) || d.Final != (row.turn == nil) {
			t.Errorf("comp.dispute: %s: %+v", row.name, d)
		}
	}
	late, err := life.Parse([]byte(document(t, r)), nil)
	if err != nil {
		t.Fatal(err)
	}
	refused(t, late, accept(due, mia, life.Amount, "X"), "comp.dispute",
		"no answer is awaited: the dispute is answered, or the term ended and it counts as declined")
	refused(t, late, appeal(lapse, ana, life.Amount), "comp.dispute", "the term to appeal has ended")
	early, _ := life.Parse([]byte(document(t, r)), nil)
	refused(t, early, appeal(due.Add(-1), ana, life.Amount), "comp.dispute", "the dispute is not answered yet")
	add(t, early, appeal(lapse.Add(-1), ana, life.Amount))
	end := time.Date(2026, 12, 23, 0, 0, 0, 0, time.UTC)
	if d := early.At(end.Add(-1)).Disputes[0]; d.Status != life.Appealed || d.Until != end || len(d.Turn) != 2 {
		t.Errorf("comp.dispute: an appeal has the same term: %+v", d)
	}
	if d := early.At(end).Disputes[0]; d.Status != life.Declined || d.Since != end || !d.Final {
		t.Errorf("comp.dispute: an unanswered appeal is declined for good: %+v", d)
	}
}

func TestPolicyReportsEveryTerm(t *testing.T) {
	err := life.Policy{DisputeDays: 3661, AnswerDays: 0, AppealDays: -1}.Check()
	var list value.Errors
	list.Add("", err)
	if len(list) != 3 || list[0].Path != "dispute_days" || list[2].Path != "appeal_days" || !hasCode(err, "fact.range") {
		t.Error(err)
	}
	if err := life.DefaultPolicy().Check(); err != nil {
		t.Error(err)
	}
}

func TestDisputeIsRaisedWithinNinetyDaysOfTheDraft(t *testing.T) {
	last := time.Date(2027, 2, 21, 23, 59, 59, 0, time.UTC)
	r, line := drafted("8600.00 USD")
	refused(t, r, doubt(last.Add(time.Second), ana, life.Amount, "1.00"), "comp.dispute",
		"the line could be disputed until 2027-02-21")
	add(t, r, doubt(last, ana, life.Amount, "1.00"))

	unchanged, _ := drafted("8600.00 USD")
	add(t, unchanged, draft(in(10), "", line))
	refused(t, unchanged, doubt(last.Add(time.Second), ana, life.Amount, "1.00"), "comp.dispute",
		"the line could be disputed until 2027-02-21")
	line.Amounts.QuotaCredit = usd("1.00")
	add(t, unchanged, draft(in(10), "", line), doubt(last.Add(time.Second), ana, life.Amount, "1.00"))
}

func TestDisputeTermsAreThoseOfThePayerWhenItWasRaised(t *testing.T) {
	r, _ := drafted("8600.00 USD")
	add(t, r, doubt(in(0), ana, life.Amount, "9600.00"))
	staff := acmeStaff()
	staff.Policy = life.Policy{DisputeDays: 1, AnswerDays: 1, AppealDays: 1}
	add(t, r, life.Event{Do: life.Named, At: in(1), Staff: staff}, decline(in(4), mia, life.Amount))
	if d := onlyDispute(t, r, 4); d.Until != time.Date(2026, 12, 12, 0, 0, 0, 0, time.UTC) {
		t.Errorf("comp.dispute: a dispute keeps its terms: %+v", d)
	}
	refused(t, r, doubt(in(4), ana, life.Rate, "9600.00"), "comp.dispute",
		"the line could be disputed until 2026-11-24")
}

// The payer answers, so the payer's calendar counts; the payee appeals, so the payee's does. Of a line of one party
// both are its own; here the vendor pays the partner.
func TestDisputeWhoeverOwesAnActCountsByTheirOwnDays(t *testing.T) {
	thanksgiving, err := value.NewCalendar([]time.Weekday{1, 2, 3, 4, 5}, []value.Date{value.MustDate("2026-11-26")})
	if err != nil {
		t.Fatal(err)
	}
	sundays, err := value.NewCalendar([]time.Weekday{time.Sunday}, nil)
	if err != nil {
		t.Fatal(err)
	}
	east := time.FixedZone("", 9*3600)
	r := life.New(map[model.Party]value.Workplace{us: {Calendar: &thanksgiving}, acme: {Zone: east, Calendar: &sundays}})
	fee := anasLine("3000.00 USD")
	fee.Payer = us
	add(t, r, life.Event{Do: life.Named, At: in(0), Staff: acmeStaff()}, life.Event{Do: life.Named, At: in(0),
		Staff: usStaff()}, draft(in(0), "", fee), doubt(in(0), ana, life.Amount, "1.00"))
	if d := onlyDispute(t, r, 0); d.Until != time.Date(2026, 12, 2, 0, 0, 0, 0, time.UTC) {
		t.Errorf("the payer's holiday does not count: %s", d.Until)
	}
	add(t, r, decline(in(1), noor, life.Amount))
	if d := onlyDispute(t, r, 1); d.Until != time.Date(2027, 1, 31, 15, 0, 0, 0, time.UTC) {
		t.Errorf("the payee's party works on Sundays, in its zone: %s", d.Until)
	}
}
