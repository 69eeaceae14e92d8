package main

import (
	"encoding/base64"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"net/textproto"
	"strconv"
	"strings"

	"github.com/coselling/coselling/value"
)

const (
	maxDepth = 8       // of parts within parts
	maxParts = 200     // in one mail
	maxText  = 1 << 20 // bytes of the words of a mail
)

// body is what the parts of a mail hold, read for its message.
type body struct {
	*message
	parts       int
	plain, page string // the first text of each kind that is no attachment
}

// readPart looks at one part of a mail, and at those within it, for words, calendars and forwarded mails. A part that
// cannot be decoded is skipped; only too many parts, and parts nested too deeply, are refused.
func (b *body) readPart(h textproto.MIMEHeader, content io.Reader, depth int) error {
	if b.parts++; b.parts > maxParts || depth > maxDepth {
		return value.NewError("inbox.mail.parts",
			"part "+strconv.Itoa(b.parts)+", nested "+strconv.Itoa(depth)+" deep,",
			"is beyond the bounds of a mail, 200 parts and 8 levels")
	}
	kind, params, err := mime.ParseMediaType(h.Get("Content-Type"))
	if err != nil {
		kind = "text/plain"
	}
	attached, named, _ := mime.ParseMediaType(h.Get("Content-Disposition"))
	isFile := attached == "attachment" || named["filename"] != "" || params["name"] != ""
	content = transfer(h.Get("Content-Transfer-Encoding"), content)
	switch {
	case strings.HasPrefix(kind, "multipart/") && params["boundary"] != "":
		return b.readParts(multipart.NewReader(content, params["boundary"]), depth)
	case kind == "text/calendar":
		b.automatic = b.automatic || notice(kind, params) && !isFile
		if text, err := io.ReadAll(io.LimitReader(content, maxCalendar+1)); err == nil {
			b.calendars = append(b.calendars, text)
		}
	case kind == "message/rfc822": // a mail that is forwarded as a file
		if inner, err := mail.ReadMessage(io.LimitReader(content, maxHead)); err == nil {
			b.refs = append(b.refs, ids(inner.Header.Get("Message-Id"))...)
		}
	case kind == "text/plain" && !isFile && strings.TrimSpace(b.plain) == "":
		b.plain = b.decoded(params["charset"], content)
	case kind == "text/html" && !isFile && b.page == "":
		b.page = b.decoded(params["charset"], content)
	}
	return nil
}

// words returns what the author wrote: the plain text, or else the words of the page.
func (b *body) words() string {
	if strings.TrimSpace(b.plain) == "" {
		return ownWords(htmlText(b.page))
	}
	return ownWords(b.plain)
}

func (b *body) readParts(reader *multipart.Reader, depth int) error {
	for {
		part, err := reader.NextRawPart()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return nil // the rest was cut off; keep what was read
		}
		if err := b.readPart(part.Header, part, depth+1); err != nil {
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

// decoded returns a text as far as it can be read, and its first MiB where it is longer.
func (b *body) decoded(name string, text io.Reader) string {
	if name != "" {
		if reader, err := charset(name, text); err == nil {
			text = reader
		}
	}
	words, _ := io.ReadAll(io.LimitReader(text, maxText+1)) // an error leaves what stands before it
	if len(words) > maxText {
		b.cut = value.NewError("inbox.mail.text", "more than 1 MiB of words", "stand in the mail; the rest is not read")
		words = words[:maxText]
	}
	return strings.ToValidUTF8(string(words), "\uFFFD")
}
