package assess_test

import (
	"math/rand/v2"
	"time"

	"github.com/coselling/coselling/assess"
	"github.com/coselling/coselling/comms"
	"github.com/coselling/coselling/deal"
	"github.com/coselling/coselling/escalation"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/registration"
	"github.com/coselling/coselling/registration/matching"
	"github.com/coselling/coselling/stage"
	"github.com/coselling/coselling/value"
)

func choose[T any](r *rand.Rand, list ...T) T { return list[r.IntN(len(list))] }

// winnable makes a deal that can be won: nobody else holds the account, nobody has said that the opportunity is not
// qualified, and both sides have a rep or can name one. It may be of any model and size, imported at any stage,
// registered in any way, with a log of what went wrong, with blockers and with proposals that contradict.
func winnable(rules *assess.Rules, seed uint64) *robot {
	r := rand.New(rand.NewPCG(seed, 17))
	b := &robot{rand: r, rules: rules, now: day1.Add(time.Duration(r.IntN(30*24)) * time.Hour)}
	d := &b.deal
	d.ID, d.Account, d.Partner, d.Vendor = "D-1", "Calder Rail", "acme", "us"
	d.Amount = choose(r, value.Money{}, value.MustMoney("20000.00 USD"), value.MustMoney("20000.00 USD"),
		value.MustMoney("120000.00 USD"), value.MustMoney("300000.00 USD"))
	d.Opening.Day = value.MustDate("2026-11-02")
	d.Opening.Engagement = choose(r, 0, model.PartnerLed, model.VendorLed, model.TrueCoSell)
	d.Signals.Source = choose(r, model.UnknownSource, model.FromPartner, model.FromVendor, model.FromBoth)
	d.Signals.NoRelationship = choose(r, model.Unknown, model.Yes, model.No)
	d.Signals.PartnerRelationship = choose(r, model.Unknown, model.Yes)
	d.Team.Reps = []model.Rep{{ID: "ana", Party: acme}, {ID: "bo", Party: us}}
	switch r.IntN(8) {
	case 0:
		d.Team.Reps = d.Team.Reps[1:]
	case 1:
		d.Team.Reps = d.Team.Reps[:1]
	}
	if r.IntN(3) > 0 {
		d.People = []comms.Correspondent{
			{Name: "ana", Party: acme, Addresses: []string{"ana@acme.example"}},
			{Name: "bo", Party: us, Addresses: []string{"bo@us.example"}},
			{Prospect: true, Addresses: []string{"@calder-rail.com"}},
		}
	}
	d.Opening.Size = choose(r, 0, 0, 0, model.Simplified, model.Standard)
	if r.IntN(4) == 0 {
		d.Scope.Products = []string{"suite"}
	}
	if r.IntN(4) == 0 {
		d.Committed = value.MustDate("2026-11-20")
	}
	b.importStage()
	b.register()
	b.log()
	if r.IntN(3) == 0 {
		b.record.Blockers = append(b.record.Blockers, deal.Blocker{ID: "B-1", Raised: b.past(), By: anaActs,
			Kind: choose(r, escalation.Scheduling, escalation.ContractIssue, escalation.ProspectDark)})
	}
	if seed%3 == 0 {
		b.further(rand.New(rand.NewPCG(seed, 19)))
	}
	return b
}

// further gives the deal participants with and without a rep, a roster and an end, who are concerned by blockers.
func (b *robot) further(r *rand.Rand) {
	d := &b.deal
	for _, p := range []model.Party{integra, resell, model.PartnerOrg("market")}[:1+r.IntN(3)] {
		joins := deal.Participant{Party: p, Front: r.IntN(2) == 0,
			Function: choose(r, model.Integration, model.Resale, model.Referral)}
		if r.IntN(3) == 0 {
			joins.From, _ = value.DateOf(b.past(), time.UTC)
		}
		if r.IntN(4) == 0 {
			joins.Until, _ = value.DateOf(b.now.AddDate(0, 0, r.IntN(30)), time.UTC)
		}
		d.Participants = append(d.Participants, joins)
		rep := p.Org + "-1"
		if r.IntN(4) > 0 {
			d.Team.Reps = append(d.Team.Reps, model.Rep{ID: rep, Party: p})
		}
		if d.People != nil {
			d.People = append(d.People, comms.Correspondent{Name: rep, Party: p,
				Addresses: []string{rep + "@" + p.Org + ".example"}})
		}
		if r.IntN(3) == 0 {
			b.record.Blockers = append(b.record.Blockers, deal.Blocker{ID: "B-" + p.Org, Raised: b.past(),
				By:       choose(r, anaActs, boActs, model.Person{Name: rep, Party: p}),
				Kind:     choose(r, escalation.Scheduling, escalation.ContractIssue, escalation.InternalCoordination),
				Concerns: choose(r, []model.Party{p}, []model.Party{us, p}, []model.Party{acme, us, p}, []model.Party{acme, p})})
		}
	}
}

