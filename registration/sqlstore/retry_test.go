package sqlstore

import (
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"testing"
	"time"
)

type stateError string

func (e stateError) Error() string    { return "state " + string(e) }
func (e stateError) SQLState() string { return string(e) }

type codeError int

func (e codeError) Error() string { return fmt.Sprint("code ", int(e)) }
func (e codeError) Code() int     { return int(e) }

// reg.atomic: a write that may have been stored is not tried again.
func TestOnlyFailuresThatStoredNothingAreTriedAgain(t *testing.T) {
	for _, c := range []struct {
		name           string
		passes         func(error) bool
		err            error
		before, commit bool
	}{
		{"serialisation", passesPostgres, stateError("40001"), true, true},
		{"deadlock", passesPostgres, stateError("40P01"), true, true},
		{"shutdown", passesPostgres, stateError("57P01"), true, false},
		{"connection", passesPostgres, stateError("08006"), true, false},
		{"too many connections", passesPostgres, stateError("53300"), true, false},
		{"unique violation", passesPostgres, stateError("23505"), false, false},
		{"cancelled by the server", passesPostgres, stateError("57014"), false, false},
		{"broken", passesPostgres, driver.ErrBadConn, true, false},
		{"cut", passesPostgres, io.ErrUnexpectedEOF, true, false},
		{"joined meanwhile", passesPostgres, busy("x"), true, true},
		{"deadline", passesPostgres, context.DeadlineExceeded, false, false},
		{"cancelled", passesPostgres, context.Canceled, false, false},
		{"busy", passesSQLite, codeError(5), true, true},
		{"busy snapshot", passesSQLite, codeError(5 | 2<<8), true, true},
		{"locked", passesSQLite, codeError(6), true, true},
		{"constraint", passesSQLite, codeError(19), false, false},
		{"busy by text", passesSQLite, errors.New("database is locked"), true, true},
		{"full", passesSQLite, errors.New("database or disk is full"), false, false},
	} {
		if got := c.passes(fmt.Errorf("driver: %w", c.err)); got != c.before {
			t.Errorf("%s: passes %v, want %v", c.name, got, c.before)
		}
		if got := c.passes(commitError{c.err}); got != c.commit {
			t.Errorf("%s at the commit: passes %v, want %v", c.name, got, c.commit)
		}
	}
}

func TestRetryIsBounded(t *testing.T) {
	settings := DefaultSettings()
	settings.Attempts, settings.Wait = 3, time.Nanosecond
	s := &Store{settings: settings, dialect: postgres()}
	for _, c := range []struct {
		err   error
		calls int
	}{{stateError("40001"), 3}, {stateError("23505"), 1}, {decided{stateError("40001")}, 1}, {nil, 1}} {
		calls := 0
		err := s.retry(t.Context(), func(context.Context) error { calls++; return c.err })
		if calls != c.calls || (err == nil) != (c.err == nil) {
			t.Errorf("%v: %d calls, %v, want %d", c.err, calls, err, c.calls)
		}
		if _, wrapped := err.(decided); wrapped {
			t.Error("the caller's own error is wrapped")
		}
	}
	s.settings.Wait = time.Hour
	ctx, cancel := context.WithCancel(t.Context())
	err := s.retry(ctx, func(context.Context) error { cancel(); return stateError("40001") })
	if !errors.Is(err, context.Canceled) || !errors.Is(err, stateError("40001")) {
		t.Errorf("cancelled while waiting: %v", err)
	}
}

func TestQueryNumbersParameters(t *testing.T) {
	const q = "a = ? AND b IN (?,?)"
	if got, want := postgres().query(q), "a = $1 AND b IN ($2,$3)"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	if got := sqlite().query(q); got != q {
		t.Error(got)
	}
}

func TestSettingsOutOfRangeAreRefused(t *testing.T) {
	if err := DefaultSettings().check(); err != nil {
		t.Error(err)
	}
	if _, err := NewStore(t.Context(), nil, DefaultSettings()); !errors.Is(err, DatabaseUnknown) {
		t.Errorf("no database: %v", err)
	}
	_, err := NewStore(t.Context(), nil, Settings{})
	const want = "new_id: nothing makes ids; start from the default settings\n" +
		"timeout: 0s is out of range; write more than 0 and at most 1h0m0s\n" +
		"wait: 0s is out of range; write more than 0 and at most 1h0m0s\n" +
		"attempts: 0 is out of range; write 1 to 1000\nwriters: 0 is out of range; write 1 to 1000"
	if !errors.Is(err, SettingsInvalid) || err.Error() != want {
		t.Errorf("got %v\nwant %s", err, want)
	}
}
