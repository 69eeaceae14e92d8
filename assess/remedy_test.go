package assess_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/coselling/coselling/assess"
	"github.com/coselling/coselling/comms"
	"github.com/coselling/coselling/deal"
	"github.com/coselling/coselling/escalation"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/registration"
	"github.com/coselling/coselling/registration/domains"
	"github.com/coselling/coselling/registration/matching"
	"github.com/coselling/coselling/stage"
	"github.com/coselling/coselling/value"
)

// evaluated is a partner-led deal that reached evaluation on 6 December, registered until 3 March.
func evaluated() (deal.Deal, deal.Record) {
	d, r := small()
	d.Amount, d.Account = value.MustMoney("96000.00 USD"), "Calder Rail"
	d.Opening.Stage, d.Opening.At, d.Opening.From = stage.Evaluation, november(36, 9), "crm"
	r.Facts, r.Events, r.Activities = nil, nil, nil
	return d, r
}

// first returns the first actions of a view as "people: instruction".
func firstOf(v *assess.View, n int) []string {
	var list []string
	for _, a := range v.Next[:min(n, len(v.Next))] {
		who := strings.Join(a.Who, " ")
		if who == "" {
			who = a.Owner.String()
		}
		list = append(list, who+": "+a.Text())
	}
	return list
}

func wantFirst(t *testing.T, name string, v assess.View, want ...string) {
	t.Helper()
	if got := firstOf(&v, len(want)); !slices.Equal(got, want) {
		t.Errorf("%s: the actions are\n%s\nwant\n%s", name, strings.Join(firstOf(&v, 9), "\n"), strings.Join(want, "\n"))
	}
}

func tick(task stage.TaskID, by model.Person, at time.Time) stage.Event {
	return stage.Event{Verb: stage.VerbDone, Task: task, Move: stage.Move{By: by, At: at}}
}

// next.remedy: case D2. A registration that ends in a day and a half comes first. It is extended where there was
// progress and it was not extended before, else renewed; a renewal that is filed is decided on.
func TestARegistrationThatEndsSoonComesFirst(t *testing.T) {
	d, r := evaluated()
	asOf := time.Date(2027, time.March, 2, 12, 0, 0, 0, time.UTC)
	wantFirst(t, "without progress", everything(t, d, r, asOf),
		"ana: file a renewal of the registration, which cannot be extended: protection ends on 3 March")
	r.Events = []stage.Event{tick(stage.TechnicalResources, model.Person{Name: "bo", Party: us}, november(40, 9))}
	v := everything(t, d, r, asOf)
	wantFirst(t, "with progress", v, "ana: extend the registration: protection ends on 3 March")
	if a := v.Next[0]; a.Urgency != assess.AtRisk || a.Due != value.MustDate("2027-03-03") || a.Object != "C-1" {
		t.Errorf("reg.extension: %+v", a)
	}
	renewal := r.Claims[0]
	renewal.ID, renewal.Filing.Key, renewal.Events, renewal.Submitted = "C-2", "k2", nil, asOf.Add(-time.Hour)
	r.Claims, d.Registrations = append(r.Claims, renewal), append(d.Registrations, "C-2")
	wantFirst(t, "with a renewal", everything(t, d, r, asOf), "bo: decide on the registration")
	before := everything(t, d, r, time.Date(2027, time.February, 1, 12, 0, 0, 0, time.UTC)) // 30 days before
	if slices.ContainsFunc(before.Next, func(a assess.Action) bool { return a.Urgency == assess.AtRisk }) {
		t.Errorf("reg.life: before the first reminder %v", firstOf(&before, 9))
	}
}

