// Package book has the agreement between a vendor and its partners as one document, the
// [Book]: compensation, playbooks, registration, communication, escalation, and who is
// accountable for what. Its default is complete, so a team changes what it agreed
// otherwise:
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
//	registration.protection 90 -> 60
//
// [Parse] reads a book from JSON and [Book.Document] writes it as people edit it;
// [DefaultDocument] is the default in that form. [NewHistory] puts the books of several
// years in order, and [History.On] says which one is in force on a day. What people are
// paid may change at the start of a fiscal quarter alone.
//
// Each section is the policy of the package of that name, which explains its fields;
// package assess asks a book about deals.
package book
