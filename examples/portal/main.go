// Portal is a partner portal to copy: one vendor, three partners, a database, a sign-in, and pages that people use.
//
//	go run .                     # a file portal.db with a sample, at http://localhost:8080
//	go run . -db deals.db -addr localhost:9000
//	go run . -db new.db -addr :8080 -host portal.example -oidc providers.json -invite "noor Noor Haddad"
//	go run . -db postgres://portal_owner@localhost/portal -migrate
//	go run . -db postgres://portal_server@localhost/portal
//
// README.md says what to replace first, second and third.
package main

import (
	"context"
	"database/sql"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"sync/atomic"
	"syscall"
	"time"
	_ "time/tzdata" // zones on every machine

	"golang.org/x/crypto/bcrypt"

	"github.com/coselling/coselling"
	"github.com/coselling/coselling/examples/portal/internal/sample"
	"github.com/coselling/coselling/examples/portal/internal/store"
	"github.com/coselling/coselling/examples/portal/internal/wasmfile"
	"github.com/coselling/coselling/examples/portal/internal/web"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx, os.Args[1:], os.Stdout, os.Stderr); err != nil {
		fmt.Fprintln(os.Stderr, "portal:", err)
		os.Exit(1)
	}
}

// options are what the flags say.
type options struct {
	address, db, wasm, fetch string
	migrate                  bool
	people                   signOn
}

// parse reads the flags, or writes what they are for: [flag.ErrHelp].
func parse(args []string, out io.Writer) (o options, err error) {
	flags := flag.NewFlagSet("portal", flag.ContinueOnError)
	flags.SetOutput(io.Discard) // the error is enough
	flags.StringVar(&o.address, "addr", "localhost:8080", "`ADDRESS` to listen on, of this machine alone unless -host is "+
		"given")
	flags.StringVar(&o.db, "db", "portal.db", "`DATABASE`: a SQLite file, made if it does not exist, or postgres://…")
	flags.BoolVar(&o.migrate, "migrate", false, "make or update the tables, as their owner, and end")
	flags.StringVar(&o.wasm, "wasm", "", "`FILE` of the page \"what if\", built before, with its wasm_exec.js beside it; "+
		"without one the Go toolchain builds it, or the server computes")
	flags.StringVar(&o.fetch, "fetch", "", "`FOLDER` of files with what other systems say about deals, read after a "+
		"webhook; without one deals wait to be fetched")
	o.people.register(flags)
	if err := flags.Parse(args); errors.Is(err, flag.ErrHelp) {
		flags.SetOutput(out)
		flags.Usage()
		return o, err
	} else if err != nil {
		return o, fmt.Errorf("%w; -help lists the flags", err)
	}
	if flags.NArg() > 0 {
		return o, fmt.Errorf("%q is not expected; -help lists the flags", flags.Arg(0))
	}
	return o, o.people.check(o.address)
}

// run serves the portal until the context ends.
func run(ctx context.Context, args []string, out, log io.Writer) (err error) {
	o, err := parse(args, out)
	if errors.Is(err, flag.ErrHelp) {
		return nil
	}
	if err != nil {
		return err
	}
	db, name, err := open(o.db)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	if o.migrate {
		if err := store.Migrate(ctx, db); err != nil {
			return fmt.Errorf("the database %s: %w", name, err)
		}
		return nil
	}
	var clock sample.Clock
	portal, err := store.Open(ctx, db, store.Settings{Books: []coselling.Book{sample.Book()}, Now: clock.Now,
		Host: sample.Host()})
	if err != nil {
		return fmt.Errorf("the database %s: %w", name, err)
	}
	if o.people.file == "" {
		if err := sample.Fill(ctx, portal, &clock, bcrypt.DefaultCost); err != nil {
			return err
		}
	}
	listener, err := net.Listen("tcp", o.address)
	if err != nil {
		return err
	}
	defer listener.Close()
	config := web.Config{Store: portal, Now: clock.Now, Log: slog.New(slog.NewTextHandler(log, nil))}
	return o.start(ctx, listener, config, out)
}

// start serves on a listener.
func (o options) start(ctx context.Context, listener net.Listener, config web.Config, out io.Writer) (err error) {
	if o.people.host == "" {
		if config.Hosts, err = hosts(o.address, listener.Addr()); err != nil {
			return err
		}
	}
	if err := o.people.configure(ctx, &config); err != nil {
		return err
	}
	if config.Wasm, err = wasmFile(ctx, o.wasm, config.Log); err != nil {
		return err
	}
	server, err := web.New(config)
	if err != nil {
		return err
	}
	stop, err := fetching(ctx, o.fetch, config.Store, config.Log)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, stop()) }()
	if err := o.people.greet(ctx, config, out); err != nil {
		return err
	}
	return serve(ctx, listener, server.Handler())
}

// open opens a database, and returns its name without a password.
func open(at string) (db *sql.DB, name string, err error) {
	if !strings.HasPrefix(at, "postgres://") && !strings.HasPrefix(at, "postgresql://") {
		db, err = store.OpenSQLite(at)
		return db, at, err
	}
	address, err := url.Parse(at)
	if err != nil {
		return nil, "", errors.New("-db: the address of the database cannot be read")
	}
	db, err = store.OpenPostgres(at)
	return db, address.Redacted(), err
}

// hosts returns the names under which people reach a listener of this machine, the one that they asked for first.
func hosts(address string, at net.Addr) ([]string, error) {
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return nil, err
	}
	_, port, err := net.SplitHostPort(at.String())
	if err != nil {
		return nil, err
	}
	if !web.IsLoopback(at.String()) {
		return nil, fmt.Errorf("-addr %s leads to %s, which is not this machine alone", address, at)
	}
	var list []string
	for _, name := range []string{host, "localhost", "127.0.0.1", "::1"} {
		list = append(list, net.JoinHostPort(name, port))
		if port == "80" { // which browsers leave out
			list = append(list, strings.TrimSuffix(net.JoinHostPort(name, port), ":80"))
		}
	}
	return list, nil
}

// wasmFile returns the function that gives the file of the page "what if": one that was built before, else the one that
// the toolchain builds meanwhile, once it is there.
func wasmFile(ctx context.Context, built string, log *slog.Logger) (func() *wasmfile.File, error) {
	if built != "" {
		file, err := wasmfile.Read(built)
		if err != nil {
			return nil, fmt.Errorf("-wasm %s: %w", built, err)
		}
		return func() *wasmfile.File { return file }, nil
	}
	var file atomic.Pointer[wasmfile.File]
	cache, err := os.UserCacheDir()
	if err != nil {
		cache = os.TempDir()
	}
	go func() {
		made, err := wasmfile.Build(ctx, filepath.Join(cache, "coselling-portal"))
		if err != nil {
			log.Info("the server computes for the page \"what if\"", "reason", err)
		}
		file.Store(made)
	}()
	return file.Load, nil
}

// serve answers until the context ends, and then lets the requests that have begun come to their end.
func serve(ctx context.Context, listener net.Listener, handler http.Handler) error {
	server := http.Server{Handler: handler, ReadHeaderTimeout: 10 * time.Second, ReadTimeout: time.Minute,
		WriteTimeout: time.Minute, IdleTimeout: 2 * time.Minute, MaxHeaderBytes: 64 << 10}
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(listener) }()
	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 10*time.Second)
	defer cancel()
	return server.Shutdown(ctx)
}
