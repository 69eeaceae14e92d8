package impact

import (
	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/internal/exact"
	"github.com/coselling/coselling/internal/wire"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// partial converts the wire form.
func (w *partialWire) partial() (Partial, error) {
	p := Partial{policies: [policies]comp.Policy{w.Before, w.After}, changes: comp.Diff(w.Before, w.After)}
	r := partialReader{fields: positions(p.changes)}
	r.problems.Add("before", w.Before.Check())
	r.problems.Add("after", w.After.Check())
	for i := range w.Books {
		r.at = []part{{"books", i}}
		p.books = append(p.books, r.book(&w.Books[i]))
		if i > 0 && w.Books[i-1].Currency.Compare(w.Books[i].Currency) >= 0 {
			r.refuse("currency", w.Books[i].Currency.String(), "does not come after the currency before")
		}
	}
	r.checkParties(p.books)
	return p, r.problems.Err()
}

// partialReader converts the wire form and collects its problems.
type partialReader struct {
	problems wire.List
	fields   where
	at       []part // where the reader stands
}

// part is an element of a list.
type part struct {
	list string
	i    int
}

// refuse reports a problem of a member; the path is made only where it is shown.
func (r *partialReader) refuse(member, got, want string) {
	if !r.problems.Full() {
		r.add(member, value.NewError(PartialContent, value.Quote(got), want))
	}
}

func (r *partialReader) add(member string, err error) {
	if err == nil {
		return
	}
	path := ""
	for _, at := range r.at {
		path = value.JoinPath(path, value.Index(at.list, at.i))
	}
	r.problems.Add(value.JoinPath(path, member), err)
}

// book converts one currency.
func (r *partialReader) book(w *bookWire) bookSums {
	b := bookSums{
		currency: w.Currency, projected: w.Projected,
		deals: w.Deals, reversals: w.Reversals, instalments: w.Instalments, from: w.From, to: w.To,
		value: exact.Wide(w.Value), quota: [policies]exact.Wide{exact.Wide(w.QuotaBefore), exact.Wide(w.QuotaAfter)},
		leftOut: w.LeftOut,
	}
	if b.from.IsZero() != b.to.IsZero() || b.to.Before(b.from) {
		r.refuse("to", b.to.String(), "is no last day after the first one")
	}
	for i := range w.Payees {
		r.at = append(r.at, part{"payees", i})
		b.payees = append(b.payees, r.payee(&w.Payees[i]))
		if i > 0 && b.payees[i-1].rep >= b.payees[i].rep {
			r.refuse("rep", b.payees[i].rep, "does not come after the rep before")
		}
		r.at = r.at[:1]
	}
	if w.Largest != nil {
		b.largest = r.largest(w.Largest, w.Currency)
	}
	for i := range b.leftOut {
		if i > 0 && b.leftOut[i-1].Reason >= b.leftOut[i].Reason {
			r.at = append(r.at, part{"left_out", i})
			r.refuse("reason", string(b.leftOut[i].Reason), "does not come after the reason before")
			r.at = r.at[:1]
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
				r.at = []part{{"books", i}, {"payees", j}}
				r.refuse("", payee.rep, "is a rep of "+party.String()+" in another currency")
			}
			parties[payee.rep] = payee.party
		}
	}
}

func (r *partialReader) payee(w *sumsWire) payeeSums {
	r.add("party", w.Party.Check())
	p := payeeSums{rep: w.Rep, party: w.Party, statements: w.Statements}
	p.sums[before], p.sums[after] = sumsOf(w.Before), sumsOf(w.After)
	last := int32(same)
	for i := range w.Causes {
		c := &w.Causes[i]
		last = r.field(part{"causes", i}, "field", c.Field, last)
		p.causes = append(p.causes, causeSum{last, c.Differences, sumsOf(c.Change)})
	}
	return p
}

// sumsOf converts three sums; none where there are not three, which is refused.
func sumsOf(list []sum) (s sums) {
	if len(list) == kinds {
		for kind := range s {
			s[kind] = exact.Wide(list[kind])
		}
	}
	return s
}

// field finds a field that differs; they come in the order of the policy.
func (r *partialReader) field(at part, member, text string, last int32) int32 {
	field := r.fields.of(text)
	r.at = append(r.at, at)
	switch {
	case field == same:
		r.refuse(member, text, "is no field that differs between the policies")
	case field <= last:
		r.refuse(member, text, "does not come after the field before")
	}
	r.at = r.at[:len(r.at)-1]
	return field
}

func (r *partialReader) largest(w *largestWire, c value.Currency) largest {
	r.add("largest.party", w.Party.Check())
	l := largest{
		booking: w.Booking, of: w.Of, date: w.Date, rep: w.Rep, party: w.Party,
		figures: [policies]figures{r.figures("largest.before", w.Before, c), r.figures("largest.after", w.After, c)},
	}
	last := int32(same)
	for i, text := range w.Fields {
		last = r.field(part{"largest.fields", i}, "", text, last)
		l.fields = append(l.fields, last)
	}
	return l
}

// figures reads what a payee gets for one event, which is money.
func (r *partialReader) figures(member string, list []sum, c value.Currency) figures {
	var f figures
	for kind, wide := range sumsOf(list) {
		var ok bool
		if f[kind], ok = wide.Int64(); !ok {
			r.refuse(member, "an amount", "is beyond the bounds of money")
			return figures{}
		}
	}
	_, err := f.amounts(c)
	r.add(member, err)
	return f
}
