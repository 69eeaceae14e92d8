package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/coselling/coselling"
	agreed "github.com/coselling/coselling/book"
	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/comp/comptest"
	"github.com/coselling/coselling/comp/impact"
	"github.com/coselling/coselling/comp/timeline"
	"github.com/coselling/coselling/crmcsv"
	"github.com/coselling/coselling/deal"
	"github.com/coselling/coselling/escalation"
	"github.com/coselling/coselling/schemas"
	"github.com/coselling/coselling/value"
)

// kind is a kind of document that people write.
type kind struct {
	name string // as that of its schema; empty for a text that is not JSON
	// judge returns every problem of a document, with paths inside it, or what is doubtful in one without problems.
	judge func(data []byte) (doubts []value.Reason, err error)
}

func kinds() []kind {
	return []kind{
		{"book", judged((*agreed.Book).UnmarshalJSON, doubtsOfBook)},
		{"policy", judged((*comp.Policy).UnmarshalJSON, doubtsOfPolicy)},
		{"history", judged((*timeline.History).UnmarshalJSON, doubtsOfHistory)},
		{"roster", judged((*escalation.Roster).UnmarshalJSON, nil)},
		{"mapping", judged((*crmcsv.Mapping).UnmarshalJSON, doubtsOfMapping)},
		{"deal", judged((*deal.Deal).UnmarshalJSON, nil)},
		{"record", judged((*deal.Record).UnmarshalJSON, nil)},
		{"test", func(data []byte) ([]value.Reason, error) {
			_, err := comptest.ParseTest(data)
			return nil, err
		}},
	}
}

// maxDocumentBytes is the largest document of any kind, a record; each kind has its own limit below it.
const maxDocumentBytes = 64 << 20

func judged[T any](read func(*T, []byte) error, doubts func(T) ([]value.Reason, error)) func([]byte) ([]value.Reason,
	error) {
	return func(data []byte) ([]value.Reason, error) {
		var v T
		if err := read(&v, data); err != nil || doubts == nil {
			return nil, err
		}
		return doubts(v)
	}
}

// doubtsOfBook also refuses a book of which no engine can be made, because its time zone is unknown here.
func doubtsOfBook(b agreed.Book) ([]value.Reason, error) {
	if _, err := coselling.New(b, coselling.Host{Zone: time.LoadLocation}); err != nil {
		return nil, withoutFirst("book", err)
	}
	return b.Lint(), nil
}

func doubtsOfPolicy(p comp.Policy) ([]value.Reason, error) { return impact.Lint(p), nil }

func doubtsOfHistory(h timeline.History) (all []value.Reason, err error) {
	add := func(list string, i int, p comp.Policy) {
		for _, doubt := range impact.Lint(p) {
			all = append(all, doubt.Below(value.Index(list, i)+".policy"))
		}
	}
	for i, v := range h.Versions() {
		add("versions", i, v.Policy)
	}
	for i, c := range h.Corrections() {
		add("corrections", i, c.Policy)
	}
	return all, nil
}

// doubtsOfMapping returns the doubts that the mapping states itself. It refuses a time zone that is unknown here.
func doubtsOfMapping(m crmcsv.Mapping) (all []value.Reason, err error) {
	if _, err := time.LoadLocation(m.Zone()); err != nil {
		return nil, value.Below("zone", value.NewError(agreed.ZoneUnresolved, value.Quote(m.Zone()),
			"is no time zone that is known here; write an IANA name such as Europe/Berlin"))
	}
	for i, text := range m.Doubts() {
		doubt := value.NewReason("mapping.doubt", "{doubt}", value.Op("doubt", text))
		all = append(all, doubt.At(value.Index("doubts", i)))
	}
	return all, nil
}

// withoutFirst takes a name away from the beginning of the paths of an error.
func withoutFirst(name string, err error) error {
	var all, inside value.Errors
	all.Add("", err)
	for _, e := range all {
		path, _ := strings.CutPrefix(e.Path, name)
		inside = append(inside, &value.Error{Code: e.Code, Path: strings.TrimPrefix(path, "."), Got: e.Got,
			Problem: e.Problem, Class: e.Class})
	}
	return inside.Err()
}

// kindOf finds the kind of a document, that of a name if it is given, else the one that has most of its members.
func kindOf(name string, data []byte) (kind, error) {
	all := kinds()
	names := make([]string, len(all))
	var best kind
	most, tie := 0, false
	members, syntax := membersOf(data)
	for i, k := range all {
		names[i] = k.name
		if k.name == name {
			return k, nil
		}
		n, err := shared(k.name, members)
		if err != nil {
			return kind{}, err
		}
		tie = n == most || n < most && tie
		if n > most {
			best, most = k, n
		}
	}
	switch {
	case name != "":
		return kind{}, fmt.Errorf("-kind %s is not known; allowed are %s", name, strings.Join(names, ", "))
	case syntax && most == 0:
		return kind{judge: all[0].judge}, nil // whose problem is that it is not JSON
	case most == 0 || tie:
		return kind{}, fmt.Errorf("its members do not say what kind of document it is; say it with -kind, one of %s",
			strings.Join(names, ", "))
	}
	return best, nil
}

// membersOf returns the names of the members of an object, and whether the text is no JSON object.
func membersOf(data []byte) (names []string, broken bool) {
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.UseNumber()
	if token, err := dec.Token(); err != nil || token != json.Delim('{') {
		return nil, err != nil
	}
	for dec.More() {
		name, err := dec.Token()
		if err == nil {
			err = skip(dec)
		}
		if err != nil {
			return names, true
		}
		names = append(names, fmt.Sprint(name))
	}
	return names, false
}

// shared returns how many of the names are members of the documents of a kind.
func shared(kind string, names []string) (n int, err error) {
	text, err := schemas.Files().ReadFile(kind + schemaSuffix)
	var s struct {
		Properties map[string]json.RawMessage `json:"properties"`
	}
	err = errors.Join(err, json.Unmarshal(text, &s))
	for _, name := range names {
		if s.Properties[name] != nil {
			delete(s.Properties, name) // a name that stands twice counts once
			n++
		}
	}
	return n, err
}
