package matching

import "strings"

// Scheme names a register of companies, one of those below or a host's own. A name is a lower-case letter, then
// lower-case letters, digits and underscores, at most 64 bytes. A host's own scheme numbers companies, and its values
// are compared without case, spaces, punctuation.
type Scheme string

// The schemes with a public rule, by which their values are checked. All but three number companies: one that has two
// D-U-N-S, GLN or SIRET has two sites.
const (
	DUNS    Scheme = "duns"         // D-U-N-S of Dun & Bradstreet, of a site: nine digits, no check digit
	LEI     Scheme = "lei"          // legal entity identifier, ISO 17442
	GLN     Scheme = "gln"          // GS1 global location number, of a site
	ABN     Scheme = "au_abn"       // Australian business number
	KBO     Scheme = "be_kbo"       // Belgian enterprise number
	CNPJ    Scheme = "br_cnpj"      // Brazilian register; the first 8 places are the company, the next 4 a site
	UID     Scheme = "ch_uid"       // Swiss business identification number
	USCC    Scheme = "cn_uscc"      // Chinese unified social credit code, GB 32100
	ICO     Scheme = "cz_ico"       // Czech identification number
	CVR     Scheme = "dk_cvr"       // Danish business register
	YTunnus Scheme = "fi_y_tunnus"  // Finnish business id
	SIREN   Scheme = "fr_siren"     // French SIREN
	SIRET   Scheme = "fr_siret"     // French SIRET, of a site; the first 9 digits are the company's SIREN
	CRN     Scheme = "gb_crn"       // company number at Companies House; BR and six digits are a site
	VATGB   Scheme = "gb_vat"       // UK VAT number; the first 9 digits are the company, 3 more a branch
	PIVA    Scheme = "it_piva"      // Italian VAT number
	JCN     Scheme = "jp_corporate" // Japanese corporate number
	KVK     Scheme = "nl_kvk"       // Dutch chamber of commerce
	OrgnrNO Scheme = "no_orgnr"     // Norwegian organisation number
	NIP     Scheme = "pl_nip"       // Polish tax number
	OrgnrSE Scheme = "se_orgnr"     // Swedish organisation number
	EIN     Scheme = "us_ein"       // US employer identification number
)

func (s Scheme) wellFormed() bool {
	return s != "" && len(s) <= maxIdentifier && 'a' <= s[0] && s[0] <= 'z' &&
		strings.Trim(string(s), lower+decimals+"_") == ""
}

// register is the public rule of a scheme, for values of digits and upper-case letters.
type register struct {
	scheme Scheme
	says   string            // the rule in words
	digits int               // the number is so many digits; 0: valid checks its form
	valid  func(string) bool // of the rest of the rule; nil: there is none
	prefix string            // letters that may stand before the number
	suffix string            // words, one of which may stand behind a number of so many digits
	from   int               // where the part begins that is no check digit,
	to     int               // and where it ends; 0: at the end
	places int               // of the number are the company's, the others a site's; 0: all
	owner  Scheme            // of the company's places; "": the same
}

