package comms

import "github.com/coselling/coselling/value"

// Codes of the rules of the communication protocol, which this package checks.
const (
	// SingleThread: every mail to the prospect has both sides' lead reps on it.
	SingleThread value.Code = "comm.single_thread"
	// SeparateStream: no thread with the prospect leaves the other side out of all its mails.
	SeparateStream value.Code = "comm.separate_stream"
	// DuplicateOutreach: the two sides do not write to the prospect separately on one day.
	DuplicateOutreach value.Code = "comm.no_duplicate_outreach"
	// WeeklySync: the reps of an active deal have a short sync each week.
	WeeklySync value.Code = "comm.weekly_sync"
	// SharedNotes: a shared note is in both CRMs.
	SharedNotes value.Code = "comm.shared_notes"
	// Notify: the other side hears of each interaction with the prospect.
	Notify value.Code = "comm.notify"
	// Response: an internal question is answered in time.
	Response value.Code = "comm.response"
	// PrepRule: a prep call that covers all parts comes before each prospect meeting.
	PrepRule value.Code = "comm.prep"
	// DebriefRule: a debrief that covers all parts follows each prospect meeting.
	DebriefRule value.Code = "comm.debrief"
	// OnePrice: both sides state the same price.
	OnePrice value.Code = "comm.one_price"
	// NotComparable reports a quote in a currency in which the other side has not quoted.
	// By itself it breaks no rule.
	NotComparable value.Code = "comm.one_price.not_comparable"
	// OneMessage: the key messages are agreed before the first prospect meeting.
	OneMessage value.Code = "comm.one_message"
)

// Codes of bad input that this package refuses.
const (
	// KindUnknown refuses an unknown kind of activity.
	KindUnknown value.Code = "comms.kind.unknown"
	// PurposeUnknown refuses an unknown purpose of an internal call.
	PurposeUnknown value.Code = "comms.purpose.unknown"
	// PartUnknown refuses an unknown part, a part of a debrief on a prep, and the reverse.
	PartUnknown value.Code = "comms.part.unknown"
	// AddressFormat refuses a malformed mail address.
	AddressFormat value.Code = "comms.address.format"

	// ActivityID refuses a missing id, or one that is too long.
	ActivityID value.Code = "comms.activity.id"
	// ActivityAt refuses a missing instant, or one outside the years 1900 to 8999.
	ActivityAt value.Code = "comms.activity.at"
	// ActivityEnd refuses a meeting or a call that ends before it starts.
	ActivityEnd value.Code = "comms.activity.end"
	// ActivitySide refuses a missing side, and an author who belongs to the other side.
	ActivitySide value.Code = "comms.activity.side"
	// ActivityPeople refuses a mail without a sender, and a mail, meeting or call without a second person.
	ActivityPeople value.Code = "comms.activity.people"
	// ActivityAbout refuses an answer or a cancellation that names no activity.
	ActivityAbout value.Code = "comms.activity.about"
	// ActivityField refuses a field that this kind of activity does not have.
	ActivityField value.Code = "comms.activity.field"
	// ActivityOffer refuses a quote without an item, a quantity or a price above zero.
	ActivityOffer value.Code = "comms.activity.offer"
	// ActivitySize refuses too many people, references, parts or bytes.
	ActivitySize value.Code = "comms.activity.size"
	// ActivityContradicts refuses a second activity with the same id and other content.
	ActivityContradicts value.Code = "comms.activity.contradicts"
	// LogSize refuses a log of more than 10,000,000 activities.
	LogSize value.Code = "comms.log.size"

	// DealOpened refuses a deal without the instant of its opening.
	DealOpened value.Code = "comms.deal.opened"
	// DealEnded refuses a deal that ends before it opens.
	DealEnded value.Code = "comms.deal.ended"
	// DealHold refuses a hold without a start, one that ends before it starts, holds that overlap, and too many.
	DealHold value.Code = "comms.deal.hold"
	// PersonSide refuses a person without a side, and one of the prospect who has a side.
	PersonSide value.Code = "comms.person.side"
	// PersonName refuses a rep without a name, or a name that is too long.
	PersonName value.Code = "comms.person.name"
	// PersonAddress refuses a person without an address, with too many, or with addresses beside a domain.
	PersonAddress value.Code = "comms.person.address"
	// PersonTwice refuses an address or domain that two people have at the same time.
	PersonTwice value.Code = "comms.person.twice"
	// PersonRange refuses a person whose time on the deal ends before it starts.
	PersonRange value.Code = "comms.person.range"
	// PersonLead refuses a side that has several reps at some time, and not exactly one lead rep.
	PersonLead value.Code = "comms.person.lead"

	// RulesMissing refuses the zero value of [Rules].
	RulesMissing value.Code = "comms.rules.missing"
	// PolicyRange refuses a length of time or a number of days outside its bounds.
	PolicyRange value.Code = "comms.policy.range"
)
