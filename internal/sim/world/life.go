package world

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"github.com/coselling/coselling/assess"
	"github.com/coselling/coselling/comms"
	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/deal"
	"github.com/coselling/coselling/escalation"
	"github.com/coselling/coselling/internal/robot"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/registration"
	"github.com/coselling/coselling/registration/matching"
	"github.com/coselling/coselling/stage"
	"github.com/coselling/coselling/value"
)

// life is a deal while people work on it.
type life struct {
	*world
	*robot.Robot
	rand    *rand.Rand
	laws    *laws
	looks   []view           // answers of the past
	late    []comms.Activity // what comes later
	hidden  map[model.Party][]string
	rivaled bool // somebody else holds the account
	steps   int
	notes   int
}

// view is an answer as of an instant.
type view struct {
	asOf time.Time
	text string
}

// After so many steps of advice nothing else happens to a deal, and after so many it has to be over.
const (
	quietSteps = 100
	mostSteps  = 500
)

// openDeal opens a deal of a partner on an account of its own.
func (w *world) openDeal() {
	w.Report.Deals++
	n := w.Report.Deals
	start := robot.Start{ID: fmt.Sprint("D-", n), Domain: fmt.Sprintf("deal%d-rail.com", n),
		Day: w.now.Truncate(24*time.Hour).AddDate(0, 0, -30), Partner: partners[n%len(partners)]}
	b := robot.Winnable(w.laws.rules, w.rand.Uint64(), start)
	if w.chance(2) {
		b.Fate = rand.New(rand.NewPCG(w.Seed, uint64(n)))
	}
	l := &life{world: w, Robot: b, rand: rand.New(rand.NewPCG(w.Seed, uint64(n)+1<<32)), laws: w.laws,
		hidden: map[model.Party][]string{}}
	b.Now = w.now
	if o := &b.Deal.Opening; !o.At.IsZero() && o.At.Before(o.Day.Start(w.laws.zone)) {
		o.At = o.Day.Start(w.laws.zone)
	}
	l.rename()
	if w.chance(12) {
		l.rival()
	}
	l.hide()
	b.Took = l.took
	if err := b.Open(); err != nil {
		l.wrong("the deal is refused: %v", err)
		return
	}
	l.register(b.Record.Claims...)
	l.trace(l.ID(), written(b.Deal), written(b.Record))
	w.live = append(w.live, l)
}

// ID returns the id of the deal.
func (l *life) ID() string { return l.Deal.ID }

// wrong notes what does not hold of the deal.
func (l *life) wrong(format string, args ...any) {
	l.world.wrong("deal %s, step %d, seed %d: %s\n%s", l.ID(), l.steps, l.Seed, fmt.Sprintf(format, args...),
		strings.Join(l.Done[max(0, len(l.Done)-8):], "\n"))
}

// rename gives the claims ids and keys that no other deal has, and their approvals the terms of their day.
func (l *life) rename() {
	for i := range l.Record.Claims {
		c := &l.Record.Claims[i]
		c.ID, c.Filing.Key = c.ID+" "+l.ID(), c.Filing.Key+" "+l.ID()
		if c.Claimant.Org == "other" {
			c.Claimant.Org = "zzother"
		}
		for j := range c.Events { // else an approval follows the policy of each day
			if e := &c.Events[j]; e.Do == registration.Approve {
				e.Terms = l.laws.claims.Terms()
			}
		}
	}
	for i := range l.Deal.Registrations {
		l.Deal.Registrations[i] += " " + l.ID()
	}
}

// rival lets somebody else hold the account. The deal may have to be lost.
func (l *life) rival() {
	l.rivaled = true
	at := l.Now.Add(-time.Duration(1+l.rand.IntN(200)) * time.Hour)
	l.Deal.Registrations = nil
	l.Record.Facts = slices.DeleteFunc(l.Record.Facts, func(f stage.Fact) bool { return f.Kind == stage.Registered })
	l.Record.Claims = []registration.Claim{{ID: "C-2 " + l.ID(), Claimant: model.PartnerOrg("zzother"), Submitted: at,
		Filing: registration.Filing{Key: "k-2 " + l.ID(), By: "zzoz",
			Account: matching.Account{Name: "Calder Rail", Domains: []string{l.Domain}}},
		Events: []registration.Event{{Do: registration.Approve, By: model.Person{Name: "olga", Party: us}, At: at,
			Terms: l.laws.claims.Terms()}}}}
}

