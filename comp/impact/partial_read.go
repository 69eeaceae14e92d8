package impact

import (
	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/internal/exact"
	"github.com/coselling/coselling/internal/wire"
	"github.com/coselling/coselling/value"
)

// partial checks the wire form and finds the fields that it names.
func (w *partialWire) partial() (Partial, error) {
	p := Partial{policies: [policies]comp.Policy{w.Before, w.After}, changes: comp.Diff(w.Before, w.After),
		books: w.Books}
	r := partialReader{fields: positions(p.changes)}
	for i, policy := range p.policies {
		err := policy.Check()
		r.problems.Add(columns[i], err)
		if err == nil {
			plan, _ := comp.Compile(policy) // a policy without problems is compiled
			p.history = p.history || plan.NeedsRun()
		}
	}
	for i := range p.books {
		r.at = []part{{"books", i}}
		r.book(&p.books[i])
		if i > 0 && w.Books[i-1].Currency.Compare(w.Books[i].Currency) >= 0 {
			r.refuse("currency", w.Books[i].Currency.String(), "does not come after the currency before")
		}
	}
	r.checkParties(p.books)
	return p, r.problems.Err()
}

// partialReader checks the wire form and collects its problems.
type partialReader struct {
	problems wire.List
	fields   where
	at       []part // the elements that are being checked
}

// part is an element of a list.
type part struct {
	list string
	i    int
}

// refuse reports a problem of a member. It makes the path only if the problem is listed.
func (r *partialReader) refuse(member, got, want string) {
	if !r.problems.Full() {
		r.add(member, value.NewError(partialContent, value.Quote(got), want))
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

func (r *partialReader) book(b *bookSums) {
	if b.From.IsZero() != b.To.IsZero() || b.To.Before(b.From) {
		r.refuse("to", b.To.String(), "is no last day; the two days are both stated, the first one first")
	}
	for i := range b.Payees {
		r.at = append(r.at, part{"payees", i})
		r.payee(&b.Payees[i])
		if i > 0 && b.Payees[i-1].Rep >= b.Payees[i].Rep {
			r.refuse("rep", b.Payees[i].Rep, "does not come after the rep before")
		}
		r.at = r.at[:1]
	}
	if b.Largest != nil {
		b.largest = r.largest(b.Largest, b.Currency)
		b.Largest = nil
	}
	for i := range b.LeftOut {
		if i > 0 && b.LeftOut[i-1].Reason >= b.LeftOut[i].Reason {
			r.at = append(r.at, part{"left_out", i})
			r.refuse("reason", string(b.LeftOut[i].Reason), "does not come after the reason before")
			r.at = r.at[:1]
		}
	}
}

// checkParties refuses an id that has two parties, or is that of a rep and a company, in two currencies.
func (r *partialReader) checkParties(books []bookSums) {
	known := map[string]*payeeSums{}
	for i, b := range books {
		for j := range b.Payees {
			p := &b.Payees[j]
			if other := known[p.Rep]; other != nil && other.check(p.Party, p.Company) != nil {
				r.at = []part{{"books", i}, {"payees", j}}
				r.refuse("", p.Rep, "is of "+value.Quote(other.Party.String())+" or of another kind elsewhere")
			}
			known[p.Rep] = p
		}
	}
}

func (r *partialReader) payee(p *payeeSums) {
	r.add("party", p.Party.Check())
	r.unpaid("paid", p.Paid, p.Before, p.After)
	last := int32(same)
	for i := range p.Causes {
		last = r.field(part{"causes", i}, "field", p.Causes[i].Field, last)
		p.Causes[i].at = last
	}
}

// unpaid refuses a commission of a payee with credit only.
func (r *partialReader) unpaid(member string, paid bool, all ...sums) {
	for _, s := range all {
		if !paid && len(s) == kinds && s[commission] != (sum{}) {
			r.refuse(member, "false", "stands beside a commission")
			return
		}
	}
}

// field finds a field that differs. Fields must stand in the order of the policy.
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
	r.unpaid("largest.paid", w.Paid, w.Before, w.After)
	l := largest{
		booking: w.Booking, of: w.Of, date: w.Date, rep: w.Rep, party: w.Party, paid: w.Paid,
		figures: [policies]figures{r.figures("largest.before", w.Before, c), r.figures("largest.after", w.After, c)},
	}
	last := int32(same)
	for i, text := range w.Fields {
		last = r.field(part{"largest.fields", i}, "", text, last)
		l.fields = append(l.fields, last)
	}
	return l
}

// figures reads the amounts of a payee for one event, which must be money. Bounds refuse another number of sums.
func (r *partialReader) figures(member string, list sums, c value.Currency) (f figures) {
	if len(list) != kinds {
		return f
	}
	for kind, wide := range list {
		var ok bool
		if f[kind], ok = exact.Wide(wide).Int64(); !ok {
			r.refuse(member, "an amount", "is beyond the bounds of money")
			return figures{}
		}
	}
	_, err := f.amounts(c, true)
	r.add(member, err)
	return f
}
