// Package book holds the agreement between a vendor and its partners as one document, the
// [Book]: compensation, playbooks, registration, communication, escalation and
// accountability. Its default is complete, so a team only changes what it agreed differently:
//
//	package main
//
//	import (
//		"fmt"
//		"log"
//
//		"github.com/coselling/coselling/book"
//	)
//
//	func main() {
//		agreed := book.Default()
//		agreed.Version = "2027"
//		agreed.Registration.Protection = 60 // days
//		if err := agreed.Check(); err != nil {
//			log.Fatal(err) // every problem, each with its path
//		}
//		for _, doubt := range agreed.Lint() {
//			fmt.Println(doubt)
//		}
//		changes, err := book.Diff(book.Default(), agreed)
//		if err != nil {
//			log.Fatal(err)
//		}
//		for _, change := range changes {
//			fmt.Println(change)
//		}
//	}
//
// It prints
//
//	a claim is protected for 60 days, the playbook takes 90
//	version default -> 2027
//	registration.protection 120 -> 60
//
// [Parse] reads a book from JSON and [Book.Document] writes it for people to edit; [DefaultDocument] is the
// default in that form. [NewHistory] makes a history of the books of several years, and [History.On] returns
// the one in force on a day. Compensation may change only at the start of a fiscal quarter.
//
// Each section is the policy of the package with that name, which explains its fields.
// Package assess answers questions about deals by a book.
package book
