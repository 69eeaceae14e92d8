package book_test

import (
	"fmt"
	"log"
	"strings"

	"github.com/coselling/coselling/book"
	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/comp/timeline"
	"github.com/coselling/coselling/stage"
	"github.com/coselling/coselling/value"
)

// A team starts from the default book, changes one number, and reads the difference.
func Example() {
	agreed := book.Default()
	agreed.Version = "2027"
	agreed.Registration.Protection = 60 // days
	if err := agreed.Check(); err != nil {
		log.Fatal(err) // every problem, each with its path
	}
	for _, doubt := range agreed.Lint() {
		fmt.Println(doubt)
	}
	changes, err := book.Diff(book.Default(), agreed)
	if err != nil {
		log.Fatal(err)
	}
	for _, change := range changes {
		fmt.Println(change)
	}
	// Output:
	// a claim is protected for 60 days, the playbook takes 90
	// version default -> 2027
	// registration.protection 120 -> 60
}

// A team copies the default book, names itself and makes two mistakes. Both are
// reported, each with its place in the document.
func ExampleParse() {
	document := strings.NewReplacer(
		`"version": "default"`, `"version": "2026-q4"`,
		`"technical_validation": "30%"`, `"technical_validation": "130%"`,
		`"protection": 120`, `"protection": 0`,
	).Replace(book.DefaultDocument())
	_, err := book.Parse([]byte(document))
	fmt.Println(err)
	// Output:
	// comp.role_based.contributions.technical_validation: 130% is above 100%
	// registration.protection: 0 is outside 1 to 3650
}

// A difference names tasks and contributions as the document does, not by their position.
func ExampleDiff() {
	before, after := book.Default(), book.Default()
	after.Comp.RoleBased.Contributions[comp.TechnicalValidation] = value.MustPercent("40%")
	after.Stage.Playbooks[0].Steps[1].Tasks[0].Owner = stage.Jointly
	after.Registration.Reminders = []int{30, 7}
	changes, err := book.Diff(before, after)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, change := range changes {
		fmt.Println(change)
	}
	// Output:
	// comp.role_based.contributions.technical_validation 30% -> 40%
	// stage.playbooks[partner_led.standard].stages[discovery].tasks[discovery_call].owner partner -> joint
	// registration.reminders[14] listed -> none
}

// Reminders may change in the middle of a quarter, compensation may not.
func ExampleNewHistory() {
	first := book.Default()
	second, third := book.Default(), book.Default()
	second.Version, second.From = "fewer reminders", value.MustDate("2026-05-20")
	second.Registration.Reminders = []int{14}
	third.Version, third.From = "more for validation", value.MustDate("2026-08-15")
	third.Comp.RoleBased.Contributions[comp.TechnicalValidation] = value.MustPercent("40%")

	_, err := book.NewHistory(timeline.DefaultTerms(), first, second, third)
	fmt.Println(err)

	third.From = value.MustDate("2026-10-01")
	books, err := book.NewHistory(timeline.DefaultTerms(), first, second, third)
	if err != nil {
		fmt.Println(err)
		return
	}
	agreed, err := books.On(value.MustDate("2026-09-30"))
	fmt.Println(agreed.Version, err)
	// Output:
	// books[2].from: 2026-08-15 lies inside the fiscal quarter 2026-07-01 to 2026-09-30; the next legal date is 2026-10-01
	// fewer reminders <nil>
}

// A valid book is doubtful: registrations end before the sale does.
func ExampleBook_Lint() {
	agreed := book.Default()
	agreed.Registration.Protection = 60
	for _, doubt := range agreed.Lint() {
		fmt.Println(doubt.Code(), doubt)
	}
	// Output: reg.protection_short a claim is protected for 60 days, the playbook takes 90
}

// A book that is made in code is checked like one that is read, with the same paths.
func ExampleBook_Check() {
	agreed := book.Default()
	agreed.Zone = ""
	agreed.Comp.RoleBased.Contributions[comp.TechnicalValidation] = value.MustPercent("130%")
	fmt.Println(agreed.Check())
	// Output:
	// zone: nothing stands here; a text of 1 to 256 bytes of UTF-8 is needed
	// comp.role_based.contributions.technical_validation: 130% is above 100%
}

// People edit the document, which is indented; programs exchange the canonical form of
// MarshalJSON. Both are read as the same book.
func ExampleBook_Document() {
	document, err := book.Default().Document()
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(string(document) == book.DefaultDocument())
	// Output: true
}

// The book of the day applies to a deal, and the compensation policy of its closing date
// pays it.
func ExampleHistory_On() {
	first, second := book.Default(), book.Default()
	second.Version, second.From = "2026-h2", value.MustDate("2026-07-01")
	second.Comp.RoleBased.Contributions[comp.TechnicalValidation] = value.MustPercent("40%")
	books, err := book.NewHistory(timeline.DefaultTerms(), first, second)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, day := range []string{"2026-06-30", "2026-07-01"} {
		agreed, err := books.On(value.MustDate(day))
		fmt.Println(day, agreed.Version, agreed.Comp.RoleBased.Contributions[comp.TechnicalValidation], err)
	}
	fmt.Println(len(books.All()), "books,", len(books.Comp().Versions()), "versions of what people are paid")
	// Output:
	// 2026-06-30 default 30% <nil>
	// 2026-07-01 2026-h2 40% <nil>
	// 2 books, 2 versions of what people are paid
}
