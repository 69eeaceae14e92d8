package assess_test

import (
	"cmp"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	gocmp "github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/coselling/coselling/assess"
	"github.com/coselling/coselling/book"
	"github.com/coselling/coselling/comms"
	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/deal"
	"github.com/coselling/coselling/escalation"
	"github.com/coselling/coselling/internal/reachtest"
	"github.com/coselling/coselling/internal/wire"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/registration"
	"github.com/coselling/coselling/registration/domains"
	"github.com/coselling/coselling/registration/matching"
	"github.com/coselling/coselling/render"
	"github.com/coselling/coselling/value"
)

// marker stands in every hidden text.
const marker = "zz"

// secretBook is our book with a table for each rep that counts over the quarter, and with other channel owners.
func secretBook(m comp.Model, owners []string, quota string) book.Book {
	b := ourBook()
	b.Comp = b.Comp.Under(m)
	b.Registration.ChannelOwners = owners
	half := comp.Bound{Attainment: value.MustPercent("50%")}
	b.Comp.Rates.Tables = map[comp.TableID]comp.RateTable{"fast": {Measure: comp.Attainment, Method: comp.Marginal,
		Tiers: []comp.Tier{{To: half, Rate: value.MustPercent("5%")}, {From: half, Rate: value.MustPercent("10%")}}}}
	b.Comp.Rates.Quotas = map[string]map[value.Date]value.Money{}
	for rep, amount := range map[string]string{"ana": "50000.00 USD", "bo": quota} {
		b.Comp.Rates.Quotas[rep] = map[value.Date]value.Money{}
		for _, day := range []string{"2026-10-01", "2027-01-01", "2027-04-01"} {
			b.Comp.Rates.Quotas[rep][value.MustDate(day)] = value.MustMoney(amount)
		}
	}
	return b
}

// hider changes what one party may not see of a world.
type hider struct {
	*world
	reader model.Party
	others []model.Party // of the deal
	seen   reachtest.Seen
	owners map[string]string
	books  map[comp.Model][2]book.Book
	model  comp.Model
}

// asked returns the view of a world with other hidden facts.
func (h *hider) asked(t *rapid.T, w world) assess.View {
	w.t = t
	w.deal, w.record = wire.Clone(w.deal), wire.Clone(w.record)
	h.world = &w
	n := 0
	if h.reader != us {
		n = rapid.IntRange(0, 1).Draw(t, "book")
	}
	b := h.books[h.model][n]
	e, err := assess.Compile(b, assess.Host{Rosters: []escalation.Roster{roster(), rosterOf("integra")},
		Registrable: domains.Registrable})
	if err != nil {
		t.Fatal(err)
	}
	d := &h.deal
	d.Payees = slices.DeleteFunc(d.Payees, func(p comp.Payee) bool { return p.Party != h.reader })
	for _, party := range h.others {
		h.pay(party)
		h.notes(party)
	}
	if h.reader != us && h.chance("payee of another partner", 20) {
		d.Payees = append(d.Payees, comp.Payee{Rep: marker + " rep", Party: model.PartnerOrg(marker),
			Rate: value.MustPercent("3%")})
	}
	if h.reader != us {
		h.claims(n == 1)
	}
	if h.reader != us && h.reader != acme {
		h.internal()
		h.blockers()
	}
	c, err := e.Case(w.deal, w.record)
	if err != nil {
		t.Fatal(err)
	}
	c.PriceBy(h.run(b))
	return c.At(w.asOf).For(h.reader)
}

