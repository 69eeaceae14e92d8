package comptest

import (
	"strconv"
	"strings"

	"github.com/coselling/coselling/internal/grid"
	"github.com/coselling/coselling/value"
)

// indented puts every line of an error two blanks in.
func indented(err error) string { return "  " + strings.ReplaceAll(err.Error(), "\n", "\n  ") }

// counted writes a number with its noun: "1 deal", "2 deals".
func counted(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return strconv.Itoa(n) + " " + noun + "s"
}

// shown keeps a name from outside readable in one line.
func shown(name string) string {
	if quoted := value.Quote(name); quoted != `"`+name+`"` {
		return quoted
	}
	return name
}

// digits writes an amount without its currency.
func digits(m value.Money) string {
	if m.IsZero() {
		return "-"
	}
	return string(m.AppendAmount(nil))
}

// signed writes an amount with its sign and without its currency.
func signed(m value.Money) string {
	if m.Sign() > 0 {
		return "+" + digits(m)
	}
	return digits(m)
}

// more says how much of a list is not shown.
func more(n int, noun, indent string) string {
	if n <= 0 {
		return ""
	}
	return indent + "and " + strconv.Itoa(n) + " more " + strings.TrimPrefix(counted(n, noun), strconv.Itoa(n)+" ") + "\n"
}

// columns writes rows as text in columns, every line behind an indent; a column whose
// letter in layout is r stands to the right.
func columns(indent, layout string, rows [][]string) string {
	return grid.Columns(indent, rows, func(i int) bool { return layout[i] == 'r' })
}
