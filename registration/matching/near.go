package matching

import "strconv"

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
	if d := len(a.Name) - len(b.Name); d > 4 || d < -4 { // one letter has four bytes at most
		return false
	}
	x, y := []rune(a.Name), []rune(b.Name)
	return len(x) >= r.similarFrom && len(y) >= r.similarFrom && oneEdit(x, y)
}

func oneEdit(x, y []rune) bool {
	if len(x) > len(y) {
		x, y = y, x
	}
	if len(y)-len(x) > 1 {
		return false
	}
	i := 0
	for i < len(x) && x[i] == y[i] {
		i++
	}
	if len(x) < len(y) {
		return string(x[i:]) == string(y[i+1:])
	}
	if i == len(x) || string(x[i+1:]) == string(y[i+1:]) {
		return true
	}
	return i+1 < len(x) && x[i] == y[i+1] && x[i+1] == y[i] && string(x[i+2:]) == string(y[i+2:])
}

// NameTerms returns what an index files the key's name under, two terms; nil without
// a name. [Key.NameProbes] of every near name meets one of them.
func (k Key) NameTerms() []string {
	if k.Name == "" {
		return nil
	}
	name := []rune(k.Name)
	half := len(name) / 2
	return []string{headTerm(len(name), name[:half]), tailTerm(len(name), name[half:])}
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
			probes = append(probes, headTerm(n, name[:half]))
		}
		if tail := n - half; tail <= len(name) {
			probes = append(probes, tailTerm(n, name[len(name)-tail:]))
		}
	}
	if half := len(name) / 2; half > 0 {
		swapped := append(append([]rune(nil), name[:half-1]...), name[half])
		probes = append(probes, headTerm(len(name), swapped))
	}
	return probes
}

func headTerm(n int, half []rune) string { return "name<" + strconv.Itoa(n) + ":" + string(half) }
func tailTerm(n int, half []rune) string { return "name>" + strconv.Itoa(n) + ":" + string(half) }
