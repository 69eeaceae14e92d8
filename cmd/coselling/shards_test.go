package main

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"regexp"
	"strings"
	"testing"

	cmpdiff "github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/coselling/coselling/crmcsv"
	"github.com/coselling/coselling/value"
)

var dealID = regexp.MustCompile(`\bD-[0-9]+`)

// spoiled returns the rows of a file many times over, in its order or in any, with rows that are spoiled in every way
// that a file can be, and with reversals of any deal.
func spoiled(of string, rows int, seed uint64, inOrder bool) string {
	draw := rand.New(rand.NewPCG(seed, 0))
	header, rest, _ := strings.Cut(of, "\n")
	lines := strings.Split(strings.TrimSpace(rest), "\n")
	var file strings.Builder
	file.WriteString("a title\n" + header + "\n")
	for n := range rows {
		at := draw.IntN(len(lines))
		if inOrder {
			at = n * len(lines) / rows
		}
		_, tail, _ := strings.Cut(lines[at], ",")
		tail = dealID.ReplaceAllString(tail, fmt.Sprint("D-", draw.IntN(rows)))
		id, end := fmt.Sprint("D-", n), "\n"
		switch draw.IntN(60) {
		case 0:
			id = fmt.Sprint("D-", draw.IntN(n+1))
		case 1:
			tail = strings.Replace(tail, ",", "", 1)
		case 2:
			tail = `"open ` + tail
		case 3:
			tail = strings.Replace(tail, " ", "\"\n\"", 1)
		case 4:
			id = "\"two\nlines " + id + `"`
		case 5:
			end = "\n\n" + header + "\na footer\n"
		case 6:
			tail = strings.Replace(tail, "USD", "XAU", 1)
		case 7:
			tail = strings.Replace(tail, "ana.diaz", "Ana.Diaz", 1)
		case 8:
			end = "\xff\x00\n"
		case 9:
			end = "\r\n"
		case 10:
			end = strings.Repeat("x", 2000) + "\n"
		}
		file.WriteString(id + "," + tail + end)
	}
	return file.String()
}

// byOneReader writes a book as book.write does, but reads row by row on one processor.
func byOneReader(b *book, from source) error {
	each := func(take func(*taken) error) error {
		return b.open(from, func(reader *crmcsv.Reader) error {
			var deal crmcsv.Row
			t := taken{Deal: &deal}
			for {
				err := reader.Read(&deal)
				b.skipped, b.doubts = reader.Skipped(), reader.Doubts()
				if t.Bad, _ = errors.AsType[*crmcsv.BadRow](err); err == io.EOF {
					return nil
				} else if err != nil && t.Bad == nil {
					return err
				}
				if err := take(&t); err != nil {
					return err
				}
			}
		})
	}
	if err := errors.Join(b.check(from), b.view.begin(b)); err != nil {
		return err
	}
	if err := each(func(t *taken) error { b.prepare(0, t); return b.take(t) }); err != nil {
		return err
	}
	return cmp.Or(b.flush(), b.undo(from), b.closePeriods(value.Date{}), b.view.end(b))
}

// A file in shards gives the bytes of one reader, however it is spoiled.
func TestShardsGiveWhatOneReaderGives(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		file := spoiled(sampleFile(t, "deals.csv"), rapid.IntRange(0, 1200).Draw(r, "rows"), rapid.Uint64().Draw(r, "seed"), false)
		args := rapid.SampledFrom([][]string{{"-format", "csv"}, {"-format", "json"}, nil, {"-sort", "-format", "csv"},
			{"-as-of", "2026-06-30"}, {"-rep", "all"}, {"-quarters"}}).Draw(r, "arguments")
		from := func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(file)), nil }
		var texts, errs [2]string
		for i, write := range []func(*book, source) error{(*book).write, byOneReader} {
			var out strings.Builder
			o, c := asked(t, args...)
			b, err := o.book(c, o.view(&out))
			if err != nil {
				t.Fatal(err)
			}
			errs[i], texts[i] = fmt.Sprint(write(b, from)), out.String()
		}
		if texts[0] != texts[1] || errs[0] != errs[1] {
			r.Fatalf("%q: %s, one reader %s\n%s", args, errs[0], errs[1], cmpdiff.Diff(texts[1], texts[0]))
		}
	})
}
