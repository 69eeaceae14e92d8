package book

import (
	"strconv"

	"github.com/coselling/coselling/internal/wire"
	"github.com/coselling/coselling/value"
)

const maxBookBytes = 8 << 20

// Parse reads the JSON form of a book, at most 8 MiB. Every section is needed; ParsePolicy of its package and
// schemas/book.schema.json list the members that may be left out. Parse refuses a repeated, unknown, wrongly
// cased or missing member, and a value of another type or out of bounds. It reports every problem at once, up
// to a hundred, in the order of the document and with its path:
//
//	comp.role_based.contributions.technical_validation: 130% is above 100%
//
// It checks the rules of each section that could be read, and reports first the members that a book does not have; of
// text that is not JSON it reports the first error only (json.syntax), of too long text json.size. Paths do not begin
// with book. After an error the book is zero. [Book.Check] finds no problem in a book that Parse returns.
func Parse(data []byte) (Book, error) {
	var b Book
	err := b.UnmarshalJSON(data)
	return b, err
}

// UnmarshalJSON is [Parse] for a book inside another document; after an error b is as it was.
func (b *Book) UnmarshalJSON(data []byte) error {
	read, err := wire.Read[Book](data, maxBookBytes)
	return wire.Store(b, read, read.problems(err))
}

// MarshalJSON returns the canonical form, which [Parse] reads back; book.size for a book too large for Parse.
func (b Book) MarshalJSON() ([]byte, error) {
	return sized(wire.Append(make([]byte, 0, 64<<10), &b))
}

// sized refuses a text that is too large for Parse.
func sized(text []byte, err error) ([]byte, error) {
	if err == nil && len(text) > maxBookBytes {
		return nil, value.NewError("book.size", strconv.Itoa(len(text))+" bytes",
			"are above the limit of "+strconv.Itoa(maxBookBytes))
	}
	return text, err
}

// Document returns the canonical form for people: indented, a line break at the end. Equal books give equal bytes.
// Errors are those of [Book.MarshalJSON]; a book that [Book.Check] refuses can be written.
func (b Book) Document() ([]byte, error) {
	text, err := b.MarshalJSON()
	if err != nil {
		return nil, err
	}
	return sized(wire.Format(text))
}
