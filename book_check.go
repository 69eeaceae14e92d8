package coselling

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/stage"
	"github.com/coselling/coselling/value"
)

const maxBookText = 256 // bytes

// Check returns every problem of a book at once, with the paths of its document: those
// of each section, and those that only the whole shows ([BookCurrency], [BookRole]).
// What the host has to resolve, [New] checks.
func (b Book) Check() error {
	var problems value.Errors
	problems.Add("version", checkVersion(b.Version))
	if b.From.IsZero() {
		problems.Add("from", value.NewError(value.DateFormat, "nothing", "says on which day the book comes into force"))
	}
	problems.Add("zone", checkZone(b.Zone))
	sound := make(map[string]bool)
	for _, s := range b.sections(new(bookWire)) {
		err := s.check()
		problems.Add(s.name, err)
		sound[s.name] = err == nil
	}
	problems.Add("", b.checkAcross(sound))
	return problems.Err()
}

func checkVersion(s string) error {
	if len(s) > maxBookText || !visible(s) {
		return value.NewError(BookVersion, value.Quote(s), "names no version; write 1 to "+strconv.Itoa(maxBookText)+" bytes of visible text")
	}
	return nil
}

// visible reports whether s has something to see, and nothing that hides.
func visible(s string) bool {
	return utf8.ValidString(s) && strings.TrimSpace(s) != "" &&
		!strings.ContainsFunc(s, func(r rune) bool { return unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp) })
}

// checkZone refuses what cannot be a name of the IANA list, and Local, which would be
// the zone of the machine.
func checkZone(s string) error {
	const letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_+-/"
	if s == "" || s == "Local" || len(s) > maxBookText || strings.Trim(s, letters) != "" || !isLetter(s[0]) {
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
	return value.NewError(BookCurrency, two.String(), "is not the currency of stage.threshold, "+one.String()+"; one deal is compared with both")
}

// checkRoles refuses a task whose responsibility the matrix lacks.
func checkRoles(playbook stage.Playbook, roles map[model.Responsibility]bool) error {
	var problems value.Errors
	for i, step := range playbook.Steps {
		for j, task := range step.Tasks {
			if task.Role != "" && !roles[task.Role] {
				problems.Add(value.Index("stages", i)+"."+value.Index("tasks", j)+".role",
					value.NewError(BookRole, value.Quote(string(task.Role)), "is no responsibility of roles; name one of theirs, or leave the member out"))
			}
		}
	}
	return problems.Err()
}
