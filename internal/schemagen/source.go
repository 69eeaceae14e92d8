package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"reflect"
	"regexp"
	"strings"
)

const module = "github.com/coselling/coselling"

// source holds the comments of a package on types, by name, and on fields, by Type.Field. The form by which a type
// reads or writes itself is a struct whose comment begins like "rateForm is the form of a [Rate]"; its fields
// without a comment have those of the type.
type source struct {
	says  map[string]string
	named map[string][]string // the names of types that a comment names, by the type that has it
}

var reference = regexp.MustCompile(`\[\*?([A-Za-z.]+)\]`)

// of returns the source of a type's package.
func (g *generator) of(t reflect.Type) source {
	if known, ok := g.sources[t.PkgPath()]; ok {
		return known
	}
	s := source{map[string]string{}, map[string][]string{}}
	g.sources[t.PkgPath()] = s
	names, _ := filepath.Glob(filepath.Join(g.root, strings.TrimPrefix(t.PkgPath(), module), "*.go"))
	for _, name := range names {
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			g.fail("%w", err)
			break
		}
		for _, decl := range file.Decls {
			if d, ok := decl.(*ast.GenDecl); ok && d.Tok == token.TYPE && !strings.HasSuffix(name, "_test.go") {
				s.add(d)
			}
		}
	}
	return s
}

func (s source) add(d *ast.GenDecl) {
	for _, spec := range d.Specs {
		spec := spec.(*ast.TypeSpec)
		name := spec.Name.Name
		sentence, _, _ := strings.Cut(line(spec.Doc, d.Doc), ". ")
		s.says[name] = plain(sentence)
		for _, names := range reference.FindAllStringSubmatch(sentence, -1) {
			s.named[name] = append(s.named[name], names[1])
		}
		if body, ok := spec.Type.(*ast.StructType); ok {
			for _, f := range body.Fields.List {
				for _, field := range f.Names {
					s.says[name+"."+field.Name] = plain(line(f.Doc, f.Comment))
				}
			}
		}
	}
}

// line returns the first comment that is not empty, on one line.
func line(comments ...*ast.CommentGroup) string {
	for _, c := range comments {
		if text := strings.Join(strings.Fields(c.Text()), " "); text != "" {
			return text
		}
	}
	return ""
}

func plain(comment string) string {
	return strings.TrimSuffix(reference.ReplaceAllString(comment, "$1"), ".")
}
