package main

import (
	_ "embed" // the file known.json

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// schema is a JSON Schema, draft 2020-12, with the keywords that this command uses.
type schema struct {
	Draft       string    `json:"$schema,omitzero"`
	Title       string    `json:"title,omitzero"`
	Description string    `json:"description,omitzero"`
	Ref         string    `json:"$ref,omitzero"`
	AnyOf       []*schema `json:"anyOf,omitzero"`
	Enum        []any     `json:"enum,omitzero"`
	Type        any       `json:"type,omitzero"` // a name, or two

	MinLength     int  `json:"minLength,omitzero"`
	MaxLength     *int `json:"maxLength,omitzero"`
	Minimum       *int `json:"minimum,omitzero"`
	Maximum       *int `json:"maximum,omitzero"`
	MinItems      int  `json:"minItems,omitzero"`
	MaxItems      *int `json:"maxItems,omitzero"`
	UniqueItems   bool `json:"uniqueItems,omitzero"`
	MinProperties int  `json:"minProperties,omitzero"`
	MaxProperties *int `json:"maxProperties,omitzero"`

	Items                *schema  `json:"items,omitzero"`
	PropertyNames        *schema  `json:"propertyNames,omitzero"`
	AdditionalProperties any      `json:"additionalProperties,omitzero"` // false, or a schema
	Required             []string `json:"required,omitzero"`
	Properties           members  `json:"properties,omitzero"`
	Defs                 members  `json:"$defs,omitzero"`
}

// members are schemas, or their texts, by name, in order.
type members []member

type member struct {
	name  string
	value any
}

// MarshalJSONTo writes the members in order.
func (m members) MarshalJSONTo(to *jsontext.Encoder) error {
	_ = to.WriteToken(jsontext.BeginObject)
	for _, one := range m {
		_ = to.WriteToken(jsontext.String(one.name))
		if err := json.MarshalEncode(to, one.value); err != nil {
			return err
		}
	}
	return to.WriteToken(jsontext.EndObject)
}

// or returns a schema that takes these values too.
func (s *schema) or(values ...any) *schema {
	name, plain := s.Type.(string)
	switch {
	case len(values) == 0 || s.AnyOf != nil:
	case s.Enum != nil:
		s.Enum = append(s.Enum, values...)
	case plain && len(values) == 1 && values[0] == nil:
		s.Type = []string{name, "null"}
	default:
		return &schema{AnyOf: []*schema{s, {Enum: values}}}
	}
	return s
}

//go:embed known.json
var known []byte

// formats returns the schemas that known.json has for values without a struct and for forms of text.
func formats() (all map[string]jsontext.Value, err error) { return all, json.Unmarshal(known, &all) }

// formatOf names the formats of the types that read and write themselves.
var formatOf = map[string]string{
	"value.Money": "money", "value.Reason": "reason", "value.Percent": "percent", "value.Currency": "currency",
	"value.ExchangeRate": "exchange", "value.Date": "date", "time.Time": "instant", "time.Duration": "duration",
	"comp.FiscalYear": "month", "comp.wireQuota": "quota", "impact.sum": "sum", "crmcsv.formats": "formats",
}
