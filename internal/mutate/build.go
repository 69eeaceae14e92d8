package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// workshop has a sample of mutants in one overlay: a program that is built with it becomes the mutant whose number,
// from 0, stands in its environment. Its folder is the caller's to remove.
type workshop struct {
	dir     string
	mutants []mutant
	barren  map[string]bool // the numbers of those that do not compile
}

// environment names the variable with the number. With a question mark in it a program is no mutant, and says which
// ones it could be: what it runs through.
const environment = "COSELLING_MUTANT"

// switching is a file of each package that has mutants.
const switching = `package %s

import (
	"os"
	"sync"
)

var (
	mutant  = os.Getenv(%q)
	reached sync.Map
)

func mutated(id string) bool { return mutant == id || mutant == "?" && reach(id) }

func reach(id string) bool {
	if _, again := reached.LoadOrStore(id, true); !again {
		print("reached " + id + "\n")
	}
	return false
}
`

var ofMutant = regexp.MustCompile(`\bmutant(\d+):\d+`)

// prepare writes the overlay, without the mutants that do not compile.
func prepare(ctx context.Context, dir string, mutants []mutant, patterns []string) (*workshop, error) {
	w := &workshop{dir, mutants, make(map[string]bool)}
	patterns = append([]string{"-gcflags=-e"}, patterns...) // all errors
	for {
		if err := w.write(); err != nil {
			return nil, err
		}
		text, err := w.command(ctx, "build", patterns...).CombinedOutput()
		if err == nil {
			return w, nil
		}
		found := ofMutant.FindAllSubmatch(text, -1)
		if found == nil {
			return nil, fmt.Errorf("go build: %w\n%s", err, text)
		}
		for _, f := range found {
			w.barren[string(f[1])] = true
		}
	}
}

// command is a command of go under the overlay.
func (w *workshop) command(ctx context.Context, name string, args ...string) *exec.Cmd {
	args = append([]string{name, "-overlay", filepath.Join(w.dir, "overlay.json")}, args...)
	return exec.CommandContext(ctx, "go", args...)
}

// write writes each changed file beside a list that puts it in the place of the original.
func (w *workshop) write() error {
	replace := make(map[string]string)
	put := func(path, text string) error {
		original, err := filepath.Abs(path)
		if err != nil {
			return err
		}
		replace[original] = filepath.Join(w.dir, strings.ReplaceAll(path, "/", "_"))
		return os.WriteFile(replace[original], []byte(text), 0o600)
	}
	byFile := make(map[string][]int)
	for id, m := range w.mutants {
		if !w.barren[strconv.Itoa(id)] {
			byFile[m.file] = append(byFile[m.file], id)
		}
	}
	for path, ids := range byFile {
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		text, name, err := w.changed(string(data), ids)
		if err != nil {
			return err
		}
		helper := filepath.Join(filepath.Dir(path), "zz_mutant.go")
		err = errors.Join(put(path, text), put(helper, fmt.Sprintf(switching, name, environment)))
		if err != nil {
			return err
		}
	}
	list, err := json.Marshal(map[string]any{"Replace": replace})
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(w.dir, "overlay.json"), list, 0o600)
}

// function is one that stands in no other.
type function struct {
	results    string // as they are declared
	start, end int    // of its body, behind the first brace and at the last
}

// changed returns the text of a file in which each function with mutants begins with a copy of its body for each, and
// the name of the package. An error in a copy is reported for the file mutant17, and not for the mutant's own.
func (w *workshop) changed(text string, ids []int) (all, name string, err error) {
	functions, name, err := functionsOf(text)
	if err != nil {
		return "", "", err
	}
	copies := make(map[function]string)
	for _, id := range ids {
		at, old, put, err := w.mutants[id].change(text)
		if err != nil {
			return "", "", err
		}
		i := slices.IndexFunc(functions, func(f function) bool { return f.start <= at && at < f.end })
		if i < 0 {
			return "", "", fmt.Errorf("%v: it stands in no function", w.mutants[id])
		}
		f := functions[i]
		before, after := "return func() "+f.results, "()"
		if f.results == "" {
			before, after = "func()", "(); return"
		}
		copies[f] += fmt.Sprintf("if mutated(\"%d\") { %s {\n//line mutant%d:1\n%s%s%s}%s }\n",
			id, before, id, text[f.start:at], put, text[at+len(old):f.end], after)
	}
	var b strings.Builder
	from := 0
	for _, f := range functions {
		b.WriteString(text[from:f.start] + copies[f])
		from = f.start
	}
	return b.String() + text[from:], name, nil
}

func functionsOf(text string) (list []function, name string, err error) {
	set := token.NewFileSet()
	file, err := parser.ParseFile(set, "", text, parser.SkipObjectResolution)
	if err != nil {
		return nil, "", err
	}
	offset := func(p token.Pos) int { return set.Position(p).Offset }
	add := func(kind *ast.FuncType, body *ast.BlockStmt) bool {
		f := function{start: offset(body.Lbrace) + 1, end: offset(body.Rbrace)}
		if kind.Results != nil {
			f.results = text[offset(kind.Results.Pos()):offset(kind.Results.End())]
		}
		list = append(list, f)
		return false
	}
	ast.Inspect(file, func(node ast.Node) bool {
		switch node := node.(type) {
		case *ast.FuncDecl:
			return node.Body == nil || add(node.Type, node.Body)
		case *ast.FuncLit:
			return add(node.Type, node.Body)
		}
		return true
	})
	return list, file.Name.Name, nil
}
