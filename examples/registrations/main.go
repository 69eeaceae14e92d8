// Registrations plays eight months in which several parties want one account: which of them
// is first, which wait, the answers that they get, extensions, an expiry, and the next
// owner. The claims are in memory, in a SQLite file or in PostgreSQL; the output is the same.
//
//	go run .                                            # in memory
//	go run . -sqlite claims.db                          # in a file, which is made if it does not exist
//	go run . -postgres 'postgres://localhost/deals'     # in a database; the password from PGPASSWORD or ~/.pgpass
//
// The program has a clock of its own. A file or database keeps its claims, so that a second
// run finds the claims of the first one.
package main

import (
	"bufio"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
)

func main() {
	if err := run(context.Background(), os.Args[1:], os.Stdout, os.Stderr); err != nil {
		fmt.Fprintln(os.Stderr, "registrations:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string, stdout, stderr io.Writer) error {
	flags := flag.NewFlagSet("registrations", flag.ContinueOnError)
	flags.SetOutput(io.Discard) // the error that run returns is enough
	file := flags.String("sqlite", "", "`file` of a SQLite database")
	dsn := flags.String("postgres", "", "`address` of a PostgreSQL database, such as postgres://localhost/deals")
	if err := flags.Parse(args); errors.Is(err, flag.ErrHelp) {
		flags.SetOutput(stderr)
		flags.Usage()
		return nil
	} else if err != nil {
		return fmt.Errorf("%w; -help lists the flags", err)
	}
	switch {
	case flags.NArg() > 0:
		return fmt.Errorf("%q is not expected; write a file after -sqlite, an address after -postgres", flags.Arg(0))
	case *file != "" && *dsn != "":
		return errors.New("give -sqlite or -postgres, not both")
	}
	var at clock
	store, done, err := openStore(ctx, *file, *dsn, at.now)
	if err != nil {
		return err
	}
	out := bufio.NewWriter(stdout)
	err = tell(ctx, out, store, &at)
	return errors.Join(err, out.Flush(), done())
}
