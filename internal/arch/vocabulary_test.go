package arch

import (
	"go/types"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// function is an exported function, or a method of an exported type.
type function struct {
	dir, name string
	sig       *types.Signature
}

func (f function) String() string { return f.dir + "." + f.name }

// forms lists the names that mean the same wherever they stand, each with what is true of
// every function or method of that name.
var forms = map[string]struct {
	says string
	ok   func(f function) bool
}{
	"Check":   {"returns an error alone", func(f function) bool { return results(f, "error") }},
	"Compile": {"returns a pointer and an error", func(f function) bool { return len(f.results()) == 2 && isPointer(f.results()[0]) }},
	"Clone":   {"returns its own type", func(f function) bool { return f.sig.Recv() == nil || returnsReceiver(f) }},
	"Compare": {"of a method orders two values", func(f function) bool { return f.sig.Recv() == nil || results(f, "int") }},
	"Diff":    {"returns the changes between two documents", func(f function) bool { return strings.Contains(f.results()[0], "Change") }},
	"In":      {"is a method that returns the same rules for a workplace", func(f function) bool { return f.sig.Recv() != nil && returnsReceiver(f) }},
	"IsZero":  {"reports a bool", func(f function) bool { return results(f, "bool") }},
	"Lint":    {"returns reasons", func(f function) bool { return results(f, "[]value.Reason") }},
	"Parse":   {"takes the bytes of a document", func(f function) bool { return f.parameter(0) == "[]byte" }},
	"Text":    {"returns a text", func(f function) bool { return results(f, "string") }},
}

func TestNamesKeepTheirForms(t *testing.T) {
	seen := make(map[string]bool)
	for _, f := range functions(t) {
		name := f.name[strings.LastIndex(f.name, ".")+1:]
		form, ok := forms[name]
		if !ok {
			continue
		}
		seen[name] = true
		if !form.ok(f) {
			t.Errorf("%s is %s: everywhere else %s %s", f, f.sig, name, form.says)
		}
	}
	for name := range forms {
		if !seen[name] {
			t.Errorf("no package exports %s any more; take it from this table", name)
		}
	}
}

// A word that two packages export has one meaning, which CONTRIBUTING states.
func TestSharedWordsHaveOneMeaning(t *testing.T) {
	homes := make(map[string][]string)
	for dir, p := range publicTypes(t) {
		for _, name := range p.Scope().Names() {
			object := p.Scope().Lookup(name)
			_, constant := object.(*types.Const)
			if alias, ok := object.(*types.TypeName); object.Exported() && !constant && (!ok || !alias.IsAlias()) {
				homes[name] = append(homes[name], dir)
			}
		}
	}
	listed := tableWords(t, "| word | meaning |")
	for _, name := range slices.Sorted(maps.Keys(homes)) {
		if len(homes[name]) > 1 && !slices.Contains(listed, name) {
			slices.Sort(homes[name])
			t.Errorf("%s export %s: state its one meaning in CONTRIBUTING's table of words, or rename one", strings.Join(homes[name], ", "), name)
		}
	}
	for _, word := range listed {
		if len(homes[word]) < 2 {
			t.Errorf("CONTRIBUTING's table of words lists %s, which fewer than two packages export", word)
		}
	}
}

var camelWord = regexp.MustCompile(`[A-Z][a-z]+|[A-Z]+`)

// One thing has one word: no exported name uses another for it.
func TestOneThingHasOneWord(t *testing.T) {
	avoided := tableWords(t, "| instead of | we say |")
	for dir, p := range publicTypes(t) {
		for _, name := range p.Scope().Names() {
			if !p.Scope().Lookup(name).Exported() {
				continue
			}
			for _, word := range camelWord.FindAllString(name, -1) {
				if slices.Contains(avoided, strings.ToLower(word)) {
					t.Errorf("%s.%s: CONTRIBUTING's table of words has another word than %q", dir, name, strings.ToLower(word))
				}
			}
		}
	}
}

var quotedWord = regexp.MustCompile("`([^`]+)`")

// tableWords returns the words in the first column of the table of CONTRIBUTING with that head.
func tableWords(t *testing.T, head string) []string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(root, "CONTRIBUTING.md"))
	if err != nil {
		t.Fatal(err)
	}
	_, table, ok := strings.Cut(string(text), head+"\n")
	if !ok {
		t.Fatalf("CONTRIBUTING.md has no table %q", head)
	}
	var words []string
	for line := range strings.Lines(table) {
		if !strings.HasPrefix(line, "|") {
			break
		}
		first, _, _ := strings.Cut(line[1:], "|")
		for _, m := range quotedWord.FindAllStringSubmatch(first, -1) {
			words = append(words, m[1])
		}
	}
	return words
}

func publicTypes(t *testing.T) map[string]*types.Package {
	t.Helper()
	packages := make(map[string]*types.Package)
	for _, dir := range publicPackages(t) {
		packages[dir] = typed(t)[dir].pkg
	}
	return packages
}

// functions returns every exported function, and every method that an exported type declares.
func functions(t *testing.T) []function {
	t.Helper()
	var list []function
	for dir, p := range publicTypes(t) {
		for _, name := range p.Scope().Names() {
			switch object := p.Scope().Lookup(name).(type) {
			case *types.Func:
				if object.Exported() {
					list = append(list, function{dir, name, object.Signature()})
				}
			case *types.TypeName:
				named, ok := object.Type().(*types.Named)
				if !ok || !object.Exported() || object.IsAlias() {
					continue
				}
				for m := range named.Methods() {
					if m.Exported() {
						list = append(list, function{dir, name + "." + m.Name(), m.Signature()})
					}
				}
			}
		}
	}
	slices.SortFunc(list, func(a, b function) int { return strings.Compare(a.String(), b.String()) })
	return list
}

func (f function) results() []string {
	var list []string
	for v := range f.sig.Results().Variables() {
		list = append(list, types.TypeString(v.Type(), (*types.Package).Name))
	}
	return list
}

func (f function) parameter(i int) string {
	if i >= f.sig.Params().Len() {
		return ""
	}
	return types.TypeString(f.sig.Params().At(i).Type(), (*types.Package).Name)
}

func results(f function, want ...string) bool { return slices.Equal(f.results(), want) }

func isPointer(typ string) bool { return strings.HasPrefix(typ, "*") }

func returnsReceiver(f function) bool {
	own := types.TypeString(f.sig.Recv().Type(), (*types.Package).Name)
	return results(f, own)
}
