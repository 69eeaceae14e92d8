package main

import (
	"math/rand/v2"
	"regexp"
	"strconv"
	"strings"
	"time"
)

var (
	instantForm  = regexp.MustCompile(`^\d{4}-\d\d-\d\dT`)
	dateForm     = regexp.MustCompile(`^\d{4}-\d\d-\d\d$`)
	percentForm  = regexp.MustCompile(`^-?[\d.]+%$`)
	amountForm   = regexp.MustCompile(`^-?\d[\d.]*( [A-Z]{3})?$`)
	currencyForm = regexp.MustCompile(`^[A-Z]{3}$`)
	exchangeForm = regexp.MustCompile(`^1 [A-Z]{3} = [\d.]+ [A-Z]{3} on `)
	durationForm = regexp.MustCompile(`^(\d+(\.\d+)?(h|m|s|ms))+$`)
	termForm     = regexp.MustCompile(`^\d+ (hour|day|business day)s?$`)
)

// otherText returns another string than the quoted one, in quotes: often one of the same
// form at the edge of what is allowed, sometimes the same in other letters.
func otherText(r *rand.Rand, quoted string) string {
	s := unquote(quoted)
	if r.IntN(4) == 0 {
		return anyOtherText(r, s, r.IntN(otherWays))
	}
	forms := []struct {
		form  *regexp.Regexp
		other func(*rand.Rand, string) string
	}{
		{instantForm, otherInstant}, {dateForm, otherDate}, {percentForm, otherPercent}, {amountForm, otherAmount},
		{currencyForm, otherCurrency}, {exchangeForm, otherExchange}, {termForm, otherTerm}, {durationForm, otherDuration},
	}
	for _, f := range forms {
		if f.form.MatchString(s) {
			return quote(f.other(r, s))
		}
	}
	return anyOtherText(r, s, r.IntN(otherWays))
}

func one(r *rand.Rand, list ...string) string { return list[r.IntN(len(list))] }

// otherWays is the number of ways in which anyOtherText changes a text.
const otherWays = 14

// anyOtherText changes any text.
func anyOtherText(r *rand.Rand, s string, way int) string {
	switch way {
	case 0:
		return quote(strings.ToUpper(s))
	case 1:
		return quote(strings.ToUpper(s[:min(1, len(s))]) + s[min(1, len(s)):])
	case 2:
		return quote(one(r, " ", "\t", "\n", "\u00a0", "\ufeff") + s)
	case 3:
		return quote(s + one(r, " ", "\n", "s", "\x00", "\u200b", "\u202e", "e\u0301", "😀", "\ufffd", "\u2028", "\x7f", "\u0085"))
	case 4:
		return `""`
	case 5:
		return `"` + escapeAll(s) + `"` // says the same
	case 6:
		return `"` + one(r, `\ud800`, `\udc00x`, `\u0000`, `\/`, `\b\f`, `\u00e9`, `\ud83d\ude00`) + strings.Trim(quote(s), `"`) + `"`
	case 7, 8:
		return quote(padded(r, s))
	case 9:
		return quote(one(r, "null", "0", "-", "_", ".", "a.b", "a b", "a/b", "a-b", "A", "ä", "日本", "<script>", "=1+1", "@acme.example", "ana@acme.example", "won", "lost", "x"))
	case 10:
		return quote(strings.ToLower(s))
	case 11:
		return quote(strings.ReplaceAll(strings.ReplaceAll(s, "_", "-"), " ", "_"))
	case 12:
		return quote(s + s)
	default:
		return quote(cut(r, s))
	}
}

// padded makes a text as long as a bound allows, or by one longer.
func padded(r *rand.Rand, s string) string {
	return padTo(s, lengths[r.IntN(len(lengths))], one(r, "a", "a", "é", "日", " "))
}

func padTo(s string, length int, filler string) string {
	if len(s) < length {
		s += strings.Repeat(filler, (length-len(s))/len(filler))
		s += strings.Repeat("z", length-len(s))
	}
	return s
}

// cut takes a letter out of a text, or puts one in.
func cut(r *rand.Rand, s string) string {
	letters := []rune(s)
	i := r.IntN(len(letters) + 1)
	if i == len(letters) || r.IntN(2) == 0 {
		return string(letters[:i]) + one(r, "0", "x", "-", ".", " ", "9") + string(letters[i:])
	}
	return string(letters[:i]) + string(letters[i+1:])
}

func otherInstant(r *rand.Rand, s string) string {
	if t, err := time.Parse(time.RFC3339, s); err == nil && r.IntN(2) == 0 {
		zone := time.FixedZone("", (r.IntN(53)-26)*1800)
		return t.Add(time.Duration(r.IntN(2000)-1000) * time.Hour).In(zone).Format(time.RFC3339Nano)
	}
	switch r.IntN(4) {
	case 0, 2:
		return one(r, instants...)
	case 1:
		return strings.TrimSuffix(s, "Z") + one(r, zones...)
	default:
		return cut(r, s)
	}
}

func otherDate(r *rand.Rand, s string) string {
	if t, err := time.Parse(time.DateOnly, s); err == nil && r.IntN(2) == 0 {
		return t.AddDate(0, 0, r.IntN(800)-400).Format(time.DateOnly)
	}
	if r.IntN(3) == 0 {
		return cut(r, s)
	}
	return one(r, dates...)
}

func otherPercent(r *rand.Rand, s string) string {
	number := strings.TrimSuffix(s, "%")
	switch r.IntN(4) {
	case 0:
		return strconv.Itoa(r.IntN(130)) + "%"
	case 1:
		return one(r, percents...)
	case 2:
		return number + one(r, ".0%", "0%", ".000000%", ".0000000%", ".1234567%", " %", "%%", "", "‰")
	default:
		return cut(r, s)
	}
}

func otherAmount(r *rand.Rand, s string) string {
	number, currency, ok := strings.Cut(s, " ")
	if ok {
		currency = " " + currency
	}
	switch r.IntN(4) {
	case 0:
		return one(r, amounts...) + currency
	case 1:
		return strconv.Itoa(r.IntN(1_000_000)) + one(r, "", ".00", ".5", ".05", ".005", ".0000") + currency
	case 2:
		return number + one(r, "0", ".0", "00", "000", "e0", "%", " ") + currency
	default:
		return cut(r, s)
	}
}

func otherCurrency(r *rand.Rand, _ string) string {
	return one(r, currencies...)
}

func otherExchange(r *rand.Rand, s string) string {
	words := strings.Split(s, " ")
	if len(words) < 7 || r.IntN(4) == 0 {
		return cut(r, s)
	}
	switch r.IntN(4) {
	case 0:
		words[3] = one(r, rates...)
	case 1:
		words[1] = otherCurrency(r, "")
	case 2:
		words[4] = otherCurrency(r, "")
	default:
		words[6] = otherDate(r, words[6])
	}
	return strings.Join(words, " ")
}

func otherTerm(r *rand.Rand, s string) string {
	if r.IntN(4) == 0 {
		return cut(r, s)
	}
	return one(r, counted...) + one(r, units...)
}

func otherDuration(r *rand.Rand, s string) string {
	if r.IntN(3) == 0 {
		return cut(r, s)
	}
	return one(r, durations...)
}