// past returns an instant since the opening.
func (b *robot) past() time.Time {
	return day1.Add(time.Duration(b.rand.Int64N(int64(b.now.Sub(day1))+1)) / time.Hour * time.Hour)
}

// importStage lets the deal enter at a later stage, one time in three.
func (b *robot) importStage() {
	o := &b.deal.Opening
	if b.rand.IntN(3) > 0 || o.Engagement == 0 {
		return
	}
	o.Stage = choose(b.rand, stage.Discovery, stage.Presentation, stage.Evaluation, stage.Proposal)
	if b.deal.Opening.Size == model.Simplified || b.deal.Opening.Size == 0 && b.deal.Amount == value.MustMoney("20000.00 USD") {
		o.Stage = choose(b.rand, stage.Discovery, stage.Proposal)
	}
	o.At, o.From = b.past(), "crm"
	if o.Stage == stage.Proposal && b.rand.IntN(2) == 0 {
		for _, id := range []string{"P-1", "P-2", "P-3"} {
			b.record.Facts = append(b.record.Facts, stage.Fact{Kind: stage.ProposalSent, Proposal: id, Revision: 1,
				At: o.At.Add(time.Hour)})
		}
		b.now = b.now.Add(2 * time.Hour)
	}
}

// register registers the deal in one of the ways in which deals are registered, or not at all.
func (b *robot) register() {
	claimant := acme
	if b.deal.Opening.Engagement == model.VendorLed {
		claimant = us
	}
	c := registration.Claim{ID: "C-1", Claimant: claimant, Submitted: b.past(), Filing: registration.Filing{
		Key: "k", By: "ana", Account: matching.Account{Name: "Calder Rail", Domains: []string{"calder-rail.com"}}}}
	if b.deal.Opening.Engagement == model.TrueCoSell || b.deal.Opening.Engagement == 0 && b.rand.IntN(2) == 0 {
		c.Filing.With = us
		if claimant == us {
			c.Filing.With = acme
		}
	}
	approval := registration.Event{Do: registration.Approve, By: model.Person{Name: "olga", Party: us}, At: c.Submitted}
	switch b.rand.IntN(7) {
	case 0:
		return
	case 1:
		b.record.Facts = append(b.record.Facts, stage.Fact{Kind: stage.Registered, Side: claimant.Side, At: b.past(),
			Until: b.now.AddDate(0, choose(b.rand, 0, 1, 4), 0)})
		return
	case 2: // it waits for the vendor, who decides on an earlier one first
		rival := c
		rival.ID, rival.Claimant, rival.Filing.Key, rival.Filing.With = "C-0", other, "k-0", model.Party{}
		rival.Submitted = c.Submitted.Add(-time.Hour)
		if b.rand.IntN(2) == 0 {
			b.record.Claims = append(b.record.Claims, rival)
		}
	case 3: // it ended, or is about to
		c.Submitted = b.now.AddDate(0, 0, -choose(b.rand, 80, 100, 118, 130))
		approval.At = c.Submitted.Add(time.Hour)
		c.Events = []registration.Event{approval}
	case 4: // it is for something else
		c.Filing.Scope.Products = []string{"add-on"}
		c.Events = []registration.Event{approval}
	default:
		c.Events = []registration.Event{approval}
	}
	b.record.Claims, b.deal.Registrations = append(b.record.Claims, c), []string{c.ID}
}

// log adds what the two sides did, and what of it broke a rule.
func (b *robot) log() {
	if b.deal.People == nil {
		return
	}
	add := func(a comms.Activity) {
		a.At = b.past()
		b.record.Activities = append(b.record.Activities, a)
	}
	prospect := []string{"cat@calder-rail.com"}
	for _, a := range []comms.Activity{
		{ID: "m-1", Kind: comms.Mail, Side: model.Partner, From: "ana@acme.example", To: prospect, Subject: "Offer"},
		{ID: "m-2", Kind: comms.Mail, Side: model.Vendor, From: "bo@us.example", To: prospect, Subject: "Trial"},
		{ID: "m-3", Kind: comms.Meeting, Side: model.Vendor, From: "bo@us.example", To: prospect, Subject: "Kickoff"},
		{ID: "m-4", Kind: comms.Call, Side: model.Partner, From: "ana@acme.example", To: prospect},
		{ID: "q-1", Kind: comms.Question, Side: model.Vendor, From: "bo@us.example", Subject: "Who signs?"},
		{ID: "n-1", Kind: comms.Note, Side: model.Partner, Shared: true, Subject: "Budget"},
		{ID: "p-1", Kind: comms.Quote, Side: model.Partner,
			Offer: comms.Offer{Item: "suite", Quantity: 1, Price: value.MustMoney("96000.00 USD")}},
		{ID: "p-2", Kind: comms.Quote, Side: model.Vendor,
			Offer: comms.Offer{Item: "suite", Quantity: 1, Price: value.MustMoney("92000.00 USD")}},
	} {
		if b.rand.IntN(4) == 0 {
			add(a)
		}
	}
}
