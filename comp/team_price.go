package comp

import (
	"strconv"

	"github.com/coselling/coselling/internal/exact"
	"github.com/coselling/coselling/value"
)

// Amounts holds the credits and the commission of a line, a payee, a side or everyone: all in one currency, or each
// the zero Money where there is none.
type Amounts struct {
	QuotaCredit value.Money `json:"quota_credit,omitzero"` // counts toward quota
	Influenced  value.Money `json:"influenced,omitzero"`   // reported apart from quota credit
	Commission  value.Money `json:"commission,omitzero"`   // the amount paid
}

// QuotaValues holds the value of a deal and the quota values of its sides, all positive and in one currency.
type QuotaValues struct {
	Value   value.Money // needed where a company is paid
	Partner value.Money
	Vendor  value.Money
}

// made refuses a team that no plan has prepared.
func (t *Team) made() error {
	if t == nil {
		return (*Plan)(nil).made()
	}
	return t.plan.made()
}

// Len returns the number of lines, one for each payee and each added table; 0 for nil.
func (t *Team) Len() int {
	if t == nil {
		return 0
	}
	return len(t.lines)
}

// Price prices deals without quota values of their own, each by its amount. It overwrites the first
// len(amounts) × [Team.Len] of pays: with every line of the first deal, then every line of the next. With up to
// eight payees, and no partners who share a credit, it allocates nothing. Where there is a problem it reports every
// problem and overwrites nothing: booking.value for an amount that is not positive, comp.rate.currency for one in
// another currency than a rate table, team.room where pays is too short.
func (t *Team) Price(pays []Amounts, amounts ...value.Money) error {
	if err := t.made(); err != nil {
		return err
	}
	n, ok := len(t.lines), len(pays) >= len(amounts)*len(t.lines)
	for _, m := range amounts {
		ok = ok && t.takes(m)
	}
	if !ok {
		problems := t.refuseRoom(len(pays), len(amounts))
		for i, m := range amounts {
			problems.Add(value.Index("amounts", i), t.check(m))
		}
		return value.Below("team", problems)
	}
	var fewDue [few]exact.Due
	due := t.room(fewDue[:])
	for i, m := range amounts {
		t.price(pays[i*n:(i+1)*n], due, &bases{m, m, m})
	}
	return nil
}

// PriceQuotas is [Team.Price] for deals of which each side has a quota value. Its further error is booking.currency
// where the two are in different currencies.
func (t *Team) PriceQuotas(pays []Amounts, quotas ...QuotaValues) error {
	if err := t.made(); err != nil {
		return err
	}
	n, problems := len(t.lines), t.refuseRoom(len(pays), len(quotas))
	for i, q := range quotas {
		c := q.Partner.Currency()
		if t.takes(q.Partner) && t.takes(q.Vendor) && c == q.Vendor.Currency() &&
			(!t.companies || t.takes(q.Value) && c == q.Value.Currency()) {
			continue
		}
		at := value.Index("quotas", i)
		const want = "is not in the currency of the partner's quota value, "
		if t.companies {
			problems.Add(at+".value", t.check(q.Value))
			if !c.IsZero() && !q.Value.IsZero() && c != q.Value.Currency() {
				problems.Refuse(at+".value", bookingCurrency, amountText(q.Value), want+amountText(q.Partner))
			}
		}
		problems.Add(at+".partner", t.check(q.Partner))
		problems.Add(at+".vendor", t.check(q.Vendor))
		if !c.IsZero() && !q.Vendor.IsZero() && c != q.Vendor.Currency() {
			problems.Refuse(at+".vendor", bookingCurrency, amountText(q.Vendor), want+amountText(q.Partner))
		}
	}
	if len(problems) > 0 {
		return value.Below("team", problems)
	}
	var fewDue [few]exact.Due
	due := t.room(fewDue[:])
	for i, q := range quotas {
		t.price(pays[i*n:(i+1)*n], due, &bases{q.Value, q.Partner, q.Vendor})
	}
	return nil
}

// Line returns the i-th whole line, counted from 0, of a deal whose amount, or whose quota value of the payee's side,
// is base. It is the line that [Plan.Statement] makes of such a deal. Errors: booking.value and
// comp.rate.currency as for [Team.Price], team.line where the team has no such line.
func (t *Team) Line(base value.Money, i int) (Line, error) {
	if err := t.made(); err != nil {
		return Line{}, err
	}
	var problems value.Errors
	if n := len(t.lines); i < 0 || i >= n {
		problems.Refuse("line", "team.line", strconv.Itoa(i), "is no line; the team has "+strconv.Itoa(n)+", from 0")
	}
	problems.Add("base", t.check(base))
	if len(problems) > 0 {
		return Line{}, value.Below("team", problems)
	}
	pays := make([]Amounts, len(t.lines))
	t.shares.price(pays, make([]exact.Due, len(t.lines)), &bases{base, base, base})
	l := t.lines[i]
	t.plan.complete(&l, &t.shares, i, base, pays, nil)
	return l, nil
}

func (t *Team) takes(m value.Money) bool { return m.Minor() > 0 && (t.plain || t.fits(m) == nil) }

// check refuses an amount that the team cannot price.
func (t *Team) check(m value.Money) error {
	if m.Sign() <= 0 {
		return value.NewError(bookingValue, amountText(m), "is not positive")
	}
	return t.fits(m)
}

// fits refuses an amount in another currency than a rate table of the team.
func (t *Team) fits(m value.Money) error {
	for i := range t.lines {
		l := &t.lines[i]
		if l.Table != "" {
			if err := t.plan.tables[l.Table].fits(m.Currency()); err != nil {
				return err
			}
		}
		if l.Credited == AsCompanyFee && m.Currency() != l.Base.Currency() {
			const want = "is not in the currency of a fixed sum, "
			return value.NewError(bookingCurrency, m.String(), want+l.Base.String())
		}
	}
	return nil
}

func (t *Team) refuseRoom(pays, deals int) (problems value.Errors) {
	if need := deals * len(t.lines); pays < need {
		want := "are too few; the lines of " + strconv.Itoa(deals) + " deals need " + strconv.Itoa(need)
		problems.Refuse("pays", "team.room", strconv.Itoa(pays), want)
	}
	return problems
}

// room returns room for the dues of one side.
func (t *Team) room(list []exact.Due) []exact.Due {
	if len(t.lines) > len(list) {
		return make([]exact.Due, len(t.lines))
	}
	return list
}

// price sets what each line gets, by tables too.
func (t *Team) price(pays []Amounts, due []exact.Due, base *bases) {
	t.shares.price(pays, due, base)
	if !t.plain {
		t.priceByTables(pays, base)
	}
}

func (t *Team) priceByTables(pays []Amounts, base *bases) {
	for i := range t.lines {
		if t.lines[i].Table != "" {
			l := t.lines[i]
			t.plan.complete(&l, &t.shares, i, base[l.Party.Side], pays, nil)
			pays[i].Commission = l.Commission
		}
	}
}
