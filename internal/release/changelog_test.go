package release

import (
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// kinds are the sections of a version, in their order: those of Keep a Changelog, and Policy data.
var kinds = []string{"Added", "Changed", "Deprecated", "Removed", "Fixed", "Security", "Policy data"}

var versionHead = regexp.MustCompile(`^\[(Unreleased|\d+\.\d+\.\d+)\](?: - (\d{4}-\d\d-\d\d))?$`)

// section is a kind of changes of one version.
type section struct {
	version, kind string
	lines         []string
}

// parseChangelog returns the sections of a changelog and what is wrong with its form.
func parseChangelog(text string) (sections []section, problems []string) {
	version, kind := "", ""
	report := func(n int, says string) { problems = append(problems, fmt.Sprintf("line %d: %s", n+1, says)) }
	var versions []string
	for n, line := range strings.Split(text, "\n") {
		switch {
		case strings.HasPrefix(line, "## "):
			head := versionHead.FindStringSubmatch(line[3:])
			if head == nil || (head[1] == "Unreleased") != (head[2] == "") {
				report(n, "a version is [Unreleased], or a number and its day: ## [1.0.0] - 2026-11-30")
				continue
			}
			version, kind = head[1], ""
			if slices.Contains(versions, version) || (version == "Unreleased") != (len(versions) == 0) {
				report(n, "each version stands once, and the unreleased one first")
			}
			versions = append(versions, version)
		case strings.HasPrefix(line, "### "):
			next := line[4:]
			if slices.Index(kinds, next) <= slices.Index(kinds, kind) {
				report(n, next+" is no section, or stands in the wrong place; the order is "+strings.Join(kinds, ", "))
			}
			kind = next
			sections = append(sections, section{version: version, kind: kind})
		case strings.TrimSpace(line) == "" || version == "":
		case kind == "":
			report(n, "a change stands in a section")
		default:
			s := &sections[len(sections)-1]
			s.lines = append(s.lines, line)
		}
	}
	for _, s := range sections {
		if !slices.ContainsFunc(s.lines, func(line string) bool { return strings.HasPrefix(line, "- ") }) {
			problems = append(problems, s.version+", "+s.kind+": a section has at least one change")
		}
	}
	return sections, problems
}

func changelog(t testing.TB) []section {
	t.Helper()
	data, err := os.ReadFile("../../CHANGELOG.md")
	if err != nil {
		t.Fatal(err)
	}
	sections, problems := parseChangelog(string(data))
	for _, p := range problems {
		t.Errorf("CHANGELOG.md, %s", p)
	}
	return sections
}

// policyData returns the text of what the next release changes in what somebody is paid or told.
func policyData(t testing.TB) string {
	t.Helper()
	var lines []string
	for _, s := range changelog(t) {
		if s.version == "Unreleased" && s.kind == "Policy data" {
			lines = append(lines, s.lines...)
		}
	}
	return strings.Join(lines, "\n")
}

func TestChangelogHasItsForm(t *testing.T) {
	if sections := changelog(t); len(sections) == 0 || sections[0].version != "Unreleased" {
		t.Error("CHANGELOG.md has no section of what is not released")
	}
	for text, want := range map[string]string{
		"## [Unreleased]\n### Added\n- a\n### Fixed\n- b\n":     "",
		"## [Unreleased]\n### Fixed\n- b\n### Added\n- a\n":     "line 4: Added is no section",
		"## [Unreleased]\n### New\n- a\n":                       "line 2: New is no section",
		"## [Unreleased]\n- a\n":                                "line 2: a change stands in a section",
		"## [Unreleased]\n### Added\n":                          "Added: a section has at least one change",
		"## [1.0.0] - 2026-11-30\n### Added\n- a\n":             "line 1: each version stands once",
		"## [Unreleased]\n## [1.0.0]\n### Added\n- a\n":         "line 2: a version is",
		"## [Unreleased] - 2026-11-30\n### Added\n- a\n":        "line 1: a version is",
		"## [Unreleased]\n## [Unreleased]\n### Added\n- a\n":    "line 2: each version stands once",
		"## [Unreleased]\n### Added\n- a\n### Added\n- again\n": "line 4: Added is no section",
	} {
		_, problems := parseChangelog(text)
		got := strings.Join(problems, "\n")
		if (want == "") != (got == "") || !strings.Contains(got, want) {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}
