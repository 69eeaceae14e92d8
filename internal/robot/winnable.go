package robot

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

// Start says where a deal begins.
type Start struct {
	ID, Domain string
	Day        time.Time // a midnight of the past
	Partner    model.Party
}

// Calder is the deal of the tests.
func Calder() Start {
	return Start{"D-1", "calder-rail.com", time.Date(2026, time.November, 2, 0, 0, 0, 0, time.UTC), acme}
}

var (
	acme    = model.PartnerOrg("acme")
	other   = model.PartnerOrg("other")
	integra = model.PartnerOrg("integra")
	resell  = model.PartnerOrg("resell")
	us      = model.VendorOrg("us")
	boActs  = model.Person{Name: "bo", Party: us}
)

// rep returns the id of the rep of the deal's partner.
func (b *Robot) rep() string {
	if b.Deal.Partner == acme.Org {
		return "ana"
	}
	return b.Deal.Partner + "-ana"
}

// mail returns the address of that rep.
func (b *Robot) mail() string { return b.rep() + "@" + b.Deal.Partner + ".example" }

func (b *Robot) anaActs() model.Person {
	return model.Person{Name: b.rep(), Party: model.PartnerOrg(b.Deal.Partner)}
}

func choose[T any](r *rand.Rand, list ...T) T { return list[r.IntN(len(list))] }

// Winnable makes a deal that can be won: nobody else holds the account, nobody has said that the opportunity is not
// qualified, and both sides have a rep or can name one. It may be of any model and size, imported at any stage,
// registered in any way, with a log of what went wrong, with blockers and with proposals that contradict.
func Winnable(rules *assess.Rules, seed uint64, s Start) *Robot {
	r := rand.New(rand.NewPCG(seed, 17))
	b := &Robot{Rand: r, Rules: rules, Domain: s.Domain, Now: s.Day.Add(time.Duration(r.IntN(30*24)) * time.Hour)}
	d := &b.Deal
	d.ID, d.Account, d.Partner, d.Vendor = s.ID, "Calder Rail", s.Partner.Org, us.Org
	d.Amount = choose(r, value.Money{}, value.MustMoney("20000.00 USD"), value.MustMoney("20000.00 USD"),
		value.MustMoney("120000.00 USD"), value.MustMoney("300000.00 USD"))
	d.Opening.Day, _ = value.DateOf(s.Day, time.UTC)
	d.Opening.Engagement = choose(r, 0, model.PartnerLed, model.VendorLed, model.TrueCoSell)
	d.Signals.Source = choose(r, model.UnknownSource, model.FromPartner, model.FromVendor, model.FromBoth)
	d.Signals.NoRelationship = choose(r, model.Unknown, model.Yes, model.No)
	d.Signals.PartnerRelationship = choose(r, model.Unknown, model.Yes)
	d.Team.Reps = []model.Rep{{ID: b.rep(), Party: s.Partner}, {ID: "bo", Party: us}}
	switch r.IntN(8) {
	case 0:
		d.Team.Reps = d.Team.Reps[1:]
	case 1:
		d.Team.Reps = d.Team.Reps[:1]
	}
	if r.IntN(3) > 0 {
		d.People = []comms.Correspondent{
			{Name: b.rep(), Party: s.Partner, Addresses: []string{b.mail()}},
			{Name: "bo", Party: us, Addresses: []string{"bo@us.example"}},
			{Prospect: true, Addresses: []string{"@" + s.Domain}},
		}
	}
	d.Opening.Size = choose(r, 0, 0, 0, model.Simplified, model.Standard)
	if r.IntN(4) == 0 {
		d.Scope.Products = []string{"suite"}
	}
	if r.IntN(4) == 0 {
		d.Committed, _ = d.Opening.Day.AddDays(18)
	}
	b.importStage()
	b.Register()
	b.log()
	if r.IntN(3) == 0 {
		b.Record.Blockers = append(b.Record.Blockers, deal.Blocker{ID: "B-1", Raised: b.past(), By: b.anaActs(),
			Kind: choose(r, escalation.Scheduling, escalation.ContractIssue, escalation.ProspectDark)})
	}
	if seed%3 == 0 {
		b.further(rand.New(rand.NewPCG(seed, 19)))
	}
	return b
}

// further gives the deal participants with and without a rep, a roster and an end, who are concerned by blockers.
func (b *Robot) further(r *rand.Rand) {
	d, lead := &b.Deal, model.PartnerOrg(b.Deal.Partner)
	for _, p := range []model.Party{integra, resell, model.PartnerOrg("market")}[:1+r.IntN(3)] {
		joins := deal.Participant{Party: p, Front: r.IntN(2) == 0,
			Function: choose(r, model.Integration, model.Resale, model.Referral)}
		if r.IntN(3) == 0 {
			joins.From, _ = value.DateOf(b.past(), time.UTC)
		}
		if r.IntN(4) == 0 {
			joins.Until, _ = value.DateOf(b.Now.AddDate(0, 0, r.IntN(30)), time.UTC)
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
			b.Record.Blockers = append(b.Record.Blockers, deal.Blocker{ID: "B-" + p.Org, Raised: b.past(),
				By:   choose(r, b.anaActs(), boActs, model.Person{Name: rep, Party: p}),
				Kind: choose(r, escalation.Scheduling, escalation.ContractIssue, escalation.InternalCoordination),
				Concerns: choose(r, []model.Party{p}, []model.Party{us, p}, []model.Party{lead, us, p},
					[]model.Party{lead, p})})
		}
	}
}

