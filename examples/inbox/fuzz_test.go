package main

import (
	"errors"
	"io"
	"io/fs"
	"strings"
	"testing"

	"github.com/coselling/coselling/value"
)

// seeds are the files of the sample with an extension.
func seeds(f *testing.F, ext string) {
	files, err := fs.Glob(sample, "sample/*"+ext)
	if err != nil || len(files) == 0 {
		f.Fatal(files, err)
	}
	for _, name := range files {
		data, err := fs.ReadFile(sample, name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
}

// wholly reads one file and prints its report: nothing panics, and every problem has
// a code.
func wholly(t *testing.T, name string, data []byte) {
	p := box(t, map[string]string{name: string(data)})
	for _, l := range p.problems {
		if _, ok := errors.AsType[*value.Error](l.err); !ok || errors.Is(l.err, value.Unexpected) {
			t.Errorf("without a code: %v", l.err)
		}
	}
	if err := p.print(io.Discard); err != nil {
		t.Error(err)
	}
}

func FuzzMail(f *testing.F) {
	seeds(f, ".eml")
	f.Add([]byte(goodMail + "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Transfer-Encoding: base64\r\n\r\n!\r\n"))
	f.Fuzz(func(t *testing.T, data []byte) { wholly(t, "a.eml", data) })
}

func FuzzCalendar(f *testing.F) {
	seeds(f, ".ics")
	f.Add([]byte(eventOf("DTSTART:20261102T090000Z", "RRULE:FREQ=MONTHLY;BYDAY=-1FR;COUNT=3")))
	f.Add([]byte(eventOf("DTSTART;A=b")))
	f.Add([]byte(strings.Repeat("BEGIN:VCALENDAR\r\n", 3)))
	f.Fuzz(func(t *testing.T, data []byte) { wholly(t, "a.ics", data) })
}
