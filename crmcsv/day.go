package crmcsv

import (
	"cmp"
	"strconv"
	"strings"
	"time"

	"github.com/coselling/coselling/value"
)

// days reads the days of a field.
type days struct {
	layouts []layout
	stated  []layout // those whose day and month somebody would swap
	swapped []layout // these with day and month swapped
	months  months
	zone    *time.Location // in which a cell with an offset is dated
}

// usualLayout is that of a field whose mapping states none.
const usualLayout = "YYYY-MM-DD"

// newDays reads the layouts of a field, or returns all of their problems.
func newDays(texts formats, months months) (*days, error) {
	if texts.texts == nil {
		texts.texts = []string{usualLayout}
	}
	d := &days{months: months}
	var problems value.Errors
	for i, text := range texts.texts {
		l, err := newLayout(text)
		if err != nil {
			problems.Add(texts.path(i), err)
			continue
		}
		d.layouts = append(d.layouts, l)
		if other, ok := l.swapped(); ok {
			d.stated, d.swapped = append(d.stated, l), append(d.swapped, other)
		}
	}
	return d, problems.Err()
}

// parse reads a day. No two layouts may read different ones.
func (d *days) parse(text string) (day value.Date, err error) {
	var as *layout
	for i := range d.layouts {
		l := &d.layouts[i]
		other, ok, wrong := d.parseAs(text, l)
		switch {
		case !ok || wrong != nil:
			err = cmp.Or(err, wrong)
		case as == nil:
			day, as = other, l
		case day != other:
			want := "is " + day.String() + " as " + as.text + " and " + other.String() + " as " + l.text +
				"; state one of them"
			return value.Date{}, value.NewError(rowDate, value.Quote(text), want)
		}
	}
	switch {
	case as != nil:
		return day, nil
	case err != nil:
		return day, err
	}
	return day, value.NewError(rowDate, value.Quote(text), "is no day written "+layoutTexts(d.layouts))
}

// layoutTexts returns the texts of layouts, in words.
func layoutTexts(layouts []layout) string {
	texts := make([]string, len(layouts))
	for i := range layouts {
		texts[i] = layouts[i].text
	}
	return strings.Join(texts, " or ")
}

// moment holds the numbers of a cell.
type moment struct {
	year, month, day, hour, minute, second int
	offset                                 int  // seconds east of UTC
	isZoned                                bool // it has an offset
	half                                   byte // a or p; 0 where the cell does not say
}

// parseAs reads a day in one layout; false where the text is not written so, and an error for a day that the
// calendar does not have.
func (d *days) parseAs(text string, l *layout) (day value.Date, ok bool, err error) {
	if l.parts == nil {
		return d.parseNumber(text, l.text)
	}
	var m moment
	rest := text
	for i := range l.parts {
		p := &l.parts[i]
		switch {
		case p.most > 0:
			n, digits := 0, 0
			for digits < p.most && digits < len(rest) && rest[digits]-'0' <= 9 {
				n = 10*n + int(rest[digits]-'0')
				digits++
			}
			rest = rest[digits:]
			if digits < p.least || !p.touches && rest != "" && rest[0]-'0' <= 9 {
				return day, false, nil
			}
			rest = m.set(n, p, rest)
		case p.word == 0 && rest != "" && len(p.text) == 1 && rest[0] == p.text[0] && p.text != " ":
			rest = rest[1:]
		default:
			if rest, ok = m.read(rest, p, &d.months); !ok {
				return day, false, nil
			}
		}
	}
	if rest != "" || !m.hasTime() {
		return day, false, nil
	}
	day, err = value.NewDate(m.year, time.Month(m.month), m.day)
	if err == nil && m.isZoned {
		at := time.Date(m.year, time.Month(m.month), m.day, m.hour, m.minute, m.second-m.offset, 0, time.UTC)
		day, err = value.DateOf(at, d.zone)
	}
	return day, true, asWritten(err, text)
}

// hasTime reports whether the time of day is one, and makes an hour of a half day one of the whole day.
func (m *moment) hasTime() bool {
	if m.half != 0 {
		if m.hour < 1 || m.hour > 12 {
			return false
		}
		if m.hour %= 12; m.half == 'p' {
			m.hour += 12
		}
	}
	return m.hour < 24 && m.minute < 60 && m.second < 60
}

