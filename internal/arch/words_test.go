package arch

import (
	"go/ast"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// banned lists words and turns that make a sentence hard to read aloud, each with what to
// write in its place. It is written so that this file does not contain them.
var banned = []struct{ pattern, instead string }{
	{`noug` + `ht`, "zero, nothing"},
	{`in va` + `in`, "without effect"},
	{`(is|are|was|were|be|been|being) to` + `ld`, "gets, is given, is reported"},
	{`to` + `ld (by|in|of|with|where|once|apart)`, "reported, said"},
	{`for wa` + `nt of`, "because … is missing"},
	{`la` + `ck(s|ed|ing)?`, "is missing, has no"},
	{`(is|are) w` + `ho`, "name the person"},
	{`w` + `ho is w` + `ho`, "name the persons"},
	{`asked of no` + `body`, "nobody has to do it"},
	{`whi` + `lst`, "while"},
	{`there` + `of`, "of it"},
	{`where` + `of`, "of which"},
	{`there` + `upon`, "then"},
	{`where` + `upon`, "then"},
	{`hith` + `erto`, "until now"},
	{`ere` + `while`, "before"},
	{`be` + `twixt`, "between"},
	{`a` + `ught`, "anything"},
}

var (
	bannedWords = compileBanned()
	// A definition that begins with such a word is a riddle: the reader has to find the noun.
	riddle = regexp.MustCompile(`^(\w+) (is|are|says|tells) (what|who|whom|whether|that which|how one)\b`)
)

func compileBanned() *regexp.Regexp {
	var patterns []string
	for _, b := range banned {
		patterns = append(patterns, b.pattern)
	}
	return regexp.MustCompile(`(?i)\b(` + strings.Join(patterns, "|") + `)\b`)
}

func TestWordsArePlain(t *testing.T) {
	for _, path := range trackedFiles(t) {
		if !prose(path) {
			continue
		}
		text, err := os.ReadFile(filepath.Join(root, path))
		if os.IsNotExist(err) {
			continue // removed, not committed yet
		}
		if err != nil {
			t.Fatal(err)
		}
		number := 0
		for line := range strings.Lines(string(text)) {
			number++
			if strings.HasSuffix(path, ".md") {
				line = quotedWord.ReplaceAllString(line, "")
			}
			if word := bannedWords.FindString(line); word != "" {
				t.Errorf("%s:%d: write %q in plain words: %s", path, number, word, insteadOf(word))
			}
		}
	}
}

// prose reports whether people read a file's text: code, documents and the rows of tables,
// but not what others wrote.
func prose(path string) bool {
	if strings.HasPrefix(path, ".") || strings.Contains(path, "testdata/vectors") || strings.Contains(path, "testdata/fuzz") {
		return false
	}
	return strings.HasSuffix(path, ".go") || strings.HasSuffix(path, ".md") || strings.HasSuffix(path, ".golden")
}

func insteadOf(word string) string {
	for _, b := range banned {
		if regexp.MustCompile(`(?i)^` + b.pattern + `$`).MatchString(word) {
			return b.instead
		}
	}
	return ""
}

func TestDefinitionsSayWhatAThingIs(t *testing.T) {
	for _, s := range sources(t) {
		for _, group := range s.file.Comments {
			if found := riddle.FindString(group.Text()); found != "" {
				t.Errorf("%s: %q begins a definition with a riddle; name the thing", at(group.Pos()), found)
			}
		}
	}
}

func TestRiddlesAreFound(t *testing.T) {
	for text, want := range map[string]bool{
		"Owner is wh" + "o leads the deal.":       true,
		"Policy is what a company pays by.":       true,
		"Known is whether the fact is there.":     true,
		"Known reports whether the fact is there": false,
		"Owner leads the deal.":                   false,
	} {
		if got := riddle.MatchString(text); got != want {
			t.Errorf("riddle in %q: %t, want %t", text, got, want)
		}
	}
	if !bannedWords.MatchString("a deal that la"+"cks a rep") || bannedWords.MatchString("black and slack") {
		t.Error("the list of banned words finds the wrong ones")
	}
}

// The rules are not cited by numbers of a text that a reader of this repository does not have.
func TestCommentsCiteRulesByTheirIDs(t *testing.T) {
	numbered := regexp.MustCompile(`\bSPEC(\.md)?,? (section )?\d`)
	for _, s := range sources(t) {
		for _, group := range s.file.Comments {
			if found := numbered.FindString(group.Text()); found != "" {
				t.Errorf("%s: cite the rule by its id or title, not %q", at(group.Pos()), found)
			}
		}
	}
}

// goName finds an identifier as Go programs write it: pkg.Name, or Type.Member.
var goName = regexp.MustCompile(`\b[a-zA-Z]+\.[A-Z][a-z]\w*\b`)

// Messages reach people who do not have the program before them.
func TestMessagesNameNoGoIdentifier(t *testing.T) {
	for _, s := range production(t) {
		if !s.public() {
			continue
		}
		ast.Inspect(s.file, func(node ast.Node) bool {
			if _, ok := node.(*ast.Field); ok {
				return false // a tag is no message
			}
			if literal, ok := node.(*ast.BasicLit); ok && literal.Kind == token.STRING && strings.Contains(literal.Value, " ") {
				if found := goName.FindString(literal.Value); found != "" {
					t.Errorf("%s: the message names %s", at(literal.Pos()), found)
				}
			}
			return true
		})
	}
}
