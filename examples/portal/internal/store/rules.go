package store

import (
	"errors"
	"fmt"
	"time"

	"github.com/coselling/coselling"
	"github.com/coselling/coselling/book"
	"github.com/coselling/coselling/comp/timeline"
	"github.com/coselling/coselling/registration"
	"github.com/coselling/coselling/value"
)

// rules are those of one book, ready to decide.
type rules struct {
	book   coselling.Book
	zone   *time.Location
	engine *coselling.Engine
	claims *registration.Rules
}

// compile makes the rules of every book. The books must make a history: their versions differ, and pay changes at the
// start of a quarter.
func compile(settings Settings) ([]rules, error) {
	if _, err := book.NewHistory(timeline.DefaultTerms(), settings.Books...); err != nil {
		return nil, err
	}
	if settings.Now == nil || settings.Host.Zone == nil || settings.Host.Registrable == nil {
		return nil, errors.New("the portal needs a clock, zones and registrable domains")
	}
	var list []rules
	for _, b := range settings.Books {
		r := rules{book: b}
		var err error
		if r.zone, err = settings.Host.Zone(b.Zone); err != nil {
			return nil, fmt.Errorf("the zone of book %s: %w", b.Version, err)
		}
		if r.engine, err = coselling.New(b, settings.Host); err != nil {
			return nil, err
		}
		if r.claims, err = registration.Compile(b.Registration, settings.Host.Registrable); err != nil {
			return nil, err
		}
		r.claims = r.claims.In(value.Workplace{Zone: r.zone})
		list = append(list, r)
	}
	return list, nil
}

// on returns the rules that are in force at an instant, or the first ones before all of them.
func (s *Store) on(at time.Time) *rules {
	found := &s.rules[0]
	for i := range s.rules[1:] {
		if r := &s.rules[i+1]; !at.Before(r.book.From.Start(r.zone)) {
			found = r
		}
	}
	return found
}

// today returns the day of an instant where the book counts days.
func (r *rules) today(at time.Time) (value.Date, error) { return value.DateOf(at, r.zone) }
