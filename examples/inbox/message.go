package main

import (
	"bytes"
	"io"
	"mime"
	"net/mail"
	"strconv"
	"strings"
	"time"

	"golang.org/x/text/encoding/htmlindex"

	"github.com/coselling/coselling/value"
)

// message is a mail as it was written, without bcc, which does not count.
type message struct {
	file      string
	id        string
	at        time.Time
	from      string
	to        []string // to, then cc
	subject   string
	refs      []string
	automatic bool     // a program wrote it
	text      string   // its first plain text
	calendars [][]byte // its parts of text/calendar
}

// automatic reports whether a program wrote a mail: an absence notice (RFC 3834) or a report on a mail that was not
// delivered (RFC 6522).
func automatic(h mail.Header) bool {
	submitted := strings.ToLower(strings.TrimSpace(h.Get("Auto-Submitted")))
	kind, _, _ := mime.ParseMediaType(h.Get("Content-Type")) // "" where it is malformed
	return submitted != "" && submitted != "no" || kind == "multipart/report"
}

// parseMessage reads one mail, with headers in any character set of the web and parts up to
// eight levels deep.
func parseMessage(file string, data []byte) (message, error) {
	raw, err := mail.ReadMessage(bytes.NewReader(data))
	if err != nil {
		return message{}, value.NewError(mailFormat, value.Quote(err.Error()), "stopped the reading of the mail")
	}
	decoder := mime.WordDecoder{CharsetReader: charset}
	m := message{file: file, subject: header(&decoder, raw.Header.Get("Subject"))}
	var problems value.Errors
	m.id = first(ids(raw.Header.Get("Message-Id")))
	if m.id == "" {
		m.id = file // a draft has none; use the name of the file
	}
	m.automatic = automatic(raw.Header)
	m.refs = append(ids(raw.Header.Get("References")), ids(raw.Header.Get("In-Reply-To"))...)
	if m.at, err = raw.Header.Date(); err != nil {
		problems.Add("date", value.NewError(mailDate, value.Quote(raw.Header.Get("Date")), "is no date of a mail"))
	}
	parser := mail.AddressParser{WordDecoder: &decoder}
	for _, name := range []string{"From", "To", "Cc"} {
		list, err := addresses(&parser, raw.Header[name])
		problems.Add(strings.ToLower(name), err)
		if name == "From" {
			m.from = first(list)
		} else {
			m.to = append(m.to, list...)
		}
	}
	problems.Add("body", m.readPart(raw.Header.Get("Content-Type"), raw.Header.Get("Content-Transfer-Encoding"),
		raw.Body, &parts{}, 0))
	return m, problems.Err()
}

// addresses returns the mail addresses of a header, its groups opened.
func addresses(parser *mail.AddressParser, headers []string) ([]string, error) {
	var list []string
	for _, text := range headers {
		if strings.TrimSpace(text) == "" {
			continue
		}
		parsed, err := parser.ParseList(text)
		if err != nil {
			return nil, value.NewError("comms.address.format", value.Quote(text), "is no list of addresses")
		}
		for _, a := range parsed {
			list = append(list, a.Address)
		}
	}
	return list, nil
}

// header returns an unstructured header in plain words, on one line.
func header(decoder *mime.WordDecoder, text string) string {
	decoded, err := decoder.DecodeHeader(text)
	if err != nil {
		decoded = text
	}
	return strings.Join(strings.Fields(strings.ToValidUTF8(decoded, "\uFFFD")), " ")
}

// ids returns the message ids of a header, which are in angle brackets.
func ids(text string) []string {
	var list []string
	for {
		_, rest, ok := strings.Cut(text, "<")
		id, after, closed := strings.Cut(rest, ">")
		if !ok || !closed {
			return list
		}
		if id = strings.TrimSpace(id); id != "" {
			list = append(list, id)
		}
		text = after
	}
}

func first(list []string) string {
	if len(list) == 0 {
		return ""
	}
	return list[0]
}

// charset reads text in any encoding of the web.
func charset(name string, r io.Reader) (io.Reader, error) {
	encoding, err := htmlindex.Get(name)
	if err != nil {
		return nil, err
	}
	return encoding.NewDecoder().Reader(r), nil
}

func bytesLimit(n int) error {
	return value.NewError(fileSize, "more than "+strconv.Itoa(n)+" bytes", "stand there; that much is not read")
}
