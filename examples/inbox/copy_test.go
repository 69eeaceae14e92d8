package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"testing"
)

// Each file that the comment of the package lists for other importers stands alone: it names nothing of another file.
func TestFilesForOtherImportersStandAlone(t *testing.T) {
	text, err := os.ReadFile("main.go")
	if err != nil {
		t.Fatal(err)
	}
	names, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	files, home := map[string]*ast.File{}, map[string]string{}
	for _, name := range names {
		if files[name], err = parser.ParseFile(token.NewFileSet(), name, nil, 0); err != nil {
			t.Fatal(err)
		}
		for object := range files[name].Scope.Objects {
			home[object] = name
		}
	}
	listed := regexp.MustCompile(`(?m)^//\t(\w+\.go) `).FindAllSubmatch(text, -1)
	if len(listed) < 5 {
		t.Fatalf("%d files are listed", len(listed))
	}
	for _, m := range listed {
		name := string(m[1])
		file := files[name]
		if file == nil {
			t.Errorf("%s does not exist", name)
			continue
		}
		for _, ident := range file.Unresolved {
			if other := home[ident.Name]; other != "" {
				t.Errorf("%s needs %s of %s", name, ident.Name, other)
			}
		}
	}
}
