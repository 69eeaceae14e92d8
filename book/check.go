package book

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/coselling/coselling/comp/impact"
	"github.com/coselling/coselling/internal/wire"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/stage"
	"github.com/coselling/coselling/value"
)

// Codes of bad books, and of a finding about a valid one.
const (
	bookFunction    value.Code = "book.function"         // a function that stands twice, or takes what it supports
	ZoneUnresolved  value.Code = "book.zone"             // no IANA name, or a zone that the host does not resolve
	LargeSimplified value.Code = "book.large_simplified" // deals large for escalation, on the simplified playbook
)

// Check returns every problem of a book at once, up to a hundred, in the order of the document and with paths as in
// it, such as comp.rounding: book.version, json.missing for an unset From, [ZoneUnresolved], those of the Check of
// each section; then those between sections that have none, book.currency and book.role. Only making an engine
// resolves the time zone.
func (b Book) Check() error { return b.problems(wire.Check(&b)) }

// section is a member of a book with the check of its rules.
type section struct {
	name  string
	rules func() error
}

func (b *Book) sections() [11]section {
	return [...]section{
		{"version", b.checkVersion}, {"from", func() error { return nil }}, {"zone", b.checkZone},
		{"roles", b.Roles.Check}, {"functions", b.checkFunctions}, {"comp", b.Comp.Check}, {"stage", b.Stage.Check},
		{"registration", b.Registration.Check}, {"escalation", b.Escalation.Check}, {"comms", b.Comms.Check},
		{"disputes", b.Disputes.Check},
	}
}

// problems returns the problems of form and of the rules, in the order of the document. It checks the rules of a
// section only if its form has no problem, and rules between sections only if they have none at all.
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
	return value.NewError("book.version", value.Quote(b.Version), "is not a version; write visible text")
}

// visible reports whether s has a visible character and no invisible one but blanks.
func visible(s string) bool {
	return utf8.ValidString(s) && strings.TrimSpace(s) != "" && !strings.ContainsFunc(s, func(r rune) bool {
		return unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp)
	})
}

// checkZone refuses text that cannot be an IANA name, and Local, which is the zone of the machine.
func (b *Book) checkZone() error {
	const letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_+-/"
	if s := b.Zone; s == "Local" || strings.Trim(s, letters) != "" || !isLetter(s[0]) {
		return value.NewError(ZoneUnresolved, value.Quote(s),
			"is not a time zone; write UTC or an IANA name such as Europe/Berlin")
	}
	return nil
}

// checkFunctions refuses a function that stands twice, and work that one takes and supports.
func (b *Book) checkFunctions() error {
	var problems value.Errors
	for i := range b.Functions {
		row := &b.Functions[i]
		same := func(other model.FunctionRow) bool { return other.Function == row.Function }
		if slices.ContainsFunc(b.Functions[:i], same) {
			problems.Refuse(value.Index("", i)+".function", bookFunction,
				value.Quote(string(row.Function)), "stands twice; write each function once")
		}
		for j, work := range row.Supports {
			if slices.Contains(row.Takes, work) {
				problems.Refuse(value.Index("", i)+"."+value.Index("supports", j), bookFunction,
					value.Quote(string(work)),
					"is work that "+value.Quote(string(row.Function))+" takes; it supports other")
			}
		}
	}
	return problems.Err()
}

func isLetter(b byte) bool { return 'a' <= b|0x20 && b|0x20 <= 'z' }

// checkAcross finds problems between sections that have none by themselves.
func (b Book) checkAcross(sound map[string]bool) error {
	var problems value.Errors
	if sound["stage"] && sound["escalation"] {
		problems.Add("escalation.large_from.currency", b.checkCurrency())
	}
	if !sound["roles"] {
		return problems.Err()
	}
	roles := make(map[model.Responsibility]bool, len(b.Roles))
	for _, row := range b.Roles {
		roles[row.Responsibility] = true
	}
	check := func(path string, work model.Responsibility) {
		if work != "" && !roles[work] {
			problems.Refuse(path, "book.role", value.Quote(string(work)),
				"is not a responsibility of roles; write one of these, or leave the member out")
		}
	}
	if sound["functions"] {
		for i := range b.Functions {
			for j, work := range b.Functions[i].Takes {
				check(value.Index("functions", i)+"."+value.Index("takes", j), work)
			}
			for j, work := range b.Functions[i].Supports {
				check(value.Index("functions", i)+"."+value.Index("supports", j), work)
			}
		}
	}
	if sound["stage"] {
		for i, playbook := range b.Stage.Playbooks {
			eachRole(playbook, func(path string, work model.Responsibility) {
				check(value.Index("stage.playbooks", i)+"."+path, work)
			})
		}
	}
	return problems.Err()
}

func (b Book) checkCurrency() error {
	one, two := b.Stage.Threshold.Currency(), b.Escalation.LargeFrom.Currency()
	if one == two {
		return nil
	}
	return value.NewError("book.currency", two.String(),
		"is not the currency of stage.threshold, "+one.String()+"; one deal is compared with both")
}

// eachRole calls f with the responsibility of every task of a playbook, and its path.
func eachRole(playbook stage.Playbook, f func(path string, work model.Responsibility)) {
	for i, step := range playbook.Steps {
		for j, task := range step.Tasks {
			f(value.Index("stages", i)+"."+value.Index("tasks", j)+".role", task.Role)
		}
	}
}

// Lint returns findings about doubtful terms of a valid book, in the order of its document and with their paths:
// those of [impact.Lint], [registration.ProtectionShort] for a protection that ends before the longest playbook,
// with the path of that playbook's last day behind its own, and [LargeSimplified] at stage.threshold and
// escalation.large_from. It is nil if there is no doubt, and for a book that [Book.Check] refuses.
func (b Book) Lint() []value.Reason {
	if b.Check() != nil {
		return nil
	}
	var found []value.Reason
	for _, r := range impact.Lint(b.Comp) {
		found = append(found, r.Below("comp"))
	}
	days, last := b.longestPlaybook()
	for _, r := range b.Registration.Lint(days) {
		found = append(found, r.Below("registration").At(last))
	}
	if b.Escalation.LargeFrom.Compare(b.Stage.Threshold) < 0 {
		found = append(found, value.NewReason(LargeSimplified,
			"a deal of {large} is large, and a deal below {threshold} is on the simplified playbook",
			value.Op("large", b.Escalation.LargeFrom), value.Op("threshold", b.Stage.Threshold)).At("stage.threshold",
			"escalation.large_from"))
	}
	return found
}

func (b Book) longestPlaybook() (days int, path string) {
	for i, playbook := range b.Stage.Playbooks {
		last := len(playbook.Steps) - 1
		if end := playbook.Steps[last].Last; end > days {
			days = end
			path = value.Index("stage.playbooks", i) + "." + value.Index("stages", last) + ".last"
		}
	}
	return days, path
}
