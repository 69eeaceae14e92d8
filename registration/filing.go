package registration

import (
	"cmp"
	"slices"
	"strings"

	"github.com/coselling/coselling/internal/wire"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/registration/matching"
	"github.com/coselling/coselling/value"
)

const (
	maxKey    = 128 // bytes of a client's key, an id and a name
	maxReason = 4096
)

// Filing is what a party files to register an account. Key, Account and By are
// needed.
type Filing struct {
	// the client's own key, 1 to 128 bytes: the same party and key is the same filing, however often it is sent. A refused filing is not stored, so its key can be sent again; after a claim has ended file under a new one
	Key     string           `json:"key" wire:"needed"`
	Account matching.Account `json:"account" wire:"needed"`
	// the other party, for a claim for both sides; zero is for the own side
	With  model.Party `json:"with,omitzero"`
	Scope Scope       `json:",inline"`
	By    string      `json:"by" wire:"needed"` // the person of the claimant who submits it
}

// file returns the claim that a filing makes, in canonical form and with the key of its
// account, or every problem at once. What the store adds is not there yet.
func (r *Rules) file(claimant model.Party, f Filing) (Claim, error) {
	var problems value.Errors
	problems.Add("claimant", r.checkParty(claimant))
	problems.Add("key", checkText(FilingKey, f.Key, maxKey, "is no key of the client; write 1 to 128 bytes of text"))
	problems.Add("by", checkText(FilingBy, f.By, maxKey, "is no name of the person who submits the claim"))
	if !f.With.IsZero() {
		problems.Add("with", r.checkParty(f.With))
		if claimant.Side.IsValid() && f.With.Side == claimant.Side {
			problems.Refuse("with", FilingWith, f.With.Side.String(), "is the claimant's own side; name the other party")
		}
	}
	key, err := r.accounts.Key(f.Account)
	problems.Add("account", err)
	if err == nil && !key.Decides() {
		problems.Refuse("account", AccountUndecided, value.Quote(cmp.Or(f.Account.Name, strings.Join(f.Account.Domains, " "))), "has neither an identifier nor a domain of its own; a name alone decides nothing, nor does a domain that many companies share")
	}
	f.Scope, err = f.Scope.canonical()
	problems.Add("scope", err)
	f.Account.Domains, f.Account.IDs = slices.Clone(f.Account.Domains), slices.Clone(f.Account.IDs)
	return Claim{Claimant: claimant, Filing: f, Key: key}, problems.Err()
}

// checkParty refuses a party that names nobody, and a vendor that is not ours.
func (r *Rules) checkParty(p model.Party) error {
	if err := p.Check(); err != nil {
		return err
	}
	if err := checkText(model.PartyOrg, p.Org, maxKey, "is no organisation; write 1 to 128 bytes of text"); err != nil {
		return value.In("org", err)
	}
	if p.Side == model.Vendor && p != r.vendor {
		return value.In("org", value.NewError(FilingVendor, value.Quote(p.Org), "is not the vendor of this registry, "+value.Quote(r.vendor.Org)))
	}
	return nil
}

// equal compares two filings in canonical form.
func (f Filing) equal(o Filing) bool { return wire.Compare(&f, &o) == 0 }
