package life

import (
	"strconv"

	"github.com/coselling/coselling/internal/wire"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// Policy holds the terms of disputes (comp.dispute). All fields are needed; start from [DefaultPolicy].
type Policy struct {
	// days after the drafting of a line, or after the day on which a missing one was won, in which it can be
	// disputed; 1 to 3,660
	DisputeDays int `json:"dispute_days" wire:"needed,1..3660"`
	// business days in which a dispute, and an appeal, is answered; unanswered it counts as declined
	AnswerDays int `json:"answer_days" wire:"needed,1..250"`
	// business days after a declined dispute, or after the draft of its correction, in which it can be appealed
	AppealDays int `json:"appeal_days" wire:"needed,1..250"`
}

// DefaultPolicy returns the terms 90 days, 5 business days and 10 business days.
func DefaultPolicy() Policy { return Policy{DisputeDays: 90, AnswerDays: 5, AppealDays: 10} }

// Check returns the problems of all terms at once, each with its member as path.
func (p Policy) Check() error { return wire.Check(&p) }

// Staff holds the people who decide about pay in one party, and its terms, from an event [Named] on until the next
// one of that party. The zero value is refused.
type Staff struct {
	Party model.Party `json:"party" wire:"needed"`
	// names of people of the party who approve lines that it pays and answer disputes about them: two at least,
	// and exactly one where the party is one person
	Approvers []string `json:"approvers" wire:"needed,1..1000,unique,each=1..256"`
	// the party declares itself one person: lines that it pays approve themselves, and say so
	Alone bool `json:"alone,omitzero"`
	// the managers of the party's payees, by the payee's id: a manager may dispute for the payee; nil: none
	Managers map[string]string `json:"managers,omitzero" wire:"..10000,keys=1..256,each=1..256"`
	Policy   Policy            `json:",inline"` // the terms of disputes about lines that the party pays
}

// check returns the problems that tags cannot express.
func (s *Staff) check() error {
	var problems value.Errors
	problems.Add("party", s.Party.Check())
	if n := len(s.Approvers); n > 0 && s.Alone != (n == 1) {
		problems.Refuse("approvers", "life.approvers", strconv.Itoa(n)+" approvers",
			"do not fit: a party names two at least, as nobody decides about their own line; one person names one")
	}
	return problems.Err()
}
