package comptest

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/coselling/coselling/comp"
)

// Golden compares the statements that a policy makes of bookings with a file, and
// fails the test where they differ. The file begins with the policy's canonical text,
// so that every edit of the policy shows in a review; then come the statements by day,
// each line with its reason, and the sums of each payee. A booking that the policy
// cannot price stands there with the reason.
//
// Where the policy is another one than the file's, what is printed is the report of
// [Change]: who, which deals, before, after and the field behind it.
//
// The file is written anew where the test binary has a boolean flag named update that
// is set (the importer registers it, comptest does not), or where the environment
// variable COSELLING_UPDATE is "1". Read the difference before it is committed.
func Golden(t testing.TB, policy comp.Policy, bookings Bookings, file string) {
	t.Helper()
	l, err := price(policy, bookings)
	var text string
	if err == nil {
		text, err = l.text()
	}
	if err != nil {
		t.Fatalf("%s is not compared:\n%s", file, indented(err))
	}
	if updating() {
		rewrite(t, file, text)
		return
	}
	was, err := os.ReadFile(file)
	if os.IsNotExist(err) {
		t.Fatalf("%s does not exist; %s", file, howToUpdate)
	}
	if err != nil {
		t.Fatal(err)
	}
	if want := strings.ReplaceAll(string(was), "\r\n", "\n"); want != text {
		t.Errorf("%s differs: %s\n%s", file, explain(want, text, policy, bookings), howToUpdate)
	}
}

func rewrite(t testing.TB, file, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	t.Logf("%s is written anew; read what changed before it is committed", file)
}

// explain says how the golden text and the present one differ: by the policy that the
// golden one begins with, or where that is the same by the lines.
func explain(want, got string, policy comp.Policy, bookings Bookings) string {
	pinned, err := comp.ParsePolicy([]byte(policyOf(want)))
	if err != nil {
		return "it does not begin with a policy\n" + lineReport(want, got)
	}
	c, err := compare(pinned, policy, bookings)
	if err != nil {
		return "they cannot be compared by their policies\n" + indented(err) + "\n" + lineReport(want, got)
	}
	if len(c.edits) == 0 {
		return "the policy is the same, the statements are not\n" + lineReport(want, got)
	}
	report := changeReport{comparison: c}
	out := "the policy is not the one that it was\n" + report.summary()
	out += strings.Join(report.byField("  CHANGED: ", "", func(comp.Change) bool { return true }), "")
	return strings.TrimSuffix(out, "\n")
}

// policyOf returns the text of the policy that a golden text begins with.
func policyOf(text string) string {
	head, _, _ := strings.Cut(text, "\n}\n")
	return head + "\n}"
}

const mostLines = 12 // of a golden text that a failure shows

// lineReport shows the lines that one of two texts alone has.
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

// onlyIn returns the lines that a has more often than b, in order. A line of a payee
// is shown behind the deal that it stands below.
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

// statementLines puts what an indented line belongs to before it.
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
