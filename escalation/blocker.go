package escalation

import (
	"strconv"
	"time"
	"unicode/utf8"

	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

const maxNote = 1000

// Blocker is what stops a deal: raised by a person, who may raise any kind, or
// found by [Routes.Detect]. The zero value is refused.
type Blocker struct {
	Deal   Deal // its facts; [Routes.Route] needs the lead reps, for level 1 alone
	Kind   Kind
	Raised time.Time
	By     model.Person // of the two companies; zero where it was detected
	Note   string       // at most 1,000 bytes; may be empty
	// Evidence says which facts show it (esc.detect); zero where a person raised it.
	Evidence value.Reason
}

// Event is what a person does to a case, and when.
type Event struct {
	By   model.Person `json:"by,omitzero" wire:"pos=2"`          // of the two companies; needed
	At   time.Time    `json:"at" wire:"needed,set,pos=1"`        // not before the last step of the case
	Note string       `json:"note,omitzero" wire:"..1000,pos=3"` // at most 1,000 bytes; may be empty
}

// checkBy refuses who is not of the two companies. The roster does not matter: who
// responds may not be on it.
func (r *Routes) checkBy(by model.Person) error {
	if !isName(by.Name) {
		return value.In("name", value.NewError(EventBy, value.Quote(by.Name), "is no name of a person"))
	}
	if err := by.Party.Check(); err != nil {
		return value.In("party", err)
	}
	if ours := r.parties[by.Party.Side]; by.Party != ours {
		return value.In("party", value.NewError(EventBy, value.Quote(by.Party.String()), "is not "+ours.String()+", whose roster this is"))
	}
	return nil
}

func checkNote(note string) error {
	if len(note) > maxNote || !utf8.ValidString(note) {
		return value.NewError(EventNote, strconv.Itoa(len(note))+" bytes", "are no note; a note has at most "+strconv.Itoa(maxNote)+" bytes of UTF-8")
	}
	return nil
}
