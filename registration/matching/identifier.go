package matching

import (
	"cmp"
	"slices"
	"strings"

	"github.com/coselling/coselling/value"
)

const (
	maxIdentifier = 64 // bytes
	decimals      = "0123456789"
	lower         = "abcdefghijklmnopqrstuvwxyz"
)

// Scheme names a register of companies, one of those below or a host's own. A name is a lower-case letter, then
// lower-case letters, digits and underscores, at most 64 bytes. Values are compared without case, spaces,
// punctuation.
type Scheme string

// The schemes with a public rule, by which their values are checked.
const (
	DUNS    Scheme = "duns"         // D-U-N-S of Dun & Bradstreet: nine digits, no check digit
	LEI     Scheme = "lei"          // legal entity identifier, ISO 17442
	GLN     Scheme = "gln"          // GS1 global location number
	ABN     Scheme = "au_abn"       // Australian business number
	KBO     Scheme = "be_kbo"       // Belgian enterprise number
	CNPJ    Scheme = "br_cnpj"      // Brazilian register, with the letters allowed since 2026
	UID     Scheme = "ch_uid"       // Swiss business identification number
	USCC    Scheme = "cn_uscc"      // Chinese unified social credit code, GB 32100
	ICO     Scheme = "cz_ico"       // Czech identification number
	CVR     Scheme = "dk_cvr"       // Danish business register
	YTunnus Scheme = "fi_y_tunnus"  // Finnish business id
	SIREN   Scheme = "fr_siren"     // French SIREN
	CRN     Scheme = "gb_crn"       // company number at Companies House
	PIVA    Scheme = "it_piva"      // Italian VAT number
	JCN     Scheme = "jp_corporate" // Japanese corporate number
	KVK     Scheme = "nl_kvk"       // Dutch chamber of commerce
	OrgnrNO Scheme = "no_orgnr"     // Norwegian organisation number
	NIP     Scheme = "pl_nip"       // Polish tax number
	OrgnrSE Scheme = "se_orgnr"     // Swedish organisation number
	EIN     Scheme = "us_ein"       // US employer identification number
)

// Identifier is the number of a company in a register. Both fields are needed.
type Identifier struct {
	Scheme Scheme `json:"scheme" wire:"needed"`
	// as it is written: spaces, dots, dashes, slashes and the case of letters do not count
	Value string `json:"value" wire:"needed"`
}

// canonical checks the identifier by the rule of its scheme and returns it without separators, in upper case.
func (id Identifier) canonical() (Identifier, error) {
	if !id.Scheme.wellFormed() {
		return Identifier{}, value.Below("scheme", value.NewError(identifierScheme, value.Quote(string(id.Scheme)),
			"is not a scheme; write lower-case letters, digits and underscores, a letter first"))
	}
	text := bare(id.Value)
	if text == "" {
		return Identifier{}, value.Below("value", value.NewError(IdentifierValue, value.Quote(id.Value),
			"is not an identifier; write 1 to 64 ASCII letters and digits"))
	}
	for _, rule := range schemes {
		if rule.scheme != id.Scheme {
			continue
		}
		text = strings.TrimPrefix(text, rule.prefix)
		if rule.digits > 0 && !digits(text, rule.digits) || rule.valid != nil && !rule.valid(text) {
			return Identifier{}, value.Below("value",
				value.NewError(IdentifierValue, value.Quote(id.Value), "is not "+rule.says))
		}
	}
	return Identifier{id.Scheme, text}, nil
}

func (s Scheme) wellFormed() bool {
	return s != "" && len(s) <= maxIdentifier && 'a' <= s[0] && s[0] <= 'z' &&
		strings.Trim(string(s), lower+decimals+"_") == ""
}

// bare returns a value in upper case without separators, or "" if it is not an identifier.
func bare(s string) string {
	text := strings.Map(func(r rune) rune {
		if strings.ContainsRune(" .-/", r) {
			return -1
		}
		return r
	}, s)
	if len(s) > maxIdentifier || strings.Trim(text, lower+decimals+strings.ToUpper(lower)) != "" {
		return ""
	}
	return strings.ToUpper(text)
}

func canonicalIDs(ids []Identifier) ([]Identifier, error) {
	if len(ids) > maxIdentifiers {
		return nil, excess("ids", len(ids), maxIdentifiers)
	}
	var problems value.Errors
	var found []Identifier
	for i, id := range ids {
		c, err := id.canonical()
		if err == nil && slices.ContainsFunc(found, func(o Identifier) bool { return o.Scheme == c.Scheme }) {
			err = value.Below("scheme", value.NewError(identifierScheme, value.Quote(string(c.Scheme)),
				"stands twice; a company has one identifier of a scheme"))
		}
		if err != nil {
			problems.Add(value.Index("ids", i), err)
			continue
		}
		found = append(found, c)
	}
	slices.SortFunc(found, func(a, b Identifier) int { return cmp.Compare(a.Scheme, b.Scheme) })
	return found, problems.Err()
}
