package accounts

import (
	"math/rand/v2"
	"testing"

	"github.com/coselling/coselling/registration"
	"github.com/coselling/coselling/registration/domains"
)

// reg.same_account, reg.atomic: accounts are the same as the words of the rule say, and of two steps at one time one
// comes first.
func TestAccountsAgree(t *testing.T) {
	rules, err := registration.Compile(registration.DefaultPolicy(us.Org, "olga", "omar"), domains.Registrable)
	if err != nil {
		t.Fatal(err)
	}
	for seed := range uint64(300) {
		r := rand.New(rand.NewPCG(seed, 1))
		if problem := Same(r, rules.Accounts()); problem != "" {
			t.Fatal(problem)
		}
		if problem := Race(r, rules); problem != "" {
			t.Fatal(problem)
		}
	}
}
