// Package policychange is a folder as a revenue-operations engineer keeps it: the
// compensation policy in force and the next one, a year of deals from the CRM with its
// mapping, and a test that says what the next policy may change. Copy it, put your own
// files in place of these, and run
//
//	go test .
//
// A golden file is written anew with COSELLING_UPDATE=1; its difference is what the
// change does to each statement.
package policychange
