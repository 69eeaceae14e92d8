package coselling_test

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// TestReadmeCodeIsTested finds every Go block of the README in the examples and in the
// test of a policy change, which go test runs.
func TestReadmeCodeIsTested(t *testing.T) {
	examples := folded(read(t, "example_test.go")) + folded(read(t, "examples/policychange/policy_test.go"))
	blocks := regexp.MustCompile("(?s)```go\n(.*?)```").FindAllStringSubmatch(read(t, "README.md"), -1)
	if len(blocks) == 0 {
		t.Fatal("the README shows no Go")
	}
	for _, block := range blocks {
		if !strings.Contains(examples, folded(block[1])) {
			t.Errorf("no example contains the README's\n%s", block[1])
		}
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

// TestReadmeShowsRealOutput finds every line of the README's blocks of output in the
// golden files of the programs that print it.
func TestReadmeShowsRealOutput(t *testing.T) {
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
	blocks := regexp.MustCompile("(?s)```text\n(.*?)```").FindAllStringSubmatch(read(t, "README.md"), -1)
	if len(blocks) == 0 {
		t.Fatal("the README shows no output")
	}
	for _, block := range blocks {
		if strings.Contains(block[1], "Cancity") {
			continue // of a public file that is not part of the project
		}
		for line := range strings.SplitSeq(strings.TrimSpace(block[1]), "\n") {
			if !strings.Contains(printed.String(), line+"\n") {
				t.Errorf("no program prints %q", line)
			}
		}
	}
}

// TestReadmeRuleIDsExist looks up the README's rule ids.
func TestReadmeRuleIDsExist(t *testing.T) {
	readme := read(t, "README.md")
	codes := read(t, "internal/arch/testdata/codes.golden") + read(t, "model/matrix.go")
	for _, id := range regexp.MustCompile("`((?:role|model|stage|gate|reg|esc|comm|comp)\\.[a-z_]+)`").FindAllStringSubmatch(readme, -1) {
		if !strings.Contains(codes, id[1]) {
			t.Errorf("the README names %s, which is no code", id[1])
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
