package comp

import (
	"cmp"
	"slices"
	"strconv"

	"github.com/coselling/coselling/internal/wire"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// checkPay refuses a payee whose pay nobody stated, or stated in two ways.
func (p *Plan) checkPay(problems *value.Errors, payee *Payee, h *head, i int) {
	switch {
	case payee.Company: // which has no tables at all
	case payee.Table == "" && len(payee.AddedTables) > 0:
		const want = "are added to no table; name the first one as the payee's table"
		got := strconv.Itoa(len(payee.AddedTables)) + " tables"
		problems.Refuse(payeePath(i, "added_tables"), tableUnknown, got, want)
	case len(payee.AddedTables) > maxAdded:
		want := "are more than " + strconv.Itoa(maxAdded)
		got := strconv.Itoa(len(payee.AddedTables)) + " tables"
		problems.Refuse(payeePath(i, "added_tables"), "booking.tables", got, want)
	}
	fixed := !payee.Fixed.IsZero()
	ways := 0
	for _, stated := range [...]bool{!payee.Rate.IsZero(), payee.Table != "", fixed, payee.CreditOnly} {
		if stated {
			ways++
		}
	}
	switch {
	case ways == 0:
		const want = "says what the payee is paid; state a rate, 0% for none, or a rate table"
		problems.Refuse(payeePath(i, "rate"), RateMissing, "nothing", want)
	case ways > 1:
		const want = "is stated beside another pay; state one of a flat rate, a rate table, a fixed sum and credit only"
		got := cmp.Or(payee.Rate.String(), payee.Fixed.String(), "a rate table")
		problems.Refuse(payeePath(i, "rate"), RateTwo, got, want)
	case fixed && !payee.Company:
		problems.Refuse(payeePath(i, "fixed"), companyCode, payee.Fixed.String(), "is for a company; a rep has a rate")
	case fixed:
		p.checkFixed(problems, payee.Fixed, h, i)
	}
	if !payee.Payer.IsZero() {
		problems.Add(payeePath(i, "payer"), payee.Payer.Check())
	}
}

// checkTables checks the rate tables of the i-th payee, priced in a run unless that is nil.
func (p *Plan) checkTables(problems *value.Errors, payee *Payee, c value.Currency, r *Run, i int) {
	if err := p.checkTable(payee.Table, c, r); err != nil { // the path is not made for nothing
		problems.Add(payeePath(i, "table"), err)
	}
	for j, id := range payee.added() {
		err := p.checkTable(id, c, r)
		if id == payee.Table || slices.Contains(payee.AddedTables[:j], id) {
			err = value.NewError(wire.Twice, value.Quote(string(id)), "stands twice")
		}
		if err != nil {
			problems.Add(payeePath(i, value.Index("added_tables", j)), err)
		}
	}
}

func (p *Plan) checkTable(id TableID, c value.Currency, r *Run) error {
	var problems value.Errors
	t := p.tables[id]
	if t == nil {
		return value.Known(tableUnknown, string(id), sortedNames(p.tables))
	}
	if err := t.fits(c); err != nil {
		problems.Add("", err)
	}
	if r == nil && t.history {
		const want = "counts over a period; price the booking in a run"
		problems.Refuse("", TableHistory, value.Quote(string(id)), want)
	}
	return problems.Err()
}

const companyCode value.Code = "booking.company" // a company with what only a rep has, or the reverse

func (p *Plan) checkFixed(problems *value.Errors, fixed value.Money, h *head, i int) {
	if fixed.Sign() < 0 {
		problems.Refuse(payeePath(i, "fixed"), companyCode, fixed.String(), "is below zero")
	}
	if c := h.base[0].Currency(); !c.IsZero() && fixed.Currency() != c {
		want := "is not in the deal's currency, " + c.String()
		problems.Refuse(payeePath(i, "fixed"), bookingCurrency, fixed.String(), want)
	}
}

// fillCompany writes the line of a company, which shares nothing and has no credit (comp.company).
func (p *Plan) fillCompany(problems *value.Errors, l *Line, payee *Payee, h *head, i int) {
	l.Credited, l.Base, l.Percent, l.Share = AsCompany, h.base[0], p.full, p.full
	if payee.Payer.IsZero() {
		l.Payer = model.Party{Side: model.Vendor}
	}
	if !payee.Fixed.IsZero() {
		l.Credited, l.Base, l.Rate = AsCompanyFee, payee.Fixed, p.full
	}
	if payee.Role != 0 || payee.Contribution != "" || len(payee.AlsoContributed) > 0 || !payee.Share.IsZero() ||
		payee.Table != "" || len(payee.AddedTables) > 0 || payee.CreditOnly {
		const want = "has no role, contribution, share, rate table or credit; state a rate or a fixed sum"
		problems.Refuse(payeePath(i, "company"), companyCode, "a company", want)
	}
}

// expand puts a line for each added table behind the line of its payee. The first lines are those of the payees.
func expand(lines []Line, payees []Payee) {
	to := len(lines)
	for i := min(len(payees), maxPayees) - 1; i >= 0 && to > i+1; i-- {
		l := lines[i]
		for _, table := range slices.Backward(payees[i].added()) {
			to--
			lines[to] = l
			lines[to].Table, lines[to].Added = table, true
		}
		to--
		lines[to] = l
	}
}

// added returns at most as many tables as a payee may have beside the first.
func (p *Payee) added() []TableID { return p.AddedTables[:min(len(p.AddedTables), maxAdded)] }

// linesOf returns how many payees and lines a booking has, within bounds.
func (b *Booking) linesOf() (payees, lines int) {
	payees = min(len(b.Payees), maxPayees)
	lines = payees
	for i := range b.Payees[:payees] {
		lines += len(b.Payees[i].added())
	}
	return payees, lines
}
