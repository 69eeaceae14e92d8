package crmcsv

import (
	"maps"
	"slices"
	"strings"
	"unicode"

	"github.com/coselling/coselling/value"
)

// The layouts that a guess tries: days whose order of day and month somebody may swap, in the order of the month first;
// other days; the times of day that may stand behind them; and numbers.
var (
	swappedDays = [...]string{"M/D/YYYY", "M/D/YY", "M-D-YYYY", "M-D-YY", "M.D.YYYY", "M.D.YY"}
	plainDays   = [...]string{
		usualLayout, "YYYY/MM/DD", "YYYY.MM.DD", "D MMM YYYY", "D-MMM-YYYY", "D. MMM YYYY", "D MMM YY", "D-MMM-YY",
		"MMM D, YYYY", "MMM D YYYY", "D [de] MMM [de] YYYY", "D/MMM/YYYY",
	}
	times = [...]string{
		"", " H:mm", " H:mm:ss", " h:mm A", " h:mm:ss A", "[T]HH:mm:ss", "[T]HH:mm:ssZ", "[T]HH:mm", "[T]HH:mmZ",
		" HH:mm:ssZ", " HH:mm:ss Z", " HH:mmZ", " HH:mm Z", ", H:mm", ", H:mm:ss", ", h:mm A",
	}
	numbers = [...]string{"YYYYMMDD", layoutExcel, layoutUnix, layoutUnixMS}
)

// mostLayouts is the largest number of layouts that a guess gives to a column.
const mostLayouts = 5

// closed guesses the column of the closing day and its layouts.
func (g *guess) closed() {
	unread := func(c *candidate) int {
		isDayFirst, _, _ := g.order(c.texts)
		_, unread := g.layouts(c.texts, isDayFirst)
		if 2*unread > len(c.texts) {
			return 2
		}
		return isFilled(c)
	}
	c := g.best(useClosed, unread)
	if c == nil {
		g.note("closed", "", "no column is named like a closing day",
			"the file says on no day that a deal was won, so deals that are won cannot be read")
		return
	}
	months := g.monthsFor(c.texts)
	isDayFirst, because, doubt := g.order(c.texts)
	layouts, left := g.layouts(c.texts, isDayFirst)
	from := spec{Column: &c.name}
	for _, l := range layouts {
		from.Format.texts = append(from.Format.texts, l.text)
		switch {
		case slices.ContainsFunc(l.parts, func(p layoutPart) bool { return p.word == 'n' }) && months != english:
			g.form.Language = months
		case doubt == "" && (l.text == layoutUnix || l.text == layoutUnixMS || strings.HasSuffix(l.text, "Z")):
			doubt = "days are those of UTC; state the time zone of the team"
		}
	}
	if len(layouts) == 1 && layouts[0].text == usualLayout {
		from.Format = formats{}
	}
	switch {
	case doubt != "":
	case left > 0:
		doubt = "some days are written in no layout that is known"
	case strings.HasPrefix(c.short, "est") || strings.Contains(c.short, "expected"):
		doubt = "the column " + value.Quote(c.name) + " has the days that were expected, not those of the signing"
	}
	g.form.Fields["closed"] = from
	g.takes("closed", c, doubt)
	if because != "" {
		g.notes[len(g.notes)-1].Because += ", and " + because
	}
}

// triedLayouts holds the layouts that a guess tries.
type triedLayouts struct {
	plain, monthFirst, dayFirst, numbers []layout
}

func newTriedLayouts() *triedLayouts {
	withTimes := func(days []string) (all []layout) {
		for _, day := range days {
			for _, time := range times {
				l, _ := newLayout(day + time)
				all = append(all, l)
			}
		}
		return all
	}
	t := &triedLayouts{plain: withTimes(plainDays[:]), monthFirst: withTimes(swappedDays[:])}
	for _, l := range t.monthFirst {
		other, _ := l.swapped()
		t.dayFirst = append(t.dayFirst, other)
	}
	for _, number := range numbers {
		l, _ := newLayout(number)
		t.numbers = append(t.numbers, l)
	}
	return t
}

// in returns the layouts in one order of day and month, in a new slice.
func (t *triedLayouts) in(isDayFirst bool) []layout {
	if isDayFirst {
		return slices.Concat(t.plain, t.dayFirst, t.numbers)
	}
	return slices.Concat(t.plain, t.monthFirst, t.numbers)
}

