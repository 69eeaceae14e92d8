package coselling_test

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// guides returns the README and the pages that it leads to, without the rules.
func guides(t *testing.T) map[string]string {
	t.Helper()
	files, err := filepath.Glob("docs/*.md")
	if err != nil || len(files) == 0 {
		t.Fatal("no pages", err)
	}
	pages := make(map[string]string)
	for _, file := range append(files, "README.md") {
		pages[file] = read(t, file)
	}
	return pages
}

// examplesOf returns the text of all tests that pages may quote.
func examplesOf(t *testing.T) string {
	t.Helper()
	var text strings.Builder
	for _, pattern := range [...]string{"*example*_test.go", "*/*example*_test.go", "*/*/*example*_test.go",
		"examples/policychange/policy_test.go"} {
		files, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			text.WriteString(folded(read(t, file)) + "\n")
		}
	}
	return text.String()
}

// TestCodeOfPagesIsTested finds every Go block of the README and of the pages in the examples and in the
// test of a policy change, which go test runs.
func TestCodeOfPagesIsTested(t *testing.T) {
	examples, blocks := examplesOf(t), 0
	for file, page := range guides(t) {
		for _, block := range regexp.MustCompile("(?s)```go\n(.*?)```").FindAllStringSubmatch(page, -1) {
			if blocks++; folded(block[1]) == "" || !strings.Contains(examples, folded(block[1])) {
				t.Errorf("%s: no example contains\n%s", file, block[1])
			}
		}
	}
	if blocks < 8 {
		t.Errorf("the pages show %d blocks of Go", blocks)
	}
}

// A newcomer reads the README to its end, and sees one picture.
func TestReadmeIsShort(t *testing.T) {
	readme := read(t, "README.md")
	if n := len(strings.Fields(readme)); n > 900 {
		t.Errorf("the README has %d words, 900 at most", n)
	}
	if n := strings.Count(readme, "```mermaid"); n != 1 {
		t.Errorf("the README has %d pictures, and should have one", n)
	}
}

// TestProgramsOfPackageDocsAreTested finds the program of the package docs, and
// what it prints, in an example of the package.
func TestProgramsOfPackageDocsAreTested(t *testing.T) {
	for dir, file := range map[string]string{
		".": "coselling.go", "value": "doc.go", "crmcsv": "doc.go", "book": "doc.go", "deal": "doc.go", "assess": "doc.go",
		"comp": "doc.go", "comp/timeline": "doc.go",
	} {
		doc := strings.ReplaceAll(read(t, dir+"/"+file), "//", "")
		_, program, _ := strings.Cut(doc, "func main() {\n")
		program, printed, found := strings.Cut(program, "It prints\n")
		printed, _, _ = strings.Cut(strings.TrimSpace(printed), "\n\n")
		if !found {
			t.Errorf("%s: the package doc has no program with what it prints", dir)
		}
		want := folded(program) + "\nOutput:\n" + folded(printed)
		want = strings.Replace(want, "}\nOutput:", "Output:", 1)
		if tests := folded(strings.ReplaceAll(read(t, dir+"/example_test.go"), "//", "")); !strings.Contains(tests, want+"\n}") {
			t.Errorf("%s: no example is the package doc's program\n%s", dir, want)
		}
	}
}

// TestPagesShowRealOutput finds every line of the blocks of output of the README and of the pages in the
// golden files of the programs that print it, or in what an example prints.
func TestPagesShowRealOutput(t *testing.T) {
	goldens, err := filepath.Glob("[ce]*/*/testdata/*.*") // of cmd and examples
	if err != nil {
		t.Fatal(err)
	}
	var printed strings.Builder
	gallery, err := filepath.Glob("examples/assess/testdata/gallery/*.txt")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range append(slices.Concat(goldens, gallery), "comp/comptest/testdata/walkthrough.golden") {
		printed.WriteString(read(t, file) + "\n")
	}
	printed.WriteString(strings.ReplaceAll(examplesOf(t), "// ", ""))
	blocks := 0
	for name, page := range guides(t) {
		for _, block := range regexp.MustCompile("(?s)```text\n(.*?)```").FindAllStringSubmatch(page, -1) {
			if blocks++; strings.Contains(block[1], "Cancity") {
				continue // of a public file that is not part of the project
			}
			for line := range strings.SplitSeq(strings.TrimSpace(block[1]), "\n") {
				if !strings.Contains(printed.String(), line+"\n") {
					t.Errorf("%s: no program prints %q", name, line)
				}
			}
		}
	}
	if blocks < 5 {
		t.Errorf("the pages show %d blocks of output", blocks)
	}
}

// TestRuleIDsOfPagesExist looks up the rule ids of the README and of the pages.
func TestRuleIDsOfPagesExist(t *testing.T) {
	codes := read(t, "docs/rules/index.md") + read(t, "model/matrix.go")
	for file, page := range guides(t) {
		if file == "docs/policy.md" {
			continue // it names fields of the book
		}
		for _, id := range regexp.MustCompile("`((?:role|model|stage|gate|reg|esc|comm|comp|next|party|view)\\.[a-z_]+)`").
			FindAllStringSubmatch(page, -1) {
			if !strings.Contains(codes, id[1]) {
				t.Errorf("%s names %s, which is no rule", file, id[1])
			}
		}
	}
}

// folded drops indentation and everything that tells a block from a function body.
func folded(code string) string {
	lines := strings.Split(code, "\n")
	for i, line := range lines {
		lines[i] = strings.TrimSpace(line)
	}
	return strings.TrimSpace(strings.Join(lines, "\n"))
}

func read(t *testing.T, file string) string {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
