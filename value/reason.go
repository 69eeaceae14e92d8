package value

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/go-json-experiment/json/jsontext"
)

// withheld stands in a sentence in place of an operand that its reader may not see.
const withheld = "(withheld)"

// Reason explains a decision of the library: it has the code of the rule, the paths of the facts it concerns,
// and typed operands. [Reason.String] makes the sentence last, after [Reason.For] has taken away the operands
// that a reader may not see. Reasons are immutable; the zero value is no reason.
type Reason struct {
	code     Code
	template string
	paths    []string
	operands []Operand
	wording  Wording
}

// Word is an operand that is an identifier of the library, such as true_co_sell; a [Wording] may write it in words.
type Word string

// End is an operand that is the end of a term: the first instant that no longer belongs to it, so that a term
// that ends at 24:00 ends on that day.
type End time.Time

// Wording writes operands as the readers of a sentence say them.
type Wording interface {
	// AppendOperand appends an operand that is not withheld.
	AppendOperand(b []byte, o Operand) []byte
}

// NewReason returns a reason without paths. {name} in the template stands for the operand of that name; without one
// it stays as it is. It copies operands.
func NewReason(code Code, template string, operands ...Operand) Reason {
	return Reason{code: code, template: template, operands: slices.Clone(operands)}
}

// Code returns the permanent code of the rule.
func (r Reason) Code() Code { return r.code }

// Paths returns the paths of the facts that the reason concerns; nil for none. The caller owns the slice.
func (r Reason) Paths() []string { return slices.Clone(r.paths) }

// Operands returns the operands in the order of [NewReason]; nil for none. The caller owns the slice.
func (r Reason) Operands() []Operand { return slices.Clone(r.operands) }

// At returns the reason with paths added behind those that it has.
func (r Reason) At(paths ...string) Reason {
	r.paths = slices.Concat(r.paths, paths)
	return r
}

// Below returns the reason with path in front of each of its paths, as [Below] does for errors.
func (r Reason) Below(path string) Reason {
	r.paths = slices.Clone(r.paths)
	for i, p := range r.paths {
		r.paths[i] = JoinPath(path, p)
	}
	return r
}

// For returns the reason as reader may see it; "(withheld)" stands in place of the operands of other audiences.
func (r Reason) For(reader string) Reason {
	r.operands = slices.Clone(r.operands)
	for i, o := range r.operands {
		if !o.audience.Includes(reader) {
			r.operands[i] = Operand{name: o.name}
		}
	}
	return r
}

// Worded returns the reason with a sentence whose operands w writes; nil: as [Operand.String] writes them. The
// operands themselves stay what they are.
func (r Reason) Worded(w Wording) Reason {
	r.wording = w
	return r
}

// IsZero reports whether r is no reason.
func (r Reason) IsZero() bool { return r.code == "" }

// String returns the sentence; "" for no reason.
func (r Reason) String() string { return string(r.appendSentence(make([]byte, 0, 256))) }

// appendSentence appends the template with the operands in place of their names.
func (r *Reason) appendSentence(b []byte) []byte {
	rest := r.template
	for {
		at := strings.IndexByte(rest, '{')
		if at < 0 {
			return append(b, rest...)
		}
		b, rest = append(b, rest[:at]...), rest[at:]
		if i := slices.IndexFunc(r.operands, func(o Operand) bool { return o.opens(rest) }); i >= 0 {
			o := r.operands[i]
			if rest = rest[len(o.name)+2:]; r.wording != nil && o.value != nil {
				b = r.wording.AppendOperand(b, o)
			} else {
				b = o.append(b)
			}
		} else {
			b, rest = append(b, '{'), rest[1:]
		}
	}
}

// opens reports whether a text begins with the operand's name in braces.
func (o *Operand) opens(text string) bool {
	end := len(o.name) + 1
	return len(text) > end && text[end] == '}' && text[1:end] == o.name
}

// Audience is the readers who may see an operand: everyone, which is the zero value, or a set of them.
type Audience struct{ readers []string }

// NewAudience returns the audience of exactly these readers. Without a reader it is nobody, not everyone.
func NewAudience(readers ...string) Audience {
	return Audience{readers: append([]string{}, readers...)}
}

