package main

import (
	"slices"
	"strings"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/crmcsv"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/render"
	"github.com/coselling/coselling/value"
)

// entry is a deal, or a reversal, with its engagement model and its statements.
type entry struct {
	deal       crmcsv.Row
	advice     *advice // shared with other entries
	engagement model.Engagement
	registered registered
	statements perModel[comp.Statement] // under each model that can price it
	lines      perModel[[]comp.Line]    // their storage
	refused    perModel[value.Code]     // of each model that cannot
}

// advice is an engagement model, or the reason why there is none, with its short grounds.
type advice struct {
	model.Advice
	short string
	cell  string // short in CSV
}

func newAdvice(f facts) *advice {
	a := &advice{Advice: model.Recommend(f.signals, f.registrant)}
	a.short = a.says(f.registrant)
	a.cell = render.CSVCell(a.short)
	return a
}

func (a *advice) says(registrant model.Registrant) string {
	if a.Strength == model.Registered {
		return "registered: " + registeredBy(registrant)
	}
	text := shortCodes(a.For) + " (" + a.Strength.String() + ")"
	if against := shortCodes(a.Against); against != "" {
		text += "; against it: " + against
	}
	return text
}

// reset makes an entry ready for another deal, and reuses the lines of its statements.
func (e *entry) reset(deal *crmcsv.Row) {
	e.deal, e.engagement, e.refused = *deal, 0, perModel[value.Code]{}
}

// clone returns a copy that stays valid when e is reused.
func (e *entry) clone() *entry {
	c := *e
	c.lines = perModel[[]comp.Line]{}
	c.deal.Booking.Payees = slices.Clone(c.deal.Booking.Payees)
	for i := range c.statements {
		c.statements[i].Lines = slices.Clone(c.statements[i].Lines)
	}
	return &c
}

// settle decides the engagement model, that of the CRM or the recommended one, and the role
// of each payee that states none.
func (e *entry) settle(policy *comp.Policy) error {
	e.engagement = e.deal.Engagement
	if e.engagement == 0 {
		decided, err := e.advice.Decided()
		if err != nil {
			return err
		}
		e.engagement = decided
	}
	primary, err := policy.PrimarySide(e.engagement, e.deal.Booking.Origin())
	if err != nil {
		return err
	}
	e.deal.Booking.DeriveRoles(primary)
	return nil
}

// kind names the kind of a row for people.
func (e *entry) kind() string {
	if e.isOpen() {
		return "open*"
	}
	return e.stage()
}

// why returns the reason of the engagement model in one line.
func (e *entry) why() string {
	switch {
	case e.isFloor():
		return "what is missing to the period's floors (comp.floor)"
	case e.deal.Reverses != "":
		return "takes back " + e.deal.Reverses
	case e.deal.Engagement != 0:
		return "set in the CRM" + e.mismatch() + e.registered.why()
	}
	return e.advice.short + e.registered.why()
}

func registeredBy(r model.Registrant) string {
	text := "by the " + r.Claimant().String()
	if r.Engagement() == model.TrueCoSell {
		text += " for both sides"
	}
	return text
}

func (e *entry) mismatch() string {
	findings := model.JudgeRegistration(e.engagement, e.deal.Booking.Registrant)
	if len(findings) == 0 {
		return ""
	}
	return "; " + findings[0].String()
}

// isFloor reports whether e is the floors of a period and not a deal.
func (e *entry) isFloor() bool { return e.deal.Line == 0 }

// shortCodes returns the codes of signals without their common prefix.
func shortCodes(reasons []value.Reason) string {
	codes := make([]string, len(reasons))
	for i, r := range reasons {
		codes[i] = strings.TrimPrefix(string(r.Code()), "model.")
	}
	return strings.Join(codes, ", ")
}

// team makes a team of the credited reps; the first of a side leads it.
func (e *entry) team() model.Team {
	var team model.Team
	led := map[model.Side]bool{}
	for _, payee := range e.deal.Booking.Payees {
		side := payee.Party.Side
		team.Reps = append(team.Reps, model.Rep{ID: payee.Rep, Party: payee.Party, Lead: !led[side]})
		led[side] = true
	}
	return team
}
