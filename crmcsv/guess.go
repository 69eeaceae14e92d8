package crmcsv

import (
	"bytes"
	"cmp"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/coselling/coselling/value"
)

// GuessOptions are the facts that a file does not have. The zero value states none; [Guess] makes them up then, and
// its mapping lists them.
type GuessOptions struct {
	// of a file without a column of currencies; zero: that of the signs beside its amounts, or US dollars
	Currency value.Currency
	Vendor   string // the org of the vendor, whose reps the owners are; empty: "vendor"
	Partner  string // the org of the partner, whose reps a column of partner reps names; empty: "partner"
}

// Guessed is a first mapping for a file, with a note for each field. The caller owns the slice.
type Guessed struct {
	Mapping Mapping
	Notes   []Note // how the file is written, where each field comes from, and what reading the first rows shows
}

// Note says where a field of a guessed mapping comes from.
type Note struct {
	Field   string // such as value or payees[0].rep; empty for the file as a whole
	Column  string // its columns, separated by commas; empty where none has it
	Because string // why, in words
	Doubt   string // what may be wrong, in words; empty where nothing is doubtful
}

// Guess guesses a mapping for an export from the names of its columns and the texts of its first 1,000 rows, at most
// 1 MiB of r. The same bytes and options give the same answer, and the order of the columns does not matter. The
// mapping can be parsed again, once it is written as JSON, and [NewReader] takes it for the file. Facts that a file
// does not have are made up, and [Mapping.MadeUp] lists them: owners are reps of the vendor at 0%, and amounts without
// a currency are in that of the options, else in that of the signs beside them, else in US dollars. [Mapping.Doubts]
// lists whatever is ambiguous. The order of day and month, where no row decides it, follows from the language of the
// names of columns, else from the currency, else the month is first. A person should read a guess before anybody is
// paid by it.
//
// Errors: those of [NewReader] for a file that is empty, not CSV, a workbook or not in its encoding; file.amount for a
// file in which no column is named like an amount; row.text for an org that is not UTF-8 text of at most 1,024 bytes;
// and those of r.
func Guess(r io.Reader, o GuessOptions) (Guessed, error) {
	var problems value.Errors
	problems.Add("vendor", checkCell(o.Vendor))
	problems.Add("partner", checkCell(o.Partner))
	if len(problems) > 0 {
		return Guessed{}, value.Below("options", problems)
	}
	s, err := newSample(r)
	if err != nil {
		return Guessed{}, err
	}
	g := &guess{sample: s, options: o, tried: newTriedLayouts()}
	g.columnsOf, g.none = map[use][]*candidate{}, map[string]bool{}
	g.form.Fields, g.form.Payees = map[string]spec{}, []map[string]spec{{}}
	g.form.Export = "a guess from the first rows of the file"
	g.sort()
	g.file()
	if err := g.deal(); err != nil {
		return Guessed{}, err
	}
	g.payees()
	if len(g.none) > 0 {
		g.form.NoValue = slices.Sorted(maps.Keys(g.none))
		quoted := make([]string, len(g.form.NoValue))
		for i, text := range g.form.NoValue {
			quoted[i] = value.Quote(text)
		}
		g.note("", "", "cells that say nothing have "+firstOf(quoted), "")
	}
	if err := g.try(); err != nil {
		return Guessed{}, err
	}
	for _, n := range g.notes {
		if n.Doubt != "" {
			g.form.Doubts = append(g.form.Doubts, n.Doubt)
		}
	}
	return Guessed{Mapping{form: g.form}, g.notes}, nil
}

// guess is a mapping while it is guessed.
type guess struct {
	*sample
	options    GuessOptions
	columnsOf  map[use][]*candidate
	language   string
	currencies *candidate      // the column of currencies; nil for one currency
	currency   value.Currency  // that of all rows; zero where a column has it
	none       map[string]bool // folded placeholders
	tried      *triedLayouts
	form       form
	notes      []Note
}

// mostCandidates is the number of columns of one use whose texts are compared.
const mostCandidates = 16

// candidate is a column with its hint.
type candidate struct {
	column
	hint
	texts []string // the different cells that say something, sorted
}

