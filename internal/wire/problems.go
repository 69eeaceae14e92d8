package wire

import (
	"strconv"

	"github.com/coselling/coselling/value"
)

// problems collects what is wrong with a document, up to a bound, and counts the rest.
type problems struct {
	list  value.Errors
	words int
	more  int
}

// full reports whether a problem more would only be counted, and counts it then. Whoever
// makes a problem asks first, so that millions of them cost nothing.
func (p *problems) full() bool {
	if len(p.list) < maxProblems && p.words < maxWords {
		return false
	}
	p.more++
	return true
}

func (p *problems) refuse(err *value.Error) {
	p.words += len(err.Path) + len(err.Got) + len(err.Want)
	p.list = append(p.list, err)
}

// add adds what a type says about itself.
func (p *problems) add(path string, err error) {
	switch one, ok := err.(*value.Error); {
	case err == nil, ok && p.full():
		return
	case ok:
		p.refuse(&value.Error{Code: one.Code, Path: value.JoinPath(path, one.Path), Got: one.Got, Want: one.Want})
		return
	}
	var list value.Errors
	list.Add(path, err)
	for _, e := range list {
		if !p.full() {
			p.refuse(e)
		}
	}
}

// below puts a name in front of the paths of the problems since mark.
func (p *problems) below(mark int, name string) {
	for _, e := range p.list[mark:] { // which nobody else has seen
		e.Path = value.JoinPath(name, e.Path)
	}
}

// err returns the problems, the last of them the number of those that are not listed.
func (p *problems) err() error {
	if p.more > 0 {
		return append(p.list, value.NewError(More, strconv.Itoa(p.more)+" more problems", "are not listed; mend these first"))
	}
	return p.list.Err()
}

// Limit returns err with at most 100 problems and 64 kB of text, and how many more there
// are. A document whose rules by hand may find more ends with it.
func Limit(err error) error {
	list, ok := err.(value.Errors)
	if !ok {
		return err
	}
	var p problems
	for _, e := range list {
		if e.Code == More {
			n, _ := strconv.Atoi(e.Got[:max(0, len(e.Got)-len(" more problems"))])
			p.more += n
		} else if !p.full() {
			p.refuse(e)
		}
	}
	return p.err()
}

// Member returns the name of a member, or the key of a table, as a path shows it: quoted
// unless it is short and plain.
func Member(name string) string {
	if name == "" {
		return `""`
	}
	if quoted := value.Quote(name); quoted != `"`+name+`"` {
		return quoted
	}
	return name
}

// List collects what rules find in a document that may have very many problems: as
// many as reading lists, and how many more there are. The zero value is empty.
type List struct{ problems }

// Full reports whether a problem more would only be counted, and counts it then. Ask it
// before a problem is made.
func (l *List) Full() bool { return l.full() }

// Add adds err with its path below path, as [value.Errors.Add] does.
func (l *List) Add(path string, err error) { l.add(path, err) }

// Refuse adds an error of its own at path, as [value.Errors.Refuse] does.
func (l *List) Refuse(path string, code value.Code, got, want string) {
	l.add(path, value.NewError(code, got, want))
}

// Err returns the problems, nil where there is none.
func (l *List) Err() error { return l.err() }
