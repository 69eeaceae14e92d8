//go:build !before

package main

import (
	stdjson "encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/go-json-experiment/json"

	"github.com/coselling/coselling"
	"github.com/coselling/coselling/comms"
	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/comp/impact"
	"github.com/coselling/coselling/comp/timeline"
	"github.com/coselling/coselling/crmcsv"
	"github.com/coselling/coselling/deal"
	"github.com/coselling/coselling/escalation"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/registration"
	"github.com/coselling/coselling/stage"
	"github.com/coselling/coselling/stage/mapping"
	"github.com/coselling/coselling/value"
)

// This file is all that knows how the library reads and writes a document.

func documentKinds() kinds {
	return kinds{
		"book":                document(coselling.ParseBook),
		"deal":                document(coselling.ParseDeal),
		"record":              document(coselling.ParseRecord),
		"blocker":             document(member[deal.Blocker]),
		"model.matrix":        document(model.ParseMatrix),
		"model.party":         document(member[model.Party]),
		"model.person":        document(member[model.Person]),
		"model.consent":       document(member[model.Consent]),
		"model.signals":       document(member[model.Signals]),
		"model.rep":           document(member[model.Rep]),
		"model.team":          document(member[model.Team]),
		"value.money":         document(member[value.Money]),
		"registration.policy": document(registration.ParsePolicy),
		"registration.claim":  document(member[registration.Claim]),
		"registration.scope":  document(member[registration.Scope]),
		"comp.policy":         document(comp.ParsePolicy),
		"comp.payee":          document(member[comp.Payee]),
		"comp.booking":        document(member[comp.Booking]),
		"comp.history":        document(timeline.Parse),
		"comp.partial":        document(impact.ParsePartial),
		"stage.policy":        document(stage.ParsePolicy),
		"stage.opening":       document(member[stage.Opening]),
		"stage.fact":          document(member[stage.Fact]),
		"stage.event":         document(member[stage.Event]),
		"stage.override":      document(member[stage.Override]),
		"stage.mapping":       stageMapping,
		"comms.policy":        document(comms.ParsePolicy),
		"comms.person":        document(member[comms.Person]),
		"comms.activity":      document(member[comms.Activity]),
		"escalation.policy":   document(escalation.ParsePolicy),
		"escalation.case":     document(escalation.ParseCase),
		"escalation.roster":   document(escalation.ParseRoster),
		"escalation.event":    document(member[escalation.Event]),
		"crmcsv.mapping":      csvMapping,
		"texts":               texts,
	}
}

// reads is what reads itself.
type reads interface{ UnmarshalJSON([]byte) error }

// member reads a type that has no function of its own to parse it.
func member[T any](text []byte) (T, error) {
	var v T
	err := any(&v).(reads).UnmarshalJSON(text)
	return v, err
}

// document answers with the canonical form. Where it is thorough, it also reads and
// writes by the standard library, and says what differs there.
func document[T any](parse func([]byte) (T, error)) func([]byte, bool, *answer) {
	return func(text []byte, thorough bool, a *answer) {
		v, err := parse(slices.Clone(text))
		if err != nil {
			a.refuse(err)
		} else {
			a.write("canonical", v)
			a.check(v)
		}
		if thorough {
			otherwise[T](text, a)
		}
	}
}

// refuse adds the problems of an error.
func (a *answer) refuse(err error) { a.refuseIn("", err) }

// refuseIn adds the problems of an error below a path.
func (a *answer) refuseIn(path string, err error) {
	var list value.Errors
	if one, ok := errors.AsType[*value.Error](err); ok {
		list = value.Errors{one}
	}
	if all, ok := errors.AsType[value.Errors](err); ok {
		list = all
	}
	if len(list) == 0 {
		a.problems = append(a.problems, path, "an error without a code")
	}
	for _, e := range list {
		a.problems = append(a.problems, value.JoinPath(path, e.Path), string(e.Code))
	}
}

// write adds the canonical form of a value.
func (a *answer) write(name string, v any) {
	text, err := json.Marshal(v, json.Deterministic(true))
	if err != nil {
		a.say(name+" cannot be written", err.Error())
		return
	}
	a.say(name, string(text))
}

// check adds whether the value that was read is refused by its own check.
func (a *answer) check(v any) {
	if c, ok := v.(interface{ Check() error }); ok && c.Check() != nil {
		a.say("check", "refused")
	}
}

// otherwise reads and writes a document by the standard library, and as the element of a
// list in another document.
func otherwise[T any](text []byte, a *answer) {
	var standard T
	if err := stdjson.Unmarshal(text, &standard); err != nil {
		a.say("encoding/json", "refuses")
	} else if text, err := stdjson.Marshal(standard); err != nil {
		a.say("encoding/json", "does not write")
	} else {
		a.say("encoding/json", string(text))
	}
	var list []T
	if err := json.Unmarshal(slices.Concat([]byte("["), text, []byte("]")), &list); err != nil {
		a.say("in a list", "refuses")
		return
	}
	a.write("in a list", list)
}

