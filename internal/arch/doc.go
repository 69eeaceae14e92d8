// Package arch holds no code, only tests of the whole repository: which package may import which, what domain
// packages must not do, which codes exist, what importers see and link, how long files are. CONTRIBUTING.md
// says the rules in words; a failing test here names the rule and the line that breaks it.
//
// Golden files in testdata are rewritten by
//
//	COSELLING_UPDATE=1 go test ./internal/arch
//
// and the difference is then part of the review.
package arch
