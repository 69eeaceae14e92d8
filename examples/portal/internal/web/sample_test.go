package web_test

import (
	"database/sql"
	"io"
	"log/slog"
	"net/http/httptest"
	"testing"

	"github.com/coselling/coselling/examples/portal/internal/testdb"
	"github.com/coselling/coselling/examples/portal/internal/wasmfile"
	"github.com/coselling/coselling/examples/portal/internal/web"
)

// newSample returns a portal with the people and deals of the sample, on the clock of this machine.
func newSample(t testing.TB, wasm func() *wasmfile.File) *portal {
	t.Helper()
	return newSampleOn(t, played.SQLite(t).Open(t), wasm)
}

// bothSamples runs a test with the people and deals of the sample on each database.
func bothSamples(t *testing.T, test func(*testing.T, *portal)) {
	t.Helper()
	played.Both(t, func(t *testing.T, at testdb.Place) { test(t, newSampleOn(t, at.Open(t), nil)) })
}

func newSampleOn(t testing.TB, db *sql.DB, wasm func() *wasmfile.File) *portal {
	t.Helper()
	s, clock, err := opened(db)
	if err != nil {
		t.Fatal(err)
	}
	p := &portal{t: t, store: s, Server: httptest.NewUnstartedServer(nil)}
	server, err := web.New(web.Config{Store: p.store, Now: clock.Now, Hosts: []string{p.Listener.Addr().String()},
		Wasm: wasm, Log: slog.New(slog.NewTextHandler(io.Discard, nil))})
	if err != nil {
		t.Fatal(err)
	}
	p.Config.Handler = server.Handler()
	p.Start()
	t.Cleanup(p.Close)
	return p
}
