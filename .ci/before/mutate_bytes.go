package main

import (
	"bytes"
	"math/rand/v2"
	"slices"
)

// scraps are pieces of text on which a reader may break.
var scraps = []string{
	"\xff", "\xc3", "\xed\xa0\x80", "\xf4\x90\x80\x80", "\xc0\xaf", "\x00", "\x1f", "\n", "\"", "\\", "\\u", "\\ud800", "\\x41", ",", ":", "{", "}", "[", "]", "null", "0", "-", "e",
	"//x\n", "/**/", "'", "NaN", "\u2028", "\ufeff", "\u00a0", " ", "01", "tru", ",,", "}}", "[]",
}

// tails are what may follow a document.
var tails = []string{" ", "\n", "\r\n\t ", "{}", "null", "x", "\x00", ",", "}", "\xff", "\u00a0", "\x0b", "// x", "\x1a"}

// heads are what may stand before a document.
var heads = []string{" ", "\n", "\ufeff", "\x00", "\u00a0", ",", "{", "[", "/**/", "\x0c"}

// spoil changes the bytes of a document, so that most are no JSON any more.
func spoil(r *rand.Rand, text []byte) []byte {
	text = slices.Clone(text)
	at := r.IntN(len(text) + 1)
	scrap := []byte(scraps[r.IntN(len(scraps))])
	switch r.IntN(9) {
	case 0:
		return text[:at]
	case 1:
		return text[at:]
	case 2, 3:
		return slices.Insert(text, at, scrap...)
	case 4:
		if at < len(text) {
			text[at] = byte(r.IntN(256))
		}
		return text
	case 5:
		return slices.Delete(text, at, min(len(text), at+1+r.IntN(4)))
	case 6:
		return append(text, tails[r.IntN(len(tails))]...)
	case 7:
		return append([]byte(heads[r.IntN(len(heads))]), text...)
	default:
		old := []string{`"`, ",", ":", "{", "}", "[", "]", "true", "null", " "}[r.IntN(10)]
		return bytes.Replace(text, []byte(old), scrap, 1+r.IntN(2))
	}
}
