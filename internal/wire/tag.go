package wire

import (
	"math"
	"reflect"
	"strconv"
	"strings"

	"github.com/coselling/coselling/value"
)

// Rule holds the words of the wire tag of a field.
type Rule struct {
	Needed, Filled, Set, Part, Positive, Unique, UTC bool
	Min, Max                                         int // bytes, elements or the range of a number
	Bounded                                          bool
	Code                                             value.Code // of an error about the bounds; "" is the usual one
	Like                                             string
	Each, Keys                                       *Rule // of a list or a table
	pos                                              int
}

// unruled returns the rule of a value without a tag.
func unruled() *Rule { return &Rule{Max: math.MaxInt} }

// complete adds rules for the elements and keys of a list or table, where the tag has none.
func (r *Rule) complete(plan *Plan) *Rule {
	if plan.Kind == OfOptional {
		return r.complete(plan.Elem)
	}
	if plan.Kind != OfList && plan.Kind != OfTable {
		return r
	}
	if r.Keys == nil {
		r.Keys = unruled()
	}
	if r.Each == nil {
		r.Each = unruled()
	}
	r.Each.complete(plan.Elem)
	return r
}

// limit returns the highest bound of the tag, or the usual one.
func (r *Rule) limit(usual int) int {
	if r.Bounded {
		return r.Max
	}
	return usual
}

// code returns the code of the tag, or the usual one.
func (r *Rule) code(usual value.Code) value.Code {
	if r.Code != "" {
		return r.Code
	}
	return usual
}

func parseRule(text, separator string) (*Rule, error) {
	rule := unruled()
	for word := range strings.SplitSeq(text, separator) {
		if word == "" {
			continue
		}
		if err := rule.add(word); err != nil {
			return rule, err
		}
	}
	return rule, nil
}

func (r *Rule) add(word string) error {
	if flag := r.flag(word); flag != nil {
		*flag = true
		return nil
	}
	var err error
	name, rest, _ := strings.Cut(word, "=")
	switch name {
	case "code":
		r.Code = value.Code(rest)
	case "like":
		r.Like = rest
	case "pos":
		r.pos, err = strconv.Atoi(rest)
	case "each":
		r.Each, err = parseRule(rest, ";")
	case "keys":
		r.Keys, err = parseRule(rest, ";")
	default:
		err = r.bounds(word)
	}
	return err
}

func (r *Rule) flag(word string) *bool {
	return map[string]*bool{
		"needed": &r.Needed, "filled": &r.Filled, "set": &r.Set, "part": &r.Part, "positive": &r.Positive,
		"unique": &r.Unique, "utc": &r.UTC,
	}[word]
}

func (r *Rule) bounds(word string) error {
	low, high, ok := strings.Cut(word, "..")
	if !ok {
		return badTag("the word " + value.Quote(word))
	}
	r.Bounded = true
	var err error
	if low != "" {
		r.Min, err = strconv.Atoi(low)
	}
	if high != "" && err == nil {
		r.Max, err = strconv.Atoi(high)
	}
	if err != nil {
		return badTag("the range " + value.Quote(word))
	}
	return nil
}

func badTag(got string) *value.Error {
	return value.NewError(Tag, got, "means nothing in a tag of a document")
}

// tagOf returns the name of the member and its options, and false without a json tag.
func tagOf(f reflect.StructField) (name, options string, ok bool) {
	tag, ok := f.Tag.Lookup("json")
	name, options, _ = strings.Cut(tag, ",")
	return name, options, ok
}
