package main

import "github.com/coselling/coselling/value"

// Codes of the input that this importer leaves out.
const (
	// fileSize refuses a file that is larger than its kind may be.
	fileSize value.Code = "inbox.file.size"
	// mailFormat refuses a file that is not a mail of RFC 5322.
	mailFormat value.Code = "inbox.mail.format"
	// mailDate refuses a mail without a readable date.
	mailDate value.Code = "inbox.mail.date"
	// mailParts refuses a mail of too many parts, or parts nested too deeply.
	mailParts value.Code = "inbox.mail.parts"
	// mailPeople refuses a mail that nobody of the two sides wrote or got.
	mailPeople value.Code = "inbox.mail.people"
	// calendarFormat refuses a file that is not a calendar of RFC 5545.
	calendarFormat value.Code = "inbox.calendar.format"
	// calendarTime refuses an event without a readable time.
	calendarTime value.Code = "inbox.calendar.time"
	// calendarRule refuses a recurrence that is not daily, weekly or monthly, or that has too many occurrences.
	calendarRule value.Code = "inbox.calendar.rule"
	// calendarPeople refuses an event that nobody of the two sides hosts or attends.
	calendarPeople value.Code = "inbox.calendar.people"
	// quoteFormat refuses a quote without a readable price.
	quoteFormat value.Code = "inbox.quote.format"
)
