package sqltest

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"slices"
	"strconv"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib"
)

// server is a PostgreSQL server of this test process.
type server struct {
	bin, dir, port string
	account        *syscall.Credential // nil: the account of this process
	running        *exec.Cmd
	log            *os.File
	databases      atomic.Int64
}

// errNoServer says that PostgreSQL is not installed.
var errNoServer = errors.New("no PostgreSQL server is installed; see COSELLING_POSTGRES_BIN")

// newServer makes a cluster in a temporary folder and starts it.
func newServer(ctx context.Context) (*server, error) {
	bin, err := binaries()
	if err != nil {
		return nil, err
	}
	s := &server{bin: bin}
	if s.dir, err = os.MkdirTemp("", "coselling-pg-"); err != nil {
		return nil, err
	}
	if err := s.setUp(ctx); err != nil {
		return nil, errors.Join(err, s.close())
	}
	return s, nil
}

// binaries returns the folder of the newest server.
func binaries() (string, error) {
	if bin := os.Getenv("COSELLING_POSTGRES_BIN"); bin != "" {
		return bin, nil
	}
	found, err := filepath.Glob("/usr/lib/postgresql/*/bin/postgres") // where Debian has it
	if err != nil {
		return "", err
	}
	if len(found) > 0 {
		newest := slices.MaxFunc(found, func(a, b string) int { return version(a) - version(b) })
		return filepath.Dir(newest), nil
	}
	if path, err := exec.LookPath("postgres"); err == nil {
		path, err = filepath.EvalSymlinks(path) // initdb is where the program is, not where the link is
		return filepath.Dir(path), err
	}
	return "", errNoServer
}

func version(path string) int {
	n, err := strconv.Atoi(filepath.Base(filepath.Dir(filepath.Dir(path))))
	if err != nil {
		return 0
	}
	return n
}

func (s *server) setUp(ctx context.Context) error {
	if err := s.unprivileged(); err != nil {
		return err
	}
	var err error
	if s.log, err = os.Create(filepath.Join(s.dir, "log")); err != nil {
		return err
	}
	if s.port, err = freePort(); err != nil {
		return err
	}
	initdb := s.command(ctx, "initdb", "-D", s.data(), "-U", "tester", "--auth=trust", "--encoding=UTF8", "--locale=C",
		"--no-sync")
	if err := initdb.Run(); err != nil {
		return s.explain(err)
	}
	return s.start(ctx)
}

func (s *server) data() string { return filepath.Join(s.dir, "data") }

// unprivileged finds an account for the server, which refuses to run as root.
func (s *server) unprivileged() error {
	if os.Geteuid() != 0 {
		return nil
	}
	var somebody *user.User
	err := errors.New("nobody")
	for _, name := range []string{"postgres", "nobody"} {
		if somebody, err = user.Lookup(name); err == nil {
			break
		}
	}
	if err != nil {
		return err
	}
	uid, errU := strconv.ParseUint(somebody.Uid, 10, 32)
	gid, errG := strconv.ParseUint(somebody.Gid, 10, 32)
	if err := errors.Join(errU, errG); err != nil {
		return err
	}
	s.account = &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}
	return os.Chown(s.dir, int(uid), int(gid))
}

func freePort() (string, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	defer l.Close()
	_, port, err := net.SplitHostPort(l.Addr().String())
	return port, err
}

func (s *server) command(ctx context.Context, name string, args ...string) *exec.Cmd {
	c := exec.CommandContext(ctx, filepath.Join(s.bin, name), args...)
	c.Dir, c.Stdout, c.Stderr = s.dir, s.log, s.log
	c.Env = append(os.Environ(), "LC_ALL=C", "TZ=UTC")
	c.SysProcAttr = &syscall.SysProcAttr{Credential: s.account}
	return c
}

// start starts the server and waits until it answers.
func (s *server) start(ctx context.Context) error {
	s.running = s.command(context.WithoutCancel(ctx), "postgres", "-D", s.data(), "-p", s.port,
		"-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories="+s.dir, "-c", "max_connections=60")
	if err := s.running.Start(); err != nil {
		s.running = nil
		return err
	}
	db, err := sql.Open("pgx", s.dsn("postgres"))
	if err != nil {
		return err
	}
	defer db.Close()
	for range 2400 { // recovery takes its time on a busy machine
		if err = db.PingContext(ctx); err == nil {
			return nil
		}
		time.Sleep(50 * time.Millisecond)
	}
	return s.explain(err)
}

// stop ends the server: with SIGQUIT as after a crash, with SIGINT orderly.
func (s *server) stop(signal os.Signal) error {
	if s.running == nil {
		return nil
	}
	if err := s.running.Process.Signal(signal); err != nil {
		return err
	}
	err := s.running.Wait()
	s.running = nil
	if _, exited := errors.AsType[*exec.ExitError](err); exited {
		return nil
	}
	return err
}

func (s *server) close() error {
	return errors.Join(s.stop(syscall.SIGINT), s.log.Close(), os.RemoveAll(s.dir))
}

func (s *server) explain(err error) error {
	text, _ := os.ReadFile(filepath.Join(s.dir, "log"))
	return fmt.Errorf("%w\n%s", err, text)
}

func (s *server) dsn(database string) string { return s.dsnAt("127.0.0.1:"+s.port, database) }

func (s *server) dsnAt(address, database string) string {
	return "postgres://tester@" + address + "/" + database + "?sslmode=disable"
}

// database makes an empty database and returns its name.
func (s *server) database(t testing.TB) string {
	t.Helper()
	db, err := sql.Open("pgx", s.dsn("postgres"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	name := fmt.Sprint("test", s.databases.Add(1))
	if _, err := db.ExecContext(t.Context(), "CREATE DATABASE "+name); err != nil {
		t.Fatal(err)
	}
	return name
}
