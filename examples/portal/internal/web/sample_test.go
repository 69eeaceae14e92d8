package web_test

import (
	"io"
	"log/slog"
	"net/http/httptest"
	"testing"

	"github.com/coselling/coselling"
	"github.com/coselling/coselling/examples/portal/internal/sample"
	"github.com/coselling/coselling/examples/portal/internal/store"
	"github.com/coselling/coselling/examples/portal/internal/wasmfile"
	"github.com/coselling/coselling/examples/portal/internal/web"
)

// newSample returns a portal with the people and deals of the sample, on the clock of this machine.
func newSample(t testing.TB, wasm func() *wasmfile.File) *portal {
	t.Helper()
	db := played.copied(t, fillSample)
	var clock sample.Clock
	var err error
	p := &portal{t: t, Server: httptest.NewUnstartedServer(nil)}
	p.store, err = store.Open(t.Context(), db, store.Settings{Books: []coselling.Book{sample.Book()}, Now: clock.Now,
		Host: sample.Host()})
	if err != nil {
		t.Fatal(err)
	}
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
