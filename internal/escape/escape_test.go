package escape_test

import (
	"encoding/csv"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"pgregory.net/rapid"

	"github.com/coselling/coselling/internal/escape"
)

func TestLineKeepsTextInOneLine(t *testing.T) {
	for in, want := range map[string]string{
		"": "", "ana": "ana", "José 東京": "José 東京", `a\b`: `a\b`,
		"a\nb": `a\nb`, "a\\\n": `a\\\n`, "\xff": `\xff`, "a\u202eb": `a\u202eb`, "a\u00a0b": `a\u00a0b`, "\x00": `\x00`, "\uFFFD": "\uFFFD",
	} {
		if got := escape.Line(in); got != want {
			t.Errorf("Line(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestLinesOfDifferentTextsDifferAndArePrintable(t *testing.T) {
	anyText := rapid.OneOf(rapid.String(), rapid.StringMatching(`[\\nx0fa\n]{0,6}`))
	rapid.Check(t, func(t *rapid.T) {
		a, b := anyText.Draw(t, "a"), anyText.Draw(t, "b")
		one, two := escape.Line(a), escape.Line(b)
		for _, r := range one {
			if !unicode.IsPrint(r) {
				t.Fatalf("%q holds %q", one, r)
			}
		}
		if !utf8.ValidString(one) {
			t.Fatalf("%q is no UTF-8", one)
		}
		if hasEscape := one != a; hasEscape && a != b && one == two && two != b {
			t.Fatalf("%q and %q look alike: %q", a, b, one)
		}
	})
}

func TestMarkdownStaysInItsCell(t *testing.T) {
	for in, want := range map[string]string{
		"ana": "ana", "a|b": `a\|b`, `a\|b`: `a\\\|b`, "<script>": "&lt;script&gt;", "&amp;": "&amp;amp;", "*x*_y_`z`": "\\*x\\*\\_y\\_\\`z\\`",
		"[a](http://x)": `\[a\](http\://x)`, "# a": `\# a`, "- a-b": `\- a-b`, "a\nb": `a\\nb`, "D-17": "D-17", "![x](y)": `!\[x\](y)`, "1. a": `1\. a`, "12) a": `12\) a`, "1.5": "1.5", "a. b": "a. b", "=": "=",
		"    a b ": "&#32;   a b&#32;", " ": "&#32;", "a #": `a \#`, "WWW.x": `WWW\.x`, "a@b.c": `a\@b.c`, "a: b": "a: b", "$1$": `\$1\$`, "~~a~~": `\~\~a\~\~`,
	} {
		if got := escape.Markdown(in); got != want {
			t.Errorf("Markdown(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestMarkdownHasNoBarePipeOrTag(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		got := escape.Markdown(rapid.OneOf(rapid.String(), rapid.StringMatching(`[|\\<>\n]{0,8}`)).Draw(t, "text"))
		if strings.ContainsAny(got, "<>\n\r") {
			t.Fatalf("%q", got)
		}
		for i := range len(got) {
			if got[i] != '|' {
				continue
			}
			slashes := len(got[:i]) - len(strings.TrimRight(got[:i], `\`))
			if slashes%2 == 0 {
				t.Fatalf("a bare pipe in %q", got)
			}
		}
	})
}

func TestCSVCellIsNeverAFormula(t *testing.T) {
	for in, want := range map[string]string{
		"": "", "ana": "ana", "a,b": `"a,b"`, `a"b`: `"a""b"`, "=1+1": "'=1+1", "+1": "'+1", "-1": "'-1", "@x": "'@x", "\t=1": "\"'\t=1\"",
		" =1": "' =1", "＝1": "'＝1", "a\nb": "\"a\nb\"", "a=b": "a=b", " a": `" a"`, "|x": "'|x", "\u200b=1": "'\u200b=1",
	} {
		if got := escape.CSV(in); got != want {
			t.Errorf("CSV(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestCSVIsReadBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := rapid.OneOf(rapid.String(), rapid.StringMatching(`[=,"\n a-]{1,6}`)).Filter(func(s string) bool { return !strings.Contains(s, "\r") }).Draw(t, "text")
		records, err := csv.NewReader(strings.NewReader("x," + escape.CSV(in) + ",y\n")).ReadAll()
		if err != nil || len(records) != 1 || len(records[0]) != 3 || strings.TrimPrefix(records[0][1], "'") != strings.TrimPrefix(in, "'") {
			t.Fatalf("%q is read as %q, %v", in, records, err)
		}
	})
}

func TestHTMLIsOnlyText(t *testing.T) {
	for s, want := range map[string]string{
		`<b onclick="x('y')">&amp;`: "&lt;b onclick=&#34;x(&#39;y&#39;)&#34;&gt;&amp;amp;",
		"two\nlines":                `two\nlines`,
	} {
		if got := escape.HTML(s); got != want {
			t.Errorf("%q is written %q, want %q", s, got, want)
		}
	}
}

func TestSlackHasNoLinkAndNoMention(t *testing.T) {
	for s, want := range map[string]string{
		"<!channel> & <https://evil.example|x>": "&lt;!channel&gt; &amp; &lt;https://evil.example|x&gt;",
		"two\nlines":                            `two\nlines`,
	} {
		if got := escape.Slack(s); got != want {
			t.Errorf("%q is written %q, want %q", s, got, want)
		}
	}
}
