package render_test

import (
	"encoding/csv"
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/coselling/coselling/internal/escape"
	"github.com/coselling/coselling/render"
)

func ExampleCSVCell() {
	fmt.Println(render.CSVCell("Acme, Inc."), render.CSVCell("=1+1"), render.CSVCell("-12.50"))
	// Output: "Acme, Inc." '=1+1 -12.50
}

func ExampleMarkdownText() {
	fmt.Println("| " + render.MarkdownText("Acme | <b>Sons</b>") + " |")
	// Output: | Acme \| &lt;b&gt;Sons&lt;/b&gt; |
}

func TestCSVCellsRunNothing(t *testing.T) {
	for in, want := range map[string]string{
		"": "", "ana": "ana", "-5": "-5", "0.10": "0.10", "-": "'-", "-5-3": "'-5-3", "--5": "'--5", "-5.": "'-5.", "-.5": "'-.5", "1e9": "1e9", "-1e9": "'-1e9", "+5": "'+5",
		"@SUM(A1)": "'@SUM(A1)", `=HYPERLINK("http://x")`: `"'=HYPERLINK(""http://x"")"`, "-５": "'-５",
	} {
		if got := render.CSVCell(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

// What is taken for plain is what the escaping of every text leaves as it is.
func TestPlainCellsNeedNoEscape(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringMatching(`[a-zA-Z0-9._ -]{0,6}`).Draw(t, "text")
		got := render.CSVCell(text)
		if number := strings.Trim(text, "-.0123456789") == ""; !number && got != escape.CSV(text) {
			t.Fatalf("%q: %q, want %q", text, got, escape.CSV(text))
		}
	})
}

func TestCSVCellsStayOneCell(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.OneOf(rapid.String(), rapid.StringMatching(`[-=+@".,0-9\n]{0,8}`)).Draw(t, "text")
		records, err := csv.NewReader(strings.NewReader("x," + render.CSVCell(text) + ",y\n")).ReadAll()
		if err != nil || len(records) != 1 || len(records[0]) != 3 {
			t.Fatalf("%q: %q %v", text, records, err)
		}
		cell := records[0][1]
		if cell != "" && strings.ContainsRune("=+@|%", rune(cell[0])) {
			t.Fatalf("%q begins like a formula", cell)
		}
		if strings.HasPrefix(cell, "-") && strings.Trim(cell, "-.0123456789") != "" {
			t.Fatalf("%q begins like a formula", cell)
		}
	})
}
