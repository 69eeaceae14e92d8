package main

import (
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/coselling/coselling"
	"github.com/coselling/coselling/examples/portal/internal/sample"
	"github.com/coselling/coselling/examples/portal/internal/store"
	"github.com/coselling/coselling/registration"
	"github.com/coselling/coselling/registration/matching"
)

// A file has what happened to a deal; one that is not there says that nothing did; what is no list is an error.
func TestFilesSayWhatHappened(t *testing.T) {
	dir := t.TempDir()
	if err := os.Mkdir(filepath.Join(dir, "S"), 0o700); err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{"S/D.json": `[{"id":"17","change":{"facts":[{"kind":"registered",` +
		`"at":"2026-11-30T09:00:00Z"}]}}]`, "S/broken.json": "[{", "S/wrong.json": `[{"id":"1","change":{}}]`,
		"S/large.json": strings.Repeat(" ", maxFile+1), "other.json": "[]"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Symlink("/etc/passwd", filepath.Join(dir, "S", "link.json")); err != nil {
		t.Fatal(err)
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	from := store.Source{ID: "S"}
	if list, err := (folder{root}).Fetch(t.Context(), from, "D"); err != nil || len(list) != 1 || list[0].ID != "17" ||
		len(list[0].Change.Facts) != 1 {
		t.Error(list, err)
	}
	if list, err := (folder{root}).Fetch(t.Context(), from, "nothing"); err != nil || list != nil {
		t.Error(list, err)
	}
	for _, wrong := range []string{"broken", "wrong", "large", "link", "../../etc/passwd"} {
		if list, err := (folder{root}).Fetch(t.Context(), from, wrong); err == nil {
			t.Errorf("%s: %v", wrong, list)
		}
	}
}

// What a webhook has marked is fetched from the folder and becomes part of the deal.
func TestMarkedDealsAreFetched(t *testing.T) {
	db, err := store.OpenSQLite(filepath.Join(t.TempDir(), "portal.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	portal, err := store.Open(t.Context(), db, store.Settings{Books: []coselling.Book{sample.Book()}, Now: time.Now,
		Host: sample.Host()})
	if err != nil {
		t.Fatal(err)
	}
	ana, err := portal.AddUser(t.Context(), sample.People()[0], []byte("-"))
	if err != nil {
		t.Fatal(err)
	}
	registered, err := portal.Register(t.Context(), ana, registration.Filing{Key: "k", Account: matching.Account{
		Name: "Hooli", Domains: []string{"hooli.com"}}}, coselling.Deal{Account: "Hooli"})
	if err != nil {
		t.Fatal(err)
	}
	id, _, err := portal.AddSecret(t.Context(), ana, ana.Party, "CRM")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	file := filepath.Join(dir, id, registered.Deal+".json")
	updated := `[{"id":"17","change":{"facts":[{"kind":"crm_updated","side":"partner","at":"2026-01-01T00:00:00Z"}]}}]`
	if err := errors.Join(os.Mkdir(filepath.Dir(file), 0o700), os.WriteFile(file, []byte(updated), 0o600)); err != nil {
		t.Fatal(err)
	}
	body := `{"data":{"deal":"` + registered.Deal + `"}}`
	if _, err := portal.Receive(t.Context(), store.Source{ID: id, Party: ana.Party}, "m1", []byte(body)); err != nil {
		t.Fatal(err)
	}
	if _, err := fetching(t.Context(), filepath.Join(dir, "none"), portal, slog.Default()); err == nil {
		t.Error("a folder that is not there is accepted")
	}
	stop, err := fetching(t.Context(), dir, portal, slog.Default())
	if err != nil {
		t.Fatal(err)
	}
	for range 1000 {
		seen, err := portal.Deal(t.Context(), ana, registered.Deal)
		if err != nil {
			t.Fatal(err)
		}
		if seen.Version > 0 {
			break
		}
		time.Sleep(10 * time.Millisecond)
	}
	if err := stop(); err != nil {
		t.Error(err)
	}
	if history, err := portal.History(t.Context(), ana, registered.Deal); err != nil || len(history) != 1 {
		t.Errorf("%+v, %v", history, err)
	}
}
