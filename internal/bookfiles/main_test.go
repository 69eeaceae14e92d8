package main

import (
	"os"
	"strings"
	"testing"

	"github.com/coselling/coselling"
	"github.com/coselling/coselling/value"
)

// The stored schema is what the source says now; CI runs go generate as well.
func TestSchemaIsUpToDate(t *testing.T) {
	schema, err := bookSchema("../..", coselling.CrossFieldRules())
	if err != nil {
		t.Fatal(err)
	}
	stored, err := os.ReadFile("../../book.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	if string(schema) != string(stored) || string(stored) != coselling.Schema() {
		t.Error("book.schema.json is out of date; run go generate in the root")
	}
}

// A member without words, and a rule without a meaning, help nobody.
func TestSchemaDescribesEveryMember(t *testing.T) {
	g := &generator{tree: &tree{"../..", map[string]*source{}}, seen: map[string]bool{}}
	if _, err := g.object("", "bookWire"); err != nil {
		t.Fatal(err)
	}
	members := 0
	for _, def := range g.defs {
		for _, p := range def.value.(node) {
			if p.name != "properties" {
				continue
			}
			for _, member := range p.value.(node) {
				members++
				if strings.TrimSpace(member.value.(node).says()) == "" {
					t.Errorf("%s.%s has no description", def.name, member.name)
				}
			}
		}
	}
	if members < 80 {
		t.Errorf("%d members, which are not all", members)
	}
	rules, err := g.rules(coselling.CrossFieldRules())
	if err != nil {
		t.Fatal(err)
	}
	for _, rule := range rules {
		if len(rule.value.(string)) < 20 {
			t.Errorf("%s: %q", rule.name, rule.value)
		}
	}
}

func TestGeneratorRefusesWhatItDoesNotKnow(t *testing.T) {
	for _, bad := range []string{"percent", "1-2"} {
		if _, err := parseTag(bad); err == nil {
			t.Errorf("tag %q is taken", bad)
		}
	}
	g := &generator{tree: &tree{"../..", map[string]*source{}}, seen: map[string]bool{}}
	if _, err := g.object("", "noSuchWire"); err == nil {
		t.Error("a struct that is not there is taken")
	}
	if _, err := g.rules([]value.Code{"no.such"}); err == nil {
		t.Error("a code that nobody declares is taken")
	}
}
