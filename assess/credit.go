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

// credit prices the deal: for the host, and for each side without the rates of the other one.
func (q *question) credit(p played, r registered, s stage.Schedule) (statements [3]comp.Statement, n notes) {
	if p.progress.Status() == stage.ClosedLost {
		return statements, n
	}
	b, ok := q.booking(&n, p.won, r.registrant)
	if !ok {
		return statements, n
	}
	if len(s.Windows) > 0 && p.progress.Stage() != s.Windows[0].Stage {
		q.checkUpfront(&n, b.Payees)
	}
	var err error
	statements[0], err = q.rules.plan.Statement(b)
	known := q.refuseCredit(&n, b, err)
	for _, party := range [...]model.Party{q.partner, q.vendor} {
		statement, err := q.rules.plan.Statement(without(b, party.Side.Other()))
		if err == nil {
			statements[party.Side] = only(statement, party.Side)
		} else if !known[party.Side] {
			n.missFor(party, SectionCredit, "deal.payees",
				missingFact("lets the deal be priced; a payee of the other side is not complete"))
		}
	}
	return statements, n
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
		Source: d.Signals.Source, Registrant: by, Payees: slices.Clone(d.Payees),
	}
	known, refused := q.parties(), refusals{}
	for i := range d.Payees {
		if err := known.Meet(d.Payees[i].Party); err != nil {
			refused.add(payeeName(&d.Payees[i]), err)
			ok = false
		}
	}
	n.missEach(SectionCredit, refused)
	slices.SortStableFunc(b.Payees, func(x,
		y comp.Payee) int {
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

// without removes the rates of a side's reps, and its quota value.
func without(b comp.Booking, side model.Side) comp.Booking {
	if side == model.Partner {
		b.PartnerQuota = value.Money{}
	} else {
		b.VendorQuota = value.Money{}
	}
	b.Payees = slices.Clone(b.Payees)
	for i := range b.Payees {
		if p := &b.Payees[i]; p.Party.Side == side {
			p.Rate, p.Table = value.Percent{}, ""
		}
	}
	return b
}

// only keeps the lines of a side, and no total from which those of the other follow.
func only(s comp.Statement, side model.Side) comp.Statement {
	s.Quota = value.Money{}
	s.Lines = slices.DeleteFunc(s.Lines, func(l comp.Line) bool { return l.Party.Side != side })
	return s
}

func payeeName(p *comp.Payee) string { return "deal.payees[" + value.Quote(p.Rep) + "]" }

// refuseCredit adds the problems of a booking, and returns which sides may know them.
func (q *question) refuseCredit(n *notes, b comp.Booking, err error) (known [model.Vendor + 1]bool) {
	var problems value.Errors
	problems.Add("", err)
	for _, p := range problems {
		path := strings.TrimPrefix(p.Path, "booking.")
		reader := map[string]model.Party{"partner_quota": q.partner, "vendor_quota": q.vendor}[path]
		for i := range b.Payees {
			if rest, ok := strings.CutPrefix(path, value.Index("payees", i)); ok {
				path, reader = strings.TrimPrefix(payeeName(&b.Payees[i]), "deal.")+rest, b.Payees[i].Party
			}
		}
		for side := range known {
			known[side] = known[side] || reader.IsZero() || reader.Side == model.Side(side)
		}
		n.missFor(reader, SectionCredit, "deal."+path, value.NewError(p.Code, p.Got, p.Problem))
	}
	return known
}
