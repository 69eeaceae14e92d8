package assess

import (
	"cmp"
	"slices"
	"strings"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/stage"
	"github.com/coselling/coselling/value"
)

// credits are the statements of a deal: for the host, and for each party without what the others hide.
type credits struct {
	host credited
	of   []credited
}

// credited holds the statement that one party reads, and the booking of its payees.
type credited struct {
	party   model.Party
	booking comp.Booking
	comp.Statement
}

// seenBy returns what a party reads; the zero party reads everything.
func (c *credits) seenBy(party model.Party) credited {
	if party.IsZero() {
		return c.host
	}
	i := slices.IndexFunc(c.of, func(own credited) bool { return own.party == party })
	if i < 0 {
		return credited{}
	}
	return c.of[i]
}

// credit prices the deal, each party by itself, so that what one party gets wrong never moves a line of another: for
// the host, and for each party without what the others hide.
func (q *question) credit(p played, r registered, a advice, s stage.Schedule) (statements credits, n notes) {
	if p.progress.Status() == stage.ClosedLost {
		return statements, n
	}
	b, ok := q.booking(&n, p, &r)
	if !ok {
		return statements, n
	}
	for _, doubt := range q.rules.doubts {
		n.find(finding{Finding: Finding{Part: SectionCredit, Reason: doubt}, only: onlyHost()})
	}
	q.settleRoles(&n, &b, a)
	if len(s.Windows) > 0 && p.progress.Stage() != s.Windows[0].Stage {
		q.checkUpfront(&n, b.Payees)
	}
	day, told := q.projectedOn(s), map[string]bool{}
	statements.host.booking, statements.of = b, q.readers()
	for i := range statements.of {
		party := statements.of[i].party
		own := alongside(b, party)
		if len(own.Payees) == 0 {
			continue
		}
		statements.of[i].booking = own
		statement, err := q.price(q.run, own, day)
		q.refuseCredit(&n, told, party, own, err)
		statements.host.Statement = merge(statements.host.Statement, statement)
		statement.Quota = value.Money{} // a total from which the other side's quota value follows
		for j := range statements.of {
			reader := &statements.of[j]
			if i == j {
				reader.Statement = merge(statement, reader.Statement)
			} else {
				reader.Statement = merge(reader.Statement, paidBy(statement, reader.party))
			}
		}
	}
	whole, err := q.price(q.run, b, day)
	q.refuseCredit(&n, told, onlyHost(), b, err)
	if len(whole.Lines) > 0 {
		statements.host.Statement = whole
	}
	return statements, n
}

// readers returns the parties whose reps may be paid: the partner that leads first, the vendor last.
func (q *question) readers() []credited {
	parties := []credited{{party: q.partner}}
	for _, p := range q.partners.All {
		if p.Party != q.partner {
			parties = append(parties, credited{party: p.Party})
		}
	}
	return append(parties, credited{party: q.vendor})
}

// onlyHost returns the reader of what no party may know: nobody of a deal.
func onlyHost() model.Party { return model.Party{Org: "host"} }

// paidBy keeps the lines that a party pays.
func paidBy(s comp.Statement, party model.Party) comp.Statement {
	s.Lines = slices.DeleteFunc(slices.Clone(s.Lines), func(l comp.Line) bool { return l.Payer != party })
	return s
}

// projectedOn returns the day as of which an open deal is projected: the committed close, else the end of the playbook,
// and never a day that has passed.
func (q *question) projectedOn(s stage.Schedule) value.Date {
	today, _ := value.DateOf(q.asOf, q.rules.zone) // of the years 1 to 9000
	day := q.deal.Committed
	if windows := s.Windows; day.IsZero() && len(windows) > 0 {
		day = windows[len(windows)-1].Last
	}
	if day.Before(today) {
		return today
	}
	return day
}

// price prices a booking by the run of the question, an open one as if it were won on a day. A payee whose table it
// cannot price has credit only, and the problem stands beside the statement.
func (q *question) price(run *comp.Run, b comp.Booking, day value.Date) (comp.Statement, error) {
	s, err := q.priceWhole(run, b, day)
	if err == nil {
		return s, nil
	}
	var problems value.Errors
	problems.Add("", err)
	rest, told := withoutTables(b, problems)
	switch {
	case len(told) > 0:
		s, err = q.priceWhole(run, rest, day)
	case run != nil: // which does not take the deal
		told = problems
		s, err = q.price(nil, b, day)
	default:
		return s, err
	}
	told.Add("", err)
	return s, told.Err()
}

func (q *question) priceWhole(run *comp.Run, b comp.Booking, day value.Date) (comp.Statement, error) {
	switch {
	case run == nil:
		return q.rules.plan.Statement(b)
	case b.Closed.IsZero():
		return run.Project(b, day)
	default:
		return run.Clone().Statement(b)
	}
}

// withoutTables returns the booking without the tables that need a run or a quota, and the problems that say so.
func withoutTables(b comp.Booking, problems value.Errors) (comp.Booking, value.Errors) {
	var told value.Errors
	b.Payees = slices.Clone(b.Payees)
	for i := range b.Payees {
		p, at := &b.Payees[i], "booking."+value.Index("payees", i)
		of := func(path string) bool {
			j := slices.IndexFunc(problems, func(e *value.Error) bool {
				return e.Path == at+path && (e.Code == comp.TableHistory || e.Code == comp.QuotaMissing)
			})
			if j >= 0 {
				told = append(told, problems[j])
			}
			return j >= 0
		}
		var added []comp.TableID
		for j, id := range p.AddedTables {
			if !of("." + value.Index("added_tables", j)) {
				added = append(added, id)
			}
		}
		p.AddedTables = added
		if of(".table") {
			p.Table, p.AddedTables, p.CreditOnly = "", nil, true
		}
	}
	return b, told
}

