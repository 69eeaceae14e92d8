package value_test

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/coselling/coselling/value"
	"pgregory.net/rapid"
)

const ruleOfTests value.Code = "test.rule"

func TestReasonSentenceHoldsTypedOperands(t *testing.T) {
	at := time.Date(2026, 11, 20, 23, 30, 0, 5, time.FixedZone("", -5*3600))
	for _, c := range []struct {
		operand value.Operand
		v       any
		want    string
	}{
		{value.Op("x", "ana"), "ana", "ana"},
		{value.Op("x", ""), "", ""},
		{value.Op("x", -3), -3, "-3"},
		{value.Op("x", value.MustMoney("120000 USD")), value.MustMoney("120000 USD"), "120000.00 USD"},
		{value.Op("x", value.MustPercent("12.5%")), value.MustPercent("12.5%"), "12.5%"},
		{value.Op("x", ratio(t, 6, 5)), ratio(t, 6, 5), "6/5"},
		{value.Op("x", value.MustDate("2026-11-20")), value.MustDate("2026-11-20"), "2026-11-20"},
		{value.Op("x", at), at, "2026-11-21T04:30:00.000000005Z"},
	} {
		r := value.NewReason(ruleOfTests, "it is {x}, {x}; not {y} or {}", c.operand)
		if want := "it is " + c.want + ", " + c.want + "; not {y} or {}"; r.String() != want {
			t.Errorf("%T: %q, want %q", c.v, r, want)
		}
		if got := r.Operands()[0]; got.Value() != c.v || got.Name() != "x" || got.String() != c.want {
			t.Errorf("%T: operand %q is %v", c.v, got.Name(), got.Value())
		}
		if r.Code() != ruleOfTests || r.IsZero() {
			t.Errorf("code %q", r.Code())
		}
	}
	if !(value.Reason{}).IsZero() || (value.Reason{}).String() != "" {
		t.Error("the zero reason is one")
	}
}

// A name chosen by a person must not reach another operand.
func TestReasonOperandTextIsNotATemplate(t *testing.T) {
	r := value.NewReason(ruleOfTests, "{a} {b}", value.Op("a", "{b}"), value.Op("b", "hidden").To(value.NewAudience()))
	if got := r.For("anybody").String(); got != "{b} (withheld)" {
		t.Errorf("%q", got)
	}
}

func TestAudienceIncludes(t *testing.T) {
	everyone, nobody, two := value.Audience{}, value.NewAudience(), value.NewAudience("acme", "us")
	for _, c := range []struct {
		reader                string
		everyone, nobody, two bool
	}{{"acme", true, false, true}, {"us", true, false, true}, {"other", true, false, false}, {"", true, false, false}, {"ACME", true, false, false}} {
		if everyone.Includes(c.reader) != c.everyone || nobody.Includes(c.reader) != c.nobody || two.Includes(c.reader) != c.two {
			t.Errorf("%q: everyone %t, nobody %t, two %t", c.reader, everyone.Includes(c.reader), nobody.Includes(c.reader), two.Includes(c.reader))
		}
	}
	if (value.NewAudience([]string{}...)).Includes("") || value.NewAudience([]string(nil)...).Includes("") {
		t.Error("an audience of nobody became everyone's")
	}
	readers := []string{"acme"}
	a := value.NewAudience(readers...)
	readers[0] = "other"
	if a.Includes("other") || !a.Includes("acme") {
		t.Error("the audience shares the caller's slice")
	}
}

