// Storm tests that a registry in a database loses nothing and has one owner of each account, whatever happens to it:
// two processes file, approve and withdraw claims, in transactions of a host too, while processes are killed at random
// points or stand still, the server crashes and restarts, and the disk is full. PostgreSQL is behind a pooler in
// transaction mode.
//
//	go run ./internal/storm -for 5m
//
// It prints what happened, and every answer that did not hold; with one it exits with 1. Its test is a short storm.
package main

import (
	"context"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"time"
)

func main() {
	if isWorker() {
		work()
		return
	}
	lasts := flag.Duration("for", time.Minute, "how long each storm lasts")
	seed := flag.Uint64("seed", rand.Uint64(), "of what happens")
	flag.Parse()
	failed := false
	for _, storm := range storms(*lasts) {
		fmt.Printf("%s, seed %d\n", storm.name, *seed)
		problems, err := storm.run(context.Background(), *seed, os.Stdout)
		if err != nil {
			problems = append(problems, err.Error())
		}
		for _, p := range problems {
			fmt.Println("WRONG:", p)
		}
		failed = failed || len(problems) > 0
	}
	if failed {
		os.Exit(1)
	}
}

// namedStorm is a storm that reports what did not hold.
type namedStorm struct {
	name string
	run  func(ctx context.Context, seed uint64, out *os.File) ([]string, error)
}

func storms(lasts time.Duration) []namedStorm {
	return []namedStorm{
		{"PostgreSQL behind a pooler", func(ctx context.Context, seed uint64, out *os.File) ([]string, error) {
			return onPostgres(ctx, lasts, seed, out)
		}},
		{"SQLite", func(ctx context.Context, seed uint64, out *os.File) ([]string, error) {
			return onSQLite(ctx, lasts, seed, out)
		}},
		{"PostgreSQL on a full disk", fullPostgres},
		{"SQLite on a full disk", fullSQLite},
	}
}
