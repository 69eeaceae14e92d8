package wire_test

import (
	"errors"
	"reflect"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
	"github.com/google/go-cmp/cmp"
)

// everyField lets cmp compare values by their unexported fields too.
var everyField = cmp.Exporter(func(reflect.Type) bool { return true })

// document has a member of every kind.
type document struct {
	Name   string           `json:"name" wire:"needed"`
	Count  int              `json:"count" wire:"needed,-5..5,code=test.count"`
	Tags   []string         `json:"tags" wire:"needed,..3,unique"`
	Items  []item           `json:"items" wire:"needed,..5"`
	Rates  map[string]rate  `json:"rates" wire:"needed,..4,keys=1..80"`
	Box    box              `json:"box" wire:"needed"`
	Note   string           `json:"note,omitzero" wire:"..8"`
	Price  value.Money      `json:"price,omitzero" wire:"positive"`
	Shares map[string]box   `json:"shares,omitzero"`
	Side   model.Side       `json:"side,omitzero"`
	At     time.Time        `json:"at,omitzero"`
	Wait   time.Duration    `json:"wait,omitzero" wire:"0..86400"`
	Day    value.Date       `json:"day,omitzero"`
	Rate   value.Percent    `json:"rate,omitzero" wire:"part"`
	Closed model.Engagement `json:"closed,omitzero" wire:"filled"`
	Extra  *box             `json:"extra,omitzero"`
	Groups map[string][]int `json:"groups,omitzero"`
	Sides  []model.Side     `json:"sides,omitzero" wire:"unique"`
	Outer
}

// Outer has its member among those of the document.
type Outer struct {
	Inside Inner `json:",inline"`
}

// Inner is written first, by its pos.
type Inner struct {
	ID string `json:"id,omitzero" wire:"1..16,pos=-1"`
}

type item struct {
	ID    string        `json:"id" wire:"needed"`
	Share value.Percent `json:"share,omitzero"`
}

type rate struct {
	Tiers []tier `json:"tiers" wire:"needed"`
}

type tier struct {
	From string `json:"from" wire:"needed"`
}

type box struct {
	Flag bool `json:"flag" wire:"needed"`
}

const limit = 2000

const good = `{"name":"n","count":0,"tags":[],"items":[{"id":"a","share":"30%"},{"id":"b"}],` +
	`"rates":{"r":{"tiers":[{"from":"1"}]}},"box":{"flag":false}}`

// with returns good with one piece of text replaced.
func with(t *testing.T, old, text string) string {
	t.Helper()
	if strings.Count(good, old) != 1 {
		t.Fatalf("%q does not stand once in the document", old)
	}
	return strings.Replace(good, old, text, 1)
}

// readable fails unless each error is of this module and has a short path and text without
// invisible characters.
func readable(t *testing.T, err error) {
	t.Helper()
	if err == nil {
		return
	}
	var list value.Errors
	list.Add("", err)
	for _, e := range list {
		if e.Code == "" || e.Code == value.Unexpected || e.Got == "" || e.Problem == "" {
			t.Errorf("%#v is not complete", e)
		}
		// A level shows at most 64 bytes, each escaped to four.
		if most := 17 * (4*64 + len(`."…"`)); len(e.Path) > most {
			t.Errorf("a path of %d bytes, more than %d: %.100s", len(e.Path), most, e.Path)
		}
		text := e.Error()
		if !utf8.ValidString(text) || strings.ContainsFunc(text, func(r rune) bool { return !unicode.IsPrint(r) }) || len(text)-len(e.Path) > 500 {
			t.Errorf("unreadable: %q", text)
		}
	}
}

// codeOf returns the code of the first error.
func codeOf(err error) value.Code {
	if e, ok := errors.AsType[*value.Error](err); ok {
		return e.Code
	}
	return ""
}
