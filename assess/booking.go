package assess

import (
	"cmp"
	"slices"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// booking returns the deal as a booking; false where a fact is missing.
func (q *question) booking(n *notes, p played, r *registered) (comp.Booking, bool) {
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
		Source: d.Signals.Source, Registrant: r.registrant,
	}
	if len(d.Participants) > 0 {
		b.LeadPartner, b.BroughtBy, b.PartnerShares = q.partner.Org, q.broughtBy(r), d.PartnerShares
	}
	known, refused := q.all(), refusals{}
	var last value.Date // of the deal; zero: it is open
	var wrong error
	if !p.won.IsZero() {
		last, wrong = value.DateOf(p.won, q.rules.zone)
	}
	for i := range d.Payees {
		if err := known.Meet(d.Payees[i].Party); err != nil {
			refused.add(payeeName(&d.Payees[i]), err)
			continue
		}
		p := d.Payees[i]
		if err := q.tookPart(p.Party, last); err != nil {
			n.missFor(p.Party, SectionCredit, payeeName(&p)+".party", err)
			continue
		}
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
	b.Closed = last
	n.miss(SectionCredit, "record.events", wrong)
	return b, ok && wrong == nil
}

// broughtBy returns the organisation of the partner that filed the deal's registration, or that its vendor filed it
// with; else of the partner that led first.
func (q *question) broughtBy(r *registered) string {
	s := &r.decision.Standing
	filed := slices.Concat([]model.Party{s.Claim.Claimant, s.Holder}, s.Shared, []model.Party{s.Claim.Filing.With})
	i := slices.IndexFunc(filed, func(p model.Party) bool {
		return slices.ContainsFunc(q.partners.All, func(o model.Participant) bool { return o.Party == p })
	})
	if r.registrant == model.NoRegistrant || i < 0 {
		return q.deal.Partner
	}
	return filed[i].Org
}

// tookPart refuses a participant with no day from the opening of the deal to its last day; zero: it is open.
func (q *question) tookPart(party model.Party, last value.Date) error {
	for i := range q.deal.Participants {
		p := &q.deal.Participants[i]
		early := !p.Until.IsZero() && p.Until.Before(q.deal.Opening.Day)
		if p.Party != party || !early && (last.IsZero() || !p.From.After(last)) {
			continue
		}
		says := "takes part only from " + p.From.String() + " on, and the deal was won on " + last.String()
		if early {
			says = "took part until " + p.Until.String() + ", before the deal opened on " + q.deal.Opening.Day.String()
		}
		return value.NewError("party.no_day", value.Quote(party.Org), says)
	}
	return nil
}

func payeeName(p *comp.Payee) string { return "deal.payees[" + value.Quote(p.Rep) + "]" }
