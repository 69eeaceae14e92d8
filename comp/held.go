package comp

import "github.com/coselling/coselling/value"

// Held says what made a line's commission another than its credit at its rate. The
// zero value is nothing.
type Held uint8

// What holds a commission.
const (
	ByDealFloor   Held = 1 + iota // raised to the deal's floor
	ByDealCap                     // cut to the deal's cap
	ByPeriodCap                   // cut to what the period's cap left
	ByInstalments                 // paid as far as the customer has paid
)

// heldRow is the name of a hold, the rule behind it and how [Line.Why] puts it, around
// the amount that was held.
type heldRow struct {
	name          string
	rule          value.Code
	before, after string
}

var heldRows = [...]heldRow{
	ByDealFloor:   {"deal_floor", Floor, "", " raised to the deal's floor"},
	ByDealCap:     {"deal_cap", Cap, "", " cut to the deal's cap"},
	ByPeriodCap:   {"period_cap", Cap, "", " cut to what the period's cap left"},
	ByInstalments: {"instalments", Cumulative, "an instalment of ", ""},
}

// row returns nothing where h is out of range.
func (h Held) row() heldRow {
	if int(h) >= len(heldRows) {
		return heldRow{}
	}
	return heldRows[h]
}

// String returns the name of what holds, or "" where nothing does.
func (h Held) String() string { return h.row().name }

// holdDeal raises a line's commission to the table's floor for a deal and cuts it to
// the cap, which wins.
func (t *table) holdDeal(l *Line) {
	if !t.DealFloor.IsZero() && l.Commission.Minor() < t.DealFloor.Minor() {
		l.hold(ByDealFloor, t.DealFloor)
	}
	if !t.DealCap.IsZero() && l.Commission.Minor() > t.DealCap.Minor() {
		l.hold(ByDealCap, t.DealCap)
	}
}

// holdPeriod cuts a line's commission to what the period's cap leaves of it in a run.
func (t *table) holdPeriod(l *Line, r *Run) {
	if t.PeriodCap.IsZero() {
		return
	}
	var paid int64
	if sum := r.current(l.Payee).by(t.id); sum != nil {
		paid = sum.paid
	}
	if room := max(0, t.PeriodCap.Minor()-paid); l.Commission.Minor() > room {
		l.hold(ByPeriodCap, amountOf(room, t.Currency))
	}
}

// instalment pays a part of the line's commission, held or not.
func (l *Line) instalment(paid value.Money) {
	l.Held, l.Unheld, l.Commission = ByInstalments, l.Commission, paid
}

func (l *Line) hold(by Held, commission value.Money) {
	if l.Held == 0 {
		l.Unheld = l.Commission
	}
	l.Held, l.Commission = by, commission
}

// amountOf makes an amount that is known to be within bounds.
func amountOf(minor int64, c value.Currency) value.Money {
	m, _ := value.NewMoney(minor, c)
	return m
}
