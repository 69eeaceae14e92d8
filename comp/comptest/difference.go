package comptest

import (
	"cmp"
	"slices"
	"strings"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/comp/impact"
	"github.com/coselling/coselling/value"
)

// comparison holds the differences between two policies over the same bookings.
type comparison struct {
	impact.Report
	currency    value.Currency
	deals       int
	first, last value.Date
	edits       []comp.PolicyChange // every field that differs, even if no booking depends on it
	differences []difference        // by day, then id, then payee; without those that are zero
	refused     []impact.Row        // of bookings and movements that at least one policy cannot price
}

// difference is the difference of a payee for one booking, with the errors of its row.
type difference struct {
	impact.Difference
	refused [2]error // as in a row
}

// compare finds every difference between two policies over the bookings, with the fields that caused it.
func compare(before, after comp.Policy, bookings Bookings) (comparison, error) {
	var problems value.Errors
	one, err := bookings.plan(before)
	problems.Add("before", err)
	two, err := bookings.plan(after)
	problems.Add("after", err)
	if err := problems.Err(); err != nil {
		return comparison{}, err
	}
	c := comparison{currency: bookings.currency(), deals: len(bookings.Deals), edits: editsOf(before, after)}
	if c.Report, err = bookings.Impact(one, two, impact.Rows(c.add)); err != nil {
		return comparison{}, err
	}
	slices.SortStableFunc(c.differences, func(x, y difference) int {
		return cmp.Or(x.Date.Compare(y.Date), cmp.Compare(x.Booking, y.Booking),
			x.Party.Compare(y.Party), cmp.Compare(x.Rep, y.Rep))
	})
	return c, nil
}

// Impact compares two plans over the bookings as [Change] does: roles that a deal does not state are derived under each
// policy, and a booking that one of the plans cannot price counts as zero under it ([impact.KeepUnpriced]). Errors are
// those of [impact.Compare].
func (b Bookings) Impact(before, after *comp.Plan, options ...impact.Option) (impact.Report, error) {
	return impact.Compare(before, after, b.Deals, append([]impact.Option{impact.Movements(b.Movements...),
		impact.KeepUnpriced(), impact.Derive(b.withRoles)}, options...)...)
}

// add takes the row of a deal, a reversal or the closing of a period.
func (c *comparison) add(row impact.Row) error {
	if c.first.IsZero() || row.Date.Before(c.first) {
		c.first = row.Date
	}
	if c.last.Before(row.Date) {
		c.last = row.Date
	}
	if row.Refused != [2]error{} {
		c.refused = append(c.refused, row)
	}
	for _, d := range row.Differences {
		if d.Before != d.After {
			d.Causes = editsIn(d.Causes, c.edits)
			c.differences = append(c.differences, difference{d, row.Refused})
		}
	}
	return nil
}

// editsIn returns the edits that are causes. The end of a tier counts as the beginning of the next one.
func editsIn(causes, edits []comp.PolicyChange) []comp.PolicyChange {
	paths := make([]string, 0, len(causes))
	for _, c := range causes {
		if tier, ok := strings.CutSuffix(c.Path, "].to"); ok {
			c.Path = nextTier(tier) + ".from"
		}
		paths = append(paths, c.Path)
	}
	other := func(e comp.PolicyChange) bool { return !slices.Contains(paths, e.Path) }
	return slices.DeleteFunc(slices.Clone(edits), other)
}

func amountsOf(l *comp.Line) comp.Amounts {
	return comp.Amounts{QuotaCredit: l.QuotaCredit, Influenced: l.Influenced, Commission: l.Commission}
}

func plus(a, b comp.Amounts) comp.Amounts {
	return comp.Amounts{
		QuotaCredit: sum(a.QuotaCredit, b.QuotaCredit), Influenced: sum(a.Influenced, b.Influenced),
		Commission: sum(a.Commission, b.Commission),
	}
}

// sum adds two amounts of one currency; the zero Money adds nothing, and a sum out of bounds stays as a.
func sum(a, b value.Money) value.Money {
	switch {
	case a.IsZero():
		return b
	case b.IsZero():
		return a
	}
	total, err := a.Add(b)
	if err != nil {
		return a
	}
	return total
}

// sameAmounts reports whether the amounts are equal; the zero Money equals zero.
func sameAmounts(a, b comp.Amounts) bool {
	return sameCredit(a, b) && a.Commission.Minor() == b.Commission.Minor()
}

func sameCredit(a, b comp.Amounts) bool {
	return a.QuotaCredit.Minor() == b.QuotaCredit.Minor() && a.Influenced.Minor() == b.Influenced.Minor()
}

// amountsText writes amounts; influenced credit only if there is any.
func amountsText(a comp.Amounts) string {
	text := "credit " + digits(a.QuotaCredit)
	if a.Influenced.Sign() != 0 {
		text += "  influenced " + digits(a.Influenced)
	}
	return text + "  commission " + digits(a.Commission)
}