// settleRoles gives payees without a role the one that follows from engagement and origin (comp.role_based). A payee
// who contradicts them under the model that is set is reported and left out.
func (q *question) settleRoles(n *notes, b *comp.Booking, a advice) {
	policy := q.rules.plan.Policy()
	primary, err := policy.PrimarySide(cmp.Or(a.model.Set, a.model.Advice.Engagement), b.Origin())
	if err != nil { // the role is missing
		return
	}
	b.DeriveRoles(primary)
	if policy.Model != comp.RoleBased || a.model.Set == 0 {
		return
	}
	leads := func(p model.Party) bool {
		return (primary == 0 || p.Side == primary) && (p == q.vendor || p == q.partner)
	}
	var led [model.Vendor + 1]bool
	for i := range b.Payees {
		if p := &b.Payees[i]; p.Role == comp.Primary && leads(p.Party) {
			led[p.Party.Side] = true
		}
	}
	who := "both sides"
	switch {
	case primary == model.Partner && b.LeadPartner != "":
		who = "the partner that leads"
	case primary != 0:
		who = "the " + primary.String()
	case b.LeadPartner != "":
		who = "the vendor and of the partner that leads"
	}
	b.Payees = slices.DeleteFunc(b.Payees, func(p comp.Payee) bool {
		leads := leads(p.Party)
		if p.Company || p.Derived || leads == (p.Role == comp.Primary) || leads && led[p.Party.Side] {
			return false
		}
		says := "contradicts the engagement model and the origin of the deal, which make the reps of " + who +
			" primary"
		n.missFor(p.Party, SectionCredit, payeeName(&p)+".role",
			value.NewError("booking.role.contradicts", p.Role.String(), says))
		return true
	})
}

// alongside returns the booking as one party knows it: without the payees of the others, and without the quota value of
// the other side and what partners share among them.
func alongside(b comp.Booking, party model.Party) comp.Booking {
	if party.Side == model.Partner {
		b.VendorQuota = value.Money{}
	} else {
		b.PartnerQuota, b.PartnerShares = value.Money{}, nil
	}
	b.Payees = slices.DeleteFunc(slices.Clone(b.Payees), func(p comp.Payee) bool { return p.Party != party })
	return b
}

// merge adds the lines of one party to those of another.
func merge(one, two comp.Statement) comp.Statement {
	switch {
	case len(one.Lines) == 0:
		return two
	case len(two.Lines) == 0:
		return one
	}
	if two.Quota.Minor() > one.Quota.Minor() {
		one.Quota = two.Quota
	}
	one.Lines = slices.Concat(one.Lines, two.Lines)
	return one
}

// checkUpfront finds contributions that are not recorded by discovery (comp.contribution_upfront).
func (q *question) checkUpfront(n *notes, payees []comp.Payee) {
	for i := range payees {
		p := &payees[i]
		for _, reason := range q.rules.plan.JudgeUpfront(comp.Booking{Payees: payees[i : i+1]}) {
			found := Finding{Part: SectionCredit, Side: p.Party.Side, Reason: reason, Facts: []string{payeeName(p)}}
			n.find(finding{Finding: found, only: p.Party})
		}
	}
}

// refuseCredit adds the problems of a booking that were not told before, for the reader of the booking: whether there
// is one depends on the payees of that reader. One of a side's quota value is for its party alone.
func (q *question) refuseCredit(n *notes, told map[string]bool, of model.Party, b comp.Booking, err error) {
	var problems value.Errors
	problems.Add("", err)
	for _, p := range problems {
		path := strings.TrimPrefix(p.Path, "booking.")
		switch path { // the deal names them otherwise
		case "value":
			path = "amount"
		case "closed":
			path = "committed_close"
		case "source":
			path = "signals.source"
		}
		reader, key := of, path
		switch path {
		case "partner_quota":
			if reader.Side != model.Partner { // partners share it
				reader = q.partner
			}
		case "vendor_quota":
			reader = q.vendor
		}
		if strings.HasPrefix(string(p.Code), "run.") {
			reader = onlyHost() // it tells of the deals in the run, and of whoever else they pay
		}
		for i := range b.Payees {
			if rest, ok := strings.CutPrefix(path, value.Index("payees", i)); ok {
				path = strings.TrimPrefix(payeeName(&b.Payees[i]), "deal.") + rest
				key = b.Payees[i].Party.String() + path
			}
		}
		problem := value.NewError(p.Code, p.Got, p.Problem)
		if p.Code == comp.RepTwoParties && of != onlyHost() { // which may be another partner
			problem.Problem = "is the id of a rep of another company, too; an id stands for one person"
		}
		key += problem.Error()
		own := reader.String() + key
		if !told[own] && (reader != onlyHost() || !told[key]) {
			told[own], told[key] = true, true
			n.missFor(reader, SectionCredit, "deal."+path, problem)
		}
	}
}
