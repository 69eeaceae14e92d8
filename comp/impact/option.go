package impact

import (
	"cmp"
	"slices"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// Option says something more about a comparison. The zero value says nothing.
type Option struct{ set func(*settings) }

// settings are what the options say together.
type settings struct {
	only       func(rep string, party model.Party) bool // nil: everyone
	rows       func(Row) error
	byCurrency bool
	leaveOut   bool
	keep       bool // what one of the plans cannot price
	derive     func(comp.Policy, comp.Booking) (comp.Booking, error)
	movements  []scheduled
}

// scheduled is a movement that was given up front.
type scheduled struct {
	Movement
	pays bool
}

func settingsOf(options []Option) settings {
	var s settings
	for _, o := range options {
		if o.set != nil {
			o.set(&s)
		}
	}
	slices.SortStableFunc(s.movements, func(a, b scheduled) int {
		return cmp.Or(a.On.Compare(b.On), cmp.Compare(a.ID, b.ID))
	})
	return s
}

// Only compares for some payees alone: a partial comparison, see [Merge]. It reads
// all bookings, and prices those that have such a payee. What a deal counts once, such
// as its value, is counted where its payee with the bytewise lowest id is; a booking
// without payees, where the empty id is.
func Only(payee func(rep string, party model.Party) bool) Option {
	return Option{func(s *settings) { s.only = payee }}
}

// Rows calls back for every booking, movement and closing of a period, as they are
// compared. An error ends the comparison, which returns it.
func Rows(row func(Row) error) Option {
	return Option{func(s *settings) { s.rows = row }}
}

// ByCurrency keeps every currency apart instead of refusing a second one; nothing is
// converted.
func ByCurrency() Option {
	return Option{func(s *settings) { s.byCurrency = true }}
}

// LeaveOutUnpriced leaves a booking that one of the plans cannot price out of both
// columns, and counts it by reason in [Report.LeftOut], instead of refusing it.
func LeaveOutUnpriced() Option {
	return Option{func(s *settings) { s.leaveOut = true }}
}

// KeepUnpriced compares a booking or a reversal that one of the plans cannot price as
// nothing under that plan, instead of refusing it: its [Row] has the reasons, and every
// field that differs is a cause. What neither plan can price is a row without
// differences, and a booking counts in [Report.LeftOut]. Bookings come by closing date,
// then id, whatever the rates, and open deals cannot be priced. It stands in place of
// [LeaveOutUnpriced].
func KeepUnpriced() Option {
	return Option{func(s *settings) { s.keep = true }}
}

// Derive makes of each booking what one of the policies prices: the roles that it does
// not state, say ([comp.Policy.PrimarySide], [comp.Booking.WithRoles]). It changes
// nothing of the booking's value, day and id; an error is as one of pricing it.
func Derive(of func(comp.Policy, comp.Booking) (comp.Booking, error)) Option {
	return Option{func(s *settings) { s.derive = of }}
}

// Movement is an instalment or a reversal of a deal; see [comp.Payout].
type Movement struct {
	Of string // the deal's id
	comp.Movement
}

// Reversals gives the reversals of deals up front, in any order. Each takes effect
// after the bookings of its day.
func Reversals(list ...Movement) Option { return schedule(list, false) }

// Instalments gives the instalments of deals up front, in any order; these deals are
// paid by instalments alone. Each takes effect after the bookings of its day.
func Instalments(list ...Movement) Option { return schedule(list, true) }

func schedule(list []Movement, pays bool) Option {
	list = slices.Clone(list)
	return Option{func(s *settings) {
		for _, m := range list {
			s.movements = append(s.movements, scheduled{m, pays})
		}
	}}
}

// named is an id as part of an error's path.
func named(id string) string {
	if id == "" {
		return `""`
	}
	return value.Quote(id)
}
