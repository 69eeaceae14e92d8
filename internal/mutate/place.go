package main

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strings"
)

// gremlins is the tool that lists the places; pinned, so that they are the same everywhere.
const gremlins = "github.com/go-gremlins/gremlins/cmd/gremlins@v0.6.0"

// pack is a package of the module.
type pack struct {
	dir    string // below the root, as ./comp
	path   string
	tested bool     // it has tests
	uses   []string // the import paths of packages that it or its tests import, directly or not
}

// listPackages returns the packages of patterns; those of all others are found by them as importers.
func listPackages(ctx context.Context, patterns []string) (list []pack, err error) {
	const format = `{{.ImportPath}}|{{.Module.Path}}|{{or .TestGoFiles .XTestGoFiles}}|` +
		`{{join .Deps ","}},{{join .TestImports ","}},{{join .XTestImports ","}}`
	cmd := exec.CommandContext(ctx, "go", append([]string{"list", "-f", format}, patterns...)...)
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("go list: %w", err)
	}
	for line := range strings.Lines(string(out)) {
		parts := strings.Split(strings.TrimSpace(line), "|")
		list = append(list, pack{dir: "." + strings.TrimPrefix(parts[0], parts[1]), path: parts[0],
			tested: parts[2] != "[]", uses: strings.Split(parts[3], ",")})
	}
	return list, nil
}

// importersOf returns the folders of the packages with tests that use another one.
func importersOf(packages []pack, dir string) (list []string) {
	of := packages[slices.IndexFunc(packages, func(p pack) bool { return p.dir == dir })].path
	for _, p := range packages {
		if p.tested && p.dir != dir && slices.Contains(p.uses, of) {
			list = append(list, p.dir)
		}
	}
	return list
}

// mutant is one small change of one file.
type mutant struct {
	file         string // below the root of the module, with slashes
	kind         string // as gremlins calls it
	line, column int
	source       string // the text of the line
}

func (m mutant) pkg() string { return "./" + path.Dir(m.file) }

func (m mutant) String() string { return fmt.Sprintf("%s:%d:%d %s", m.file, m.line, m.column, m.kind) }

func compareMutants(a, b mutant) int {
	return cmp.Or(strings.Compare(a.file, b.file), a.line-b.line, a.column-b.column, strings.Compare(a.kind, b.kind))
}

// listMutants returns the mutants of packages that some test of their package reaches, sorted. It writes below dir.
func listMutants(ctx context.Context, dir string, packages []pack) (all []mutant, err error) {
	for _, top := range tops(packages) {
		found, err := listBelow(ctx, top, filepath.Join(dir, "places.json"))
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
func listBelow(ctx context.Context, dir, file string) (list []mutant, err error) {
	cmd := exec.CommandContext(ctx, "go", "run", gremlins, "unleash", "--dry-run", "--silent", "--output", file, dir)
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
	for _, f := range places.Files {
		file := path.Join(dir, f.Name)
		text, err := os.ReadFile(file)
		if err != nil {
			return nil, err
		}
		lines := strings.Split(string(text), "\n")
		for _, m := range f.Mutations {
			if m.Status == "RUNNABLE" {
				list = append(list, mutant{file, m.Type, m.Line, m.Column, strings.TrimSpace(lines[m.Line-1])})
			}
		}
	}
	return list, nil
}

// sample returns n of the mutants, those whose hash with the seed is lowest. As the hash is of their text, and not of
// where it stands, a change of the code exchanges few of them.
func sample(all []mutant, seed uint64, n int) []mutant {
	rank := func(m mutant) string {
		sum := sha256.Sum256(fmt.Appendln(nil, seed, m.file, m.kind, m.column, m.source))
		return string(sum[:])
	}
	chosen := slices.Clone(all)
	slices.SortStableFunc(chosen, func(a, b mutant) int { return strings.Compare(rank(a), rank(b)) })
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

// change returns where in the text of its file the mutant stands, what stands there, and what it puts there.
func (m mutant) change(text string) (at int, old, put string, err error) {
	lines := strings.SplitAfter(text, "\n")
	if m.line < 1 || m.line > len(lines) || m.column < 1 || m.column > len(lines[m.line-1]) {
		return 0, "", "", fmt.Errorf("%v: the file has no such place", m)
	}
	at = len(strings.Join(lines[:m.line-1], "")) + m.column - 1
	for _, width := range []int{2, 1} {
		old = text[at:min(at+width, len(text))]
		if put, ok := swaps[m.kind][old]; ok {
			return at, old, put, nil
		}
	}
	return 0, "", "", fmt.Errorf("%v: no such operator stands in %q", m, strings.TrimSpace(lines[m.line-1]))
}
