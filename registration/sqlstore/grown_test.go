package sqlstore

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/coselling/coselling/registration"
	"github.com/coselling/coselling/value"
)

// growing is a database in which an account is joined with another one whenever a write has locked it, a number of
// times. It counts how often a write begins and ends.
type growing struct{ left, begun, ended int }

func (g *growing) Connect(context.Context) (driver.Conn, error) { return g, nil }
func (g *growing) Driver() driver.Driver                        { return nil }
func (g *growing) Prepare(string) (driver.Stmt, error)          { return nil, errors.ErrUnsupported }
func (g *growing) Begin() (driver.Tx, error)                    { return nil, errors.ErrUnsupported }
func (g *growing) Close() error                                 { return nil }

func (g *growing) ExecContext(_ context.Context, query string, _ []driver.NamedValue) (driver.Result, error) {
	switch {
	case strings.HasPrefix(query, "BEGIN"):
		g.begun++
	case query == "ROLLBACK" || query == "COMMIT":
		g.ended++
	}
	return driver.ResultNoRows, nil
}

func (g *growing) QueryContext(context.Context, string, []driver.NamedValue) (driver.Rows, error) {
	g.left--
	return &locked{grown: g.left >= 0}, nil
}

// locked is the only row that a write gets.
type locked struct{ grown, read bool }

func (l *locked) Columns() []string { return []string{"micros", "version", "grown", "claim"} }
func (l *locked) Close() error      { return nil }

func (l *locked) Next(row []driver.Value) error {
	if l.read {
		return io.EOF
	}
	l.read = true
	row[0], row[1], row[2], row[3] = int64(1), int64(1), l.grown, nil
	return nil
}

// reg.atomic: a write begins again with other locks while its account is joined with others, five times at most. Then
// the error says that it can be run again.
func TestWriteWhoseAccountGrowsBeginsAgain(t *testing.T) {
	for _, c := range []struct {
		joined, begun, calls int
		err                  error
	}{{0, 1, 1, nil}, {1, 2, 1, nil}, {4, 5, 1, nil}, {5, 5, 0, Busy}, {9, 5, 0, value.Conflict}} {
		g := &growing{left: c.joined}
		settings := DefaultSettings()
		settings.Wait = time.Nanosecond
		s := &Store{db: sql.OpenDB(g), dialect: postgres(), settings: settings, gate: make(chan struct{}, 1)}
		s.dialect.files = []string{"0001_claims.up.sql"}
		calls := 0
		err := s.Write(t.Context(), registration.Subject{}, func(registration.Tx) error { calls++; return nil })
		if g.begun != c.begun || g.ended != c.begun || calls != c.calls || !errors.Is(err, c.err) {
			t.Errorf("joined %d times: begun %d, ended %d, %d calls, %v", c.joined, g.begun, g.ended, calls, err)
		}
	}
}
