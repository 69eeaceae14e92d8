package matching_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/coselling/coselling/registration/matching"
	"github.com/coselling/coselling/value"
)

// Public numbers of companies, and examples from the documents of the registers.
var valid = []string{
	"duns:15-048-3782", "lei:213800KUD8LAJWSQ9D15", "lei:529900T8BM49AURSDO55", "gln:4006381333931",
	"au_abn:51 824 753 556", "au_abn:83 914 571 673", "be_kbo:BE 0428.759.497", "be_kbo:0403.170.701",
	"br_cnpj:16.727.230/0001-97", "br_cnpj:12.ABC.345/01DE-35", "ch_uid:CHE-100.155.212",
	"cn_uscc:91110000600037341L", "cz_ico:25596641", "cz_ico:CZ25123891", "dk_cvr:DK 13585628",
	"fi_y_tunnus:2077474-0", "fi_y_tunnus:0112038-9", "fr_siren:552 008 443", "gb_crn:SC123456", "gb_crn:00445790",
	"it_piva:IT 00743110157", "jp_corporate:5835678256246", "jp_corporate:7000012050002", "nl_kvk:33031431",
	"no_orgnr:988 077 917", "no_orgnr:982 463 718", "gb_crn:R0123456", "pl_nip:PL 856-734-62-15",
	"se_orgnr:556036-0793", "us_ein:91-1144442", "crm_number:a-17",
}

// canonical returns an identifier as a key has it.
func canonical(r *matching.Rules, id matching.Identifier) (matching.Identifier, error) {
	k, err := r.Key(matching.Account{IDs: []matching.Identifier{id}})
	if err != nil {
		return matching.Identifier{}, err
	}
	return k.IDs[0], nil
}

func TestPublicNumbersAreValid(t *testing.T) {
	r := compile(t)
	for _, text := range valid {
		c, err := canonical(r, id(text))
		if err != nil {
			t.Errorf("reg.same_account: %s: %v", text, err)
			continue
		}
		again, err := canonical(r, c)
		if err != nil || again != c {
			t.Errorf("reg.same_account: %s is %v, and then %v, %v", text, c, again, err)
		}
	}
}

// A check digit finds every changed digit.
func TestCheckDigitsFindTypingErrors(t *testing.T) {
	unchecked := map[matching.Scheme]bool{matching.DUNS: true, matching.KVK: true, matching.CRN: true,
		matching.EIN: true, "crm_number": true}
	r := compile(t)
	for _, text := range valid {
		c, err := canonical(r, id(text))
		if err != nil || unchecked[c.Scheme] {
			continue
		}
		for i := range len(c.Value) {
			wrong := []byte(c.Value)
			switch b := wrong[i]; {
			case b == '9':
				wrong[i] = '0'
			case b == 'Z':
				wrong[i] = 'A'
			default:
				wrong[i]++
			}
			if strings.ContainsAny(string(wrong[i]), ":") {
				continue
			}
			got, err := canonical(r, matching.Identifier{Scheme: c.Scheme, Value: string(wrong)})
			if !errors.Is(err, matching.IdentifierValue) {
				// A weight may share a factor with the modulus: CNPJ maps two remainders to 0.
				if c.Scheme == matching.CNPJ || c.Scheme == matching.ICO {
					continue
				}
				t.Errorf("reg.same_account: %s passes for %s: %v, %v", wrong, c.Value, got, err)
			}
		}
	}
}

func TestMalformedIdentifiersAreRefused(t *testing.T) {
	r := compile(t)
	for _, text := range []string{
		"duns:15048378", "duns:000000000", "duns:15048378x", "lei:213800KUD8LAJWSQ9D1", "lei:213800KUD8LAJWSQ9DAB",
		"cn_uscc:91110000600037341I",
		"gb_crn:1234567", "gb_crn:S!123456", "fr_siren:", "crm:" + strings.Repeat("1", 65),
		"crm:日本", "crm: - ", "DUNS:150483782", ":1", "a b:1", "au_abn:01824753556",
		"lei:213800KUD8LAJWSQ9D1A", "be_kbo:428759497", "be_kbo:2428759442", "br_cnpj:00000000000000", "br_cnpj:1672723000019",
		"br_cnpj:12ABC34501DEA5", "br_cnpj:12ABC34501DE3A",
		"cn_uscc:9111000060003734", "cn_uscc:I1110000600037341L", "gb_crn:1C123456", "gb_crn:SCA23456",
		"{x:1", "x{:1", "crm:{",
		strings.Repeat("x", 65) + ":1",
	} {
		_, err := canonical(r, id(text))
		if !errors.Is(err, matching.IdentifierValue) && !errors.Is(err, value.Code("identifier.scheme")) {
			t.Errorf("%s: %v", text, err)
		}
	}
}

func FuzzCanonical(f *testing.F) {
	for _, text := range valid {
		i := id(text)
		f.Add(string(i.Scheme), i.Value)
	}
	r := compile(f)
	f.Fuzz(func(t *testing.T, scheme, number string) {
		c, err := canonical(r, matching.Identifier{Scheme: matching.Scheme(scheme), Value: number})
		if err != nil {
			return
		}
		if again, err := canonical(r, c); err != nil || again != c {
			t.Fatalf("%v is %v, %v", c, again, err)
		}
	})
}
