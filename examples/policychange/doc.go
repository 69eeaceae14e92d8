// Package policychange is a folder as a revenue-operations engineer keeps it: the
// compensation policy in force and the next one, a year of deals from the CRM with its
// mapping, and a test that says what the next policy may change. Copy it, put your own
// files in place of these, and run
//
//	go test .
//
// COSELLING_UPDATE=1 rewrites a golden file; its difference shows the effect of the change on
// each statement.
package policychange
