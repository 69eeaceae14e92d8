package assess_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/coselling/coselling/assess"
	"github.com/coselling/coselling/book"
	"github.com/coselling/coselling/comms"
	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/deal"
	"github.com/coselling/coselling/escalation"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/registration"
	"github.com/coselling/coselling/registration/domains"
	"github.com/coselling/coselling/registration/matching"
	"github.com/coselling/coselling/stage"
	"github.com/coselling/coselling/value"
)

var (
	acme  = model.PartnerOrg("acme")
	other = model.PartnerOrg("other")
	us    = model.VendorOrg("us")
)

// day1 is the first day of every generated deal; they live for about 100 days.
var day1 = time.Date(2026, time.November, 2, 0, 0, 0, 0, time.UTC)

func ourBook() book.Book {
	b := book.Default()
	b.Registration.Vendor, b.Registration.ChannelOwners = "us", []string{"olga", "omar"}
	return b
}

func roster() escalation.Roster {
	var r escalation.Roster
	for _, party := range []model.Party{acme, us} {
		name := party.Org + " "
		r.People = append(r.People,
			escalation.Member{Name: name + "manager", Party: party,
				Functions: []escalation.Function{escalation.Manager}},
			escalation.Member{Name: name + "executive", Party: party,
				Functions: []escalation.Function{escalation.Executive}},
			escalation.Member{Name: name + "desk", Party: party,
				Functions: []escalation.Function{escalation.DealDesk, escalation.Legal}})
	}
	return r
}

