package escalation

import (
	"github.com/coselling/coselling/internal/wire"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// maxCaseBytes is enough for 2,000 steps with the longest names and notes, all escaped.
const maxCaseBytes = 32 << 20

// caseForm is the JSON form of a [Case].
type caseForm struct {
	Deal  string      `json:"deal" wire:"needed,1..256,code=esc.deal.id"`
	Kind  BlockerKind `json:"kind" wire:"needed,like=word"`
	Steps []Entry     `json:"steps" wire:"needed,1..2000,code=esc.case.steps"`
}

// AppendJSON appends what [Case.MarshalJSON] returns.
func (c Case) AppendJSON(b []byte) ([]byte, error) {
	if c.IsZero() {
		return append(b, "null"...), nil
	}
	return wire.Append(b, &caseForm{c.deal, c.kind, c.History()})
}

// MarshalJSON returns the canonical form, which [ParseCase] reads back as an equal case. The zero case is null.
func (c Case) MarshalJSON() ([]byte, error) { return c.AppendJSON(nil) }

// UnmarshalJSON reads a case inside another document as [ParseCase] does; null is the zero case.
func (c *Case) UnmarshalJSON(data []byte) error {
	if string(data) == "null" {
		return wire.Store(c, Case{}, nil)
	}
	parsed, err := parseCase(data)
	return wire.Store(c, parsed, err)
}

// ParseCase reads the JSON form of a case, at most 32 MiB, as strictly as [ParsePolicy] reads a policy. Only by and
// note may be absent. A history that [Rules] cannot have recorded is refused, such as one in which instants
// decrease (esc.case.steps). Paths begin with case.
func ParseCase(data []byte) (Case, error) {
	c, err := parseCase(data)
	return c, value.Below("case", err)
}

func parseCase(data []byte) (Case, error) {
	var f caseForm
	if err := wire.Document(data, maxCaseBytes, &f, caseForm.rules); err != nil {
		return Case{}, err
	}
	c := Case{deal: f.Deal, kind: f.Kind}
	for _, e := range f.Steps {
		c.steps = c.steps.then(e)
	}
	return c, nil
}

// rules returns the problems that tags cannot express.
func (f caseForm) rules() error {
	var problems value.Errors
	if f.Deal != "" && !isName(f.Deal) {
		problems.Refuse("deal", dealID, value.Quote(f.Deal), "is no id of a deal")
	}
	problems.Add("kind", f.Kind.check())
	for i, s := range f.Steps {
		if by := s.By; by != (model.Person{}) && (!isName(by.Name) || by.Party.Org == "") {
			problems.Refuse(value.Index("steps", i)+".by", eventBy, value.Quote(by.Name),
				"is no person of an organisation")
		}
		problems.Add(value.Index("steps", i), follows(f.Steps[:i], s))
	}
	return problems.Err()
}

// follows refuses a step that cannot follow the steps before it.
func follows(before []Entry, s Entry) error {
	bad := func(want string) error { return value.NewError(caseSteps, s.Act.String(), want) }
	if len(before) == 0 {
		if s.Act != Opened {
			return bad("does not begin a case; opened does")
		}
		return nil
	}
	last := before[len(before)-1]
	level := last.Level
	if s.Act == Escalated {
		level++
	}
	switch {
	case s.Act == Opened || s.Act == reminded:
		return bad("does not stand inside a history")
	case s.At.Before(last.At):
		return bad("is before the step that it follows")
	case (s.Act == Reopened) != (last.Act == Resolved):
		return bad("does not follow " + last.Act.String())
	case s.Level != level || s.Act == Escalated && s.Level > ExecutiveLevel:
		return bad("does not lead from level " + last.Level.String() + " to " + s.Level.String())
	case s.Act == Acknowledged && s.By == model.Person{}:
		return bad("names no person")
	default:
		return nil
	}
}