// next.remedy: case D3. Where no gate is shut the advance is the next step, with who moves, and nothing of the
// later stages is an action; a stalled case is that action.
func TestTheAdvanceIsAnAction(t *testing.T) {
	d, r := evaluated()
	bo := model.Person{Name: "bo", Party: us}
	r.Events = []stage.Event{tick(stage.TechnicalResources, bo, november(40, 9)),
		tick(stage.CompetitiveIntelligence, bo, november(40, 9))}
	r.Facts = []stage.Fact{{Kind: stage.PartnerEngaged, At: november(39, 9)}}
	const says = "move the deal on to proposal and negotiation"
	v := everything(t, d, r, november(41, 9))
	wantFirst(t, "the next day", v, "ana: "+says)
	if a := v.Next[0]; a.Urgency != assess.NextStep || a.Object != "advance" || a.Due != value.MustDate("2026-12-31") {
		t.Errorf("next.remedy: %+v", a)
	}
	v = everything(t, d, r, november(56, 9))
	wantFirst(t, "stalled", v, "ana: "+says)
	if len(v.Blockers) != 1 || v.Next[0].Urgency != assess.OpenCase || len(v.Next) > 1 && v.Next[1].Urgency == assess.OpenCase {
		t.Errorf("next.remedy: a stalled deal that can advance: %v", v.Next)
	}
	d.Opening.Engagement, d.Opening.At = model.TrueCoSell, november(36, 9)
	v = everything(t, d, deal.Record{Facts: r.Facts, Claims: r.Claims, Events: append(r.Events,
		tick(stage.EvaluationPlan, bo, november(40, 9)), tick(stage.ServicesResources, bo, november(40, 9)))}, november(41, 9))
	i := slices.IndexFunc(v.Next, func(a assess.Action) bool { return a.Object == "advance" })
	if i < 0 || v.Next[i].Text() != says+"; one side does it, and the other consents" {
		t.Errorf("next.remedy: under true co-sell %v", firstOf(&v, 9))
	}
}

// next.remedy, reg.confidential: case D4. That another partner holds the account is said, with until when; only
// the vendor reads which one.
func TestAnAccountThatAnotherPartnerHoldsIsSaid(t *testing.T) {
	rival := registration.Claim{ID: "C-7", Claimant: other, Submitted: november(1, 8),
		Filing: registration.Filing{Key: "k7", By: "rita",
			Account: matching.Account{IDs: []matching.Identifier{{Scheme: matching.DUNS, Value: "150483782"}}}},
		Events: []registration.Event{{Do: registration.Approve, By: model.Person{Name: "olga", Party: us}, At: november(2, 9)}}}
	for name, own := range map[string]bool{"without a claim": false, "with a claim that was rejected": true} {
		d, r := evaluated()
		if !own {
			d.Registrations, r.Claims = nil, nil
		}
		r.Claims = append(r.Claims, rival)
		a, err := engine(t).Assess(d, r, november(41, 9))
		if err != nil {
			t.Fatal(err)
		}
		wantFirst(t, name, a.For(acme),
			"ana: settle with the vendor who works the account: another partner holds it until 2 March 2027")
		wantFirst(t, name, a.For(us),
			"ana: settle with the vendor who works the account: partner other holds it until 2 March 2027")
	}
}

// next.remedy, reg.same_account: a claim on another account, or on something else, holds nothing against a deal that
// has no claim of its own; names that are alike do.
func TestAClaimOnAnotherAccountHoldsNothing(t *testing.T) {
	named := func(name string) matching.Account {
		return matching.Account{Name: name, IDs: []matching.Identifier{{Scheme: matching.DUNS, Value: "150483782"}}}
	}
	for name, c := range map[string]struct {
		account matching.Account
		scope   registration.Scope
		held    bool
	}{
		"alike":            {account: named("Calder Rail Ltd"), held: true},
		"the domain":       {account: matching.Account{Name: "CR Holding", Domains: []string{"calder-rail.com"}}, held: true},
		"another name":     {account: named("Brown Foods")},
		"another domain":   {account: matching.Account{Domains: []string{"brown-foods.com"}}},
		"another product":  {account: named("Calder Rail"), scope: registration.Scope{Products: []string{"add-on"}}},
		"the same product": {account: named("Calder Rail"), scope: registration.Scope{Products: []string{"suite"}}, held: true},
	} {
		d, r := evaluated()
		d.Registrations, d.Scope.Products = nil, []string{"suite"}
		d.People = append(d.People, comms.Correspondent{Prospect: true, Addresses: []string{"cat@calder-rail.com"}})
		r.Claims = []registration.Claim{{ID: "C-7", Claimant: other, Submitted: november(1, 8),
			Filing: registration.Filing{Key: "k7", By: "rita", Account: c.account, Scope: c.scope},
			Events: []registration.Event{{Do: registration.Approve, By: olgaActs, At: november(2, 9)}}}}
		v := everything(t, d, r, november(41, 9))
		held := slices.ContainsFunc(v.Next, func(a assess.Action) bool { return strings.Contains(a.Text(), "partner other holds it") })
		if held != c.held {
			t.Errorf("%s: held %t: %v", name, held, firstOf(&v, 3))
		}
	}
}

