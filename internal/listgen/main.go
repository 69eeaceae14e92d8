// Command listgen writes the lists that registration/matching embeds. It uses no network.
//
// Without flags it writes legal-forms.txt from forms.txt, which is written by hand, and from elf.txt where that
// exists; go generate ./registration/matching runs it so.
//
//	-elf FILE      rewrites elf.txt first: FILE is the code list of ISO 20275 as GLEIF publishes it, a CSV file
//	-domains FILE  writes a new list of shared domains instead: FILE is domains.json of the npm package
//	               free-email-domains, from which removed.txt takes away and to which added.txt adds
//	-version DAY   with -domains: the name of the list, YYYY-MM-DD
//	-source TEXT   with -elf and -domains: the origin of the file, with version, date and licence
//
// A list of shared domains is never rewritten once a policy may name it: add one with a new version.
package main

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
)

func main() {
	var o options
	flag.StringVar(&o.in, "in", "../../internal/listgen", "the folder of the lists that are written by hand")
	flag.StringVar(&o.out, "out", "lists", "the folder of the lists that are embedded")
	flag.StringVar(&o.elf, "elf", "", "GLEIF's CSV file of legal forms")
	flag.StringVar(&o.domains, "domains", "", "domains.json of free-email-domains")
	flag.StringVar(&o.version, "version", "", "the day that names the list of shared domains")
	flag.StringVar(&o.source, "source", "", "the origin of the file")
	flag.Parse()
	if err := o.run(); err != nil {
		fmt.Fprintln(os.Stderr, "listgen:", err)
		os.Exit(1)
	}
}

type options struct{ in, out, elf, domains, version, source string }

func (o options) run() error {
	if (o.elf != "" || o.domains != "") && o.source == "" {
		return errors.New("say with -source where the file is from, with its version, date and licence")
	}
	switch {
	case o.domains != "":
		return o.writeDomains()
	case o.elf != "":
		if err := o.refreshForms(); err != nil {
			return err
		}
	}
	return o.writeForms()
}

// read returns the lines of a list that is written by hand, without comments.
func (o options) read(name string) ([]string, error) {
	data, err := os.ReadFile(filepath.Join(o.in, name))
	if err != nil {
		return nil, err
	}
	return content(string(data)), nil
}
