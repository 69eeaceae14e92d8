package main

import "github.com/coselling/coselling/value"

// Codes of payloads that are refused.
const (
	// payloadSize refuses a payload that is too large, too deep or has too many values.
	payloadSize value.Code = "adapters.payload.size"
	// payloadJSON refuses what is no JSON, or says one name twice.
	payloadJSON value.Code = "adapters.payload.json"
	// payloadShape refuses what is no opportunity, deal or referral of the source.
	payloadShape value.Code = "adapters.payload.shape"
	// payloadOther refuses what belongs to another opportunity.
	payloadOther value.Code = "adapters.payload.other"
	// fieldMissing refuses a payload without a field that every deal has.
	fieldMissing value.Code = "adapters.field.missing"
	// fieldKind refuses a field that is not of the kind that the source documents.
	fieldKind value.Code = "adapters.field.kind"
	// fieldSize refuses a text that is too long.
	fieldSize value.Code = "adapters.field.size"
	// amountFormat refuses an amount that is no decimal number.
	amountFormat value.Code = "adapters.amount"
	// instantFormat refuses a date or an instant that cannot be read.
	instantFormat value.Code = "adapters.instant"
	// addressFormat refuses what is no mail address.
	addressFormat value.Code = "adapters.address"
	// dealDeleted refuses a deal that the source has deleted.
	dealDeleted value.Code = "adapters.deleted"
	// modelMissing refuses a won deal whose engagement model nothing says.
	modelMissing value.Code = "adapters.model"
)

func deleted() error {
	return value.NewError(dealDeleted, "the deal", "is deleted there; nothing is to be imported")
}
