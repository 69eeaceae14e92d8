package comp

import "github.com/coselling/coselling/value"

// Held is the reason why the commission of a line differs from its credit at its rate; zero where it does not.
type Held uint8

// The reasons.
const (
	ByDealFloor   Held = 1 + iota // raised to the deal's floor
	ByDealCap                     // cut to the deal's cap
	ByPeriodCap                   // cut to the rest of the period's cap
	ByInstalments                 // paid in proportion to what was received
	ByClosing                     // stands in a closed period with another amount than the policy gives
)

// heldRow holds the name of a reason, its rule, and the words of [Line.Why] around the amount that was held.
type heldRow struct {
	name          string
	rule          value.Code
	before, after string
}

var heldRows = [...]heldRow{
	ByDealFloor:   {"deal_floor", Floor, "", " raised to the deal's floor"},
	ByDealCap:     {"deal_cap", Cap, "", " cut to the deal's cap"},
	ByPeriodCap:   {"period_cap", Cap, "", " cut to the rest of the period's cap"},
	ByInstalments: {"instalments", value.Code("comp.cumulative"), "", " paid as the customer pays"},
	ByClosing:     {"closing", closedRule, "", " in a line that stands otherwise"},
}

// row returns an empty row where h is out of range.
func (h Held) row() heldRow {
	if int(h) >= len(heldRows) {
		return heldRow{}
	}
	return heldRows[h]
}

// String returns the name of the reason, such as "deal_cap"; "" for the zero value and unknown numbers.
func (h Held) String() string { return h.row().name }

// holdDeal raises a line's commission to the table's floor for a deal, and then cuts it to the cap.
func (t *table) holdDeal(l *Line) {
	if !t.DealFloor.IsZero() && l.Commission.Minor() < t.DealFloor.Minor() {
		l.hold(ByDealFloor, t.DealFloor)
	}
	if !t.DealCap.IsZero() && l.Commission.Minor() > t.DealCap.Minor() {
		l.hold(ByDealCap, t.DealCap)
	}
}

// holdPeriod cuts a line's commission to the rest of the table's cap for the period.
func (t *table) holdPeriod(l *Line, r *Run) {
	if t.PeriodCap.IsZero() {
		return
	}
	var paid int64
	if sum := r.current(l.Payee).by(t); sum != nil {
		paid = sum.paid
	}
	if room := max(0, t.PeriodCap.Minor()-paid); l.Commission.Minor() > room {
		l.hold(ByPeriodCap, amountOf(room, t.Currency))
	}
}

// instalment replaces the line's commission by the part that is paid now.
func (l *Line) instalment(paid value.Money) {
	if l.creditOnly() {
		return
	}
	l.Held, l.Unheld, l.Commission = ByInstalments, l.Commission, paid
}

func (l *Line) hold(by Held, commission value.Money) {
	if l.Held == 0 {
		l.Unheld = l.Commission
	}
	l.Held, l.Commission = by, commission
}

// amountOf returns an amount that is known to be within bounds.
func amountOf(minor int64, c value.Currency) value.Money {
	m, _ := value.NewMoney(minor, c)
	return m
}
