// Package fold reduces names of companies and of items to what people mean by them, however they write them.
package fold

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Words returns the words of a name, folded for comparison: compatibility forms, case, accents, invisible
// characters and punctuation do not count. Single letters that follow one another are one word: S. A. is SA.
func Words(name string) []string {
	var words []string
	run := false // the last word is made of single letters
	for word := range strings.FieldsSeq(apart(fold(name))) {
		word = latinLookalikes(word)
		single := letter(word)
		switch {
		case word == "and", word == "und", word == "et":
		case single && run:
			words[len(words)-1] += word
		default:
			words = append(words, word)
			run = single
		}
	}
	return words
}

// Item returns the name of an item as items are compared: without case, width, accents, spaces, punctuation and
// invisible characters; signs such as + and the vowel signs of a script stay. A name of nothing else stays as it is.
func Item(name string) string {
	var b strings.Builder
	for _, r := range norm.NFKD.String(name) {
		if !mark(r) && !unicode.In(r, unicode.Cf, unicode.Cc, unicode.P, unicode.Z) {
			b.WriteString(plain(unicode.ToLower(r)))
		}
	}
	if b.Len() == 0 {
		return name
	}
	return norm.NFC.String(b.String())
}

// apart writes spaces around a word that joins two numbers: 1und1 is 1&1.
func apart(folded string) string {
	for _, word := range [...]string{"und", "and"} {
		for at := 1; at < len(folded)-len(word); at++ {
			end := at + len(word)
			if folded[at:end] == word && digit(folded[at-1]) && digit(folded[end]) {
				folded = folded[:at] + " " + folded[end:]
			}
		}
	}
	return folded
}

func digit(b byte) bool { return '0' <= b && b <= '9' }

// letter reports whether a word is one letter of an alphabet.
func letter(word string) bool {
	r, size := utf8.DecodeRuneInString(word)
	return size == len(word) &&
		unicode.In(r, unicode.Latin, unicode.Greek, unicode.Cyrillic, unicode.Hebrew, unicode.Arabic)
}

// fold decomposes a name and drops the characters that do not count.
func fold(name string) string {
	var b strings.Builder
	for _, r := range norm.NFKD.String(name) {
		switch {
		case mark(r) || unicode.Is(unicode.Cf, r) || joins(r):
			continue
		case unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r):
			b.WriteString(plain(unicode.ToLower(r)))
		default:
			b.WriteByte(' ')
		}
	}
	return norm.NFC.String(b.String())
}

// mark reports whether r is an accent or a vowel point that a name may leave out; Indic vowel signs are letters.
func mark(r rune) bool {
	return 0x0300 <= r && r <= 0x036f || 0x0591 <= r && r <= 0x05c7 || 0x064b <= r && r <= 0x065f ||
		0xfe00 <= r && r <= 0xfe0f || 0x20d0 <= r && r <= 0x20ff
}

// joins reports whether r is punctuation inside a word: S.A., O'Neil, J·K.
func joins(r rune) bool { return strings.ContainsRune(".'’‘`´·ʼ״׳", r) }

// letters are those that people write in two ways and decomposition leaves as they are.
var letters = [...]struct {
	from rune
	to   string
}{
	{'ß', "ss"}, {'æ', "ae"}, {'œ', "oe"}, {'ø', "o"}, {'ł', "l"}, {'đ', "d"}, {'ð', "d"},
	{'þ', "th"}, {'ı', "i"}, {'ħ', "h"}, {'ŋ', "n"}, {'ə', "a"}, {'ς', "σ"},
}

// plain returns a letter in its simple form.
func plain(r rune) string {
	if r < 'ß' { // no letter of the table is below
		return string(r)
	}
	for _, l := range letters {
		if l.from == r {
			return l.to
		}
	}
	return string(r)
}

// Cyrillic and Greek letters, and the Latin ones that they look like.
const (
	lookalikes = "авсеніјкморѕтух" + "αεηικνορτυχ"
	theirLatin = "abcehijkmopstyx" + "aenikvoptux"
)

// latinLookalikes replaces look-alikes by Latin letters in a word with Latin letters: nobody mixes alphabets honestly.
func latinLookalikes(word string) string {
	if !strings.ContainsFunc(word, func(r rune) bool { return unicode.Is(unicode.Latin, r) }) {
		return word
	}
	return strings.Map(func(r rune) rune {
		if at := strings.IndexRune(lookalikes, r); at >= 0 {
			return rune(theirLatin[at/2]) // each has two bytes
		}
		return r
	}, word)
}
