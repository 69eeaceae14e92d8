package main

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestTableFits(t *testing.T) {
	words := []string{"", "x", strings.Repeat("word ", 30)}
	figures := []string{"0", "1.00", "-99,999,999,999,999.9999"}
	for _, columns := range []string{"w*naaa", "ww*nw", "w*aa", "w*a", "w*aaa", "nw*"} {
		for _, word := range words {
			for _, figure := range figures {
				table := &table{columns: columns}
				for _, other := range []string{word, "y"} {
					cells := make([]string, len(columns))
					for i, kind := range columns {
						cells[i] = other
						switch kind {
						case amountColumn:
							cells[i] = figure
						case numberColumn:
							cells[i] = "8,800"
						}
					}
					table.row(cells...)
				}
				table.row()
				for _, line := range table.lines(width) {
					if utf8.RuneCountInString(line) > width {
						t.Errorf("%s: %d columns: %q", columns, utf8.RuneCountInString(line), line)
					}
					if strings.Count(line, figure) < strings.Count(columns, "a") && !strings.HasPrefix(line, "··") {
						t.Errorf("%s: a figure is cut: %q", columns, line)
					}
				}
			}
		}
	}
}

func TestWrap(t *testing.T) {
	for _, c := range []struct {
		text        string
		room, lines int
		want        []string
	}{
		{"", 10, 3, []string{""}},
		{"one two", 10, 3, []string{"one two"}},
		{"one two three", 10, 3, []string{"one two", "three"}},
		{"one two three", 9, 1, []string{"one two …"}},
		{"one two three four five", 7, 2, []string{"one two", "three…"}},
		{"0123456789abcdef", 10, 3, []string{"0123456789", "abcdef"}},
		{"a 0123456789abcdef", 10, 3, []string{"a 01234567", "89abcdef"}},
		{"a\nb\x1b[c", 10, 3, []string{"a b [c"}},
		{"ünïcödé ünïcödé", 8, 3, []string{"ünïcödé", "ünïcödé"}},
	} {
		if got := wrap(c.text, c.room, c.lines); fmt.Sprintf("%q", got) != fmt.Sprintf("%q", c.want) {
			t.Errorf("%q in %d×%d: %q, want %q", c.text, c.room, c.lines, got, c.want)
		}
	}
}

func TestClean(t *testing.T) {
	for _, c := range []struct {
		text string
		most int
		want string
	}{
		{"", 3, ""}, {"abc", 3, "abc"}, {"abcd", 3, "ab…"}, {"abcd", 1, "…"}, {"abcd", 0, ""}, {"abcd", -1, ""},
		{"äöüß", 3, "äö…"}, {"a\tb", 3, "a b"}, {"\u202ea", 3, "a"}, {" a \n\n b ", 3, "a b"}, {"abc  ", 3, "abc"},
		{"abc  d", 3, "ab…"}, {"a\u00a0b", 3, "a b"}, {"\xff", 3, "\ufffd"},
	} {
		if got := clean(c.text, c.most); got != c.want {
			t.Errorf("%q in %d: %q, want %q", c.text, c.most, got, c.want)
		}
	}
}

func TestGrouped(t *testing.T) {
	for text, want := range map[string]string{
		"0": "0", "999": "999", "1000": "1,000", "-999": "-999", "-1000.5": "-1,000.5",
		"123456789.0123": "123,456,789.0123", "99999999999999": "99,999,999,999,999",
	} {
		if got := grouped(text); got != want {
			t.Errorf("%s: %s, want %s", text, got, want)
		}
	}
}