// read reads one part of a layout that is no number, and returns the rest of the text.
func (m *moment) read(text string, p *layoutPart, names *months) (rest string, ok bool) {
	switch p.word {
	case 'n':
		m.month, text = names.read(text)
		return text, m.month > 0
	case 'A':
		return m.readHalf(text)
	case 'Z':
		return m.readOffset(text)
	default:
		return readBetween(text, p.text)
	}
}

// set sets the number of a part, and returns the rest of the text behind a fraction of a second.
func (m *moment) set(n int, p *layoutPart, rest string) string {
	switch p.word {
	case 'Y':
		if m.year = n; p.most == 2 {
			m.year += 2000
		}
	case 'M':
		m.month = n
	case 'D':
		m.day = n
	case 'm':
		m.minute = n
	case 's':
		m.second = n
		return withoutFraction(rest)
	default:
		m.hour = n
	}
	return rest
}

// readBetween reads the text between two words; a space stands for any run of blanks.
func readBetween(text, between string) (string, bool) {
	if between != " " {
		return strings.CutPrefix(text, between)
	}
	rest := strings.TrimLeftFunc(text, isBlank)
	return rest, len(rest) < len(text)
}

// withoutFraction takes a fraction of a second away.
func withoutFraction(text string) string {
	if len(text) < 2 || text[0] != '.' && text[0] != ',' || text[1]-'0' > 9 {
		return text
	}
	return strings.TrimLeft(text[1:], "0123456789")
}

// readHalf reads AM or PM, in either case and with points or without.
func (m *moment) readHalf(text string) (string, bool) {
	if text == "" {
		return "", false
	}
	m.half = text[0] | 0x20
	if m.half != 'a' && m.half != 'p' {
		return "", false
	}
	text = strings.TrimPrefix(text[1:], ".")
	text = strings.TrimLeftFunc(text, isBlank)
	if text == "" || text[0]|0x20 != 'm' {
		return "", false
	}
	return strings.TrimPrefix(text[1:], "."), true
}

// readOffset reads Z, +03, +0300 or +03:00.
func (m *moment) readOffset(text string) (string, bool) {
	m.isZoned = true
	if text != "" && text[0]|0x20 == 'z' {
		return text[1:], true
	}
	sign := 1
	if rest, ok := strings.CutPrefix(text, "−"); ok {
		text = "-" + rest
	}
	if text == "" || text[0] != '+' && text[0] != '-' {
		return "", false
	}
	if text[0] == '-' {
		sign = -1
	}
	hours, rest, ok := twoDigits(text[1:])
	minutes, behind, more := twoDigits(strings.TrimPrefix(rest, ":"))
	if more {
		rest = behind
	}
	m.offset = sign * (hours*60 + minutes) * 60
	return rest, ok && hours < 24 && minutes < 60
}

func twoDigits(text string) (n int, rest string, ok bool) {
	if len(text) < 2 || text[0]-'0' > 9 || text[1]-'0' > 9 {
		return 0, text, false
	}
	return int(text[0]-'0')*10 + int(text[1]-'0'), text[2:], true
}

// parseNumber reads a number of days since the end of 1899, as spreadsheets count them, or of seconds or
// milliseconds since 1970.
func (d *days) parseNumber(text, layout string) (day value.Date, ok bool, err error) {
	whole := text
	if layout == layoutExcel {
		if at := strings.IndexAny(text, ".,"); at > 0 && isDigits(text[at+1:]) {
			whole = text[:at]
		}
	}
	n, err := strconv.ParseInt(whole, 10, 64)
	if err != nil || !isDigits(strings.TrimPrefix(whole, "-")) {
		return day, false, nil
	}
	switch layout {
	case layoutExcel: // 60 is 29 February 1900, which never was; spreadsheets differ about the days before
		if n <= 60 || n > 1<<22 {
			return day, false, nil
		}
		day, err = value.DateOf(time.Date(1899, time.December, 30+int(n), 0, 0, 0, 0, time.UTC), nil)
	case layoutUnix:
		if n > 1<<40 || n < -1<<40 { // a time far beyond may wrap around
			return day, false, nil
		}
		day, err = value.DateOf(time.Unix(n, 0), d.zone)
	default:
		day, err = value.DateOf(time.UnixMilli(n), d.zone)
	}
	return day, true, asWritten(err, text)
}

func isDigits(text string) bool {
	for i := range len(text) {
		if text[i]-'0' > 9 {
			return false
		}
	}
	return text != ""
}
