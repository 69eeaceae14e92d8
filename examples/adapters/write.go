package main

import (
	"encoding/json"
	"io"

	"github.com/coselling/coselling"
)

// written is one line of what is written for another program: a deal with its record and the notes of both, or why
// there is none. Refusals and Around stand in the last line, the sum of a document.
type written struct {
	Deal     *coselling.Deal   `json:"deal,omitempty"`
	Record   *coselling.Record `json:"record,omitempty"`
	At       string            `json:"at,omitempty"` // where in its document the payload stands
	Refused  string            `json:"refused,omitempty"`
	Assumed  []note            `json:"taken_for_granted,omitempty"`
	Lost     []note            `json:"lost,omitempty"`
	Reported []note            `json:"reported,omitempty"`
	Unread   []note            `json:"not_read,omitempty"`
	Refusals *int              `json:"refusals,omitempty"` // how many payloads were refused
	Around   []note            `json:"around,omitempty"`   // what stands around the payloads, not read
}

// write writes every payload of a document as a line of JSON, and a last one for the document.
func (all *document) write(out io.Writer) error {
	lines := json.NewEncoder(out)
	for i := range all.deals {
		d := &all.deals[i]
		line := written{Deal: &d.Deal, Record: &d.Record, At: d.path, Assumed: d.within(d.assumed),
			Lost: d.within(d.lost), Reported: d.within(d.reported), Unread: d.within(d.unmapped)}
		if d.err != nil {
			line = written{At: d.path, Refused: d.err.Error()}
		}
		if err := lines.Encode(line); err != nil {
			return err
		}
	}
	refused := all.refused()
	return lines.Encode(written{Refusals: &refused, Around: all.unmapped})
}
