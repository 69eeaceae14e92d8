// Package words writes values as people say them in a chat: for the sentences of actions and for briefs.
package words

import (
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/coselling/coselling/internal/escape"
	"github.com/coselling/coselling/value"
)

// Day returns a day such as "7 December", with its year where that is not the year of today; "" for the zero day.
func Day(d, today value.Date) string {
	if d.IsZero() {
		return ""
	}
	year, month, day := d.YMD()
	text := strconv.Itoa(day) + " " + month.String()
	if year != today.Year() {
		text += " " + strconv.Itoa(year)
	}
	return text
}

// DayOf returns the day of an instant in a zone, as [Day] writes it; "" for the zero instant.
func DayOf(at time.Time, zone *time.Location, today value.Date) string {
	if at.IsZero() {
		return ""
	}
	d, err := value.DateOf(at, zone)
	if err != nil {
		return "" // outside the calendar
	}
	return Day(d, today)
}

// Wording is the [value.Wording] of sentences that are read on a day: identifiers in words, amounts with their
// thousands, instants as days of Zone, and the ends of terms as the last day of Policy before them.
type Wording struct {
	Zone, Policy *time.Location
	Today        value.Date
}

// AppendOperand implements [value.Wording].
func (w *Wording) AppendOperand(b []byte, o value.Operand) []byte {
	switch v := o.Value().(type) {
	case value.Word:
		return append(b, Plain(string(v))...)
	case value.Money:
		return append(b, v.Grouped()...)
	case value.Date:
		return append(b, Day(v, w.Today)...)
	case time.Time:
		return append(b, DayOf(v, w.Zone, w.Today)...)
	case value.End:
		return append(b, DayOf(time.Time(v).Add(-1), w.Policy, w.Today)...)
	default:
		return append(b, o.String()...)
	}
}

// Times returns how often something happened: "once", "twice", "3 times"; "" for never.
func Times(n int) string {
	switch n {
	case 0:
		return ""
	case 1:
		return "once"
	case 2:
		return "twice"
	default:
		return strconv.Itoa(n) + " times"
	}
}

// Low returns a text with its first letter in lower case, to stand inside a sentence.
func Low(s string) string {
	first, size := utf8.DecodeRuneInString(s)
	if size == 0 {
		return ""
	}
	return string(unicode.ToLower(first)) + s[size:]
}

// List joins texts, such as "ana, bo and cy", each without controls; "" for none.
func List(texts ...string) string {
	var b strings.Builder
	for i, text := range texts {
		switch {
		case i > 0 && i == len(texts)-1:
			b.WriteString(" and ")
		case i > 0:
			b.WriteString(", ")
		}
		b.WriteString(escape.Line(text))
	}
	return b.String()
}

// Plain returns the name of a list of choices as people write it: "true co-sell" for true_co_sell.
func Plain(id string) string {
	return strings.NewReplacer("_led", "-led", "co_sell", "co-sell", "_", " ", ".", " ").Replace(id)
}
