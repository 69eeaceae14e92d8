// Package policychange is a folder to copy: the compensation policy in force and the next
// one, a year of deals from the CRM with its mapping, and a test that lists what the next
// policy may change. Replace the files by yours, and run
//
//	go test .
//
// The files *.test.json say the same as the tests in Go, for people without Go.
//
// With COSELLING_UPDATE=1 the golden files are rewritten; their difference shows what the
// change does to each statement.
package policychange
