package wire

import (
	"io"
	"strconv"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/coselling/coselling/value"
)

// Stream reads a document that is too large to be held, value by value. Its members stand in a fixed order.
type Stream struct {
	from  meter
	dec   *jsontext.Decoder
	limit int64 // bytes of one value
}

// NewStream returns a stream of at most all bytes, in which a value has at most limit bytes.
func NewStream(from io.Reader, limit, all int64) *Stream {
	s := &Stream{from: meter{from: from, all: all}, limit: limit}
	s.dec = jsontext.NewDecoder(&s.from)
	return s
}

// Token reads brackets and names of members, in this order.
func (s *Stream) Token(want ...string) error {
	for _, w := range want {
		s.from.next = s.limit
		t, err := s.dec.ReadToken()
		if err != nil {
			return s.broken()
		}
		if t.String() != w {
			return value.NewError(Syntax, value.Quote(t.String()), "stands where "+w+" belongs")
		}
	}
	return nil
}

// More reports whether another element of a list follows.
func (s *Stream) More() bool {
	s.from.next = s.limit
	return s.dec.PeekKind() != ']'
}

// End refuses anything behind the document.
func (s *Stream) End() error {
	if _, err := s.dec.ReadToken(); err != io.EOF {
		return value.NewError(Syntax, "data", "follows the end of the document")
	}
	return nil
}

// Next reads the next value of a stream, as strict as [Unmarshal].
func Next[T any](s *Stream, into *T) error {
	s.from.next = s.limit
	raw, err := s.dec.ReadValue()
	if err != nil {
		return s.broken()
	}
	return Unmarshal(raw, int(s.limit), into)
}

// broken returns the error of a document that cannot be read any further.
func (s *Stream) broken() error {
	if s.from.above {
		want := "is too large, or has a value above " + strconv.FormatInt(s.limit, 10) + " bytes"
		return value.NewError(Size, "the document", want)
	}
	at := strconv.FormatInt(s.dec.InputOffset(), 10)
	return value.NewError(Syntax, "the document", "is cut or is not JSON after "+at+" bytes")
}

// meter bounds the bytes that are read for one value and in all.
type meter struct {
	from      io.Reader
	next, all int64 // bytes that may still be read
	above     bool
}

// Read reads from the reader below, up to the bounds.
func (m *meter) Read(b []byte) (int, error) {
	if m.next <= 0 || m.all <= 0 {
		m.above = true
		return 0, io.ErrUnexpectedEOF
	}
	n, err := m.from.Read(b[:min(int64(len(b)), m.next, m.all)])
	m.next, m.all = m.next-int64(n), m.all-int64(n)
	return n, err
}
