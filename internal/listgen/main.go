// Command listgen writes the lists that registration/matching embeds. It uses no network.
//
// In registration/matching, "go run ../../internal/listgen -domains FILE -version DAY -source TEXT" writes a new list
// of shared domains: FILE is domains.json of the npm package free-email-domains, from which removed.txt takes away and
// to which added.txt adds, DAY names the list, and TEXT is the origin of the file, with version, date and licence. A
// list is never rewritten once a policy may name it: write one with a new version beside it.
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
	flag.StringVar(&o.domains, "domains", "", "domains.json of free-email-domains")
	flag.StringVar(&o.version, "version", "", "the day that names the list of shared domains")
	flag.StringVar(&o.source, "source", "", "the origin of the file")
	flag.Parse()
	if err := o.run(); err != nil {
		fmt.Fprintln(os.Stderr, "listgen:", err)
		os.Exit(1)
	}
}

type options struct{ in, out, domains, version, source string }

func (o options) run() error {
	if o.domains == "" || o.source == "" {
		return errors.New("give the file with -domains, and say with -source where it is from, its version and licence")
	}
	return o.writeDomains()
}

// read returns the lines of a list that is written by hand, without comments.
func (o options) read(name string) ([]string, error) {
	data, err := os.ReadFile(filepath.Join(o.in, name))
	if err != nil {
		return nil, err
	}
	return content(string(data)), nil
}
