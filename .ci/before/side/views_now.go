//go:build !before

package main

import (
	"fmt"
	"strconv"
	"strings"
	"time"
	_ "time/tzdata" // so that zones are the same everywhere

	"github.com/go-json-experiment/json"

	"github.com/coselling/coselling"
	"github.com/coselling/coselling/book"
	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/comp/impact"
	"github.com/coselling/coselling/comp/timeline"
	"github.com/coselling/coselling/crmcsv"
	"github.com/coselling/coselling/escalation"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/registration"
	"github.com/coselling/coselling/registration/domains"
	"github.com/coselling/coselling/registration/matching"
	"github.com/coselling/coselling/render"
	"github.com/coselling/coselling/value"
)

// This file is all that knows what the library makes of several documents together. Each
// of its kinds is one document, whose members are those documents.

func viewKinds() kinds {
	return kinds{
		"views.world":        world,
		"views.book":         bookDocuments,
		"views.statement":    statements,
		"views.dated":        dated,
		"views.impact":       comparison,
		"views.registration": claims,
		"views.crmcsv":       export,
	}
}

// read reads a member of a document; its problems stand below the member's name.
func read[T any](a *answer, path string, text []byte, parse func([]byte) (T, error)) (v T, ok bool) {
	if len(text) == 0 || string(text) == "null" {
		return v, false
	}
	v, err := parse(text)
	if err != nil {
		a.refuseIn(path, err)
	}
	return v, err == nil
}

// readAll reads a list whose elements are documents.
func readAll[T any](a *answer, path string, list []byte, parse func([]byte) (T, error)) []T {
	var all []T
	for i, element := range elements(list) {
		if v, ok := read(a, value.Index(path, i), element, parse); ok {
			all = append(all, v)
		}
	}
	return all
}

// reasons writes reasons, and what they say.
func reasons(a *answer, name string, list []value.Reason) {
	for i, r := range list {
		a.write(value.Index(name, i), r)
		a.say(value.Index(name, i), r.String())
	}
}

// plainBook is the book of worlds that have none of their own.
func plainBook() coselling.Book {
	b := coselling.DefaultBook()
	b.Registration.Vendor, b.Registration.ChannelOwners = "us", []string{"olga", "omar"}
	return b
}

// world assesses a deal at some instants, and answers with what everybody sees.
func world(text []byte, _ bool, a *answer) {
	p := parts(text)
	book, ok := read(a, "book", p["book"], coselling.ParseBook)
	if !ok {
		book = plainBook()
	}
	host := coselling.Host{Zone: time.LoadLocation, Registrable: domains.Registrable}
	host.Rosters = readAll(a, "rosters", p["rosters"], escalation.ParseRoster)
	host.Customers = readAll(a, "customers", p["customers"], account)
	engine, err := coselling.New(book, host)
	if err != nil {
		a.refuseIn("new", err)
		return
	}
	deal, _ := read(a, "deal", p["deal"], coselling.ParseDeal)
	record, _ := read(a, "record", p["record"], coselling.ParseRecord)
	for i, at := range elements(p["as_of"]) {
		asOf, _ := time.Parse(time.RFC3339, plainText(at)) // no instant is refused by the assessment
		assessment, err := engine.Assess(deal, record, asOf)
		if err != nil {
			a.refuseIn(value.Index("as_of", i), err)
			continue
		}
		at := value.Index("as_of", i)
		view(a, at+" everything", assessment.Everything())
		view(a, at+" vendor", assessment.For(model.VendorOrg(deal.Vendor)))
		view(a, at+" partner", assessment.For(model.PartnerOrg(deal.Partner)))
		view(a, at+" other partner", assessment.For(model.PartnerOrg("other")))
	}
}

func account(text []byte) (matching.Account, error) {
	var v matching.Account
	err := json.Unmarshal(text, &v)
	return v, err
}

// view answers with every form of a view.
func view(a *answer, name string, v coselling.View) {
	a.write(name, v)
	a.say(name+" brief", render.Brief(v))
	a.say(name+" gantt", render.Gantt(v.Deal, v.Schedule))
	a.say(name+" calendar", render.Calendar(v.Deal, v.Schedule, v.AsOf))
	a.say(name+" RACI", fmt.Sprint(v.Roles.RACI()))
	if len(v.Credit.Lines) > 0 {
		statement(a, name+" credit", v.Credit)
	}
	for i, action := range v.Next {
		a.say(fmt.Sprintf("%s next %d", name, i), action.Text())
	}
	for i, f := range v.Findings {
		a.say(fmt.Sprintf("%s finding %d", name, i), f.Reason.String())
	}
	for i, m := range v.Missing {
		var codes []string
		for _, e := range m.Problems {
			codes = append(codes, e.Path+" "+string(e.Code))
		}
		a.say(fmt.Sprintf("%s missing %d", name, i), fmt.Sprintf("%s %q", m.Part, codes))
	}
}

