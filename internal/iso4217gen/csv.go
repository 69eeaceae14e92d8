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
	rows := csv.NewReader(bytes.NewReader(data))
	rows.Comment = '#'
	rows.FieldsPerRecord = 3
	records, err := rows.ReadAll()
	if err != nil {
		return list{}, err
	}
	if len(records) == 0 || strings.Join(records[0], ",") != columns {
		return list{}, errors.New("the first row is not " + columns)
	}
	for _, f := range records[1:] {
		l.entries = append(l.entries, entry{f[0], f[1], f[2]})
	}
	return l, l.normalize()
}
