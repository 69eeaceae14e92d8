package value

import (
	"cmp"
	"strconv"

	"github.com/go-json-experiment/json/jsontext"
)

// MarshalJSON returns what [Reason.AppendJSON] appends.
func (r Reason) MarshalJSON() ([]byte, error) { return r.AppendJSON(nil) }

// AppendJSON appends an object with the code, the text (the sentence), the paths and the operands in order,
// each with its name and value: an int as a number, [Money] as [Money.AppendJSON] writes it, anything else as
// text. Withheld operands are left out; call [Reason.For] first to withhold them. The zero value is written
// as null. Only text that is not UTF-8 is an error. Nothing reads this form back.
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
