package sqlstore

import (
	"context"
	"database/sql/driver"
	"errors"
	"io"
	"math/rand/v2"
	"net"
	"strings"
	"time"

	"github.com/coselling/coselling/value"
)

const maxDoublings = 6

// retry calls do until it succeeds, fails for good, or the attempts or ctx are over.
func (s *Store) retry(ctx context.Context, do func(context.Context) error) error {
	for attempt := 1; ; attempt++ {
		err := do(ctx)
		if own, ok := err.(decided); ok {
			return own.error
		}
		if err == nil || attempt == s.settings.Attempts || !s.dialect.passes(err) {
			return inTime(ctx, explained(err))
		}
		if pause(ctx, s.settings.Wait<<min(attempt-1, maxDoublings)) != nil {
			return inTime(ctx, err)
		}
	}
}

// inTime adds the error of the context to err, if the context is done.
func inTime(ctx context.Context, err error) error {
	if err == nil || ctx.Err() == nil || errors.Is(err, ctx.Err()) {
		return err
	}
	return errors.Join(ctx.Err(), err)
}

// pause waits for a random time up to the limit, so that writers that collided do not collide again.
func pause(ctx context.Context, limit time.Duration) error {
	timer := time.NewTimer(rand.N(limit) + 1)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// stateful is an error of PostgreSQL, of any driver.
type stateful interface {
	error
	SQLState() string
}

// passesPostgres reports whether a failure of PostgreSQL can pass and nothing was stored.
func passesPostgres(err error) bool {
	_, committing := errors.AsType[commitError](err)
	if e, ok := errors.AsType[stateful](err); ok {
		switch state := e.SQLState(); state {
		case "40001", "40P01": // serialisation failure, deadlock: the server has rolled back
			return true
		// lock not available, too many connections, shutdown, crash, start
		case "55P03", "53300", "57P01", "57P02", "57P03":
			return !committing
		default:
			return !committing && strings.HasPrefix(state, "08") // connection
		}
	}
	return errors.Is(err, Busy) || !committing && lost(err)
}

// explained adds to an error of PostgreSQL about a prepared statement what a pooler needs.
func explained(err error) error {
	e, ok := errors.AsType[stateful](err)
	const unknown, repeated = "26000", "42P05"
	if !ok || e.SQLState() != unknown && e.SQLState() != repeated {
		return err
	}
	return errors.Join(value.NewError("sqlstore.pooler", "the connection",
		"has lost a statement that the driver had prepared, as behind a pooler that gives each transaction another "+
			"connection; let the driver prepare none, with pgx by default_query_exec_mode=exec in the address"), err)
}

// lost reports whether a connection broke.
func lost(err error) bool {
	if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return false
	}
	_, network := errors.AsType[net.Error](err)
	return network || errors.Is(err, driver.ErrBadConn) || errors.Is(err, io.EOF) ||
		errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, net.ErrClosed)
}

// passesSQLite reports whether a file or table was locked; such a COMMIT has not happened. Some drivers have no Code.
func passesSQLite(err error) bool {
	const busy, locked = 5, 6
	if e, ok := errors.AsType[interface {
		error
		Code() int
	}](err); ok {
		primary := e.Code() & 0xff
		return primary == busy || primary == locked
	}
	return errors.Is(err, driver.ErrBadConn) && !errors.As(err, new(commitError)) ||
		strings.Contains(err.Error(), "database is locked") || strings.Contains(err.Error(), "database table is locked")
}

// passesAny is for a database that is not known yet; an error about an unknown function does not pass.
func passesAny(err error) bool { return passesSQLite(err) || passesPostgres(err) || lost(err) }
