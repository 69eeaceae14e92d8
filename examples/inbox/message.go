package main

import (
	"bytes"
	"io"
	"mime"
	"net/mail"
	"net/textproto"
	"slices"
	"strconv"
	"strings"
	"time"

	"golang.org/x/text/encoding/htmlindex"

	"github.com/coselling/coselling/value"
)

const maxHead = 1 << 20 // bytes

// message is a mail as it was written, without bcc, which does not count.
type message struct {
	file      string
	id        string
	at        time.Time
	from      string   // who wrote it
	to        []string // to, then cc
	subject   string
	refs      []string
	automatic bool     // a program wrote it
	quotes    []string // lines of its author that state a price
	cut       error    // words that were not read; the rest of the mail stands
	calendars [][]byte // its parts of text/calendar
}

// parseMessage reads one mail, with headers in any character set of the web and parts up to
// eight levels deep.
func parseMessage(file string, data []byte) (message, error) {
	head := data[:min(len(data), maxHead)]
	if len(head) < len(data) && !bytes.Contains(head, []byte("\n\r\n")) && !bytes.Contains(head, []byte("\n\n")) {
		return message{}, badMail("a mail without a body", "in its first MiB is not read")
	}
	raw, err := mail.ReadMessage(bytes.NewReader(data))
	if err != nil {
		return message{}, badMail(value.Quote(err.Error()), "stopped the reading of the mail")
	}
	decoder := mime.WordDecoder{CharsetReader: charset}
	m := message{file: file, subject: header(&decoder, raw.Header.Get("Subject")), automatic: automatic(raw.Header)}
	var problems value.Errors
	m.id = first(ids(raw.Header.Get("Message-Id")))
	if m.id == "" {
		m.id = file // a draft has none; use the name of the file
	}
	m.refs = append(ids(raw.Header.Get("References")), ids(raw.Header.Get("In-Reply-To"))...)
	m.at, err = mailDate(raw.Header.Get("Date"))
	problems.Add("date", err)
	problems.Add("", m.readPeople(raw.Header))
	body := body{message: &m}
	problems.Add("body", body.readPart(textproto.MIMEHeader(raw.Header), raw.Body, 0))
	for _, line := range quoteLine.FindAllString(body.words(), maxQuotes) {
		m.quotes = append(m.quotes, strings.Clone(line)) // the words are not kept
	}
	return m, problems.Err()
}

// readPeople reads who wrote and who got the mail.
func (m *message) readPeople(h mail.Header) error {
	var problems value.Errors
	list := map[string][]string{}
	for _, name := range []string{"From", "To", "Cc"} {
		people, err := addresses(h[name])
		problems.Add(strings.ToLower(name), err)
		list[name] = people
	}
	replyTo, _ := addresses(h["Reply-To"]) // says something of a list's mail alone
	m.to = slices.Concat(list["To"], list["Cc"])
	if m.from = first(list["From"]); m.from == "" {
		return problems.Err() // the log refuses it
	}
	if m.from = author(h, m.from, replyTo); m.from == "" {
		problems.Add("from", value.NewError("inbox.mail.author", value.Quote(h.Get("From")),
			"is a list, which does not say who wrote the mail"))
	}
	return problems.Err()
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

func badMail(got, problem string) error { return value.NewError("inbox.mail.format", got, problem) }

func bytesLimit(n int) error {
	return value.NewError("inbox.file.size", "more than "+strconv.Itoa(n)+" bytes",
		"stand there; that much is not read")
}
