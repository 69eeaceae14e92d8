package assess

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/stage"
	"github.com/coselling/coselling/value"
)

// credit prices the deal, each side by itself, so that what one side gets wrong never moves a line of the other: for
// the host, and for each side without what the other one hides.
func (q *question) credit(p played, r registered, a advice, s stage.Schedule) (statements [3]comp.Statement, n notes) {
	if p.progress.Status() == stage.ClosedLost {
		return statements, n
	}
	b, ok := q.booking(&n, p.won, r.registrant)
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
	for _, party := range [...]model.Party{q.partner, q.vendor} {
		own := alongside(b, party.Side)
		if len(own.Payees) == 0 {
			continue
		}
		statement, err := q.price(q.run, own, day)
		q.refuseCredit(&n, told, party, own, err)
		statements[0] = merge(statements[0], statement)
		statement.Quota = value.Money{} // a total from which the other side's quota value follows
		statements[party.Side] = merge(statement, statements[party.Side])
		other := party.Side.Other()
		statements[other] = merge(statements[other], paidBy(statement, q.partyOf(other)))
	}
	whole, err := q.price(q.run, b, day)
	q.refuseCredit(&n, told, onlyHost(), b, err)
	if len(whole.Lines) > 0 {
		statements[0] = whole
	}
	return statements, n
}

// onlyHost returns the reader of what no party may know: nobody of a deal.
func onlyHost() model.Party { return model.Party{Org: "host"} }

func (p partnership) partyOf(side model.Side) model.Party {
	if side == model.Partner {
		return p.partner
	}
	return p.vendor
}

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
	*b = b.WithRoles(primary)
	if policy.Model != comp.RoleBased || a.model.Set == 0 {
		return
	}
	var led [model.Vendor + 1]bool
	for i := range b.Payees {
		if p := &b.Payees[i]; p.Role == comp.Primary {
			led[p.Party.Side] = true
		}
	}
	b.Payees = slices.DeleteFunc(b.Payees, func(p comp.Payee) bool {
		leads := primary == 0 || p.Party.Side == primary
		if p.Company || p.Derived || leads == (p.Role == comp.Primary) || leads && led[p.Party.Side] {
			return false
		}
		says := "contradicts the engagement model and the origin of the deal, which make the reps of both sides primary"
		if primary != 0 {
			says = strings.Replace(says, "both sides", "the "+primary.String(), 1)
		}
		n.missFor(p.Party, SectionCredit, payeeName(&p)+".role",
			value.NewError("booking.role.contradicts", p.Role.String(), says))
		return true
	})
}

// alongside returns the booking as one side knows it: without the payees and the quota value of the other side.
func alongside(b comp.Booking, side model.Side) comp.Booking {
	if side == model.Partner {
		b.VendorQuota = value.Money{}
	} else {
		b.PartnerQuota = value.Money{}
	}
	b.Payees = slices.DeleteFunc(slices.Clone(b.Payees), func(p comp.Payee) bool { return p.Party.Side != side })
	return b
}

// merge adds the lines of one side to those of the other.
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

// booking returns the deal as a booking; false where a fact is missing.
func (q *question) booking(n *notes, won time.Time, by model.Registrant) (comp.Booking, bool) {
	d := q.deal
	ok := true
	if d.Amount.IsZero() {
		n.miss(SectionCredit, "deal.amount", missingFact("says what the customer pays"))
		ok = false
	}
	if len(d.Payees) == 0 {
		// for the host alone: no party learns whether the other one has payees
		n.missFor(onlyHost(), SectionCredit, "deal.payees", missingFact("says who is to be credited"))
		ok = false
	}
	b := comp.Booking{
		ID: d.ID, Value: d.Amount, PartnerQuota: d.PartnerQuota, VendorQuota: d.VendorQuota,
		Source: d.Signals.Source, Registrant: by,
	}
	known, refused := q.partnership.parties(), refusals{}
	for i := range d.Payees {
		if err := known.Meet(d.Payees[i].Party); err != nil {
			refused.add(payeeName(&d.Payees[i]), err)
			continue
		}
		p := d.Payees[i]
		if p.Company && p.Payer.IsZero() {
			p.Payer = q.vendor
		}
		b.Payees = append(b.Payees, p)
	}
	n.missEach(SectionCredit, refused)
	ok = ok && len(b.Payees) > 0
	slices.SortStableFunc(b.Payees, func(x, y comp.Payee) int {
		return cmp.Or(x.Party.Compare(y.Party), cmp.Compare(x.Rep, y.Rep))
	})
	if !won.IsZero() {
		closed, err := value.DateOf(won, q.rules.zone)
		if err != nil {
			n.miss(SectionCredit, "record.events", err)
			return b, false
		}
		b.Closed = closed
	}
	return b, ok
}

func payeeName(p *comp.Payee) string { return "deal.payees[" + value.Quote(p.Rep) + "]" }

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
			reader = q.partner
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
