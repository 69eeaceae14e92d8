// Playbook prints the dated playbook of one deal, walks the deal through every stage
// with its evidence, shows a move that is refused and why, and then the same deal at
// a smaller amount, which falls on the simplified playbook.
//
//	go run ./examples/playbook
//	go run ./examples/playbook -engagement true_co_sell -amount "80000.00 USD" -opened 2027-02-01
package main

import (
	"bufio"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"

	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/stage"
	"github.com/coselling/coselling/value"
)

func main() {
	if err := run(os.Args[1:], os.Stdout, os.Stderr); err != nil {
		fmt.Fprintln(os.Stderr, "playbook:", err)
		os.Exit(1)
	}
}

// options are the options of the command line.
type options struct {
	engagement model.Engagement
	amount     value.Money
	small      value.Money
	opened     value.Date
}

func run(args []string, stdout, stderr io.Writer) error {
	o, err := parse(args, stderr)
	if errors.Is(err, flag.ErrHelp) {
		return nil
	}
	if err != nil {
		return err
	}
	rules, err := stage.DefaultRules()
	if err != nil {
		return err
	}
	out := bufio.NewWriter(stdout)
	for _, amount := range []value.Money{o.amount, o.small} {
		d := deal{out: out, rules: rules, amount: amount}
		if err := d.play(o); err != nil {
			return err
		}
	}
	return out.Flush()
}

func parse(args []string, stderr io.Writer) (options, error) {
	o := options{engagement: model.PartnerLed, amount: value.MustMoney("120000.00 USD"), small: value.MustMoney("10000.00 USD"), opened: value.MustDate("2026-11-02")}
	flags := flag.NewFlagSet("playbook", flag.ContinueOnError)
	flags.SetOutput(stderr)
	flags.Func("engagement", "partner_led, vendor_led or true_co_sell (default partner_led)", into(&o.engagement, model.ParseEngagement))
	flags.Func("amount", "the deal's amount, in the currency of the threshold (default 120000.00 USD)", into(&o.amount, value.ParseMoney))
	flags.Func("small", "the amount of the second walk (default 10000.00 USD)", into(&o.small, value.ParseMoney))
	flags.Func("opened", "the day on which the deal opens (default 2026-11-02)", into(&o.opened, value.ParseDate))
	if err := flags.Parse(args); err != nil {
		return o, err
	}
	if flags.NArg() > 0 {
		return o, fmt.Errorf("%q is not expected; -help lists the flags", flags.Arg(0))
	}
	return o, nil
}

func into[T any](target *T, parse func(string) (T, error)) func(string) error {
	return func(s string) error {
		v, err := parse(s)
		if err == nil {
			*target = v
		}
		return err
	}
}