// past returns an instant since the opening.
func (b *Robot) past() time.Time {
	first := b.Deal.Opening.Day.Start(time.UTC)
	return first.Add(time.Duration(b.Rand.Int64N(int64(b.Now.Sub(first))+1)) / time.Hour * time.Hour)
}

// importStage lets the deal enter at a later stage, one time in three.
func (b *Robot) importStage() {
	o := &b.Deal.Opening
	if b.Rand.IntN(3) > 0 || o.Engagement == 0 {
		return
	}
	o.Stage = choose(b.Rand, stage.Discovery, stage.Presentation, stage.Evaluation, stage.Proposal)
	size := b.Deal.Opening.Size
	if size == model.Simplified || size == 0 && b.Deal.Amount == value.MustMoney("20000.00 USD") {
		o.Stage = choose(b.Rand, stage.Discovery, stage.Proposal)
	}
	o.At, o.From = b.past(), "crm"
	if o.Stage == stage.Proposal && b.Rand.IntN(2) == 0 {
		for _, id := range []string{"P-1", "P-2", "P-3"} {
			b.Record.Facts = append(b.Record.Facts, stage.Fact{Kind: stage.ProposalSent, Proposal: id, Revision: 1,
				At: o.At.Add(time.Hour)})
		}
		b.Now = b.Now.Add(2 * time.Hour)
	}
}

// Register registers the deal in one of the ways in which deals are registered, or not at all.
func (b *Robot) Register() {
	claimant := model.PartnerOrg(b.Deal.Partner)
	if b.Deal.Opening.Engagement == model.VendorLed {
		claimant = us
	}
	c := registration.Claim{ID: "C-1", Claimant: claimant, Submitted: b.past(), Filing: registration.Filing{
		Key: "k", By: b.rep(), Account: matching.Account{Name: "Calder Rail", Domains: []string{b.Domain}}}}
	if b.Deal.Opening.Engagement == model.TrueCoSell || b.Deal.Opening.Engagement == 0 && b.Rand.IntN(2) == 0 {
		c.Filing.With = us
		if claimant == us {
			c.Filing.With = model.PartnerOrg(b.Deal.Partner)
		}
	}
	olga := model.Person{Name: "olga", Party: us}
	approval := registration.Event{Do: registration.Approve, By: olga, At: c.Submitted}
	switch b.Rand.IntN(7) {
	case 0:
		return
	case 1:
		b.Record.Facts = append(b.Record.Facts, stage.Fact{Kind: stage.Registered, Side: claimant.Side, At: b.past(),
			Until: b.Now.AddDate(0, choose(b.Rand, 0, 1, 4), 0)})
		return
	case 2: // it waits for the vendor, who decides on an earlier one first
		rival := c
		rival.ID, rival.Claimant, rival.Filing.Key, rival.Filing.With = "C-0", other, "k-0", model.Party{}
		rival.Submitted = c.Submitted.Add(-time.Hour)
		if b.Rand.IntN(2) == 0 {
			b.Record.Claims = append(b.Record.Claims, rival)
		}
	case 3: // it ended, or is about to
		c.Submitted = b.Now.AddDate(0, 0, -choose(b.Rand, 80, 100, 118, 130))
		approval.At = c.Submitted.Add(time.Hour)
		c.Events = []registration.Event{approval}
	case 4: // it is for something else
		c.Filing.Scope.Products = []string{"add-on"}
		c.Events = []registration.Event{approval}
	default:
		c.Events = []registration.Event{approval}
	}
	b.Record.Claims, b.Deal.Registrations = append(b.Record.Claims, c), []string{c.ID}
}

// log adds what the two sides did, and what of it broke a rule.
func (b *Robot) log() {
	if b.Deal.People == nil {
		return
	}
	add := func(a comms.Activity) {
		a.At = b.past()
		b.Record.Activities = append(b.Record.Activities, a)
	}
	prospect := []string{"cat@" + b.Domain}
	for _, a := range []comms.Activity{
		{ID: "m-1", Kind: comms.Mail, Side: model.Partner, From: b.mail(), To: prospect, Subject: "Offer"},
		{ID: "m-2", Kind: comms.Mail, Side: model.Vendor, From: "bo@us.example", To: prospect, Subject: "Trial"},
		{ID: "m-3", Kind: comms.Meeting, Side: model.Vendor, From: "bo@us.example", To: prospect, Subject: "Kickoff"},
		{ID: "m-4", Kind: comms.Call, Side: model.Partner, From: b.mail(), To: prospect},
		{ID: "q-1", Kind: comms.Question, Side: model.Vendor, From: "bo@us.example", Subject: "Who signs?"},
		{ID: "n-1", Kind: comms.Note, Side: model.Partner, Shared: true, Subject: "Budget"},
		{ID: "p-1", Kind: comms.Quote, Side: model.Partner,
			Offer: comms.Offer{Item: "suite", Quantity: 1, Price: value.MustMoney("96000.00 USD")}},
		{ID: "p-2", Kind: comms.Quote, Side: model.Vendor,
			Offer: comms.Offer{Item: "suite", Quantity: 1, Price: value.MustMoney("92000.00 USD")}},
	} {
		if b.Rand.IntN(4) == 0 {
			add(a)
		}
	}
}
