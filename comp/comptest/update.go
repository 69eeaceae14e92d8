package comptest

import (
	"flag"
	"os"
)

const (
	updateFlag     = "update"
	updateVariable = "COSELLING_UPDATE"
)

const howToUpdate = "if the change is intended, run the test again with " + updateVariable +
	"=1, or with a boolean flag -" + updateFlag +
	" of your own, and commit the file"

// updating reports whether golden files are to be rewritten.
func updating() bool { return os.Getenv(updateVariable) == "1" || flagIsSet(flag.CommandLine) }

// flagIsSet reports whether a set of flags has a boolean one named update that is set.
func flagIsSet(flags *flag.FlagSet) bool {
	f := flags.Lookup(updateFlag)
	if f == nil {
		return false
	}
	getter, ok := f.Value.(flag.Getter)
	if !ok {
		return false
	}
	set, ok := getter.Get().(bool)
	return ok && set
}
