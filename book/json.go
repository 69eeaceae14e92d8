package book

import (
	"strconv"

	"github.com/coselling/coselling/internal/wire"
	"github.com/coselling/coselling/value"
)

const maxBookBytes = 8 << 20

// Parse reads the JSON form of a book, at most 8 MiB. Every member of a book is
// needed; which of a section may be left out says ParsePolicy of its package, and
// book.schema.json of them all. It is strict: a repeated, unknown, wrongly cased or missing
// member, a value of another type or out of bounds is refused. Every problem is returned
// at once, up to a hundred, in the order of the document and with its path:
//
//	comp.role_based.contributions.technical_validation: 130% is above 100%
//
// What only the rules of a section show, as its Check has it, is said of sections that
// could be read, and what only several sections show of those without a problem. Text
// that is not JSON gives its first error alone. What Parse returns has no problem for
// [Book.Check].
func Parse(data []byte) (Book, error) {
	var b Book
	err := b.UnmarshalJSON(data)
	return b, err
}

// UnmarshalJSON is [Parse] for a book inside another document. The paths of its
// errors begin inside the book; the document knows where that stands.
func (b *Book) UnmarshalJSON(data []byte) error {
	read, err := wire.Read[Book](data, maxBookBytes)
	if err = read.problems(err); err == nil {
		*b = read
	}
	return err
}

// MarshalJSON returns the canonical form without needless space: every member in a
// fixed order, maps sorted, what says nothing left out. [Parse] gives an equal book
// back. A book that [Book.Check] refuses is written as it stands; only text that is not
// UTF-8 cannot be, and a [SizeExcess] error refuses to write what Parse would not read.
func (b Book) MarshalJSON() ([]byte, error) {
	return sized(wire.Append(make([]byte, 0, 64<<10), &b))
}

// sized refuses a text that Parse would not read.
func sized(text []byte, err error) ([]byte, error) {
	if err == nil && len(text) > maxBookBytes {
		return nil, value.NewError(SizeExcess, strconv.Itoa(len(text))+" bytes", "are above the limit of "+strconv.Itoa(maxBookBytes))
	}
	return text, err
}

// Document returns the canonical form as people read and compare it: indented, what is
// short on one line, with a line break at the end. The same book gives the same bytes.
// Errors: those of [Book.MarshalJSON].
func (b Book) Document() ([]byte, error) {
	text, err := b.MarshalJSON()
	if err != nil {
		return nil, err
	}
	return sized(wire.Format(text))
}
