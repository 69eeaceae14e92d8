package matching

import "strings"

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

// validCRN accepts the numbers of registered societies, which may end in letters: IP00525R, SP2096RS, IP000CUS.
func validCRN(s string) bool {
	if digits(s, 8) {
		return true
	}
	if len(s) != 8 {
		return false
	}
	body := strings.TrimRight(s[2:], strings.ToUpper(lower))
	return upper(s[0]) && (upper(s[1]) || digit(s[1])) && len(body) >= 3 && strings.Trim(body, decimals) == "" &&
		(len(body) < 6 || digits(body, 6))
}

// validGLN refuses the prefixes 02, 04 and 20 to 29 of GS1, whose numbers every company may give for itself.
func validGLN(s string) bool {
	return divides(10, 1, 3)(s) && s[0] != '2' && s[:2] != "02" && s[:2] != "04"
}

// validSIRET makes the exception of La Poste, whose sites pass if five divides the sum of their digits.
func validSIRET(s string) bool {
	return luhn(s[:9]) && (luhn(s) || s[:9] == "356000000" && divides(5, 1)(s))
}

// validVATGB checks by either of the two rules, that of 1973 and that of 2009.
func validVATGB(s string) bool {
	if !digits(s, 9) && (!digits(s, 12) || !digits(s[:9], 9)) {
		return false
	}
	sum := weighted(s[:7], 8, 7, 6, 5, 4, 3, 2) + weighted(s[7:9], 10, 1)
	return sum%97 == 0 || (sum+55)%97 == 0
}

// validEIN refuses the prefixes that the IRS has given to no campus.
func validEIN(s string) bool {
	return !strings.Contains(" 00 07 08 09 17 18 19 28 29 49 69 70 78 79 89 96 97 ", " "+s[:2]+" ")
}

func validJCN(s string) bool {
	return 9-weighted(s[1:], 2, 1)%9 == int(s[0]-'0')
}
