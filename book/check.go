package book

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/coselling/coselling/internal/wire"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/stage"
	"github.com/coselling/coselling/value"
)

// Check returns every problem of a book at once, up to a hundred, with the paths of its
// document: those of each section, and those that only the whole shows ([CurrencyDiffers],
// [RoleUnknown]). What the host has to resolve, making an engine checks.
func (b Book) Check() error { return b.problems(wire.Check(&b)) }

// section is a member of a book with its rules.
type section struct {
	name  string
	rules func() error
}

func (b *Book) sections() [9]section {
	return [...]section{
		{"version", b.checkVersion}, {"from", func() error { return nil }}, {"zone", b.checkZone},
		{"roles", b.Roles.Check}, {"comp", b.Comp.Check}, {"stage", b.Stage.Check},
		{"registration", b.Registration.Check}, {"escalation", b.Escalation.Check}, {"comms", b.Comms.Check},
	}
}

// problems returns the problems of form and those of the rules, in the order of the
// document. A section that has one of form is asked for no rule, and one that has any is
// not compared with others. Where nothing could be read, or more is wrong than is
// listed, nothing else is said.
func (b *Book) problems(form error) error {
	var found, problems value.Errors
	found.Add("", form)
	if slices.ContainsFunc(found, func(e *value.Error) bool { return e.Path == "" || e.Code == wire.Syntax }) {
		return form
	}
	sound := make(map[string]bool)
	for _, s := range b.sections() {
		var own value.Errors
		own, found = split(found, s.name)
		if len(own) == 0 {
			own.Add(s.name, s.rules())
		}
		sound[s.name] = len(own) == 0
		problems = append(problems, own...)
	}
	problems.Add("", b.checkAcross(sound))
	return wire.Limit(append(found, problems...).Err())
}

// split returns the problems at and below a name, and the others.
func split(list value.Errors, name string) (below, others value.Errors) {
	for _, e := range list {
		if rest, ok := strings.CutPrefix(e.Path, name); ok && (rest == "" || rest[0] == '.' || rest[0] == '[') {
			below = append(below, e)
		} else {
			others = append(others, e)
		}
	}
	return below, others
}

func (b *Book) checkVersion() error {
	if visible(b.Version) {
		return nil
	}
	return value.NewError(VersionInvalid, value.Quote(b.Version), "names no version; write visible text")
}

// visible reports whether s has something to see, and nothing that hides.
func visible(s string) bool {
	return utf8.ValidString(s) && strings.TrimSpace(s) != "" &&
		!strings.ContainsFunc(s, func(r rune) bool { return unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp) })
}

// checkZone refuses what cannot be a name of the IANA list, and Local, which would be
// the zone of the machine.
func (b *Book) checkZone() error {
	const letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_+-/"
	if s := b.Zone; s == "Local" || strings.Trim(s, letters) != "" || !isLetter(s[0]) {
		return value.NewError(ZoneUnresolved, value.Quote(s), "names no time zone; write UTC or an IANA name such as Europe/Berlin")
	}
	return nil
}

func isLetter(b byte) bool { return 'a' <= b|0x20 && b|0x20 <= 'z' }

// checkAcross finds what only two sections show that are sound by themselves.
func (b Book) checkAcross(sound map[string]bool) error {
	var problems value.Errors
	if sound["stage"] && sound["escalation"] {
		problems.Add("escalation.large_from.currency", b.checkCurrency())
	}
	if !sound["stage"] || !sound["roles"] {
		return problems.Err()
	}
	roles := make(map[model.Responsibility]bool, len(b.Roles))
	for _, row := range b.Roles {
		roles[row.Responsibility] = true
	}
	for i, playbook := range b.Stage.Playbooks {
		problems.Add(value.Index("stage.playbooks", i), checkRoles(playbook, roles))
	}
	return problems.Err()
}

func (b Book) checkCurrency() error {
	one, two := b.Stage.Threshold.Currency(), b.Escalation.LargeFrom.Currency()
	if one == two {
		return nil
	}
	return value.NewError(CurrencyDiffers, two.String(), "is not the currency of stage.threshold, "+one.String()+"; one deal is compared with both")
}

// checkRoles refuses a task whose responsibility the matrix does not have.
func checkRoles(playbook stage.Playbook, roles map[model.Responsibility]bool) error {
	var problems value.Errors
	for i, step := range playbook.Steps {
		for j, task := range step.Tasks {
			if task.Role != "" && !roles[task.Role] {
				problems.Refuse(value.Index("stages", i)+"."+value.Index("tasks", j)+".role",
					RoleUnknown, value.Quote(string(task.Role)), "is no responsibility of roles; name one of theirs, or leave the member out")

			}
		}
	}
	return problems.Err()
}
