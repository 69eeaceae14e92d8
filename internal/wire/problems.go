package wire

import (
	"strconv"
	"strings"

	"github.com/coselling/coselling/value"
)

// List collects what is wrong with a document that may have very many problems: as many
// as are listed, and how many more there are. The zero value is empty.
type List struct {
	list  value.Errors
	words int // bytes of the texts of the list
	more  int
}

// Full reports whether a problem more would only be counted, and counts it then. Ask it
// before a problem is made, so that millions of them cost nothing.
func (p *List) Full() bool {
	if len(p.list) < maxProblems && p.words < maxWords {
		return false
	}
	p.more++
	return true
}

// Add adds err with its path below path, as [value.Errors.Add] does.
func (p *List) Add(path string, err error) {
	if _, one := err.(*value.Error); one && p.Full() {
		return
	}
	var list value.Errors
	list.Add(path, err)
	for _, e := range list {
		if !p.Full() {
			p.words += len(e.Path) + len(e.Got) + len(e.Want)
			p.list = append(p.list, e)
		}
	}
}

// Refuse adds an error of its own at path, as [value.Errors.Refuse] does.
func (p *List) Refuse(path string, code value.Code, got, want string) {
	if !p.Full() {
		p.Add(path, value.NewError(code, got, want))
	}
}

// Err returns the problems, the last of them the number of those that are not listed; nil
// where there is none.
func (p *List) Err() error {
	if p.more > 0 {
		return append(p.list, value.NewError(More, strconv.Itoa(p.more)+" more problems", "are not listed; mend these first"))
	}
	return p.list.Err()
}

// below puts a name in front of the paths of the problems since mark.
func (p *List) below(mark int, name string) {
	for _, e := range p.list[mark:] { // which nobody else has seen
		e.Path = value.JoinPath(name, e.Path)
	}
}

// Limit returns err with at most 100 problems and 64 kB of text, and how many more there
// are. A document whose rules by hand may find more ends with it.
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
