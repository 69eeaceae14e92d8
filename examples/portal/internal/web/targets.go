package web

import (
	"bufio"
	"encoding/csv"
	"errors"
	"io"
	"slices"
	"strings"

	"github.com/coselling/coselling/examples/portal/internal/store"
	"github.com/coselling/coselling/registration/matching"
)

// targetColumns are the columns that a list of accounts may have, in any order.
var targetColumns = []string{"name", "country", "domain", "strategic"}

// maxListed is how many wrong rows a page tells of at once.
const maxListed = 20

// readTargets reads a list of accounts from a CSV file with a head. It keeps nothing of the file. What is wrong comes
// back as sentences, with the lines.
func readTargets(from io.Reader) (list []matching.Target, lines []int, problems []string, err error) {
	text := bufio.NewReader(from)
	if mark, err := text.Peek(3); err == nil && string(mark) == "\ufeff" {
		_, _ = text.Discard(3)
	}
	rows := csv.NewReader(text)
	if head, _ := text.Peek(1024); !strings.Contains(firstLine(head), ",") && strings.Contains(firstLine(head), ";") {
		rows.Comma = ';'
	}
	rows.FieldsPerRecord, rows.ReuseRecord = -1, true
	columns, problems, err := readHead(rows)
	if err != nil || len(problems) > 0 {
		return nil, nil, problems, err
	}
	for {
		row, err := rows.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if wrong, ok := errors.AsType[*csv.ParseError](err); ok {
			return nil, nil, append(problems, say("planning.csv", wrong.Line)), nil
		}
		if err != nil {
			return nil, nil, nil, err
		}
		if strings.TrimSpace(strings.Join(row, "")) == "" {
			continue
		}
		line, _ := rows.FieldPos(0)
		target, wrong := readTarget(row, columns)
		switch {
		case len(list) == store.MaxTargets:
			return nil, nil, append(problems, say("planning.rows", store.MaxTargets)), nil
		case wrong != "":
			problems = append(problems, say("planning.line", line, wrong))
		}
		if len(problems) == maxListed {
			return nil, nil, append(problems, say("planning.others")), nil
		}
		list, lines = append(list, target), append(lines, line)
	}
	if len(list) == 0 && len(problems) == 0 {
		problems = append(problems, say("planning.empty"))
	}
	return list, lines, problems, nil
}

func firstLine(text []byte) string {
	line, _, _ := strings.Cut(string(text), "\n")
	return line
}

// readHead returns the column of each field of a row.
func readHead(rows *csv.Reader) (columns, problems []string, err error) {
	head, err := rows.Read()
	if wrong, ok := errors.AsType[*csv.ParseError](err); ok {
		return nil, []string{say("planning.csv", wrong.Line)}, nil
	}
	if errors.Is(err, io.EOF) {
		return nil, []string{say("planning.empty")}, nil
	}
	for _, name := range head {
		name = strings.ToLower(strings.TrimSpace(name))
		if !slices.Contains(targetColumns, name) || slices.Contains(columns, name) {
			problems = append(problems, say("planning.column", name, strings.Join(targetColumns, ", ")))
		}
		if columns = append(columns, name); len(problems) == maxListed {
			break
		}
	}
	if len(problems) == 0 && !slices.Contains(columns, "name") && !slices.Contains(columns, "domain") {
		problems = append(problems, say("planning.which"))
	}
	return columns, problems, err
}

// readTarget reads a row, or says what is wrong with it.
func readTarget(row, columns []string) (t matching.Target, wrong string) {
	if len(row) > len(columns) {
		return t, say("planning.cells", len(row), len(columns))
	}
	for i, cell := range row {
		cell = strings.TrimSpace(cell)
		switch columns[i] {
		case "name":
			t.Account.Name = cell
		case "country":
			t.Account.Country = strings.ToUpper(cell)
		case "domain":
			t.Account.Domains = strings.Fields(cell)
		case "strategic":
			switch strings.ToLower(cell) {
			case "yes", "true", "x", "1":
				t.Strategic = true
			case "", "no", "false", "0":
			default:
				wrong = say("planning.strategic", cell)
			}
		}
	}
	return t, wrong
}