var registers = [...]register{
	{scheme: DUNS, says: "nine digits", digits: 9},
	{scheme: LEI, says: "an LEI: 18 letters and digits, and two check digits", valid: validLEI, to: 18},
	{scheme: GLN, says: "a GLN: 13 digits, the last of them a check digit, and no number for use inside of one company",
		digits: 13, valid: validGLN, to: 12},
	{scheme: ABN, says: "an ABN: 11 digits that pass its check", digits: 11, valid: validABN, prefix: "ABN", from: 2},
	{scheme: KBO, says: "an enterprise number: ten digits that pass its check", digits: 10, valid: validKBO,
		prefix: "BE", to: 8},
	{scheme: CNPJ, says: "a CNPJ: 12 letters and digits, and two check digits", valid: validCNPJ, to: 8, places: 8},
	{scheme: UID, says: "a UID: nine digits, the last of them a check digit", digits: 9,
		valid: divides(11, 5, 4, 3, 2, 7, 6, 5, 4, 1), prefix: "CHE", suffix: "MWST TVA IVA VAT HR", to: 8},
	{scheme: USCC, says: "a social credit code: 17 letters and digits, and a check character", valid: validUSCC,
		to: 17},
	{scheme: ICO, says: "an IČO: eight digits, the last of them a check digit", digits: 8, valid: validICO,
		prefix: "CZ", to: 7},
	{scheme: CVR, says: "a CVR number: eight digits that pass its check", digits: 8, valid: validCVR,
		prefix: "DK", to: 7},
	{scheme: YTunnus, says: "a Y-tunnus: eight digits that pass its check", digits: 8,
		valid: divides(11, 7, 9, 10, 5, 8, 4, 2, 1), prefix: "FI", to: 7},
	{scheme: SIREN, says: "a SIREN: nine digits that pass its check", digits: 9, valid: luhn, to: 8},
	{scheme: SIRET, says: "a SIRET: a SIREN and five digits that pass its check", digits: 14, valid: validSIRET,
		to: 8, places: 9, owner: SIREN},
	{scheme: CRN, says: "a company number: eight places, digits or two letters and digits, the last three of which " +
		"may be letters", valid: validCRN},
	{scheme: VATGB, says: "a UK VAT number: nine or twelve digits that pass its check", valid: validVATGB,
		prefix: "GB", to: 7, places: 9},
	{scheme: PIVA, says: "a partita IVA: eleven digits that pass its check", digits: 11, valid: luhn,
		prefix: "IT", to: 10},
	{scheme: JCN, says: "a corporate number: 13 digits, the first of them a check digit", digits: 13, valid: validJCN,
		prefix: "T", from: 1},
	{scheme: KVK, says: "eight digits", digits: 8},
	{scheme: OrgnrNO, says: "an organisation number: nine digits that pass its check", digits: 9,
		valid: divides(11, 3, 2, 7, 6, 5, 4, 3, 2, 1), prefix: "NO", suffix: "MVA", to: 8},
	{scheme: NIP, says: "a NIP: ten digits that pass its check", digits: 10,
		valid: divides(11, 6, 5, 7, 2, 3, 4, 5, 6, 7, -1), prefix: "PL", to: 9},
	{scheme: OrgnrSE, says: "an organisation number: ten digits that pass its check", digits: 10, valid: luhn,
		prefix: "SE", suffix: "01", to: 9},
	{scheme: EIN, says: "an EIN: nine digits, of which the first two are a prefix that the IRS assigns", digits: 9,
		valid: validEIN},
}

// read returns the number of a value without prefix and suffix; false if it breaks the rule.
func (r register) read(text string) (string, bool) {
	text = strings.TrimPrefix(text, r.prefix)
	for suffix := range strings.FieldsSeq(r.suffix) {
		if rest, ok := strings.CutSuffix(text, suffix); ok && len(rest) == r.digits {
			text = rest
		}
	}
	return text, (r.digits == 0 || digits(text, r.digits)) && (r.valid == nil || r.valid(text))
}

// placeholder reports whether people write the number where they know none: one digit repeated, or a run of digits,
// check digits and sites apart. Zeros stand for a company only in Brazil: they are the first of all, Banco do Brasil.
func (r register) placeholder(number string) bool {
	if r.to > 0 {
		number = number[:r.to]
	}
	number = number[r.from:]
	if r.scheme == CNPJ && number == "00000000" || strings.Trim(number, decimals) != "" {
		return false
	}
	step := (number[1] + 10 - number[0]) % 10
	for i := range len(number) - 1 {
		if (number[i+1]+10-number[i])%10 != step {
			return false
		}
	}
	return step == 0 || step == 1 || step == 9
}

// site reports whether the number is that of a site, of which a company may have several.
func (id Identifier) site() bool {
	return id.Scheme == DUNS || id.Scheme == GLN || id.Scheme == CRN && strings.HasPrefix(id.Value, "BR")
}
