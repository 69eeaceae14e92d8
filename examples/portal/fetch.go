package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"os"
	"path"
	"time"

	"github.com/go-json-experiment/json"

	"github.com/coselling/coselling/examples/portal/internal/store"
)

const (
	fetchEvery = 10 * time.Second
	maxFile    = 16 << 20 // bytes of what one source says about one deal
)

// folder fetches from files that other systems write: SOURCE/DEAL.json, by the ids that the portal gave them, has a
// list of what happened, [{"id": "17", "change": {"activity": {…}}}]. A file that is not there says that nothing did.
type folder struct{ root *os.Root }

// Fetch reads the file of a deal.
func (f folder) Fetch(_ context.Context, from store.Source, deal string) ([]store.Fetched, error) {
	file, err := f.root.Open(path.Join(from.ID, deal+".json"))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	defer file.Close()
	text, err := io.ReadAll(io.LimitReader(file, maxFile+1))
	if err != nil {
		return nil, err
	}
	if len(text) > maxFile {
		return nil, fmt.Errorf("%s has more than %d bytes", file.Name(), maxFile)
	}
	var list []store.Fetched
	return list, json.Unmarshal(text, &list)
}

// fetching fetches from a folder what webhooks have marked, until the function that it returns is called; from none it
// fetches nothing.
func fetching(ctx context.Context, from string, portal *store.Store, log *slog.Logger) (stop func() error, err error) {
	if from == "" {
		return func() error { return nil }, nil
	}
	root, err := os.OpenRoot(from)
	if err != nil {
		return nil, fmt.Errorf("-fetch: %w", err)
	}
	ctx, cancel := context.WithCancel(ctx)
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		fetch(ctx, portal, folder{root}, log)
	}()
	return func() error {
		cancel()
		<-ended
		return root.Close()
	}, nil
}

// fetch works off what webhooks have marked, until the context ends.
func fetch(ctx context.Context, portal *store.Store, fetcher store.Fetcher, log *slog.Logger) {
	tick := time.NewTicker(fetchEvery)
	defer tick.Stop()
	for {
		found, err := portal.FetchDue(ctx, fetcher)
		if err != nil && ctx.Err() == nil {
			log.Error("a deal was not fetched, or not as a whole", "error", err)
		}
		if found {
			continue
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}
