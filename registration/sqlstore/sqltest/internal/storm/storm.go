package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"syscall"
	"time"

	"github.com/coselling/coselling/registration/sqlstore/sqltest/internal/postgres"
)

const processes = 2

// storm is one run: workers, what happens to them, and what they were answered.
type storm struct {
	task
	random  *rand.Rand
	server  *postgres.Server // nil on SQLite
	workers []*process
	started int
	counts  map[string]int // of what happened

	mu    sync.Mutex
	notes []note
	last  time.Time     // of a note
	pause time.Duration // the longest time between two notes
}

// process is a worker that runs.
type process struct {
	command *exec.Cmd
	read    chan struct{} // closed when its output has ended
}

func onPostgres(ctx context.Context, lasts time.Duration, seed uint64, out *os.File) ([]string, error) {
	server, err := postgres.New(ctx)
	if err != nil {
		return nil, err
	}
	defer server.Close()
	name, err := server.Database(ctx)
	if err != nil {
		return nil, err
	}
	pooler, err := postgres.NewPooler(server, name, 6)
	if err != nil {
		return nil, err
	}
	defer pooler.Close()
	s := &storm{server: server}
	s.task = task{Driver: "pgx", DSN: postgres.DSNAt(pooler.Address(), name) + "&default_query_exec_mode=exec"}
	return s.run(ctx, lasts, seed, server.DSN(name), out)
}

func onSQLite(ctx context.Context, lasts time.Duration, seed uint64, out *os.File) ([]string, error) {
	dir, err := os.MkdirTemp("", "coselling-storm-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	dsn := "file:" + filepath.Join(dir, "claims.db") +
		"?_txlock=immediate&_pragma=busy_timeout(1000)&_pragma=journal_mode(WAL)"
	s := &storm{task: task{Driver: "sqlite", DSN: dsn}}
	return s.run(ctx, lasts, seed, dsn, out)
}

// run lets the storm last for a time, and then compares what is stored with what was answered.
func (s *storm) run(ctx context.Context, lasts time.Duration, seed uint64, dsn string, out *os.File) ([]string, error) {
	s.random, s.counts = rand.New(rand.NewPCG(seed, 1)), map[string]int{}
	w, err := open(ctx, s.Driver, dsn)
	if err != nil {
		return nil, err
	}
	defer w.db.Close()
	if _, err := w.db.ExecContext(ctx, "CREATE TABLE deal (id text PRIMARY KEY, claim text NOT NULL)"); err != nil {
		return nil, err
	}
	s.Start = time.Now()
	s.last = s.Start
	for range processes {
		if err := s.spawn(ctx); err != nil {
			return nil, err
		}
	}
	for time.Since(s.Start) < lasts && err == nil {
		time.Sleep(time.Duration(100+s.random.IntN(500)) * time.Millisecond)
		err = s.happen(ctx)
	}
	for _, p := range s.workers {
		_ = p.command.Process.Signal(syscall.SIGTERM)
	}
	for _, p := range s.workers {
		p.end()
	}
	if err != nil {
		return nil, err
	}
	problems, err := w.check(ctx, s.notes)
	fmt.Fprintf(out, "  %d answers, the longest pause %v, %v, %d problems\n",
		len(s.notes), s.pause, s.counts, len(problems))
	return problems, err
}

// spawn starts a worker.
func (s *storm) spawn(ctx context.Context) error {
	do := s.task
	s.started++
	do.Name, do.Seed = fmt.Sprint("w", s.started), s.random.Uint64()
	text, err := json.Marshal(do)
	if err != nil {
		return err
	}
	c := exec.CommandContext(ctx, os.Args[0])
	c.Env, c.Stderr = append(os.Environ(), workerTask+"="+string(text)), os.Stderr
	output, err := c.StdoutPipe()
	if err != nil {
		return err
	}
	if err := c.Start(); err != nil {
		return err
	}
	p := &process{c, make(chan struct{})}
	s.workers = append(s.workers, p)
	go func() {
		defer close(p.read)
		for lines := bufio.NewScanner(output); lines.Scan(); {
			var n note
			if json.Unmarshal(lines.Bytes(), &n) == nil { // the last line of one that was killed may be a part
				s.note(n)
			}
		}
	}()
	return nil
}

func (s *storm) note(n note) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.notes = append(s.notes, n)
	s.pause = max(s.pause, time.Since(s.last))
	s.last = time.Now()
}

// end waits for a worker that was asked to end, and kills it if it does not.
func (p *process) end() {
	kill := time.AfterFunc(5*timeout, func() { _ = p.command.Process.Kill() })
	defer kill.Stop()
	<-p.read
	_ = p.command.Wait() // killed, perhaps
}

// happen lets something happen.
func (s *storm) happen(ctx context.Context) error {
	n := s.random.IntN(10)
	if s.server == nil {
		n = 0
	}
	i := s.random.IntN(len(s.workers))
	switch p := s.workers[i]; {
	case n < 6:
		s.counts["killed"]++
		_ = p.command.Process.Kill()
		p.end()
		s.workers = append(s.workers[:i], s.workers[i+1:]...)
		return s.spawn(ctx)
	case n < 7:
		s.counts["frozen"]++
		err := p.command.Process.Signal(syscall.SIGSTOP)
		time.Sleep(timeout + timeout/2)
		return errors.Join(err, p.command.Process.Signal(syscall.SIGCONT))
	case n < 9:
		s.counts["crashed"]++
		return s.restart(ctx, syscall.SIGQUIT)
	}
	s.counts["restarted"]++
	return s.restart(ctx, syscall.SIGINT)
}

func (s *storm) restart(ctx context.Context, signal os.Signal) error {
	return errors.Join(s.server.Stop(signal), s.server.Start(ctx))
}
