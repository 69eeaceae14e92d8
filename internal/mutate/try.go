package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"time"
)

// outcome is the end of a mutant.
type outcome uint8

const (
	killed outcome = 1 + iota
	notViable
	survived
)

// result is a mutant with what became of it and the line that it changed.
type result struct {
	mutant
	source  string
	outcome outcome
}

// pack is a package of the module.
type pack struct {
	dir    string // below the root, as ./comp
	path   string
	tested bool     // it has tests
	uses   []string // the import paths of packages that it or its tests import, directly or not
}

// listPackages returns the packages of patterns; those of all others are found by them as importers.
func listPackages(ctx context.Context, patterns []string) ([]pack, error) {
	const format = `{{.ImportPath}}|{{.Dir}}|{{or .TestGoFiles .XTestGoFiles}}|` +
		`{{join .Deps ","}},{{join .TestImports ","}},{{join .XTestImports ","}}`
	cmd := exec.CommandContext(ctx, "go", append([]string{"list", "-f", format}, patterns...)...)
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("go list: %w", err)
	}
	root, err := os.Getwd()
	if err != nil {
		return nil, err
	}
	var list []pack
	for line := range strings.Lines(string(out)) {
		parts := strings.Split(strings.TrimSpace(line), "|")
		dir, err := filepath.Rel(root, parts[1])
		if err != nil {
			return nil, err
		}
		list = append(list, pack{dir: "./" + filepath.ToSlash(dir), path: parts[0], tested: parts[2] != "[]",
			uses: strings.Split(parts[3], ",")})
	}
	return list, nil
}

// tryAll tries mutants until the budget is used up, in as many goroutines as there are workers.
func tryAll(ctx context.Context, o options, packages []pack, chosen []mutant, out io.Writer) ([]result, error) {
	end := time.Now().Add(o.budget)
	var (
		group   sync.WaitGroup
		lock    sync.Mutex
		results []result
		failed  error
	)
	next := make(chan mutant)
	for range o.workers {
		group.Go(func() {
			for m := range next {
				r, err := try(ctx, packages, m)
				if ctx.Err() != nil {
					continue // what was tried before is reported
				}
				lock.Lock()
				if err != nil && failed == nil {
					failed = err
				}
				results = append(results, r)
				if r.outcome == survived {
					fmt.Fprintf(out, "survived  %v  %s\n", m, r.source)
				}
				if len(results)%50 == 0 {
					fmt.Fprintln(out, len(results), "tried")
				}
				lock.Unlock()
			}
		})
	}
	for _, m := range chosen {
		lock.Lock()
		stop := failed != nil
		lock.Unlock()
		if stop || ctx.Err() != nil || time.Now().After(end) {
			break
		}
		next <- m
	}
	close(next)
	group.Wait()
	return results, failed
}

// try shows a mutant to the tests of its package, then to those of the packages that import it.
func try(ctx context.Context, packages []pack, m mutant) (result, error) {
	r := result{mutant: m}
	source, err := os.ReadFile(m.file)
	if err != nil {
		return r, err
	}
	changed, line, err := m.apply(source)
	if err != nil {
		return r, err
	}
	r.source = line
	dir, err := os.MkdirTemp("", "mutant")
	if err != nil {
		return r, err
	}
	defer os.RemoveAll(dir)
	overlay, err := writeOverlay(dir, m.file, changed)
	if err != nil {
		return r, err
	}
	r.outcome, err = test(ctx, overlay, m.pkg())
	if err != nil || r.outcome != survived {
		return r, err
	}
	if importers := importersOf(packages, m.pkg()); len(importers) > 0 {
		r.outcome, err = test(ctx, overlay, importers...)
	}
	return r, err
}

// writeOverlay writes the changed file beside a list that puts it in the place of the original.
func writeOverlay(dir, file string, changed []byte) (string, error) {
	original, err := filepath.Abs(file)
	if err != nil {
		return "", err
	}
	replacement, list := filepath.Join(dir, "changed.go"), filepath.Join(dir, "overlay.json")
	data, err := json.Marshal(map[string]any{"Replace": map[string]string{original: replacement}})
	if err != nil {
		return "", err
	}
	if err := os.WriteFile(replacement, changed, 0o600); err != nil {
		return "", err
	}
	return list, os.WriteFile(list, data, 0o600)
}

func importersOf(packages []pack, dir string) (list []string) {
	of := ""
	for _, p := range packages {
		if p.dir == dir {
			of = p.path
		}
	}
	for _, p := range packages {
		for _, used := range p.uses {
			if p.tested && p.dir != dir && used == of {
				list = append(list, p.dir)
				break
			}
		}
	}
	return list
}

// test runs the tests of packages under an overlay. A test that does not end has noticed the change.
func test(ctx context.Context, overlay string, packages ...string) (outcome, error) {
	args := []string{"test", "-overlay", overlay, "-count=1", "-failfast", "-vet=off", "-timeout=5m"}
	cmd := exec.CommandContext(ctx, "go", append(args, packages...)...)
	cmd.Env = append(os.Environ(), "COSELLING_UPDATE=")
	text, err := cmd.CombinedOutput()
	switch {
	case ctx.Err() != nil:
		return 0, ctx.Err()
	case err == nil:
		return survived, nil
	case bytes.Contains(text, []byte("[build failed]")):
		return notViable, nil
	default:
		return killed, nil
	}
}
