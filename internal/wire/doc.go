// Package wire reads, writes, checks, orders, copies and describes the documents of the
// module, all by the tags of their types:
//
//	type Activity struct {
//		ID   string    `json:"id" wire:"needed,1..998"`
//		At   time.Time `json:"at" wire:"needed,set"`
//		To   []string  `json:"to,omitzero"`
//		Note string    `json:"note,omitzero" wire:"..1000,code=note.length"`
//	}
//
// The json tag has the name of the member, and omitzero where it is left out when it is zero.
// The members of a struct that is embedded, or has the option inline, stand among those of the
// outer struct; with the wire tag "optional" none of them is needed. The wire tag of a member has
// these words, separated by commas:
//
//	needed      the member must stand in a document
//	filled      the member is not empty where it stands; without this word empty text is an
//	            absent day, instant, percentage or name
//	set         the value is not zero in memory
//	1..998      bounds: bytes of a text, elements of a list or table, the range of a number,
//	            whole seconds of a length of time; "..998" and "1.." leave one end open
//	code=C      the code of an error about the bounds, or about a value that is not set
//	part        a percentage of 0% to 100%
//	positive    an amount above zero
//	utc         an instant in the one form in which it is written
//	unique      no element of the list stands twice
//	pos=N       the position among the members, where it is not that of the field
//	each=W      words for the elements of a list or a table, separated by semicolons
//	keys=W      the same for the keys of a table
//	like=F      a form of text that only the JSON Schema has
//
// Without bounds a text has at most 4,096 bytes of UTF-8, and a list or table at most 1,000 elements. A
// struct with tags is always read by them. A type without tags reads and writes itself, by UnmarshalJSON and
// AppendJSON or by its methods for text; a closed enumeration is read by the names that its String method
// returns. A table is written without the keys of empty lists.
//
// Reading takes one pass. Unknown, repeated, wrongly cased and missing members, values of another type and
// values out of bounds are reported at once, each with its path, up to a hundred of them. For text that is
// not JSON only the first error is reported, with line and column. A member that is null counts as absent.
//
// The plans of types are kept for the life of the process; the domain packages have no other state.
package wire

import "github.com/coselling/coselling/value"

// Codes of documents and values that this package refuses.
const (
	Size     value.Code = "json.size"     // a document above its limit of bytes
	Syntax   value.Code = "json.syntax"   // a text that is not one JSON value in UTF-8
	Repeated value.Code = "json.repeated" // a member that stands twice in one object
	Unknown  value.Code = "json.unknown"  // a member that the document cannot have, and a wrongly cased one
	Type     value.Code = "json.type"     // a value of another JSON type than the member has
	Missing  value.Code = "json.missing"  // a document in which a needed member is missing
	More     value.Code = "json.more"     // the number of the problems that are not listed
	ID       value.Code = "fact.id"       // a text that is missing or too long for an id
	Text     value.Code = "fact.text"     // text that is not UTF-8 or is too long
	Excess   value.Code = "fact.excess"   // a list or table with too many or too few elements
	Instant  value.Code = "fact.instant"  // a text or time that is not an instant of the years 1 to 9000
	Duration value.Code = "fact.duration" // a text that is not a length of time
	Range    value.Code = "fact.range"    // a number or an amount out of its range
	Twice    value.Code = "list.twice"    // an element that stands twice in a list
	Tag      value.Code = "json.tag"      // a tag without a meaning on a type of this module
)

const (
	maxText     = 4096     // bytes of a text without bounds
	maxList     = 1000     // elements of a list or table without bounds
	maxProblems = 100      // problems that are listed for one document
	maxWords    = 64 << 10 // bytes of the texts of these problems
)
