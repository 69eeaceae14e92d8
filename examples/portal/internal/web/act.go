package web

import (
	"errors"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/coselling/coselling"
	"github.com/coselling/coselling/assess"
	"github.com/coselling/coselling/deal"
	"github.com/coselling/coselling/examples/portal/internal/store"
	"github.com/coselling/coselling/registration"
	"github.com/coselling/coselling/stage"
	"github.com/coselling/coselling/value"
)

// act is an action on the page of a deal, with what the portal can do about it.
type act struct {
	coselling.Action
	ID     string // of its form on the page
	Key    string // by which the form that comes back names it
	Doers  string
	Badge  string // why it is urgent; empty: it is not
	Button string // what the button says; empty: a person does it without the portal
	Move   bool   // it is a move, which has a page of its own
	Fields []answer
	Open   bool // its form was refused, and is shown
}

// answer is a field of the form of an action.
type answer struct {
	assess.Ask
	Name, Type, Value, Problem string
	Hidden                     bool // the session knows the answer
}

// keyOf returns what names an action among those of a view.
func keyOf(a *coselling.Action) string { return string(a.Code) + " " + a.Object }

// actsOf returns the actions that a party does next, and those that wait for others. A form that came back shows what
// was typed and what is wrong with it.
func actsOf(v *coselling.View, who store.User, f form) (mine, others []act) {
	for i := range v.Next {
		a := act{Action: v.Next[i], ID: strconv.Itoa(i), Key: keyOf(&v.Next[i])}
		a.Doers = doers(&a.Action)
		if a.Urgency != assess.NextStep && a.Urgency != assess.DueLater {
			a.Badge = say("urgency." + a.Urgency.String())
		}
		own := a.Owner == 0 || a.Owner == who.Party.Side && (a.Party.IsZero() || a.Party == who.Party)
		if !own {
			others = append(others, a)
			continue
		}
		if verb := a.verb(); verb == stage.VerbAdvance || verb == stage.VerbWin {
			a.Move = true
		} else if a.doable(who) {
			a.Button = button(a.Do)
			a.Open = f.Value("action") == a.Key
			a.Fields = a.answers(who, f)
		}
		mine = append(mine, a)
	}
	return mine, others
}

func (a *act) verb() stage.Verb {
	if a.Do == nil {
		return 0
	}
	return a.Do.Event.Verb
}

// doable reports whether the portal can do an action for a person. Nobody consents in place of a company: the portal
// does not know who is its manager.
func (a *act) doable(who store.User) bool {
	if a.Do == nil {
		return false
	}
	for _, ask := range a.Ask {
		instead := a.verb() == stage.VerbConsent
		if aboutReader(ask) && (instead || ask.Choices != nil && !slices.Contains(ask.Choices, who.Rep)) {
			return false
		}
	}
	return true
}

// aboutReader reports whether an action asks who acts, which is the person who has signed in.
func aboutReader(ask assess.Ask) bool {
	return strings.HasSuffix(ask.Path, "by.name") || strings.HasSuffix(ask.Path, "filing.by")
}

// answers returns the fields of a form.
func (a *act) answers(who store.User, f form) []answer {
	fields := make([]answer, len(a.Ask))
	for j, ask := range a.Ask {
		field := answer{Ask: ask, Name: "answer" + strconv.Itoa(j), Hidden: aboutReader(ask), Type: "text"}
		if ask.Kind == assess.AskTime {
			field.Type = "date"
		}
		if a.Open {
			field.Value, field.Problem = f.Value(field.Name), f.Problem(field.Name)
		}
		fields[j] = field
	}
	return fields
}

// button says what a button does.
func button(c *deal.Change) string {
	switch {
	case c.Event.Verb == stage.VerbDone:
		return say("act.done")
	case c.Activity.Kind != 0:
		return say("act.activity")
	case len(c.Unfilled) > 0:
		return say("act.send")
	default:
		return say("act.record")
	}
}

// doers returns the people of an action, else its side.
func doers(a *coselling.Action) string {
	switch {
	case len(a.Who) > 0:
		return strings.Join(a.Who, ", ")
	case a.Owner != 0:
		return say("side." + a.Owner.String())
	default:
		return say("side.both")
	}
}

// do does an action of a deal of the version that the person has seen.
func (s *Server) do(q *request) error {
	p, err := s.dealOf(q)
	if err != nil {
		return err
	}
	p.form = s.typed(q)
	i := slices.IndexFunc(p.View.Next, func(a coselling.Action) bool { return keyOf(&a) == p.Value("action") })
	if i < 0 || p.Value("version") != strconv.Itoa(p.Version) {
		return s.overtaken(q, p)
	}
	a := act{Action: p.View.Next[i]}
	if !a.doable(q.who) {
		return store.ErrNotFound
	}
	change, err := a.Fill(a.typed(q)...)
	if err != nil {
		p.blame(a.Ask, err)
		return s.showDeal(q, http.StatusUnprocessableEntity, p)
	}
	reasons, err := s.change(q, p, change)
	switch {
	case errors.Is(err, store.ErrChanged):
		return s.overtaken(q, p)
	case isBadInput(err):
		p.blame(a.Ask, err)
		return s.showDeal(q, http.StatusUnprocessableEntity, p)
	case err != nil:
		return err
	case len(reasons) > 0:
		for _, reason := range reasons {
			p.Against = append(p.Against, reason.String())
		}
		return s.showDeal(q, http.StatusConflict, p)
	}
	return s.done(q, p.address(), say("deal.did", a.Text()))
}

// change stores a change of a deal, a new claim for it or a step of one, and returns the reasons against it.
func (s *Server) change(q *request, p *dealPage, c deal.Change) ([]value.Reason, error) {
	var answer registration.Answer
	var err error
	switch {
	case c.Claim.Claimant.Org != "":
		answer, err = s.Store.File(q.Context(), q.who, p.View.Deal, p.Version, c.Claim.Filing)
	case c.ClaimEvent.Claim != "":
		answer, err = s.Store.Decide(q.Context(), q.who, c.ClaimEvent.Claim, c.ClaimEvent.Event)
	default:
		outcome, err := s.Store.Change(q.Context(), q.who, p.View.Deal, p.Version, c)
		return outcome.Reasons, err
	}
	if err != nil || answer.Accepted {
		return nil, err
	}
	return answer.Reasons, nil
}

// typed returns the answers of a form. A day that is asked for as an instant ends in the zone of the reader.
func (a *act) typed(q *request) []string {
	answers := make([]string, len(a.Ask))
	for j, ask := range a.Ask {
		answers[j] = q.field("answer" + strconv.Itoa(j))
		if aboutReader(ask) {
			answers[j] = q.who.Rep
		}
		if day, err := value.ParseDate(answers[j]); err == nil && strings.HasSuffix(ask.Path, ".until") {
			answers[j] = day.End(q.who.Zone).Format(time.RFC3339)
		}
	}
	return answers
}

// blame puts what is wrong at its field.
func (p *dealPage) blame(asks []assess.Ask, err error) {
	list, ok := errors.AsType[value.Errors](err)
	if one, is := errors.AsType[*value.Error](err); !ok && is {
		list = value.Errors{one}
	}
	for _, e := range list {
		field := ""
		for j, ask := range asks {
			if e.Path == value.Index("answers", j) || strings.HasSuffix(e.Path, ask.Path) {
				field = "answer" + strconv.Itoa(j)
			}
		}
		p.refuse(field, e.Got+" "+e.Problem)
	}
}
