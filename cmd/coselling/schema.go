package main

import (
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"strings"

	"github.com/coselling/coselling/schemas"
)

var schemaCommand = command{
	name: "schema", args: "[KIND]",
	about: "the JSON Schema of a kind of document, for editors and forms; without KIND the kinds",
	examples: []string{
		"schema book > book.schema.json",
		"schema policy -out policy.schema.json",
	},
	flags: func(*flag.FlagSet) func(*call) error {
		return func(c *call) error {
			names, err := schemaNames()
			if err != nil {
				return err
			}
			if len(c.args) == 0 {
				_, err := fmt.Fprintln(c.out, strings.Join(names, "\n"))
				return err
			}
			text, err := schemas.Files().ReadFile(c.args[0] + schemaSuffix)
			if err != nil {
				return fmt.Errorf("%q is no kind of document; allowed are %s", c.args[0], strings.Join(names, ", "))
			}
			_, err = c.out.Write(text)
			return err
		}
	},
}

const schemaSuffix = ".schema.json"

// schemaNames returns the kinds of documents that have a schema, sorted.
func schemaNames() ([]string, error) {
	names, err := fs.Glob(schemas.Files(), "*"+schemaSuffix)
	for i := range names {
		names[i] = strings.TrimSuffix(names[i], schemaSuffix)
	}
	return names, err
}

// schema holds the parts of a JSON Schema that help a person.
type schema struct {
	Description string             `json:"description"`
	Ref         string             `json:"$ref"`
	Enum        []any              `json:"enum"`
	Properties  map[string]*schema `json:"properties"`
	Items       *schema            `json:"items"`
	Keys        *schema            `json:"-"` // of a table: additionalProperties that is no boolean
	AnyOf       []*schema          `json:"anyOf"`
	Defs        map[string]*schema `json:"$defs"`
}

// UnmarshalJSON reads additionalProperties, which may be a boolean.
func (s *schema) UnmarshalJSON(data []byte) error {
	type plain schema
	var more struct {
		Keys json.RawMessage `json:"additionalProperties"`
	}
	err := errors.Join(json.Unmarshal(data, (*plain)(s)), json.Unmarshal(data, &more))
	if len(more.Keys) > 0 && more.Keys[0] == '{' {
		s.Keys = new(schema)
		err = errors.Join(err, json.Unmarshal(more.Keys, s.Keys))
	}
	return err
}

// schemaOf returns the schema of a kind.
func schemaOf(kind string) (*schema, error) {
	text, err := schemas.Files().ReadFile(kind + schemaSuffix)
	s := new(schema)
	return s, errors.Join(err, json.Unmarshal(text, s))
}

// says returns in words what belongs at a path of a document; empty where the schema does not know it.
func (s *schema) says(path string) string {
	if found := s.at(s.Defs, path); found != nil {
		return strings.Join(found.words(s.Defs, nil), "; ")
	}
	return ""
}

// at finds the schema at a path; nil where there is none. The name of an entry of a table may have dots.
func (s *schema) at(defs map[string]*schema, path string) *schema {
	if path == "" {
		return s
	}
	for _, one := range append(s.AnyOf, s) {
		if name, ok := strings.CutPrefix(one.Ref, "#/$defs/"); ok && defs[name] != nil {
			return defs[name].at(defs, path)
		}
	}
	for end := 1; end <= len(path); end++ {
		if end < len(path) && path[end] != '.' && path[end] != '[' {
			continue
		}
		below := s.Properties[path[:end]]
		switch {
		case path[0] == '[':
			below = s.Items
		case below == nil:
			below = s.Keys
		}
		if below == nil {
			continue
		}
		if found := below.at(defs, strings.TrimPrefix(path[end:], ".")); found != nil {
			return found
		}
	}
	return nil
}

// words returns what a schema and those that it refers to say.
func (s *schema) words(defs map[string]*schema, words []string) []string {
	if s.Description != "" {
		words = append(words, s.Description)
	}
	if name, ok := strings.CutPrefix(s.Ref, "#/$defs/"); ok && defs[name] != nil {
		words = defs[name].words(defs, words)
	}
	for _, one := range s.AnyOf {
		words = one.words(defs, words)
	}
	var names []string
	for _, one := range s.Enum {
		if name, ok := one.(string); ok && name != "" {
			names = append(names, name)
		}
	}
	if len(names) > 0 {
		words = append(words, "one of "+strings.Join(names, ", "))
	}
	return words
}
