package web

import (
	"errors"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/coselling/coselling"
	"github.com/coselling/coselling/deal"
	"github.com/coselling/coselling/examples/portal/internal/store"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/stage"
	"github.com/coselling/coselling/value"
)

// movePage is the page on which people move a deal. Each way shows what the rules say about it before the button.
type movePage struct {
	*dealPage
	Ways []way
}

// way is one thing that can be done with the progress of a deal.
type way struct {
	Verb    stage.Verb
	Title   string
	Tos     []step // the stages to choose from; nil: there is one, or none
	To      stage.Stage
	Models  []model.Engagement // to choose from; nil: it is no change of model
	Model   model.Engagement
	Why     bool     // it takes a reason
	Needed  bool     // the reason is needed
	Day     bool     // it takes a day
	Against []string // why it would be refused
	Waits   []string // the companies whose consent it would wait for
	Page    *movePage
}

// Quiet reports whether a way is not the one on which deals go on.
func (w way) Quiet() bool {
	return w.Verb != stage.VerbAdvance && w.Verb != stage.VerbWin && w.Verb != stage.VerbResume
}

// Refused reports whether a form of this way has come back.
func (w way) Refused() bool { return w.Page.Value("verb") == w.Verb.String() }

func (s *Server) movePage(q *request) error {
	d, err := s.dealOf(q)
	if err != nil {
		return err
	}
	d.form = s.typed(q)
	if q.Form.Has("verb") {
		d.Values = q.Form // what would it do, with what was chosen
	}
	p := &movePage{dealPage: d}
	if err := s.try(q, p); err != nil {
		return err
	}
	if q.Header.Get("HX-Request") != "" {
		for _, w := range p.Ways {
			if w.Refused() {
				return s.part(q, "move", "outcome", w)
			}
		}
	}
	return s.show(q, http.StatusOK, "move", p)
}

// try asks the rules about every way. What a person has still to write makes no difference to the answer.
func (s *Server) try(q *request, p *movePage) error {
	p.Ways = nil
	for _, o := range p.View.Progress.Options {
		never := o.Verb == stage.VerbWin && p.View.Model.Set == 0 // the advance says why not
		if never || slices.ContainsFunc(o.Shut, func(shut stage.Shut) bool { return shut.Code == stage.StageState }) {
			continue // such as to resume a deal that is running
		}
		w := p.way(o)
		event := w.event(p)
		if w.Needed && event.Reason == "" {
			event.Reason = "?"
		}
		if w.Verb == stage.VerbSendBack && w.Tos == nil {
			for _, shut := range o.Shut {
				w.Against = append(w.Against, shut.Missing.String())
			}
			p.Ways = append(p.Ways, w)
			continue
		}
		outcome, err := s.Store.Try(q.Context(), q.who, p.View.Deal, deal.Change{Event: event})
		switch {
		case isBadInput(err):
			w.Against = []string{say("move.input")}
		case err != nil:
			return err
		}
		for _, reason := range outcome.Reasons {
			if text := reason.String(); !slices.Contains(w.Against, text) { // the same of each side
				w.Against = append(w.Against, text)
			}
		}
		for _, party := range outcome.Pending {
			w.Waits = append(w.Waits, party.Org)
		}
		p.Ways = append(p.Ways, w)
	}
	slices.SortStableFunc(p.Ways, func(a, b way) int {
		switch {
		case a.Quiet() == b.Quiet():
			return 0
		case b.Quiet():
			return -1
		}
		return 1
	})
	return nil
}

