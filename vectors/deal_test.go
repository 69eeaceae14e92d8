package vectors_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"slices"
	"time"

	"github.com/coselling/coselling/assess"
	"github.com/coselling/coselling/book"
	"github.com/coselling/coselling/deal"
	"github.com/coselling/coselling/escalation"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/registration"
	"github.com/coselling/coselling/registration/domains"
	"github.com/coselling/coselling/stage"
	"github.com/coselling/coselling/value"
)

// question is about one deal. What is given by name stands in situations.json; deal and record add to it.
type question struct {
	Book      json.RawMessage
	Given     []string
	Deal      json.RawMessage
	Record    json.RawMessage
	Holidays  map[string][]value.Date // by "partner" and "vendor"
	Customers []registration.Customer
	Roster    json.RawMessage // of the host; the usual one where it is absent
	AsOf      time.Time       `json:"as_of"`
	Party     model.Party     // whose view; everything where it is absent
	Refused   bool            // some of the facts are refused by the rules, which is what the vector shows
	Change    json.RawMessage
	Hidden    *struct{ Deal, Record json.RawMessage }
}

// assessed returns the view of a deal.
func assessed(input json.RawMessage) (any, error) {
	var in question
	if err := strict(input, &in); err != nil {
		return nil, err
	}
	v, err := in.view()
	if err == nil && !in.Refused {
		err = sound(v)
	}
	return v, err
}

// sound returns the first fact that the rules refuse, for an answer without it proves nothing.
func sound(v assess.View) error {
	for _, m := range v.Missing {
		for _, p := range m.Problems {
			if p.Code != assess.FactMissing && p.Code != assess.RosterMissing && m.Part != assess.SectionModel {
				return fmt.Errorf("the facts are refused: %w", p)
			}
		}
	}
	return nil
}

func (q *question) view() (assess.View, error) {
	rules, d, r, err := q.open()
	if err != nil {
		return assess.View{}, err
	}
	answer, err := rules.Assess(d, r, q.AsOf)
	if err != nil {
		return assess.View{}, err
	}
	if q.Party.IsZero() {
		return answer.Everything(), nil
	}
	return answer.For(q.Party), nil
}

// try asks what a change would do.
func try(input json.RawMessage) (any, error) {
	var in question
	if err := strict(input, &in); err != nil {
		return nil, err
	}
	rules, d, r, err := in.open()
	if err != nil {
		return nil, err
	}
	change, err := deal.ParseChange(in.Change)
	if err != nil {
		return nil, err
	}
	before, err := rules.Assess(d, r, time.Date(2030, time.January, 1, 0, 0, 0, 0, time.UTC))
	if err != nil {
		return nil, err
	}
	if err := sound(before.Everything()); err != nil {
		return nil, err
	}
	decision, err := rules.Try(d, r, change)
	if err != nil {
		return nil, err
	}
	type undone struct {
		Event    stage.Event    `json:"event"`
		Reasons  []value.Reason `json:"reasons"`
		Repeat   model.Side     `json:"repeat"`
		Override bool           `json:"override"`
	}
	out := struct {
		Accepted bool           `json:"accepted"`
		Reasons  []value.Reason `json:"reasons"`
		Pending  []model.Party  `json:"pending"`
		Undone   []undone       `json:"undone"`
	}{decision.Accepted, decision.Reasons, decision.Pending, nil}
	for _, u := range decision.Undone {
		out.Undone = append(out.Undone, undone(u))
	}
	return out, nil
}

// hide asks whether the view of a party is the same with other facts.
func hide(input json.RawMessage) (any, error) {
	var in question
	if err := strict(input, &in); err != nil {
		return nil, err
	}
	before, err := in.view()
	if err != nil {
		return nil, err
	}
	if in.Deal, err = mergeJSON(in.Deal, in.Hidden.Deal); err != nil {
		return nil, err
	}
	if in.Record, err = appendLists(in.Record, in.Hidden.Record); err != nil {
		return nil, err
	}
	after, err := in.view()
	if err != nil {
		return nil, err
	}
	a, err := json.Marshal(before)
	if err != nil {
		return nil, err
	}
	b, err := json.Marshal(after)
	return map[string]bool{"unchanged": bytes.Equal(a, b)}, err
}

// open returns the rules, the deal and the record of a question.
func (q *question) open() (*assess.Rules, deal.Deal, deal.Record, error) {
	var (
		d deal.Deal
		r deal.Record
	)
	rules, err := q.rules()
	if err != nil {
		return nil, d, r, err
	}
	dealData, recordData, err := q.facts()
	if err != nil {
		return nil, d, r, err
	}
	if d, err = deal.Parse(dealData); err != nil {
		return nil, d, r, err
	}
	r, err = deal.ParseRecord(recordData)
	return rules, d, r, err
}

