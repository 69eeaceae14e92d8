package main

import (
	"strconv"
	"strings"

	"github.com/coselling/coselling/value"
)

// money writes an amount with its currency, amount without it.
func money(m value.Money) string { return amount(m) + " " + m.Currency().String() }

func amount(m value.Money) string { return grouped(string(m.AppendAmount(nil))) }

func count(n int) string { return grouped(strconv.Itoa(n)) }

// counted writes a number with its noun.
func counted(n int, one, several string) string {
	if n == 1 {
		return "1 " + one
	}
	return count(n) + " " + several
}

// percentage writes a ratio in percent with one decimal.
func percentage(r value.Ratio) string {
	exact, err := r.Percent(value.HalfEven)
	if err != nil {
		return "–"
	}
	const tenth = 100_000 // millionths of a percent
	tenths := exact.Millionths() / tenth
	if exact.Millionths()%tenth >= tenth/2 {
		tenths++
	}
	return grouped(strconv.FormatInt(tenths/10, 10)) + "." + strconv.FormatInt(tenths%10, 10) + "%"
}

// grouped puts a comma before every three digits of the whole part.
func grouped(digits string) string {
	whole, fraction, hasPoint := strings.Cut(digits, ".")
	sign := ""
	if strings.HasPrefix(whole, "-") {
		sign, whole = "-", whole[1:]
	}
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + "," + whole[i:]
	}
	if hasPoint {
		whole += "." + fraction
	}
	return sign + whole
}