// pay changes what another party is paid.
func (h *hider) pay(party model.Party) {
	d := &h.deal
	reps := []string{party.Org + "-1", party.Org + "-2"}
	switch party {
	case us:
		reps = []string{"bo", "bea"}
	case acme:
		reps = []string{"cy", "amy"}
	}
	for _, rep := range reps[:rapid.IntRange(0, 2).Draw(h.t, "hidden payees")] {
		p := comp.Payee{Rep: rep, Party: party, Rate: pick(h.world, "hidden rate", value.Percent{},
			value.MustPercent("1%"), value.MustPercent("99.999999%")),
			Share: pick(h.world, "hidden share", value.Percent{}, value.MustPercent("50%")),
			Role:  pick(h.world, "hidden role", 0, comp.Primary, comp.Supporting),
			Contribution: pick(h.world, "hidden contribution", "", comp.TechnicalValidation,
				comp.Contribution(marker+" misspelt"))}
		if h.chance("hidden table", 20) {
			p.Table, p.Rate = pick[comp.TableID](h.world, "table", "fast", marker), value.Percent{}
		}
		d.Payees = append(d.Payees, p)
	}
	if party == us && h.chance("hidden company", 20) {
		d.Payees = append(d.Payees, comp.Payee{Rep: marker + " company", Party: us, Company: true,
			Rate: value.MustPercent("3%")})
	}
	var quota *value.Money
	switch party {
	case us:
		quota = &d.VendorQuota
	case acme:
		quota = &d.PartnerQuota
	default:
		return
	}
	*quota = pick(h.world, "hidden quota", value.Money{}, value.MustMoney("77777.77 USD"),
		value.MustMoney("-1.00 EUR"))
}

// run returns a run in which the other parties were paid before.
func (h *hider) run(b book.Book) *comp.Run {
	plan, err := comp.Compile(b.Comp)
	if err != nil {
		h.t.Fatal(err)
	}
	r := plan.Run()
	for i := range rapid.IntRange(1, 3).Draw(h.t, "hidden bookings") {
		party := pick(h.world, "paid before", h.others...)
		rep := map[model.Party]string{us: "bo", acme: "cy"}[party]
		if rep == "" {
			rep = party.Org + "-1"
		}
		paid := comp.Payee{Rep: rep, Party: party, Role: comp.Primary, Rate: value.MustPercent("4%")}
		_, err := r.Statement(comp.Booking{ID: fmt.Sprint(marker, i), Value: value.MustMoney("12345.00 USD"),
			Closed: value.MustDate("2026-10-02"), Source: model.FromVendor, Payees: []comp.Payee{paid}})
		if err != nil {
			h.t.Fatal(err)
		}
	}
	return r
}

// notes changes notes of another party that are not for the reader.
func (h *hider) notes(party model.Party) {
	for i := range h.record.Blockers {
		b := &h.record.Blockers[i]
		if !b.Internal {
			continue
		}
		note := func(n *string) { *n = pick(h.world, "hidden note", "", marker+" one", marker+" two") }
		if b.By.Party == party {
			note(&b.Note)
		}
		for i := range b.Acknowledged {
			if b.Acknowledged[i].By.Party == party {
				note(&b.Acknowledged[i].Note)
			}
		}
		if b.Resolved.By.Party == party {
			note(&b.Resolved.Note)
		}
	}
	from := map[bool]string{true: party.Org + "-1@" + party.Org + ".example"}[party != us && party != acme]
	own := func(a comms.Activity) bool {
		return a.Kind == comms.Note && !a.Shared && len(a.About) == 0 && a.Side == party.Side && a.From == from
	}
	r := &h.record
	r.Activities = slices.DeleteFunc(r.Activities, own)
	for i := range rapid.IntRange(0, 2).Draw(h.t, "hidden notes") {
		a := comms.Activity{ID: fmt.Sprint(marker, party.Org, i), At: h.instant("hidden note"), Kind: comms.Note,
			Side: party.Side, From: from, Subject: marker + " subject"}
		switch pick(h.world, "malformed note", "", "", "end", "author", "twice") {
		case "end":
			a.End = a.At.Add(time.Hour)
		case "author":
			a.From = map[bool]string{true: "no address", false: "<" + from}[from == ""]
		case "twice":
			b := a
			b.Subject += " again"
			r.Activities = append(r.Activities, b)
		}
		h.seen["note"]++
		r.Activities = append(r.Activities, a)
	}
}

