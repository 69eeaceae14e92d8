package model

import (
	"github.com/go-json-experiment/json"

	"github.com/coselling/coselling/internal/strictjson"
	"github.com/coselling/coselling/value"
)

// signalsWire is the JSON form; what is unknown is left out.
type signalsWire struct {
	Source              string `json:"source,omitempty"`
	PartnerRelationship string `json:"partner_relationship,omitempty"`
	PartnerTrusted      string `json:"partner_trusted,omitempty"`
	ProductAddon        string `json:"product_addon,omitempty"`
	VendorCustomer      string `json:"vendor_customer,omitempty"`
	ProductPrimary      string `json:"product_primary,omitempty"`
	EqualProducts       string `json:"equal_products,omitempty"`
	NoRelationship      string `json:"no_relationship,omitempty"`
	BothEngaged         string `json:"both_engaged,omitempty"`
}

// answers pairs the answers of the JSON form with those of the signals.
func (w *signalsWire) answers(s *Signals) []answerPair {
	return []answerPair{
		{"partner_relationship", &w.PartnerRelationship, &s.PartnerRelationship},
		{"partner_trusted", &w.PartnerTrusted, &s.PartnerTrusted},
		{"product_addon", &w.ProductAddon, &s.ProductAddon},
		{"vendor_customer", &w.VendorCustomer, &s.VendorCustomer},
		{"product_primary", &w.ProductPrimary, &s.ProductPrimary},
		{"equal_products", &w.EqualProducts, &s.EqualProducts},
		{"no_relationship", &w.NoRelationship, &s.NoRelationship},
		{"both_engaged", &w.BothEngaged, &s.BothEngaged},
	}
}

type answerPair struct {
	name   string
	text   *string
	answer *Answer
}

// MarshalJSON returns the source and the answers that are known.
// [Signals.UnmarshalJSON] gives equal signals back.
func (s Signals) MarshalJSON() ([]byte, error) {
	w := signalsWire{Source: s.Source.String()}
	for _, pair := range w.answers(&s) {
		if *pair.answer != Unknown {
			*pair.text = pair.answer.String()
		}
	}
	return json.Marshal(w)
}

// UnmarshalJSON reads signals, as strictly as [Party.UnmarshalJSON] reads a party; what
// does not stand there is unknown. Errors, all at once: [SourceUnknown],
// [AnswerUnknown].
func (s *Signals) UnmarshalJSON(data []byte) error {
	var w signalsWire
	if err := strictjson.Decode(data, &w, factLimits()); err != nil {
		return err
	}
	var problems value.Errors
	var read Signals
	strictjson.Optional(&problems, "source", w.Source, &read.Source, ParseSource)
	for _, pair := range w.answers(&read) {
		strictjson.Optional(&problems, pair.name, *pair.text, pair.answer, ParseAnswer)
	}
	if err := problems.Err(); err != nil {
		return err
	}
	*s = read
	return nil
}
