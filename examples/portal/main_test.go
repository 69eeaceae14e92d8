package main

import (
	"bufio"
	"context"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/coselling/coselling/examples/portal/internal/testdb"
)

// The portal listens on this machine alone, since everybody knows the passwords of the sample.
func TestFlagsAreRefused(t *testing.T) {
	for _, args := range [][]string{{"x"}, {"-x"}, {"-addr", ":8080"}, {"-addr", "0.0.0.0:8080"}, {"-addr", "[::]:8080"},
		{"-addr", "192.0.2.1:8080"}, {"-addr", "portal.example:8080"}, {"-addr", "localhost"},
		{"-db", t.TempDir(), "-addr", "localhost:0"}, {"-wasm", "/nothing", "-addr", "localhost:0", "-db",
			filepath.Join(t.TempDir(), "portal.db")}} {
		if err := run(t.Context(), args, io.Discard, io.Discard); err == nil {
			t.Errorf("%q is accepted", args)
		}
	}
	var help strings.Builder
	if err := run(t.Context(), []string{"-help"}, &help, io.Discard); err != nil || !strings.Contains(help.String(), "-addr") {
		t.Errorf("%v: %s", err, help.String())
	}
}

// The portal is known under the name that was asked for, and without the port that browsers leave out.
func TestHosts(t *testing.T) {
	for address, want := range map[string][]string{
		"127.0.0.2:80": {"127.0.0.2:80", "127.0.0.2", "localhost", "[::1]"},
		"[::1]:0":      {"[::1]:8080", "localhost:8080", "127.0.0.1:8080"},
		"localhost:0":  {"localhost:8080", "127.0.0.1:8080", "[::1]:8080"},
	} {
		at := &net.TCPAddr{IP: net.IPv6loopback, Port: 8080}
		if strings.HasSuffix(address, ":80") {
			at.Port = 80
		}
		list, err := hosts(address, at)
		if err != nil || list[0] != want[0] {
			t.Errorf("%s: %q, %v", address, list, err)
		}
		for _, name := range want {
			if !slices.Contains(list, name) {
				t.Errorf("%s: %q, without %s", address, list, name)
			}
		}
	}
	if list, err := hosts("localhost:0", &net.TCPAddr{IP: net.IPv4(192, 0, 2, 1), Port: 8080}); err == nil {
		t.Errorf("a name that leads elsewhere: %q", list)
	}
}

func TestMain(m *testing.M) { testdb.Main(m) }

// One command makes a file and serves the sample, until the program is stopped; a second run finds the file.
func TestPortalStartsAnswersAndStops(t *testing.T) {
	startsAnswersAndStops(t, filepath.Join(t.TempDir(), "portal.db"))
}

// On PostgreSQL the owner makes the tables, and the server serves the sample. README.md has the roles of the tests.
func TestPortalStartsOnPostgres(t *testing.T) {
	at := testdb.Postgres(t).Empty(t)
	server := at.Address("portal_server")
	if err := run(t.Context(), []string{"-db", server, "-addr", "localhost:0"}, io.Discard, io.Discard); err == nil ||
		!strings.Contains(err.Error(), "run -migrate") {
		t.Errorf("without tables: %v", err)
	}
	for range 2 {
		if err := run(t.Context(), []string{"-db", at.Address("portal_owner"), "-migrate"}, io.Discard, io.Discard); err != nil {
			t.Fatal(err)
		}
	}
	startsAnswersAndStops(t, server)
	readme, err := os.ReadFile("README.md")
	if err != nil || !strings.Contains(string(readme), testdb.Roles) {
		t.Errorf("README.md has other roles, %v", err)
	}
}

// No error says a password.
func TestErrorsOfTheDatabaseHaveNoPassword(t *testing.T) {
	for _, at := range []string{"postgres://me:secret@127.0.0.1:1/portal", "postgres://me:secret@%zz/portal",
		"postgres://me:secret@localhost:x/portal", "postgresql://me:secret@localhost/portal?sslmode=secret"} {
		err := run(t.Context(), []string{"-db", at, "-addr", "localhost:0"}, io.Discard, io.Discard)
		if err == nil || strings.Contains(strings.TrimSuffix(err.Error(), "sslmode=secret"), ":secret") {
			t.Errorf("%s: %v", at, err)
		}
	}
}

func startsAnswersAndStops(t *testing.T, database string) {
	t.Setenv("PATH", "") // no toolchain: the server computes
	for range 2 {
		ctx, stop := context.WithCancel(t.Context())
		out, in := io.Pipe()
		ended, start := make(chan error, 1), time.Now()
		go func() {
			err := run(ctx, []string{"-addr", "localhost:0", "-db", database}, in, io.Discard)
			_ = in.CloseWithError(err)
			ended <- err
		}()
		line, err := bufio.NewReader(out).ReadString('\n')
		if err != nil {
			t.Fatal(err)
		}
		answer, err := http.Get(regexp.MustCompile(`http://localhost:\d+`).FindString(line) + "/sign-in")
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(answer.Body)
		answer.Body.Close()
		if err != nil || answer.StatusCode != http.StatusOK || !strings.Contains(string(text), "ana@acme.example") {
			t.Errorf("%d, %v\n%s", answer.StatusCode, err, text)
		}
		t.Logf("the first page after %v", time.Since(start))
		stop()
		if err := <-ended; err != nil {
			t.Errorf("the portal stops with %v", err)
		}
	}
}
