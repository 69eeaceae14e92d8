package wire

import (
	"bytes"
	"math"
	"reflect"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/coselling/coselling/value"
)

// bounds checks one value, without its elements and members. Reading and checking both use it.
func (p *List) bounds(plan *Plan, rule *Rule, v reflect.Value) {
	switch plan.Kind {
	case OfText:
		p.text(v.String(), rule)
	case OfNumber:
		if n := v.Int(); rule.Bounded && (n < int64(rule.Min) || n > int64(rule.Max)) {
			want := "is outside " + strconv.Itoa(rule.Min) + " to " + strconv.Itoa(rule.Max)
			p.out(strconv.FormatInt(n, 10), want, rule.code(Range))
		}
	case OfDuration:
		p.duration(time.Duration(v.Int()), rule)
	case OfEnum:
		p.number(plan, v.Uint())
	case OfInstant:
		t, _ := reflect.TypeAssert[time.Time](v)
		p.year(t, rule)
	case OfList, OfTable:
		p.count(v.Len(), rule)
		if rule.Unique {
			p.unique(plan, v, rule)
		}
	case OfForm, OfSelf:
		p.scalar(v, rule)
	}
	switch {
	case !rule.Set || !plan.absent(v):
	case plan.Kind == OfEnum:
		p.Add("", value.Known(rule.code(Missing), "", plan.known()))
	default:
		p.out("nothing", "stands here; the value is needed", rule.code(Missing))
	}
}

// unbounded reports whether bounds finds no problem in any value of the field.
func (f *Field) unbounded() bool {
	r := &f.Rule
	switch f.Kind {
	case OfFlag:
		return !r.Set
	case OfNumber:
		return !r.Set && !r.Bounded
	case OfForm, OfSelf:
		return !r.Set && !r.Part && !r.Positive
	default:
		return false
	}
}

// simple reports whether bounds finds all problems of a value, and none where a document leaves it out.
func (f *Field) simple() bool {
	return f.Kind == OfEnum || f.Kind == OfInstant ||
		f.Kind == OfText && (!f.Omit || f.Rule.Set || f.Rule.Min == 0)
}

func (p *List) out(got, want string, code value.Code) { p.Refuse("", code, got, want) }

func (p *List) text(s string, rule *Rule) {
	limit := rule.limit(maxText)
	if len(s) >= rule.Min && len(s) <= limit && utf8.ValidString(s) {
		return
	}
	span := "a text of " + strconv.Itoa(rule.Min) + " to " + strconv.Itoa(limit) + " bytes of UTF-8"
	switch {
	case rule.Min == 0:
		p.out(value.Quote(s), "is no text of at most "+strconv.Itoa(limit)+" bytes of UTF-8", rule.code(Text))
	case s == "":
		p.out("nothing", "stands here; "+span+" is needed", rule.code(ID))
	default:
		p.out(value.Quote(s), "is not "+span, rule.code(ID))
	}
}

func (p *List) duration(d time.Duration, rule *Rule) {
	low, high := seconds(rule.Min), seconds(rule.Max)
	if rule.Bounded && (d%time.Second != 0 || d < low || d > high) {
		want := "is outside " + FormatDuration(low) + " to " + FormatDuration(high) + ", or not in whole seconds"
		p.out(d.String(), want, rule.code(Range))
	}
}

func (p *List) number(plan *Plan, n uint64) {
	if n >= uint64(len(plan.Names)) {
		p.Add("", value.Known(plan.unknown, "number "+strconv.FormatUint(n, 10), plan.known()))
	}
}

const (
	firstSecond = -62_135_596_800 // of Unix time: the year 1 begins
	lastSecond  = 221_876_927_999 // the last second of the year 9000
)

// LastYear is the last year of an instant: the calendar goes on, so that a term can be
// counted from every instant.
const LastYear = 9000

// CheckInstant returns an [Instant] error for a time that is zero or outside the years 1
// to [LastYear]; what says what a zero one is missing for.
func CheckInstant(t time.Time, what string) error {
	if t.IsZero() {
		return value.NewError(Instant, "nothing", what)
	}
	if second := t.Unix(); second < firstSecond || second > lastSecond {
		return value.NewError(Instant, "the year "+strconv.Itoa(t.UTC().Year()), "is outside 1 to 9000")
	}
	return nil
}

func (p *List) year(t time.Time, rule *Rule) {
	if second := t.Unix(); !t.IsZero() && (second < firstSecond || second > lastSecond) {
		p.out("the year "+strconv.Itoa(t.UTC().Year()), "is outside 1 to 9000", rule.code(Instant))
	}
}