// next.remedy: case D5. A joint claim that waits for the partner is confirmed by the partner.
func TestAJointClaimIsConfirmed(t *testing.T) {
	d, r := evaluated()
	c := &r.Claims[0]
	c.Claimant, c.Filing.With, c.Filing.By, c.Submitted = us, acme, "bo", november(37, 9)
	c.Events = []registration.Event{{Do: registration.Approve, By: model.Person{Name: "olga", Party: us}, At: november(38, 9)}}
	v := everything(t, d, r, november(41, 9))
	wantFirst(t, "joint", v, "ana: confirm the joint registration: it protects nothing until then, and ends on 22 December")
	if a := v.Next[0]; a.Owner != model.Partner || a.Urgency != assess.AtRisk || a.Code != registration.Unconfirmed {
		t.Errorf("reg.unconfirmed: %+v", a)
	}
}

// next.remedy: case D7. Mails of a thread that miss the other side's rep are one action, to forward the first of
// them, and none once that is done.
func TestAMailThatMissesARepIsForwardedOnce(t *testing.T) {
	d, r := evaluated()
	r.Activities = []comms.Activity{{ID: "m-1", Kind: comms.Mail, At: november(40, 9), Side: model.Vendor,
		From: "bo@us.example", To: []string{"cat@calder.example"}, Subject: "Trial"}}
	second := r.Activities[0]
	second.ID, second.At, second.Refs = "m-2", november(41, 8).Add(50*time.Minute), []string{"m-1"}
	r.Activities = append(r.Activities, second)
	v := everything(t, d, r, november(41, 9))
	var got []string
	for i, a := range v.Next {
		if strings.HasPrefix(string(a.Code), "comm.") && a.Code != comms.WeeklySync {
			got = append(got, firstOf(&assess.View{Next: v.Next[i : i+1]}, 1)...)
		}
	}
	if want := []string{`bo: forward the mail "Trial" to ana, who missed it`}; !slices.Equal(got, want) {
		t.Errorf("comm.single_thread: %q, want %q", got, want)
	}
	forward := second
	forward.ID, forward.At, forward.To, forward.Refs = "m-3", november(41, 9), []string{"ana@acme.example"}, []string{"m-2"}
	r.Activities = append(r.Activities, forward)
	v = everything(t, d, r, november(41, 10))
	for _, a := range v.Next {
		if strings.HasPrefix(string(a.Code), "comm.") && a.Code != comms.WeeklySync {
			t.Errorf("comm.single_thread: after the forward %v", a)
		}
	}
}

// next.order: case D8. Two prices are settled before all that is not a right or a price.
func TestTwoPricesAreSettledFirst(t *testing.T) {
	d, r := evaluated()
	quote := func(id string, side model.Side, price string) comms.Activity {
		return comms.Activity{ID: id, Kind: comms.Quote, At: november(40, 9), Side: side,
			Offer: comms.Offer{Item: "Rail planning", Quantity: 250, Months: 12, Price: value.MustMoney(price)}}
	}
	r.Activities = []comms.Activity{quote("q-1", model.Partner, "96000.00 USD"), quote("q-2", model.Vendor, "92000.00 USD")}
	wantFirst(t, "two prices", everything(t, d, r, november(41, 9)),
		`ana bo: settle one price for 250 × "Rail planning": the partner quotes 96,000 USD, the vendor 92,000 USD`)
}

// next.remedy: case D10. A side without a rep names one before the playbook asks it for anything.
func TestASideWithoutARepNamesOneFirst(t *testing.T) {
	d, r := evaluated()
	d.Team.Reps = d.Team.Reps[1:]
	wantFirst(t, "no partner", everything(t, d, r, november(41, 9)),
		"partner: name a rep of the partner: nobody does its work")
}

// reg.existing_customer: case D11. A partner's active claim on the vendor's own customer is said at once, to both.
func TestAClaimOnTheVendorsCustomerIsSaidAtOnce(t *testing.T) {
	d, r := evaluated()
	rules, err := assess.Compile(ourBook(), assess.Host{Registrable: domains.Registrable,
		Rosters: []escalation.Roster{roster()}, Customers: []registration.Customer{{Account: r.Claims[0].Filing.Account}}})
	if err != nil {
		t.Fatal(err)
	}
	a, err := rules.Assess(d, r, november(41, 9))
	if err != nil {
		t.Fatal(err)
	}
	for _, party := range []model.Party{acme, us} {
		wantFirst(t, party.String(), a.For(party), "bo: decide on the partner's claim: the account is the vendor's own "+
			"customer; a channel owner records the exception, or the partner withdraws")
	}
}

