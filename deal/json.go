package deal

import (
	"github.com/coselling/coselling/internal/wire"
	"github.com/coselling/coselling/value"
)

const maxDealBytes = 8 << 20

// Parse reads the JSON form of a deal, at most 8 MiB, with 10,000 people and 1,000
// payees. Members are named like the fields, in lower case with underscores; id,
// partner, vendor and opening are needed. It is strict, and reports every problem at
// once, up to a hundred: an unknown, repeated, wrongly cased or missing member, an
// unknown name of a closed enumeration, what is no amount, percentage, day or instant,
// and what [Deal.Check] refuses. Text that is not JSON, or has something behind it,
// gives its first error alone.
func Parse(data []byte) (Deal, error) {
	var d Deal
	err := d.UnmarshalJSON(data)
	return d, value.In("deal", err)
}

// UnmarshalJSON is [Parse] for a deal inside another document. The paths of its
// errors begin inside the deal.
func (d *Deal) UnmarshalJSON(data []byte) error { return wire.Unmarshal(data, maxDealBytes, d) }

// MarshalJSON returns the canonical form: members in a fixed order, lists in theirs,
// what is empty left out, instants in RFC 3339 in UTC, amounts and percentages as text.
// [Parse] gives an equal deal back where [Deal.Check] has no problem with it and
// every member that a document needs says something.
func (d Deal) MarshalJSON() ([]byte, error) { return wire.Marshal(&d) }

// Check returns every problem that makes a deal malformed, so that nothing can be
// answered, up to a hundred: no id, partner, vendor or opening day ([IDInvalid],
// [DayMissing]); an instant outside the years 1 to 9999 (fact.instant); text that is not
// UTF-8 or above 4,096 bytes (fact.text); a number that is none of a closed enumeration
// (the code of its parse function); more than 10,000 people or 1,000 payees, reps, ids
// or names of a list (fact.excess). What is merely missing or contradicts is for the
// part of the answer that reads it, which the Missing of a view tells.
func (d Deal) Check() error { return wire.Check(&d) }
