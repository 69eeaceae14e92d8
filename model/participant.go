package model

import (
	"cmp"
	"slices"

	"github.com/coselling/coselling/value"
)

// Function names the part of a partner in a deal with several, an open identifier of 1 to 64 bytes: a book may
// have others.
type Function string

// The functions of the default book.
const (
	Referral    Function = "referral"
	Resale      Function = "resale"
	Integration Function = "integration"
	Technology  Function = "technology"
	Marketplace Function = "marketplace"
)

// FunctionRow says which work one function takes over from the lead partner, and which it supports (party.function). It
// counts where the engagement model lets the partner lead, support or share a responsibility. What the lead partner's
// own function takes or supports stays with the lead partner.
type FunctionRow struct {
	Function Function `json:"function" wire:"needed,1..64"`
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
	Party    Party      `json:"party" wire:"needed"`          // a partner, each once, and not the one that leads
	Function Function   `json:"function" wire:"needed,1..64"` // one of the book's
	From     value.Date `json:"from,omitzero"`                // its first day; zero: since the opening
	Until    value.Date `json:"until,omitzero"`               // its last day; zero: to the end
	// whether its reps write to the prospect and meet it (party.front)
	Front bool `json:"front,omitzero"`
}

// On reports whether the participant takes part on a day: from From to Until, both days included.
func (p Participant) On(day value.Date) bool {
	return !day.Before(p.From) && (p.Until.IsZero() || !p.Until.Before(day))
}

// Partners are the partners of a deal, with the work of their functions. The zero value is one partner without
// participants.
type Partners struct {
	All       []Participant // the one that leads first, of which only Party and Function count; nil: one alone
	Functions []FunctionRow // those of the book
}

// row returns the work of a function; without any for one that is not known.
func (p *Partners) row(f Function) FunctionRow {
	i := slices.IndexFunc(p.Functions, func(r FunctionRow) bool { return r.Function == f })
	if i < 0 {
		return FunctionRow{}
	}
	return p.Functions[i]
}

// does reports whether a function takes or supports a responsibility.
func (r *FunctionRow) does(work Responsibility) bool {
	return slices.Contains(r.Takes, work) || slices.Contains(r.Supports, work)
}

// cast holds the partners of a day: the one that leads, and the participants in the order in which they hold the work
// of their functions, the earlier first, then the lower id.
type cast struct {
	Partners
	lead   Party // without Org: whoever sells for the partner's side
	others []Participant
}

// on returns the partners of a day.
func (p Partners) on(day value.Date) cast {
	c := cast{p, Party{Side: Partner}, nil}
	if len(p.All) == 0 {
		return c
	}
	c.lead = p.All[0].Party
	for _, other := range p.All[1:] {
		if other.On(day) {
			c.others = append(c.others, other)
		}
	}
	slices.SortFunc(c.others, func(a, b Participant) int {
		return cmp.Or(a.From.Compare(b.From), a.Party.Compare(b.Party))
	})
	return c
}

// further reports whether a party is one of the participants, of whatever day.
func (c *cast) further(p Party) bool {
	return len(c.All) > 1 && slices.ContainsFunc(c.All[1:], func(q Participant) bool { return q.Party == p })
}

// holders returns the participant with a rep that has the partner's part of a responsibility, and the one that supports
// it; zero: nobody.
func (c *cast) holders(work Responsibility, t *Team) (taker, supporter Party) {
	if len(c.others) == 0 {
		return taker, supporter
	}
	if own := c.row(c.All[0].Function); own.does(work) {
		return taker, supporter
	}
	for i := len(c.others) - 1; i >= 0; i-- {
		p := &c.others[i]
		if row := c.row(p.Function); row.does(work) && t.has(p.Party) {
			if slices.Contains(row.Takes, work) {
				taker = p.Party
			} else {
				supporter = p.Party
			}
		}
	}
	return taker, supporter
}
