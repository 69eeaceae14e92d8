package impact

import (
	"cmp"
	"slices"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// Option changes how a comparison works. The zero value changes nothing, nor does an option of a nil function. Of
// two options with one function the last counts; the lists of [Movements] add up.
type Option struct{ set func(*settings) }

// settings holds the values of all options.
type settings struct {
	only       func(rep string, party model.Party) bool // nil: everyone
	rows       func(Row) error
	byCurrency bool
	leaveOut   bool
	keep       bool // see KeepUnpriced
	derive     func(comp.Policy, comp.Booking) (comp.Booking, error)
	movements  []scheduled
}

// scheduled is a movement and the day on which it counts: its own, or where that is earlier the closing of its deal.
type scheduled struct {
	comp.Movement
	day value.Date
}

func (m scheduled) order(o scheduled) int {
	return cmp.Or(m.day.Compare(o.day), cmp.Compare(m.ID, o.ID))
}

func settingsOf(options []Option) settings {
	var s settings
	for _, o := range options {
		if o.set != nil {
			o.set(&s)
		}
	}
	slices.SortStableFunc(s.movements, scheduled.order)
	return s
}

// OnlyPayees compares only some payees, for a part of a comparison that [Merge] completes. Add the bookings of these
// payees, or all, and every deal that has movements; those with such a payee are priced. A deal's value is counted
// by the part that has the payee with the bytewise lowest id, that of a booking without payees by the part that has
// the empty id.
func OnlyPayees(payee func(rep string, party model.Party) bool) Option {
	return Option{func(s *settings) { s.only = payee }}
}

// Rows calls a function for every booking, movement and closing of a period, in the order in which they are priced;
// its error ends the comparison. A booking that is left out has no row.
func Rows(row func(Row) error) Option {
	return Option{func(s *settings) { s.rows = row }}
}

// ByCurrency lets a [Comparison] take several currencies; [Partial.Reports] then gives a report for each.
// Without it a second currency is a [CurrencyMixed] error. [Compare] and [Partial.Report], which return one
// report, refuse a second currency even with it.
func ByCurrency() Option {
	return Option{func(s *settings) { s.byCurrency = true }}
}

// LeaveOutUnpriced counts bookings that one plan cannot price in [Report.LeftOut] and prices them under neither;
// otherwise they are errors. A booking without a value stays an error. [KeepUnpriced] goes before.
func LeaveOutUnpriced() Option {
	return Option{func(s *settings) { s.leaveOut = true }}
}

// KeepUnpriced counts a booking or a reversal that one of the plans cannot price as zero under it: its [Row] has
// the errors, and every field that differs is a cause. A booking that neither can price counts in
// [Report.LeftOut]; so does an open one, which no plan prices then.
func KeepUnpriced() Option {
	return Option{func(s *settings) { s.keep = true }}
}

// Derive completes each booking under each policy before it is priced, for example with roles
// ([comp.Booking.WithRoles]). Its error counts as an error of pricing, and so
// does another id, value or day (impact.derive).
func Derive(of func(comp.Policy, comp.Booking) (comp.Booking, error)) Option {
	return Option{func(s *settings) { s.derive = of }}
}

// Movements gives all movements of deals, in any order; those of a deal are judged as one set, as [comp.Payout.Move]
// does. Each follows the bookings of its day. The list is copied. Errors of the comparison: impact.movement.of for a
// deal that was not added before it, and those of [comp.Payout.Move].
func Movements(list ...comp.Movement) Option {
	list = slices.Clone(list)
	return Option{func(s *settings) {
		for _, m := range list {
			s.movements = append(s.movements, scheduled{m, m.On})
		}
	}}
}

// named writes an id as part of an error's path.
func named(id string) string {
	if id == "" {
		return `""`
	}
	return value.Quote(id)
}