// sort sorts the columns by their uses, and finds the language of their names.
func (g *guess) sort() {
	byName, names := hintsByName(), map[string]int{}
	for _, c := range g.columns {
		h := hintOf(c.short, byName)
		if h.use == useNone {
			continue
		}
		if h.rank < partOfName {
			names[h.language]++
		}
		found := &candidate{column: c, hint: h}
		for _, cell := range c.cells {
			if cell != "" && len(cell) <= maxCellBytes && !isOneOf(folded(cell), placeholders) {
				found.texts = append(found.texts, cell)
			}
		}
		slices.Sort(found.texts)
		found.texts = slices.Compact(found.texts)
		g.columnsOf[h.use] = append(g.columnsOf[h.use], found)
	}
	for u, list := range g.columnsOf {
		slices.SortStableFunc(list, func(a, b *candidate) int { return cmp.Compare(a.rank, b.rank) })
		g.columnsOf[u] = list[:min(len(list), mostCandidates)]
	}
	g.language = english
	for language := range names {
		n, most := names[language], names[g.language]
		if n > most || n == most && g.language != english && language < g.language {
			g.language = language
		}
	}
}

// best returns the column of a use with the fewest faults, and of several such ones that with the better name; nil
// where none has it.
func (g *guess) best(u use, faults func(*candidate) int) *candidate {
	var best *candidate
	least := 0
	for _, c := range g.columnsOf[u] { // the best name first
		if n := faults(c); best == nil || n < least {
			best, least = c, n
		}
	}
	return best
}

// isFilled counts a column without texts as a fault.
func isFilled(c *candidate) int {
	if len(c.texts) == 0 {
		return 1
	}
	return 0
}

// note adds a note.
func (g *guess) note(field, column, because, doubt string) {
	g.notes = append(g.notes, Note{field, column, because, doubt})
}

// takes adds the note of a field from a column.
func (g *guess) takes(field string, c *candidate, doubt string) {
	because := "the column is named so"
	if c.rank >= partOfName {
		because = "the column has such a name in its own"
		doubt = cmp.Or(doubt, "the column "+value.Quote(c.name)+" may be another than its name hints at")
	}
	g.placeholders(c)
	g.note(field, c.name, because, doubt)
}

// placeholders lists the placeholders of a column in the mapping.
func (g *guess) placeholders(c *candidate) {
	for _, cell := range c.cells {
		if form := folded(cell); cell != "" && isOneOf(form, placeholders) {
			g.none[form] = true
		}
	}
}

// file notes how the file is written.
func (g *guess) file() {
	if g.encoding != "" {
		g.form.Encoding = g.encoding
		doubt := ""
		if g.encoding != utf16LEName && g.encoding != utf16BEName {
			doubt = "the file is not UTF-8 and does not state its encoding; letters with accents may be wrong"
		}
		g.note("", "", "the file is not UTF-8; it is read as "+g.encoding, doubt)
	}
	if g.delimiter != nil && *g.delimiter != "," {
		g.form.Delimiter = g.delimiter
		g.note("", "", "the cells of the header are separated by "+value.Quote(*g.delimiter), "")
	}
}

// try reads the sample by the mapping, and doubts a mapping that cannot read all of its rows.
func (g *guess) try() error {
	reader, err := NewReader(bytes.NewReader(g.data), Mapping{form: g.form})
	if err != nil {
		return err
	}
	var deal Row
	rows, bad, first := 0, 0, error(nil)
	for rows < maxSampleRows {
		err := reader.Read(&deal)
		if err == io.EOF || isBadRow(err) && g.isCutOff(reader) {
			break
		}
		if rows++; err == nil {
			continue
		}
		if bad++; first == nil {
			first = err
		}
		if !isBadRow(err) {
			g.note("", "", "the rows were read by the mapping", clipped("the rows cannot be read: "+err.Error()))
			return nil
		}
	}
	if first != nil {
		doubt := strconv.Itoa(bad) + " of the first " + strconv.Itoa(rows) + " rows cannot be read; " + first.Error()
		g.note("", "", "the rows were read by the mapping", clipped(doubt))
	}
	return nil
}

// clipped returns the beginning of a text that a mapping may have.
func clipped(text string) string {
	const most = 1000
	if len(text) <= most {
		return text
	}
	return strings.ToValidUTF8(text[:most], "") + "…"
}
