package comms

import "github.com/coselling/coselling/value"

// Codes of the rules that this package checks (SPEC section 4).
const (
	// SingleThread: every mail to the prospect has both sides' lead reps on it.
	SingleThread value.Code = "comm.single_thread"
	// SeparateStream: no thread with the prospect leaves the other side out for good.
	SeparateStream value.Code = "comm.separate_stream"
	// DuplicateOutreach: the two sides do not write to the prospect apart on one day.
	DuplicateOutreach value.Code = "comm.no_duplicate_outreach"
	// WeeklySync: an active deal has a short sync of the reps each week.
	WeeklySync value.Code = "comm.weekly_sync"
	// SharedNotes: a shared note stands in both CRMs.
	SharedNotes value.Code = "comm.shared_notes"
	// Notify: an interaction with the prospect is made known to the other side.
	Notify value.Code = "comm.notify"
	// Response: an internal question is answered in time.
	Response value.Code = "comm.response"
	// PrepRule: a prep call, with all of its parts, comes before each prospect meeting.
	PrepRule value.Code = "comm.prep"
	// DebriefRule: a debrief, with all of its parts, follows each prospect meeting.
	DebriefRule value.Code = "comm.debrief"
	// OnePrice: both sides state the same price.
	OnePrice value.Code = "comm.one_price"
	// NotComparable: a quote in a currency in which the other side has not quoted; it
	// breaks no rule by itself.
	NotComparable value.Code = "comm.one_price.not_comparable"
	// OneMessage: the key messages are agreed before the first prospect meeting.
	OneMessage value.Code = "comm.one_message"
)

// Codes of bad input that this package refuses.
const (
	// KindUnknown refuses a name that is no kind of activity.
	KindUnknown value.Code = "comms.kind.unknown"
	// PurposeUnknown refuses a name that is no purpose of an internal call.
	PurposeUnknown value.Code = "comms.purpose.unknown"
	// PartUnknown refuses a name that is no part of a prep or a debrief, and a part of the other one.
	PartUnknown value.Code = "comms.part.unknown"
	// AddressFormat refuses what is no mail address.
	AddressFormat value.Code = "comms.address.format"

	// ActivityID refuses an activity without an id, or a text that is too long for one.
	ActivityID value.Code = "comms.activity.id"
	// ActivityAt refuses an activity without an instant, or an instant outside the years 1900 to 8999.
	ActivityAt value.Code = "comms.activity.at"
	// ActivityEnd refuses a meeting or a call that ends before it starts.
	ActivityEnd value.Code = "comms.activity.end"
	// ActivitySide refuses an activity without a side, and one whose author is of the other side.
	ActivitySide value.Code = "comms.activity.side"
	// ActivityPeople refuses a mail without a sender, and a mail, a meeting or a call without anybody else.
	ActivityPeople value.Code = "comms.activity.people"
	// ActivityAbout refuses an answer or a cancellation that does not say of what.
	ActivityAbout value.Code = "comms.activity.about"
	// ActivityField refuses a field that the kind of activity does not have.
	ActivityField value.Code = "comms.activity.field"
	// ActivityOffer refuses a quote without item, quantity or a positive price.
	ActivityOffer value.Code = "comms.activity.offer"
	// ActivitySize refuses more recipients, references or bytes than an activity takes.
	ActivitySize value.Code = "comms.activity.size"
	// ActivityContradicts refuses a second activity of one id with another content.
	ActivityContradicts value.Code = "comms.activity.contradicts"
	// LogSize refuses a log beyond its bound.
	LogSize value.Code = "comms.log.size"

	// DealOpened refuses a deal without its opening.
	DealOpened value.Code = "comms.deal.opened"
	// DealEnded refuses a deal that ends before it opens.
	DealEnded value.Code = "comms.deal.ended"
	// DealHold refuses a hold without a start, one that ends before it starts, holds that overlap, and too many.
	DealHold value.Code = "comms.deal.hold"
	// PersonSide refuses a person of no side or of two.
	PersonSide value.Code = "comms.person.side"
	// PersonName refuses a rep without a name, or a name that is too long.
	PersonName value.Code = "comms.person.name"
	// PersonAddress refuses a person without an address, with too many, or with addresses beside a domain.
	PersonAddress value.Code = "comms.person.address"
	// PersonTwice refuses an address or a domain that belongs to two people at one time.
	PersonTwice value.Code = "comms.person.twice"
	// PersonRange refuses a person whose time ends before it starts.
	PersonRange value.Code = "comms.person.range"
	// PersonLead refuses a side of several reps that at some time has not exactly one lead rep.
	PersonLead value.Code = "comms.person.lead"

	// RulesMissing refuses rules that Compile did not make.
	RulesMissing value.Code = "comms.rules.missing"
	// PolicyRange refuses a length of time or a count of days outside its bounds.
	PolicyRange value.Code = "comms.policy.range"
)
