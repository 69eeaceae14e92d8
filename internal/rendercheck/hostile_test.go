package rendercheck

import (
	"strings"

	"pgregory.net/rapid"

	"github.com/coselling/coselling/internal/escape"
)

// hostile are texts that have a meaning in one of the formats.
var hostile = []string{
	"a: b", "a; b", "#35; #quot; &amp; &#60;", "%% comment", "%%{init: {\"theme\":\"dark\"}}%%", "---\ntitle: x\n---", "a\nsection b", "a\r\nb\rc\u2028d",
	"<script>alert(1)</script>", "<b>x</b>", "\"quoted\" 'text' `code`", `back\slash \n \"`, "😀 👩‍👩‍👧 é 日本", "\u202eright to left\u200f\u200e", "\x00\x07\x7f", "\xff\xfe",
	"x\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nSUMMARY:y", "DTSTART:20200101", strings.Repeat("日本語", 60), strings.Repeat("a", 300), "=HYPERLINK(\"x\")", "| a | b |", "a\\|b\\\\|c",
	"# heading #", "- list", "1. list", "    code", "[a](b)", "![a](b)", "https://example.com/?a=b&c", "www.example.com", "a@example.com", "mailto:a@example.com", "*a* _b_ ~~c~~",
	"{ } } end", "a --> b", "[*]", "state x as y", "change direction TB", "direction  lr", "click t0x0 href \"javascript:x\"", "click t0x0 call f()", "section x", "title x", "gantt",
	"dateFormat X", "weekday monday", "2026-11-02", "2026-11-02 call", "crit, done", "style a fill:#f00;", "classDef a fill:#f00;", "ﬂ°°60¶ß", "<<fork>>", ":::x", " ", "", "$$x$$", "<!-- x -->", "&lt;", "==x==", "+", "===", "::: x",
}

// anyText draws a text, most often a hostile one or several.
func anyText() *rapid.Generator[string] {
	one := rapid.SampledFrom(hostile)
	return rapid.OneOf(one, one, rapid.String(), rapid.StringN(0, 200, 900),
		rapid.StringMatching("[-=+*_#:;,.|<>&%{}()\\[\\]\"'`~!@$^\\\\ \r\n\ta-z0-9]{0,20}"),
		rapid.Custom(func(t *rapid.T) string { return one.Draw(t, "begin") + " " + one.Draw(t, "end") }))
}

// shown returns a text as it is shown: on one line, without blanks at its ends.
func shown(s string) string { return strings.Trim(escape.Line(s), " ") }

func titled(s string) string {
	if s = shown(s); s != "" {
		return s
	}
	return "untitled"
}
