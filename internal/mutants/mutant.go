package main

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// source is one file with rules.
type source struct {
	path string
	text string
	file *ast.File
	set  *token.FileSet
}

// mutant is a changed condition.
type mutant struct {
	id int // from 1
	in *source
	at *ast.BinaryExpr
}

// instead has the operator that takes the place of another.
var instead = map[token.Token]token.Token{
	token.LSS: token.LEQ, token.LEQ: token.LSS, token.GTR: token.GEQ, token.GEQ: token.GTR,
	token.EQL: token.NEQ, token.NEQ: token.EQL, token.LAND: token.LOR, token.LOR: token.LAND,
}

func (m *mutant) String() string {
	p := m.in.set.Position(m.at.OpPos)
	line := strings.Split(m.in.text, "\n")[p.Line-1]
	return fmt.Sprintf("%s:%d: %s becomes %s in %s",
		m.in.path, p.Line, m.at.Op, instead[m.at.Op], strings.TrimSpace(line))
}

// sample returns n conditions of the functions of packages, numbered from 1.
func sample(packages []string, n int, seed uint64) ([]*mutant, error) {
	var all []*mutant
	for _, folder := range packages {
		paths, err := filepath.Glob(filepath.Join(folder, "*.go"))
		if err != nil {
			return nil, err
		}
		for _, path := range paths {
			if strings.HasSuffix(path, "_test.go") {
				continue
			}
			list, err := conditions(path)
			if err != nil {
				return nil, err
			}
			all = append(all, list...)
		}
	}
	rand.New(rand.NewPCG(seed, 0)).Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	all = all[:min(n, len(all))]
	for i, m := range all {
		m.id = i + 1
	}
	return all, nil
}

// conditions returns the conditions in the functions of a file.
func conditions(path string) ([]*mutant, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	s := &source{path: path, text: string(text), set: token.NewFileSet()}
	if s.file, err = parser.ParseFile(s.set, path, text, parser.SkipObjectResolution); err != nil {
		return nil, err
	}
	var list []*mutant
	for _, d := range s.file.Decls {
		f, ok := d.(*ast.FuncDecl)
		if !ok || f.Body == nil {
			continue
		}
		ast.Inspect(f.Body, func(node ast.Node) bool {
			if e, ok := node.(*ast.BinaryExpr); ok && instead[e.Op] != token.ILLEGAL {
				list = append(list, &mutant{in: s, at: e})
			}
			return true
		})
	}
	return list, nil
}

// changed returns the text of a file in which each mutant is made where its id is set.
func (s *source) changed(list []*mutant) string {
	slices.SortFunc(list, func(a, b *mutant) int { // an outer condition before those inside it
		if d := int(a.at.Pos() - b.at.Pos()); d != 0 {
			return d
		}
		return int(b.at.End() - a.at.End())
	})
	return s.between(s.file.FileStart, s.file.FileEnd, list)
}

// between returns the text from one position to another with the mutants in it.
func (s *source) between(from, to token.Pos, list []*mutant) string {
	var b strings.Builder
	for len(list) > 0 {
		m := list[0]
		inside := 1
		for inside < len(list) && list[inside].at.End() <= m.at.End() {
			inside++
		}
		left, right := split(list[1:inside], m.at.OpPos)
		list = list[inside:]
		b.WriteString(s.plain(from, m.at.Pos()))
		x := s.between(m.at.Pos(), m.at.X.End(), left)
		y := s.between(m.at.Y.Pos(), m.at.Y.End(), right)
		const both = "(mutated(\"%[1]d\") && ((%[2]s) %[3]s (%[4]s)) || !mutated(\"%[1]d\") && ((%[2]s) %[5]s (%[4]s)))"
		fmt.Fprintf(&b, both, m.id, x, instead[m.at.Op], y, m.at.Op)
		from = m.at.End()
	}
	b.WriteString(s.plain(from, to))
	return b.String()
}

func (s *source) plain(from, to token.Pos) string {
	return s.text[from-s.file.FileStart : to-s.file.FileStart]
}

// split separates what stands before a position from what stands behind it.
func split(list []*mutant, at token.Pos) (before, behind []*mutant) {
	i := slices.IndexFunc(list, func(m *mutant) bool { return m.at.Pos() > at })
	if i < 0 {
		return list, nil
	}
	return list[:i], list[i:]
}
