package escape_test

import (
	"strings"
	"testing"
	"unicode"

	"pgregory.net/rapid"

	"github.com/coselling/coselling/internal/escape"
)

func TestMermaidNameIsOnlyAName(t *testing.T) {
	for in, want := range map[string]string{
		"": "", "register the deal": "register the deal", " a ": "a", "a: b; #c": "a#58; b#59; #35;c", "100% \"x\"": "#49;00#37; #34;x#34;",
		"section two": "#115;ection two", "Title": "#84;itle", "titles": "titles", "gantt": "#103;antt", "2026-11-02 call": "#50;026-11-02 call",
		"-->": "#45;-#62;", "a\nb": "a#92;nb", "日本": "日本", "😀": "#128512;",
	} {
		if got := escape.Mermaid(in); got != want {
			t.Errorf("Mermaid(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestCalendarTextStaysInItsProperty(t *testing.T) {
	for in, want := range map[string]string{
		"": "", "a, b; c": `a\, b\; c`, `a\b`: `a\\b`, "a\r\nEND:VEVENT": `a\\r\\nEND:VEVENT`, `"x": y`: `"x": y`,
	} {
		if got := escape.Calendar(in); got != want {
			t.Errorf("Calendar(%q) = %q, want %q", in, got, want)
		}
	}
}

// Events of two deals must have different ids, or a later file would replace the earlier one.
func TestCalendarIDsDiffer(t *testing.T) {
	if got := escape.CalendarID("D-17_a.b ü@\xff"); got != "D-17_a%2Eb%20%C3%BC%40%FF" {
		t.Errorf("%s", got)
	}
	rapid.Check(t, func(t *rapid.T) {
		anyID := rapid.OneOf(rapid.String(), rapid.StringMatching(`[.%2Ea]{0,6}`))
		a, b := anyID.Draw(t, "a"), anyID.Draw(t, "b")
		one, two := escape.CalendarID(a), escape.CalendarID(b)
		if (one == two) != (a == b) || strings.ContainsFunc(one, func(r rune) bool { return r > unicode.MaxASCII || strings.ContainsRune(".,;: \\\n@", r) }) {
			t.Fatalf("%q and %q become %q and %q", a, b, one, two)
		}
	})
}
