package matching

import (
	"strconv"
	"unicode/utf8"
)

// similar reports whether two names are near: of one country, or of one that is
// unknown, and equal or, where both are long enough, one edit apart: one letter
// more, less or another one, or two neighbours swapped.
func (r Rules) similar(a, b Key) bool {
	if a.Name == "" || b.Name == "" || a.Country != "" && b.Country != "" && a.Country != b.Country {
		return false
	}
	if a.Name == b.Name {
		return true
	}
	return oneEdit(a.Name, b.Name) && utf8.RuneCountInString(a.Name) >= r.similarFrom && utf8.RuneCountInString(b.Name) >= r.similarFrom
}

// oneEdit reports whether two different names are one edit apart. It allocates nothing.
func oneEdit(x, y string) bool {
	for {
		a, n := utf8.DecodeRuneInString(x)
		b, m := utf8.DecodeRuneInString(y)
		if a == b && n > 0 && n == m {
			x, y = x[n:], y[m:]
			continue
		}
		restX, restY := x[n:], y[m:]
		if restX == restY || restX == y || x == restY {
			return true
		}
		c, n := utf8.DecodeRuneInString(restX)
		d, m := utf8.DecodeRuneInString(restY)
		return a == d && b == c && n > 0 && restX[n:] == restY[m:]
	}
}

// NameTerms returns what an index files the key's name under, two terms; nil without
// a name. [Key.NameProbes] of every near name meets one of them.
func (k Key) NameTerms() []string {
	if k.Name == "" {
		return nil
	}
	name := []rune(k.Name)
	half := len(name) / 2
	return []string{nameTerm(head, len(name), name[:half]), nameTerm(tail, len(name), name[half:])}
}

// NameProbes returns the terms to look near names up with, at most seven. A name that
// is one edit away keeps one half as it is, unless the two letters in the middle are
// swapped.
func (k Key) NameProbes() []string {
	if k.Name == "" {
		return nil
	}
	name := []rune(k.Name)
	var probes []string
	for n := max(1, len(name)-1); n <= len(name)+1; n++ {
		half := n / 2
		if half <= len(name) {
			probes = append(probes, nameTerm(head, n, name[:half]))
		}
		if rest := n - half; rest <= len(name) {
			probes = append(probes, nameTerm(tail, n, name[len(name)-rest:]))
		}
	}
	if half := len(name) / 2; half > 0 {
		swapped := append(append([]rune(nil), name[:half-1]...), name[half])
		probes = append(probes, nameTerm(head, len(name), swapped))
	}
	return probes
}

const (
	head = "name<"
	tail = "name>"
)

func nameTerm(end string, n int, half []rune) string {
	return end + strconv.Itoa(n) + ":" + string(half)
}