func (p *List) count(n int, rule *Rule) {
	switch limit := rule.limit(maxList); {
	case n > limit:
		p.out(strconv.Itoa(n), "are more than the limit, which is "+strconv.Itoa(limit), rule.code(Excess))
	case n < rule.Min:
		p.out(strconv.Itoa(n), "are fewer than the "+strconv.Itoa(rule.Min)+" that are needed", rule.code(Excess))
	}
}

func (p *List) unique(plan *Plan, v reflect.Value, rule *Rule) {
	seen := make(map[any]bool, v.Len())
	for i := range v.Len() {
		one := v.Index(i).Interface()
		if seen[one] {
			mark := len(p.list)
			p.out(plan.Elem.shown(v.Index(i)), "stands twice", rule.code(Twice))
			p.below(mark, value.Index("", i))
		}
		seen[one] = true
	}
}

// shown returns a value as an error shows it.
func (p *Plan) shown(v reflect.Value) string {
	if p.Kind == OfText {
		return value.Quote(v.String())
	}
	text, _ := p.append(nil, v) // what is no text is written without an error
	return string(text)
}

// scalar checks a percentage or an amount.
func (p *List) scalar(v reflect.Value, rule *Rule) {
	if !rule.Part && !rule.Positive {
		return
	}
	switch s := v.Addr().Interface().(type) {
	case *value.Percent:
		if err := s.CheckPart(); err != nil {
			p.Add("", err)
		}
	case *value.Money:
		if s.Sign() <= 0 {
			got := s.String()
			if got == "" {
				got = "nothing"
			}
			p.out(got, "is not above zero", rule.code(Range))
		}
	}
}

// parseInstant reads an instant in RFC 3339 of the years 1 to 9000 in UTC; where canonical is true, only the form
// in which it is written. It refuses the zero instant, which some systems write for an unknown one.
func parseInstant(text []byte, canonical bool) (time.Time, error) {
	var t time.Time
	if err := t.UnmarshalText(text); err != nil || !wellFormed(text) {
		return time.Time{}, badInstant(text, "is no instant; write it like 2026-11-22T09:30:00Z")
	}
	t = t.UTC()
	if canonical && t.Format(time.RFC3339Nano) != string(text) {
		return time.Time{}, badInstant(text, "is no instant in UTC; write it like 2026-11-22T09:30:00Z")
	}
	if t.IsZero() || t.Year() < 1 || t.Year() > LastYear {
		return time.Time{}, badInstant(text, "is outside the years 1 to 9000")
	}
	return t, nil
}

func badInstant(text []byte, want string) error {
	return value.NewError(Instant, value.Quote(string(text)), want)
}

// wellFormed is false for an hour of one digit, a comma, and an offset of a day, which package time takes.
func wellFormed(text []byte) bool {
	return text[len("2026-11-22T09")] == ':' && !bytes.ContainsRune(text, ',') &&
		(text[len(text)-1] == 'Z' || string(text[len(text)-len("23:59"):]) <= "23:59")
}

const maxDuration = 16 // bytes of its text

// parseDuration reads whole hours, minutes and seconds, like 168h or 1h30m.
func parseDuration(text string) (time.Duration, error) {
	isPlain := strings.Trim(text, "0123456789hms") == "" && !strings.Contains(text, "ms")
	d, err := time.ParseDuration(text)
	if text == "" || len(text) > maxDuration || !isPlain || err != nil {
		const want = "is no length of time; write whole hours, minutes and seconds like 168h or 1h30m"
		return 0, value.NewError(Duration, value.Quote(text), want)
	}
	return d, nil
}

// FormatDuration returns a length of time like 168h or 1h30m; as Go does where no document can hold it.
func FormatDuration(d time.Duration) string { return string(appendDuration(nil, d)) }

// seconds returns a bound of a length of time.
func seconds(n int) time.Duration {
	return time.Duration(min(int64(n), math.MaxInt64/int64(time.Second))) * time.Second
}

// appendDuration appends the form that parseDuration reads, without units that are zero.
func appendDuration(b []byte, d time.Duration) []byte {
	if d <= 0 || d%time.Second != 0 {
		return append(b, d.String()...)
	}
	for _, unit := range [...]struct {
		name   byte
		length time.Duration
	}{{'h', time.Hour}, {'m', time.Minute}, {'s', time.Second}} {
		if n := d / unit.length; n > 0 {
			b = append(strconv.AppendInt(b, int64(n), 10), unit.name)
			d -= n * unit.length
		}
	}
	return b
}
