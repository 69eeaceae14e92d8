package model

import "github.com/coselling/coselling/value"

// Function names the part of a partner in a deal with several, an open identifier: a book may have others.
type Function string

// The functions of the default book.
const (
	Referral    Function = "referral"
	Resale      Function = "resale"
	Integration Function = "integration"
	Technology  Function = "technology"
	Marketplace Function = "marketplace"
)

// FunctionRow lists the work of one function in place of the partner that leads, or beside it (party.function), where
// the engagement model lets the partner lead, support or share a responsibility. Nothing goes that the function of the
// leading partner takes or supports.
type FunctionRow struct {
	Function Function `json:"function" wire:"needed,1..256"`
	// what it takes from the partner that leads; nil: nothing
	Takes []Responsibility `json:"takes,omitzero" wire:"unique,each=1..1024"`
	// what it supports beside the partner that leads; nil: nothing
	Supports []Responsibility `json:"supports,omitzero" wire:"unique,each=1..1024"`
}

// DefaultFunctions returns the default functions as a fresh list that the caller may change.
func DefaultFunctions() []FunctionRow {
	return []FunctionRow{
		{Function: Referral},
		{Function: Resale, Takes: []Responsibility{Contract}, Supports: []Responsibility{Proposal}},
		{Function: Integration,
			Takes: []Responsibility{ServicesObjections, Implementation, IntegrationWork, Deployment}},
		{Function: Technology},
		{Function: Marketplace},
	}
}

// Participant is a further partner of a deal, beside the one that leads. The zero value is refused. A function that
// the book does not have takes over nothing and is reported as missing.
type Participant struct {
	Party    Party      `json:"party" wire:"needed"`           // a partner, each once, and not the one that leads
	Function Function   `json:"function" wire:"needed,1..256"` // one of the book's
	From     value.Date `json:"from,omitzero"`                 // its first day; zero: since the opening
	Until    value.Date `json:"until,omitzero"`                // its last day; zero: to the end
	// whether its reps write to the prospect and meet it (party.front)
	Front bool `json:"front,omitzero"`
}

// On reports whether the participant takes part on a day: from From to Until, both days included.
func (p Participant) On(day value.Date) bool {
	return !day.Before(p.From) && (p.Until.IsZero() || !p.Until.Before(day))
}
