package main

import (
	"flag"
	"fmt"
	"io"
	"runtime"
	"runtime/debug"
	"strings"
)

// versionCommand names the version, for a report of a problem.
var versionCommand = command{
	name: "version", about: "the version of this program, and the Go version that built it",
	flags: func(*flag.FlagSet) func(*call) error {
		return func(c *call) error {
			version, revision := "unknown", ""
			if info, ok := debug.ReadBuildInfo(); ok {
				version = info.Main.Version
				for _, s := range info.Settings {
					if s.Key == "vcs.revision" {
						revision = " " + s.Value
					}
				}
			}
			_, err := fmt.Fprintf(c.out, "coselling %s%s %s %s/%s\n", version, revision, runtime.Version(),
				runtime.GOOS, runtime.GOARCH)
			return err
		}
	},
}

// shells are those for which completion writes a script.
var shells = map[string]func(io.Writer, []command) error{"bash": bash, "fish": fish, "zsh": zsh}

// completionCommand writes what a shell needs to complete commands and flags.
func completionCommand() command {
	return command{
		name: "completion", args: "SHELL", about: "a script that completes commands and flags in bash, fish or zsh",
		examples: []string{
			`completion bash > ~/.local/share/bash-completion/completions/coselling`,
			`completion fish > ~/.config/fish/completions/coselling.fish`,
			`completion zsh > "${fpath[1]}/_coselling"`,
		},
		flags: func(*flag.FlagSet) func(*call) error {
			return func(c *call) error {
				script := shells[c.args[0]]
				if script == nil {
					return fmt.Errorf("%q is no shell that is known; allowed are bash, fish, zsh", c.args[0])
				}
				return script(c.out, commands())
			}
		},
	}
}

// flagsOf calls do for each flag of a command, with its values where they are few.
func (c *command) flagsOf(do func(f *flag.Flag, values []string)) {
	flags, _ := c.flagSet(&call{})
	flags.VisitAll(func(f *flag.Flag) {
		if f.Name == "format" {
			do(f, c.formats)
		} else {
			do(f, nil)
		}
	})
}

func bash(out io.Writer, all []command) error {
	var names, cases strings.Builder
	for _, c := range all {
		names.WriteString(" " + c.name)
		fmt.Fprintf(&cases, "    %s) words=\"", c.name)
		c.flagsOf(func(f *flag.Flag, _ []string) { cases.WriteString(" -" + f.Name) })
		cases.WriteString("\" ;;\n")
	}
	_, err := fmt.Fprintf(out, `_coselling() {
  local words="" now="${COMP_WORDS[COMP_CWORD]}" before="${COMP_WORDS[COMP_CWORD-1]}"
  if ((COMP_CWORD == 1)); then words="%s"
  elif [[ $before == -format ]]; then words="%s"
  elif [[ $now == -* ]]; then case "${COMP_WORDS[1]}" in
%s  esac; fi
  COMPREPLY=($(compgen -W "$words" -- "$now"))
}
complete -o default -F _coselling coselling
`, names.String(), strings.Join(allFormats, " "), cases.String())
	return err
}

func zsh(out io.Writer, all []command) error {
	if _, err := io.WriteString(out, "#compdef coselling\nautoload -U +X bashcompinit && bashcompinit\n"); err != nil {
		return err
	}
	return bash(out, all)
}

func fish(out io.Writer, all []command) error {
	for _, c := range all {
		const word = "complete -c coselling -n __fish_use_subcommand -f -a %s -d '%s'\n"
		fmt.Fprintf(out, word, c.name, quotedFish(c.about))
		c.flagsOf(func(f *flag.Flag, values []string) {
			_, usage := flag.UnquoteUsage(f)
			fmt.Fprintf(out, "complete -c coselling -n '__fish_seen_subcommand_from %s' -o %s -d '%s'", c.name, f.Name,
				quotedFish(usage))
			if values != nil {
				fmt.Fprintf(out, " -x -a '%s'", strings.Join(values, " "))
			}
			fmt.Fprintln(out)
		})
	}
	return nil
}

// quotedFish makes a text safe between the quotes of fish.
func quotedFish(text string) string {
	return strings.NewReplacer(`\`, `\\`, "'", `\'`).Replace(text)
}
