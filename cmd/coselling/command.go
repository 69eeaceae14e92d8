package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"slices"
	"strings"
)

// command is one thing that the program does.
type command struct {
	name     string
	args     string   // the files and words that it takes, such as "[FILE]", "OLD NEW" or "FILE…"
	about    string   // one line
	more     string   // a paragraph for -h
	examples []string // each what is typed behind the program's name, and behind two blanks what it shows
	formats  []string // of -format, the first where it is not given; nil if there is no choice
	// flags adds the flags of the command, and returns what it does. The frame has -format and -out.
	flags func(*flag.FlagSet) func(*call) error
}

// call is one use of a command.
type call struct {
	args   []string        // those that are no flags
	stated map[string]bool // the flags that are given
	format string
	stdin  io.Reader // nil once it is read
	out    io.Writer // the screen, or the file of -out
	stderr io.Writer
	file   string // of -out; empty for the screen
}

// allFormats are those of a command that prints tables.
var allFormats = []string{"text", "markdown", "csv", "json", "html"}

// run reads the arguments and does what they ask for.
func (c *command) run(args []string, stdin io.Reader, stdout, stderr io.Writer) error {
	this := call{stdin: stdin, stderr: stderr}
	flags, do := c.flagSet(&this)
	err := this.parse(flags, args)
	if errors.Is(err, flag.ErrHelp) {
		_, err := io.WriteString(stdout, c.help(flags))
		return err
	}
	if err == nil {
		err = c.check(&this)
	}
	if err != nil {
		return fmt.Errorf("%w; coselling %s -h shows how it is used", err, c.name)
	}
	var look error // what is found, beside complete output
	err = written(this.file, stdout, func(out io.Writer) error {
		this.out = out
		err := do(&this)
		if _, complete := errors.AsType[found](err); complete {
			look, err = err, nil
		}
		return err
	})
	if err != nil {
		return err
	}
	return look
}

// flagSet returns the flags of the command, and what it does with them.
func (c *command) flagSet(this *call) (*flag.FlagSet, func(*call) error) {
	flags := flag.NewFlagSet(c.name, flag.ContinueOnError)
	flags.SetOutput(io.Discard) // the error says it once
	flags.StringVar(&this.file, "out", "", "write to this `FILE` and not to the screen: the whole file, or nothing")
	if c.formats != nil {
		flags.StringVar(&this.format, "format", c.formats[0], "one `FORMAT` of "+strings.Join(c.formats, ", "))
	}
	if c.flags == nil {
		return flags, nil
	}
	return flags, c.flags(flags)
}

// parse takes flags before, between and behind the other arguments; behind -- nothing is a flag.
func (c *call) parse(flags *flag.FlagSet, args []string) error {
	for {
		if err := flags.Parse(args); err != nil {
			return err
		}
		rest := flags.Args()
		ended := len(rest) < len(args) && args[len(args)-len(rest)-1] == "--"
		if args = rest; len(args) == 0 || ended {
			break
		}
		c.args, args = append(c.args, args[0]), args[1:]
	}
	c.args = append(c.args, args...)
	c.stated = map[string]bool{}
	flags.Visit(func(f *flag.Flag) { c.stated[f.Name] = true })
	return nil
}

// check refuses too few or too many arguments, and an unknown format.
func (c *command) check(this *call) error {
	words := strings.Fields(c.args)
	least, most := 0, len(words)
	for _, word := range words {
		if !strings.HasPrefix(word, "[") {
			least++
		}
		if strings.Contains(word, "…") {
			most = len(this.args)
		}
	}
	switch n := len(this.args); {
	case n > most:
		return fmt.Errorf("%q is not expected", this.args[most])
	case n < least:
		return fmt.Errorf("%s is missing", words[n])
	case c.formats != nil && !slices.Contains(c.formats, this.format):
		return fmt.Errorf("-format %q is not known; allowed are %s", this.format, strings.Join(c.formats, ", "))
	default:
		return nil
	}
}

// help is the text of -h behind the command's name.
func (c *command) help(flags *flag.FlagSet) string {
	var b strings.Builder
	p := &printer{out: &b, format: "text"}
	p.line("coselling %s %s [flags]", c.name, c.args)
	p.line("")
	p.wrapped("", c.about)
	if c.more != "" {
		p.line("")
		p.wrapped("", c.more)
	}
	if len(c.examples) > 0 {
		p.line("")
		for _, text := range c.examples {
			p.line("  coselling %s", text)
		}
	}
	p.line("")
	flags.VisitAll(func(f *flag.Flag) {
		name, usage := flag.UnquoteUsage(f)
		if f.DefValue != "" && f.DefValue != "false" && f.DefValue != "0" {
			usage += " (default " + f.DefValue + ")"
		}
		p.wrapped(fmt.Sprintf("  %-22s", "-"+f.Name+" "+name), usage)
	})
	p.print("\n" + statuses)
	return b.String()
}
