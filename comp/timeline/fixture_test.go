package timeline_test

import (
	"encoding"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/comp/timeline"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

func day(s string) value.Date {
	if s == "" {
		return value.Date{}
	}
	return value.MustDate(s)
}

func plus(t rapid.TB, d value.Date, n int) value.Date {
	t.Helper()
	later, err := d.AddDays(n)
	if err != nil {
		t.Fatal(err)
	}
	return later
}

// paying returns a policy with one percentage that no other test policy has.
func paying(percent string) comp.Policy {
	p := comp.DefaultPolicy()
	p.RoleBased.Contributions[comp.TechnicalValidation] = value.MustPercent(percent)
	return p
}

// version returns a version without an end.
func version(id, from string) timeline.Version {
	return timeline.Version{ID: id, From: day(from), Policy: comp.DefaultPolicy()}
}

func ending(v timeline.Version, to string) timeline.Version {
	v.To = day(to)
	return v
}

func correction(id, of, from string) timeline.Correction {
	return timeline.Correction{
		ID: id, Corrects: of, From: day(from), Policy: paying("31%"), Reason: "a typing error",
		Approved: timeline.Approval{
			By: model.Person{Name: "dora", Party: model.VendorOrg("us")},
			At: time.Date(2026, time.November, 23, 9, 30, 0, 0, time.UTC),
		},
	}
}

func newHistory(t rapid.TB, versions ...timeline.Version) timeline.History {
	t.Helper()
	h, err := timeline.New(timeline.DefaultTerms(), versions...)
	if err != nil {
		t.Fatal(err)
	}
	return h
}

func corrected(t rapid.TB, h timeline.History, corrections ...timeline.Correction) timeline.History {
	t.Helper()
	for _, c := range corrections {
		var err error
		if h, err = h.Correct(c); err != nil {
			t.Fatal(err)
		}
	}
	return h
}

// spans returns a text for each span: "2026+c1 2026-01-01/2026-03-31".
func spans(h timeline.History) []string {
	var list []string
	for _, s := range h.Spans() {
		id := s.Version
		if s.Correction != "" {
			id += "+" + s.Correction
		}
		list = append(list, id+" "+s.From.String()+"/"+s.To.String())
	}
	return list
}

func wantSpans(t *testing.T, h timeline.History, want ...string) {
	t.Helper()
	if got := spans(h); !slices.Equal(got, want) {
		t.Errorf("in force\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// wantError compares every line of an error, in order, and the code of each. A
// wanted line that ends in * is compared up to there; another package words the rest.
func wantError(t *testing.T, err error, code value.Code, want ...string) {
	t.Helper()
	if !errors.Is(err, code) {
		t.Errorf("%v has no code %s", err, code)
		return
	}
	same := func(got, want string) bool {
		begin, open := strings.CutSuffix(want, "*")
		return got == want || open && strings.HasPrefix(got, begin)
	}
	if got := strings.Split(err.Error(), "\n"); !slices.EqualFunc(got, want, same) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func policyText(t *testing.T) string {
	t.Helper()
	data, err := comp.DefaultPolicy().MarshalJSON()
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func sameHistory(t rapid.TB, a, b timeline.History) bool {
	t.Helper()
	return text(t, a) == text(t, b) && slices.Equal(spans(a), spans(b))
}

func text(t rapid.TB, h timeline.History) string {
	t.Helper()
	data, err := h.MarshalJSON()
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// named reads the name of an enumeration.
func named[T any, P interface {
	*T
	encoding.TextUnmarshaler
}](name string) (T, error) {
	var v T
	err := P(&v).UnmarshalText([]byte(name))
	return v, err
}
