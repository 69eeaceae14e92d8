package sqlstore

import (
	"context"
	"database/sql"
	"errors"

	"github.com/coselling/coselling/registration"
	"github.com/coselling/coselling/value"
)

const (
	savepoint = "SAVEPOINT coselling_registration"
	release   = "RELEASE SAVEPOINT coselling_registration"
	undo      = "ROLLBACK TO SAVEPOINT coselling_registration"

	// takes the write lock of SQLite, or fails at once if what the transaction has read may be old
	lockAll = "UPDATE coselling_registration_schema SET version = version WHERE version < 0"
)

// Within returns a store that works in a transaction of the host, for [registration.Open], so that a claim and a row
// of the host are stored together or not at all. The host commits, or rolls back after an error.
//
// A [Busy] error asks for the whole transaction again. Others cannot decide on the accounts until it ends: keep it
// short, and lock rows of the host after the claims, in all programs, so that no two transactions wait for one
// another. After any error of a write, all that it did is undone and the transaction goes on, unless the database has
// ended it. What a read shows can change while it reads, except for accounts that the transaction has written about.
// Neither the timeout nor the attempts of [Settings] apply: where the host can stand still within its transaction, let
// the server end it, by idle_in_transaction_session_timeout. It is for one goroutine.
//
// Refused with [TransactionRefused] is a transaction that is nil, over, has failed, only reads or, on PostgreSQL, is
// not READ COMMITTED: its view is older than its locks, which makes two owners. On SQLite begin it IMMEDIATE, with
// most drivers by _txlock=immediate in the address: one that was not, and beside which somebody writes, is refused too.
func (s *Store) Within(tx *sql.Tx) registration.Store { return hosted{s, tx} }

// hosted is a store in a transaction of the host.
type hosted struct {
	store *Store
	tx    *sql.Tx
}

// Read calls do with a view of the transaction; see [Store.Within].
func (h hosted) Read(ctx context.Context, do func(registration.Tx) error) error {
	return h.call(ctx, nil, do)
}

// Write calls do with a view of the transaction, which has locked what the write is about; see [Store.Within].
func (h hosted) Write(ctx context.Context, about registration.Subject, do func(registration.Tx) error) error {
	return h.call(ctx, &about, do)
}

func (h hosted) call(ctx context.Context, about *registration.Subject, do func(registration.Tx) error) error {
	if err := h.store.check(ctx, do); err != nil {
		return err
	}
	if h.tx == nil {
		return refusedTransaction("nothing", "is given as the transaction; begin one")
	}
	if _, err := h.tx.ExecContext(ctx, savepoint); err != nil {
		return h.explained(err)
	}
	t := &tx{ctx: ctx, conn: h.tx, store: h.store, about: about, hosted: true, seen: make(map[string]bool)}
	err := t.begin()
	if err == nil {
		err = t.run(do)
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), rollbackTimeout)
	defer cancel()
	if err == nil { // whatever became of the caller: an error would leave the write in the transaction
		_, err = h.tx.ExecContext(ctx, release)
		return h.explained(err)
	}
	for _, statement := range []string{undo, release} {
		if _, failed := h.tx.ExecContext(ctx, statement); failed != nil {
			return errors.Join(h.explained(err), failed)
		}
	}
	return h.explained(err)
}

// explained says of an error of the database what it means for the transaction.
func (h hosted) explained(err error) error {
	if own, ok := err.(decided); ok {
		return own.error
	}
	if err == nil || errors.Is(err, Busy) || errors.Is(err, TransactionRefused) {
		return err
	}
	state := ""
	if e, ok := errors.AsType[stateful](err); ok {
		state = e.SQLState()
	}
	switch {
	case errors.Is(err, sql.ErrTxDone):
		return refusedTransaction("the transaction", "is over; begin another one")
	case state == "25P02":
		return refusedTransaction("the transaction", "has failed before; roll it back and begin another one")
	case state == "25006":
		return refusedTransaction("the transaction", "only reads; begin one that writes")
	case state == "25000":
		return refusedTransaction("the transaction",
			"is not READ COMMITTED and may see a state of before its locks; begin it with that isolation")
	case h.store.dialect.passes(err):
		return errors.Join(busy("could not be locked"), err)
	}
	return explained(err)
}

func refusedTransaction(got, problem string) error {
	return &value.Error{Code: TransactionRefused, Got: got, Problem: problem, Class: value.Conflict}
}
