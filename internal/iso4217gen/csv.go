package main

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"strings"
)

const (
	publishedMark = "# published: "
	sourceMark    = "# source: "
	columns       = "code,number,minor_units"
)

const head = `# ISO 4217 list one, facts only: every code, its number and the decimal places
# of its minor unit, "N.A." where it has none.
%s%s
%s%s
#
# To refresh: fetch a newer package into a folder outside the repository with
# "npm pack currency-codes" and unpack it, then, in value/,
#
#   go run ../internal/iso4217gen -xml FOLDER/package/iso-4217-list-one.xml \
#     -source "npm package currency-codes VERSION (LICENCE), iso-4217-list-one.xml"
#
# which rewrites this file and value/currency_table.go. Take ISO's XML, not the
# package's data.js: that gives 0 decimal places where ISO says N.A. A newer
# list-one XML from ISO's maintenance agency serves as well.
%s
`

func (l list) csv() []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, head, publishedMark, l.published, sourceMark, l.source, columns)
	for _, e := range l.entries {
		fmt.Fprintf(&b, "%s,%s,%s\n", e.code, e.number, e.minorUnits)
	}
	return b.Bytes()
}

// change is a row of changes.csv: a code, the days between which amounts are in it, and the code that took its place.
type change struct {
	entry
	first, last, successor string
}

const changeColumns = "code,number,minor_units,first,last,successor"

// records returns the rows of a file below its columns.
func records(data []byte, columns string) ([][]string, error) {
	rows := csv.NewReader(bytes.NewReader(data))
	rows.Comment = '#'
	rows.FieldsPerRecord = 1 + strings.Count(columns, ",")
	found, err := rows.ReadAll()
	if err != nil {
		return nil, err
	}
	if len(found) == 0 || strings.Join(found[0], ",") != columns {
		return nil, errors.New("the first row is not " + columns)
	}
	return found[1:], nil
}

// readChanges adds the codes and days of changes.csv to the list.
func (l *list) readChanges(data []byte) error {
	rows, err := records(data, changeColumns)
	if err != nil {
		return err
	}
	for _, f := range rows {
		l.changes = append(l.changes, change{entry{f[0], f[1], f[2]}, f[3], f[4], f[5]})
		l.entries = append(l.entries, entry{f[0], f[1], f[2]})
	}
	return l.normalize()
}

func readCSV(data []byte) (list, error) {
	var l list
	for line := range strings.Lines(string(data)) {
		line = strings.TrimRight(line, "\r\n")
		if s, ok := strings.CutPrefix(line, publishedMark); ok {
			l.published = s
		}
		if s, ok := strings.CutPrefix(line, sourceMark); ok {
			l.source = s
		}
	}
	rows, err := records(data, columns)
	if err != nil {
		return list{}, err
	}
	for _, f := range rows {
		l.entries = append(l.entries, entry{f[0], f[1], f[2]})
	}
	return l, l.normalize()
}
