// Threeway tells one deal of three companies from its registration to the pay of each rep: a reseller that leads, an
// integrator and the vendor. After the claims nobody says what to do: each day each company does the first thing
// that its own view asks of it, until the deal is won.
//
//	go run ./examples/threeway
package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"slices"
	"time"

	"github.com/coselling/coselling"
	"github.com/coselling/coselling/assess"
	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/registration"
	"github.com/coselling/coselling/registration/domains"
	"github.com/coselling/coselling/registration/matching"
	"github.com/coselling/coselling/registration/memstore"
	"github.com/coselling/coselling/stage"
	"github.com/coselling/coselling/value"
)

// The companies. Bolt is a second reseller, which comes too late.
var (
	us      = model.VendorOrg("us")
	nordic  = model.PartnerOrg("nordic")
	integra = model.PartnerOrg("integra")
	bolt    = model.PartnerOrg("bolt")

	parties = []model.Party{nordic, integra, us} // of the deal
)

func main() { tell(os.Stdout) }

// must ends the program where the story contradicts itself.
func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

// story is a deal with all that happened to it.
type story struct {
	out    io.Writer
	engine *coselling.Engine
	deal   coselling.Deal
	record coselling.Record
	now    time.Time
}

func tell(out io.Writer) {
	book := coselling.DefaultBook()
	book.Registration = registration.DefaultPolicy("us", "noor", "vic") // the vendor and its channel owners
	book.Comp = book.Comp.Under(comp.Split)
	s := &story{out: out, now: time.Date(2026, time.November, 2, 9, 0, 0, 0, time.UTC)}
	s.engine = must(coselling.New(book, coselling.Host{Registrable: domains.Registrable}))

	s.title("WHO WAS FIRST")
	s.register(must(registration.Compile(book.Registration, domains.Registrable)))
	s.open()

	s.title("WHO ANSWERS FOR WHAT")
	for _, duty := range s.assess().Everything().Roles.Duties {
		s.say(duty.Accountable, duty.Says)
	}

	s.title("FROM THE FIRST DAY TO WON")
	for day := 0; day < 60 && s.assess().Everything().Progress.Status != stage.ClosedWon; day++ {
		for _, party := range parties {
			s.act(party)
		}
		s.nextDay()
	}

	s.title("WHAT EACH COMPANY READS OF THE PAY") // none reads that of another
	for _, party := range parties {
		for _, line := range s.assess().For(party).Credit.Lines {
			s.say(party, fmt.Sprintf("%s, %v: %s", line.Payee, line.Commission, line.Why()))
		}
	}
}

// register lets three partners claim one account. A reseller and an integrator may each hold it, a second reseller
// may not.
func (s *story) register(rules *registration.Rules) {
	store := memstore.NewStore(func() time.Time { return s.now }, nil)
	registry, ctx := must(registration.Open(store, rules)), context.Background()
	for _, c := range []struct {
		party    model.Party
		by       string
		function model.Function
	}{{nordic, "nina", model.Resale}, {integra, "ida", model.Integration}, {bolt, "bea", model.Resale}} {
		answer := must(registry.Submit(ctx, c.party, registration.Filing{Key: "calder", By: c.by,
			Account: matching.Account{Name: "Calder Rail", Domains: []string{"calder-rail.com"}},
			Scope:   registration.Scope{Functions: []model.Function{c.function}}}))
		outcome := "refused, another partner holds it"
		if answer.Accepted {
			noor := model.Person{Name: "noor", Party: us}
			s.deal.Registrations = append(s.deal.Registrations, answer.Claim)
			answer = must(registry.Act(ctx, answer.Claim, registration.Event{Do: registration.Approve, By: noor}))
			outcome = answer.Status.String()
		}
		until := answer.Until.Format("2 January 2006")
		s.say(c.party, fmt.Sprintf("Calder Rail for %s: %s until %s", c.function, outcome, until))
		s.now = s.now.Add(time.Hour)
	}
	s.record.Claims = slices.Collect(store.All())
}

// open opens the deal: the reseller leads, and the integrator takes part from the first day to the last.
func (s *story) open() {
	d := &s.deal
	d.ID, d.Account, d.Vendor, d.Amount = "D-21", "Calder Rail", us.Org, value.MustMoney("96000.00 USD")
	d.Partner, d.PartnerFunction = nordic.Org, model.Resale
	d.Participants = []model.Participant{{Party: integra, Function: model.Integration}}
	d.Opening = stage.Opening{Day: value.MustDate("2026-11-02"), Engagement: model.PartnerLed}
	d.Signals.Source = model.FromPartner
	d.Team.Reps = []model.Rep{{ID: "nina", Party: nordic}, {ID: "ida", Party: integra}, {ID: "bo", Party: us}}
	for _, rep := range d.Team.Reps {
		d.Payees = append(d.Payees, comp.Payee{Rep: rep.ID, Party: rep.Party, Rate: value.MustPercent("8%")})
	}
	d.PartnerShares = []comp.PartnerShare{{Party: nordic, Share: value.MustPercent("70%")},
		{Party: integra, Share: value.MustPercent("30%")}}
}

func (s *story) assess() coselling.Assessment {
	return must(s.engine.Assess(s.deal, s.record, s.now))
}

// act does the first thing that its view asks of a company: it fills in what only a person knows, and keeps the change.
func (s *story) act(party model.Party) {
	next := s.assess().For(party).Next
	i := slices.IndexFunc(next, func(a coselling.Action) bool { return a.Do != nil })
	if i < 0 {
		return // others have to act first
	}
	var answers []string
	for _, ask := range next[i].Ask {
		answer := "P-1" // the id of the proposal
		if ask.Kind == assess.AskYesNo {
			answer = "false" // nothing speaks against the opportunity
		}
		answers = append(answers, answer)
	}
	outcome := must(s.engine.Try(s.deal, s.record, must(next[i].Fill(answers...))))
	if !outcome.Accepted {
		panic(fmt.Sprint(next[i].Text(), outcome.Reasons))
	}
	s.say(party, s.now.Format("02 Jan  ")+next[i].Text())
	s.deal, s.record, s.now = outcome.Deal, outcome.Record, s.now.Add(time.Hour)
}

// nextDay goes on to nine o'clock of the next day of work.
func (s *story) nextDay() {
	s.now = s.now.Truncate(24 * time.Hour).Add(33 * time.Hour)
	for s.now.Weekday() == time.Saturday || s.now.Weekday() == time.Sunday {
		s.now = s.now.AddDate(0, 0, 1)
	}
}

func (s *story) title(text string) { fmt.Fprintf(s.out, "\n%s\n", text) }

func (s *story) say(party model.Party, text string) {
	fmt.Fprintf(s.out, "  %-8s  %s\n", party.Org, text)
}
