// Coselling is the command of people who own a policy or a book of deals: it reads their files, and prints who leads
// each deal, who gets what, and what stands in the way.
//
//	coselling                                       # a made-up sample, and what to type for a file of your own
//	coselling deals deals.csv -map map.json         # every deal, its leader and why, and the pay of each rep
//	coselling deals -deal D-1003                    # one deal of the sample in full
//	coselling claims registrations.csv              # who was first, what ends soon, who waits
//	coselling check policy.json                     # every problem, with its place; then what is doubtful
//	coselling compare policy.json next.json         # what changes, from when it may hold, who gains, who loses
//	coselling test policies/                        # *.test.json: what a change may do, and nothing else
//	coselling map deals.csv                         # a first mapping, guessed from the columns
//	coselling brief deal.json record.json           # what to do next about one deal
//	coselling playbook -opened 2026-11-02           # the days, tasks and gates of a deal
//	coselling schema policy                         # a JSON Schema, for editors
//	coselling -h                                    # every command; coselling deals -h: its flags, with examples
//
// Flags stand before or after the files, and - is standard input. The exit status is 0 where all is well, 1 where
// something was found that somebody should look at, and 2 where nothing came of it.
package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"syscall"
	"unicode/utf8"
)

func main() { os.Exit(run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr)) }

// commands lists what the program does, in the order of its help.
func commands() []command {
	return []command{
		dealsCommand, claimsCommand,
		checkCommand, compareCommand, testCommand, mapCommand, briefCommand, playbookCommand,
		schemaCommand,
		versionCommand, completionCommand(),
	}
}

// found is a result that somebody should look at; the output is complete.
type found struct{ error }

// run does what the arguments ask for, and returns the exit status.
func run(args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	err := dispatch(args, stdin, stdout, stderr)
	_, isFound := errors.AsType[found](err)
	switch {
	case err == nil:
		return 0
	case !errors.Is(err, syscall.EPIPE): // of which the reader has stopped, and wants no more
		fmt.Fprintln(stderr, "coselling:", err)
	}
	if isFound {
		return 1
	}
	return 2
}

// dispatch finds the command. Without one it shows the sample.
func dispatch(args []string, stdin io.Reader, stdout, stderr io.Writer) error {
	if len(args) == 0 {
		return glanceCommand.run(nil, stdin, stdout, stderr)
	}
	name, rest := args[0], args[1:]
	all := commands()
	if slices.Contains([]string{"-h", "-help", "--help", "help"}, name) {
		if len(rest) == 0 {
			_, err := io.WriteString(stdout, overview(all))
			return err
		}
		name, rest = rest[0], []string{"-h"}
	}
	at := slices.IndexFunc(all, func(c command) bool { return c.name == name })
	if at < 0 {
		names := make([]string, len(all))
		for i, c := range all {
			names[i] = c.name
		}
		return fmt.Errorf("%q is no command; the commands are %s", name, strings.Join(names, ", "))
	}
	return all[at].run(rest, stdin, stdout, stderr)
}

// overview is the text of -h.
func overview(all []command) string {
	var b strings.Builder
	p := &printer{out: &b, format: "text"}
	p.line("Coselling reads your policy, deals and claims, and prints who leads and who gets what.")
	p.line("")
	longest := 0
	for _, c := range all {
		longest = max(longest, utf8.RuneCountInString(c.name+" "+c.args))
	}
	row := func(typed, about string) { p.wrapped(fmt.Sprintf("  coselling %-*s  ", longest, typed), about) }
	row("", "a made-up sample")
	for _, c := range all {
		row(c.name+" "+c.args, c.about)
	}
	p.line("")
	p.wrapped("", "coselling COMMAND -h lists the flags of a command, with examples. Flags stand before or after "+
		"the files, - is standard input, and -out FILE writes a whole file or nothing.")
	p.print("\n" + statuses)
	return b.String()
}

// statuses explains the exit status.
const statuses = `Exit status: 0 all is well; 1 something was found that somebody should look at, and the output is
complete; 2 nothing came of it: the command line is wrong, a file cannot be read or written.
`
