// Package testdb gives tests an empty database of the portal: a SQLite file, and one of a PostgreSQL server that it
// starts, where there is one.
package testdb

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net"
	"net/url"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/coselling/coselling/examples/portal/internal/store"
)

// Server is a PostgreSQL server of the process of a test, with the roles of the portal.
type Server struct {
	bin, dir, port string
	account        *syscall.Credential // nil: the account of this process, unless it is root's
	running        *exec.Cmd
	log            *os.File
	databases      atomic.Int64
}

var errNone = errors.New("no PostgreSQL server is installed")

// Roles are those that README.md has.
const Roles = `CREATE ROLE portal_owner LOGIN;
CREATE ROLE portal_registry;
CREATE ROLE portal_server LOGIN NOINHERIT IN ROLE portal_registry;`

// shared is the server of all tests of a process, which the first one that needs it starts.
var shared = sync.OnceValues(func() (*Server, error) {
	s, err := start(context.Background())
	if err == nil {
		running = s
	}
	return s, err
})

var running *Server

// Main runs the tests of a package, and ends the server if one was started.
func Main(m *testing.M) {
	code := m.Run()
	if running != nil {
		if err := errors.Join(running.Stop(syscall.SIGINT), os.RemoveAll(running.dir)); err != nil {
			fmt.Fprintln(os.Stderr, err)
			code = max(code, 1)
		}
	}
	os.Exit(code)
}

// Postgres returns the server. Without one the test is skipped, or fails if COSELLING_NEED_POSTGRES is 1.
func Postgres(t testing.TB) *Server {
	t.Helper()
	s, err := shared()
	if errors.Is(err, errNone) && os.Getenv("COSELLING_NEED_POSTGRES") != "1" {
		t.Skip(err, "; install it, or name its folder in COSELLING_POSTGRES_BIN, to run this test")
	}
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func start(ctx context.Context) (*Server, error) {
	s := new(Server)
	err := s.find()
	if err != nil {
		return nil, err
	}
	if s.dir, err = os.MkdirTemp("", "portal-pg-"); err != nil {
		return nil, err
	}
	if err := s.setUp(ctx); err != nil {
		text, _ := os.ReadFile(filepath.Join(s.dir, "log"))
		return nil, fmt.Errorf("%w\n%s", errors.Join(err, s.Stop(syscall.SIGINT), os.RemoveAll(s.dir)), text)
	}
	return s, nil
}

// find finds the programs, and an account for them, as they refuse to run as root.
func (s *Server) find() error {
	s.bin = os.Getenv("COSELLING_POSTGRES_BIN")
	if found, _ := filepath.Glob("/usr/lib/postgresql/*/bin"); s.bin == "" && len(found) > 0 { // where Debian has them
		s.bin = found[len(found)-1]
	}
	if s.bin == "" {
		path, err := exec.LookPath("postgres")
		if err != nil {
			return errNone
		}
		if path, err = filepath.EvalSymlinks(path); err != nil { // initdb is where the program is
			return err
		}
		s.bin = filepath.Dir(path)
	}
	if os.Geteuid() != 0 {
		return nil
	}
	somebody, err := user.Lookup("postgres")
	if err != nil {
		if somebody, err = user.Lookup("nobody"); err != nil {
			return err
		}
	}
	uid, errU := strconv.ParseUint(somebody.Uid, 10, 32)
	gid, errG := strconv.ParseUint(somebody.Gid, 10, 32)
	s.account = &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}
	return errors.Join(errU, errG)
}

func (s *Server) setUp(ctx context.Context) (err error) {
	if s.account != nil {
		if err := os.Chown(s.dir, int(s.account.Uid), int(s.account.Gid)); err != nil {
			return err
		}
	}
	if s.log, err = os.Create(filepath.Join(s.dir, "log")); err != nil {
		return err
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	if _, s.port, err = net.SplitHostPort(l.Addr().String()); err != nil {
		return err
	}
	if err := l.Close(); err != nil {
		return err
	}
	if err := s.command(ctx, "initdb", "-D", s.data(), "-U", "tester", "--auth=trust", "--encoding=UTF8", "--locale=C",
		"--no-sync").Run(); err != nil {
		return err
	}
	if err := s.Start(ctx); err != nil {
		return err
	}
	return s.asSuperuser(ctx, Roles)
}

func (s *Server) data() string { return filepath.Join(s.dir, "data") }

func (s *Server) command(ctx context.Context, name string, args ...string) *exec.Cmd {
	c := exec.CommandContext(ctx, filepath.Join(s.bin, name), args...)
	c.Dir, c.Stdout, c.Stderr = s.dir, s.log, s.log
	c.Env = append(os.Environ(), "LC_ALL=C", "TZ=UTC")
	c.SysProcAttr = &syscall.SysProcAttr{Credential: s.account}
	return c
}

// Start starts the server and waits until it answers.
func (s *Server) Start(ctx context.Context) error {
	s.running = s.command(context.WithoutCancel(ctx), "postgres", "-D", s.data(), "-p", s.port, "-c",
		"listen_addresses=127.0.0.1", "-c", "unix_socket_directories="+s.dir)
	if err := s.running.Start(); err != nil {
		s.running = nil
		return err
	}
	var err error
	for range 2400 { // recovery takes its time on a busy machine
		if err = s.asSuperuser(ctx, "SELECT 1"); err == nil {
			return nil
		}
		time.Sleep(50 * time.Millisecond)
	}
	return err
}

// Stop ends the server: with SIGINT orderly, with SIGQUIT as after a crash.
func (s *Server) Stop(signal os.Signal) error {
	if s.running == nil {
		return nil
	}
	if err := s.running.Process.Signal(signal); err != nil {
		return err
	}
	_ = s.running.Wait() // it says how it was ended
	s.running = nil
	return nil
}

// Address returns the address of a database for a role.
func (s *Server) Address(role, database string) string {
	address := url.URL{Scheme: "postgres", User: url.User(role), Host: "127.0.0.1:" + s.port, Path: database,
		RawQuery: "sslmode=disable"}
	return address.String()
}

func (s *Server) asSuperuser(ctx context.Context, statements string) error {
	db, err := store.OpenPostgres(s.Address("tester", "postgres"))
	if err != nil {
		return err
	}
	_, err = db.ExecContext(ctx, statements)
	return errors.Join(err, db.Close())
}

// database makes a database, a copy of another one unless from is empty.
func (s *Server) database(ctx context.Context, from string) (name string, err error) {
	name = fmt.Sprint("portal", s.databases.Add(1))
	statement := "CREATE DATABASE " + name + " OWNER portal_owner"
	if from != "" {
		statement += " TEMPLATE " + from
	}
	return name, s.asSuperuser(ctx, statement)
}

func (s *Server) open(role, database string) (*sql.DB, error) {
	return store.OpenPostgres(s.Address(role, database))
}
