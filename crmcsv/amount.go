package crmcsv

import (
	"bytes"
	"errors"
	"strings"
	"unicode/utf8"

	"github.com/coselling/coselling/value"
)

// amountStyle holds the format of a field, and the separators of amounts in it.
type amountStyle struct {
	format           string // as the mapping states it; empty for the usual one
	thousands, point byte   // thousands is 0 without a separator
	group            int    // digits between two separators; three stand behind the last one
}

func styleOf(format string) amountStyle {
	s := amountStyle{format: format, point: '.', group: 3}
	if n := len(format) - len("50"); n > 0 {
		s.point = format[n-1]
	}
	switch {
	case len(format) == len("1,234.50"):
		s.thousands = format[1]
	case len(format) == len("12,34,567.50"):
		s.thousands, s.group = format[2], 2
	}
	return s
}

// parse reads an amount. It may have a symbol or the code of its currency, and parentheses in place of a minus.
func (s amountStyle) parse(text string, c value.Currency) (value.Money, error) {
	if c.IsZero() {
		return value.ParseAmount(text, c)
	}
	bare, negative, err := s.undress(text, c)
	if err != nil {
		return value.Money{}, err
	}
	var short [40]byte
	plain := short[:0]
	if negative {
		plain = append(plain, '-')
	}
	plain, ok := s.plain(plain, bare, c)
	if !ok {
		return value.Money{}, s.notWritten(text)
	}
	m, err := value.ParseAmount(string(plain), c)
	digits := bytes.TrimPrefix(plain, []byte{'-'})
	if at := bytes.IndexByte(digits, '.'); s.format == "" && errors.Is(err, value.MoneyScaleExcess) &&
		len(digits)-at == len(".000") && at <= 3 {
		const want = "has three decimals or means thousands; state a format in the mapping: 1,234.50 or 1.234,50"
		return m, value.NewError(value.MoneyScaleExcess, value.Quote(text), want)
	}
	return m, asWritten(err, text)
}

// plain appends the plain form of an amount, digits with a point, and false unless separators stand before every
// group of digits, or nowhere. It leaves out zeros that are more decimals than the currency has.
func (s amountStyle) plain(into []byte, text string, c value.Currency) ([]byte, bool) {
	end := len(text) // of the part before the point
	if at := strings.LastIndexByte(text, s.point); at >= 0 {
		end = at
	}
	digits, grouped := 0, false // digits are those since the last separator
	for at := 0; at < end; {
		if text[at]-'0' <= 9 {
			into = append(into, text[at])
			digits++
			at++
			continue
		}
		size := s.separator(text[at:end])
		if size == 0 || digits == 0 || digits > s.group || grouped && digits != s.group {
			return into, false
		}
		digits, grouped = 0, true
		at += size
	}
	if digits == 0 || grouped && digits != 3 {
		return into, false
	}
	if end == len(text) {
		return into, true
	}
	decimals := text[end+1:]
	if !isDigits(decimals) {
		return into, false
	}
	if most := c.Places(); s.format != "" || len(decimals) != 3 { // without a format 10.000 may be ten thousand
		for len(decimals) > most && decimals[len(decimals)-1] == '0' {
			decimals = decimals[:len(decimals)-1]
		}
	}
	if decimals != "" {
		into = append(append(into, '.'), decimals...)
	}
	return into, true
}

// separator returns the length of the separator with which text begins; 0 where it begins with none. Any blank
// stands for a space, and either apostrophe for the other.
func (s amountStyle) separator(text string) int {
	r, size := utf8.DecodeRuneInString(text)
	switch {
	case s.thousands == 0:
		return 0
	case r == rune(s.thousands), s.thousands == ' ' && isBlank(r), s.thousands == '\'' && r == '’':
		return size
	}
	return 0
}

// undress takes the currency and the sign of an amount away, and refuses another currency than that of the row.
func (s amountStyle) undress(text string, c value.Currency) (bare string, negative bool, err error) {
	signs := 0
	for bare = text; ; {
		before := bare
		if bare == "" || bare[0]-'0' <= 9 && bare[len(bare)-1]-'0' <= 9 {
			break
		}
		bare = strings.TrimFunc(bare, isBlank)
		if inside, ok := strings.CutPrefix(bare, "("); ok && strings.HasSuffix(inside, ")") {
			bare, signs = inside[:len(inside)-1], signs+1
		}
		if rest, ok := s.withoutDash(bare); ok {
			bare = rest
		} else if rest, ok := withoutMinus(bare); ok {
			bare, signs = rest, signs+1
		}
		word, rest := currencyWord(bare)
		if word != "" {
			if err := s.agree(word, text, c); err != nil {
				return "", false, err
			}
			bare = rest
		}
		if bare == before {
			break
		}
	}
	if signs > 1 {
		return "", false, s.notWritten(text)
	}
	return bare, signs == 1, nil
}

// withoutDash takes a dash away that stands for no cents, as in "1'000.-".
func (s amountStyle) withoutDash(text string) (string, bool) {
	for _, dash := range [...]string{"-", "–", "—"} {
		rest, ok := strings.CutSuffix(text, dash)
		if n := len(rest); ok && n > 1 && rest[n-1] == s.point && rest[n-2]-'0' <= 9 {
			return rest[:n-1], true
		}
	}
	return text, false
}

// withoutMinus takes a minus away, which may stand on either side.
func withoutMinus(text string) (string, bool) {
	for _, minus := range [...]string{"-", "−"} {
		if rest, ok := strings.CutPrefix(text, minus); ok {
			return rest, true
		}
		if rest, ok := strings.CutSuffix(text, minus); ok {
			return rest, true
		}
	}
	return text, false
}

// currencyWord returns the word at the beginning or the end of an amount, and the rest; "" where it has none.
func currencyWord(text string) (word, rest string) {
	isNumber := func(r rune) bool { return strings.ContainsRune("0123456789.,'’()-−–—+", r) || isBlank(r) }
	if end := strings.IndexFunc(text, isNumber); end > 0 {
		return text[:end], strings.TrimPrefix(text[end:], ".")
	}
	rest = strings.TrimSuffix(text, ".")
	at := strings.LastIndexFunc(rest, isNumber)
	if at < 0 || at == len(rest)-1 {
		return "", text
	}
	_, size := utf8.DecodeRuneInString(rest[at:])
	return rest[at+size:], rest[:at+size]
}

// agree refuses the word of another currency than c, and one that is no currency.
func (s amountStyle) agree(word, text string, c value.Currency) error {
	if strings.EqualFold(word, c.String()) {
		return nil
	}
	meant := currenciesOf(folded(word))
	if meant == "" {
		code, _ := value.ParseCurrency(strings.ToUpper(word))
		meant = code.String()
	}
	switch {
	case meant == "":
		return s.notWritten(text)
	case !strings.Contains(meant, c.String()):
		want := "says " + value.Quote(word) + ", and the currency of the row is " + c.String()
		return value.NewError(rowAmount, value.Quote(text), want)
	}
	return nil
}

// notWritten refuses a text that is no amount in the style.
func (s amountStyle) notWritten(text string) error {
	if s.format == "" {
		const want = "is not a plain number like 1234.50; the mapping states no other format"
		return value.NewError(value.DecimalFormat, value.Quote(text), want)
	}
	return value.NewError(rowAmount, value.Quote(text), "is not written like "+s.format)
}