// way returns what a way needs, with what was typed for it.
func (p *movePage) way(o stage.Way) way {
	w := way{Verb: o.Verb, To: o.To, Page: p, Title: say("move." + o.Verb.String())}
	switch o.Verb {
	case stage.VerbAdvance:
		if o.To != "" {
			w.Title = say("move.advance.to", stageSays(&p.View, o.To))
		}
	case stage.VerbSendBack:
		for _, st := range stepsOf(&p.View) {
			if st.State == "done" {
				w.Tos = append(w.Tos, st)
				w.To = st.Stage
			}
		}
		w.Why, w.Needed = true, true
	case stage.VerbSetModel:
		for _, m := range []model.Engagement{model.PartnerLed, model.VendorLed, model.TrueCoSell} {
			if m != p.View.Model.Set {
				w.Models = append(w.Models, m)
			}
		}
		w.Model = w.Models[0]
		if advised := p.View.Model.Advice.Engagement; slices.Contains(w.Models, advised) {
			w.Model = advised
		}
		w.Needed = p.View.Model.Set != 0
		w.Why = w.Needed
	case stage.VerbHold:
		w.Day, w.Why = true, true
	case stage.VerbLose, stage.VerbReopen:
		w.Why, w.Needed = true, true
	}
	if !w.Refused() {
		return w
	}
	for _, st := range w.Tos {
		if p.Value("to") == string(st.Stage) {
			w.To = st.Stage
		}
	}
	for _, m := range w.Models {
		if p.Value("model") == m.String() {
			w.Model = m
		}
	}
	return w
}

// event returns the event of a way, with what was typed for it.
func (w way) event(p *movePage) stage.Event {
	e := stage.Event{Verb: w.Verb, Engagement: w.Model}
	e.To = w.To
	if !w.Refused() {
		return e
	}
	e.Reason = strings.TrimSpace(p.Value("reason"))
	if w.Day {
		e.Day, _ = value.ParseDate(p.Value("day")) // zero: check refuses it
	}
	return e
}

// move moves a deal of the version that the person has seen.
func (s *Server) move(q *request) error {
	d, err := s.dealOf(q)
	if err != nil {
		return err
	}
	d.form = s.typed(q)
	p := &movePage{dealPage: d}
	if p.Value("version") != strconv.Itoa(p.Version) {
		return s.movedBefore(q, p)
	}
	w, ok := p.chosen()
	if !ok {
		p.refuse("", say("move.choose"))
		return s.showMove(q, http.StatusUnprocessableEntity, p)
	}
	event := w.event(p)
	if p.check(w, event); len(p.Problems) > 0 {
		return s.showMove(q, http.StatusUnprocessableEntity, p)
	}
	outcome, err := s.Store.Change(q.Context(), q.who, p.View.Deal, p.Version, deal.Change{Event: event})
	switch {
	case errors.Is(err, store.ErrChanged):
		return s.movedBefore(q, p)
	case isBadInput(err):
		p.blame(nil, err)
		return s.showMove(q, http.StatusUnprocessableEntity, p)
	case err != nil:
		return err
	case !outcome.Accepted:
		return s.showMove(q, http.StatusConflict, p)
	case len(outcome.Pending) > 0:
		return s.done(q, p.address(), say("move.waits", outcome.Pending[0].Org))
	}
	return s.done(q, p.address(), say("move.moved"))
}

// chosen returns the way of the form.
func (p *movePage) chosen() (way, bool) {
	for _, o := range p.View.Progress.Options {
		if o.Verb.String() == p.Value("verb") {
			return p.way(o), true
		}
	}
	return way{}, false
}

// check refuses what a person has still to write.
func (p *movePage) check(w way, e stage.Event) {
	if w.Needed && e.Reason == "" {
		p.refuse("reason", say("form.needed"))
	}
	if w.Day && p.Value("day") != "" && e.Day.IsZero() {
		p.refuse("day", say("form.date"))
	}
}

// movedBefore shows the page to somebody who was too late, with what was done in the meantime.
func (s *Server) movedBefore(q *request, p *movePage) error {
	if err := s.since(q, p.dealPage); err != nil {
		return err
	}
	return s.showMove(q, http.StatusConflict, p)
}

func (s *Server) showMove(q *request, status int, p *movePage) error {
	if err := s.try(q, p); err != nil {
		return err
	}
	return s.show(q, status, "move", p)
}

// stageSays returns a stage in the words of the playbook.
func stageSays(v *coselling.View, s stage.Stage) string {
	for _, w := range v.Schedule.Windows {
		if w.Stage == s {
			return w.Says
		}
	}
	return string(s)
}
