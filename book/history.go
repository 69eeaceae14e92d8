package book

import (
	"slices"
	"strconv"
	"strings"

	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/comp/timeline"
	"github.com/coselling/coselling/internal/wire"
	"github.com/coselling/coselling/value"
)

const maxBooks = 400

// History is a history of books, each in force from its From until the day before the next one begins. Make it
// with [NewHistory]; it is immutable. The zero value has no books.
//
// A book that changes comp must obey the quarter lock (comp.quarter_lock); others may begin on any day. For
// corrections, which are exempt, and for closed days see [History.Comp].
type History struct {
	books []Book
	comp  timeline.History
}

// NewHistory makes a history of 1 to 400 books in the order of their dates, and copies them. A wrong number of books is
// [timeline.VersionsMissing] alone. Otherwise it reports at once: those of [Book.Check], with paths such as
// books[1].zone; [timeline.ID] for a repeated version; [timeline.SameDate] and [timeline.Order] for a first day that
// is not after that of the book before. If there are none, those of the terms and of the changes of comp, see
// [timeline.New]: [timeline.QuarterLock] for a later book that changes comp inside a fiscal quarter, at books[1].from.
func NewHistory(terms timeline.Terms, books ...Book) (History, error) {
	if n := len(books); n == 0 || n > maxBooks {
		return History{}, value.Below("books", value.NewError(timeline.VersionsMissing, strconv.Itoa(n)+" books",
			"are given; a history has 1 to "+strconv.Itoa(maxBooks)))
	}
	var s History
	var problems value.Errors
	for i, b := range books {
		problems.Add(value.Index("books", i), b.Check())
		problems.Add(value.Index("books", i), follows(books[:i], b))
		s.books = append(s.books, b.clone())
	}
	if err := problems.Err(); err != nil {
		return History{}, err
	}
	versions, at := compVersions(s.books)
	var err error
	if s.comp, err = timeline.New(terms, versions...); err != nil {
		return History{}, inBooks(err, at)
	}
	return s, nil
}

// follows refuses a book that does not begin after the books before it, or that has the version of one of them.
func follows(before []Book, b Book) error {
	var problems value.Errors
	if i := slices.IndexFunc(before, func(other Book) bool { return other.Version == b.Version }); i >= 0 {
		problems.Refuse("version", timeline.ID, value.Quote(b.Version),
			"is the version of "+value.Index("books", i)+" already")
	}
	if len(before) == 0 || b.From.IsZero() {
		return problems.Err()
	}
	last := before[len(before)-1].From
	switch {
	case b.From == last:
		problems.Refuse("from", timeline.SameDate, b.From.String(),
			"is the first day of the book before, too; each book has its own first day")
	case b.From.Before(last):
		problems.Refuse("from", timeline.Order, b.From.String(),
			"is before "+last.String()+", the first day of the book before; put books in the order of their dates")
	}
	return problems.Err()
}

// compVersions returns a version of the compensation policy, and the position, for each book that changes it.
func compVersions(books []Book) (versions []timeline.Version, at []int) {
	for i, b := range books {
		if i == 0 || len(comp.Diff(books[i-1].Comp, b.Comp)) > 0 {
			versions = append(versions, timeline.Version{ID: b.Version, From: b.From, Policy: b.Comp})
			at = append(at, i)
		}
	}
	return versions, at
}

// inBooks replaces the paths of the compensation history by those of the books.
func inBooks(err error, at []int) error {
	var found, problems value.Errors
	found.Add("", err)
	for _, e := range found {
		path := strings.TrimPrefix(e.Path, "history.")
		for version, book := range at {
			if rest, ok := strings.CutPrefix(path, value.Index("versions", version)); ok {
				path = value.Index("books", book) + strings.Replace(rest, ".policy", ".comp", 1)
				break
			}
		}
		problems.Refuse(path, e.Code, e.Got, e.Problem)
	}
	return problems.Err()
}

// On returns a copy of the book in force on a day, the last one whose From is not after it; [timeline.Uncovered] if the
// day is unset or before the first.
func (s History) On(day value.Date) (Book, error) {
	for _, b := range slices.Backward(s.books) {
		if !b.From.After(day) { // an unset day is before all
			return b.clone(), nil
		}
	}
	got, want := day.String(), "has no book; the history is empty"
	if day.IsZero() {
		got, want = "no day", "has a book; give the day"
	} else if len(s.books) > 0 {
		want = "has no book; the first, " + value.Quote(s.books[0].Version) + ", begins on " + s.books[0].From.String()
	}
	return Book{}, value.Below("books", value.NewError(timeline.Uncovered, got, want))
}

// All returns copies of the books in the order of their dates; empty for the zero value.
func (s History) All() []Book {
	all := make([]Book, len(s.books))
	for i, b := range s.books {
		all[i] = b.clone()
	}
	return all
}

func (b Book) clone() Book {
	b = wire.Clone(b)
	b.Comp = b.Comp.Under(b.Comp.Model) // copies the rates, which have no tags
	return b
}

// Comp returns the history of the compensation policy, with a version for each book that changes it. It finds the
// version of a deal and takes corrections.
func (s History) Comp() timeline.History { return s.comp }
