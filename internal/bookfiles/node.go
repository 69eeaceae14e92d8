package main

import "github.com/go-json-experiment/json"

// node is a schema, or any object of one, with its members in order.
type node []pair

type pair struct {
	name  string
	value any
}

// MarshalJSON keeps the order of the members.
func (n node) MarshalJSON() ([]byte, error) {
	out := []byte("{")
	for i, p := range n {
		if i > 0 {
			out = append(out, ',')
		}
		name, err := json.Marshal(p.name)
		if err != nil {
			return nil, err
		}
		v, err := json.Marshal(p.value)
		if err != nil {
			return nil, err
		}
		out = append(append(append(out, name...), ':'), v...)
	}
	return append(out, '}'), nil
}

func (n *node) set(name string, v any) { *n = append(*n, pair{name, v}) }

// says returns the description of a schema, or "".
func (n node) says() string {
	for _, p := range n {
		if p.name == description {
			return p.value.(string)
		}
	}
	return ""
}
