package web

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// Every sentence that a template or a page names is there, and every sentence that is there has a place.
func TestEverySentenceHasAPlaceAndEveryPlaceASentence(t *testing.T) {
	var text strings.Builder
	for _, pattern := range []string{"templates/*.html", "*.go"} {
		files, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			if strings.HasSuffix(file, "_test.go") {
				continue
			}
			source, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			text.Write(source)
		}
	}
	named := make(map[string]bool)
	for _, found := range regexp.MustCompile(`say\(? ?"([a-z.]+)"`).FindAllStringSubmatch(text.String(), -1) {
		named[found[1]] = true
	}
	for key := range named {
		if !strings.HasSuffix(key, ".") && sentences[key] == "" {
			t.Errorf("%s has no sentence", key)
		}
	}
	for key := range sentences {
		whole := strings.Contains(text.String(), `"`+key+`"`)
		if family := key[:strings.LastIndexByte(key, '.')+1]; !whole && (family == "" ||
			!strings.Contains(text.String(), `"`+family)) && !strings.HasSuffix(key, ".title") &&
			!strings.HasPrefix(key, "problem.") {
			t.Errorf("%s has no place", key)
		}
	}
}
