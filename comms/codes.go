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
	// Prep: a prep call that covers all parts comes before each prospect meeting.
	Prep value.Code = "comm.prep"
	// Debrief: a debrief that covers all parts follows each prospect meeting.
	Debrief value.Code = "comm.debrief"
	// OnePrice: both sides state the same price.
	OnePrice value.Code = "comm.one_price"
	// codeNotComparable reports a quote in a currency in which the other side has not quoted.
	// By itself it breaks no rule.
	codeNotComparable value.Code = "comm.one_price.not_comparable"
	// OneMessage: the key messages are agreed before the first prospect meeting.
	OneMessage value.Code = "comm.one_message"
)

// Codes of bad input that this package refuses.
const (
	// kindUnknown refuses an unknown kind of activity.
	kindUnknown value.Code = "comms.kind.unknown"
	// purposeUnknown refuses an unknown purpose of an internal call.
	purposeUnknown value.Code = "comms.purpose.unknown"
	// partUnknown refuses an unknown part, a part of a debrief on a prep, and the reverse.
	partUnknown value.Code = "comms.part.unknown"
	// codeAddressFormat refuses a malformed mail address.
	codeAddressFormat value.Code = "comms.address.format"

	// activityID refuses a missing id, or one that is too long.
	activityID value.Code = "comms.activity.id"
	// activityEnd refuses a meeting or a call that ends before it starts.
	activityEnd value.Code = "comms.activity.end"
	// activitySide refuses a missing side, and an author who belongs to the other side.
	activitySide value.Code = "comms.activity.side"
	// activityPeople refuses a mail without a sender, and a mail, meeting or call without a second person.
	activityPeople value.Code = "comms.activity.people"
	// activityAbout refuses an answer or a cancellation that names no activity.
	activityAbout value.Code = "comms.activity.about"
	// activityField refuses a field that this kind of activity does not have.
	activityField value.Code = "comms.activity.field"
	// activityOffer refuses a quote without an item, a quantity or a price above zero.
	activityOffer value.Code = "comms.activity.offer"
	// activitySize refuses too many people, references, parts or bytes.
	activitySize value.Code = "comms.activity.size"
	// ActivityContradicts refuses a second activity with the same id and other content.
	ActivityContradicts value.Code = "comms.activity.contradicts"
	// codeLogSize refuses a log of more than 10,000,000 activities.
	codeLogSize value.Code = "comms.log.size"

	// dealOpened refuses a deal without the instant of its opening.
	dealOpened value.Code = "comms.deal.opened"
	// dealEnded refuses a deal that ends before it opens.
	dealEnded value.Code = "comms.deal.ended"
	// dealHold refuses a hold without a start, one that ends before it starts, holds that overlap, and too many.
	dealHold value.Code = "comms.deal.hold"
	// personSide refuses a person without a side, and one of the prospect who has a side.
	personSide value.Code = "comms.person.side"
	// personName refuses a rep without a name, or a name that is too long.
	personName value.Code = "comms.person.name"
	// personAddress refuses a person without an address, with too many, or with addresses beside a domain.
	personAddress value.Code = "comms.person.address"
	// personTwice refuses an address or domain that two people have at the same time.
	personTwice value.Code = "comms.person.twice"
	// personRange refuses a person whose time on the deal ends before it starts.
	personRange value.Code = "comms.person.range"
	// personLead refuses a side that has several reps at some time, and not exactly one lead rep.
	personLead value.Code = "comms.person.lead"

	// rulesMissing refuses the zero value of [Rules].
	rulesMissing value.Code = "comms.rules.missing"
)
