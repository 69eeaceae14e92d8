package model

import (
	"github.com/go-json-experiment/json"

	"github.com/coselling/coselling/internal/strictjson"
	"github.com/coselling/coselling/value"
)

// adviceWire is the JSON form; what is empty is left out.
type adviceWire struct {
	Strength       string         `json:"strength,omitempty"`
	Engagement     string         `json:"engagement,omitempty"`
	Candidates     []string       `json:"candidates,omitempty"`
	For            []value.Reason `json:"for,omitempty"`
	Against        []value.Reason `json:"against,omitempty"`
	Contradictions []value.Reason `json:"contradictions,omitempty"`
	Missing        []value.Reason `json:"missing,omitempty"`
}

// MarshalJSON returns the advice with its reasons: members in a fixed order, what is
// empty left out. The form is for readers; nothing reads it back.
func (a Advice) MarshalJSON() ([]byte, error) {
	w := adviceWire{
		Strength: a.Strength.String(), Engagement: a.Engagement.String(),
		For: a.For, Against: a.Against, Contradictions: a.Contradictions, Missing: a.Missing,
	}
	for _, c := range a.Candidates {
		w.Candidates = append(w.Candidates, c.String())
	}
	return json.Marshal(w)
}

// rolesWire is the JSON form; what is empty is left out.
type rolesWire struct {
	Engagement string         `json:"engagement,omitempty"`
	Duties     []Duty         `json:"duties,omitempty"`
	Findings   []value.Reason `json:"findings,omitempty"`
}

// MarshalJSON returns who does what, duties in the matrix's order: members in a fixed
// order, what is empty left out. The form is for readers; nothing reads it back.
func (r Roles) MarshalJSON() ([]byte, error) {
	return json.Marshal(rolesWire{r.Engagement.String(), r.Duties, r.Findings})
}

// dutyWire is the JSON form, the cell inside; what is empty is left out.
type dutyWire struct {
	Responsibility Responsibility `json:"responsibility"`
	Says           string         `json:"says,omitempty"`
	Mode           string         `json:"mode,omitempty"`
	Leader         string         `json:"leader,omitempty"`
	Support        string         `json:"support,omitempty"`
	How            string         `json:"how,omitempty"`
	Derived        bool           `json:"derived,omitzero"`
	Accountable    *Party         `json:"accountable,omitempty"`
	Owner          string         `json:"owner,omitempty"`
	PartnerRep     string         `json:"partner_rep,omitempty"`
	VendorRep      string         `json:"vendor_rep,omitempty"`
	Consulted      []string       `json:"consulted,omitempty"`
}

// MarshalJSON returns the duty with how the matrix shares it: members in a fixed order,
// what is empty left out. The form is for readers; nothing reads it back.
func (d Duty) MarshalJSON() ([]byte, error) {
	return json.Marshal(dutyWire{
		d.Responsibility, d.Says, d.Cell.Mode.String(), d.Cell.Leader.String(), d.Cell.Support, d.Cell.How, d.Cell.Derived,
		strictjson.Or(d.Accountable), d.Owner, d.PartnerRep, d.VendorRep, d.Consulted,
	})
}