func TestReasonForHidesTheOperandsOfOthers(t *testing.T) {
	secret := value.MustMoney("7777 USD")
	r := value.NewReason(ruleOfTests, "{open} of {both} and {own} and {none}",
		value.Op("open", 1),
		value.Op("both", "both-text").To(value.NewAudience("acme", "us")),
		value.Op("own", secret).To(value.NewAudience("acme")),
		value.Op("none", "none-text").To(value.NewAudience()),
	).At("deal.price")
	for reader, want := range map[string]string{
		"acme":  "1 of both-text and 7777.00 USD and (withheld)",
		"us":    "1 of both-text and (withheld) and (withheld)",
		"other": "1 of (withheld) and (withheld) and (withheld)",
		"":      "1 of (withheld) and (withheld) and (withheld)",
	} {
		seen := r.For(reader)
		if seen.String() != want || seen.Code() != ruleOfTests || !slices.Equal(seen.Paths(), []string{"deal.price"}) {
			t.Errorf("%q: %q at %v, want %q", reader, seen, seen.Paths(), want)
		}
		for _, again := range []string{"acme", "us", reader} {
			if strings.Contains(seen.For(again).String(), "7777") && reader != "acme" {
				t.Errorf("what was withheld from %q comes back for %q", reader, again)
			}
		}
	}
	if got := r.String(); got != "1 of both-text and 7777.00 USD and none-text" {
		t.Errorf("redaction changed the reason itself: %q", got)
	}
	withheld := r.For("us").Operands()[2]
	if withheld.Name() != "own" || withheld.Value() != nil || withheld.String() != "(withheld)" || (value.Operand{}).String() != "(withheld)" {
		t.Errorf("withheld: %q, %v", withheld.Name(), withheld.Value())
	}
}

// Two reasons that differ in hidden operands alone are one for the reader, in
// every byte that reflection can reach.
func TestReasonForLeavesNoTraceOfHiddenOperands(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		draw := func(name string) value.Operand {
			switch rapid.IntRange(0, 4).Draw(t, name+" kind") {
			case 0:
				return value.Op("x", rapid.String().Draw(t, name))
			case 1:
				return value.Op("x", rapid.Int().Draw(t, name))
			case 2:
				return value.Op("x", anyMoney().Draw(t, name))
			case 3:
				return value.Op("x", anyPercent().Draw(t, name))
			default:
				return value.Op("x", time.Unix(rapid.Int64Range(0, 1<<33).Draw(t, name), 0))
			}
		}
		shown := func(o value.Operand, readers ...string) value.Reason {
			return value.NewReason(ruleOfTests, "{x} at {y}", o.To(value.NewAudience(readers...)), value.Op("y", 1)).For("us")
		}
		a, b := shown(draw("a"), "acme"), shown(draw("b"))
		if !reflect.DeepEqual(a, b) || fmt.Sprintf("%#v", a) != fmt.Sprintf("%#v", b) {
			t.Errorf("%#v\n%#v", a, b)
		}
	})
}

func TestReasonSharesNoSlice(t *testing.T) {
	operands := []value.Operand{value.Op("x", 1)}
	r := value.NewReason(ruleOfTests, "{x}", operands...).At("a")
	operands[0] = value.Op("x", 2)
	r.Operands()[0] = value.Op("x", 3)
	r.Paths()[0] = "z"
	left, right := r.At("b"), r.At("c", "d")
	if r.String() != "1" || !slices.Equal(r.Paths(), []string{"a"}) {
		t.Errorf("%q at %v", r, r.Paths())
	}
	if !slices.Equal(left.Paths(), []string{"a", "b"}) || !slices.Equal(right.Paths(), []string{"a", "c", "d"}) {
		t.Errorf("%v, %v", left.Paths(), right.Paths())
	}
}

func TestReasonBelowPrefixesEveryPath(t *testing.T) {
	r := value.NewReason(ruleOfTests, "x").At("a", "[1].b")
	if got := r.Below("list").Paths(); !slices.Equal(got, []string{"list.a", "list[1].b"}) {
		t.Errorf("%q", got)
	}
	if got := r.Paths(); !slices.Equal(got, []string{"a", "[1].b"}) {
		t.Errorf("the reason itself has changed: %q", got)
	}
}

// The oracle replaces all names of the template in one pass.
func TestReasonSentenceReplacesEachNameOnce(t *testing.T) {
	text := rapid.StringOfN(rapid.SampledFrom([]rune("ab{}")), 0, 12, -1)
	rapid.Check(t, func(t *rapid.T) {
		var pairs []string
		var operands []value.Operand
		for range rapid.IntRange(0, 4).Draw(t, "operands") {
			name, says := text.Draw(t, "name"), text.Draw(t, "says")
			pairs = append(pairs, "{"+name+"}", says)
			operands = append(operands, value.Op(name, says))
		}
		template := text.Draw(t, "template") + "{" + text.Draw(t, "middle") + "}" + text.Draw(t, "end")
		want := strings.NewReplacer(pairs...).Replace(template)
		if got := value.NewReason("a.b", template, operands...).String(); got != want {
			t.Fatalf("%q with %q: got %q, want %q", template, pairs, got, want)
		}
	})
}
