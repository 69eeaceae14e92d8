package life_test

import (
	"strings"
	"testing"
	"time"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/comp/life"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

func with[T any](v T, change func(*T)) T {
	change(&v)
	return v
}

func TestBadEventsAreCodedErrors(t *testing.T) {
	r, line := drafted("8600.00 USD")
	add(t, r, approval(monday(10), mia))
	globex := model.PartnerOrg("globex")
	lineWith := func(change func(*life.Line)) life.Event { return draft(in(0), "", with(line, change)) }
	doubtWith := func(change func(*life.Event)) life.Event {
		return with(doubt(in(0), ana, life.Amount, "1.00"), change)
	}
	staffWith := func(change func(*life.Staff)) life.Event {
		return life.Event{Do: life.Named, At: in(0), Staff: new(with(*acmeStaff(), change))}
	}
	for _, row := range []struct {
		name  string
		event life.Event
		code  value.Code
		path  string
	}{
		{"no verb", life.Event{At: in(0)}, "json.missing", "event.do"},
		{"another verb", life.Event{Do: 9, At: in(0)}, "life.verb.unknown", "event.do"},
		{"another doubt", doubtWith(func(e *life.Event) { e.Doubt = 77 }), "life.doubt.unknown", "event.doubt"},
		{"no instant", approval(time.Time{}, mia), "json.missing", "event.at"},
		{"a year too far", approval(time.Date(9001, 1, 1, 0, 0, 0, 0, time.UTC), mia), "fact.instant", "event.at"},
		{"before the last event", approval(monday(9), mia), "life.order", "event.at"},
		{"nobody approves", approval(in(0), program), "life.member", "event.by"},
		{"a person without a name", approval(in(0), model.Person{Party: acme}), "life.by", "event.by.name"},
		{"a person of no party", approval(in(0), model.Person{Name: "mia"}), "side.unknown", "event.by.party.side"},
		{"no line approved", life.Event{Do: life.Approved, At: in(0), By: mia}, "life.member", "event.lines"},
		{"a line twice", life.Event{Do: life.Paid, At: in(0), Lines: []comp.LineID{anasID, anasID}}, "list.twice", "event.lines[1]"},
		{"an unknown line", life.Event{Do: life.Paid, At: in(0), Lines: []comp.LineID{line.ID, id("D-9", "ana", "D-9")}}, "life.line.unknown", "event.lines[1]"},
		{"a member of another verb", with(payment(in(0)), func(e *life.Event) { e.Note = "x" }), "life.member", "event.note"},
		{"no draft", draft(in(0), ""), "life.member", "event.drafts"},
		{"a draft twice", draft(in(0), "", line, line), "list.twice", "event.drafts[1].id"},
		{"a draft without an id", lineWith(func(l *life.Line) { l.ID.Payee = "" }), "fact.id", "event.drafts[0].id.payee"},
		{"a draft without an amount", lineWith(func(l *life.Line) { l.Amounts = comp.Amounts{} }), "life.amounts", "event.drafts[0].amounts"},
		{"a draft in two currencies", lineWith(func(l *life.Line) { l.Amounts.QuotaCredit = value.MustMoney("1 JPY") }), value.MoneyCurrency, "event.drafts[0].amounts"},
		{"a draft of no day", lineWith(func(l *life.Line) { l.Won = value.Date{} }), "json.missing", "event.drafts[0].won"},
		{"a draft of a payer unknown", lineWith(func(l *life.Line) { l.ID.Cause, l.Payer = "x", globex }), "life.staff", "event.drafts[0].payer"},
		{"a draft of another party", lineWith(func(l *life.Line) { l.Party = us }), "life.line.other", "event.drafts[0].id"},
		{"a draft of another payer", lineWith(func(l *life.Line) { l.Payer = us }), "life.line.other", "event.drafts[0].id"},
		{"a difference to nothing", lineWith(func(l *life.Line) { l.ID.Cause, l.Corrects = "x", id("D-9", "ana", "D-9") }), "life.line.unknown", "event.drafts[0].corrects"},
		{"a difference to itself", lineWith(func(l *life.Line) { l.Corrects = l.ID }), "life.line.other", "event.drafts[0].corrects"},
		{"a difference to another payee's line", lineWith(func(l *life.Line) { l.ID.Payee, l.Corrects = "lee", line.ID }), "life.line.other", "event.drafts[0].corrects"},
		{"a dispute about nothing", doubtWith(func(e *life.Event) { e.Line = comp.LineID{} }), "life.member", "event.line"},
		{"a dispute about an unknown line", doubtWith(func(e *life.Event) { e.Line.Cause = "x" }), "life.line.unknown", "event.line"},
		{"a dispute without a reason", doubtWith(func(e *life.Event) { e.Doubt = 0 }), "life.member", "event.doubt"},
		{"a dispute that expects nothing", doubtWith(func(e *life.Event) { e.Expects = value.Money{} }), "life.member", "event.expects"},
		{"a dispute in another currency", doubtWith(func(e *life.Event) { e.Expects = value.MustMoney("1 JPY") }), value.MoneyCurrency, "event.expects"},
		{"a line and its absence", doubtWith(func(e *life.Event) { e.Missing = &line }), "life.member", "event.missing"},
		{"a missing line with an id", with(missing(0, "2026-11-20"), func(e *life.Event) { e.Line = anasID }), "life.member", "event.line"},
		{"a missing line of a payer unknown", with(missing(0, "2026-11-20"), func(e *life.Event) { e.Missing.Payer = globex }), "life.staff", "event.missing.payer"},
		{"a missing line at the end of time", missing(0, "9999-12-31"), value.DateRange, "event.missing.won"},
		{"against nobody", doubtWith(func(e *life.Event) { e.Doubt = life.OtherParty }), "life.member", "event.against"},
		{"against the own party", doubtWith(func(e *life.Event) { e.Doubt, e.Against = life.OtherParty, acme }), "life.against", "event.against"},
		{"an amount against a party", doubtWith(func(e *life.Event) { e.Against = us }), "life.member", "event.against"},
		{"an answer to nothing", accept(in(0), mia, life.Rate, "x"), "life.dispute.unknown", "event.line"},
		{"accepted without a correction", accept(in(0), mia, life.Rate, ""), "life.member", "event.correction"},
		{"declined without a reason", with(decline(in(0), mia, life.Rate), func(e *life.Event) { e.Note = "" }), "life.member", "event.note"},
		{"a note too long", with(decline(in(0), mia, life.Rate), func(e *life.Event) { e.Note = strings.Repeat("x", 1001) }), "fact.text", "event.note"},
		{"nobody named", life.Event{Do: life.Named, At: in(0)}, "life.member", "event.staff"},
		{"one approver", staffWith(func(s *life.Staff) { s.Approvers = s.Approvers[:1] }), "life.approvers", "event.staff.approvers"},
		{"two people alone", staffWith(func(s *life.Staff) { s.Alone = true }), "life.approvers", "event.staff.approvers"},
		{"no approver", staffWith(func(s *life.Staff) { s.Approvers = nil }), "fact.excess", "event.staff.approvers"},
		{"an approver twice", staffWith(func(s *life.Staff) { s.Approvers = []string{"mia", "mia"} }), "list.twice", "event.staff.approvers[1]"},
		{"no terms", staffWith(func(s *life.Staff) { s.Policy = life.Policy{} }), "fact.range", "event.staff.answer_days"},
		{"a party of no side", staffWith(func(s *life.Staff) { s.Party.Side = 0 }), "side.unknown", "event.staff.party.side"},
	} {
		t.Run(row.name, func(t *testing.T) { bad(t, r, row.event, row.code, row.path) })
	}
}

func TestAllProblemsOfAnEventAreReportedAtOnce(t *testing.T) {
	r, line := drafted("8600.00 USD")
	line.Payer, line.ID.Booking = model.Party{}, ""
	d, err := r.Add(life.Event{Do: life.Drafted, At: in(0), Drafts: []life.Line{line}, Note: "x", Expects: usd("1.00")})
	for _, want := range []string{"event.drafts[0].id.booking: ", "event.drafts[0].payer.side: ", "event.note: ", "event.expects: "} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v does not report %s", err, want)
		}
	}
	if d.Accepted {
		t.Error("accepted")
	}
}

