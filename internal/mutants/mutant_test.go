package main

import (
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const rule = `package rules

const small = 3 < 4

func allowed(a, b int, known bool) bool {
	return known && a < b+1 || a == b
}
`

// Every change stands in the text, with the others inside it and the rest as it was.
func TestConditionsAreChangedWhereTheirIDIsSet(t *testing.T) {
	path := filepath.Join(t.TempDir(), "rules.go")
	if err := os.WriteFile(path, []byte(rule), 0o600); err != nil {
		t.Fatal(err)
	}
	list, err := conditions(path)
	if err != nil || len(list) != 4 {
		t.Fatal(list, err)
	}
	for i, m := range list {
		m.id = i + 1
	}
	var names []string
	for _, m := range list {
		_, name, _ := strings.Cut(m.String(), "rules.go:")
		names = append(names, name)
	}
	const line = " in return known && a < b+1 || a == b"
	want := []string{"6: || becomes &&" + line, "6: && becomes ||" + line, "6: < becomes <=" + line, "6: == becomes !=" + line}
	if got, want := strings.Join(names, "\n"), strings.Join(want, "\n"); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}

	text := list[0].in.changed(list)
	if _, err := parser.ParseFile(token.NewFileSet(), path, text, 0); err != nil {
		t.Error(err)
	}
	const less = `(mutated("3") && ((a) <= (b+1)) || !mutated("3") && ((a) < (b+1)))`
	const both = `(mutated("2") && ((known) || (` + less + `)) || !mutated("2") && ((known) && (` + less + `)))`
	const same = `(mutated("4") && ((a) != (b)) || !mutated("4") && ((a) == (b)))`
	whole := strings.Replace(rule, "known && a < b+1 || a == b",
		`(mutated("1") && ((`+both+`) && (`+same+`)) || !mutated("1") && ((`+both+`) || (`+same+`)))`, 1)
	if text != whole {
		t.Errorf("got\n%s\nwant\n%s", text, whole)
	}
}
