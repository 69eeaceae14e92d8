// Package postgres starts PostgreSQL servers of a test on the loopback interface, and a pooler in front of one.
package postgres

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
	"time"

	_ "github.com/jackc/pgx/v5/stdlib"
)

// Server is a PostgreSQL server of this process. Make it with [New] and end it with [Server.Close].
type Server struct {
	bin, dir, port string
	account        *syscall.Credential // nil: the account of this process
	running        *exec.Cmd
	log            *os.File
	databases      atomic.Int64
	most           int // blocks of 512 bytes of a file; 0: no limit
}

// ErrNone says that PostgreSQL is not installed.
var ErrNone = errors.New("no PostgreSQL server is installed; see COSELLING_POSTGRES_BIN")

// New makes a cluster in a temporary folder, with more arguments of initdb, and starts it.
func New(ctx context.Context, initdb ...string) (*Server, error) {
	bin, err := binaries()
	if err != nil {
		return nil, err
	}
	s := &Server{bin: bin}
	if s.dir, err = os.MkdirTemp("", "coselling-pg-"); err != nil {
		return nil, err
	}
	if err := s.setUp(ctx, initdb); err != nil {
		return nil, errors.Join(err, s.Close())
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
	return "", ErrNone
}

func version(path string) int {
	n, err := strconv.Atoi(filepath.Base(filepath.Dir(filepath.Dir(path))))
	if err != nil {
		return 0
	}
	return n
}

func (s *Server) setUp(ctx context.Context, more []string) error {
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
	args := append([]string{"-D", s.data(), "-U", "tester", "--auth=trust", "--encoding=UTF8", "--locale=C",
		"--no-sync"}, more...)
	if err := s.command(ctx, filepath.Join(s.bin, "initdb"), args...).Run(); err != nil {
		return s.explain(err)
	}
	return s.Start(ctx)
}

func (s *Server) data() string { return filepath.Join(s.dir, "data") }

// unprivileged finds an account for the server, which refuses to run as root.
func (s *Server) unprivileged() error {
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

func (s *Server) command(ctx context.Context, name string, args ...string) *exec.Cmd {
	c := exec.CommandContext(ctx, name, args...)
	c.Dir, c.Stdout, c.Stderr = s.dir, s.log, s.log
	c.Env = append(os.Environ(), "LC_ALL=C", "TZ=UTC")
	c.SysProcAttr = &syscall.SysProcAttr{Credential: s.account}
	return c
}

// Limit sets how many bytes a file of the server may have, from its next start on, as on a disk that is full; 0: no
// limit.
func (s *Server) Limit(bytes int) { s.most = bytes / 512 }

// Start starts the server and waits until it answers.
func (s *Server) Start(ctx context.Context) error {
	limit := "unlimited"
	if s.most > 0 {
		limit = strconv.Itoa(s.most)
	}
	s.running = s.command(context.WithoutCancel(ctx), "sh", "-c", "ulimit -f "+limit+` && exec "$0" "$@"`,
		filepath.Join(s.bin, "postgres"), "-D", s.data(), "-p", s.port,
		"-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories="+s.dir, "-c", "max_connections=60")
	if err := s.running.Start(); err != nil {
		s.running = nil
		return err
	}
	db, err := sql.Open("pgx", s.DSN("postgres"))
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

// Stop ends the server: with SIGQUIT as after a crash, with SIGINT orderly.
func (s *Server) Stop(signal os.Signal) error {
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

// Close ends the server and removes its files.
func (s *Server) Close() error {
	return errors.Join(s.Stop(syscall.SIGINT), s.log.Close(), os.RemoveAll(s.dir))
}

func (s *Server) explain(err error) error {
	text, _ := os.ReadFile(filepath.Join(s.dir, "log"))
	return fmt.Errorf("%w\n%s", err, text)
}

// Address returns the host and port of the server.
func (s *Server) Address() string { return "127.0.0.1:" + s.port }

// DSN returns the address of a database for a driver.
func (s *Server) DSN(database string) string { return DSNAt(s.Address(), database) }

// DSNAt returns the address of a database behind another host and port, such as those of a proxy.
func DSNAt(address, database string) string {
	return "postgres://tester@" + address + "/" + database + "?sslmode=disable"
}

// Database makes an empty database and returns its name.
func (s *Server) Database(ctx context.Context) (string, error) {
	db, err := sql.Open("pgx", s.DSN("postgres"))
	if err != nil {
		return "", err
	}
	defer db.Close()
	name := fmt.Sprint("test", s.databases.Add(1))
	_, err = db.ExecContext(ctx, "CREATE DATABASE "+name)
	return name, err
}
