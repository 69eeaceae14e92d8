package arch

import (
	"go/ast"
	"go/token"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"
)

// maxLines bounds a file that a person reads; one noun fits.
const maxLines = 350

func TestFilesAreShort(t *testing.T) {
	for _, s := range production(t) {
		if n := strings.Count(s.text, "\n"); n > maxLines && !s.generated {
			t.Errorf("%s has %d lines, more than %d; split it by noun", s.path, n, maxLines)
		}
	}
}

// smallBudget is how many files below smallFile lines the project may have: a noun that
// small stands with its neighbour.
const (
	smallFile   = 50
	smallBudget = 30
)

func TestFewFilesAreSmall(t *testing.T) {
	var small []string
	for _, s := range production(t) {
		if strings.Count(s.text, "\n") < smallFile && !inFolder(s.dir, "examples") {
			small = append(small, s.path)
		}
	}
	if len(small) > smallBudget {
		t.Errorf("%d files have fewer than %d lines, %d may: %s", len(small), smallFile, smallBudget, strings.Join(small, ", "))
	}
}

// maxColumns bounds a line, a tab counting as four columns.
const maxColumns = 120

// unbreakable finds lines that cannot be broken: tags, and what a program prints.
var unbreakable = regexp.MustCompile(" wire:\"|^//\t")

func TestLinesAreShort(t *testing.T) {
	for _, s := range sources(t) {
		if s.generated {
			continue
		}
		number := 0
		for line := range strings.Lines(s.text) {
			number++
			if n := utf8.RuneCountInString(strings.TrimRight(line, "\n")) + 3*strings.Count(line, "\t"); n > maxColumns && !s.test && !unbreakable.MatchString(line) {
				t.Errorf("%s:%d has %d columns, more than %d", s.path, number, n, maxColumns)
			}
		}
	}
}

func TestPackageCommentsShowAProgram(t *testing.T) {
	for _, s := range production(t) {
		if s.file.Doc != nil && s.public() && !strings.Contains(s.file.Doc.Text(), "\n\t") {
			t.Errorf("%s: the package comment must show a first program", s.path)
		}
	}
}

func TestExportedNamesAreDocumented(t *testing.T) {
	for _, s := range production(t) {
		if !s.public() {
			continue
		}
		for _, decl := range s.file.Decls {
			for _, name := range undocumented(decl) {
				t.Errorf("%s: %s needs a doc comment that begins with its name", at(name.Pos()), name.Name)
			}
		}
	}
}

func TestPackagesHaveOneDocComment(t *testing.T) {
	count := make(map[string]int)
	for _, s := range production(t) {
		count[s.dir] += 0
		if s.file.Doc != nil {
			count[s.dir]++
		}
	}
	for dir, n := range count {
		if n != 1 {
			t.Errorf("package %s has %d package comments, want one", dir, n)
		}
	}
}

// undocumented returns the exported names of decl without a doc comment.
func undocumented(decl ast.Decl) []*ast.Ident {
	switch d := decl.(type) {
	case *ast.FuncDecl:
		if d.Name.IsExported() && exportedReceiver(d) && !beginsWith(d.Doc, d.Name.Name) {
			return []*ast.Ident{d.Name}
		}
	case *ast.GenDecl:
		var found []*ast.Ident
		for _, spec := range d.Specs {
			found = append(found, undocumentedSpec(d, spec)...)
		}
		return found
	}
	return nil
}

func undocumentedSpec(d *ast.GenDecl, spec ast.Spec) []*ast.Ident {
	switch s := spec.(type) {
	case *ast.TypeSpec:
		if s.Name.IsExported() && !beginsWith(s.Doc, s.Name.Name) && (d.Lparen.IsValid() || !beginsWith(d.Doc, s.Name.Name)) {
			return []*ast.Ident{s.Name}
		}
	case *ast.ValueSpec:
		return undocumentedValues(d, s)
	}
	return nil
}

// undocumentedValues covers constants and variables: in a group, a comment on
// the group or any comment on the line will do.
func undocumentedValues(d *ast.GenDecl, s *ast.ValueSpec) []*ast.Ident {
	group := d.Lparen.IsValid()
	if group && (d.Doc != nil || s.Doc != nil || s.Comment != nil) {
		return nil
	}
	var found []*ast.Ident
	for _, name := range s.Names {
		if name.IsExported() && (group || !beginsWith(d.Doc, name.Name)) {
			found = append(found, name)
		}
	}
	return found
}

// beginsWith reports whether a comment begins with name as a whole word.
func beginsWith(comment *ast.CommentGroup, name string) bool {
	rest, ok := strings.CutPrefix(comment.Text(), name)
	return ok && rest != "" && !token.IsIdentifier(rest[:1])
}

// exportedReceiver reports whether f is a function or a method of an exported type.
func exportedReceiver(f *ast.FuncDecl) bool {
	if f.Recv == nil {
		return true
	}
	e := f.Recv.List[0].Type
	if star, ok := e.(*ast.StarExpr); ok {
		e = star.X
	}
	if index, ok := e.(*ast.IndexExpr); ok {
		e = index.X
	}
	name, ok := e.(*ast.Ident)
	return !ok || name.IsExported()
}