// statement answers with every form of a statement.
func statement(a *answer, name string, s comp.Statement) {
	a.write(name, s)
	a.say(name+" text", s.Text())
	a.say(name+" Markdown", s.Markdown())
	a.say(name+" CSV", s.CSV())
	a.say(name+" inflation", s.Inflation().String()+" "+sideInflation(s, model.Partner)+" "+sideInflation(s, model.Vendor))
}

func sideInflation(s comp.Statement, side model.Side) string {
	var credit int64
	for _, l := range s.Lines {
		if l.Party.Side == side {
			credit += l.QuotaCredit.Minor()
		}
	}
	ratio, _ := value.NewRatio(credit, s.Quota.Minor())
	return ratio.String()
}

// bookDocuments answers with the documents that are made of a book.
func bookDocuments(text []byte, _ bool, a *answer) {
	b, err := coselling.ParseBook(text)
	if err != nil {
		a.refuse(err)
		return
	}
	document, err := b.Document()
	if err != nil {
		a.refuseIn("document", err)
	}
	a.say("document", string(document))
	a.say("matrix", render.Matrix(b.Roles))
	for i, p := range b.Stage.Playbooks {
		a.say(value.Index("playbook", i), render.Playbook(p))
		a.say(value.Index("states", i), render.States(p))
	}
	reasons(a, "lint", b.Lint())
	reasons(a, "lint of comp", impact.Lint(b.Comp))
	changes, err := book.Diff(coselling.DefaultBook(), b)
	if err != nil {
		a.refuseIn("diff", err)
	}
	for i, c := range changes {
		a.say(value.Index("diff", i), c.String())
	}
}

// movement is an instalment or a reversal, as a member of a document.
type movement struct {
	ID       string       `json:"id"`
	Of       string       `json:"of"`
	On       value.Date   `json:"on"`
	Amount   *value.Money `json:"amount"` // nil: all that is left
	Receives bool         `json:"receives"`
}

func (m movement) value() impact.Movement {
	moved := impact.Movement{Of: m.Of, Movement: comp.Movement{ID: m.ID, On: m.On}}
	if m.Amount != nil {
		moved.Amount = *m.Amount
	}
	return moved
}

func parseMovement(text []byte) (m movement, err error) {
	err = json.Unmarshal(text, &m)
	return m, err
}

// statements prices bookings under a policy, one by one and one after the other, and
// takes some back.
func statements(text []byte, _ bool, a *answer) {
	p := parts(text)
	policy, ok := read(a, "policy", p["policy"], comp.ParsePolicy)
	if !ok {
		return
	}
	bookings := readAll(a, "bookings", p["bookings"], member[comp.Booking])
	plan, err := comp.Compile(policy)
	if err != nil {
		a.refuseIn("compile", err)
		return
	}
	var totals comp.Totals
	run := plan.Run()
	for i, b := range bookings {
		at := value.Index("bookings", i)
		reasons(a, at+" upfront", plan.CheckUpfront(b))
		if doubts, err := impact.LintBooking(plan, b); err == nil {
			reasons(a, at+" lint", doubts)
		}
		if s, err := plan.Statement(b); err != nil {
			a.refuseIn(at+" alone", err)
		} else {
			statement(a, at, s)
			payouts(a, at, plan, s)
		}
		s, err := run.Statement(b)
		if err != nil {
			a.refuseIn(at+" in the run", err)
			continue
		}
		statement(a, at+" in the run", s)
		for j, l := range s.Lines {
			parts, err := plan.TierParts(l)
			a.say(fmt.Sprintf("%s line %d", at, j), fmt.Sprint(parts, err != nil, " ", l.Rule(), " ", l.Why()))
		}
		if err := totals.Add(s); err != nil {
			a.refuseIn(at+" in the totals", err)
		}
	}
	takeBack(a, plan, bookings, readAll(a, "movements", p["movements"], parseMovement))
	closing(a, run, &totals)
}

