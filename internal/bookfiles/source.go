package main

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"

	"github.com/coselling/coselling/value"
)

// source is what the schema needs of the Go files of one package.
type source struct {
	structs map[string]*ast.StructType
	docs    map[string]string   // of types
	names   map[string][]string // tables of names, the unset one left out
	codes   map[value.Code]string
}

// tree reads packages of the module where they are first asked for.
type tree struct {
	root     string
	packages map[string]*source
}

// of returns a package by its folder below the root; "" is the root.
func (t *tree) of(dir string) (*source, error) {
	if s, ok := t.packages[dir]; ok {
		return s, nil
	}
	files, err := filepath.Glob(filepath.Join(t.root, dir, "*.go"))
	if err != nil || len(files) == 0 {
		return nil, fmt.Errorf("no package in %q: %v", dir, err)
	}
	s := &source{map[string]*ast.StructType{}, map[string]string{}, map[string][]string{}, map[value.Code]string{}}
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			return nil, err
		}
		for _, decl := range file.Decls {
			if d, ok := decl.(*ast.GenDecl); ok {
				s.add(d)
			}
		}
	}
	t.packages[dir] = s
	return s, nil
}

func (s *source) add(d *ast.GenDecl) {
	for _, spec := range d.Specs {
		switch spec := spec.(type) {
		case *ast.TypeSpec:
			if body, ok := spec.Type.(*ast.StructType); ok {
				s.structs[spec.Name.Name] = body
				s.docs[spec.Name.Name] = sentence(d.Doc)
			}
		case *ast.ValueSpec:
			s.addValue(d.Tok, spec)
		}
	}
}

// addValue keeps tables of names, and the codes with what they say.
func (s *source) addValue(tok token.Token, spec *ast.ValueSpec) {
	if len(spec.Names) != 1 || len(spec.Values) != 1 {
		return
	}
	if literal, ok := spec.Values[0].(*ast.BasicLit); ok && tok == token.CONST && literal.Kind == token.STRING {
		if code, err := strconv.Unquote(literal.Value); err == nil {
			says := strings.TrimPrefix(sentence(spec.Doc), spec.Names[0].Name)
			s.codes[value.Code(code)] = strings.TrimLeft(says, ": ")
		}
		return
	}
	list, ok := spec.Values[0].(*ast.CompositeLit)
	if !ok || !strings.HasSuffix(spec.Names[0].Name, "Names") {
		return
	}
	var names []string
	for _, e := range list.Elts {
		if literal, ok := e.(*ast.BasicLit); ok {
			if name, err := strconv.Unquote(literal.Value); err == nil && name != "" {
				names = append(names, name)
			}
		}
	}
	s.names[spec.Names[0].Name] = names
}

var (
	reference = regexp.MustCompile(`\[([A-Za-z.]+)\]`)
	jsonForm  = regexp.MustCompile(`is the JSON form of \[([A-Za-z]+)\]`)
)

// sentence returns a comment on one line, without brackets around references.
func sentence(comments ...*ast.CommentGroup) string {
	for _, c := range comments {
		if text := strings.Join(strings.Fields(c.Text()), " "); text != "" {
			return text
		}
	}
	return ""
}

// described returns the comments on the fields of the public type that a wire type is
// the JSON form of, by name of the field.
func (s *source) described(wire string) map[string]string {
	says := map[string]string{}
	public := jsonForm.FindStringSubmatch(s.docs[wire])
	if public == nil {
		return says
	}
	body, ok := s.structs[public[1]]
	if !ok {
		return says
	}
	for _, f := range body.Fields.List {
		for _, name := range f.Names {
			says[name.Name] = reference.ReplaceAllString(sentence(f.Doc, f.Comment), "$1")
		}
	}
	return says
}