func stageMapping(text []byte, _ bool, a *answer) {
	m, err := mapping.Parse(text)
	if err != nil {
		a.refuse(err)
		return
	}
	a.say("canonical", fmt.Sprintf("%q %q %q", m.System(), m.Source(), m.Note()))
	for _, name := range m.Names() {
		covers, err := m.Covers(name)
		ours, failed := m.Import(name)
		a.say("name", fmt.Sprintf("%q covers %q %v, becomes %q %v", name, covers, err, ours, failed))
		for _, s := range covers {
			exported, err := m.Export(s)
			a.say("stage", fmt.Sprintf("%q becomes %q %v %v", s, exported.Name, exported.Loss, err))
		}
	}
}

// csvMapping answers with what a mapping makes of an export that has every column which
// it names.
func csvMapping(text []byte, _ bool, a *answer) {
	m, err := crmcsv.ParseMapping(text)
	if err != nil {
		a.refuse(err)
		return
	}
	a.say("canonical", fmt.Sprintf("%q %q", m.Export(), m.MadeUp()))
	readExport(m, exportFor(text), a)
}

// readExport answers with the deals of an export and its bad rows.
func readExport(m crmcsv.Mapping, export string, a *answer) {
	reader, err := crmcsv.NewReader(strings.NewReader(export), m)
	if err != nil {
		a.refuseIn("export", err)
		return
	}
	for deal, err := range reader.Deals() {
		if bad, ok := errors.AsType[*crmcsv.BadRow](err); ok {
			a.say("bad row", bad.Error())
			continue
		}
		if err != nil {
			a.say("end", err.Error())
			return
		}
		a.write("booking", deal.Booking)
		a.say("deal", fmt.Sprint(deal.Line, deal.Account, deal.Status, deal.Engagement, deal.Signals, deal.Reverses))
	}
}

// texts reads a text by every function that reads one.
func texts(text []byte, _ bool, a *answer) {
	s := string(text)
	parsed(a, "money", s, value.ParseMoney)
	parsed(a, "amount", s, func(s string) (value.Money, error) { return value.ParseAmount(s, value.MustCurrency("USD")) })
	parsed(a, "amount without places", s, func(s string) (value.Money, error) { return value.ParseAmount(s, value.MustCurrency("JPY")) })
	parsed(a, "percent", s, value.ParsePercent)
	parsed(a, "currency", s, value.ParseCurrency)
	parsed(a, "date", s, value.ParseDate)
	parsed(a, "exchange", s, value.ParseExchangeRate)
	parsed(a, "rounding", s, func(s string) (r value.Rounding, err error) { err = r.UnmarshalText([]byte(s)); return r, err })
	parsed(a, "side", s, model.ParseSide)
	parsed(a, "size", s, model.ParsePlaybookSize)
	parsed(a, "engagement", s, model.ParseEngagement)
	parsed(a, "source", s, model.ParseSource)
	parsed(a, "registrant", s, model.ParseRegistrant)
	parsed(a, "answer", s, model.ParseAnswer)
	parsed(a, "topic", s, model.ParseTopic)
	parsed(a, "registration status", s, registration.ParseStatus)
	parsed(a, "registration action", s, registration.ParseAction)
	parsed(a, "measure", s, comp.ParseMeasure)
	parsed(a, "method", s, comp.ParseMethod)
	parsed(a, "model", s, comp.ParseModel)
	parsed(a, "joint origin", s, comp.ParseJointOrigin)
	parsed(a, "role", s, comp.ParseRole)
	parsed(a, "period", s, comp.ParsePeriod)
	parsed(a, "fiscal year", s, comp.ParseFiscalYear)
	parsed(a, "basis", s, timeline.ParseBasis)
	parsed(a, "owner", s, named[stage.Owner])
	parsed(a, "task kind", s, named[stage.Kind])
	parsed(a, "verb", s, named[stage.Verb])
	parsed(a, "system", s, mapping.ParseSystem)
	parsed(a, "deal status", s, crmcsv.ParseStatus)
	parsed(a, "purpose", s, comms.ParsePurpose)
	parsed(a, "part", s, named[comms.Part])
	parsed(a, "activity kind", s, named[comms.Kind])
	parsed(a, "term", s, escalation.ParseTerm)
	parsed(a, "level", s, named[escalation.Level])
	parsed(a, "function", s, named[escalation.Function])
	parsed(a, "act", s, named[escalation.Act])
}

// named reads a type that has no function of its own to parse it.
func named[T any, P interface {
	*T
	UnmarshalText([]byte) error
}](s string) (T, error) {
	var v T
	err := P(&v).UnmarshalText([]byte(s))
	return v, err
}

func parsed[T fmt.Stringer](a *answer, name, s string, parse func(string) (T, error)) {
	v, err := parse(s)
	if err != nil {
		a.refuseIn(name, err)
		return
	}
	a.say(name, v.String())
}