// hide plants what only one party may read: rates, a quota value, notes. Each is a text that nothing else has.
func (l *life) hide() {
	d, r := &l.Deal, l.rand
	lead := model.PartnerOrg(d.Partner)
	rates := map[model.Party]string{lead: "7.12345", us: "3.45678"}
	for i, p := range d.Participants {
		rates[p.Party] = fmt.Sprintf("1.%d4567", i+2)
	}
	for _, rep := range []model.Rep{{ID: l.Parties()[0].Org + "-pay", Party: lead}, {ID: "bo", Party: us}} {
		d.Payees = append(d.Payees, comp.Payee{Rep: rep.ID, Party: rep.Party,
			Contribution: comp.TechnicalValidation, Rate: value.MustPercent(rates[rep.Party] + "%")})
		l.hidden[rep.Party] = append(l.hidden[rep.Party], rates[rep.Party])
	}
	for _, p := range l.Parties() {
		secret := fmt.Sprintf("zz-%s-secret", p.Org)
		l.hidden[p] = append(l.hidden[p], secret)
		by := model.Person{Name: p.Org + " rep", Party: p}
		l.Record.Blockers = append(l.Record.Blockers, deal.Blocker{ID: "hidden " + p.Org, By: by, Internal: true,
			Kind: pick(r, escalation.Scheduling, escalation.TechnicalQuestion, escalation.InternalCoordination),
			Note: secret, Raised: l.Now.Add(-time.Duration(1+r.IntN(20)) * time.Hour), Concerns: l.concerned(p)})
		if p == lead || p == us {
			l.Record.Activities = append(l.Record.Activities, comms.Activity{ID: "note " + p.Org, Kind: comms.Note,
				Side: p.Side, At: l.Now.Add(-time.Hour), Subject: secret})
		}
	}
	if !d.Amount.IsZero() {
		d.VendorQuota = value.MustMoney(fmt.Sprintf("87654.%02d USD", r.IntN(100)))
		l.hidden[us] = append(l.hidden[us], d.VendorQuota.String())
	}
	l.hidden[us] = append(l.hidden[us], "zzother", "zzoz")
	if l.rand.IntN(3) == 0 {
		d.Zone = zones[r.IntN(len(zones))]
	}
}

// concerned names who a blocker of a party concerns: others with it, whose notes are not for each other.
func (l *life) concerned(p model.Party) []model.Party {
	lead := model.PartnerOrg(l.Deal.Partner)
	switch {
	case len(l.Deal.Participants) > 0 && l.rand.IntN(2) == 0:
		return l.Parties()
	case p == us || p == lead:
		return nil
	}
	return []model.Party{us, p}
}

// moveTo puts the deal under the laws of a new quarter.
func (l *life) moveTo(next *laws) {
	l.laws, l.Rules, l.looks = next, next.rules, nil
	l.restore()
}

// restore makes the deal ready anew from its documents, as after a restart.
func (l *life) restore() {
	d, err := deal.Parse([]byte(written(l.Deal)))
	if err == nil {
		l.Deal = d
		l.Record, err = deal.ParseRecord([]byte(written(l.Record)))
	}
	if err == nil {
		l.Asked, err = l.Rules.Case(l.Deal, l.Record)
	}
	if err != nil {
		l.wrong("the deal is not read back: %v", err)
	}
}

// register puts claims of the deal into the registry, as a replica does.
func (l *life) register(list ...registration.Claim) {
	if len(list) == 0 {
		return
	}
	_, err := call(l.world, "a merge", func(g *registration.Registry) (bool, error) {
		return true, g.Merge(background, list...)
	})
	if err != nil {
		l.wrong("reg.atomic: a merge of %s: %v", written(list), err)
	}
}

