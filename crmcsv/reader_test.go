package crmcsv_test

import (
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/iotest"
	"unicode/utf16"

	"github.com/coselling/coselling/crmcsv"
	"github.com/coselling/coselling/value"
)

func TestReaderTakesUsualLineEndsAndQuotes(t *testing.T) {
	want := readOne(t, plainMapping, file(line()))
	for _, c := range []struct{ name, mapping, csv string }{
		{"byte order mark", plainMapping, "\ufeff" + file(line())},
		{"byte order mark and a quote", plainMapping, "\ufeff" + strings.Replace(file(line()), "id,", `"id",`, 1)},
		{"CRLF", plainMapping, strings.ReplaceAll(file(line()), "\n", "\r\n")},
		{"no last line end", plainMapping, strings.TrimSuffix(file(line()), "\n")},
		{"blanks around cells", plainMapping, strings.ReplaceAll(strings.ReplaceAll(file(line()), ",", " ,"), `" ,"`, ` ","`)},
		{"semicolons", strings.Replace(plainMapping, "{", `{"delimiter": ";",`, 1), strings.ReplaceAll(file(line()), ",", ";")},
		{"tabs", strings.Replace(plainMapping, "{", `{"delimiter": "\t",`, 1), strings.ReplaceAll(file(line()), ",", "\t")},
		{"a delimiter of several bytes", strings.Replace(plainMapping, "{", `{"delimiter": "¦",`, 1), strings.ReplaceAll(file(line()), ",", "¦")},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := readOne(t, c.mapping, c.csv); fmt.Sprintf("%+v", got) != fmt.Sprintf("%+v", want) {
				t.Errorf("got  %+v\nwant %+v", got, want)
			}
		})
	}
}

func TestReaderCountsLines(t *testing.T) {
	deals, bad := read(t, plainMapping, "\r\n\n"+file( // header on line 3
		line(),                        // 4
		"\n\r\n",                      // 5, 6
		line(change{"id", "a\r\nb"}),  // 7, 8
		line(change{"value", "\n\n"}), // 9 to 11
		"\n",                          // 12
		line(change{"id", "last"}),    // 13
	))
	var lines []int
	for _, d := range deals {
		lines = append(lines, d.Line)
	}
	if !slices.Equal(lines, []int{4, 7, 13}) || len(bad) != 1 || bad[0].Line != 9 {
		t.Errorf("deals on lines %d, bad rows %v", lines, bad)
	}
	if deals[1].Booking.ID != "a\nb" {
		t.Errorf("id %q", deals[1].Booking.ID)
	}
}

func TestReaderRefusesAFileWithoutHeader(t *testing.T) {
	utf16LE := func(bom bool) string {
		units := utf16.Encode([]rune(file(line())))
		if bom {
			units = append([]uint16{0xFEFF}, units...)
		}
		var b strings.Builder
		for _, u := range units {
			b.WriteByte(byte(u))
			b.WriteByte(byte(u >> 8))
		}
		return b.String()
	}
	for _, c := range []struct{ name, csv, says string }{
		{"empty", "", "an empty file has no header"},
		{"a byte order mark", "\ufeff", "an empty file has no header"},
		{"empty lines", "\n\r\n\n", "an empty file has no header"},
		{"UTF-16 without a mark", utf16LE(false), "the file is in UTF-16 without a byte-order mark; state its encoding, utf-16le or utf-16be"},
		{"not UTF-8", "id,caf\xe9\n", `"caf\xe9" is not UTF-8 text; state the file's encoding, or save the file as UTF-8`},
		{"a workbook", "PK\x03\x04\x14\x00", `the file is a workbook; save its sheet as CSV, which spreadsheets call "CSV UTF-8"`},
		{"an old workbook", "\xd0\xcf\x11\xe0\xa1", "the file is a workbook"},
		{"bare quote", "\nid,a\"b\n", `header: line 2 is no CSV: bare "`},
		{"quote not closed", "id,\"value\n" + line(), `header: line 1 is no CSV`},
		{"endless", `"` + strings.Repeat("x", 5<<20), `header: line 1 is above 1 MiB or 1,000 lines`},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := crmcsv.NewReader(strings.NewReader(c.csv), mapping(t, plainMapping))
			if !errors.Is(err, value.Code("file.header")) || !strings.Contains(err.Error(), c.says) {
				t.Errorf("%v, want %q", err, c.says)
			}
		})
	}
}

