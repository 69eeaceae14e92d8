package value_test

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"github.com/coselling/coselling/value"
)

// errorCode returns the code of the first error of this module in err.
func errorCode(err error) value.Code {
	e, ok := errors.AsType[*value.Error](err)
	if !ok {
		return value.Unexpected
	}
	return e.Code
}

func twoProblems() value.Errors {
	var list value.Errors
	list.Add("role_based.contributions.technical_validation", value.MustPercent("130%").CheckPart())
	list.Add(value.Index("payees", 1), value.Below("rate", value.MustPercent("-1%").CheckPart()))
	return list
}

func TestErrorsAreFoundByCode(t *testing.T) {
	list := twoProblems()
	for name, err := range map[string]error{
		"a list":       list.Err(),
		"a list below": value.Below("comp", list),
		"wrapped":      fmt.Errorf("the policy: %w", list.Err()),
		"joined":       errors.Join(errors.New("other"), list.Err()),
	} {
		if !errors.Is(err, value.PercentAbove) || !errors.Is(err, value.PercentBelow) {
			t.Errorf("%s: its codes are not found", name)
		}
		if errors.Is(err, value.PercentRange) || errors.Is(err, value.Code("")) {
			t.Errorf("%s: a code is found that it does not have", name)
		}
		first, ok := errors.AsType[*value.Error](err)
		if !ok || first.Code != value.PercentAbove || first.Got != "130%" {
			t.Errorf("%s: the first error is %v", name, first)
		}
		if all, ok := errors.AsType[value.Errors](err); !ok || len(all) != 2 {
			t.Errorf("%s: the list is %v", name, all)
		}
	}
	var nobody error
	if errors.Is(nobody, value.PercentAbove) || errors.Is(errors.New("percent.above"), value.PercentAbove) {
		t.Error("a code is found by its text")
	}
	if value.PercentAbove.Error() != "percent.above" {
		t.Errorf("the code reads %q", value.PercentAbove.Error())
	}
}

func TestErrorTextHasThePathAndTheSentence(t *testing.T) {
	const want = "comp: role_based.contributions.technical_validation: 130% is above 100%\ncomp: payees[1].rate: -1% is below 0%"
	err := value.Below("comp", twoProblems())
	if got := err.Error(); got != strings.ReplaceAll(want, "comp: ", "comp.") {
		t.Errorf("got\n%s", got)
	}
	bare := value.NewError(value.PercentAbove, "130%", "is above 100%")
	if bare.Error() != "130% is above 100%" || bare.Path != "" {
		t.Errorf("%q", bare)
	}
}

func TestInCopiesTheErrors(t *testing.T) {
	inner := value.NewError(value.PercentAbove, "130%", "is above 100%")
	list := value.Errors{inner, inner}
	one, many := value.Below("a", inner), value.Below("a", list)
	if inner.Path != "" || list[0].Path != "" {
		t.Error("In changed its argument")
	}
	if one.(*value.Error).Path != "a" || many.(value.Errors)[1].Path != "a" {
		t.Errorf("%v, %v", one, many)
	}
	if value.Below("a", nil) != nil {
		t.Error("no error became one")
	}
	if err := value.Below("a", value.Errors(nil)); err != nil {
		t.Errorf("an empty list became the error %#v", err)
	}
}

func TestErrorsAddKeepsOrderAndForeignText(t *testing.T) {
	var list value.Errors
	if list.Err() != nil || (value.Errors{}).Err() != nil {
		t.Error("an empty list is an error")
	}
	list.Add("nil", nil)
	list.Add("empty", value.Errors{})
	if len(list) != 0 {
		t.Errorf("nothing became %v", list)
	}
	list.Add("", value.NewError(value.DateFormat, "x", "is not a date"))
	list.Add("file", errors.New("line 3:\x1b[31m bad"))
	if list.Error() != "x is not a date\n"+`file: "line 3:\x1b[31m bad" was not expected here` {
		t.Errorf("got %q", list.Error())
	}
	if !errors.Is(list, value.Unexpected) || !errors.Is(list.Err(), value.DateFormat) || len(list.Unwrap()) != 2 {
		t.Errorf("got %#v", list)
	}
	foreign := value.Below("file", errors.New("bad"))
	if !errors.Is(foreign, value.Unexpected) {
		t.Errorf("a foreign error is %v", foreign)
	}
}

