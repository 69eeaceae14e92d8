package coselling

import (
	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/registration"
	"github.com/coselling/coselling/stage"
	"github.com/coselling/coselling/value"
)

// viewWire is the JSON form of a view. Members stand in a fixed order; what is empty is
// left out.
type viewWire struct {
	Party        model.Party      `json:"party,omitzero"`
	Deal         string           `json:"deal"`
	AsOf         string           `json:"as_of"`
	Model        modelWire        `json:"model"`
	Roles        []dutyWire       `json:"roles,omitempty"`
	Progress     progressWire     `json:"progress"`
	Schedule     scheduleWire     `json:"schedule"`
	Registration registrationWire `json:"registration"`
	Blockers     []standingWire   `json:"blockers,omitempty"`
	Credit       *creditWire      `json:"credit,omitempty"`
	Findings     []findingWire    `json:"findings,omitempty"`
	Next         []actionWire     `json:"next,omitempty"`
	Missing      []missingWire    `json:"missing,omitempty"`
}

type modelWire struct {
	Set            string         `json:"set,omitempty"`
	Recommended    string         `json:"recommended,omitempty"`
	Strength       string         `json:"strength,omitempty"`
	Candidates     []string       `json:"candidates,omitempty"`
	For            []value.Reason `json:"for,omitempty"`
	Against        []value.Reason `json:"against,omitempty"`
	Contradictions []value.Reason `json:"contradictions,omitempty"`
	Missing        []value.Reason `json:"missing,omitempty"`
}

type dutyWire struct {
	Responsibility model.Responsibility `json:"responsibility"`
	Says           string               `json:"says"`
	Mode           string               `json:"mode"`
	Accountable    string               `json:"accountable"`
	Owner          string               `json:"owner,omitempty"`
	PartnerRep     string               `json:"partner_rep,omitempty"`
	VendorRep      string               `json:"vendor_rep,omitempty"`
	Consulted      []string             `json:"consulted,omitempty"`
}

type progressWire struct {
	Stage   stage.Stage  `json:"stage,omitempty"`
	Status  string       `json:"status,omitempty"`
	Size    string       `json:"size,omitempty"`
	Options []optionWire `json:"options,omitempty"`
}

type optionWire struct {
	Verb  string      `json:"verb"`
	To    stage.Stage `json:"to,omitempty"`
	Owner string      `json:"owner,omitempty"`
	Shut  []shutWire  `json:"shut,omitempty"`
}

type shutWire struct {
	Gate   value.Code   `json:"gate"`
	Owner  string       `json:"owner,omitempty"`
	Reason value.Reason `json:"reason"`
}

type scheduleWire struct {
	Engagement  string       `json:"engagement,omitempty"`
	Provisional bool         `json:"provisional,omitzero"`
	Windows     []windowWire `json:"windows,omitempty"`
	Tasks       []taskWire   `json:"tasks,omitempty"`
}

type windowWire struct {
	Stage stage.Stage `json:"stage"`
	Says  string      `json:"says"`
	First value.Date  `json:"first"`
	Last  value.Date  `json:"last"`
}

type taskWire struct {
	ID         stage.TaskID `json:"id"`
	Stage      stage.Stage  `json:"stage"`
	Says       string       `json:"says"`
	Kind       string       `json:"kind"`
	Owner      string       `json:"owner"`
	State      string       `json:"state"`
	Start      value.Date   `json:"start,omitzero"`
	Due        value.Date   `json:"due,omitzero"`
	Overdue    bool         `json:"overdue,omitzero"`
	PartnerRep string       `json:"partner_rep,omitempty"`
	VendorRep  string       `json:"vendor_rep,omitempty"`
	By         string       `json:"by,omitempty"`
	At         string       `json:"at,omitempty"`
	Reason     string       `json:"reason,omitempty"`
}

type registrationWire struct {
	Registrant string         `json:"registrant,omitempty"`
	Claim      *claimWire     `json:"claim,omitempty"`
	Rivals     []rivalWire    `json:"rivals,omitempty"`
	Reasons    []value.Reason `json:"reasons,omitempty"`
}

type claimWire struct {
	ID        string         `json:"id"`
	Status    string         `json:"status"`
	Active    bool           `json:"active,omitzero"`
	Submitted string         `json:"submitted,omitempty"`
	Due       string         `json:"due,omitempty"`
	Until     string         `json:"until,omitempty"`
	Held      []holdingWire  `json:"held,omitempty"`
	Reasons   []value.Reason `json:"reasons,omitempty"`
}

type holdingWire struct {
	Holder string             `json:"holder"`
	Scope  registration.Scope `json:"scope"`
	Until  string             `json:"until,omitempty"`
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
	Kind         string        `json:"kind"`
	Blockers     []string      `json:"blockers,omitempty"`
	Evidence     *value.Reason `json:"evidence,omitempty"`
	Opened       string        `json:"opened"`
	Entered      string        `json:"entered"`
	Acknowledged string        `json:"acknowledged,omitempty"`
	Resolved     string        `json:"resolved,omitempty"`
	Notified     string        `json:"notified,omitempty"`
	Level        string        `json:"level,omitempty"`
	RespondBy    string        `json:"respond_by,omitempty"`
	Reason       *value.Reason `json:"reason,omitempty"`
	People       []contactWire `json:"people,omitempty"`
	Late         *value.Reason `json:"late,omitempty"`
	Steps        []stepWire    `json:"steps"`
}

type contactWire struct {
	Person   model.Person `json:"person"`
	Function string       `json:"function"`
	For      string       `json:"for,omitempty"`
}

type stepWire struct {
	Act   string        `json:"act"`
	At    string        `json:"at"`
	By    *model.Person `json:"by,omitempty"`
	Level string        `json:"level"`
	Note  string        `json:"note,omitempty"`
}

type creditWire struct {
	Model     string      `json:"model"`
	Value     value.Money `json:"value"`
	Quota     value.Money `json:"quota,omitzero"`
	Date      value.Date  `json:"date,omitzero"`
	Projected bool        `json:"projected,omitzero"`
	Lines     []lineWire  `json:"lines"`
}

type lineWire struct {
	Payee        string            `json:"payee"`
	Party        model.Party       `json:"party"`
	Credited     string            `json:"credited"`
	Contribution comp.Contribution `json:"contribution,omitempty"`
	Base         value.Money       `json:"base"`
	Percent      value.Percent     `json:"percent"`
	Share        value.Percent     `json:"share"`
	Rate         value.Percent     `json:"rate"`
	Table        comp.TableID      `json:"table,omitempty"`
	QuotaCredit  value.Money       `json:"quota_credit"`
	Influenced   value.Money       `json:"influenced"`
	Commission   value.Money       `json:"commission"`
	Why          value.Reason      `json:"why"`
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
