// Package wiregen draws values of any type for which internal/wire has a plan: well formed,
// mostly nonsense, and with texts and instants that often break documents, tables and
// pages. It tests the code that reads, writes and shows such values.
package wiregen

import (
	"encoding"
	"fmt"
	"reflect"
	"time"

	"pgregory.net/rapid"

	"github.com/coselling/coselling/internal/wire"
	"github.com/coselling/coselling/value"
)

// odd holds texts that may break a document, a table or a page.
var odd = []string{
	"ana", "bo", "acme", "us", "P-1", "=cmd|' /C calc'!A0", "+1", "@SUM(A1)", "-2", "a\nb", "a\tb\r", `"`, `\`,
	"</script>", "&amp;", "\x00", "\x1b[31m", "\u2028", "\u202e",
	"\x7f", "é", "e\u0301", "日本", "😀", "\ufeff", "\ufffd", " ", "null", "0", "a.b", "a[1]", "|", "#",
}

const (
	most = 3 // elements of a list or a table

	firstSecond = -62_135_596_799 // the second after the year 1 began
	lastSecond  = 221_876_927_999 // the last of the year 9000
	monday      = 1_793_577_600   // 2026-11-02
)

// forms holds texts of the forms that a tag names.
var forms = map[string]*rapid.Generator[string]{
	"word": rapid.StringMatching(`[a-z][a-z0-9_]{0,8}`),
	"term": rapid.SampledFrom([]string{
		"1 minute", "45 minutes", "1 hour", "2 hours", "99 hours", "10000 hours",
		"1 day", "9 days", "100 days", "9999 days",
		"1 business day", "10 business days",
		"1 business hour", "8 business hours", "999 business days", "1000 business days",
	}),
}

// Words holds texts that are drawn more often than others, by the name of a member.
type Words map[string][]string

// Of draws values of a type with tags. Needed members are not empty, other members are sometimes absent, and
// empty lists are nil. It panics for a type without a plan. words may be nil.
func Of[T any](words Words) *rapid.Generator[T] {
	plan, err := wire.PlanOf(reflect.TypeFor[T]())
	if err != nil {
		panic(err)
	}
	return rapid.Custom(func(t *rapid.T) T {
		var v T
		filler{t, words}.fill(plan, &wire.Rule{Needed: true, Each: &wire.Rule{}, Keys: &wire.Rule{}},
			reflect.ValueOf(&v).Elem(), "value")
		return v
	})
}

// Text draws text in UTF-8 that may be empty.
func Text() *rapid.Generator[string] {
	return rapid.OneOf(rapid.Just(""), rapid.SampledFrom(odd), rapid.StringN(0, 20, 100))
}

// ID draws text in UTF-8 that is not empty.
func ID() *rapid.Generator[string] {
	return rapid.OneOf(rapid.SampledFrom(odd), rapid.StringN(1, 20, 100))
}

// Instant draws an instant of the years 1 to 9000, mostly of a few days, in UTC.
func Instant() *rapid.Generator[time.Time] {
	return rapid.Custom(func(t *rapid.T) time.Time {
		seconds := rapid.OneOf(
			rapid.Map(rapid.Int64Range(0, 40), func(n int64) int64 { return monday + n*6*3600 }),
			rapid.Int64Range(firstSecond, lastSecond),
			rapid.SampledFrom([]int64{firstSecond, lastSecond, 0, monday}),
		).Draw(t, "seconds")
		nanos := rapid.OneOf(rapid.Just(int64(0)), rapid.Int64Range(0, 999_999_999)).Draw(t, "nanoseconds")
		return time.Unix(seconds, nanos).UTC()
	})
}

// filler draws values into structs, lists and tables.
type filler struct {
	*rapid.T
	words Words
}

// fill draws a value of a plan.
func (t filler) fill(plan *wire.Plan, rule *wire.Rule, v reflect.Value, name string) {
	switch plan.Kind {
	case wire.OfObject:
		for i := range plan.Fields {
			f := &plan.Fields[i]
			if !f.Omit || rapid.Bool().Draw(t.T, "has "+f.Name) {
				t.fill(f.Plan, &f.Rule, v.FieldByIndex(f.Index), f.Name)
			}
		}
	case wire.OfList:
		t.fillList(plan, rule, v, name)
	case wire.OfTable:
		t.fillTable(plan, rule, v, name)
	case wire.OfOptional:
		v.Set(reflect.New(plan.Elem.Type))
		t.fill(plan.Elem, rule, v.Elem(), name)
	default:
		t.leaf(plan, rule, v, name)
	}
}

func (t filler) fillList(plan *wire.Plan, rule *wire.Rule, v reflect.Value, name string) {
	n := rapid.IntRange(rule.Min, rule.Min+most).Draw(t.T, name+" length")
	for i := range n {
		element := reflect.New(plan.Elem.Type).Elem()
		t.fill(plan.Elem, below(rule.Each), element, fmt.Sprint(name, i))
		v.Set(reflect.Append(v, element))
	}
}

func (t filler) fillTable(plan *wire.Plan, rule *wire.Rule, v reflect.Value, name string) {
	n := rapid.IntRange(rule.Min, rule.Min+most).Draw(t.T, name+" length")
	if n > 0 || rule.Needed {
		v.Set(reflect.MakeMap(plan.Type))
	}
	for i := range n {
		key := reflect.New(plan.Type.Key()).Elem()
		text := forms[rule.Keys.Like]
		if text == nil {
			text = ID()
		}
		key.SetString(fmt.Sprint(text.Draw(t.T, name+" key"), i))
		element := reflect.New(plan.Elem.Type).Elem()
		each := *below(rule.Each)
		if plan.Elem.Kind == wire.OfList {
			each.Min = max(each.Min, 1) // an empty list of a table is left out
		}
		t.fill(plan.Elem, &each, element, fmt.Sprint(name, i))
		v.SetMapIndex(key, element)
	}
}

// below returns the rule of an element, which is not empty.
func below(rule *wire.Rule) *wire.Rule {
	needed := *rule
	needed.Needed = true
	return &needed
}

func (t filler) leaf(plan *wire.Plan, rule *wire.Rule, v reflect.Value, name string) {
	switch plan.Kind {
	case wire.OfText:
		text := Text()
		if rule.Min > 0 {
			text = ID()
		}
		if words := t.words[name]; words != nil {
			text = rapid.OneOf(rapid.SampledFrom(words), text)
		}
		v.SetString(text.Draw(t.T, name))
	case wire.OfFlag:
		v.SetBool(rapid.Bool().Draw(t.T, name))
	case wire.OfNumber:
		low, high := -1, 3
		if rule.Bounded {
			low, high = rule.Min, min(rule.Max, rule.Min+10_000)
		}
		v.SetInt(int64(rapid.IntRange(low, high).Draw(t.T, name)))
	case wire.OfEnum:
		first := 0
		if plan.Names[0] == "" && (rule.Needed || rule.Filled || rule.Set) {
			first = 1
		}
		v.SetUint(uint64(rapid.IntRange(first, len(plan.Names)-1).Draw(t.T, name)))
	case wire.OfInstant:
		v.Set(reflect.ValueOf(Instant().Draw(t.T, name)))
	case wire.OfDuration:
		low, high := 1, 400_000
		if rule.Bounded {
			low, high = rule.Min, rule.Max
		}
		v.SetInt(int64(time.Second) * int64(rapid.IntRange(low, high).Draw(t.T, name)))
	default:
		t.form(rule, v, name)
	}
}

// form draws a value of package value, or a text in one of the forms; other types stay zero.
func (t filler) form(rule *wire.Rule, v reflect.Value, name string) {
	switch into := v.Addr().Interface().(type) {
	case *value.Money:
		low := int64(-1_000_000_00)
		if rule.Positive {
			low = 1
		}
		currency := value.MustCurrency(rapid.SampledFrom([]string{"USD", "EUR", "JPY", "BHD"}).Draw(t.T,
			name+" currency"))
		*into, _ = value.NewMoney(rapid.Int64Range(low, 1_000_000_00).Draw(t.T, name), currency)
	case *value.Percent:
		texts := []string{"0%", "8%", "12.5%", "100%", "0.000001%", "-3%"}
		if rule.Part {
			texts = texts[:5]
		}
		*into = value.MustPercent(rapid.SampledFrom(texts).Draw(t.T, name))
	case *value.Date:
		*into, _ = value.DateOf(Instant().Draw(t.T, name), nil)
	case *value.ExchangeRate:
		*into, _ = value.ParseExchangeRate(rapid.SampledFrom([]string{"1 EUR = 1.08 USD on 2026-11-02", ""}).Draw(t.T,
			name))
	case encoding.TextUnmarshaler:
		if text := forms[rule.Like]; text != nil {
			_ = into.UnmarshalText([]byte(text.Draw(t.T, name)))
		}
	}
}

// Spoil changes every value that v reaches through a slice, a map or a pointer.
func Spoil(v reflect.Value) {
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				Spoil(v.Field(i))
			}
		}
	case reflect.Slice:
		for i := range v.Len() {
			Spoil(v.Index(i))
			v.Index(i).SetZero()
		}
	case reflect.Map:
		v.Clear()
	case reflect.Pointer:
		if !v.IsNil() {
			Spoil(v.Elem())
			v.Elem().SetZero()
		}
	}
}