func TestReaderNamesEveryMissingColumn(t *testing.T) {
	_, err := crmcsv.NewReader(strings.NewReader("IDs,value,rep,\"stage\n2\",rep\n"), mapping(t, smallest))
	if got := fmt.Sprint(refusals(t, err)); got != "[{file.column mapping.fields.id.column} {file.column mapping.payees[0].rep.column}]" {
		t.Error(got)
	}
	want := `mapping.fields.id.column: "id" is no column of the file; it has "IDs", "value", "rep", "stage\n2", "rep"
mapping.payees[0].rep.column: "rep" stands twice in the header`
	if err.Error() != want {
		t.Errorf("got\n%v\nwant\n%s", err, want)
	}
}

func TestReaderShortensTheHeader(t *testing.T) {
	header := strings.Repeat(strings.Repeat("x", 1<<18)+",", 3) + strings.Repeat("y,", 40) + "z\n"
	_, err := crmcsv.NewReader(strings.NewReader(header), mapping(t, smallest))
	if len(refusals(t, err)) != 3 || !strings.Contains(err.Error(), " and 24 more") {
		t.Errorf("%v", err)
	}
}

func TestReaderTakesAColumnTwiceThatNoFieldReads(t *testing.T) {
	deals, bad := read(t, smallest, "id,value,rep,note,note\nD-1,5,ana,,\n")
	if len(deals) != 1 || len(bad) != 0 {
		t.Errorf("%v %v", deals, bad)
	}
}

func TestReaderOfAHeaderAloneYieldsNothing(t *testing.T) {
	for _, end := range []string{"", "\n", "\n\n\r\n"} {
		if deals, bad := read(t, smallest, "id,value,rep"+end); len(deals)+len(bad) > 0 {
			t.Errorf("%q: %v %v", end, deals, bad)
		}
	}
}