// took tells the registry what happened to claims, and keeps the trace.
func (l *life) took(change deal.Change) string {
	text := written(change)
	l.trace(l.Now.Format(time.RFC3339Nano), text)
	switch {
	case change.Claim.ID != "":
		l.register(change.Claim)
		l.looks = nil // the deal names it
	case change.ClaimEvent.Claim != "":
		i := slices.IndexFunc(l.Record.Claims,
			func(c registration.Claim) bool { return c.ID == change.ClaimEvent.Claim })
		l.register(l.Record.Claims[i])
	case !change.Edit.IsZero():
		l.looks = nil // it has no instant
	}
	if change.Event.Verb != 0 {
		l.Report.Rules["verb "+change.Event.Verb.String()]++
	}
	if l.rand.IntN(12) == 0 {
		l.fault("a change that comes twice")
		if err := l.Asked.Add(change); err != nil {
			return "a change that comes twice: " + err.Error()
		}
	}
	return ""
}

// step lets something happen beside the advice, then the next party act, and checks the answers. It reports whether the
// deal is over.
func (l *life) step() (over bool) {
	l.steps++
	if len(l.Done) < quietSteps {
		l.happen()
	}
	over, problem := l.Step()
	if problem != "" && l.rivaled {
		l.lose()
		return true
	}
	if len(l.Done) > mostSteps {
		problem = "the deal takes too many steps"
	}
	if problem != "" {
		l.wrong("next.closure: %s", problem)
		return true
	}
	if !over {
		l.wait()
	}
	l.check()
	if over {
		l.end()
	}
	return over
}

// wait lets people take their time.
func (l *life) wait() {
	switch n := l.rand.IntN(10); {
	case n < 3:
		l.Now = l.Now.Add(time.Duration(l.rand.IntN(300)) * time.Minute)
	case n < 5:
		l.Now = l.Now.Add(time.Duration(l.rand.IntN(72)) * time.Hour)
	}
}

// lose ends a deal that cannot be won.
func (l *life) lose() {
	l.Report.Rules["deals lost"]++
	e := stage.Event{Verb: stage.VerbLose, Move: stage.Move{By: model.Person{Name: "bo", Party: us}, At: l.Now,
		Reason: "somebody else has it"}}
	if problem := l.Take(deal.Change{Event: e}); problem != "" {
		l.wrong("stage.authority: a loss is %s", problem)
	}
}

// end checks a deal that was won: nobody has anything to do, a year later too, and it is paid.
func (l *life) end() {
	l.Report.Rules["deals won"]++
	if later := l.Asked.At(l.Now.AddDate(1, 0, 0)).Everything().Next; len(later) > 0 {
		l.wrong("next.closure: a year after the end: %s", later[0].Text())
	}
	l.pay.won(l)
}

// happen lets something happen that no action asks for.
func (l *life) happen() {
	switch n := l.rand.IntN(60); {
	case n < 3:
		l.disobey()
	case n < 6:
		l.fault("a restart of the host")
		l.restore()
	case n < 12:
		l.talk()
	case n < 14:
		l.tellLate()
	case n == 14:
		l.fault("a change of the account's zone")
		l.edit(deal.Deal{Zone: zones[l.rand.IntN(len(zones))]})
	case n == 15:
		l.block()
	case n == 16 && l.Away == nil:
		l.fault("a party that is away")
		l.Away = map[model.Party]time.Time{
			pick(l.rand, l.Parties()...): l.Now.Add(time.Duration(1+l.rand.IntN(20*24)) * time.Hour)}
	}
}

// edit changes the deal as a whole.
func (l *life) edit(d deal.Deal) {
	if problem := l.Take(deal.Change{Edit: deal.Edit{Deal: d}}); problem != "" {
		l.wrong("an edit is %s", problem)
	}
	l.Forget()
}

// disobey does another action than the first, or one that nobody asked for.
func (l *life) disobey() {
	party := l.Parties()[l.rand.IntN(len(l.Parties()))]
	next := l.Asked.At(l.Now).For(party).Next
	next = slices.DeleteFunc(next, func(a assess.Action) bool { return a.Do == nil })
	if len(next) < 2 {
		return
	}
	l.fault("an action out of its order")
	if problem := l.Act(party, &next[1+l.rand.IntN(len(next)-1)]); problem != "" {
		l.wrong("next.remedy: an action that is not the first is %s", problem)
	}
	l.Now = l.Now.Add(time.Minute)
	l.Forget()
}