// internal changes what the vendor and the partner that leads say to each other.
func (h *hider) internal() {
	for i := range rapid.IntRange(0, 2).Draw(h.t, "internal") {
		h.record.Activities = append(h.record.Activities, comms.Activity{ID: fmt.Sprint(marker, "internal", i),
			At: h.instant("internal"), Kind: pick(h.world, "internal kind", comms.Mail, comms.Question, comms.Call),
			Side: model.Vendor, From: "bo@us.example", To: []string{"ana@acme.example"}, Subject: marker})
	}
}

// blockers changes the blockers that do not concern a participant.
func (h *hider) blockers() {
	r := &h.record
	hidden := func(b deal.Blocker) bool { return !slices.Contains(b.Concerns, h.reader) }
	if h.chance("other blockers", 70) {
		r.Blockers = slices.DeleteFunc(r.Blockers, hidden)
	}
	for i := range rapid.IntRange(0, 3).Draw(h.t, "hidden blockers") {
		b := deal.Blocker{ID: fmt.Sprint(marker, i), Raised: h.instant("hidden blocker"), Note: marker,
			Kind: pick(h.world, "hidden kind", escalation.Scheduling, escalation.ContractIssue, escalation.LargeDeal,
				escalation.ProspectDark, escalation.DealStalled, marker),
			By: model.Person{Name: marker, Party: pick(h.world, "raised by", append(h.others, other)...)}}
		if h.chance("concerns", 70) {
			b.Concerns = h.others[:1+rapid.IntRange(0, len(h.others)-1).Draw(h.t, "concerned")]
		}
		if h.chance("resolved", 30) {
			b.Resolved = escalation.Event{By: b.By, At: b.Raised.Add(30 * time.Hour)}
		}
		h.seen["blocker"]++
		r.Blockers = append(r.Blockers, b)
	}
}

// claims changes claims of other partners, and who decides on claims.
func (h *hider) claims(otherOwners bool) {
	r := &h.record
	who := pick(h.world, "other partner", other, model.PartnerOrg(marker+" partner"))
	for i := range r.Claims {
		c := &r.Claims[i]
		for j := range c.Events {
			e := &c.Events[j]
			if otherOwners && e.By.Party == us {
				e.By.Name = cmp.Or(h.owners[e.By.Name], e.By.Name)
			}
			if e.By.Party == other {
				e.By = model.Person{Name: pick(h.world, "other person", "x", marker), Party: who}
			}
			if c.Claimant == other && e.Reason != "" {
				e.Reason = pick(h.world, "hidden reason", "x", marker)
			}
		}
		if c.Claimant == other {
			c.Claimant, c.Filing.By = who, pick(h.world, "other person", "x", marker)
			c.Filing.Account.Name = pick(h.world, "other name", "Calder Rail", "Calder Rail Ltd")
		}
	}
	for i := range rapid.IntRange(0, 2).Draw(h.t, "hidden claims") {
		c := registration.Claim{ID: fmt.Sprint("Z-", marker, i), Claimant: who,
			Submitted: h.instant("hidden claim").Add(time.Duration(i+10) * time.Millisecond)}
		c.Filing = registration.Filing{Key: c.ID, By: marker, Account: matching.Account{Name: "Calder Rail " + marker,
			Domains: []string{marker + "-rail.com"}}}
		c.Events = []registration.Event{{Do: registration.Reject, By: model.Person{Name: "olga", Party: us},
			At: c.Submitted.Add(time.Hour), Reason: marker}}
		if otherOwners {
			c.Events[0].By.Name = h.owners["olga"]
		}
		switch pick(h.world, "malformed claim", "", "approver", "order", "claimant", "reason") {
		case "approver":
			c.Events[0].By.Name = marker
		case "order":
			c.Events[0].At = c.Submitted.Add(-time.Hour)
		case "claimant":
			c.Claimant.Side = 0
		case "reason":
			c.Events[0].Reason = ""
		}
		h.seen["claim"]++
		r.Claims = append(r.Claims, c)
	}
}

