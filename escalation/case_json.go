package escalation

import (
	"strconv"
	"time"

	"github.com/go-json-experiment/json"

	"github.com/coselling/coselling/internal/strictjson"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// maxCaseBytes holds 2,000 steps with the longest names and notes, all escaped.
const maxCaseBytes = 32 << 20

type caseWire struct {
	Deal  *string    `json:"deal"`
	Kind  *string    `json:"kind"`
	Steps []stepWire `json:"steps"`
}

type stepWire struct {
	Act   *string       `json:"act"`
	At    *string       `json:"at"`
	Level *string       `json:"level"`
	By    *model.Person `json:"by,omitempty"`
	Note  *string       `json:"note,omitempty"`
}

// MarshalJSON returns the canonical form of a case: its deal, kind and recorded
// steps, instants in RFC 3339 in UTC. [ParseCase] gives an equal case back. No case is
// null.
func (c Case) MarshalJSON() ([]byte, error) {
	if c.IsZero() {
		return []byte("null"), nil
	}
	w := caseWire{Deal: &c.deal, Kind: new(string(c.kind)), Steps: make([]stepWire, len(c.steps))}
	for i, s := range c.steps {
		w.Steps[i] = s.wire()
	}
	return json.Marshal(w, json.Deterministic(true))
}

func (s Step) wire() stepWire {
	return stepWire{new(s.Act.String()), new(strictjson.InstantText(s.At)), new(s.Level.String()), strictjson.Or(s.By), strictjson.Or(s.Note)}
}

// UnmarshalJSON is [ParseCase] for a case inside another document; null is no case.
func (c *Case) UnmarshalJSON(data []byte) error {
	if string(data) == "null" {
		*c = Case{}
		return nil
	}
	parsed, err := parseCase(data)
	if err != nil {
		return err
	}
	*c = parsed
	return nil
}

// ParseCase reads the JSON form of a case, at most 32 MiB, as strictly as
// [ParsePolicy] reads a policy; only by and note may be left out. A history that no
// case can have is refused: it begins with opened, its instants do not go back, after
// resolved it is reopened or ends, escalated goes up one level of the ladder, and a
// person stands behind acknowledged.
func ParseCase(data []byte) (Case, error) {
	c, err := parseCase(data)
	return c, value.In("case", err)
}

func parseCase(data []byte) (Case, error) {
	var w caseWire
	if err := strictjson.Decode(data, &w, strictjson.Limits{Bytes: maxCaseBytes, Depth: maxDocumentDepth}); err != nil {
		return Case{}, err
	}
	var problems value.Errors
	c := Case{deal: *w.Deal, kind: Kind(*w.Kind)}
	if !isName(c.deal) {
		problems.Add("deal", value.NewError(DealID, value.Quote(c.deal), "is no id of a deal"))
	}
	problems.Add("kind", c.kind.check())
	if n := len(w.Steps); n == 0 || n > maxSteps {
		problems.Add("steps", value.NewError(CaseSteps, strconv.Itoa(n)+" steps", "are no history; a case has 1 to "+strconv.Itoa(maxSteps)))
		return Case{}, problems
	}
	for i, s := range w.Steps {
		step, err := s.step()
		problems.Add(value.Index("steps", i), err)
		c.steps = append(c.steps, step)
	}
	if err := problems.Err(); err != nil {
		return Case{}, err
	}
	for i := range c.steps {
		problems.Add(value.Index("steps", i), follows(c.steps[:i], c.steps[i]))
	}
	if err := problems.Err(); err != nil {
		return Case{}, err
	}
	return c, nil
}

func (w stepWire) step() (Step, error) {
	var problems value.Errors
	var s Step
	strictjson.Needed(&problems, "act", *w.Act, &s.Act, ParseAct)
	strictjson.Needed(&problems, "at", *w.At, &s.At, parseInstant)
	strictjson.Needed(&problems, "level", *w.Level, &s.Level, ParseLevel)
	if w.By != nil {
		s.By = *w.By
		if !isName(s.By.Name) || s.By.Party.Org == "" {
			problems.Add("by", value.NewError(EventBy, value.Quote(s.By.Name), "is no person of an organisation"))
		}
	}
	if w.Note != nil {
		s.Note = *w.Note
		problems.Add("note", checkNote(s.Note))
	}
	return s, problems.Err()
}

// parseInstant reads RFC 3339 in UTC, in the one form that MarshalJSON writes.
func parseInstant(s string) (time.Time, error) {
	t, err := time.Parse(time.RFC3339Nano, s)
	if err != nil || t.UTC().Format(time.RFC3339Nano) != s {
		return time.Time{}, value.NewError(Instant, value.Quote(s), "is no instant; write it in UTC, like 2026-11-22T09:30:00Z")
	}
	t = t.UTC()
	return t, enter(&t)
}

// follows refuses a step that cannot come after the ones before it.
func follows(before []Step, s Step) error {
	bad := func(want string) error { return value.NewError(CaseSteps, s.Act.String(), want) }
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
	case s.Act == Opened || s.Act == Reminded:
		return bad("does not stand inside a history")
	case s.At.Before(last.At):
		return bad("is before the step that it follows")
	case (s.Act == Reopened) != (last.Act == Resolved):
		return bad("does not follow " + last.Act.String())
	case s.Level != level || s.Act == Escalated && s.Level > ExecutiveLevel:
		return bad("does not lead from level " + last.Level.String() + " to " + s.Level.String())
	case s.Act == Acknowledged && s.By == model.Person{}:
		return bad("needs a person")
	default:
		return nil
	}
}
