package model_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// enum is one closed enumeration, with its parse function and its numbers.
type enum struct {
	code    value.Code
	zero    string   // what the zero value prints
	names   []string // of the values 1, 2, …
	allowed string   // how an error lists what is known
	parse   func(string) (fmt.Stringer, error)
	number  func(int) fmt.Stringer
}

func enumOf[T interface {
	~uint8
	fmt.Stringer
}](code value.Code, parse func(string) (T, error), names ...string) enum {
	return enum{
		code: code, names: names, allowed: strings.Join(names, ", "),
		parse:  func(s string) (fmt.Stringer, error) { return parse(s) },
		number: func(i int) fmt.Stringer { return T(i) },
	}
}

func enumerations() []enum {
	answer := enumOf("answer.unknown", model.ParseYesNo, "no", "yes")
	answer.zero, answer.allowed = "unknown", "unknown, no, yes"
	return []enum{
		enumOf("side.unknown", model.ParseSide, "partner", "vendor"),
		enumOf("engagement.unknown", model.ParseEngagement, "partner_led", "vendor_led", "true_co_sell"),
		enumOf("source.unknown", model.ParseSource, "partner", "vendor", "joint"),
		enumOf("registrant.unknown", model.ParseRegistrant, "partner", "vendor", "joint_by_partner", "joint_by_vendor"),
		answer,
		enumOf("topic.unknown", model.ParseTopic, "business_process", "services", "implementation", "product", "technical", "security", "commercial"),
		enumOf("playbook.size.unknown", model.ParsePlaybookSize, "standard", "simplified"),
		{names: []string{"leads", "joint", "alternates"}, number: func(i int) fmt.Stringer { return model.Mode(i) }},
		{names: []string{"registered", "strong", "weak", "ambiguous", "undetermined"}, number: func(i int) fmt.Stringer { return model.Strength(i) }},
	}
}

func TestEveryNumberPrintsItsNameOrNothing(t *testing.T) {
	for _, e := range enumerations() {
		names := append([]string{e.zero}, e.names...)
		for i := range 256 {
			want := ""
			if i < len(names) {
				want = names[i]
			}
			if got := e.number(i).String(); got != want {
				t.Errorf("%T(%d) prints %q, want %q", e.number(i), i, got, want)
			}
		}
	}
}

func TestNamesAreReadBack(t *testing.T) {
	for _, e := range enumerations() {
		for i, name := range e.names {
			if e.parse == nil {
				continue
			}
			v, err := e.parse(name)
			if err != nil || v != e.number(i+1) || v.String() != name {
				t.Errorf("%s: %q is %v (%v)", e.code, name, v, err)
			}
		}
	}
	if a, err := model.ParseYesNo("unknown"); err != nil || a != model.Unknown {
		t.Errorf("unknown is an answer: %v %v", a, err)
	}
}

func TestUnknownNamesListWhatIsKnown(t *testing.T) {
	for _, e := range enumerations() {
		if e.parse == nil {
			continue
		}
		for bad, says := range map[string]string{
			"": "nothing is given", "Partner": `"Partner" is not known`, "YES": `"YES" is not known`, " yes": `" yes" is not known`,
			"vendor\x00": `"vendor\x00" is not known`, "1": `"1" is not known`, "other": `"other" is not known`,
		} {
			v, err := e.parse(bad)
			if !errors.Is(err, e.code) || err.Error() != says+"; allowed are "+e.allowed || v != e.number(0) {
				t.Errorf("%s: %q gives %v, %v", e.code, bad, v, err)
			}
		}
	}
}