// Includes reports whether reader belongs to the audience.
func (a Audience) Includes(reader string) bool {
	return a.readers == nil || slices.Contains(a.readers, reader)
}

// Operand is one typed fact inside a reason, made by [Op], with its audience; the zero value is a withheld one.
type Operand struct {
	name     string
	value    any
	audience Audience
}

// Op returns an operand that everyone may see.
func Op[T string | int | Money | Percent | Ratio | Date | time.Time | Word | End](name string, v T) Operand {
	return Operand{name: name, value: v}
}

// To returns the operand with another audience.
func (o Operand) To(a Audience) Operand {
	o.audience = a
	return o
}

// Name returns the operand's name in the template.
func (o Operand) Name() string { return o.name }

// Value returns the value, which has one of the types that [Op] takes; nil once [Reason.For] has withheld it.
func (o Operand) Value() any { return o.value }

// String returns the value as a sentence shows it: instants in RFC 3339 in UTC, a withheld one as "(withheld)".
func (o Operand) String() string {
	if text, ok := o.value.(string); ok {
		return text
	}
	return string(o.append(make([]byte, 0, 64)))
}

func (o *Operand) append(b []byte) []byte {
	switch v := o.value.(type) {
	case string:
		return append(b, v...)
	case int:
		return strconv.AppendInt(b, int64(v), 10)
	case Money:
		return append(b, v.String()...)
	case Percent:
		return v.append(b)
	case Ratio:
		return append(b, v.String()...)
	case Date:
		b, _ = v.AppendText(b)
		return b
	case time.Time:
		return v.UTC().AppendFormat(b, time.RFC3339Nano)
	case Word:
		return append(b, v...)
	case End:
		return time.Time(v).UTC().AppendFormat(b, time.RFC3339Nano)
	default:
		return append(b, withheld...)
	}
}

// MarshalJSON returns what [Reason.AppendJSON] appends.
func (r Reason) MarshalJSON() ([]byte, error) { return r.AppendJSON(nil) }

// AppendJSON appends an object with code, text (the sentence), paths and operands, each with name and value: an
// int as a number, [Money] as its JSON, anything else as text. Withheld operands and empty lists are left out; the
// zero value is null. Only text that is not UTF-8 is an error. Nothing reads this form back.
func (r Reason) AppendJSON(b []byte) ([]byte, error) {
	if r.IsZero() {
		return append(b, "null"...), nil
	}
	q := quoter{b: b}
	quote(&q, `{"code":`, string(r.code))
	quote(&q, `,"text":`, r.appendSentence(make([]byte, 0, 256)))
	for i, path := range r.paths {
		quote(&q, between(i, `,"paths":[`), path)
	}
	q.close(len(r.paths))
	n := 0
	for _, o := range r.operands {
		if o.value != nil {
			quote(&q, between(n, `,"operands":[`)+`{"name":`, o.name)
			q.operand(o)
			n++
		}
	}
	q.close(n)
	return append(q.b, '}'), q.err
}

// between returns the text before the i-th element of a list: its opening, or a comma.
func between(i int, open string) string {
	if i == 0 {
		return open
	}
	return ","
}

// quoter appends texts to a document and keeps the first error.
type quoter struct {
	b   []byte
	err error
}

// quote appends before as it is, and s as a JSON string.
func quote[T string | []byte](q *quoter, before string, s T) {
	var err error
	q.b, err = jsontext.AppendQuote(append(q.b, before...), s)
	q.err = cmp.Or(q.err, err)
}

// close ends a list that has elements; one without is left out.
func (q *quoter) close(elements int) {
	if elements > 0 {
		q.b = append(q.b, ']')
	}
}

func (q *quoter) operand(o Operand) {
	switch v := o.value.(type) {
	case int:
		q.b = strconv.AppendInt(append(q.b, `,"value":`...), int64(v), 10)
	case Money:
		q.b, _ = v.AppendJSON(append(q.b, `,"value":`...))
	default:
		quote(q, `,"value":`, o.append(make([]byte, 0, 64)))
	}
	q.b = append(q.b, '}')
}
