package main

import (
	"math/rand/v2"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// lengths are the lengths of texts at which a bound may be.
var lengths = []int{16, 17, 64, 65, 128, 129, 253, 254, 256, 257, 320, 321, 998, 999, 1000, 1001, 1024, 1025, 2048, 2049, 4000, 4001, 4096, 4097}

var (
	instantForm  = regexp.MustCompile(`^\d{4}-\d\d-\d\dT`)
	dateForm     = regexp.MustCompile(`^\d{4}-\d\d-\d\d$`)
	percentForm  = regexp.MustCompile(`^-?[\d.]+%$`)
	amountForm   = regexp.MustCompile(`^-?\d[\d.]*( [A-Z]{3})?$`)
	currencyForm = regexp.MustCompile(`^[A-Z]{3}$`)
	exchangeForm = regexp.MustCompile(`^1 [A-Z]{3} = [\d.]+ [A-Z]{3} on `)
	termForm     = regexp.MustCompile(`^\d+ (hour|day|business day)s?$`)
)

// otherText returns another string than the quoted one, in quotes: often one of the same
// form at the edge of what is allowed, sometimes the same in other letters.
func otherText(r *rand.Rand, quoted string) string {
	s := unquote(quoted)
	if r.IntN(4) == 0 {
		return anyOtherText(r, s)
	}
	forms := []struct {
		form  *regexp.Regexp
		other func(*rand.Rand, string) string
	}{
		{instantForm, otherInstant}, {dateForm, otherDate}, {percentForm, otherPercent}, {amountForm, otherAmount},
		{currencyForm, otherCurrency}, {exchangeForm, otherExchange}, {termForm, otherTerm},
	}
	for _, f := range forms {
		if f.form.MatchString(s) {
			return quote(f.other(r, s))
		}
	}
	return anyOtherText(r, s)
}

func one(r *rand.Rand, list ...string) string { return list[r.IntN(len(list))] }

// anyOtherText changes any text.
func anyOtherText(r *rand.Rand, s string) string {
	switch r.IntN(14) {
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
	n := lengths[r.IntN(len(lengths))]
	filler := one(r, "a", "a", "é", "日", " ")
	if len(s) < n {
		s += strings.Repeat(filler, (n-len(s))/len(filler))
		s += strings.Repeat("z", n-len(s))
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
	case 0:
		return one(r, "0001-01-01T00:00:00Z", "0001-01-01T00:00:01Z", "0001-01-01T00:00:00.000000001Z", "0000-12-31T23:59:59Z", "0000-11-23T00:00:00Z",
			"9999-12-31T23:59:59Z", "9999-12-31T23:59:59.999999999Z", "9999-12-31T23:59:59-01:00", "0001-01-01T00:00:00+01:00", "0001-01-01T01:00:00+01:00", "10000-01-01T00:00:00Z",
			"1969-12-31T23:59:59Z", "1970-01-01T00:00:00Z", "1677-09-21T00:12:43Z", "2262-04-11T23:47:17Z")
	case 1:
		return strings.TrimSuffix(s, "Z") + one(r, "", "z", "+00:00", "-00:00", "+02:00", "+2:00", "+24:00", "-23:59", "+23:60", "+0200", " Z", "ZZ", "UTC", "[UTC]", ".5Z", ".123456789Z", ".1234567891Z", ",5Z", ".Z", ".000Z", ".100Z")
	case 2:
		return one(r, "2026-02-29T00:00:00Z", "2024-02-29T00:00:00Z", "2026-11-22T24:00:00Z", "2026-11-22T23:59:60Z", "2026-11-22T9:30:00Z", "2026-11-22T09:30Z",
			"2026-11-22t09:30:00z", "2026-11-22 09:30:00Z", "2026-11-22", "2026-13-01T00:00:00Z", "2026-00-10T00:00:00Z", "2026-1-2T03:04:05Z", "1795253400")
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
	return one(r, "0001-01-01", "0000-12-31", "9999-12-31", "10000-01-01", "2026-02-29", "2024-02-29", "2100-02-29", "2026-1-2", "2026-13-01", "2026-11-31", "2026-00-01",
		"2026-01-00", "20261122", "2026/11/22", "22.11.2026", "2026-11-22T00:00:00Z", " 2026-11-22", "２０２６-11-22", "-2026-11-22")
}

func otherPercent(r *rand.Rand, s string) string {
	number := strings.TrimSuffix(s, "%")
	switch r.IntN(4) {
	case 0:
		return strconv.Itoa(r.IntN(130)) + "%"
	case 1:
		return one(r, "0%", "-0%", "100%", "100.000001%", "99.999999%", "0.000001%", "0.0000001%", "-0.000001%", "10000%", "10000.000001%", "1000000%", "9223372036854%", "1e2%",
			"%", ".5%", "5.%", "+5%", "5 %", "05%", "5.0%", "5.50%", "5,5%", "0x5%", "50", "0.5", "5％", "NaN%", strings.Repeat("9", 70)+"%", "0."+strings.Repeat("0", 70)+"1%")
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
		return one(r, "0", "0.00", "-0", "-0.01", "0.01", "0.001", "0.0001", "1", "1.0", "10.5", "10.50", "10.500", "99999999999999.99", "99999999999999.999", "100000000000000",
			"99999999999999", "-99999999999999.99", "92233720368547758.07", "92233720368547758.08", "1e3", "1E3", "1e-2", "1e999999999", "0x10", "+1", ".5", "5.", "01", "1,000", "1_000",
			"1 000", "NaN", "Infinity", "١", strings.Repeat("9", 65), "0."+strings.Repeat("0", 65)) + currency
	case 1:
		return strconv.Itoa(r.IntN(1_000_000)) + one(r, "", ".00", ".5", ".05", ".005", ".0000") + currency
	case 2:
		return number + one(r, "0", ".0", "00", "000", "e0", "%", " ") + currency
	default:
		return cut(r, s)
	}
}

func otherCurrency(r *rand.Rand, _ string) string {
	return one(r, "USD", "EUR", "JPY", "KWD", "COP", "CLF", "BTC", "XXX", "XAU", "XTS", "usd", "Usd", "US", "USDX", " USD", "USD ", "$", "840", "VED", "HRK", "")
}

func otherExchange(r *rand.Rand, s string) string {
	words := strings.Split(s, " ")
	if len(words) < 7 || r.IntN(4) == 0 {
		return cut(r, s)
	}
	switch r.IntN(4) {
	case 0:
		words[3] = one(r, "0", "0.0", "1", "1.0", "01.5", "1.50", "999999999999999999", "9999999999999999999", "0."+strings.Repeat("0", 29)+"1", "0."+strings.Repeat("0", 30)+"1", "-1", "1e2", ".5", "5.")
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
	count := one(r, "0", "1", "2", "02", "24", "9999", "10000", "10001", "-1", "1.5", "9223372036854775808", "")
	return count + one(r, " hour", " hours", " day", " days", " business day", " business days", " weeks", "h", "  days", " Days")
}
