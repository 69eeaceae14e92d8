package matching

import "strings"

// scheme is the public rule of a register, for values of digits and upper-case letters.
type scheme struct {
	scheme Scheme
	prefix string            // letters of a country that may stand before the number
	says   string            // the rule in words
	digits int               // the number is so many digits; 0: valid checks its form
	valid  func(string) bool // of the rest of the rule; nil: there is none
}

var schemes = [...]scheme{
	{DUNS, "", "nine digits", 9, nil},
	{LEI, "", "an LEI: 18 letters and digits, and two check digits", 0, validLEI},
	{GLN, "", "a GLN: 13 digits, the last of them a check digit", 13, divides(10, 1, 3)},
	{ABN, "", "an ABN: 11 digits that pass its check", 11, validABN},
	{KBO, "BE", "an enterprise number: ten digits that pass its check", 10, validKBO},
	{CNPJ, "", "a CNPJ: 12 letters and digits, and two check digits", 0, validCNPJ},
	{UID, "CHE", "a UID: nine digits, the last of them a check digit", 9, divides(11, 5, 4, 3, 2, 7, 6, 5, 4, 1)},
	{USCC, "", "a social credit code: 17 letters and digits, and a check character", 0, validUSCC},
	{ICO, "CZ", "an IČO: eight digits, the last of them a check digit", 8, validICO},
	{CVR, "DK", "a CVR number: eight digits that pass its check", 8, validCVR},
	{YTunnus, "FI", "a Y-tunnus: eight digits that pass its check", 8, divides(11, 7, 9, 10, 5, 8, 4, 2, 1)},
	{SIREN, "", "a SIREN: nine digits that pass its check", 9, luhn},
	{CRN, "", "a company number: eight digits, or two letters and six digits", 0, validCRN},
	{PIVA, "IT", "a partita IVA: eleven digits that pass its check", 11, luhn},
	{JCN, "", "a corporate number: 13 digits, the first of them a check digit", 13, validJCN},
	{KVK, "", "eight digits", 8, nil},
	{OrgnrNO, "NO", "an organisation number: nine digits that pass its check", 9,
		divides(11, 3, 2, 7, 6, 5, 4, 3, 2, 1)},
	{NIP, "PL", "a NIP: ten digits that pass its check", 10, divides(11, 6, 5, 7, 2, 3, 4, 5, 6, 7, -1)},
	{OrgnrSE, "SE", "an organisation number: ten digits that pass its check", 10, luhn},
	{EIN, "", "nine digits", 9, nil},
}

// digits reports whether s is n digits, not all zero: zeros fill the field of a number that nobody knows.
func digits(s string, n int) bool {
	return len(s) == n && strings.Trim(s, "0") != "" && strings.Trim(s, decimals) == ""
}

// weighted returns the sum of the digits of s, each times its weight; the weights repeat.
func weighted(s string, weights ...int) int {
	sum := 0
	for i := range len(s) {
		sum += int(s[i]-'0') * weights[i%len(weights)]
	}
	return sum
}

// divides returns a function that reports whether a modulus divides the weighted sum.
func divides(modulus int, weights ...int) func(string) bool {
	return func(s string) bool { return weighted(s, weights...)%modulus == 0 }
}

// luhn checks by ISO/IEC 7812: from the right, every second digit counts as the sum of the digits of its double.
func luhn(s string) bool {
	sum := 0
	for i := range len(s) {
		d := int(s[len(s)-1-i] - '0')
		if i%2 == 1 {
			d = d*2/10 + d*2%10
		}
		sum += d
	}
	return sum%10 == 0
}

// validLEI checks by ISO 7064 MOD 97-10.
func validLEI(s string) bool {
	return len(s) == 20 && digit(s[18]) && digit(s[19]) && mod97(s) == 1
}

// mod97 returns the remainder of a number by 97; letters count as 10 to 35.
func mod97(s string) int {
	rest := 0
	for i := range len(s) {
		if digit(s[i]) {
			rest = rest*10 + int(s[i]-'0')
		} else {
			rest = rest*100 + int(s[i]-'A') + 10
		}
		rest %= 97
	}
	return rest
}

func validABN(s string) bool {
	return s[0] != '0' && (weighted(s, 10, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19)-10)%89 == 0
}

func validICO(s string) bool {
	return (11-weighted(s[:7], 8, 7, 6, 5, 4, 3, 2)%11)%10 == int(s[7]-'0')
}

func validCVR(s string) bool {
	return s[0] != '0' && weighted(s, 2, 7, 6, 5, 4, 3, 2, 1)%11 == 0
}

func validKBO(s string) bool {
	return s[0] <= '1' && 97-mod97(s[:8]) == int(s[8]-'0')*10+int(s[9]-'0')
}

// validCNPJ accepts the letters that the register uses since 2026; each counts as its ASCII code less 48.
func validCNPJ(s string) bool {
	if len(s) != 14 || !digit(s[12]) || !digit(s[13]) || strings.Trim(s, "0") == "" {
		return false
	}
	checks := func(at int, weights ...int) bool {
		rest := weighted(s[:at], weights...) % 11
		return int(s[at]-'0') == (11-max(rest, 1))%10 // a remainder of 1 counts as 0
	}
	return checks(12, 5, 4, 3, 2, 9, 8, 7, 6) && checks(13, 6, 5, 4, 3, 2, 9, 8, 7)
}

// validUSCC checks by GB 32100, whose alphabet has no I, O, S, V and Z.
func validUSCC(s string) bool {
	const alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"
	if len(s) != 18 {
		return false
	}
	sum, weight := 0, 1
	for i := range 17 {
		at := strings.IndexByte(alphabet, s[i])
		if at < 0 {
			return false
		}
		sum, weight = sum+at*weight, weight*3%31
	}
	return alphabet[(31-sum%31)%31] == s[17]
}

func validCRN(s string) bool {
	return digits(s, 8) || len(s) == 8 && upper(s[0]) && (upper(s[1]) || digit(s[1])) && digits(s[2:], 6)
}

func validJCN(s string) bool {
	return 9-weighted(s[1:], 2, 1)%9 == int(s[0]-'0')
}
