package comp

import (
	"strconv"

	"github.com/coselling/coselling/internal/exact"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

const (
	maxPayees = 1000
	maxID     = 256
)

// head checks what a booking says once and sets it out as its payees need it.
func (p *Plan) head(h *head, problems *value.Errors, b *Booking) {
	h.projected = b.Closed.IsZero()
	if b.ID == "" || len(b.ID) > maxID {
		problems.Add("id", checkID(b.ID))
	}
	if b.Value.Sign() <= 0 {
		problems.Add("value", value.NewError(BookingValue, amountText(b.Value), "is not positive; to undo a deal reverse its statement"))
	}
	h.base[model.Partner] = quota(problems, "partner_quota", b.PartnerQuota, b.Value)
	h.base[model.Vendor] = quota(problems, "vendor_quota", b.VendorQuota, b.Value)
	if n := len(b.Payees); n == 0 || n > maxPayees {
		problems.Add("payees", value.NewError(PayeesMissing, strconv.Itoa(n)+" payees", "are given; a booking has 1 to "+strconv.Itoa(maxPayees)))
	}
	if b.Source > model.FromBoth || b.Registrant > model.ByVendorJoint {
		problems.Add("", b.Origin().Check())
		return
	}
	p.resolveOrigin(problems, b, h)
}

func quota(problems *value.Errors, field string, stated, amount value.Money) value.Money {
	if stated.IsZero() {
		return amount
	}
	if stated.Currency() != amount.Currency() {
		problems.Add(field, value.NewError(BookingCurrency, stated.String(), "is not in the deal's currency, "+amount.Currency().String()))
	}
	if stated.Sign() <= 0 {
		problems.Add(field, value.NewError(BookingValue, stated.String(), "is not positive"))
	}
	return stated
}

func amountText(m value.Money) string {
	if m.IsZero() {
		return "nothing"
	}
	return m.String()
}

func checkID(id string) error {
	if id == "" || len(id) > maxID {
		return value.NewError(BookingID, value.Quote(id), "is no id; give 1 to "+strconv.Itoa(maxID)+" bytes")
	}
	return nil
}

// fill checks the i-th payee and writes what its line says before any amount.
func (p *Plan) fill(problems *value.Errors, l *Line, b *Booking, h *head, i int) {
	payee := &b.Payees[i]
	side := payee.Party.Side
	l.Payee, l.Party, l.Contribution = payee.Rep, payee.Party, ""
	l.Share, l.Rate = payee.Share, payee.Rate
	l.Leftover, l.Projected = false, h.projected
	if payee.Rep == "" || len(payee.Rep) > maxID {
		problems.Add(payeePath(i, "rep"), value.NewError(PayeeRep, value.Quote(payee.Rep), "is no id; give 1 to "+strconv.Itoa(maxID)+" bytes"))
	}
	if outsidePart(payee.Rate) {
		problems.Add(payeePath(i, "rate"), payee.Rate.CheckPart())
	}
	if outsidePart(payee.Share) {
		problems.Add(payeePath(i, "share"), payee.Share.CheckPart())
	}
	if !side.IsValid() || payee.Party.Org == "" {
		problems.Add(payeePath(i, "party"), payee.Party.Check())
		return
	}
	l.Base = h.base[side]
	p.credit(problems, l, payee, h, i)
}

func outsidePart(p value.Percent) bool { return uint64(p.Millionths()) > exact.One }

// payeePath returns the path of one field of the i-th payee.
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

// checkGroups checks the ids, shares and supporting credit of sorted lines, and
// gives a rep alone in its group the whole of it.
func checkGroups(problems *value.Errors, lines []Line, b *Booking) {
	second := len(lines)
	for i := range lines {
		if lines[i].Party.Side != lines[0].Party.Side {
			second = i
			break
		}
	}
	checkSide(problems, lines[:second], b)
	checkSide(problems, lines[second:], b)
	checkAcross(problems, lines[:second], lines[second:], b)
}

// checkSide checks the lines of one side.
func checkSide(problems *value.Errors, lines []Line, b *Booking) {
	if len(lines) == 1 {
		checkShares(problems, lines, b)
		return
	}
	var support int64
	for i := range lines {
		l := &lines[i]
		if i > 0 && l.Party.Org != lines[0].Party.Org {
			problems.Add(pathOf(b, l, "party"), value.NewError(TwoOrgs, l.Party.String(), "and "+lines[0].Party.String()+" cannot both sell one deal"))
		}
		if i > 0 && l.Payee == lines[i-1].Payee {
			problems.Add(pathOf(b, l, "rep"), value.NewError(PayeeRep, value.Quote(l.Payee), "stands twice in one booking; list several contributions in one payee"))
		}
		if !firstOfGroup(lines, i) {
			continue
		}
		checkShares(problems, lines[i:], b)
		if l.Credited == AsSupporting {
			support += l.Percent.Millionths()
		}
	}
	if support > exact.One {
		problems.Add("payees", value.NewError(SupportAbovePrimary, "supporting credit of "+percentText(support)+" on the "+lines[0].Party.Side.String()+" side", "is above the primary side's 100%"))
	}
}

// checkAcross refuses an id that stands on both sides; both are sorted by id.
func checkAcross(problems *value.Errors, first, second []Line, b *Booking) {
	for i, j := 0, 0; i < len(first) && j < len(second); {
		one, two := &first[i], &second[j]
		switch {
		case one.Payee < two.Payee:
			i++
		case two.Payee < one.Payee:
			j++
		default:
			problems.Add(pathOf(b, two, "rep"), twoParties(two.Payee, one.Party, two.Party))
			j++
		}
	}
}

func twoParties(rep string, one, two model.Party) *value.Error {
	return value.NewError(RepTwoParties, value.Quote(rep), "is a rep of "+one.String()+" and of "+two.String()+"; an id stands for one person")
}

// sameGroup reports whether two payees of one side share one percentage.
func sameGroup(a, b *Line) bool {
	return a.Credited == b.Credited && a.Contribution == b.Contribution
}

func firstOfGroup(lines []Line, i int) bool {
	for j := range i {
		if sameGroup(&lines[j], &lines[i]) {
			return false
		}
	}
	return true
}

// checkShares checks the shares of the first line's group.
func checkShares(problems *value.Errors, lines []Line, b *Booking) {
	var members, unstated int
	var total int64
	for i := range lines {
		if !sameGroup(&lines[0], &lines[i]) {
			continue
		}
		members++
		total += lines[i].Share.Millionths()
		if lines[i].Share.IsZero() {
			unstated++
		}
	}
	switch {
	case members == 1 && unstated == 1:
		lines[0].Share = fullPercent()
	case unstated > 0:
		problems.Add(pathOf(b, &lines[0], "share"), value.NewError(ShareMissing, strconv.Itoa(unstated)+" of "+strconv.Itoa(members)+" reps who are credited together", "state no share; each of them must"))
	case total != fullShare:
		problems.Add(pathOf(b, &lines[0], "share"), shareTotal(total))
	}
}

func shareTotal(total int64) *value.Error {
	if total < fullShare {
		return value.NewError(ShareTotal, "a total of "+percentText(total), "is "+percentText(fullShare-total)+" below 100%; shares of one group total exactly 100%")
	}
	return value.NewError(ShareTotal, "a total of "+percentText(total), "is "+percentText(total-fullShare)+" above 100%; shares of one group total exactly 100%")
}

// percentText writes a total of percentages, which with a thousand payees may be
// more than one percentage holds.
func percentText(millionths int64) string {
	if p, err := value.NewPercent(millionths); err == nil {
		return p.String()
	}
	return "more than 10000%"
}
