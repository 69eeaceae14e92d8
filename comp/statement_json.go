package comp

import (
	"github.com/go-json-experiment/json"

	"github.com/coselling/coselling/internal/strictjson"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// statementWire is the JSON form; what is empty is left out.
type statementWire struct {
	Booking   string       `json:"booking"`
	Reverses  string       `json:"reverses,omitempty"`
	Pays      string       `json:"pays,omitempty"`
	Period    value.Date   `json:"period,omitzero"`
	Model     string       `json:"model,omitempty"`
	Value     *value.Money `json:"value,omitempty"`
	Quota     *value.Money `json:"quota,omitempty"`
	Date      value.Date   `json:"date,omitzero"`
	Projected bool         `json:"projected,omitzero"`
	Lines     []Line       `json:"lines,omitempty"`
}

// MarshalJSON returns the statement with its lines in their order: members in a fixed
// order, what is empty left out, amounts and percentages as text. The form is for
// readers; nothing reads it back.
func (s Statement) MarshalJSON() ([]byte, error) {
	return json.Marshal(statementWire{
		s.Booking, s.Reverses, s.Pays, s.Period, s.Model.String(), strictjson.Or(s.Value), strictjson.Or(s.Quota), s.Date, s.Projected, s.Lines,
	})
}

// lineWire is the JSON form; what is empty is left out.
type lineWire struct {
	Payee        string        `json:"payee"`
	Party        *model.Party  `json:"party,omitempty"`
	Credited     string        `json:"credited,omitempty"`
	Contribution Contribution  `json:"contribution,omitempty"`
	Base         *value.Money  `json:"base,omitempty"`
	Percent      string        `json:"percent,omitempty"`
	Share        string        `json:"share,omitempty"`
	Rate         string        `json:"rate,omitempty"`
	Table        TableID       `json:"table,omitempty"`
	Start        *value.Money  `json:"start,omitempty"`
	Quota        *value.Money  `json:"quota,omitempty"`
	QuotaCredit  *value.Money  `json:"quota_credit,omitempty"`
	Influenced   *value.Money  `json:"influenced,omitempty"`
	Commission   *value.Money  `json:"commission,omitempty"`
	Unheld       *value.Money  `json:"unheld,omitempty"`
	Held         string        `json:"held,omitempty"`
	Leftover     bool          `json:"leftover,omitzero"`
	Projected    bool          `json:"projected,omitzero"`
	Why          *value.Reason `json:"why,omitempty"`
}

// MarshalJSON returns the line with the reason that made it, which holds the rule:
// members in a fixed order, what is empty left out, a percentage of nought included. The
// form is for readers; nothing reads it back.
func (l Line) MarshalJSON() ([]byte, error) {
	w := lineWire{
		Payee: l.Payee, Party: strictjson.Or(l.Party), Credited: l.Credited.String(), Contribution: l.Contribution, Base: strictjson.Or(l.Base),
		Percent: percentOr(l.Percent), Share: percentOr(l.Share), Rate: percentOr(l.Rate), Table: l.Table, Start: strictjson.Or(l.Start), Quota: strictjson.Or(l.Quota),
		QuotaCredit: strictjson.Or(l.QuotaCredit), Influenced: strictjson.Or(l.Influenced), Commission: strictjson.Or(l.Commission), Unheld: strictjson.Or(l.Unheld),
		Held: l.Held.String(), Leftover: l.Leftover, Projected: l.Projected,
	}
	if l.Credited != 0 {
		w.Why = new(l.Reason())
	}
	return json.Marshal(w)
}

// percentOr writes a percentage, and nothing for zero.
func percentOr(p value.Percent) string {
	if p.IsZero() {
		return ""
	}
	return p.String()
}
