package impact

import (
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// book converts one currency.
func (r *partialReader) book(path string, w *bookWire) bookSums {
	currency, err := value.ParseCurrency(*w.Currency)
	r.problems.Add(path+".currency", err)
	b := bookSums{
		currency: currency, projected: *w.Projected,
		deals: r.count(path+".deals", *w.Deals), reversals: r.count(path+".reversals", *w.Reversals), instalments: r.count(path+".instalments", *w.Instalments),
		from: r.date(path+".from", *w.From), to: r.date(path+".to", *w.To), value: r.sum(path+".value", *w.Value),
	}
	b.quota[before], b.quota[after] = r.sum(path+".quota_before", *w.QuotaBefore), r.sum(path+".quota_after", *w.QuotaAfter)
	if b.from.IsZero() != b.to.IsZero() || b.to.Before(b.from) {
		r.refuse(path+".to", *w.To, "is no last day after the first one")
	}
	for i := range w.Payees {
		at := path + "." + value.Index("payees", i)
		payee := r.payee(at, &w.Payees[i])
		if i > 0 && b.payees[i-1].rep >= payee.rep {
			r.refuse(at+".rep", payee.rep, "does not come after the rep before")
		}
		b.payees = append(b.payees, payee)
	}
	if w.Largest != nil {
		b.largest = r.largest(path+".largest", w.Largest, currency)
	}
	for i, l := range w.LeftOut {
		at := path + "." + value.Index("left_out", i)
		b.leftOut = append(b.leftOut, LeftOut{Reason: value.Code(*l.Reason), Bookings: r.count(at+".bookings", *l.Bookings)})
		if *l.Reason == "" || i > 0 && b.leftOut[i-1].Reason >= b.leftOut[i].Reason {
			r.refuse(at+".reason", *l.Reason, "does not come after the reason before")
		}
	}
	return b
}

// checkParties refuses an id that stands for two persons in two currencies.
func (r *partialReader) checkParties(books []bookSums) {
	parties := map[string]model.Party{}
	for i, b := range books {
		for j, payee := range b.payees {
			if party, known := parties[payee.rep]; known && party != payee.party {
				r.refuse(value.Index("books", i)+"."+value.Index("payees", j), payee.rep, "is a rep of "+party.String()+" in another currency")
			}
			parties[payee.rep] = payee.party
		}
	}
}

func (r *partialReader) payee(path string, w *sumsWire) payeeSums {
	p := payeeSums{rep: *w.Rep, party: r.party(path, *w.Side, *w.Org), statements: r.count(path+".statements", *w.Statements)}
	if p.rep == "" {
		r.refuse(path+".rep", p.rep, "stands here; a rep has an id")
	}
	p.sums[before], p.sums[after] = r.sums(path+".before", w.Before), r.sums(path+".after", w.After)
	last := int32(same)
	for i, c := range w.Causes {
		at := path + "." + value.Index("causes", i)
		last = r.field(at+".field", *c.Field, last)
		p.causes = append(p.causes, causeSum{last, r.count(at+".differences", *c.Differences), r.sums(at+".change", c.Change)})
	}
	return p
}

func (r *partialReader) largest(path string, w *differenceWire, c value.Currency) largest {
	l := largest{booking: *w.Booking, of: *w.Of, date: r.date(path+".date", *w.Date), rep: *w.Rep, party: r.party(path, *w.Side, *w.Org)}
	if l.booking == "" || l.rep == "" {
		r.refuse(path, l.booking, "has no booking or no rep")
	}
	l.figures[before] = r.figures(path+".before", w.Before, c)
	l.figures[after] = r.figures(path+".after", w.After, c)
	last := int32(same)
	for i, text := range w.Fields {
		last = r.field(path+"."+value.Index("fields", i), text, last)
		l.fields = append(l.fields, last)
	}
	return l
}

// figures reads what a payee gets for one event, which is money.
func (r *partialReader) figures(path string, list []string, c value.Currency) figures {
	s := r.sums(path, list)
	var f figures
	var ok [3]bool
	f.credit, ok[0] = narrow(s.credit)
	f.influenced, ok[1] = narrow(s.influenced)
	f.commission, ok[2] = narrow(s.commission)
	if !ok[0] || !ok[1] || !ok[2] {
		r.refuse(path, "an amount", "is beyond the bounds of money")
		return figures{}
	}
	if !c.IsZero() {
		_, err := f.amounts(c)
		r.problems.Add(path, err)
	}
	return f
}
