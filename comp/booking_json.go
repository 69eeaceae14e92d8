package comp

import (
	"github.com/go-json-experiment/json"

	"github.com/coselling/coselling/internal/strictjson"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/value"
)

// bookingWire is the JSON form; what is empty is left out.
type bookingWire struct {
	ID           *string      `json:"id"`
	Value        *value.Money `json:"value,omitempty"`
	PartnerQuota *value.Money `json:"partner_quota,omitempty"`
	VendorQuota  *value.Money `json:"vendor_quota,omitempty"`
	Closed       string       `json:"closed,omitempty"`
	Source       string       `json:"source,omitempty"`
	Registrant   string       `json:"registrant,omitempty"`
	Payees       []Payee      `json:"payees,omitempty"`
}

// MarshalJSON returns the canonical form: members in a fixed order, payees in theirs,
// what is empty left out. [Booking.UnmarshalJSON] gives an equal booking back.
func (b Booking) MarshalJSON() ([]byte, error) {
	return json.Marshal(bookingWire{
		&b.ID, strictjson.Or(b.Value), strictjson.Or(b.PartnerQuota), strictjson.Or(b.VendorQuota),
		b.Closed.String(), b.Source.String(), b.Registrant.String(), b.Payees,
	})
}

// UnmarshalJSON reads a booking, at most 1,000 payees. It is strict: id is needed, an
// unknown, repeated or wrongly cased member, an unknown name and what is no amount or
// day are refused. Whether the booking can be priced says [Plan.Statement].
func (b *Booking) UnmarshalJSON(data []byte) error {
	var w bookingWire
	if err := strictjson.Decode(data, &w, bookingLimits()); err != nil {
		return err
	}
	var problems value.Errors
	read := Booking{
		ID: *w.ID, Value: strictjson.Of(w.Value), PartnerQuota: strictjson.Of(w.PartnerQuota), VendorQuota: strictjson.Of(w.VendorQuota),
		Payees: w.Payees,
	}
	strictjson.Optional(&problems, "closed", w.Closed, &read.Closed, value.ParseDate)
	strictjson.Optional(&problems, "source", w.Source, &read.Source, model.ParseSource)
	strictjson.Optional(&problems, "registrant", w.Registrant, &read.Registrant, model.ParseRegistrant)
	if err := problems.Err(); err != nil {
		return err
	}
	*b = read
	return nil
}
