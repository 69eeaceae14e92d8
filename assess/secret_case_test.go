package assess_test

import (
	"strings"
	"testing"

	"github.com/coselling/coselling/assess"
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

// view.side, CASES R6: a deal that names the claim of another partner shows its own partner the same, whether that
// claim is well formed or not; the vendor reads what is wrong with it.
func TestAMalformedClaimOfAnotherPartnerLooksLikeAnyOther(t *testing.T) {
	var views []string
	for _, hour := range []int{8, -8} { // of the approval, after the filing or before it
		d, r := small()
		r.Claims[0].Claimant, r.Claims[0].Events[0].At = other, november(2, 8+hour)
		a, err := engine(t).Assess(d, r, november(6, 9))
		if err != nil {
			t.Fatal(err)
		}
		views = append(views, written(a.For(acme)))
		v := a.For(us)
		if told := hasMissing(&v, assess.SectionRegistration, `record.claims["C-1"].events[0].at`,
			"claim.order"); told != (hour < 0) {
			t.Errorf("view.side: approved %d hours later, the vendor reads %v", hour, v.Missing)
		}
	}
	if views[0] != views[1] {
		t.Errorf("view.side: the partner reads\n%s\nand of a malformed claim\n%s", views[0], views[1])
	}
}

// next.remedy, view.side: a claim of another partner that the deal names is no renewal of the partner's own, which it
// can file or extend itself.
func TestAClaimOfAnotherPartnerIsNoRenewal(t *testing.T) {
	d, r := evaluated()
	rival := r.Claims[0]
	rival.ID, rival.Claimant, rival.Submitted, rival.Events = "C-2", other, november(29, 8), nil
	rival.Filing.Account = matching.Account{Domains: []string{"calder-cargo.com"}}
	rival.Key = matching.Key{}
	alone, err := engine(t).Assess(d, r, november(110, 9))
	if err != nil {
		t.Fatal(err)
	}
	d.Registrations, r.Claims = append(d.Registrations, rival.ID), append(r.Claims, rival)
	beside, err := engine(t).Assess(d, r, november(110, 9))
	if err != nil {
		t.Fatal(err)
	}
	one, two := alone.For(acme), beside.For(acme)
	if written(one) != written(two) || !strings.Contains(written(one), "protection ends on") {
		t.Errorf("next.remedy: alone\n%q\nbeside a claim of another partner\n%q", firstOf(&one, 2), firstOf(&two, 2))
	}
}

// CASES R3: who changes the choices of an action changes nobody else's.
func TestTheChoicesOfAnActionAreItsOwn(t *testing.T) {
	d, r := evaluated()
	e, err := assess.Compile(ourBook(), assess.Host{Registrable: domains.Registrable,
		Rosters:   []escalation.Roster{roster()},
		Customers: []registration.Customer{{Account: r.Claims[0].Filing.Account}}})
	if err != nil {
		t.Fatal(err)
	}
	named := 0
	for range 2 {
		a, err := e.Assess(d, r, november(10, 9))
		if err != nil {
			t.Fatal(err)
		}
		for _, action := range a.For(us).Next {
			for _, ask := range action.Ask {
				if strings.Contains(strings.Join(ask.Choices, " "), "olga") {
					named++
				}
				clear(ask.Choices)
			}
		}
	}
	if named != 2 {
		t.Errorf("next.remedy: olga may choose to admit the claim in %d of 2 answers", named)
	}
}

// view.side: what is wrong between a deal and a run is reported to the host alone, as it names other deals, and a rep
// whose id the run knows of another partner is refused without that partner's name.
func TestPartiesReadNothingOfOtherDealsInARun(t *testing.T) {
	e, plan := accelerated(t)
	for name, paid := range map[string]comp.Booking{
		"a later deal":      {Closed: value.MustDate("2026-12-31")},
		"a deal of the day": {Closed: value.MustDate("2026-11-28")},
		"the same deal":     {ID: "D-9", Closed: value.MustDate("2026-11-05")},
		"the same rep":      {Closed: value.MustDate("2026-11-05"), Payees: []comp.Payee{{Rep: "ana"}}},
	} {
		d, r := small()
		if paid.ID == "" {
			paid.ID = "other deal"
		}
		if paid.Payees == nil {
			paid.Payees = []comp.Payee{{Rep: "oz"}}
		}
		p := &paid.Payees[0]
		p.Party, p.Role, p.Rate = other, comp.Primary, value.MustPercent("7%")
		paid.Value, paid.Source = value.MustMoney("500.00 USD"), model.FromPartner
		run := plan.Run()
		if _, err := run.Statement(paid); err != nil {
			t.Fatal(err)
		}
		c, err := e.Case(d, r)
		if err != nil {
			t.Fatal(err)
		}
		c.PriceBy(run)
		a := c.At(november(30, 9))
		if v := a.Everything(); !hasPart(&v, assess.SectionCredit) {
			t.Errorf("%s: the host reads nothing: %v", name, v.Missing)
		}
		for _, party := range []model.Party{acme, us} {
			v := a.For(party)
			told := false
			for _, m := range v.Missing {
				for _, problem := range m.Problems {
					told = told || m.Part == assess.SectionCredit
					for _, hidden := range []string{"partner other", "other deal", "oz", "2026-12-31", "2026-11-05"} {
						if strings.Contains(problem.Error(), hidden) {
							t.Errorf("view.side: %s: %s reads %s", name, party, problem)
						}
					}
				}
			}
			if told != (name == "the same rep" && party == acme) {
				t.Errorf("view.side: %s: %s reads %v", name, party, v.Missing)
			}
		}
	}
}

// comm.one_price, view.side: a note that a side keeps to itself does not take the place of the quote with the same
// id.
func TestAQuoteIsNoNoteOfTheSameID(t *testing.T) {
	d, r := evaluated()
	quote := func(id string, side model.Side, price string) comms.Activity {
		return comms.Activity{ID: id, Kind: comms.Quote, At: november(40, 9), Side: side,
			Offer: comms.Offer{Item: "suite", Quantity: 1, Price: value.MustMoney(price)}}
	}
	note := func(id string) comms.Activity {
		return comms.Activity{ID: id, Kind: comms.Note, At: november(39, 9), Side: model.Vendor}
	}
	r.Activities = append(r.Activities, quote("q-1", model.Partner, "10.00 USD"),
		quote("q-2", model.Vendor, "11.00 USD"), note("q-1"), note("q-2"))
	v := everything(t, d, r, november(41, 9))
	for _, a := range v.Next {
		if a.Code == comms.OnePrice {
			if a.Do == nil || a.Do.Activity.Offer.Item != "suite" {
				t.Errorf("comm.one_price: %+v", a.Do)
			}
			return
		}
	}
	t.Errorf("comm.one_price: no action among %q", firstOf(&v, 9))
}

// view.side: of two people of one name who respond at one instant, the order does not tell what a hidden note says.
func TestHiddenNotesOrderNothing(t *testing.T) {
	var views []string
	for _, note := range []string{"a", "z"} {
		d, r := evaluated()
		r.Blockers = []deal.Blocker{{ID: "B-1", Kind: escalation.ContractIssue, Raised: november(9, 9), By: ana,
			Internal: true, Acknowledged: []escalation.Event{
				{By: model.Person{Name: "sam", Party: us}, At: november(9, 10), Note: note},
				{By: model.Person{Name: "sam", Party: acme}, At: november(9, 10), Note: "mine"}}}}
		a, err := engine(t).Assess(d, r, november(10, 9))
		if err != nil {
			t.Fatal(err)
		}
		views = append(views, written(a.For(acme)))
	}
	if views[0] != views[1] {
		t.Errorf("view.side: the partner reads\n%s\nand\n%s", views[0], views[1])
	}
}

// view.side: what is wrong with people of another partner, on the team, among the payees or in an event, is reported to
// the vendor and the host, and names that partner to no other one.
func TestPeopleOfAnotherPartnerAreNamedToTheVendorOnly(t *testing.T) {
	d, r := small()
	zoe := model.Person{Name: "zoe", Party: model.PartnerOrg("globex")}
	d.Team.Reps = append(d.Team.Reps, model.Rep{ID: zoe.Name, Party: zoe.Party})
	d.Payees = append(d.Payees, comp.Payee{Rep: zoe.Name, Party: zoe.Party, Rate: value.MustPercent("4%")})
	r.Events = append(r.Events, tick(stage.ValueProposition, zoe, november(5, 9)))
	a, err := engine(t).Assess(d, r, november(6, 9))
	if err != nil {
		t.Fatal(err)
	}
	for party, want := range map[model.Party]int{{}: 3, us: 3, acme: 0} {
		v, named := view(a, party), 0
		for _, m := range v.Missing {
			for _, problem := range m.Problems {
				if strings.Contains(problem.Error(), "globex") {
					named++
				}
			}
		}
		if named != want {
			t.Errorf("view.side: %q reads of globex in %d problems, want %d: %v", party, named, want, v.Missing)
		}
	}
}

// view.side: that nobody of either side is paid yet is reported to the host; a party reads the same where the other side
// is paid.
func TestNoPartyLearnsWhetherTheOtherIsPaid(t *testing.T) {
	var views []string
	for _, payees := range [][]comp.Payee{nil, {{Rep: "bo", Party: us, Rate: value.MustPercent("4%")}}} {
		d, r := small()
		d.Payees = payees
		a, err := engine(t).Assess(d, r, november(6, 9))
		if err != nil {
			t.Fatal(err)
		}
		views = append(views, written(a.For(acme)))
		v := a.Everything()
		if told := hasMissing(&v, assess.SectionCredit, "deal.payees", assess.FactMissing); told != (payees == nil) {
			t.Errorf("view.side: the host reads %v", v.Missing)
		}
	}
	if views[0] != views[1] {
		t.Errorf("view.side: without payees the partner reads\n%s\nand with one of the vendor\n%s", views[0], views[1])
	}
}
