package coselling

import (
	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/escalation"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/registration"
	"github.com/coselling/coselling/stage"
	"github.com/coselling/coselling/value"
)

// viewWire is the JSON form of a view. Members stand in a fixed order; what is empty is
// left out. What a package below decided is written as that package writes it.
type viewWire struct {
	Party        model.Party      `json:"party,omitzero"`
	Deal         string           `json:"deal"`
	AsOf         string           `json:"as_of"`
	Model        modelWire        `json:"model"`
	Roles        *model.Roles     `json:"roles,omitzero"`
	Progress     progressWire     `json:"progress"`
	Schedule     stage.Schedule   `json:"schedule"`
	Registration registrationWire `json:"registration"`
	Blockers     []standingWire   `json:"blockers,omitempty"`
	Credit       *comp.Statement  `json:"credit,omitzero"`
	Findings     []findingWire    `json:"findings,omitempty"`
	Next         []actionWire     `json:"next,omitempty"`
	Missing      []missingWire    `json:"missing,omitempty"`
}

type modelWire struct {
	Set    string       `json:"set,omitempty"`
	Advice model.Advice `json:"advice"`
}

type progressWire struct {
	Stage   stage.Stage    `json:"stage,omitempty"`
	Status  string         `json:"status,omitempty"`
	Size    string         `json:"size,omitempty"`
	Options []stage.Option `json:"options,omitempty"`
}

type registrationWire struct {
	Registrant string               `json:"registrant,omitempty"`
	Claim      *registration.Answer `json:"claim,omitzero"`
	Rivals     []rivalWire          `json:"rivals,omitempty"`
	Reasons    []value.Reason       `json:"reasons,omitempty"`
}

type rivalWire struct {
	Claim    string             `json:"claim"`
	Claimant model.Party        `json:"claimant"`
	Status   string             `json:"status"`
	Until    string             `json:"until,omitempty"`
	Scope    registration.Scope `json:"scope"`
	Relation string             `json:"relation"`
	Evidence []value.Reason     `json:"evidence,omitempty"`
}

type standingWire struct {
	Kind     string              `json:"kind"`
	Blockers []string            `json:"blockers,omitempty"`
	Evidence value.Reason        `json:"evidence,omitzero"`
	State    escalation.Standing `json:"state"`
}

type findingWire struct {
	Part   string       `json:"part"`
	Side   string       `json:"side,omitempty"`
	Since  string       `json:"since,omitempty"`
	Until  string       `json:"until,omitempty"`
	Reason value.Reason `json:"reason"`
	Facts  []string     `json:"facts,omitempty"`
}

type actionWire struct {
	Urgency string       `json:"urgency"`
	Code    value.Code   `json:"code"`
	Object  string       `json:"object,omitempty"`
	Owner   string       `json:"owner,omitempty"`
	Rep     string       `json:"rep,omitempty"`
	Due     value.Date   `json:"due,omitzero"`
	At      string       `json:"at,omitempty"`
	Reason  value.Reason `json:"reason"`
}

type missingWire struct {
	Part     string        `json:"part"`
	Problems []problemWire `json:"problems"`
}

type problemWire struct {
	Code value.Code `json:"code"`
	Path string     `json:"path"`
	Text string     `json:"text"`
}
