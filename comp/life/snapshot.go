package life

import (
	"cmp"
	"slices"
	"time"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/internal/wire"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// Snapshot holds every line and dispute as it stood at an instant. The caller owns its slices; nothing reads its
// JSON form back.
type Snapshot struct {
	Lines    []Standing `json:"lines,omitzero"`    // by id
	Disputes []Dispute  `json:"disputes,omitzero"` // by the instant at which they were raised, then line and doubt
}

// Dispute is a dispute as it stood at an instant. The zero value is no dispute.
type Dispute struct {
	Line   Line    `json:"line"`   // as it was when it was disputed; the missing one
	Doubt  Doubt   `json:"doubt"`  // why it is disputed
	Events []Event `json:"events"` // Disputed first, then the answers and the appeal that people gave
	// Disputed and Appealed: an answer is awaited; Accepted and Declined, the latter also where nobody answered in time
	Status    Verb      `json:"status"`
	Since     time.Time `json:"since"`              // when it got the status
	Corrected time.Time `json:"corrected,omitzero"` // when the correction was drafted; zero: it was not
	// whose turn it is: approvers who may answer; approvers who see to it that the correction is drafted; payee and
	// manager, who may appeal. nil: nobody's
	Turn  []model.Person `json:"turn,omitzero"`
	Until time.Time      `json:"until,omitzero"` // when the turn ends, which itself is too late; zero: it does not
	Final bool           `json:"final,omitzero"` // nothing can follow any more
}

// show returns a dispute as it stands.
func (s *state) show(d *dispute, at time.Time) Dispute {
	shown := Dispute{Line: d.line, Doubt: d.doubt, Events: wire.Clone(d.events), Corrected: d.corrected}
	shown.Status, shown.Since = d.status(at)
	switch left := s.deciders(d, model.Person{}); {
	case d.awaits(at):
		shown.Turn, shown.Until = left, d.due
	case d.uncorrected():
		shown.Turn = s.approvers(&d.line, func(model.Person) bool { return false })
	case !d.appealed() && at.Before(d.lapse) && len(left) > 0:
		shown.Turn, shown.Until = s.speakers(&d.line), d.lapse
	default:
		shown.Final = true
	}
	return shown
}

func (s *state) snapshot(at time.Time) Snapshot {
	shot := Snapshot{Lines: s.standings(at)}
	for _, d := range s.disputes {
		shot.Disputes = append(shot.Disputes, s.show(d, at))
	}
	slices.SortFunc(shot.Disputes, func(a, b Dispute) int {
		return cmp.Or(a.Events[0].At.Compare(b.Events[0].At), compareIDs(a.Line.ID, b.Line.ID),
			cmp.Compare(a.Doubt, b.Doubt))
	})
	return shot
}

// Open returns the disputes that are not final: each says whose turn it is, and until when. nil: none.
func (s Snapshot) Open() []Dispute {
	var open []Dispute
	for _, d := range s.Disputes {
		if !d.Final {
			open = append(open, d)
		}
	}
	return open
}

// For returns the part that a party may see. A line and a dispute about it are seen by its payer and by the
// payee's party; the latter does not see the names of the approvers of another payer. A dispute about another
// party is seen by that party too, with the booking and the payee, without amounts, corrections and the people
// whose turn it is. The zero party sees nothing.
func (s Snapshot) For(reader model.Party) Snapshot {
	var seen Snapshot
	for _, l := range s.Lines {
		if l.Line.seenBy(reader) {
			l.By, l.Turn = l.Line.shown(l.By, reader), l.Line.turn(l.Turn, reader)
			seen.Lines = append(seen.Lines, l)
		}
	}
	for _, d := range s.Disputes {
		other := d.Doubt == OtherParty && len(d.Events) > 0 && d.Events[0].Against == reader && !reader.IsZero()
		if d.Line.seenBy(reader) || other {
			seen.Disputes = append(seen.Disputes, d.forReader(reader))
		}
	}
	return seen
}

func (l *Line) seenBy(reader model.Party) bool {
	return !reader.IsZero() && (reader == l.Payer || reader == l.Party)
}

// shown returns a person of the payer without the name, where the reader is not the payer.
func (l *Line) shown(p model.Person, reader model.Party) model.Person {
	if reader != l.Payer && p.Party == l.Payer {
		p.Name = ""
	}
	return p
}

func (l *Line) turn(people []model.Person, reader model.Party) []model.Person {
	shown := slices.Clone(people)
	for i := range shown {
		shown[i] = l.shown(shown[i], reader)
	}
	return slices.Compact(shown)
}

// forReader returns a dispute as one of its readers sees it.
func (d Dispute) forReader(reader model.Party) Dispute {
	d.Turn, d.Events = d.Line.turn(d.Turn, reader), wire.Clone(d.Events)
	outside := !d.Line.seenBy(reader)
	for i := range d.Events {
		e := &d.Events[i]
		if e.Do == Accepted || e.Do == Declined {
			e.By = d.Line.shown(e.By, reader)
		}
		if outside {
			if e.By != d.Line.payee() {
				e.By.Name = ""
			}
			e.Line, e.Missing, e.Expects, e.Correction = comp.LineID{}, nil, value.Money{}, ""
		}
	}
	if outside {
		l := &d.Line
		d.Turn, d.Corrected = nil, time.Time{}
		d.Line = Line{ID: comp.LineID{Booking: l.ID.Booking, Payee: l.ID.Payee}, Party: l.Party, Won: l.Won}
	}
	return d
}
