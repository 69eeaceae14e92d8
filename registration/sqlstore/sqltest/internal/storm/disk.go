package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"syscall"

	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/registration"
	"github.com/coselling/coselling/registration/matching"
	"github.com/coselling/coselling/registration/sqlstore/sqltest/internal/postgres"
)

const (
	fullFile   = 3 << 20 // bytes of a file of the server, which has files of a megabyte for what it writes ahead
	fullPages  = 200     // of a SQLite file
	mostFilled = 10_000
	after      = 50 // filings on a full disk
)

// fullPostgres fills a server whose files have a limit, and lifts it.
func fullPostgres(ctx context.Context, seed uint64, out *os.File) ([]string, error) {
	server, err := postgres.New(ctx, "--wal-segsize=1")
	if err != nil {
		return nil, err
	}
	defer server.Close()
	restart := func(limit int) error {
		if err := server.Stop(syscall.SIGINT); err != nil {
			return err
		}
		server.Limit(limit)
		return server.Start(ctx)
	}
	name, err := server.Database(ctx)
	if err == nil {
		err = restart(fullFile)
	}
	if err != nil {
		return nil, err
	}
	return fill(ctx, seed, out, func(full bool) (*worker, error) {
		if !full {
			if err := restart(0); err != nil {
				return nil, err
			}
		}
		return open(ctx, "pgx", server.DSN(name))
	})
}

func fullSQLite(ctx context.Context, seed uint64, out *os.File) ([]string, error) {
	dir, err := os.MkdirTemp("", "coselling-storm-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	return fill(ctx, seed, out, func(full bool) (*worker, error) {
		dsn := "file:" + filepath.Join(dir, "claims.db")
		if full {
			dsn += fmt.Sprintf("?_pragma=max_page_count(%d)", fullPages)
		}
		return open(ctx, "sqlite", dsn)
	})
}

// fill files claims until the disk is full, goes on for a while, and makes room: what was answered is stored, nothing
// else is, and a filing is taken again. on opens the database, on a disk that gets full or has room.
func fill(ctx context.Context, seed uint64, out *os.File, on func(full bool) (*worker, error)) ([]string, error) {
	w, err := on(true)
	if err != nil {
		return nil, err
	}
	defer func() { w.db.Close() }()
	if _, err := w.db.ExecContext(ctx, "CREATE TABLE deal (id text PRIMARY KEY, claim text NOT NULL)"); err != nil {
		return nil, err
	}
	random := rand.New(rand.NewPCG(seed, 2))
	file := func(n int) (note, error) {
		name := make([]byte, 900)
		for i := range name {
			name[i] = byte('a' + random.IntN(26))
		}
		f := registration.Filing{Key: fmt.Sprint(n), By: "ana",
			Account: matching.Account{Name: string(name), Domains: []string{fmt.Sprintf("ring0-%d.com", n)}}}
		if n < 0 { // of the same content each time
			f.Account.Name = "again"
		}
		registry, err := registration.Open(w.store, w.rules)
		if err != nil {
			return note{}, err
		}
		answer, err := registry.Submit(ctx, model.PartnerOrg("acme"), f)
		return note{Do: "submit", Org: "acme", Key: f.Key, Claim: answer.Claim, Submitted: answer.Submitted}, err
	}
	var notes []note
	var full error
	failed := 0
	for n := 0; n < mostFilled && failed < after; n++ {
		a, err := file(n)
		if err == nil {
			notes = append(notes, a)
			continue
		}
		full = err
		failed++
	}
	if full == nil {
		return []string{fmt.Sprintf("%d claims do not fill the disk", mostFilled)}, nil
	}
	problems, err := w.check(ctx, notes) // a full disk is read
	if err != nil {
		return problems, err
	}
	_ = w.db.Close()
	if w, err = on(false); err != nil {
		return problems, err
	}
	for range 2 { // the second time it is known
		a, err := file(-1)
		if err != nil {
			problems = append(problems, "a filing on a disk with room again: "+err.Error())
		}
		notes = append(notes, a)
	}
	more, err := w.check(ctx, notes)
	claims, errClaims := w.claims(ctx)
	if err == nil {
		err = errClaims
	}
	if want := len(notes) - 1; len(claims) != want {
		more = append(more, fmt.Sprintf("%d claims are stored, %d were answered", len(claims), want))
	}
	reason, _, _ := strings.Cut(full.Error(), "\n")
	fmt.Fprintf(out, "  %d claims before the disk was full: %s\n", len(notes)-2, reason)
	return append(problems, more...), err
}
