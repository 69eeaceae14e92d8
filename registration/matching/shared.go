package matching

import (
	_ "embed" // the lists
	"slices"
	"strings"

	"github.com/coselling/coselling/value"
)

// newestList names the newest list of shared domains, and sharedLists every one that a policy may name. A list never
// changes: a newer one is added, with its file, its variable and its case in listOf.
const (
	newestList  = "2026-11-30"
	sharedLists = newestList
)

//go:embed lists/shared-2026-11-30.txt
var list20261130 string

// listOf returns the lines of a list, sorted; false if there is none of that name.
func listOf(version string) (lines, bool) {
	if version != newestList {
		return "", false
	}
	_, list, ok := strings.Cut(list20261130, "\n\n") // behind the comment
	return lines(list), ok
}

// lines are sorted lines of text, each with its end.
type lines string

// have reports whether one of the lines is that.
func (l lines) have(line string) bool {
	for text := string(l); text != ""; {
		middle := strings.LastIndexByte(text[:len(text)/2], '\n') + 1
		found, rest, _ := strings.Cut(text[middle:], "\n")
		switch strings.Compare(line, found) {
		case 0:
			return true
		case -1:
			text = text[:middle]
		default:
			text = rest
		}
	}
	return false
}

// sharing knows the domains that many companies share.
type sharing struct {
	list lines
	also map[string]bool
	not  map[string]bool
}

// newSharing returns the domains of a policy that has no other problems than those that it reports.
func newSharing(p Policy, registrable func(host string) (string, error)) (sharing, error) {
	var problems value.Errors
	s := sharing{also: make(map[string]bool, len(p.AlsoShared)), not: make(map[string]bool, len(p.NotShared))}
	s.list, _ = listOf(p.SharedList)
	for i, entry := range p.AlsoShared {
		host := strings.TrimPrefix(entry, "*.")
		own, err := registrable(host)
		if err != nil || own != host && !strings.HasSuffix(host, "."+own) {
			problems.Refuse(value.Index("also_shared", i), sharedDomain, value.Quote(entry),
				"is not a domain or host in its canonical form, such as gmail.com or *.zendesk.com")
		}
		s.also[entry] = true
	}
	for i, entry := range p.NotShared {
		if s.list != "" && !s.list.have(entry) {
			problems.Refuse(value.Index("not_shared", i), sharedDomain, value.Quote(entry),
				"is not on the list "+p.SharedList+"; take away what is there as it is written there")
		}
		s.not[entry] = true
	}
	return s, problems.Err()
}

// entry reports whether an entry is in force.
func (s sharing) entry(text string) bool { return s.also[text] || s.list.have(text) && !s.not[text] }

// has reports whether many companies share a host, whose registrable domain is given: an entry for the domain or a
// host shares all below it, and one behind "*." only what is below it, which www is not.
func (s sharing) has(host, domain string) bool {
	above, below := domain, labelsBelow(host, domain)
	for !s.entry(above) {
		if below == "" || below == "www" {
			return false
		}
		if s.entry("*." + above) {
			return true
		}
		dot := strings.LastIndexByte(below, '.')
		above, below = below[dot+1:]+"."+above, below[:max(dot, 0)]
	}
	return true
}

// labelsBelow returns the labels of a host, which may stand in a web or mail address, before its domain.
func labelsBelow(host, domain string) string {
	before, _, found := strings.Cut(strings.ToLower(host), "."+domain)
	if !found {
		return ""
	}
	return before[strings.LastIndexAny(before, "/@: ")+1:]
}

// unknownList refuses a list that this version of the module does not have.
func unknownList(version string) error {
	if _, ok := listOf(version); ok || version == "" {
		return nil
	}
	return value.Below("shared_list", value.NewError("matching.shared_list", value.Quote(version),
		"is not a list of shared domains that is known here; the lists are: "+sharedLists))
}

func (r *Rules) domains(hosts []string) ([]string, error) {
	if len(hosts) > maxDomains {
		return nil, excess("domains", len(hosts), maxDomains)
	}
	var problems value.Errors
	var found []string
	for i, host := range hosts {
		d, err := r.registrable(host)
		if err != nil {
			problems.Add(value.Index("domains", i), err)
			continue
		}
		if !r.shared.has(host, d) {
			found = append(found, d)
		}
	}
	slices.Sort(found)
	return slices.Compact(found), problems.Err()
}
