// Package book has the agreement between a vendor and its partners as one document, the
// [Book]: its form, its defaults, what is doubtful in it, what two of them differ in, and
// which of a [History] is in force on a day.
//
//	agreed, err := book.Parse(text)
//	if err != nil {
//		return err // every problem, each with its path
//	}
//	changes, err := book.Diff(book.Default(), agreed)
//	for _, change := range changes {
//		fmt.Println(change)
//	}
//
// Package assess asks a book about deals.
package book
