// Package crmcsv turns the CSV export of any CRM into deals that package comp can price. A
// small mapping file names the column of each field. Rows that cannot be read are reported
// with line, column, value and reason, and the other rows are still read.
//
//	package main
//
//	import (
//		"errors"
//		"fmt"
//		"log"
//		"strings"
//
//		"github.com/coselling/coselling/crmcsv"
//	)
//
//	const mappingJSON = `{
//	  "export": "Deals of the sales team",
//	  "fields": {
//	    "id": {"column": "Deal"}, "value": {"column": "Amount"}, "currency": {"constant": "USD"},
//	    "stage": {"column": "Stage", "values": {"Closed Lost": "lost", "*": "open"}}
//	  },
//	  "payees": [{"rep": {"column": "Owner"}}],
//	  "roster": {"ana": {"side": "vendor", "org": "us", "rate": "8%"}}
//	}`
//
//	const export = `Deal,Amount,Stage,Owner
//	D-1,120000.00,Proposal,ana
//	D-2,1234.505,Proposal,ana
//	`
//
//	func main() {
//		mapping, err := crmcsv.ParseMapping([]byte(mappingJSON))
//		if err != nil {
//			log.Fatal(err)
//		}
//		reader, err := crmcsv.NewReader(strings.NewReader(export), mapping)
//		if err != nil {
//			log.Fatal(err) // a column of the mapping is missing, or the file is not CSV
//		}
//		for deal, err := range reader.Rows() {
//			if bad, ok := errors.AsType[*crmcsv.BadRow](err); ok {
//				fmt.Println(bad) // reading goes on
//			} else if err != nil {
//				log.Fatal(err) // the rest of the file cannot be read
//			} else {
//				fmt.Println(deal.Booking.ID, deal.Status, deal.Booking.Value)
//			}
//		}
//	}
//
// It prints
//
//	D-1 open 120000.00 USD
//	line 3: Amount: "1234.505" has more decimals than USD has (2)
//
// For files of millions of rows there is [Reader.Read], which uses the storage of one deal again and again,
// and [Batch], whose rows several processors turn into deals at a time.
//
// # The mapping file
//
// A mapping is a JSON object. "fields" has the source of each field of a deal; "payees" has the same for each rep
// to be credited; "roster" has the party and the rate of each rep that the export itself does not state. "export"
// names the export, "made_up" lists in words the values that the mapping makes up, and "doubts" what it may have
// wrong. "encoding" and "delimiter" say how the file is written, "zone" and "language" belong to days, and "no_value"
// lists texts that say nothing, such as N/A.
//
//	{
//	  "export": "Deals of the sales team",
//	  "fields": {
//	    "id":       {"column": "Deal ID"},
//	    "value":    {"column": "Amount", "format": "1,234.50"},
//	    "currency": {"constant": "USD"},
//	    "stage":    {"column": "Stage", "values": {"Closed Won": "won", "Closed Lost": "lost", "*": "open"}},
//	    "closed":   {"column": "Close Date", "format": "MM/DD/YYYY"},
//	    "source":   {"column": "Partner", "present": "partner", "absent": "vendor"}
//	  },
//	  "payees": [{"rep": {"column": "Owner"}, "role": {"constant": "primary"}}],
//	  "roster": {"ana": {"side": "vendor", "org": "us", "rate": "8%"}}
//	}
//
// A field takes a column, several columns or a constant. "values" translates the texts of a column, "*" stands for
// every other text, and a text translated to "" counts as blank; a text that differs from a listed one by case, blanks
// or the encoding of accents only has the meaning of that one. "present" replaces every filled cell, "absent" every
// blank one; "format" is the format of an amount, a day or a percentage: 8%, 8, or fraction, where 0.08 is 8%. Without
// a format a day is YYYY-MM-DD, an amount 1234.50, and a percentage 8%. A text that "no_value" lists, for a field or
// for the whole mapping, counts as blank, in any case.
//
//	"value": {"columns": ["Actual Revenue", "Est. Revenue"], "take": "first"}
//	"rep":   {"columns": ["Owner given", "Owner family"], "join": " "}
//	"id":    {"row_number": true}
//
// "take" first takes the first filled cell, "join" writes its text between the filled ones. "row_number" makes the
// number of the row's line the id of a deal. It changes with each export, so no reversal may name such a deal.
//
// # Files
//
// The header is the first of twenty rows that has every column of the mapping; names are compared as they are written,
// else folded: without regard to case, to the width and number of blanks, and to the encoding of accents. Rows above it
// are titles, and in a file of three columns or more a row with at most one filled cell is blank, a title or a footer:
// such rows are counted by [Reader.Skipped], and are no mistakes. Without a "delimiter" the first of comma, semicolon,
// tab and bar is taken that finds a header. A first line such as "sep=;" states it.
//
// A file is in UTF-8, in UTF-16 with a byte-order mark, or in the "encoding" that the mapping states, by a name such as
// windows-1252. Lines end in a line feed, with or without a carriage return, or in a carriage return alone. A workbook,
// a mark of another encoding and another delimiter than the stated one are refused by name.
//
// [Reader.Doubts] reports what was read and may be wrong all the same: reps whose ids differ by form only, rates below
// 1% in a column of percentages, and deals with the id of a row that was left out.
//
// [Guess] makes a first mapping for a file from the names of its columns and the texts of its first rows, with a note
// for each field; written as JSON it is a mapping file to correct.
//
// # Amounts
//
// The format of an amount is an example: 1234.50, "1,234.50", "1.234,50", "1234,50", "1 234.50", "1 234,50",
// "1'234.50", "1'234,50" or "12,34,567.50". In every format an amount may have no separators, any blank for a space,
// a minus on either side or parentheses, .- in place of cents, and the sign or the code of its currency, which must be
// that of the row. Zeros are read that are more decimals than the currency has; other digits are refused, and without a
// format three decimals, because 10.000 may be ten thousand.
//
// # Days
//
// The format of a day is a layout of these words:
//
//	YYYY YY          the year; YY is one of this century
//	MMMM MMM         the month by name in "language" (da, de, en, es, fr, it, nb, nl, pl, pt, sv; else en), whole or cut
//	MM M DD D        month and day, of one digit or two; two where no other text stands between two numbers
//	HH H hh h mm ss  hours of the whole day, of half a day, minutes, seconds and fractions of them
//	A Z              AM or PM, beside hh or h; the offset of a time zone, such as Z or +02:00
//	[de]             other letters; other characters stand as they are, and a space is any run of blanks
//
// excel is the number of a day in a spreadsheet, unix_s and unix_ms are seconds and milliseconds since 1970. A list
// of layouts is tried in order; a cell that two of them read as different days is a bad row. "zone" is the time zone
// that dates cells with an offset and numbers since 1970; the program resolves it by [Mapping.In]. All other cells
// state their day themselves.
//
// A file as a whole can contradict the order of day and month: no row fits the stated order only, and at least one,
// such as 19/07/2026 for MM/DD/YYYY, fits the other order only. Then 04/08/2026 was read with day and month swapped, so
// the reader ends with an error, and everything that it gave is to be discarded. [Reader.Check] finds that out before.
//
// # Fields
//
// The fields of a deal are: id, value, currency and stage (open, won, lost), which every mapping has; closed,
// which a won deal needs; account, partner_quota, vendor_quota, engagement (partner_led, vendor_led,
// true_co_sell), source (partner, vendor, joint), registrant (partner, vendor, joint_by_partner,
// joint_by_vendor), reverses (the id of the deal that the row takes back); and the signals
// partner_relationship, partner_trusted, product_addon, vendor_customer, product_primary, equal_products,
// no_relationship, both_engaged (yes, no, unknown). Of a deal with several partners also lead_partner, the organisation
// that leads, and brought_by, the one that brought the deal.
//
// The fields of a payee are: rep, which is blank where the deal has no such payee; side
// (partner, vendor), org, and rate or a rate table of the policy, each from the row and where
// that is blank from the roster; role (primary, supporting), contribution and share;
// added_tables, further rate tables with commas between them; credit_only (yes, no, unknown)
// for a rep whose rate is not known here; company (yes, no, unknown) for a company that is
// paid, at a rate or by fixed, a sum for each deal. A row states one of rate, table, fixed
// and credit_only. Of several partners party_share is the share of the payee's company in
// the credit of all of them.
//
// The payees of a deal stand in one row, or, by "several_rows", in consecutive rows with its id. The first of these
// states the facts of the deal and need not name a payee; each other one states the same or leaves it blank, so a fact
// that is blank in the first row and stated in a later one is a contradiction. Of the other rows of a reversal the
// payees are ignored. A deal of which a row cannot be read is left out whole, and so is a deal directly in front of or
// behind a row that is no CSV or has no id that can be read, because that row may have been one of the deal.
//
// # Limits
//
// A file is of any length, read row by row; to find repeated ids, memory grows by 16 to 24 bytes for each row. A
// header has at most 16,384 columns. A row ends at 1 MiB or 1,000 lines; a cell that the mapping reads has at most
// 1,024 bytes. A mapping has at most 4 MiB, 1,000 payees, 64 fields of a deal or payee, 16 columns and 10 layouts of a
// field, 100,000 reps in its roster, 100,000 texts that one field translates, 100 texts without a value, and texts of
// 4,096 bytes. Anything above is a bad row, or an error of the file or the mapping. Of a row that is not CSV, such as
// one whose quote is never closed, only the first line is lost.
//
// A deal in several rows has at most 1,000 payees. The row that goes beyond is a bad row, and those behind it are not
// looked at, nor those behind a first row with too many or too few cells, or behind a hundred bad rows of one deal.
package crmcsv