// further gives a deal up to three participants.
func (w *world) further() (parties []model.Party) {
	for _, p := range []deal.Participant{
		{Party: model.PartnerOrg("integra"), Function: model.Integration},
		{Party: model.PartnerOrg("resell"), Function: model.Resale},
		{Party: model.PartnerOrg("market"), Function: model.Marketplace, From: value.MustDate("2026-11-20")},
	}[:pick(w, "participants", 0, 0, 1, 2, 3)] {
		rep := p.Party.Org + "-1"
		w.deal.Participants, parties = append(w.deal.Participants, p), append(parties, p.Party)
		w.deal.Team.Reps = append(w.deal.Team.Reps, model.Rep{ID: rep, Party: p.Party})
		w.deal.People = append(w.deal.People, comms.Correspondent{Name: rep, Party: p.Party,
			Addresses: []string{rep + "@" + p.Party.Org + ".example"}})
	}
	for i := range w.record.Blockers {
		b := &w.record.Blockers[i]
		if len(parties) == 0 || w.chance("concerns no participant", 30) {
			continue
		}
		p := pick(w, "concerns", parties...)
		b.Concerns = pick(w, "beside", []model.Party{p}, []model.Party{us, p}, []model.Party{acme, p}, []model.Party{acme, us, p})
		if w.chance("raised by it", 50) {
			b.By = model.Person{Name: p.Org + "-1", Party: p}
		}
	}
	return parties
}

// view.side, CASES R6: whatever changes of what a party may not see (pay, quota values, notes, claims of other
// partners, valid or not, the names of channel owners, the past of others in a run), no byte of its view changes, of
// its brief, of its report, of the changes that its actions ask for, or of the members that no document has.
func TestNothingHiddenReachesAView(t *testing.T) {
	owners := map[string]string{"olga": marker + " olga", "omar": marker + " omar"}
	books := map[comp.Model][2]book.Book{}
	for _, m := range []comp.Model{comp.RoleBased, comp.Split, comp.Origination} {
		books[m] = [2]book.Book{secretBook(m, []string{"olga", "omar"}, "10000.00 USD"),
			secretBook(m, []string{owners["olga"], owners["omar"]}, "33333.00 USD")}
	}
	e, models := engine(t), []comp.Model{comp.RoleBased, comp.Split, comp.Origination}
	seen := reachtest.Seen{}
	reachtest.Check(t, seen, func(t *rapid.T) {
		w := draw(t, e)
		parties := append([]model.Party{acme, us}, w.further()...)
		reader := rapid.SampledFrom(parties).Draw(t, "reader")
		others := slices.DeleteFunc(parties, func(p model.Party) bool { return p == reader })
		h := &hider{reader: reader, others: others, seen: seen, owners: owners, books: books,
			model: rapid.SampledFrom(models).Draw(t, "model")}
		if w.chance("table", 30) {
			for i := range w.deal.Payees {
				if p := &w.deal.Payees[i]; p.Rep == "ana" {
					p.Table, p.Rate = "fast", value.Percent{}
				}
			}
		}
		one, two := h.asked(t, *w), h.asked(t, *w)
		same(t, one, two)
		for _, a := range slices.Concat(one.Next, two.Next) {
			if a.Do != nil {
				seen["do"]++
			}
		}
		brief, report := render.Brief(one), render.Report(one)
		if diff := gocmp.Diff(brief.Text(), render.Brief(two).Text()); diff != "" {
			t.Fatalf("%s's brief differs:\n%s", h.reader, diff)
		}
		if diff := gocmp.Diff(report.Text(), render.Report(two).Text()); diff != "" {
			t.Fatalf("%s's report differs:\n%s", h.reader, diff)
		}
		if diff := gocmp.Diff(one, two, gocmp.Exporter(func(reflect.Type) bool { return true })); diff != "" {
			t.Fatalf("%s's view differs below its document:\n%s", h.reader, diff)
		}
		if text := written(one) + brief.Text() + report.Text(); strings.Contains(text, marker) {
			t.Fatalf("%s reads %s", h.reader, text)
		}
		seen[h.reader.String()]++
		if h.reader != us && h.reader != acme && len(one.Blockers) > 0 {
			seen["reads a blocker"]++
		}
	}, "note", "claim", "do", "blocker", "reads a blocker", acme.String(), us.String(), "partner integra", "partner resell", "partner market")
}
