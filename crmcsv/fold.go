package crmcsv

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// folded returns the form in which texts are compared that differ by case, blanks or the encoding of accents
// only: folded case, one space for each run of blanks, none at the ends, and accents composed.
func folded(text string) string {
	if isFolded(text) {
		return text
	}
	if lower := strings.ToLower(text); isFolded(lower) { // ASCII, as most texts are
		return lower
	}
	text = strings.Join(strings.FieldsFunc(text, isBlank), " ")
	return norm.NFC.String(cases.Fold().String(norm.NFC.String(text)))
}

// isFolded reports whether a text is plainly folded already: lower-case ASCII with single spaces inside.
func isFolded(text string) bool {
	blank := true
	for i := range len(text) {
		b := text[i]
		if b < ' ' || b >= utf8.RuneSelf || b == 0x7f || b >= 'A' && b <= 'Z' || b == ' ' && blank {
			return false
		}
		blank = b == ' '
	}
	return !blank || text == ""
}

// mayFold reports quickly whether a text may become a folded one: false where their first letters differ.
func mayFold(text, folded string) bool {
	first := text[0]
	if first >= utf8.RuneSelf || len(text) > 1 && text[1] >= utf8.RuneSelf { // an accent may follow the letter
		return true
	}
	if first >= 'A' && first <= 'Z' {
		first |= 0x20
	}
	return folded != "" && first == folded[0]
}

// isBlank reports whether a character leaves a gap or nothing at all: spaces of any width, and marks without width.
func isBlank(r rune) bool {
	return unicode.IsSpace(r) || r == '\u200b' || r == '\u2060' || r == '\ufeff' || r == '\u200e' || r == '\u200f'
}
