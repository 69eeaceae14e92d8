package comptest

import (
	"strconv"
	"strings"

	"github.com/coselling/coselling/internal/grid"
	"github.com/coselling/coselling/value"
)

// indented indents every line of an error by two blanks.
func indented(err error) string { return "  " + strings.ReplaceAll(err.Error(), "\n", "\n  ") }

// counted writes a number with its noun: "1 deal", "2 deals".
func counted(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return strconv.Itoa(n) + " " + noun + "s"
}

// shown returns a name, quoted unless it is short and plain.
func shown(name string) string {
	if quoted := value.Quote(name); quoted != `"`+name+`"` {
		return quoted
	}
	return name
}

// digits writes an amount without its currency, and "-" for the zero Money.
func digits(m value.Money) string {
	if m.IsZero() {
		return "-"
	}
	return string(m.AppendAmount(nil))
}

// signed writes an amount without its currency, and with a plus if it is positive.
func signed(m value.Money) string {
	if m.Sign() > 0 {
		return "+" + digits(m)
	}
	return digits(m)
}

// more counts the elements of a list that are not shown; it returns "" for none.
func more(n int, noun, indent string) string {
	if n <= 0 {
		return ""
	}
	return indent + "and " + strconv.Itoa(n) + " more " + strings.TrimPrefix(counted(n, noun), strconv.Itoa(n)+" ") +
		"\n"
}

// columns writes rows as text in columns, every line behind an indent; a column whose
// letter in layout is r stands to the right.
func columns(indent, layout string, rows [][]string) string {
	return grid.Columns(indent, rows, func(i int) bool { return layout[i] == 'r' })
}