// takeBack prices bookings one after the other, and takes each back as soon as a movement
// says so.
func takeBack(a *answer, plan *comp.Plan, bookings []comp.Booking, movements []movement) {
	run := plan.Run()
	for i, b := range bookings {
		s, err := run.Statement(b)
		if err != nil {
			continue // which statements has said
		}
		paid, err := plan.Paid(s)
		if err != nil {
			continue
		}
		for _, m := range movements {
			if m.Of != b.ID || m.Receives {
				continue
			}
			at := value.Index("bookings", i) + " taken back by " + m.ID
			if got, err := run.Reverse(paid, m.value().Movement); err != nil {
				a.refuseIn(at, err)
			} else {
				statement(a, at, got.Statement)
			}
		}
		for _, payee := range b.Payees {
			a.say(value.Index("bookings", i)+" attained", run.Attained(payee.Rep).String())
		}
	}
}

// payouts pays a statement in instalments and takes some of it back.
func payouts(a *answer, at string, plan *comp.Plan, s comp.Statement) {
	if s.Projected {
		return
	}
	half, _ := value.ParseAmount("1", s.Value.Currency())
	deferred, err := plan.Deferred(s)
	if err != nil {
		a.refuseIn(at+" deferred", err)
		return
	}
	statement(a, at+" deferred", deferred.Statement)
	if got, err := deferred.Payout.Receive(comp.Movement{ID: "M-1", Amount: half, On: s.Date}); err == nil {
		statement(a, at+" instalment", got.Statement)
	}
	paid, err := plan.Paid(s)
	if err != nil {
		a.refuseIn(at+" paid", err)
		return
	}
	if got, err := paid.Reverse(comp.Movement{ID: "R-1", Amount: half, On: s.Date}); err == nil {
		statement(a, at+" taken back in part", got.Statement)
	}
	if back, err := s.Reverse("R-2", s.Date); err == nil {
		statement(a, at+" taken back", back)
	}
}

// closing closes the period of a run, and adds everything up.
func closing(a *answer, run *comp.Run, totals *comp.Totals) {
	if first, last := run.Period(); !first.IsZero() {
		if s, err := run.Close("closing", last); err != nil {
			a.refuseIn("closing", err)
		} else {
			statement(a, "closing", s)
		}
	}
	payees, err := totals.Payees()
	if err != nil {
		a.refuseIn("totals", err)
	}
	for _, t := range payees {
		a.say("total of "+t.Payee, fmt.Sprint(t.Statements, t.QuotaCredit, t.Influenced, t.Commission, t.Inflation))
	}
}

// dated prices bookings under the versions of a history.
func dated(text []byte, _ bool, a *answer) {
	p := parts(text)
	history, ok := read(a, "history", p["history"], timeline.Parse)
	if !ok {
		return
	}
	registered, _ := value.ParseDate(plainText(p["registered"])) // zero where it is not known
	for _, span := range history.Spans() {
		a.say("span", span.Version+" "+span.Correction+" "+span.From.String()+" "+span.To.String()+" "+span.Reason().String())
	}
	for i, b := range readAll(a, "bookings", p["bookings"], member[comp.Booking]) {
		at := value.Index("bookings", i)
		under, err := history.For(timeline.Deal{Closed: b.Closed, Registered: registered})
		if err != nil {
			a.refuseIn(at, err)
			continue
		}
		s, err := under.Plan.Statement(b)
		if err != nil {
			a.refuseIn(at, err)
			continue
		}
		statement(a, at, s)
		reasons(a, at+" under", []value.Reason{under.Reason()})
	}
}

// comparison compares two policies over bookings.
func comparison(text []byte, _ bool, a *answer) {
	p := parts(text)
	before, ok1 := read(a, "before", p["before"], comp.ParsePolicy)
	after, ok2 := read(a, "after", p["after"], comp.ParsePolicy)
	if !ok1 || !ok2 {
		return
	}
	for i, c := range comp.Diff(before, after) {
		a.say(value.Index("diff", i), c.String())
	}
	beforePlan, err1 := comp.Compile(before)
	afterPlan, err2 := comp.Compile(after)
	if err1 != nil || err2 != nil {
		return // a policy that is parsed is compiled: views.statement says
	}
	bookings := readAll(a, "bookings", p["bookings"], member[comp.Booking])
	row := impact.Rows(func(r impact.Row) error {
		a.say("row", strings.Replace(fmt.Sprint(r), fmt.Sprint(r.Refused)+" ", "", 1)) // which is new
		return nil
	})
	partial, ok := compared(a, beforePlan, afterPlan, bookings, impact.ByCurrency(), impact.LeaveOutUnpriced(), row)
	if !ok {
		return
	}
	a.write("partial", partial)
	reports, err := partial.Reports()
	if err != nil {
		a.refuseIn("reports", err)
	}
	for i, r := range reports {
		report(a, value.Index("report", i), r)
	}
	apart(a, beforePlan, afterPlan, bookings)
	moved(a, beforePlan, afterPlan, bookings, readAll(a, "movements", p["movements"], parseMovement))
}

