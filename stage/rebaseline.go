package stage

import (
	"slices"
	"strconv"

	"github.com/coselling/coselling/internal/wire"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// Rebaseline moves the windows of the present stage and of those after it, with a reason and the other side's consent
// (stage.rebaseline). Each keeps its length. The present one begins on a day, that of the event or a later one, and
// the one before ends the day before; the first stage still begins on day 1, and ends as if it had begun on that day.
// Passed stages whose windows would end later are shortened. Of a hold under way only the days from that day on are
// added. The shift holds for every model and size. Without the consent the event waits for it. Errors: those of
// [Rules.Advance]; a day before that of the event, or after the year 9000, is a stage.rebaseline error at day.
func (r *Rules) Rebaseline(p Progress, day value.Date, m Move) (Decision, error) {
	return r.Apply(p, Event{Verb: VerbRebaseline, Day: day, Move: m})
}

func (r *Rules) checkDay(e *Event) error {
	const code value.Code = "stage.rebaseline"
	switch {
	case e.Day.IsZero():
		return value.NewError(code, "nothing", "says on which day the present stage begins")
	case e.Day.Year() > wire.LastYear:
		return value.NewError(code, e.Day.String(), "is after the year "+strconv.Itoa(wire.LastYear))
	case e.Day.Before(r.day(e.At)):
		return value.NewError(code, e.Day.String(),
			"is before the day of the event, "+r.day(e.At).String()+"; give that day or a later one")
	}
	return nil
}

// baseline is one re-baseline.
type baseline struct {
	place int        // of the stage in the standard playbook, which has the stages of the simplified one too
	days  int        // that are added to those of the playbook, also of another model or size
	first value.Date // the day on which the stage begins
	past  int        // how many pauses were over, and are within days
	held  bool       // the next pause was under way
}

func (r *Rules) rebaseline(s *state, e Event) {
	planned, place := plus(s.opening.Day, s.book.Steps[s.at].First-1), r.place(s.stage)
	replaced := func(m baseline) bool { return m.place >= place }
	s.moves = append(slices.DeleteFunc(slices.Clone(s.moves), replaced),
		baseline{place, e.Day.Sub(planned), e.Day, s.pauses.len(), s.status == OnHold})
	s.moved++
}

// place returns the place of a stage in the standard playbook, the same for every model.
func (r *Rules) place(s Stage) int { return r.books[model.PartnerLed][model.Standard].position(s) }

// moved returns a day of the playbook that belongs to the stage at a place, by the last re-baseline of that stage or
// of one before it, and by the pauses that it had not passed.
func (d *dated) moved(day value.Date, at int) value.Date {
	place := d.r.place(d.b.Steps[at].Stage)
	for i := len(d.s.moves) - 1; i >= 0; i-- {
		m := &d.s.moves[i]
		if m.place > place {
			continue
		}
		pauses := d.pauses[m.past:]
		if m.held && len(pauses) > 0 { // a deal that was lost on hold has no pause yet
			pauses = slices.Concat(after(pauses[:1], m.first), pauses[1:])
		}
		return shift(plus(day, m.days), pauses)
	}
	return shift(day, d.pauses)
}
