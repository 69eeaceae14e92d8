package main

import (
	"cmp"
	"flag"
	"fmt"
	"strconv"
	"strings"

	"github.com/coselling/coselling/internal/escape"
	"github.com/coselling/coselling/internal/grid"
	"github.com/coselling/coselling/internal/wire"
	"github.com/coselling/coselling/value"
)

var checkCommand = command{
	name: "check", args: "FILE…", formats: allFormats,
	about: "every problem of documents, with its line and column and what is allowed; then what is doubtful",
	more: "FILE is a book, a policy of compensation, its history, a roster, a mapping, a deal, a record or a test " +
		"(*.test.json), in JSON. Its members show which; where they do not, -kind says it.",
	examples: []string{
		"check policy.json",
		"check -strict book.json roster.json",
		"check - < deal.json",
	},
	flags: func(flags *flag.FlagSet) func(*call) error {
		kind := flags.String("kind", "", "the `KIND` of all files: book, policy, history, roster, mapping, deal, "+
			"record or test")
		strict := flags.Bool("strict", false, "doubts count as problems, for the exit status")
		return func(c *call) error { return runCheck(c, *kind, *strict) }
	},
}

// remark is a problem of a document, or a doubt about it.
type remark struct {
	place
	path  string
	says  string
	code  value.Code
	doubt bool
}

// checked is a file with its remarks.
type checked struct {
	file, kind string
	remarks    []remark
}

func runCheck(c *call, kind string, strict bool) error {
	var all []checked
	problems, doubts := 0, 0
	for _, file := range c.args {
		data, err := c.read(file, maxDocumentBytes)
		if err != nil {
			return err
		}
		k, err := kindOf(kind, data)
		if err != nil {
			return fmt.Errorf("%s: %w", file, err)
		}
		remarks, err := k.remarks(data)
		if err != nil {
			return err
		}
		one := checked{file, k.name, remarks}
		for _, r := range one.remarks {
			if r.doubt {
				doubts++
			} else {
				problems++
			}
		}
		all = append(all, one)
	}
	if err := printChecked(c, all); err != nil {
		return err
	}
	switch files := counted(len(all), "file", "files"); {
	case problems > 0:
		return found{fmt.Errorf("%s in %s", counted(problems, "problem", "problems"), files)}
	case strict && doubts > 0:
		return found{fmt.Errorf("%s in %s", counted(doubts, "doubt", "doubts"), files)}
	}
	return nil
}

// remarks returns the problems of a document, or the doubts about one without problems, with their places.
func (k kind) remarks(data []byte) ([]remark, error) {
	about := new(schema)
	if k.name != "" {
		var err error
		if about, err = schemaOf(k.name); err != nil {
			return nil, err
		}
	}
	doubts, err := k.judge(data)
	var problems value.Errors
	problems.Add("", err)
	spots := make([]spot, 0, len(problems)+len(doubts))
	for _, e := range problems {
		spots = append(spots, spot{e.Path, e.Code == wire.Repeated})
	}
	for _, d := range doubts {
		spots = append(spots, spot{path: append(d.Paths(), "")[0]})
	}
	places, stands := placesOf(data, spots)
	all := make([]remark, len(spots))
	for i, s := range spots {
		all[i] = remark{place: places[i], path: s.path}
		if i >= len(problems) {
			d := doubts[i-len(problems)]
			all[i].says, all[i].code, all[i].doubt = d.String(), d.Code(), true
			continue
		}
		all[i].take(problems[i], stands[s.path], about)
	}
	return all, nil
}

// take takes a problem. Where the form is wrong it also says what stands there and what belongs there.
func (r *remark) take(e *value.Error, stands string, about *schema) {
	r.code = e.Code
	if own, ok := placeOfSyntax(e); ok {
		r.place = own
	}
	got, says := e.Got, ""
	if e.Code == wire.Type || e.Code == wire.Missing {
		says = about.says(e.Path)
	}
	if e.Code == wire.Type && stands != "" {
		got = stands
	}
	r.says = got + " " + e.Problem
	if says != "" {
		r.says += ": " + says
	}
}

// printChecked writes the remarks of all files, and in text a last line for each file.
func printChecked(c *call, all []checked) error {
	if c.format == "json" {
		return printJSON(c, jsonChecked(all))
	}
	table := grid.Table{Head: []string{"file", "line", "column", "", "field", "what", "code"}, From: 1, To: 3}
	var text strings.Builder
	for _, f := range all {
		for _, r := range f.remarks {
			what := "problem"
			if r.doubt {
				what = "doubt"
			}
			table.Rows = append(table.Rows, []string{f.file, strconv.Itoa(r.line), strconv.Itoa(r.column), what, r.path,
				r.says, string(r.code)})
			text.WriteString(escape.Line(f.line(r)) + "\n")
		}
		text.WriteString(escape.Line(f.summary()) + "\n")
	}
	if c.format != "text" {
		return printGrid(c, table)
	}
	_, err := c.out.Write([]byte(text.String()))
	return err
}

// line writes a remark as compilers do, so that editors find its place.
func (f checked) line(r remark) string {
	line := fmt.Sprintf("%s:%d:%d: ", f.file, r.line, r.column)
	if r.doubt {
		line += "doubt: "
	}
	if r.path != "" && !strings.HasPrefix(r.says, r.path+" ") {
		line += r.path + ": "
	}
	return line + r.says
}

func (f checked) summary() string {
	problems, doubts := 0, 0
	for _, r := range f.remarks {
		if r.doubt {
			doubts++
		} else {
			problems++
		}
	}
	var parts []string
	if problems > 0 {
		parts = append(parts, counted(problems, "problem", "problems"))
	}
	if doubts > 0 {
		parts = append(parts, counted(doubts, "doubt", "doubts"))
	}
	what := "no document"
	if f.kind != "" {
		what = "a " + f.kind
	}
	return f.file + ": " + what + ", " + cmp.Or(strings.Join(parts, ", "), "no problem")
}

// jsonFile is a file in JSON.
type jsonFile struct {
	File    string       `json:"file"`
	Kind    string       `json:"kind"`
	Remarks []jsonRemark `json:"remarks"`
}

// jsonRemark is a remark in JSON.
type jsonRemark struct {
	Line   int        `json:"line"`
	Column int        `json:"column"`
	Path   string     `json:"path"`
	Says   string     `json:"says"`
	Code   value.Code `json:"code"`
	Doubt  bool       `json:"doubt"`
}

func jsonChecked(all []checked) []jsonFile {
	files := make([]jsonFile, len(all))
	for i, f := range all {
		files[i] = jsonFile{f.file, f.kind, []jsonRemark{}}
		for _, r := range f.remarks {
			files[i].Remarks = append(files[i].Remarks, jsonRemark{r.line, r.column, r.path, r.says, r.code, r.doubt})
		}
	}
	return files
}