func TestJoinPath(t *testing.T) {
	for _, c := range []struct{ parent, child, want string }{
		{"", "", ""}, {"a", "", "a"}, {"", "a", "a"}, {"a", "b", "a.b"}, {"a", "[1]", "a[1]"}, {"", "[1]", "[1]"},
		{"a.b", "c.d", "a.b.c.d"}, {"a[0]", "b", "a[0].b"}, {"a[0]", "[1]", "a[0][1]"},
	} {
		if got := value.JoinPath(c.parent, c.child); got != c.want {
			t.Errorf("%q and %q: %q, want %q", c.parent, c.child, got, c.want)
		}
	}
	if got := value.Index("payees", 12); got != "payees[12]" {
		t.Errorf("got %q", got)
	}
}

func TestKnownListsTheAllowedNames(t *testing.T) {
	says(t, "unknown", value.Known("rounding.unknown", "up", []string{"a", "b"}), "rounding.unknown", `"up" is not known; allowed are a, b`)
	says(t, "missing", value.Known("rounding.unknown", "", []string{"a", "b"}), "rounding.unknown", "nothing is given; allowed are a, b")
}

func TestQuoteEscapes(t *testing.T) {
	long := strings.Repeat("a", 64)
	for _, c := range []struct{ name, in, want string }{
		{"empty", "", "nothing"},
		{"plain", "30 %", `"30 %"`},
		{"letters of other scripts", "größe 東京", `"größe 東京"`},
		{"quote and backslash", `a"b\c`, `"a\"b\\c"`},
		{"control", "a\x00\n\x1b[2J\x7f", `"a\x00\n\x1b[2J\x7f"`},
		{"C1 control", "\u009b", `"\u009b"`},
		{"bidi override", "a\u202eb\u2066", `"a\u202eb\u2066"`},
		{"no width", "a\u200bb\ufeff", `"a\u200bb\ufeff"`},
		{"spaces that are none", "\u00a0\u2028", `"\u00a0\u2028"`},
		{"tag", "\U000e0041", `"\U000e0041"`},
		{"invalid UTF-8", "a\xffb\xc3", `"a\xffb\xc3"`},
		{"64 bytes", long, `"` + long + `"`},
		{"65 bytes", long + "b", `"` + long + `"…`},
		{"cut inside a rune", long[:63] + "é", `"` + long[:63] + `"…`},
		{"cut after a rune", long[:62] + "éb", `"` + long[:62] + `é"…`},
		{"invalid bytes of a long text stay", strings.Repeat("\xff", 65), `"` + strings.Repeat(`\xff`, 64) + `"…`},
		{"no start of a rune near the cut", strings.Repeat("\x80", 65), `"` + strings.Repeat(`\x80`, 60) + `"…`},
	} {
		if got := value.Quote(c.in); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}

func TestQuotedTextStaysShortAndPrintable(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.OneOf(
			rapid.StringN(0, 100, -1),
			rapid.Map(rapid.SliceOfN(rapid.Byte(), 0, 200), func(b []byte) string { return string(b) }),
		).Draw(t, "text")
		got := value.Quote(s)
		// Ten bytes, \U0010ffff, is the longest escape; it stands for four bytes.
		if !utf8.ValidString(got) || len(got) > 4*64+len(`""…`) {
			t.Fatalf("%q", got)
		}
		for _, r := range strings.TrimSuffix(got, "…") {
			if !strconv.IsPrint(r) {
				t.Fatalf("%q holds %q", got, r)
			}
		}
		cut, whole := strings.CutSuffix(got, "…")
		back, err := strconv.Unquote(cut)
		switch {
		case s == "":
		case err != nil || !strings.HasPrefix(s, back):
			t.Errorf("%s is not the start of %q", got, s)
		case !whole && back != s, len(s)-len(back) > 0 && len(back) < 61:
			t.Errorf("%s leaves out too much of %q", got, s)
		}
	})
}

// A nil *Error is easily returned as an error that is not nil; it is no problem anywhere.
func TestANilErrorIsNoProblem(t *testing.T) {
	var none *value.Error
	var list value.Errors
	list.Add("a", none)
	list.Add("b", value.Errors{nil})
	if list.Err() != nil || value.Below("a", none) != nil || value.Below("a", value.Errors{nil}) != nil {
		t.Error(list)
	}
	if none.Error() != "" || none.Is(value.MoneyRange) || errors.Is(value.Errors{nil}, value.MoneyRange) {
		t.Error("a nil error says something")
	}
}

func TestKnownWithoutNames(t *testing.T) {
	if got := value.Known("x.y", "z", nil).Error(); got != `"z" is not known; allowed are none` {
		t.Error(got)
	}
}
