package main

import (
	"encoding/json"
	"io"

	"github.com/coselling/coselling"
)

// written is one line of what is written for another program: a deal with its record,
// or why there is none.
type written struct {
	Deal    *coselling.Deal   `json:"deal,omitempty"`
	Record  *coselling.Record `json:"record,omitempty"`
	At      string            `json:"at,omitempty"` // where in its document the payload stands
	Refused string            `json:"refused,omitempty"`
}

// write writes every payload of a document as a line of JSON.
func (all *document) write(out io.Writer) error {
	lines := json.NewEncoder(out)
	for i := range all.deals {
		d := &all.deals[i]
		line := written{Deal: &d.Deal, Record: &d.Record, At: d.path}
		if d.err != nil {
			line = written{At: d.path, Refused: d.err.Error()}
		}
		if err := lines.Encode(line); err != nil {
			return err
		}
	}
	return nil
}
