package coselling

import (
	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"github.com/coselling/coselling/comms"
	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/internal/strictjson"
	"github.com/coselling/coselling/value"
)

const (
	maxDealBytes = 8 << 20
	maxDealDepth = 8
)

// dealWire is the JSON form; what is empty is left out.
type dealWire struct {
	ID               *string        `json:"id"`
	Account          string         `json:"account,omitempty"`
	Partner          *string        `json:"partner"`
	Vendor           *string        `json:"vendor"`
	Amount           jsontext.Value `json:"amount,omitempty"`
	AmountAt         string         `json:"amount_at,omitempty"`
	PartnerQuota     jsontext.Value `json:"partner_quota,omitempty"`
	VendorQuota      jsontext.Value `json:"vendor_quota,omitempty"`
	Exchange         string         `json:"exchange,omitempty"`
	Opening          jsontext.Value `json:"opening"`
	Signals          jsontext.Value `json:"signals,omitempty"`
	Team             jsontext.Value `json:"team,omitempty"`
	Payees           jsontext.Value `json:"payees,omitempty"`
	People           jsontext.Value `json:"people,omitempty"`
	Zone             string         `json:"zone,omitempty"`
	Agreed           string         `json:"agreed,omitempty"`
	Scope            jsontext.Value `json:"scope,omitempty"`
	Registrations    []string       `json:"registrations,omitempty"`
	PartnerExecutive string         `json:"partner_executive,omitempty"`
	VendorExecutive  string         `json:"vendor_executive,omitempty"`
	ExecutivesAt     string         `json:"executives_at,omitempty"`
}

// ParseDeal reads the JSON form of a deal, at most 8 MiB, 8 levels deep, with 10,000
// people and 1,000 payees. Members are named like the fields, in lower case with
// underscores; id, partner, vendor and opening are needed. It is strict: an unknown,
// repeated or wrongly cased member, an unknown name of a closed enumeration, what is no
// amount, percentage, day or instant, and trailing data are refused. Malformed text
// gives its first problem, values all of them; what it returns, [Deal.Check] takes.
func ParseDeal(data []byte) (Deal, error) {
	d, err := parseDeal(data)
	return d, value.In("deal", err)
}

func parseDeal(data []byte) (Deal, error) {
	var w dealWire
	if err := strictjson.Decode(data, &w, strictjson.Limits{Bytes: maxDealBytes, Depth: maxDealDepth, Items: maxPeople}); err != nil {
		return Deal{}, err
	}
	d, problems := w.deal()
	if err := problems.Err(); err != nil {
		return Deal{}, err
	}
	if err := d.Check(); err != nil {
		return Deal{}, err
	}
	return d, nil
}

func (w *dealWire) deal() (Deal, value.Errors) {
	var problems value.Errors
	d := Deal{
		ID: *w.ID, Account: w.Account, Partner: *w.Partner, Vendor: *w.Vendor, Zone: w.Zone, Registrations: w.Registrations,
		PartnerExecutive: w.PartnerExecutive, VendorExecutive: w.VendorExecutive,
	}
	strictjson.Inside(&problems, "amount", w.Amount, &d.Amount)
	strictjson.Optional(&problems, "amount_at", w.AmountAt, &d.AmountAt, strictjson.ParseInstant)
	strictjson.Inside(&problems, "partner_quota", w.PartnerQuota, &d.PartnerQuota)
	strictjson.Inside(&problems, "vendor_quota", w.VendorQuota, &d.VendorQuota)
	strictjson.Optional(&problems, "exchange", w.Exchange, &d.Exchange, value.ParseExchangeRate)
	strictjson.Inside(&problems, "opening", w.Opening, &d.Opening)
	strictjson.Inside(&problems, "signals", w.Signals, &d.Signals)
	strictjson.Inside(&problems, "team", w.Team, &d.Team)
	d.Payees = strictjson.List[comp.Payee](&problems, "payees", w.Payees, maxList)
	d.People = strictjson.List[comms.Person](&problems, "people", w.People, maxPeople)
	strictjson.Optional(&problems, "agreed", w.Agreed, &d.Agreed, strictjson.ParseInstant)
	strictjson.Inside(&problems, "scope", w.Scope, &d.Scope)
	strictjson.Optional(&problems, "executives_at", w.ExecutivesAt, &d.ExecutivesAt, strictjson.ParseInstant)
	return d, problems
}

// UnmarshalJSON is [ParseDeal] for a deal inside another document. The paths of its
// errors begin inside the deal.
func (d *Deal) UnmarshalJSON(data []byte) error {
	parsed, err := parseDeal(data)
	if err != nil {
		return err
	}
	*d = parsed
	return nil
}

// MarshalJSON returns the canonical form: members in a fixed order, lists in theirs,
// what is empty left out, instants in RFC 3339 in UTC, amounts and percentages as text.
// [ParseDeal] gives an equal deal back where [Deal.Check] has no problem with it.
func (d Deal) MarshalJSON() ([]byte, error) {
	var failed error
	w := dealWire{
		ID: &d.ID, Account: d.Account, Partner: &d.Partner, Vendor: &d.Vendor,
		Amount: strictjson.Raw(&failed, d.Amount), AmountAt: strictjson.InstantText(d.AmountAt),
		PartnerQuota: strictjson.Raw(&failed, d.PartnerQuota), VendorQuota: strictjson.Raw(&failed, d.VendorQuota), Exchange: d.Exchange.String(),
		Opening: strictjson.Raw(&failed, d.Opening), Signals: strictjson.Raw(&failed, d.Signals), Team: strictjson.Raw(&failed, d.Team),
		Payees: strictjson.Raw(&failed, d.Payees), People: strictjson.Raw(&failed, d.People),
		Zone: d.Zone, Agreed: strictjson.InstantText(d.Agreed), Scope: strictjson.Raw(&failed, d.Scope), Registrations: d.Registrations,
		PartnerExecutive: d.PartnerExecutive, VendorExecutive: d.VendorExecutive, ExecutivesAt: strictjson.InstantText(d.ExecutivesAt),
	}
	if failed != nil {
		return nil, failed
	}
	return json.Marshal(w)
}