func engine(t testing.TB) *assess.Rules {
	t.Helper()
	e, err := assess.Compile(ourBook(), assess.Host{Rosters: []escalation.Roster{roster()},
		Registrable: domains.Registrable})
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// world draws a deal with its record and an instant to ask at. Most of it is legal, so
// that deals come far; some of it is not.
type world struct {
	t      *rapid.T
	engine *assess.Rules
	deal   deal.Deal
	record deal.Record
	asOf   time.Time
}

func draw(t *rapid.T, e *assess.Rules) *world {
	w := &world{t: t, engine: e}
	w.asOf = w.instant("as of")
	w.drawDeal()
	w.drawEvents()
	w.drawFacts()
	w.drawActivities()
	w.drawClaims()
	w.drawBlockers()
	return w
}

// instant draws one of the hours of the deal, so that instants often coincide.
func (w *world) instant(label string) time.Time {
	return day1.Add(time.Duration(rapid.IntRange(0, 25).Draw(w.t,
		label)) * 4 * 24 * time.Hour).Add(time.Duration(rapid.IntRange(0, 3).Draw(w.t, label)) * 5 * time.Hour)
}

func (w *world) chance(label string, percent int) bool {
	return rapid.IntRange(1, 100).Draw(w.t, label) <= percent
}

func pick[T any](w *world, label string, list ...T) T {
	return rapid.SampledFrom(list).Draw(w.t, label)
}

func (w *world) drawDeal() {
	d := &w.deal
	d.ID, d.Account, d.Partner, d.Vendor = "D-1", "Calder Rail", "acme", "us"
	d.Amount = pick(w, "amount", value.Money{}, value.MustMoney("20000.00 USD"), value.MustMoney("120000.01 USD"),
		value.MustMoney("300000.00 USD"), value.MustMoney("90000.00 EUR"))
	if w.chance("exchange", 50) && d.Amount.Currency() == value.MustCurrency("EUR") {
		d.Exchange = euro()
	}
	d.Opening.Day = value.MustDate("2026-11-02")
	d.Opening.Engagement = pick(w, "engagement", 0, 0, model.PartnerLed, model.PartnerLed, model.VendorLed,
		model.TrueCoSell)
	d.Signals = model.Signals{Source: pick(w, "source", model.UnknownSource, model.FromPartner, model.FromVendor,
		model.FromBoth), PartnerTrusted: pick(w, "trusted", model.Unknown, model.Yes, model.No)}
	d.Team.Reps = []model.Rep{{ID: "ana", Party: acme}, {ID: "bo", Party: us}}
	if w.chance("one side", 10) {
		d.Team.Reps = d.Team.Reps[1:]
	}
	d.People = []comms.Correspondent{
		{Name: "ana", Party: model.PartnerOrg("acme"), Addresses: []string{"ana@acme.example"}},
		{Name: "bo", Party: model.VendorOrg("us"), Addresses: []string{"bo@us.example"}},
		{Prospect: true, Addresses: []string{"@calder.example"}},
	}
	for _, rep := range []model.Rep{{ID: "ana", Party: acme}, {ID: "amy", Party: acme}, {ID: "bo", Party: us},
		{ID: "bea", Party: us}}[:rapid.IntRange(0, 4).Draw(w.t, "payees")] {
		p := comp.Payee{Rep: rep.ID, Party: rep.Party,
			Rate: pick(w, "rate", value.MustPercent("5%"), value.MustPercent("8.25%"))}
		p.Role = comp.Primary
		if rep.Party == us {
			p.Role, p.Contribution = comp.Supporting, comp.TechnicalValidation
		}
		if rep.ID == "ana" && len(d.Payees) >= 0 {
			p.Share = value.Percent{}
		}
		d.Payees = append(d.Payees, p)
	}
	shares(d.Payees)
	if w.chance("no contribution", 10) {
		for i := range d.Payees {
			d.Payees[i].Contribution = ""
		}
	}
}

// shares gives each half where a side has two payees.
func shares(payees []comp.Payee) {
	count := map[model.Side]int{}
	for _, p := range payees {
		count[p.Party.Side]++
	}
	for i := range payees {
		if p := &payees[i]; count[p.Party.Side] == 2 {
			p.Share = value.MustPercent("50%")
		}
	}
}

func (w *world) person() model.Person {
	return pick(w, "by", model.Person{Name: "ana", Party: acme}, model.Person{Name: "bo", Party: us})
}

var tasks = []stage.TaskID{stage.RegisterDeal, stage.QualifyInterest, stage.BriefOtherTeam, stage.ScheduleKickoff,
	stage.DiscoveryCall, stage.ValueProposition, stage.MapStakeholders, stage.ProductQuestions,
	stage.DocumentRequirements}

func (w *world) drawEvents() {
	for range rapid.IntRange(0, 12).Draw(w.t, "events") {
		e := stage.Event{Verb: pick(w, "verb", stage.VerbDone, stage.VerbDone, stage.VerbDone, stage.VerbAdvance,
			stage.VerbAdvance, stage.VerbHold, stage.VerbResume, stage.VerbSetModel, stage.VerbWaive, stage.VerbLose,
			stage.VerbReopen, stage.VerbSendBack)}
		e.By, e.At = w.person(), w.instant("event")
		switch e.Verb {
		case stage.VerbDone, stage.VerbWaive:
			e.Task = pick(w, "task", tasks...)
		case stage.VerbAdvance:
			e.To = pick(w, "to", stage.Discovery, stage.Presentation)
		case stage.VerbSendBack:
			e.To = stage.Identification
		case stage.VerbSetModel:
			e.Engagement = pick(w, "model", model.PartnerLed, model.VendorLed, model.TrueCoSell)
			e.Consents = []model.Consent{{By: model.Person{Name: "ana", Party: acme}, At: e.At},
				{By: model.Person{Name: "bo", Party: us}, At: e.At}}
			e.Consents = slices.DeleteFunc(e.Consents, func(c model.Consent) bool { return c.By == e.By })
			if w.chance("asks", 50) {
				e.Consents = nil
				w.record.Events = append(w.record.Events, stage.Event{
					Verb: pick(w, "answer", stage.VerbConsent, stage.VerbConsent, stage.VerbRefuse), Of: e.Verb, Asked: e.At,
					Move: stage.Move{By: w.person(), At: w.instant("answer"), Reason: "no answer"}})
			}
		}
		if e.Verb != stage.VerbDone && e.Verb != stage.VerbAdvance {
			e.Reason = pick(w, "reason", "agreed in the call", "budget")
		}
		w.record.Events = append(w.record.Events, e)
	}
	if w.chance("walk", 50) {
		w.walk()
	}
}

// walk does everything that a partner-led deal needs to reach discovery.
func (w *world) walk() {
	w.deal.Opening.Engagement = model.PartnerLed
	at := day1.Add(33 * time.Hour)
	for _, task := range tasks[:4] {
		w.record.Events = append(w.record.Events, stage.Event{Verb: stage.VerbDone, Task: task,
			Move: stage.Move{By: model.Person{Name: "ana", Party: acme}, At: at}})
	}
	w.record.Facts = append(w.record.Facts, stage.Fact{Kind: stage.Registered, Side: model.Partner, At: at},
		stage.Fact{Kind: stage.SupportConfirmed, Side: model.Vendor, At: at})
	w.record.Events = append(w.record.Events,
		stage.Event{Verb: stage.VerbAdvance,
			Move: stage.Move{To: stage.Discovery, By: model.Person{Name: "ana", Party: acme}, At: at.Add(time.Hour)}})
}

func (w *world) drawFacts() {
	for range rapid.IntRange(0, 8).Draw(w.t, "facts") {
		f := stage.Fact{At: w.instant("fact"), Kind: pick(w, "kind", stage.Registered, stage.SupportConfirmed,
			stage.Qualified, stage.ProposalSent, stage.PricingApproved, stage.CRMUpdated, stage.PartnerEngaged)}
		switch f.Kind {
		case stage.Registered, stage.SupportConfirmed, stage.CRMUpdated:
			f.Side = pick(w, "side", model.Partner, model.Vendor)
		case stage.Qualified:
			f.Negative = w.chance("not qualified", 30)
		case stage.ProposalSent:
			f.Proposal, f.Revision = pick(w, "proposal", "P-1", "P-2"), rapid.IntRange(1, 2).Draw(w.t, "revision")
		case stage.PricingApproved:
			f.Side, f.Proposal, f.Revision = pick(w, "side", model.Partner, model.Vendor), "P-1", 1
		}
		w.record.Facts = append(w.record.Facts, f)
	}
}

func (w *world) drawActivities() {
	for i := range rapid.IntRange(0, 12).Draw(w.t, "activities") {
		a := comms.Activity{ID: fmt.Sprintf("a%02d", i), At: w.instant("activity")}
		if w.chance("same id", 5) {
			a.ID = "a00"
		}
		a.Kind = pick(w, "kind", comms.Mail, comms.Mail, comms.Meeting, comms.Call, comms.Question, comms.Note,
			comms.Cancellation, comms.Quote)
		side := pick(w, "side", model.Partner, model.Vendor)
		from, to := "ana@acme.example", "bo@us.example"
		if side == model.Vendor {
			from, to = to, from
		}
		a.Side = side
		switch a.Kind {
		case comms.Mail, comms.Meeting, comms.Call:
			a.From, a.To, a.Subject = from, []string{"cat@calder.example"}, pick(w, "subject", "Kickoff", "Offer")
			if w.chance("both", 50) {
				a.To = append(a.To, to)
			}
			if a.Kind == comms.Mail && w.chance("inbound", 30) {
				a.From, a.To = "cat@calder.example", []string{from}
			}
		case comms.Cancellation:
			a.About = []string{"a01"}
		case comms.Note:
			a.Shared = w.chance("shared", 50)
		case comms.Quote:
			a.Offer = comms.Offer{Item: "suite", Quantity: 1,
				Price: pick(w, "price", value.MustMoney("10.00 USD"), value.MustMoney("11.00 USD"))}
		}
		w.record.Activities = append(w.record.Activities, a)
	}
}

func (w *world) drawClaims() {
	for i := range rapid.IntRange(0, 4).Draw(w.t, "claims") {
		c := registration.Claim{ID: fmt.Sprintf("C-%d", i), Claimant: pick(w, "claimant", acme, acme, us, other),
			Submitted: w.instant("claim").Add(time.Duration(i) * time.Millisecond)}
		c.Filing = registration.Filing{Key: c.ID,
			Account: matching.Account{Name: "Calder Rail", Domains: []string{"calder-rail.com"}}, By: "ana"}
		at := c.Submitted.Add(24 * time.Hour)
		for _, do := range pick(w, "life", []registration.Verb{}, []registration.Verb{registration.Approve},
			[]registration.Verb{registration.Approve},
			[]registration.Verb{registration.Approve, registration.Withdraw},
			[]registration.Verb{registration.Reject}) {
			e := registration.Event{Do: do, By: model.Person{Name: "olga", Party: us}, At: at}
			if do == registration.Withdraw {
				e.By = model.Person{Name: "ana", Party: c.Claimant}
			}
			if do == registration.Reject {
				e.Reason = "a duplicate"
			}
			c.Events = append(c.Events, e)
			at = at.Add(240 * time.Hour)
		}
		w.record.Claims = append(w.record.Claims, c)
		if w.chance("named", 50) {
			w.deal.Registrations = append(w.deal.Registrations, c.ID)
		}
	}
	if w.chance("unknown claim", 5) {
		w.deal.Registrations = append(w.deal.Registrations, "C-9")
	}
}

func (w *world) drawBlockers() {
	for i := range rapid.IntRange(0, 4).Draw(w.t, "blockers") {
		b := deal.Blocker{ID: fmt.Sprintf("B-%d", i),
			Kind:   pick(w, "kind", escalation.Scheduling, escalation.ProspectDark, escalation.ContractIssue),
			Raised: w.instant("raised"), By: w.person()}
		b.Note, b.Internal = pick(w, "note", "", "ask Cat", "she is away"), w.chance("internal", 50)
		if w.chance("acknowledged", 40) {
			b.Acknowledged = append(b.Acknowledged, escalation.Event{By: w.person(), At: b.Raised.Add(3 * time.Hour),
				Note: pick(w, "note", "", "on it")})
		}
		if w.chance("resolved", 40) {
			b.Resolved = escalation.Event{By: w.person(), At: b.Raised.Add(30 * time.Hour),
				Note: pick(w, "note", "", "done")}
		}
		w.record.Blockers = append(w.record.Blockers, b)
	}
}

// forgetFuture drops every fact that is not known yet.
func (w *world) forgetFuture() {
	future := func(at time.Time) bool { return at.After(w.asOf) }
	r := &w.record
	r.Events = slices.DeleteFunc(r.Events, func(e stage.Event) bool { return future(e.At) })
	r.Facts = slices.DeleteFunc(r.Facts, func(f stage.Fact) bool { return future(f.At) })
	r.Activities = slices.DeleteFunc(r.Activities,
		func(a comms.Activity) bool { return future(a.At) && a.Kind != comms.Meeting })
	r.Claims = slices.DeleteFunc(r.Claims, func(c registration.Claim) bool { return future(c.Submitted) })
	for i := range r.Claims {
		r.Claims[i].Events = slices.DeleteFunc(slices.Clone(r.Claims[i].Events),
			func(e registration.Event) bool { return future(e.At) })
	}
	r.Blockers = slices.DeleteFunc(r.Blockers, func(b deal.Blocker) bool { return future(b.Raised) })
	for i := range r.Blockers {
		b := &r.Blockers[i]
		b.Acknowledged = slices.DeleteFunc(slices.Clone(b.Acknowledged),
			func(e escalation.Event) bool { return future(e.At) })
		if future(b.Resolved.At) {
			b.Resolved = escalation.Event{}
		}
	}
}

func euro() value.ExchangeRate {
	r, err := value.ParseExchangeRate("1 EUR = 1.08 USD on 2026-11-02")
	if err != nil {
		panic(err)
	}
	return r
}
