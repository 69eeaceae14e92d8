package matching

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// similar reports whether two names are equal or, if long enough, one edit apart; known countries must be equal.
func (r *Rules) similar(a, b Key) bool {
	if a.Name == "" || b.Name == "" || a.Country != "" && b.Country != "" && a.Country != b.Country {
		return false
	}
	if a.Name == b.Name {
		return true
	}
	long := func(name string) bool { return utf8.RuneCountInString(name) >= r.similarFrom }
	return oneEdit(a.Name, b.Name) && long(a.Name) && long(b.Name)
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

// NameTerms returns the two terms under which an index files the name; nil without a name. Every near name has one
// of them among its [Key.NameProbes].
func (k Key) NameTerms() []string {
	if k.Name == "" {
		return nil
	}
	name := []rune(k.Name)
	half := len(name) / 2
	return []string{nameTerm(head, len(name), name[:half]), nameTerm(tail, len(name), name[half:])}
}

// NameProbes returns the terms by which near names are found, at most seven; nil without a name. One edit leaves
// one half as it is, unless the two letters in the middle are swapped.
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

// The halves of a name.
const (
	head = "name<"
	tail = "name>"
)

func nameTerm(end string, n int, half []rune) string {
	return end + strconv.Itoa(n) + ":" + string(half)
}

// shorten writes ae, oe and ue as a, o and u: some languages have one letter for them.
func shorten(s string) string {
	for _, vowel := range [...]string{"a", "o", "u"} {
		s = strings.ReplaceAll(s, vowel+"e", vowel)
	}
	return s
}
