package store

import (
	"cmp"
	"context"
	"database/sql"

	"github.com/coselling/coselling"
	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/examples/portal/internal/whatif"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/stage"
	"github.com/coselling/coselling/value"
)

// keepBookings keeps the booking of a deal that is won for each of its parties, with the payees of that party alone; of a
// deal that is not won, or not any more, it keeps none.
func keepBookings(ctx context.Context, tx *sql.Tx, d coselling.Deal, a coselling.Assessment) error {
	if _, err := tx.ExecContext(ctx, "DELETE FROM portal_booking WHERE deal = $1", d.ID); err != nil {
		return err
	}
	for _, party := range partiesOf(d) {
		v := a.For(party)
		if v.Progress.Status != stage.ClosedWon || len(v.Booking.Payees) == 0 {
			continue
		}
		text, err := v.Booking.MarshalJSON()
		if err != nil {
			return err
		}
		engagement := cmp.Or(v.Model.Set, v.Model.Advice.Engagement)
		if _, err := tx.ExecContext(ctx, "INSERT INTO portal_booking (side, org, closed, deal, engagement, booking)"+
			" VALUES ($1, $2, $3, $4, $5, $6)", party.Side.String(), party.Org, v.Booking.Closed.String(), d.ID,
			engagement.String(), string(text)); err != nil {
			return err
		}
	}
	return nil
}

// Bookings returns the deals that were won from one day until another and pay the person's company, with its own payees
// alone.
func (s *Store) Bookings(ctx context.Context, who User, from, until value.Date) ([]whatif.Deal, error) {
	var list []whatif.Deal
	var engagement string
	var text []byte
	args := []any{who.Party.Side.String(), who.Party.Org, from.String(), until.String()}
	add := func() (err error) {
		var d whatif.Deal
		if err := d.Booking.UnmarshalJSON(text); err != nil {
			return err
		}
		if engagement != "" {
			d.Engagement, err = model.ParseEngagement(engagement)
		}
		list = append(list, d)
		return err
	}
	err := s.read(ctx, who.Party, func(tx *sql.Tx) error {
		return each(ctx, tx, "SELECT engagement, booking FROM portal_booking WHERE side = $1 AND org = $2"+
			" AND closed >= $3 AND closed <= $4 ORDER BY closed, deal", args, []any{&engagement, &text}, add)
	})
	return list, err
}

// Terms returns the policy of pay that is in force.
func (s *Store) Terms() comp.Policy { return s.on(s.now()).book.Comp }
