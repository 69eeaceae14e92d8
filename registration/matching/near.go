package matching

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// nearness is the way in which two names are near; 0: they are not.
type nearness uint8

const (
	equalNames nearness = 1 + iota
	oneEditApart
	otherOrder // the same words
	leading    // one name is the first words of the other
)

// maxLeading is the most words that are looked for at the beginning of a longer name.
const maxLeading = 4

// nearness compares two names. Known countries must be equal, and names that are not must be long enough.
func (r *Rules) nearness(a, b Key) nearness {
	if a.Name == "" || b.Name == "" || a.Country != "" && b.Country != "" && a.Country != b.Country {
		return 0
	}
	if a.Name == b.Name {
		return equalNames
	}
	found := otherwise(a, b)
	if found == 0 || !r.long(a.Name) || !r.long(b.Name) {
		return 0
	}
	return found
}

// otherwise returns the way in which two names that are not equal are near, however short they are.
func otherwise(a, b Key) nearness {
	switch {
	case oneEdit(a.Name, b.Name):
		return oneEditApart
	case a.Words == "" && b.Words == "":
		return 0
	case len(a.Words) == len(b.Words) && inOrder(a.Words) == inOrder(b.Words):
		return otherOrder
	case a.leads(b) || b.leads(a):
		return leading
	}
	return 0
}

func (r *Rules) long(name string) bool { return utf8.RuneCountInString(name) >= r.similarFrom }

// inOrder returns the words of a name in alphabetical order.
func inOrder(words string) string {
	list := strings.Fields(words)
	slices.Sort(list)
	return strings.Join(list, " ")
}

// words returns the name with the spaces between its words.
func (k Key) words() string { return cmp.Or(k.Words, k.Name) }

// leads reports whether the name of k is the first words of the other: Arvato, and Arvato Systems.
func (k Key) leads(other Key) bool {
	rest, ok := strings.CutPrefix(other.Words, k.words())
	return ok && strings.HasPrefix(rest, " ") && strings.Count(k.Words, " ") < maxLeading && !generic(k.words())
}

// generic reports whether a word begins the names of so many companies that it says nothing alone.
func generic(name string) bool {
	const words = " advanced africa all allied alpha american applied asia asian associated atlantic australian " +
		"banca banco bank banque best british canadian capital central centre center china citizens " +
		"city commercial community construction deutsche digital dutch eastern elite energy " +
		"engineering environmental europe european federal finance financial first french general " +
		"german global golden grand green group grupo groupe health heritage hospital hotel " +
		"independent india indian industrial innovative insurance integrated inter international " +
		"istituto italian japan korea land liberty london medical metro metropolitan midwest ministry " +
		"modern mutual national nordic north northern oriental pacific paris patriot people peoples " +
		"pioneer power precision premier prime professional progressive quality real regional " +
		"reliable republic royal russian saint school select service services smart societe society " +
		"solar south southern spanish standard state strategic summit super superior swiss systems " +
		"technology texas total trans transport tri union united universal university vereinigte " +
		"water western white world york "
	return strings.Contains(words, " "+name+" ")
}

// leadings returns the first words of a name that is longer, one to four.
func (k Key) leadings() []string {
	var found []string
	for i, r := range k.Words {
		if r == ' ' && len(found) < maxLeading {
			found = append(found, k.Words[:i])
		}
	}
	return found
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

// NameTerms returns the terms under which an index files the name, at most eight; nil without a name. Every near name
// has one of them among its [Key.NameProbes].
func (k Key) NameTerms() []string {
	if k.Name == "" {
		return nil
	}
	name := []rune(k.Name)
	half := len(name) / 2
	terms := append(make([]string, 0, 4+maxLeading),
		nameTerm(head, len(name), name[:half]), nameTerm(tail, len(name), name[half:]), whole+k.words())
	if k.Words != "" {
		terms = append(terms, sorted+inOrder(k.Words))
	}
	for _, words := range k.leadings() {
		terms = append(terms, first+words)
	}
	return terms
}

// NameProbes returns the terms by which near names are found, at most thirteen; nil without a name. One edit leaves one
// half as it is, unless the two letters in the middle are swapped.
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
	if k.Words != "" {
		probes = append(probes, sorted+inOrder(k.Words))
	}
	if !generic(k.words()) {
		probes = append(probes, first+k.words())
	}
	for _, words := range k.leadings() {
		if !generic(words) {
			probes = append(probes, whole+words)
		}
	}
	return probes
}

// The parts of a name that terms have: its halves, all of it, its words in alphabetical order, its first words.
const (
	head   = "name<"
	tail   = "name>"
	whole  = "name:"
	sorted = "words:"
	first  = "first:"
)

func nameTerm(end string, n int, half []rune) string {
	return end + strconv.Itoa(n) + ":" + string(half)
}