func TestReaderReturnsTheErrorOfItsFile(t *testing.T) {
	broken := errors.New("the disk is on fire")
	for _, sound := range []string{"", "id", "id,value,rep", "id,value,rep\nD", "id,value,rep\nD-1,5,ana\n", "id,value,rep\nD-1,5,ana\n\"D-2", "id,value,rep\nD-1,5,ana\nD-2,5,ana"} {
		reader, err := crmcsv.NewReader(io.MultiReader(strings.NewReader(sound), iotest.ErrReader(broken)), mapping(t, smallest))
		if !strings.Contains(sound, "\n") {
			if err != broken {
				t.Errorf("behind %q: %v", sound, err)
			}
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		var errs []error
		for _, err := range reader.Rows() {
			errs = append(errs, err)
		}
		want := []error{broken}
		if strings.Contains(sound, "ana\n") {
			want = []error{nil, broken}
		}
		if !slices.Equal(errs, want) {
			t.Errorf("behind %q: %v", sound, errs)
		}
	}
}

// failsOnce returns an error between two texts, as a connection may.
type failsOnce struct {
	texts []string
	err   error
}

func (f *failsOnce) Read(p []byte) (int, error) {
	if f.err != nil && len(f.texts) == 1 {
		err := f.err
		f.err = nil
		return 0, err
	}
	if len(f.texts) == 0 {
		return 0, io.EOF
	}
	n := copy(p, f.texts[0])
	f.texts = f.texts[1:]
	return n, nil
}

// The first error ends the deals, even where the file could be read on.
func TestReaderStopsAtATemporaryError(t *testing.T) {
	broken := errors.New("try again")
	if _, err := crmcsv.NewReader(&failsOnce{[]string{"i", "d,value,rep\nD-1,5,ana\n"}, broken}, mapping(t, smallest)); err != broken {
		t.Errorf("%v", err)
	}
	reader, err := crmcsv.NewReader(&failsOnce{[]string{"id,value,rep\nD-1,5,ana\nD-2,5,", "ana\nD-3,5,ana\n"}, broken}, mapping(t, smallest))
	if err != nil {
		t.Fatal(err)
	}
	var errs []error
	for range 2 {
		for _, err := range reader.Rows() {
			errs = append(errs, err)
		}
	}
	if len(errs) < 2 || errs[0] != nil || errs[1] != broken || slices.Contains(errs[2:], nil) {
		t.Errorf("%v", errs)
	}
}

func TestReaderRefusesAFolder(t *testing.T) {
	folder, err := os.Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	defer folder.Close()
	if _, err := crmcsv.NewReader(folder, mapping(t, smallest)); err == nil || errors.Is(err, value.Code("file.header")) {
		t.Errorf("%v", err)
	}
}

func TestReaderReadsAFileGivenByteByByte(t *testing.T) {
	csv := "\ufeff" + file(line(), line(change{"id", "D\n2"}), "bad,row\n", line(change{"id", "D-3"}))
	for name, r := range map[string]io.Reader{
		"one byte": iotest.OneByteReader(strings.NewReader(csv)), "halves": iotest.HalfReader(strings.NewReader(csv)),
		"data with EOF": iotest.DataErrReader(strings.NewReader(csv)),
	} {
		reader, err := crmcsv.NewReader(r, mapping(t, plainMapping))
		if err != nil {
			t.Fatal(err)
		}
		deals, bad := 0, 0
		for _, err := range reader.Rows() {
			if err == nil {
				deals++
			} else {
				bad++
			}
		}
		if deals != 3 || bad != 1 {
			t.Errorf("%s: %d deals, %d bad rows", name, deals, bad)
		}
	}
}

// A caller may stop and go on; no deal comes twice.
func TestReaderGoesOnAfterABreak(t *testing.T) {
	reader, err := crmcsv.NewReader(strings.NewReader(file(line(), line(change{"id", "D-2"}))), mapping(t, plainMapping))
	if err != nil {
		t.Fatal(err)
	}
	var ids []string
	for range 3 {
		for deal, err := range reader.Rows() {
			if err != nil {
				t.Fatal(err)
			}
			ids = append(ids, deal.Booking.ID)
			break
		}
	}
	if !slices.Equal(ids, []string{"D-1", "D-2"}) {
		t.Errorf("%q", ids)
	}
}

// A deal stays what it was while the reader goes on.
func TestReaderNeverChangesADealThatItYielded(t *testing.T) {
	reader, err := crmcsv.NewReader(strings.NewReader(file(line(), line(change{"id", "D-2"}, change{"account", "Other"}, change{"a rep", "eve"}))), mapping(t, plainMapping))
	if err != nil {
		t.Fatal(err)
	}
	var first crmcsv.Row
	for deal, err := range reader.Rows() {
		if err != nil {
			t.Fatal(err)
		}
		if first.Line == 0 {
			first = deal
		}
	}
	if first.Account != "Aster Foods" || first.Booking.ID != "D-1" || first.Booking.Payees[0].Rep != "ana" {
		t.Errorf("%+v", first)
	}
}

// The same rows give the same bytes.
func TestReaderIsDeterministic(t *testing.T) {
	csv := file(line(change{"stage", "?"}, change{"value", "x"}, change{"currency", "?"}, change{"a side", "?"}, change{"a rate", "?"}), line(), line())
	text := func() string {
		deals, bad := read(t, plainMapping, csv)
		var s strings.Builder
		fmt.Fprintf(&s, "%+v", deals)
		for _, b := range bad {
			s.WriteString("\n" + b.Error())
		}
		return s.String()
	}
	first := text()
	for range 20 {
		if text() != first {
			t.Fatal("two readings differ")
		}
	}
	if !strings.Contains(first, "line 2") || !strings.Contains(first, `"D-1" is the id of line 3 too`) {
		t.Error(first)
	}
}

// A row that is read into the storage of one before it costs few allocations.
func TestAReadRowAllocatesLittle(t *testing.T) {
	const rows = 500
	var csv strings.Builder
	csv.WriteString("id,currency,who,side,org,rate,table,more,still more,secret,firm,sum\n")
	for i := range rows {
		fmt.Fprintf(&csv, "D-%d,USD,bo,,,5%%,,,,,,\n", i)
	}
	mapping, err := crmcsv.ParseMapping([]byte(payMapping))
	if err != nil {
		t.Fatal(err)
	}
	allocations := testing.AllocsPerRun(5, func() {
		reader, err := crmcsv.NewReader(strings.NewReader(csv.String()), mapping)
		var deal crmcsv.Row
		for err == nil {
			err = reader.Read(&deal)
		}
		if err != io.EOF {
			t.Fatal(err)
		}
	})
	if allocations > 2.6*rows {
		t.Errorf("%v allocations for %d rows", allocations, rows)
	}
}
