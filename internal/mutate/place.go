package main

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strings"
)

// gremlins is the tool that lists the places; pinned, so that a seed names the same sample everywhere.
const gremlins = "github.com/go-gremlins/gremlins/cmd/gremlins@v0.6.0"

// mutant is one small change of one file.
type mutant struct {
	file         string // below the root of the module, with slashes
	kind         string // as gremlins calls it
	line, column int
}

func (m mutant) pkg() string { return "./" + path.Dir(m.file) }

func (m mutant) String() string { return fmt.Sprintf("%s:%d:%d %s", m.file, m.line, m.column, m.kind) }

func compareMutants(a, b mutant) int {
	if a.file != b.file {
		return strings.Compare(a.file, b.file)
	}
	if a.line != b.line {
		return a.line - b.line
	}
	if a.column != b.column {
		return a.column - b.column
	}
	return strings.Compare(a.kind, b.kind)
}

// listMutants returns the mutants of packages that some test of their package reaches, sorted.
func listMutants(ctx context.Context, packages []pack) ([]mutant, error) {
	dir, err := os.MkdirTemp("", "mutate")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	install := exec.CommandContext(ctx, "go", "install", gremlins)
	install.Env = append(os.Environ(), "GOBIN="+dir)
	if text, err := install.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("%s: %w\n%s", gremlins, err, text)
	}
	var all []mutant
	for _, top := range tops(packages) {
		found, err := listBelow(ctx, filepath.Join(dir, "gremlins"), top, filepath.Join(dir, "places.json"))
		if err != nil {
			return nil, err
		}
		all = append(all, found...)
	}
	all = slices.DeleteFunc(all, func(m mutant) bool {
		return !slices.ContainsFunc(packages, func(p pack) bool { return p.dir == m.pkg() })
	})
	slices.SortFunc(all, compareMutants)
	return slices.Compact(all), nil
}

// tops returns the folders of packages that stand below no other one: gremlins lists a folder with all below it.
func tops(packages []pack) (list []string) {
	for _, p := range packages {
		if !slices.ContainsFunc(packages, func(q pack) bool { return strings.HasPrefix(p.dir, q.dir+"/") }) {
			list = append(list, p.dir)
		}
	}
	return list
}

// listBelow returns the mutants of the packages in a folder and below it.
func listBelow(ctx context.Context, tool, dir, file string) ([]mutant, error) {
	cmd := exec.CommandContext(ctx, tool, "unleash", "--dry-run", "--silent", "--output", file, dir)
	if text, err := cmd.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("gremlins %s: %w\n%s", dir, err, text)
	}
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	var places struct {
		Files []struct {
			Name      string `json:"file_name"`
			Mutations []struct {
				Type, Status string
				Line, Column int
			}
		}
	}
	if err := json.Unmarshal(data, &places); err != nil {
		return nil, err
	}
	var list []mutant
	for _, f := range places.Files {
		for _, m := range f.Mutations {
			if m.Status == "RUNNABLE" {
				list = append(list, mutant{path.Join(dir, f.Name), m.Type, m.Line, m.Column})
			}
		}
	}
	return list, nil
}

// sample returns n of the mutants, in an order that the seed alone decides.
func sample(all []mutant, seed uint64, n int) []mutant {
	chosen := slices.Clone(all)
	swap := func(i, j int) { chosen[i], chosen[j] = chosen[j], chosen[i] }
	rand.New(rand.NewPCG(seed, 0)).Shuffle(len(chosen), swap)
	return chosen[:min(n, len(chosen))]
}

// swaps has, for each kind, what stands in a place and what is put there.
var swaps = map[string]map[string]string{
	"ARITHMETIC_BASE":       {"+": "-", "-": "+", "*": "/", "/": "*", "%": "*"},
	"CONDITIONALS_BOUNDARY": {"<": "<=", "<=": "<", ">": ">=", ">=": ">"},
	"CONDITIONALS_NEGATION": {"==": "!=", "!=": "==", "<": ">=", "<=": ">", ">": "<=", ">=": "<"},
	"INCREMENT_DECREMENT":   {"++": "--", "--": "++"},
	"INVERT_NEGATIVES":      {"-": "+"},
}

// apply returns the source with the change, and the line that it changes.
func (m mutant) apply(source []byte) (changed []byte, line string, err error) {
	lines := strings.SplitAfter(string(source), "\n")
	if m.line < 1 || m.line > len(lines) || m.column < 1 || m.column > len(lines[m.line-1]) {
		return nil, "", fmt.Errorf("%v: the file has no such place", m)
	}
	line = lines[m.line-1]
	before, rest := line[:m.column-1], line[m.column-1:]
	for _, width := range []int{2, 1} {
		if len(rest) < width {
			continue
		}
		if put, ok := swaps[m.kind][rest[:width]]; ok {
			lines[m.line-1] = before + put + rest[width:]
			return []byte(strings.Join(lines, "")), strings.TrimSpace(line), nil
		}
	}
	return nil, "", fmt.Errorf("%v: no such operator stands in %q", m, strings.TrimSpace(line))
}