// layouts returns the layouts in which most texts are days, and the number of texts that none of them reads. Of the
// numbers it takes one layout, because others would read the same text as another day.
func (g *guess) layouts(texts []string, isDayFirst bool) (found []layout, unread int) {
	names, _ := monthsOf(g.monthsFor(texts))
	d := &days{months: names}
	tried := g.tried.in(isDayFirst)
	left := slices.Clone(texts)
	for at := 0; at < len(left) && len(found) < mostLayouts; {
		var best *layout
		most := 0
		for i := range tried {
			l := &tried[i]
			if !d.reads(left[at], l) {
				continue
			}
			n := 0
			for _, text := range left {
				if d.reads(text, l) {
					n++
				}
			}
			if n > most {
				best, most = l, n
			}
		}
		if best == nil {
			at++
			continue
		}
		found = append(found, *best)
		left = slices.DeleteFunc(left, func(text string) bool { return d.reads(text, best) })
		if slices.Contains(numbers[:], best.text) {
			tried = slices.DeleteFunc(tried, func(l layout) bool { return slices.Contains(numbers[:], l.text) })
		}
	}
	return found, len(left)
}

// reads reports whether a text is a day in a layout; a number only where it is one of the years in which deals close.
func (d *days) reads(text string, l *layout) bool {
	day, ok, err := d.parseAs(text, l)
	return ok && err == nil && (l.parts != nil || day.Year() >= 1990 && day.Year() < 2100)
}

// monthsFor returns the language that has the names of most months in texts: English, else that of the file, else
// the first one.
func (g *guess) monthsFor(texts []string) string {
	best, most := english, 0
	for _, language := range slices.Concat([]string{english, g.language}, slices.Sorted(maps.Keys(monthNames()))) {
		names, _ := monthsOf(language)
		n := 0
		for _, text := range texts {
			for word := range strings.FieldsFuncSeq(text, isNoLetter) {
				if month, _ := names.read(word); month > 0 {
					n++
				}
			}
		}
		if n > most {
			best, most = language, n
		}
	}
	return best
}

// isNorthAmerican reports whether amounts are in a currency of the countries that write the month first.
func (g *guess) isNorthAmerican() bool {
	texts := []string{g.currency.String()}
	if g.currencies != nil {
		texts = g.currencies.texts
	}
	return slices.ContainsFunc(texts, func(text string) bool { return isOneOf(currencyIn(text), "|USD|CAD|") })
}

func isNoLetter(r rune) bool { return !unicode.In(r, unicode.L, unicode.Mn) }

// order finds the order of day and month in texts: that of the texts that have one only, else that of the language
// of the file or of its currency. It returns why, and a doubt where no text decides.
func (g *guess) order(texts []string) (isDayFirst bool, because, doubt string) {
	d := &days{}
	monthOnly, dayOnly, open, first := 0, 0, false, ""
	for _, text := range texts {
		asMonth, asDay := d.fit(g.tried.monthFirst, text), d.fit(g.tried.dayFirst, text)
		switch {
		case asMonth && asDay:
			if first == "" || !open {
				first, open = text, true
			}
		case asMonth:
			monthOnly++
		case asDay:
			dayOnly++
		}
	}
	switch {
	case monthOnly+dayOnly > 0:
		isDayFirst = dayOnly > monthOnly
		if monthOnly > 0 && dayOnly > 0 {
			doubt = "some days have the month first and others the day"
		}
		return isDayFirst, "some days can be read in one order only", doubt
	case !open:
		return false, "", ""
	case g.language != english:
		isDayFirst, because = true, "in the language of the file the day is first"
	case strings.Contains(first, ".") && !strings.ContainsAny(first, "/-"):
		isDayFirst, because = true, "the day is first where points stand between"
	case !g.isNorthAmerican():
		isDayFirst, because = true, "where people pay in the currency of the file the day is first"
	default:
		because = "no row says whether the day or the month is first"
	}
	order := "the month is read first"
	if isDayFirst {
		order = "the day is read first"
	}
	return isDayFirst, because, order + ", and no row decides that: " + value.Quote(first) + " could be another day"
}
