package arch

import (
	"slices"
	"strings"
	"testing"
)

func TestEveryPackageIsInTheTable(t *testing.T) {
	for _, s := range sources(t) {
		if _, ok := rooms[s.dir]; !ok && !inFolder(s.dir, "examples") {
			t.Errorf("%s: package %s is not in the table; add it to rooms_test.go", s.path, s.dir)
		}
	}
}

func TestPackagesImportDownwardOnly(t *testing.T) {
	for _, s := range production(t) {
		for _, spec := range s.file.Imports {
			dir, ours := ownPackage(importPath(spec))
			if ours && !mayImport(s.dir, dir) {
				t.Errorf("%s: %s must not import %s", at(spec.Pos()), s.dir, dir)
			}
		}
	}
}

// ownPackage returns the folder of a package of this module.
func ownPackage(path string) (dir string, ok bool) {
	if path == module {
		return ".", true
	}
	return strings.CutPrefix(path, module+"/")
}

func mayImport(from, to string) bool {
	if inFolder(from, "examples") {
		return !inFolder(to, "internal")
	}
	return slices.Contains(rooms[from].imports, to)
}

// The table itself must keep the direction, whoever edits it.
func TestTheTableKeepsTheDirection(t *testing.T) {
	for dir, r := range rooms {
		for _, to := range r.imports {
			if a, b := sibling(dir), sibling(to); a != "" && b != "" && a != b {
				t.Errorf("%s may import %s: siblings never import one another", dir, to)
			}
			if slices.Contains(rooms[to].imports, dir) {
				t.Errorf("%s and %s may import one another", dir, to)
			}
			if r.pure && kit(to) {
				t.Errorf("%s may import %s: only tests import a test kit", dir, to)
			}
			if _, ok := rooms[to]; !ok {
				t.Errorf("%s may import %s, which is not in the table", dir, to)
			}
		}
	}
}

// sibling returns the sibling that dir belongs to, or "".
func sibling(dir string) string {
	top, _, _ := strings.Cut(dir, "/")
	if slices.Contains(siblings, top) {
		return top
	}
	return ""
}

func TestThirdPartyImportsAreListed(t *testing.T) {
	for _, s := range sources(t) {
		for _, spec := range s.file.Imports {
			path := importPath(spec)
			if _, ours := ownPackage(path); ours || standard(path) {
				continue
			}
			packages, known := importersOf(path)
			switch {
			case !known:
				t.Errorf("%s: %s is not in the list of dependencies", at(spec.Pos()), path)
			case !s.test && !kit(s.dir) && !slices.Contains(packages, s.dir):
				t.Errorf("%s: %s must not import %s", at(spec.Pos()), s.dir, path)
			}
		}
	}
}

// standard reports whether an import path is of the standard library: only
// those have no dot in their first element.
func standard(path string) bool {
	first, _, _ := strings.Cut(path, "/")
	return !strings.Contains(first, ".")
}

func importersOf(path string) (packages []string, known bool) {
	for module, packages := range thirdParty {
		if inFolder(path, module) {
			return packages, true
		}
	}
	return nil, false
}

func TestOnlyKitsImportTesting(t *testing.T) {
	for _, s := range production(t) {
		for _, spec := range s.file.Imports {
			if inFolder(importPath(spec), "testing") && !kit(s.dir) {
				t.Errorf("%s: %s must not import testing", at(spec.Pos()), s.dir)
			}
		}
	}
}

func TestDomainPackagesDoNotReachOutside(t *testing.T) {
	for _, s := range production(t) {
		for _, spec := range s.file.Imports {
			if path := importPath(spec); rooms[s.dir].pure && reachesOutside(path) && !(rooms[s.dir].cache && path == "sync") {
				t.Errorf("%s: %s is pure and must not import %s", at(spec.Pos()), s.dir, path)
			}
		}
	}
}

func reachesOutside(path string) bool {
	return !slices.Contains(harmless, path) &&
		slices.ContainsFunc(worldly, func(banned string) bool { return inFolder(path, banned) })
}

// Whoever runs the vectors in another module can do as our runner does.
func TestVectorsAreRunByPublicPackages(t *testing.T) {
	for _, s := range sources(t) {
		for _, spec := range s.file.Imports {
			if dir, ours := ownPackage(importPath(spec)); ours && s.dir == "vectors" && inFolder(dir, "internal") {
				t.Errorf("%s: vectors must not import %s", at(spec.Pos()), dir)
			}
		}
	}
}
