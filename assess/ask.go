package assess

import (
	"slices"
	"strconv"

	"github.com/coselling/coselling/deal"
	"github.com/coselling/coselling/internal/enum"
	"github.com/coselling/coselling/internal/wire"
	"github.com/coselling/coselling/value"
)

// Ask is a place in the change of an [Action] that only a person can fill. The zero value asks for nothing.
type Ask struct {
	Path    string   `json:"path"` // inside the change, such as event.reason or facts[0].proposal
	Kind    AskKind  `json:"kind"`
	Says    string   `json:"says"`             // the question in words, such as: why the deal is lost
	Choices []string `json:"choices,omitzero"` // the answers that are allowed; nil: any of the kind
}

// AskKind is the kind of the answer to an [Ask]. The zero value is none.
type AskKind uint8

// The kinds.
const (
	AskText  AskKind = 1 + iota // words, an id or a mail address
	AskName                     // the id or name of a person
	AskMoney                    // an amount with its currency, such as 9600.00 USD
	AskTime                     // a day, or an instant in RFC 3339, whichever the member at the path is
	AskYesNo                    // true or false
)

var askNames = [...]string{"", "text", "name", "money", "time", "yes_no"}

// String returns the kind's name, such as money; "" for the zero value.
func (k AskKind) String() string { return enum.Name(k, askNames[:]) }

// MarshalText returns what [AskKind.String] returns; the error is always nil.
func (k AskKind) MarshalText() ([]byte, error) { return []byte(k.String()), nil }

// Fill returns the change that the action asks for with the answers of a person, one for each element of Ask, in
// their order; nothing of it is unfilled then. An empty answer leaves its place empty where there are no choices. The
// action stays as it is. Errors, all at once: assess.answers for another number of answers, and where Do is nil;
// assess.answer for one that is not among the choices; what the member at the path does not take, with paths such as
// answers[0]; then those of [deal.Change.Check].
func (a Action) Fill(answers ...string) (deal.Change, error) {
	if a.Do == nil || len(answers) != len(a.Ask) {
		return deal.Change{}, value.NewError("assess.answers", strconv.Itoa(len(answers))+" answers",
			"are given; the action takes "+strconv.Itoa(len(a.Ask))+", if a program can do it")
	}
	var problems value.Errors
	change := wire.Clone(*a.Do)
	change.Unfilled = nil
	for i, answer := range answers {
		if answer != "" || a.Ask[i].Choices != nil {
			problems.Add(value.Index("answers", i), a.Ask[i].fill(&change, answer))
		}
	}
	if len(problems) == 0 {
		problems.Add("change", change.Check())
	}
	if err := problems.Err(); err != nil {
		return deal.Change{}, err
	}
	return change, nil
}

// fill puts an answer into a change.
func (q *Ask) fill(into *deal.Change, answer string) error {
	if q.Choices != nil && !slices.Contains(q.Choices, answer) {
		return value.Known("assess.answer", answer, q.Choices)
	}
	form, err := wire.Marshal(&answer)
	switch q.Kind {
	case AskMoney:
		var m value.Money
		if m, err = value.ParseMoney(answer); err == nil {
			form, err = wire.Marshal(&m)
		}
	case AskYesNo:
		form = []byte(answer)
	}
	if err != nil {
		return err
	}
	return wire.Set(into, q.Path, form)
}