func TestOthersDoNotDecide(t *testing.T) {
	r, line := drafted("8600.00 USD")
	line.ID.Cause, line.Won = "x", value.MustDate("2026-11-24")
	refused(t, r, draft(in(0), "", line), "comp.life",
		"the day 2026-11-24 has not come: a projection is no line of a statement")
	refused(t, r, approval(in(0), ana), "comp.life", "ana is no approver of the payer")
	refused(t, r, approval(in(0), noor), "comp.life", "noor is no approver of the payer")
	refused(t, r, approval(in(0), model.Person{Name: "mia", Party: us}), "comp.life", "mia is no approver of the payer")
	refused(t, r, with(payment(in(0)), func(e *life.Event) { e.By = noor }), "comp.life", "only the payer pays a line")
	refused(t, r, doubt(in(0), bo, life.Amount, "1.00"), "comp.dispute", "only the payee or the payee's manager disputes a line")
	refused(t, r, doubt(in(0), model.Person{Name: "ana", Party: us}, life.Amount, "1.00"), "comp.dispute",
		"only the payee or the payee's manager disputes a line")
	refused(t, r, life.Event{Do: life.Named, At: in(0), By: bo, Staff: acmeStaff()}, "comp.life",
		"only a party itself names its approvers")
}

func TestNoRecordTakesNothing(t *testing.T) {
	var r *life.Record
	if _, err := r.Add(approval(in(0), mia)); !hasCode(err, "life.record") {
		t.Error(err)
	}
	if s := r.At(in(0)); s.Lines != nil || s.Open() != nil {
		t.Error(s)
	}
	if document(t, r) != "null" {
		t.Error(document(t, r))
	}
	var empty life.Record
	if s := empty.At(in(0)); s.Lines != nil || document(t, &empty) != `{"events":[]}` {
		t.Error(s, document(t, &empty))
	}
	add(t, &empty, life.Event{Do: life.Named, At: in(0), Staff: acmeStaff()})
}
