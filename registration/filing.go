package registration

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/coselling/coselling/internal/wire"
	"github.com/coselling/coselling/model"
	"github.com/coselling/coselling/registration/matching"
	"github.com/coselling/coselling/value"
)

const (
	maxKey    = 128 // bytes of a client's key, an id and a name
	maxReason = 4096
	maxAlso   = 20 // further parties of a claim
)

// Filing is a party's request to register an account. Key, Account and By are needed; the zero value is refused.
type Filing struct {
	// the client's own key, 1 to 128 bytes: the same party and key is the same filing, however often it is sent.
	// A refused filing is not stored, so its key can be sent again; after a claim has ended, file under a new key
	Key     string           `json:"key" wire:"needed"`
	Account matching.Account `json:"account" wire:"needed"`
	// the other party of a claim for both sides; zero: the claim is for the claimant's own side
	With model.Party `json:"with,omitzero"`
	// further partners of a claim for several, at most 20, each once; nil: none
	Also  []model.Party `json:"also,omitzero"`
	Scope Scope         `json:",inline"`
	By    string        `json:"by" wire:"needed"` // id of the person of the claimant who submits it, 1 to 128 bytes
}

// file returns the claim of a filing in canonical form, without id and stamp, or every problem at once.
func (r *Rules) file(claimant model.Party, f Filing) (Claim, error) {
	var problems value.Errors
	problems.Add("claimant", r.checkParty(claimant))
	problems.Add("key", checkText("filing.key", f.Key, maxKey,
		"is not a key of the client; write 1 to 128 bytes of text"))
	problems.Add("by", checkText(filingBy, f.By, maxKey, "is not the name of the person who submits the claim"))
	if !f.With.IsZero() {
		problems.Add("with", r.checkParty(f.With))
		if claimant.Side.IsValid() && f.With.Side == claimant.Side {
			problems.Refuse("with", beneficiary, f.With.Side.String(),
				"is the claimant's own side; name the other party")
		}
	}
	problems.Add("also", r.checkAlso(claimant, f))
	key, err := r.accounts.Key(f.Account)
	problems.Add("account", err)
	if err == nil && !key.Decides() {
		name := cmp.Or(f.Account.Name, strings.Join(f.Account.Domains, " "))
		problems.Refuse("account", AccountUndecided, value.Quote(name),
			"has neither an identifier nor a domain of its own; a name or a shared domain is not enough")
	}
	f.Scope, err = f.Scope.canonical()
	problems.Add("scope", err)
	f.Also = slices.Clone(f.Also)
	f.Account.Domains = slices.Clone(f.Account.Domains)
	f.Account.IDs = slices.Clone(f.Account.IDs)
	return Claim{Claimant: claimant, Filing: f, Key: key}, problems.Err()
}

// checkAlso refuses more than 20 further parties, the vendor among them, and one that the claim names already.
func (r *Rules) checkAlso(claimant model.Party, f Filing) error {
	if n := len(f.Also); n > maxAlso {
		return value.NewError(claimExcess, strconv.Itoa(n)+" parties", "are above the limit of "+strconv.Itoa(maxAlso))
	}
	var problems value.Errors
	if claimant.Side == model.Vendor && f.With.IsZero() && len(f.Also) > 0 {
		problems.Refuse("", beneficiary, "a claim of the vendor", "names its first partner in with, and others in also")
	}
	for i, p := range f.Also {
		at := value.Index("", i)
		problems.Add(at, r.checkParty(p))
		switch {
		case p == claimant || p == f.With || slices.Contains(f.Also[:i], p):
			problems.Refuse(at, beneficiary, value.Quote(p.Org), "is named by the claim already; name each party once")
		case p.Side == model.Vendor:
			problems.Refuse(at, beneficiary, value.Quote(p.Org), "is the vendor; further parties are partners")
		}
	}
	return problems.Err()
}

// names reports whether the claim is for a party beside its claimant.
func (f *Filing) names(p model.Party) bool {
	return !p.IsZero() && (p == f.With || slices.Contains(f.Also, p))
}

// checkParty refuses a party without a side or an organisation, and a vendor that is not the one of the policy.
func (r *Rules) checkParty(p model.Party) error {
	if err := p.Check(); err != nil {
		return err
	}
	const want = "is not an organisation; write 1 to 128 bytes of text"
	if err := checkText(model.PartyOrg, p.Org, maxKey, want); err != nil {
		return value.Below("org", err)
	}
	if p.Side == model.Vendor && p != r.vendor {
		return value.Below("org", value.NewError("filing.vendor", value.Quote(p.Org),
			"is not the vendor of this registry, "+value.Quote(r.vendor.Org)))
	}
	return nil
}

// equal compares two filings in canonical form.
func (f Filing) equal(o Filing) bool { return wire.Compare(&f, &o) == 0 }

// checkText refuses text that is longer than limit bytes, not UTF-8 or not visible.
func checkText(code value.Code, s string, limit int, want string) error {
	if len(s) <= limit && utf8.ValidString(s) && visible(s) {
		return nil
	}
	return value.NewError(code, value.Quote(s), want)
}

// visible reports whether s is not blank and has no control or invisible characters.
func visible(s string) bool {
	hidden := func(r rune) bool { return unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp) }
	return strings.TrimSpace(s) != "" && !strings.ContainsFunc(s, hidden)
}
