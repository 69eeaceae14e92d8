package matching_test

import (
	"errors"
	"fmt"
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
	"se_orgnr:556036-0793", "us_ein:91-1144442", "crm_number:a-17", "fr_siret:732 829 320 00074",
	"fr_siret:356 000 000 00048", "gb_vat:GB 980 7806 84", "gb_vat:980780684001", "br_cnpj:00.000.000/0001-91",
	"gb_crn:IP00525R", "gb_crn:SP2096RS", "gb_crn:SL00911A", "gb_crn:IP000CUS", "gb_crn:BR004719",
	"ch_uid:CHE-109.298.651 MWST", "ch_uid:CHE-109.298.651 TVA", "no_orgnr:NO 988 077 917 MVA",
	"no_orgnr:988 077 917 mva", "jp_corporate:T5835678256246", "se_orgnr:SE556036079301", "au_abn:ABN 51 824 753 556",
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
		if c.Scheme == matching.CNPJ { // only the company's places remain
			again, err = c, nil
		}
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
		given := id(text)
		if unchecked[given.Scheme] {
			continue
		}
		for i := range len(given.Value) {
			wrong := []byte(given.Value)
			switch b := wrong[i]; {
			case b == '9':
				wrong[i] = '0'
			case '0' <= b && b <= '8':
				wrong[i]++
			default:
				continue
			}
			got, err := canonical(r, matching.Identifier{Scheme: given.Scheme, Value: string(wrong)})
			if !errors.Is(err, matching.IdentifierValue) {
				// A weight may share a factor with the modulus: CNPJ maps two remainders to 0. The branch of a
				// UK number, and the suffix of a Swedish one, have no check digit.
				if given.Scheme == matching.CNPJ || given.Scheme == matching.ICO || i > 8 && given.Scheme == matching.VATGB {
					continue
				}
				t.Errorf("reg.same_account: %s passes for %s: %v, %v", wrong, text, got, err)
			}
		}
	}
}

// The numbers that people write where they know none, and those that nobody is given.
func TestPlaceholdersAreRefused(t *testing.T) {
	r := compile(t)
	for _, text := range []string{
		"lei:00000000000000000098", "lei:00000000000000000001", "us_ein:00-0000001", "us_ein:07-1234568", "us_ein:96-3456781",
		"duns:999999999", "duns:123456789", "duns:987654321", "duns:012345678", "duns:000000000",
		"br_cnpj:11.111.111/0001-91", "br_cnpj:12.345.678/0001-95", "be_kbo:0000.000.097", "fr_siren:111 111 118",
		"fr_siret:111 111 118 00006", "gb_crn:12345678", "gb_crn:00000000", "gb_crn:SC000000", "nl_kvk:11111111",
		"gln:2000000000008", "gln:0400000000003", "gln:0200000000009", "gln:0000000000000", "no_orgnr:000000000",
		"jp_corporate:1111111111111", "au_abn:53 004 085 616x", "it_piva:00000000000", "pl_nip:1234567890",
	} {
		if got, err := canonical(r, id(text)); !errors.Is(err, matching.IdentifierValue) {
			t.Errorf("reg.same_account: %s is taken: %v, %v", text, got, err)
		}
	}
	_, err := canonical(r, id("duns:999999999"))
	if want := `"999999999" is a placeholder, which is no company's number; leave the identifier out`; !strings.Contains(fmt.Sprint(err), want) {
		t.Error(err)
	}
}

// Numbers of sites say nothing where they differ; of a number with places for both, the company's decide.
func TestLevelsOfNumbersDecide(t *testing.T) {
	r := compile(t)
	for _, c := range []struct{ name, a, b, want, evidence string }{
		{"two sites in Brazil", "br_cnpj:16.727.230/0001-97", "br_cnpj:16.727.230/0002-78", "same",
			"both have br_cnpj 16727230"},
		{"two companies in Brazil, one domain", "acme.com br_cnpj:16.727.230/0001-97",
			"acme.com br_cnpj:12.ABC.345/01DE-35", "different",
			"br_cnpj differs: 16727230 and 12ABC345; both have the domain acme.com, which decides nothing beside identifiers"},
		{"two D-U-N-S, one domain", "acme.com duns:150483782", "acme.com duns:150483783", "same",
			"duns differs, as it does between sites of one company: 150483782 and 150483783; both have the domain acme.com"},
		{"two GLN, one domain", "acme.com gln:4006381333931", "acme.com gln:5901234123457", "same",
			"gln differs, as it does between sites of one company: 4006381333931 and 5901234123457; " +
				"both have the domain acme.com"},
		{"two D-U-N-S, nothing else", "duns:150483782", "duns:150483783", "different",
			"duns differs, as it does between sites of one company: 150483782 and 150483783"},
		{"one D-U-N-S of several", "duns:150483782 duns:150483783", "duns:150483784 duns:150483783", "same",
			"both have duns 150483783"},
		{"two D-U-N-S, one LEI", "duns:150483782 lei:529900T8BM49AURSDO55", "duns:150483783 lei:529900T8BM49AURSDO55",
			"same", "duns differs, as it does between sites of one company: 150483782 and 150483783; " +
				"both have lei 529900T8BM49AURSDO55"},
		{"a company and its site in France", "fr_siren:732829320", "fr_siret:73282932000074", "same",
			"both have fr_siren 732829320"},
		{"sites of two companies in France", "fr_siret:35600000000048", "fr_siret:73282932000074", "different",
			"fr_siren differs: 356000000 and 732829320"},
		{"a company and its branch in the UK", "gb_vat:GB980780684", "gb_vat:980780684001", "same",
			"both have gb_vat 980780684"},
		{"two UK establishments, one domain", "acme.com gb_crn:BR004719", "acme.com gb_crn:BR004720", "same",
			"gb_crn differs, as it does between sites of one company: BR004719 and BR004720; both have the domain acme.com"},
		{"a UK establishment and its company", "acme.com gb_crn:BR004719", "acme.com gb_crn:FC004720", "same",
			"gb_crn differs, as it does between sites of one company: BR004719 and FC004720; both have the domain acme.com"},
		{"one site, two companies", "duns:150483782 us_ein:911144442", "duns:150483782 us_ein:911144443", "near",
			"both have duns 150483782; us_ein differs: 911144442 and 911144443"},
	} {
		m := r.Match(key(t, r, account(c.a)), key(t, r, account(c.b)))
		var got []string
		for _, e := range m.Evidence {
			got = append(got, e.String())
		}
		if m.Relation.String() != c.want || strings.Join(got, "; ") != c.evidence {
			t.Errorf("reg.same_account %s: %s, want %s\n%s", c.name, m.Relation, c.want, strings.Join(got, "; "))
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
		if again, err := canonical(r, c); c.Scheme != matching.CNPJ && (err != nil || again != c) {
			t.Fatalf("%v is %v, %v", c, again, err)
		}
	})
}

// reg.same_account: a VAT number of the United Kingdom follows the rule of 1973 or that of 2009, which adds 55.
func TestBothRulesOfBritishVATNumbersHold(t *testing.T) {
	r := compile(t)
	for text, valid := range map[string]bool{"200 0001 79": true, "200 0001 24": true, "200 0001 37": false} {
		if got, err := canonical(r, id("gb_vat:"+text)); (err == nil) != valid {
			t.Errorf("reg.same_account: %s: %v, %v", text, got, err)
		}
	}
}