// stage.commit: the answer has the committed close beside the end of the playbook. One that has passed on an open
// deal, on hold too, is a finding; a new day ends it, and so does the end of the deal.
func TestACommittedCloseStandsBesideThePlaybook(t *testing.T) {
	d, r := evaluated()
	d.Committed = value.MustDate("2027-01-20")
	on := func(day int) assess.View { return everything(t, d, r, november(day, 12)) }
	const says = "ana: set a new day for the close: the deal was to close on 20 January"
	late := func(v assess.View) bool {
		found := slices.ContainsFunc(v.Findings, func(f assess.Finding) bool { return f.Reason.Code() == "stage.commit" })
		if asked := slices.Contains(firstOf(&v, len(v.Next)), says); asked != found {
			t.Errorf("the finding stands: %t, its action: %t", found, asked)
		}
		return found
	}
	v := on(81) // 20 January in UTC
	want := assess.Closing{Committed: d.Committed, Planned: value.MustDate("2027-01-30"), Days: -10}
	if v.Close != want || late(v) || !late(on(82)) {
		t.Errorf("%+v, late on its day %t, on the next %t", v.Close, late(v), late(on(82)))
	}
	hold := stage.Event{Verb: stage.VerbHold, Move: stage.Move{By: model.Person{Name: "ana", Party: acme}, At: november(60, 9)}}
	r.Events = []stage.Event{hold}
	if !late(on(82)) {
		t.Error("a deal on hold is open")
	}
	lost := hold
	lost.Verb, lost.Reason, lost.At = stage.VerbLose, "no budget", november(81, 13)
	r.Events = append(r.Events, lost)
	if late(on(82)) {
		t.Error("a lost deal is late")
	}
	r.Events = nil
	day := deal.Change{Edit: deal.Edit{Deal: deal.Deal{Committed: value.MustDate("2027-02-10")}}}
	next, _, err := day.Apply(d, r)
	if d = next; err != nil || late(on(82)) || on(82).Close.Days != 11 {
		t.Errorf("a new day: late %t, %+v, %v", late(on(82)), on(82).Close, err)
	}
	if d.Committed = (value.Date{}); late(on(82)) || on(82).Close != (assess.Closing{}) {
		t.Error("a deal without a committed close has one")
	}
}

// stage.replanned: case D6. A deal of 20,000 that becomes one of 40,000 in proposal asks for a resize first. After it
// only the present and the later stages are asked for, and of passed ones the facts that gates read.
func TestADealThatGrowsInProposalIsResized(t *testing.T) {
	d, r := small()
	d.Opening.Size, d.Amount, d.AmountAt = model.Simplified, value.MustMoney("40000.00 USD"), november(12, 9)
	r.Events, r.Facts = r.Events[:5], slices.DeleteFunc(r.Facts, func(f stage.Fact) bool { return f.At.After(november(12, 9)) })
	v := everything(t, d, r, november(13, 9))
	wantFirst(t, "grown", v, "ana: move the deal to the standard playbook, which its amount calls for")
	if len(v.Missing) > 0 {
		t.Errorf("%v", v.Missing)
	}
	d.Opening.Size = 0 // the moves before the amount came show the size
	if again := everything(t, d, r, november(13, 9)); !slices.Equal(firstOf(&again, 99), firstOf(&v, 99)) {
		t.Errorf("without the stated size\n%s", strings.Join(firstOf(&again, 99), "\n"))
	}
	for _, unknown := range []value.Money{{}, value.MustMoney("0.00 USD")} {
		d.Amount = unknown
		if v := everything(t, d, r, november(13, 9)); slices.ContainsFunc(v.Findings,
			func(f assess.Finding) bool { return f.Reason.Code() == stage.StageReplanned }) {
			t.Error("an unknown amount calls for a resize")
		}
	}
	d.Amount = value.MustMoney("40000.00 USD")
	r.Events = append(r.Events, stage.Event{Verb: stage.VerbResize, Size: model.Standard,
		Move: stage.Move{By: ana, At: november(13, 10)}})
	v = everything(t, d, r, november(13, 11))
	var all []string
	for _, a := range v.Next {
		all = append(all, a.Object+" "+a.Due.String())
	}
	want := []string{"qualify_debrief 2026-11-20", "commercial_proposal 2027-01-15", "joint_proposal 2027-01-15",
		"negotiate 2027-01-15", "send_contract 2027-01-15", "m-1 2026-11-10", " 2026-11-20"}
	if !slices.Equal(all, want) {
		t.Errorf("after it\n%s\nwant\n%s", strings.Join(all, "\n"), strings.Join(want, "\n"))
	}
}
