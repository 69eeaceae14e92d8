package main

import (
	"fmt"
	"time"

	"github.com/go-json-experiment/json"

	"github.com/coselling/coselling/comms"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// facts is the file deal.json: the facts that the rules need beside mails and calendars, as a
// CRM has them.
type facts struct {
	Opened   time.Time             `json:"opened"`
	ModelSet time.Time             `json:"model_set,omitzero"`
	Agreed   time.Time             `json:"key_messages_agreed,omitzero"`
	Ended    time.Time             `json:"ended,omitzero"`
	Holds    []hold                `json:"holds,omitzero"`
	Size     string                `json:"playbook"`
	Zone     string                `json:"account_zone"`
	People   []comms.Correspondent `json:"people"`
	AsOf     time.Time             `json:"as_of"`
	Policy   comms.Policy          `json:"policy"`
}

type hold struct {
	From  time.Time `json:"from"`
	Until time.Time `json:"until,omitzero"`
}

// readFacts reads deal.json; the account's zone is looked up in the list that the
// program carries.
func readFacts(data []byte) (facts, comms.Facts, error) {
	f := facts{Policy: comms.DefaultPolicy()}
	if err := json.Unmarshal(data, &f, json.RejectUnknownMembers(true)); err != nil {
		return f, comms.Facts{}, err
	}
	size, err := model.ParsePlaybookSize(f.Size)
	if err != nil {
		return f, comms.Facts{}, fmt.Errorf("playbook: %w", err)
	}
	zone, err := ianaZone(f.Zone)
	if err != nil {
		return f, comms.Facts{}, fmt.Errorf("account_zone: %w", err)
	}
	deal := comms.Facts{Opened: f.Opened, ModelSet: f.ModelSet, Agreed: f.Agreed, Ended: f.Ended, Size: size,
		Zone: zone, People: f.People}
	for _, h := range f.Holds {
		deal.Holds = append(deal.Holds, value.Pause(h))
	}
	return f, deal, nil
}
