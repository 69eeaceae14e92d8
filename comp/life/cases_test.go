package life_test

import (
	"testing"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/comp/life"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

func standingOf(t *testing.T, r *life.Record, id comp.LineID, days int) life.Standing {
	t.Helper()
	for _, s := range r.At(in(days)).Lines {
		if s.Line.ID == id {
			return s
		}
	}
	t.Fatalf("line %v is not there", id)
	return life.Standing{}
}

func onlyDispute(t *testing.T, r *life.Record, days int) life.Dispute {
	t.Helper()
	all := r.At(in(days)).Disputes
	if len(all) != 1 {
		t.Fatalf("%d disputes, want one: %v", len(all), all)
	}
	return all[0]
}

func TestLifeWrongRateIsCorrectedAndApprovedAnew(t *testing.T) {
	r, line := drafted("8600.00 USD")
	add(t, r, approval(monday(9), mia), doubt(in(1), ana, life.Rate, "9600.00"))
	refused(t, r, payment(in(1)), "comp.dispute",
		"a dispute holds the line until it is answered and, if accepted, corrected")
	right := line
	right.Amounts.Commission = usd("9600.00")
	refused(t, r, draft(in(1), "", right), "comp.life",
		"an approved line changes only by an accepted dispute or a correction of the policy, which the draft names")
	add(t, r, accept(in(2), lee, life.Rate, "policy-2026-4b"))
	refused(t, r, payment(in(2)), "comp.dispute",
		"a dispute holds the line until it is answered and, if accepted, corrected")
	add(t, r, draft(in(3), "", line)) // the nightly run, which knows nothing of it
	if d := onlyDispute(t, r, 3); d.Final || len(d.Turn) != 2 || !d.Until.IsZero() {
		t.Errorf("comp.dispute: until the correction is drafted the payer's approvers see to it: %+v", d)
	}
	add(t, r, draft(in(3), "policy-2026-4b", right))
	if s := standingOf(t, r, line.ID, 3); s.Status != life.Drafted || s.Line.Amounts.Commission != usd("9600.00") || s.Held {
		t.Errorf("comp.life: a corrected line is approved anew: %+v", s)
	}
	refused(t, r, payment(in(3)), "comp.life", "the line is not approved")
	add(t, r, approval(in(3), lee), payment(in(4)))
	refused(t, r, payment(in(4)), "comp.life", "the line is paid already")
	refused(t, r, doubt(in(5), pat, life.Rate, "9700.00"), "comp.dispute",
		"the line was disputed for this reason before; an answer can be appealed, once")
	add(t, r, appeal(in(5), pat, life.Rate), decline(in(6), mia, life.Rate))
	if d := onlyDispute(t, r, 6); !d.Final || d.Status != life.Declined {
		t.Errorf("comp.dispute: a correction can be appealed, and that answer is final: %+v", d)
	}
}

func TestLifeWrongCreditGoesToAnotherApprover(t *testing.T) {
	r, line := drafted("8600.00 USD")
	add(t, r, doubt(in(0), pat, life.Credit, "150000.00"), decline(in(1), mia, life.Credit))
	if d := onlyDispute(t, r, 1); d.Final || len(d.Turn) != 2 || d.Turn[0] != ana || d.Turn[1] != pat {
		t.Errorf("comp.dispute: after a decline the payee and the manager may appeal: %+v", d)
	}
	add(t, r, appeal(in(2), ana, life.Credit))
	refused(t, r, accept(in(3), mia, life.Credit, "D-17b"), "comp.separate",
		"mia has taken part in this dispute; another approver answers")
	add(t, r, accept(in(3), lee, life.Credit, "D-17b"))
	refused(t, r, appeal(in(4), ana, life.Credit), "comp.dispute",
		"the dispute was appealed once; the second answer is final")
	right := line
	right.Amounts.QuotaCredit, right.Amounts.Commission = usd("150000.00"), usd("10750.00")
	add(t, r, draft(in(4), "D-17b", right))
	if d := onlyDispute(t, r, 4); !d.Final || d.Status != life.Accepted || d.Corrected != in(4) {
		t.Errorf("comp.dispute: an appeal that is accepted and corrected is over: %+v", d)
	}
}

func missing(at int, won string) life.Event {
	line := anasLine("500.00 USD")
	line.ID, line.Won = id("D-18", "ana", "D-18"), value.MustDate(won)
	return life.Event{Do: life.Disputed, At: in(at), By: ana, Doubt: life.MissingLine, Missing: &line}
}

func TestLifeMissingLineIsDraftedUnderAnotherName(t *testing.T) {
	r, _ := drafted("8600.00 USD")
	refused(t, r, missing(0, "2026-11-24"), "comp.dispute",
		"the day 2026-11-24 has not come; a projection cannot be disputed")
	refused(t, r, missing(0, "2026-08-24"), "comp.dispute", "the line could be disputed until 2026-11-22")
	add(t, r, missing(0, "2026-08-25"))
	yes := accept(in(1), mia, life.MissingLine, "D-18")
	yes.Line = id("D-18", "ana", "D-18")
	found := anasLine("450.00 USD")
	found.ID, found.Corrects = id("D-18", "ana", "D-18b"), id("D-18", "ana", "D-18")
	add(t, r, yes, draft(in(2), "", found))
	if d := onlyDispute(t, r, 2); d.Corrected != in(2) || d.Final {
		t.Errorf("comp.dispute: a line that names the missing one is its correction: %+v", d)
	}
	if d := onlyDispute(t, r, 17); !d.Final {
		t.Errorf("comp.dispute: ten business days later it is over: %+v", d)
	}
	there := missing(3, "2026-11-20")
	there.Missing.ID = found.ID
	refused(t, r, there, "comp.dispute", "the line is there; dispute its credit, rate or amount")
}

func TestLifeClawbackIsDisputedAsAnyLine(t *testing.T) {
	r, _ := drafted("8600.00 USD")
	back := anasLine("-8600.00 USD")
	back.ID, back.Amounts.QuotaCredit = id("D-17", "ana", "R-17"), usd("-120000.00")
	e := doubt(in(1), ana, life.Amount, "0.00")
	e.Line = back.ID
	add(t, r, draft(in(0), "", back), e, approval(in(1), mia), payment(in(1))) // the deal's own line is not held
	if s := standingOf(t, r, back.ID, 1); !s.Held {
		t.Errorf("comp.dispute: a disputed clawback is held: %+v", s)
	}
	refused(t, r, life.Event{Do: life.Approved, At: in(1), By: mia, Lines: []comp.LineID{back.ID}}, "comp.dispute",
		"a dispute holds the line until it is answered and, if accepted, corrected")
	if s := standingOf(t, r, back.ID, 30); s.Held || onlyDispute(t, r, 30).Status != life.Declined {
		t.Errorf("comp.dispute: a term without an answer frees it: %+v", s)
	}
}

func TestLifeClosedPeriodIsCorrectedInTheOpenOne(t *testing.T) {
	r, line := drafted("8600.00 USD")
	add(t, r, approval(in(0), mia), payment(in(0)), doubt(in(60), ana, life.Amount, "9600.00"),
		accept(in(61), mia, life.Amount, "D-17c"))
	changed := line
	changed.Amounts.Commission = usd("9600.00")
	refused(t, r, draft(in(61), "D-17c", changed), "comp.life",
		"a paid line never changes; pay the difference by a line that corrects it")
	rest := line
	rest.ID, rest.Amounts.Commission, rest.Corrects = id("D-17", "ana", "D-17c"), usd("1000.00"), line.ID
	rest.Period = value.MustDate("2026-07-01")
	refused(t, r, draft(in(61), "D-17c", rest), "comp.life",
		"the difference is paid in an open period, not before that of the paid line, 2026-10-01")
	rest.Period = value.MustDate("2027-01-01")
	add(t, r, draft(in(61), "D-17c", rest))
	if old := standingOf(t, r, line.ID, 61); old.Status != life.Paid || old.Line != line || old.Held {
		t.Errorf("comp.life: the paid line stands: %+v", old)
	}
	if d := onlyDispute(t, r, 61); d.Corrected != in(61) {
		t.Errorf("comp.dispute: the difference is the correction: %+v", d)
	}
	more := rest
	more.ID, more.Corrects = id("D-17", "ana", "D-17d"), rest.ID
	refused(t, r, draft(in(61), "", more), "comp.life",
		"a line that is not paid is drafted anew; only a paid one is corrected by another line")
}

func TestSeparateApproverWhoIsThePayee(t *testing.T) {
	r, line := drafted("8600.00 USD")
	own := line
	own.ID.Payee = "mia"
	add(t, r, draft(in(0), "", own))
	approve := life.Event{Do: life.Approved, At: in(0), By: mia, Lines: []comp.LineID{line.ID, own.ID}}
	refused(t, r, approve, "comp.separate", "nobody approves their own line")
	if s := standingOf(t, r, line.ID, 0); s.Status != life.Drafted {
		t.Errorf("an event is taken whole or not at all: %+v", s)
	}
	if s := standingOf(t, r, own.ID, 0); len(s.Turn) != 1 || s.Turn[0] != lee {
		t.Errorf("comp.separate: the other approver approves: %+v", s.Turn)
	}
	ask := doubt(in(1), mia, life.Amount, "1.00")
	ask.Line = own.ID
	add(t, r, ask)
	self := decline(in(1), mia, life.Amount)
	self.Line = own.ID
	refused(t, r, self, "comp.separate", "nobody decides about their own line")
	self.By = lee
	add(t, r, self)
	if d := onlyDispute(t, r, 1); !d.Final || d.Turn != nil {
		t.Errorf("comp.separate: with nobody left to appeal to, the answer is final: %+v", d)
	}
	again := appeal(in(1), mia, life.Amount)
	again.Line = own.ID
	refused(t, r, again, "comp.separate", "nobody is left to appeal to; the answer is final")
}

func TestSeparateManagerWhoAppealsIsNoApproverOfIt(t *testing.T) {
	r, _ := drafted("8600.00 USD")
	staff := acmeStaff()
	staff.Managers["ana"] = "mia"
	add(t, r, life.Event{Do: life.Named, At: monday(8), Staff: staff}, doubt(in(0), mia, life.Amount, "9600.00"))
	refused(t, r, accept(in(1), mia, life.Amount, "X"), "comp.separate",
		"mia has taken part in this dispute; another approver answers")
	add(t, r, decline(in(1), lee, life.Amount))
	refused(t, r, appeal(in(1), ana, life.Amount), "comp.separate", "nobody is left to appeal to; the answer is final")
}

func TestLifeLinesOfOnePersonApproveThemselves(t *testing.T) {
	r, line := drafted("8600.00 USD")
	add(t, r, life.Event{Do: life.Named, At: in(0), Staff: &life.Staff{Party: acme, Approvers: []string{"ana"},
		Alone: true, Policy: life.DefaultPolicy()}})
	refused(t, r, approval(in(0), ana), "comp.separate", "nobody approves their own line")
	changed := line
	changed.Amounts.Commission = usd("1.00")
	add(t, r, draft(in(0), "", changed))
	if s := standingOf(t, r, line.ID, 0); s.Status != life.Approved || !s.Itself || s.By != program {
		t.Errorf("comp.life: the line approves itself, marked: %+v", s)
	}
	refused(t, r, draft(in(0), "", line), "comp.life",
		"an approved line changes only by an accepted dispute or a correction of the policy, which the draft names")
	add(t, r, payment(in(0)))
	if s := standingOf(t, r, line.ID, 0); s.Status != life.Paid || !s.Itself {
		t.Errorf("comp.life: the mark stays: %+v", s)
	}
}

func TestDisputeOfAPartyThatIsPaidByTheVendor(t *testing.T) {
	r, _ := drafted("8600.00 USD")
	fee := anasLine("3000.00 USD")
	fee.ID.Payee, fee.Payer, fee.Amounts.QuotaCredit = "acme", us, value.Money{}
	staff := acmeStaff()
	staff.Managers["acme"] = "pat"
	ask := life.Event{Do: life.Disputed, At: in(1), By: pat, Line: fee.ID, Doubt: life.Amount, Expects: usd("3600.00")}
	add(t, r, life.Event{Do: life.Named, At: in(0), By: mia, Staff: staff}, draft(in(0), "", fee), ask)
	if d := r.At(in(1)).For(acme).Disputes[0]; len(d.Turn) != 1 || d.Turn[0] != (model.Person{Party: us}) {
		t.Errorf("the payee's party sees that it is the payer's turn, once and without names: %+v", d.Turn)
	}
	no := decline(in(2), mia, life.Amount)
	no.Line = fee.ID
	refused(t, r, no, "comp.dispute", "mia is no approver of the payer")
	no.By = noor
	add(t, r, no)
	if d := r.At(in(2)).For(acme).Disputes[0]; d.Events[1].By != (model.Person{Party: us}) || d.Turn[1] != pat {
		t.Errorf("the payee's party does not see who of the payer answered: %+v", d)
	}
	if d := r.At(in(2)).For(us).Disputes[0]; d.Events[1].By != noor || d.Events[0].By != pat {
		t.Errorf("the payer sees all: %+v", d)
	}
}

func TestDisputeAppealOfACorrectionAwaitsAnotherOne(t *testing.T) {
	r, line := drafted("8600.00 USD")
	better, right := line, line
	better.Amounts.Commission, right.Amounts.Commission = usd("9000.00"), usd("9600.00")
	add(t, r, doubt(in(0), ana, life.Rate, "9600.00"), accept(in(1), lee, life.Rate, "K1"), draft(in(1), "K1", better),
		appeal(in(2), ana, life.Rate), accept(in(3), mia, life.Rate, "K2"))
	if d := onlyDispute(t, r, 3); d.Final || !d.Corrected.IsZero() || !standingOf(t, r, line.ID, 3).Held {
		t.Errorf("comp.dispute: the second correction is not drafted: %+v", d)
	}
	add(t, r, draft(in(3), "K2", right), approval(in(3), lee), payment(in(4)))
	if d := onlyDispute(t, r, 3); !d.Final || d.Corrected != in(3) {
		t.Errorf("comp.dispute: there is no third answer: %+v", d)
	}
}
