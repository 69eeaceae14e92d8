package crmcsv

import (
	"cmp"
	"strconv"
	"strings"

	"github.com/coselling/coselling/internal/wire"
	"github.com/coselling/coselling/value"
)

// BadRow is a row that could not become a deal, with every problem of it. The
// rows after it still run.
type BadRow struct {
	Line  int // of the file, from 1; where the row begins
	Cells []BadCell
}

// BadCell is one problem of a row.
type BadCell struct {
	Column string       // the header of the column; empty for a constant or the row as a whole
	Field  string       // what the mapping takes it for, such as value or payees[0].rate; empty for the row as a whole
	Value  string       // the text of the cell without blanks around it, its first 1,024 bytes
	Reason *value.Error // why it was refused
}

// short returns the beginning of a cell in storage of its own: a bad row that is
// kept keeps nothing else of the file.
func short(cell string) string { return strings.Clone(cell[:min(len(cell), maxCellBytes)]) }

// Error returns one line with every problem of the row.
func (b *BadRow) Error() string {
	texts := make([]string, len(b.Cells))
	for i, c := range b.Cells {
		texts[i] = c.where() + c.Reason.Got + " " + c.Reason.Want
	}
	return "line " + strconv.Itoa(b.Line) + ": " + strings.Join(texts, "; ")
}

// Unwrap gives the reasons to errors.Is; the caller must not change the slice.
func (b *BadRow) Unwrap() []error {
	reasons := make([]error, len(b.Cells))
	for i, c := range b.Cells {
		reasons[i] = c.Reason
	}
	return reasons
}

func (c BadCell) where() string {
	if name := cmp.Or(c.Column, c.Field); name != "" {
		return wire.Member(name) + ": "
	}
	return ""
}
