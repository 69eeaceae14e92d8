package comms

import "github.com/coselling/coselling/value"

// Codes of the rules of the communication protocol, which this package checks.
const (
	SingleThread      value.Code = "comm.single_thread"         // both lead reps are on every mail to the prospect
	SeparateStream    value.Code = "comm.separate_stream"       // each thread includes the other side at least once
	DuplicateOutreach value.Code = "comm.no_duplicate_outreach" // the sides do not write separately on one day
	WeeklySync        value.Code = "comm.weekly_sync"           // the reps of an active deal have a sync each week
	SyncLength        value.Code = "comm.sync_length"           // a sync of the reps is short
	SharedNotes       value.Code = "comm.shared_notes"          // a shared note is in both CRMs
	Notify            value.Code = "comm.notify"                // the other side hears of each interaction
	Response          value.Code = "comm.response"              // an internal question is answered in time
	Prep              value.Code = "comm.prep"                  // a complete prep precedes each prospect meeting
	Debrief           value.Code = "comm.debrief"               // a complete debrief follows each prospect meeting
	OnePrice          value.Code = "comm.one_price"             // both sides state the same price
	codeOutside       value.Code = "party.outside"              // only who is in front of the prospect writes to it
	OneMessage        value.Code = "comm.one_message"           // key messages are agreed before the first meeting
)

// codeNotComparable reports a quote whose currency or item the other side has not quoted. By itself it breaks no rule.
const codeNotComparable value.Code = "comm.one_price.not_comparable"

// Codes of bad input that this package refuses.
const (
	kindUnknown       value.Code = "comms.kind.unknown"
	purposeUnknown    value.Code = "comms.purpose.unknown"
	partUnknown       value.Code = "comms.part.unknown" // also a part of a debrief on a prep, and the reverse
	codeAddressFormat value.Code = "comms.address.format"

	activityID          value.Code = "comms.activity.id"
	activityEnd         value.Code = "comms.activity.end"
	activitySide        value.Code = "comms.activity.side" // also an author who belongs to the other side
	activityPeople      value.Code = "comms.activity.people"
	activityAbout       value.Code = "comms.activity.about"
	activityField       value.Code = "comms.activity.field" // a field that this kind of activity does not have
	activityOffer       value.Code = "comms.activity.offer"
	activitySize        value.Code = "comms.activity.size"
	ActivityContradicts value.Code = "comms.activity.contradicts" // the same id with other content
	codeLogSize         value.Code = "comms.log.size"

	dealOpened    value.Code = "comms.deal.opened"
	dealEnded     value.Code = "comms.deal.ended"
	personSide    value.Code = "comms.person.side"
	personName    value.Code = "comms.person.name"
	personAddress value.Code = "comms.person.address"
	personTwice   value.Code = "comms.person.twice" // an address or domain that two people have at the same time
	personRange   value.Code = "comms.person.range"
	personLead    value.Code = "comms.person.lead" // not exactly one lead rep among several reps of a side

	rulesMissing value.Code = "comms.rules.missing"
)
