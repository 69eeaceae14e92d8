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
	q.deriveRoles(&b, a)
	if len(s.Windows) > 0 && p.progress.Stage() != s.Windows[0].Stage {
		q.checkUpfront(&n, b.Payees)
	}
	told := map[string]bool{}
	for _, party := range [...]model.Party{q.partner, q.vendor} {
		own := alongside(b, party.Side)
		if len(own.Payees) == 0 {
			continue
		}
		statement, err := q.rules.plan.Statement(own)
		q.refuseCredit(&n, told, party, own, err)
		statements[0] = merge(statements[0], statement)
		statement.Quota = value.Money{} // a total from which the other side's quota value follows
		statements[party.Side] = statement
	}
	whole, err := q.rules.plan.Statement(b)
	if err != nil {
		q.refuseCredit(&n, told, onlyHost(), b, err)
		return statements, n
	}
	statements[0] = whole
	return statements, n
}

// onlyHost returns the reader of what no party may know: nobody of a deal.
func onlyHost() model.Party { return model.Party{Org: "host"} }

// deriveRoles gives payees without a role the one that follows from engagement and origin (comp.role_based).
func (q *question) deriveRoles(b *comp.Booking, a advice) {
	primary, err := q.rules.plan.Policy().PrimarySide(cmp.Or(a.model.Set, a.model.Advice.Engagement), b.Origin())
	if err == nil { // or the role is missing
		*b = b.WithRoles(primary)
	}
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
	if len(one.Lines) == 0 {
		return two
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
			n.find(finding{found, p.Party})
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
		n.miss(SectionCredit, "deal.payees", missingFact("says who is to be credited"))
		ok = false
	}
	b := comp.Booking{
		ID: d.ID, Value: d.Amount, PartnerQuota: d.PartnerQuota, VendorQuota: d.VendorQuota,
		Source: d.Signals.Source, Registrant: by,
	}
	known, refused := q.parties(), refusals{}
	for i := range d.Payees {
		if err := known.Meet(d.Payees[i].Party); err != nil {
			refused.add(payeeName(&d.Payees[i]), err)
		} else {
			b.Payees = append(b.Payees, d.Payees[i])
		}
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

// refuseCredit adds the problems of a booking that were not told before: one of a side's quota value for its party
// alone, one of a payee for the reader of the booking.
func (q *question) refuseCredit(n *notes, told map[string]bool, of model.Party, b comp.Booking, err error) {
	var problems value.Errors
	problems.Add("", err)
	for _, p := range problems {
		path := strings.TrimPrefix(p.Path, "booking.")
		reader := map[string]model.Party{"partner_quota": q.partner, "vendor_quota": q.vendor}[path]
		key := path
		for i := range b.Payees {
			if rest, ok := strings.CutPrefix(path, value.Index("payees", i)); ok {
				path, reader = strings.TrimPrefix(payeeName(&b.Payees[i]), "deal.")+rest, of
				key = b.Payees[i].Party.String() + path
			}
		}
		problem := value.NewError(p.Code, p.Got, p.Problem)
		if key += problem.Error(); !told[key] {
			told[key] = true
			n.missFor(reader, SectionCredit, "deal."+path, problem)
		}
	}
}
