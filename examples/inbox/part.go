package main

import (
	"encoding/base64"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"strconv"
	"strings"

	"github.com/coselling/coselling/value"
)

const (
	maxDepth = 8   // of parts within parts
	maxParts = 200 // in one mail
)

// parts counts the parts of one mail.
type parts struct{ seen int }

// readPart looks at one part of a mail, and at those within it, for plain text and
// for calendars. A part that cannot be decoded is skipped; only too many parts, and parts
// nested too deeply, are refused.
func (m *message) readPart(contentType, encoding string, body io.Reader, all *parts, depth int) error {
	all.seen++
	if all.seen > maxParts || depth > maxDepth {
		return value.NewError(mailParts, "part "+strconv.Itoa(all.seen)+", nested "+strconv.Itoa(depth)+" deep,",
			"is beyond the bounds of a mail, 200 parts and 8 levels")
	}
	kind, params, err := mime.ParseMediaType(contentType)
	if err != nil {
		kind = "text/plain"
	}
	switch {
	case strings.HasPrefix(kind, "multipart/") && params["boundary"] != "":
		return m.readParts(multipart.NewReader(body, params["boundary"]), all, depth)
	case kind == "text/calendar":
		if text, err := io.ReadAll(transfer(encoding, body)); err == nil {
			m.calendars = append(m.calendars, text)
		}
	case kind == "text/plain" && m.text == "":
		m.text = decoded(params["charset"], transfer(encoding, body))
	}
	return nil
}

func (m *message) readParts(reader *multipart.Reader, all *parts, depth int) error {
	for {
		part, err := reader.NextRawPart()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return nil // the rest was cut off; keep what was read
		}
		if err := m.readPart(part.Header.Get("Content-Type"), part.Header.Get("Content-Transfer-Encoding"), part, all,
			depth+1); err != nil {
			return err
		}
	}
}

// transfer decodes the transfer encoding of a part.
func transfer(encoding string, body io.Reader) io.Reader {
	switch strings.ToLower(strings.TrimSpace(encoding)) {
	case "base64":
		return base64.NewDecoder(base64.StdEncoding, body)
	case "quoted-printable":
		return quotedprintable.NewReader(body)
	default:
		return body
	}
}

// decoded returns a text as far as it can be read.
func decoded(name string, body io.Reader) string {
	if name != "" {
		if reader, err := charset(name, body); err == nil {
			body = reader
		}
	}
	text, _ := io.ReadAll(body) // an error leaves what stands before it
	return strings.ToValidUTF8(string(text), "\uFFFD")
}
