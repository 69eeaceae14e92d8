package model

import (
	"slices"
	"strconv"
	"strings"

	"github.com/coselling/coselling/internal/enum"
	"github.com/coselling/coselling/value"
)

// Answer is what is known of a signal. The zero value is [Unknown], which says
// nothing for or against anything.
type Answer uint8

// The answers.
const (
	Unknown Answer = iota
	No
	Yes
)

var answerNames = [...]string{"unknown", "no", "yes"}

// ParseAnswer reads yes, no or unknown; anything else is an [AnswerUnknown] error.
func ParseAnswer(s string) (Answer, error) {
	if i := slices.Index(answerNames[:], s); i >= 0 {
		return Answer(i), nil
	}
	return 0, value.Known(AnswerUnknown, s, answerNames[:])
}

// String returns yes, no or unknown.
func (a Answer) String() string { return enum.Name(a, answerNames[:]) }

// Signals are the facts of a deal that speak for an engagement model (SPEC 2.2).
// The zero value knows nothing. "Our product" is the vendor's.
type Signals struct {
	Source              Source // partner, vendor or joint; decides three signals at once
	PartnerRelationship Answer // the partner already has a relationship with the prospect
	PartnerTrusted      Answer // the prospect trusts the partner
	ProductAddon        Answer // our product is an add-on to the partner's broader solution
	VendorCustomer      Answer // the prospect is the vendor's customer or in its account base
	ProductPrimary      Answer // our product is the primary purchase decision
	EqualProducts       Answer // a strategic partnership in which both products matter equally
	NoRelationship      Answer // neither side has a prior relationship
	BothEngaged         Answer // the deal needs both teams fully engaged
}

// check returns every signal that is out of range.
func (s Signals) check() error {
	var problems value.Errors
	problems.Add("signals", Origin{Source: s.Source}.Check())
	for _, row := range signalTable {
		if a := row.answer(s); int(a) >= len(answerNames) {
			field := strings.TrimPrefix(string(row.code), "model.")
			problems.Add("signals."+field, value.Known(AnswerUnknown, "number "+strconv.Itoa(int(a)), answerNames[:]))
		}
	}
	return problems.Err()
}

// reason returns the row as a reason for or against its model.
func (row signal) reason() value.Reason {
	return value.NewReason(row.code, "{fact} (for {engagement})",
		value.Op("fact", row.says), value.Op("engagement", row.engagement.String()))
}

// denied returns the row as a reason that its being false gives.
func (row signal) denied() value.Reason {
	return value.NewReason(row.code, "not so: {fact} (for {engagement})",
		value.Op("fact", row.says), value.Op("engagement", row.engagement.String()))
}
