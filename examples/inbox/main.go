// Inbox reads the mails and calendars of one deal, a folder of .eml and .ics files,
// and prints which rules of communication were broken, with the files that show it,
// the duties that are due next, and the people to call about the blockers of the deal.
//
//	go run .                         # an embedded sample
//	go run . -deal folder            # your own: deal.json, and blockers.json if you have it, beside the mails
//	go run . -as-of 2026-11-20T09:00:00Z
//
// Mails are RFC 5322 with MIME, calendars RFC 5545 with the methods of RFC 5546; both are bounded in size, depth and
// number. What cannot be read is listed with the reason, and costs nothing else: a file, an entry of a calendar, a
// rule. The same files give the same bytes on a host in any zone.
//
// For another importer, each of these files can be copied alone:
//
//	series.go         when a recurring entry occurs, by rules, added and excluded dates, with one bound for a calendar
//	method.go         which version of an entry holds, by METHOD, SEQUENCE and cancellation
//	calendar_time.go  dates, times and durations of a calendar
//	zone.go           zones by their IANA and Windows names
//	mail_date.go      dates of mails, without the zone of the host
//	automatic.go      mails of programs: absence notices, bounces, notices of calendars
//	address.go        addresses beside malformed names
//	author.go         who wrote a mail that a list sent
//	reply.go          the author's words, without the mails that are quoted
//	html.go           the words of a page
package main

import (
	"bufio"
	"embed"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"os"
	"time"
	_ "time/tzdata" // for a host without zones
)

//go:embed sample
var sample embed.FS

func main() {
	if err := run(os.Args[1:], os.Stdout, os.Stderr); err != nil {
		fmt.Fprintln(os.Stderr, "inbox:", err)
		os.Exit(1)
	}
}

func run(args []string, stdout, stderr io.Writer) error {
	flags := flag.NewFlagSet("inbox", flag.ContinueOnError)
	flags.SetOutput(io.Discard) // run's error says it once
	deal := flags.String("deal", "",
		"`folder` of one deal: deal.json, .eml and .ics files (default: the embedded sample)")
	asOf := flags.String("as-of", "",
		"`instant` of the question, like 2026-11-20T09:00:00Z (default: that of deal.json)")
	if err := flags.Parse(args); errors.Is(err, flag.ErrHelp) {
		flags.SetOutput(stderr)
		flags.Usage()
		return nil
	} else if err != nil {
		return fmt.Errorf("%w; -help lists the flags", err)
	}
	if flags.NArg() > 0 {
		return fmt.Errorf("%q is not expected; the folder comes behind -deal", flags.Arg(0))
	}
	folder, err := fs.Sub(sample, "sample")
	if err != nil {
		return err
	}
	if *deal != "" {
		folder = os.DirFS(*deal)
	}
	var at time.Time
	if *asOf != "" {
		if at, err = time.Parse(time.RFC3339, *asOf); err != nil {
			return fmt.Errorf("-as-of: %q is no instant like 2026-11-20T09:00:00Z", *asOf)
		}
	}
	box, err := readInbox(folder, at)
	if err != nil {
		return err
	}
	out := bufio.NewWriter(stdout)
	if err := box.print(out); err != nil {
		return err
	}
	return out.Flush()
}