// compared compares two plans over bookings as they come.
func compared(a *answer, before, after *comp.Plan, bookings []comp.Booking, options ...impact.Option) (impact.Partial, bool) {
	c, err := impact.New(before, after, options...)
	if err != nil {
		a.refuseIn("new", err)
		return impact.Partial{}, false
	}
	for i, b := range bookings {
		if err := c.Add(b); err != nil {
			a.refuseIn(value.Index("bookings", i), err)
		}
	}
	partial, err := c.Finish()
	if err != nil {
		a.refuseIn("finish", err)
	}
	return partial, err == nil
}

// report answers with every form of a report.
func report(a *answer, name string, r impact.Report) {
	a.write(name, r)
	a.say(name+" text", r.Text())
	a.say(name+" Markdown", r.Markdown())
	a.say(name+" CSV", r.CSV())
}

// apart compares over the payees of each side alone, and puts both together.
func apart(a *answer, before, after *comp.Plan, bookings []comp.Booking) {
	var parts []impact.Partial
	for _, side := range []model.Side{model.Partner, model.Vendor} {
		only := impact.Only(func(_ string, party model.Party) bool { return party.Side == side })
		if p, ok := compared(a, before, after, bookings, impact.ByCurrency(), impact.LeaveOutUnpriced(), only); ok {
			parts = append(parts, p)
		}
	}
	if len(parts) < 2 {
		return
	}
	merged, err := impact.Merge(parts[0], parts[1])
	if err != nil {
		a.refuseIn("merge", err)
		return
	}
	a.write("merged", merged)
}

// moved compares over bookings in any order, some of which are paid in instalments or
// taken back.
func moved(a *answer, before, after *comp.Plan, bookings []comp.Booking, movements []movement) {
	var instalments, reversals []impact.Movement
	for _, m := range movements {
		if m.Receives {
			instalments = append(instalments, m.value())
		} else {
			reversals = append(reversals, m.value())
		}
	}
	r, err := impact.Compare(before, after, bookings, impact.Instalments(instalments...), impact.Reversals(reversals...))
	if err != nil {
		a.refuseIn("compare", err)
		return
	}
	report(a, "with movements", r)
	for i, payee := range r.Losses() {
		a.say(value.Index("losses", i), payee.Rep)
	}
	for i, payee := range r.Gains() {
		a.say(value.Index("gains", i), payee.Rep)
	}
}

// claims answers with how every claim on an account stands.
func claims(text []byte, _ bool, a *answer) {
	p := parts(text)
	policy, ok := read(a, "policy", p["policy"], registration.ParsePolicy)
	if !ok {
		return
	}
	rules, err := registration.Compile(policy, domains.Registrable, registration.WithCustomers(readAll(a, "customers", p["customers"], account)...))
	if err != nil {
		a.refuseIn("compile", err)
		return
	}
	now, _ := time.Parse(time.RFC3339, plainText(p["as_of"])) // the zero instant is one too
	var list []registration.Claim
	for i, c := range readAll(a, "claims", p["claims"], member[registration.Claim]) {
		imported, err := rules.Import(c, now)
		if err != nil {
			a.refuseIn(value.Index("claims", i), err)
			continue
		}
		a.write(value.Index("claims", i), imported)
		list = append(list, imported)
	}
	for i, s := range rules.Standings(list, now) {
		a.say(value.Index("standings", i), fmt.Sprint(s.Claim.ID, s.Status, s.Active, s.Behind, s.Due, s.Until, s.Ended, s.BeatenBy, s.Reminders))
		reasons(a, value.Index("findings", i), s.Findings)
	}
	for i, c := range list {
		decision, err := rules.Look(list, c.ID, now)
		if err != nil {
			a.refuseIn("look "+strconv.Itoa(i), err)
			continue
		}
		for _, party := range []model.Party{rules.Vendor(), c.Claimant, model.PartnerOrg("nobody")} {
			a.write(fmt.Sprintf("claims[%d] for %s", i, party), decision.For(party))
		}
	}
}

// export reads an export by a mapping.
func export(text []byte, _ bool, a *answer) {
	p := parts(text)
	if m, ok := read(a, "mapping", p["mapping"], crmcsv.ParseMapping); ok {
		readExport(m, plainText(p["export"]), a)
	}
}
