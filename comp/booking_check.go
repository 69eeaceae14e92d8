package comp

import (
	"cmp"
	"slices"
	"strconv"

	"github.com/coselling/coselling/internal/exact"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

const (
	maxPayees  = 1000
	maxID      = 256
	maxFurther = 100 // contributions of a payee beside the first
	maxAdded   = 10  // rate tables of a payee beside the first
)

// readAmounts checks the id and the amounts of a booking, and puts the amounts into h.
func (h *head) readAmounts(problems *value.Errors, b *Booking) {
	problems.Add("id", checkID(BookingID, b.ID))
	if b.Value.Sign() <= 0 {
		const want = "is not positive; to undo a deal reverse its statement"
		problems.Refuse("value", bookingValue, amountText(b.Value), want)
	}
	problems.Add("value", b.Value.Currency().CheckOn(b.Closed))
	h.base[0] = b.Value
	h.base[model.Partner] = quota(problems, "partner_quota", b.PartnerQuota, b.Value)
	h.base[model.Vendor] = quota(problems, "vendor_quota", b.VendorQuota, b.Value)
}

// readTeam checks the other facts that a booking has once for all payees, and puts them into h.
func (p *Plan) readTeam(problems *value.Errors, h *head, b *Booking) {
	h.projected, h.first = b.Closed.IsZero(), model.Partner
	if !b.oneOnly() {
		p.readPartners(problems, h, b)
	}
	if n := len(b.Payees); n == 0 || n > maxPayees {
		want := "are given; a booking has 1 to " + strconv.Itoa(maxPayees)
		problems.Refuse("payees", "booking.payees", strconv.Itoa(n)+" payees", want)
	}
	if b.Source > model.FromBoth || b.Registrant > model.ByVendorJoint {
		problems.Add("", b.Origin().Check())
		return
	}
	h.origin, h.first = p.policy.JointOrigin.settle(b.Origin())
	if p.policy.Model == Origination && h.origin == model.UnknownSource {
		problems.Add("source", originUnknown())
	}
}

// quota returns the stated quota value, or that of the deal where none is stated.
func quota(problems *value.Errors, field string, stated, amount value.Money) value.Money {
	if stated.IsZero() {
		return amount
	}
	if !amount.IsZero() && stated.Currency() != amount.Currency() {
		want := "is not in the deal's currency, " + amount.Currency().String()
		problems.Refuse(field, bookingCurrency, stated.String(), want)
	}
	if stated.Sign() <= 0 {
		problems.Refuse(field, bookingValue, stated.String(), "is not positive")
	}
	return stated
}

func amountText(m value.Money) string { return cmp.Or(m.String(), "nothing") }

func checkID(code value.Code, id string) error {
	if id == "" || len(id) > maxID {
		return value.NewError(code, value.Quote(id), "is no id; give 1 to "+strconv.Itoa(maxID)+" bytes")
	}
	return nil
}

// fill checks the i-th payee and writes all of its line but the amounts; false if it cannot be credited.
func (p *Plan) fill(problems *value.Errors, l *Line, payee *Payee, h *head, i int) bool {
	l.Payee, l.Party, l.Payer, l.Contribution = payee.Rep, payee.Party, cmp.Or(payee.Payer, payee.Party), ""
	l.Share, l.Rate = payee.Share, payee.Rate
	l.Base = value.Money{}
	l.Start, l.Quota, l.Unheld = value.Money{}, value.Money{}, value.Money{} // one by one costs less than with a string
	l.Held, l.Table = 0, payee.Table
	l.Leftover, l.Added, l.Projected, l.Derived = false, false, h.projected, payee.Derived
	if err := checkID(payeeRep, payee.Rep); err != nil {
		problems.Add(payeePath(i, "rep"), err)
	}
	p.checkPay(problems, payee, h, i)
	if outsidePart(payee.Rate) {
		problems.Add(payeePath(i, "rate"), payee.Rate.CheckPart())
	}
	if outsidePart(payee.Share) {
		problems.Add(payeePath(i, "share"), payee.Share.CheckPart())
	}
	if len(payee.Party.Org) > maxID {
		want := "is too long; give 1 to " + strconv.Itoa(maxID) + " bytes"
		problems.Refuse(payeePath(i, "party")+".org", model.PartyOrg, value.Quote(payee.Party.Org), want)
	}
	ok := len(payee.AlsoContributed) <= maxFurther
	if !ok {
		got := strconv.Itoa(len(payee.AlsoContributed)) + " contributions"
		want := "are more than " + strconv.Itoa(maxFurther)
		problems.Refuse(payeePath(i, "also_contributed"), "booking.contributions", got, want)
	}
	if !payee.Party.Side.IsValid() || payee.Party.Org == "" {
		problems.Add(payeePath(i, "party"), payee.Party.Check())
		return false
	}
	if payee.Company {
		p.fillCompany(problems, l, payee, h, i)
		return true
	}
	l.Base = h.base[payee.Party.Side]
	return ok && p.credit(problems, l, payee, h, i)
}

func (t *table) fits(c value.Currency) error {
	if t.Currency.IsZero() || c.IsZero() || c == t.Currency {
		return nil
	}
	want := "is not the currency of table " + value.Quote(string(t.id)) + ", " + t.Currency.String()
	return value.NewError(rateCurrency, c.String(), want)
}

func outsidePart(p value.Percent) bool { return uint64(p.Millionths()) > exact.One }

func payeePath(i int, field string) string { return value.Index("payees", i) + "." + field }

// pathOf returns the path of one field of the payee behind a line.
func pathOf(b *Booking, l *Line, field string) string {
	for i := range b.Payees {
		if b.Payees[i].Rep == l.Payee && b.Payees[i].Party == l.Party {
			return payeePath(i, field)
		}
	}
	return field
}

// tablePath returns the path of the rate table of a line.
func tablePath(b *Booking, l *Line) string {
	if !l.Added {
		return pathOf(b, l, "table")
	}
	at := 0
	for i := range b.Payees {
		if b.Payees[i].Rep == l.Payee && b.Payees[i].Party == l.Party {
			at = slices.Index(b.Payees[i].AddedTables, l.Table)
		}
	}
	return pathOf(b, l, value.Index("added_tables", at))
}

func shareTotal(total int64) *value.Error {
	off, side := total-fullShare, " above"
	if off < 0 {
		off, side = -off, " below"
	}
	want := "is " + percentText(off) + side + " 100%; shares of one group total exactly 100%"
	return value.NewError(ShareTotal, "a total of "+percentText(total), want)
}

// percentText writes a total, which with a thousand payees may be more than one percentage holds.
func percentText(millionths int64) string {
	if p, err := value.NewPercent(millionths); err == nil {
		return p.String()
	}
	return "more than 10000%"
}