// facts adds up the situations and what the question adds itself.
func (q *question) facts() (dealData, recordData json.RawMessage, err error) {
	data, err := os.ReadFile("situations.json")
	if err != nil {
		return nil, nil, err
	}
	var situations map[string]struct {
		Says         string
		Deal, Record json.RawMessage
	}
	if err := strict(data, &situations); err != nil {
		return nil, nil, err
	}
	dealData, recordData = json.RawMessage("{}"), json.RawMessage("{}")
	for _, name := range q.Given {
		s, ok := situations[name]
		if !ok {
			return nil, nil, fmt.Errorf("no situation is called %s", name)
		}
		if dealData, err = mergeJSON(dealData, s.Deal); err != nil {
			return nil, nil, err
		}
		if recordData, err = appendLists(recordData, s.Record); err != nil {
			return nil, nil, err
		}
	}
	if dealData, err = mergeJSON(dealData, q.Deal); err != nil {
		return nil, nil, err
	}
	recordData, err = appendLists(recordData, q.Record)
	return dealData, recordData, err
}

// compiled keeps the rules of each book with its host, for most questions are asked of the same.
var compiled = make(map[string]*assess.Rules)

func (q *question) rules() (*assess.Rules, error) {
	key, err := json.Marshal([]any{q.Book, q.Roster, q.Holidays, q.Customers})
	if err != nil {
		return nil, err
	}
	if compiled[string(key)] == nil {
		if compiled[string(key)], err = q.compile(); err != nil {
			return nil, err
		}
	}
	return compiled[string(key)], nil
}

func (q *question) compile() (*assess.Rules, error) {
	b := book.Default()
	b.Registration.Vendor, b.Registration.ChannelOwners = "us", []string{"noor", "vic"}
	data, err := merged(b, q.Book)
	if err != nil {
		return nil, err
	}
	if b, err = book.Parse(data); err != nil {
		return nil, err
	}
	host := assess.Host{Zone: time.LoadLocation, Registrable: domains.Registrable, Customers: q.Customers}
	roster := q.Roster
	if roster == nil {
		if roster, err = os.ReadFile("roster.json"); err != nil {
			return nil, err
		}
	}
	r, err := escalation.ParseRoster(roster)
	if err != nil {
		return nil, err
	}
	if len(r.People) > 0 {
		host.Rosters = []escalation.Roster{r}
	}
	for _, side := range slices.Sorted(maps.Keys(q.Holidays)) {
		c, err := value.NewCalendar([]time.Weekday{1, 2, 3, 4, 5}, q.Holidays[side])
		if err != nil {
			return nil, err
		}
		if host.Calendars == nil {
			host.Calendars = map[model.Party]*value.Calendar{}
		}
		party := model.VendorOrg("us")
		if side == model.Partner.String() {
			party = model.PartnerOrg("acme")
		}
		host.Calendars[party] = &c
	}
	return assess.Compile(b, host)
}

// merged merges a change into a document, by RFC 7386.
func merged(document any, change json.RawMessage) (json.RawMessage, error) {
	data, err := json.Marshal(document)
	if err != nil {
		return nil, err
	}
	return mergeJSON(data, change)
}

func mergeJSON(document, change json.RawMessage) (json.RawMessage, error) {
	if len(change) == 0 {
		return document, nil
	}
	var with map[string]json.RawMessage
	if json.Unmarshal(change, &with) != nil || with == nil {
		return change, nil // no object replaces the whole
	}
	var base map[string]json.RawMessage
	if len(document) > 0 && json.Unmarshal(document, &base) != nil || base == nil {
		base = map[string]json.RawMessage{}
	}
	for name, v := range with {
		if string(v) == "null" {
			delete(base, name)
			continue
		}
		m, err := mergeJSON(base[name], v)
		if err != nil {
			return nil, err
		}
		base[name] = m
	}
	return json.Marshal(base)
}

// appendLists appends the lists of one record to those of another.
func appendLists(record, more json.RawMessage) (json.RawMessage, error) {
	if len(more) == 0 {
		return record, nil
	}
	a, b := map[string][]json.RawMessage{}, map[string][]json.RawMessage{}
	if len(record) > 0 {
		if err := strict(record, &a); err != nil {
			return nil, err
		}
	}
	if err := strict(more, &b); err != nil {
		return nil, err
	}
	for name, list := range b {
		a[name] = append(a[name], list...)
	}
	return json.Marshal(a)
}
