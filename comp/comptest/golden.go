package comptest

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/coselling/coselling/comp"
)

// Golden compares the statements of bookings under a policy with a file, and fails the test if they differ. The
// file begins with the policy's canonical text; then come the statements by day, each line with its reason, and
// the sums of each payee. A booking that the policy cannot price stands there with the error. If the policy is not
// that of the file, the failure shows the same as [Change]. A missing file, and a policy that does not compile, stop
// the test.
//
// Golden rewrites the file if the environment variable COSELLING_UPDATE is "1", or if your test binary has a
// boolean flag named update that is set. Read the difference before you commit it.
func Golden(t testing.TB, policy comp.Policy, bookings Bookings, file string) {
	t.Helper()
	text, failed, err := golden{file, updating(), howToUpdate}.compare(policy, bookings)
	conclude(t, text, failed, err)
}

// golden is a golden file, and how a person updates it.
type golden struct {
	file   string
	update bool // rewrite the file instead of comparing it
	hint   string
}

// compare compares the statements of bookings with the file, and says what it found.
func (g golden) compare(policy comp.Policy, bookings Bookings) (text string, failed bool, err error) {
	l, err := price(policy, bookings)
	var now string
	if err == nil {
		now, err = l.text()
	}
	if err != nil {
		return "", false, fmt.Errorf("%s is not compared:\n%s", g.file, indented(err))
	}
	if g.update {
		return g.file + " is rewritten; read the difference before you commit it", false, rewrite(g.file, now)
	}
	const room = 16 << 20 // for statements that are gone
	was, err := read(g.file, int64(len(now))+room)
	switch {
	case os.IsNotExist(err):
		return "", false, fmt.Errorf("%s does not exist; %s", g.file, g.hint)
	case err != nil:
		return "", false, err
	}
	if want := strings.ReplaceAll(string(was), "\r\n", "\n"); want != now {
		return g.file + " differs: " + explain(want, now, policy, bookings) + "\n" + g.hint, true, nil
	}
	return g.file + " has the same statements", false, nil
}

// rewrite replaces a file, and leaves it as it was after an error, such as that of a full disk.
func rewrite(file, text string) error {
	dir := filepath.Dir(file)
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	next, err := os.CreateTemp(dir, filepath.Base(file)+".*")
	if err != nil {
		return err
	}
	_, err = next.WriteString(text)
	err = errors.Join(err, next.Chmod(0o644), next.Close())
	if err == nil {
		err = os.Rename(next.Name(), file)
	}
	if err != nil {
		return errors.Join(err, os.Remove(next.Name()))
	}
	return nil
}

// explain shows how the golden text and the present one differ: by policies, or by lines if these are equal.
func explain(want, got string, policy comp.Policy, bookings Bookings) string {
	pinned, err := comp.ParsePolicy([]byte(policyOf(want)))
	if err != nil {
		return "it does not begin with a policy\n" + lineReport(want, got)
	}
	c, err := compare(pinned, policy, bookings)
	if err != nil {
		return "the two policies cannot be compared\n" + indented(err) + "\n" + lineReport(want, got)
	}
	if len(c.edits) == 0 {
		return "the policy is the same, the statements differ\n" + lineReport(want, got)
	}
	report := changeReport{comparison: c}
	out := "the policy has changed\n" + report.summary()
	out += strings.Join(report.byField("  CHANGED: ", "", func(comp.PolicyChange) bool { return true }), "")
	return strings.TrimSuffix(out, "\n")
}

// policyOf returns the policy at the beginning of a golden text.
func policyOf(text string) string {
	head, _, _ := strings.Cut(text, "\n}\n")
	return head + "\n}"
}

const mostLines = 12 // of a golden text that a failure shows

// lineReport shows the lines that only one of two texts has.
func lineReport(want, got string) string {
	missing, added := onlyIn(want, got), onlyIn(got, want)
	if len(missing)+len(added) == 0 {
		return "  the same lines stand in another order"
	}
	return strings.TrimSuffix(marked("  - ", missing)+marked("  + ", added), "\n")
}

func marked(mark string, lines []string) string {
	var text strings.Builder
	for _, line := range lines[:min(len(lines), mostLines)] {
		text.WriteString(mark + line + "\n")
	}
	return text.String() + more(len(lines)-mostLines, "line", mark)
}

// onlyIn returns the lines that a has more often than b, in order.
func onlyIn(a, b string) []string {
	count := map[string]int{}
	for _, line := range statementLines(b) {
		count[line]++
	}
	var found []string
	for _, line := range statementLines(a) {
		if count[line]--; count[line] < 0 {
			found = append(found, line)
		}
	}
	return found
}

// statementLines returns the lines of a golden text, with the deal in front of each line of a payee.
func statementLines(text string) []string {
	lines := strings.Split(strings.TrimSuffix(text, "\n"), "\n")
	head, inPolicy := "", true
	for i, line := range lines {
		switch {
		case inPolicy:
			inPolicy = line != "}"
		case strings.HasPrefix(line, "  "):
			lines[i] = head + ": " + strings.TrimSpace(line)
		default:
			head, _, _ = strings.Cut(line, "  ")
		}
	}
	return lines
}

const (
	updateFlag     = "update"
	updateVariable = "COSELLING_UPDATE"
)

const howToUpdate = "if the change is intended, run the test again with " + updateVariable +
	"=1, or with a boolean flag -" + updateFlag +
	" of your own, and commit the file"

// updating reports whether golden files are to be rewritten.
func updating() bool { return os.Getenv(updateVariable) == "1" || flagIsSet(flag.CommandLine) }

// flagIsSet reports whether a set of flags has a boolean one named update that is set.
func flagIsSet(flags *flag.FlagSet) bool {
	f := flags.Lookup(updateFlag)
	if f == nil {
		return false
	}
	getter, ok := f.Value.(flag.Getter)
	return ok && getter.Get() == true
}
