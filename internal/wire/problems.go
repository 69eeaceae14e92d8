package wire

import (
	"strconv"
	"strings"

	"github.com/coselling/coselling/value"
)

// List collects the first problems of a document and the number of the others. The zero value is empty.
type List struct {
	list  value.Errors
	words int // bytes of the texts of the list
	more  int
}

// Full reports whether the next problem will not be listed, and counts it then. Call it before making a problem.
func (p *List) Full() bool {
	if len(p.list) < maxProblems && p.words < maxWords {
		return false
	}
	p.more++
	return true
}

// Add adds err with path in front of its path, as [value.Errors.Add] does.
func (p *List) Add(path string, err error) {
	if _, one := err.(*value.Error); one && p.Full() {
		return
	}
	var list value.Errors
	list.Add(path, err)
	for _, e := range list {
		if !p.Full() {
			p.words += len(e.Path) + len(e.Got) + len(e.Problem)
			p.list = append(p.list, e)
		}
	}
}

// Refuse adds an error, as [value.Errors.Refuse] does.
func (p *List) Refuse(path string, code value.Code, got, want string) {
	if !p.Full() {
		p.Add(path, value.NewError(code, got, want))
	}
}

// Err returns the problems, the last of them the number of those that are not listed; nil where there is none.
func (p *List) Err() error {
	if p.more > 0 {
		more := strconv.Itoa(p.more) + " more problems"
		return append(p.list, value.NewError(More, more, "are not listed; mend these first"))
	}
	return p.list.Err()
}

// below puts a name in front of the paths of the problems since mark.
func (p *List) below(mark int, name string) {
	for _, e := range p.list[mark:] { // nobody else has these yet
		e.Path = value.JoinPath(name, e.Path)
	}
}

// Limit returns err with at most 100 problems and 64 kB of text, and with the number of the others.
func Limit(err error) error {
	list, ok := err.(value.Errors)
	if !ok {
		return err
	}
	var p List
	for _, e := range list {
		if e.Code == More {
			n, _ := strconv.Atoi(strings.TrimSuffix(e.Got, " more problems"))
			p.more += n
		} else {
			p.Add("", e)
		}
	}
	return p.Err()
}

// Member returns a name of a member or a key of a table as a path shows it: quoted unless it is short and plain.
func Member(name string) string {
	if name == "" {
		return `""`
	}
	if quoted := value.Quote(name); quoted != `"`+name+`"` {
		return quoted
	}
	return name
}
