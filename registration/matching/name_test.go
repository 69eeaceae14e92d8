package matching_test

import (
	"os"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/coselling/coselling/registration/matching"
)

// The names of one line are those of one company (reg.same_account).
var sameNames = []string{
	"Acme|ACME|acme, Inc.|Acme GmbH|ACME GMBH & CO. KG|Acme S.A. de C.V.|Acme S. A.|" +
		"Ａｃｍｅ|Ac\u200bme|\u202eAcme\u202c|A\u0301cme|Аcme Ltd|Acme Pty Ltd|“Acme” Ltd.|Acme (AG)",
	"Müller & Söhne AG|Mueller und Soehne|MULLER SOHNE|Mu\u0308ller and So\u0308hne AG",
	"トヨタ自動車株式会社|株式会社トヨタ自動車|㈱トヨタ自動車|ﾄﾖﾀ自動車",
	"삼성전자 주식회사|주식회사 삼성전자|삼성전자",
	"北京字节跳动科技有限公司|北京字节跳动科技",
	"ООО «Ромашка»|Ромашка, ООО|РОМАШКА",
	"Foo Sp. z o.o.|Foo Sp. z o. o.|Foo spółka z ograniczoną odpowiedzialnością|FOO",
	"Škoda a.s.|Skoda, spol. s r.o.|SKODA",
	"L'Oréal S.A.|L’OREAL|Loreal",
	"Ørsted A/S|Orsted AS|ORSTED",
	"Straße SE|STRASSE",
	"AT&T Inc.|A T & T",
	"H&M Hennes & Mauritz AB (publ)|H & M Hennes Mauritz",
	"Société Générale S.A.|Societe Generale",
	"OY Nokia Ab|Nokia Oyj|Nokia",
	"PT Telkom Indonesia (Persero) Tbk|Telkom Indonesia",
	"Ülker Bisküvi Sanayi ve Ticaret A.Ş.|Ulker Biskuvi",
}

func TestLegalFormsAreRemovedFromNames(t *testing.T) {
	r := compile(t)
	seen := map[string]string{}
	for _, line := range sameNames {
		names := strings.Split(line, "|")
		want := key(t, r, matching.Account{Name: names[0]}).Name
		if other, ok := seen[want]; ok {
			t.Errorf("reg.same_account: %q and %q are both %q", names[0], other, want)
		}
		seen[want] = names[0]
		for _, name := range names {
			if got := key(t, r, matching.Account{Name: name}).Name; got != want {
				t.Errorf("reg.same_account: %q is %q, and %q is %q", name, got, names[0], want)
			}
		}
	}
}

// reg.same_account: only a name of several words keeps them apart.
func TestWordsOfANameAreKeptWhereItHasSeveral(t *testing.T) {
	for name, want := range map[string]string{"Arvato SE": "", "Arvato Systems GmbH": "arvato systems"} {
		if got := key(t, compile(t), matching.Account{Name: name}).Words; got != want {
			t.Errorf("%s has the words %q, want %q", name, got, want)
		}
	}
}

func TestLegalFormOfAnotherCountryIsAWord(t *testing.T) {
	r := compile(t)
	for _, c := range []struct{ name, country, want string }{
		{"Dell AS", "NO", "dell"}, {"Dell AS", "", "dell"}, {"Dell AS", "US", "dellas"},
		{"PT Boats", "ID", "boats"}, {"PT Boats", "US", "ptboats"},
		{"GmbH", "DE", "gmbh"}, {"Co Co", "US", "co"}, {"A/S", "DK", "as"}, {"株式会社", "JP", "株式会社"},
		{"Inc. Magazine", "US", "magazine"}, {"Incubator", "US", "incubator"},
	} {
		if got := key(t, r, matching.Account{Name: c.name, Country: c.country}).Name; got != c.want {
			t.Errorf("reg.same_account: %q of %q is %q, want %q", c.name, c.country, got, c.want)
		}
	}
}

// A5 and A6: a legal form does not count where it is true, in its languages, short and spelled out, in front and behind.
func TestNamesOfOneCompanyInItsCountryAreNear(t *testing.T) {
	r := compile(t)
	for _, c := range []struct{ country, a, b string }{
		{"FR", "Schneider Electric SE", "Schneider Electric"}, {"DE", "SAP SE", "SAP"}, {"NL", "Airbus SE", "Airbus"},
		{"NL", "Koninklijke Philips N.V.", "Koninklijke Philips"}, {"BE", "Solvay S.A./N.V.", "Solvay"},
		{"RO", "Dacia Plant S.R.L.", "Dacia Plant"}, {"GR", "Τράπεζα Πειραιώς Α.Ε.", "ΤΡΑΠΕΖΑ ΠΕΙΡΑΙΩΣ"},
		{"GR", "Τράπεζα Πειραιώς Α. Ε.", "Τράπεζα Πειραιώς"}, {"NL", "Acme Co.", "Acme"}, {"TW", "Acme Co.", "Acme"},
		{"PH", "Acme Co.", "Acme"}, {"JP", "Acme Co.", "Acme"}, {"VE", "Empresas Polar C.A.", "Empresas Polar"},
		{"PL", "Łoś spółka z o.o.", "Los"}, {"PL", "Łoś Sp.k.", "Łoś spółka komandytowa"},
		{"US", "Acme Limited Liability Company", "Acme LLC"}, {"US", "Acme, L.L.C.", "Acme limited liability co."},
		{"RU", "Gazprom Open Joint Stock Company", "Gazprom"}, {"RU", "Газпром ОАО", "Открытое акционерное общество Газпром"},
		{"RU", "Общество с ограниченной ответственностью «Ромашка»", "ООО Ромашка"},
		{"HK", "Acme Co., Limited", "Acme Ltd"}, {"CN", "Acme Co.,Ltd.", "Acme"}, {"CN", "Acme Co.Ltd", "Acme"},
		{"IL", `טבע תעשיות בע"מ`, "טבע תעשיות"}, {"IL", "טבע תעשיות בע״מ", "טבע תעשיות"},
		{"SA", "شركة المراعي", "المراعي"}, {"SA", "شركة المراعي ذ.م.م", "المراعي"},
		{"TR", "Arçelik Anonim Şirketi", "Arçelik A.Ş."}, {"TR", "Arçelik San. ve Tic. Ltd. Şti.", "Arçelik"},
		{"TH", "บริษัท ปตท จำกัด (มหาชน)", "ปตท"}, {"TH", "บริษัทปตทจำกัด", "ปตท"},
		{"VN", "Công ty cổ phần FPT", "FPT"}, {"JP", "Sony Kabushiki Kaisha", "Sony KK"},
		{"HU", "MOL Nyilvánosan Működő Részvénytársaság", "MOL Nyrt."}, {"CZ", "Škoda akciová společnost", "Škoda a.s."},
		{"SK", "Eset spoločnosť s ručením obmedzeným", "ESET, spol. s r.o."}, {"BG", "Софарма АД", "Софарма акционерно дружество"},
		{"MX", "Cemex Sociedad Anónima Bursátil de Capital Variable", "Cemex S.A.B. de C.V."},
		{"BR", "Vale Sociedade Anônima", "Vale S.A."}, {"IT", "Eni Società per Azioni", "Eni S.p.A."},
		{"FI", "Nokia Julkinen Osakeyhtiö", "Nokia Oyj"}, {"EE", "Bolt Technology osaühing", "Bolt Technology OÜ"},
		{"IN", "Infosys Private Limited", "Infosys Pvt.Ltd."}, {"MY", "Petronas Sendirian Berhad", "Petronas Sdn. Bhd."},
	} {
		a := key(t, r, matching.Account{Name: c.a, Country: c.country})
		b := key(t, r, matching.Account{Name: c.b, Country: c.country})
		if got := r.Relation(a, b); got != matching.Near || a.Name != b.Name {
			t.Errorf("reg.same_account: in %s %q is %q, and %q is %q", c.country, c.a, a.Name, c.b, b.Name)
		}
	}
}

// A7, and real pairs of names with their source.
func TestRealPairsOfNames(t *testing.T) {
	r := compile(t)
	data, err := os.ReadFile("testdata/pairs.txt")
	if err != nil {
		t.Fatal(err)
	}
	read := 0
	for line := range strings.Lines(string(data)) {
		row := strings.Split(strings.TrimSpace(line), "|")
		if len(row) != 5 {
			continue
		}
		read++
		country := strings.Trim(row[1], "-")
		a := key(t, r, matching.Account{Name: row[2], Country: country})
		b := key(t, r, matching.Account{Name: row[3], Country: country})
		m, back := r.Match(a, b), r.Match(b, a)
		if m.Relation.String() != row[0] || back.Relation != m.Relation || (m.Relation == matching.Near) != (len(m.Evidence) == 1) {
			t.Errorf("reg.same_account: %q (%s) and %q (%s) are %s, want %s", row[2], a.Name, row[3], b.Name, m.Relation, row[0])
		}
	}
	if read < 100 {
		t.Errorf("%d pairs", read)
	}
}

func TestEvidenceOfNearNamesSaysHow(t *testing.T) {
	r := compile(t)
	for _, c := range []struct{ a, b, want string }{
		{"The Coca-Cola Company", "Coca Cola Co.", "the names are equal without legal form: coca cola"},
		{"St. Gobain", "Saint Gobain", "the names are equal without legal form: saint gobain"},
		{"1&1 Mail", "1und1 Mail", "the names are equal without legal form: 1 1 mail"},
		{"Bank of Ireland", "Ireland Bank of", "the names have the same words in another order: bank of ireland and ireland bank of"},
		{"Arvato", "Arvato Systems", "one name begins with the other: arvato and arvato systems"},
		{"Hooli", "Hoolli", "the names are similar: hooli and hoolli"},
	} {
		m := r.Match(key(t, r, matching.Account{Name: c.a, Country: "US"}), key(t, r, matching.Account{Name: c.b, Country: "US"}))
		if m.Relation != matching.Near || len(m.Evidence) != 1 || m.Evidence[0].String() != c.want {
			t.Errorf("reg.same_account %q and %q: %s, %v; want %s", c.a, c.b, m.Relation, m.Evidence, c.want)
		}
	}
}

// In a country without a listed form those of all countries are left out, and the evidence says so.
func TestCountriesWithoutFormsFallBackToAll(t *testing.T) {
	r := compile(t)
	a := key(t, r, matching.Account{Name: "Acme A/S", Country: "AQ"})
	m := r.Match(a, key(t, r, matching.Account{Name: "Acme Sdn Bhd", Country: "AQ"}))
	want := "the names are equal without legal form: acme; no legal form of AQ is listed, so those of all countries were left out"
	if m.Relation != matching.Near || len(m.Evidence) != 1 || m.Evidence[0].String() != want {
		t.Errorf("reg.same_account: %s, %v", m.Relation, m.Evidence)
	}
}

// Every form of the list is left out behind a name and in front of it, in each of its countries.
func TestEveryListedFormIsLeftOut(t *testing.T) {
	r := compile(t)
	data, err := os.ReadFile("lists/legal-forms.txt")
	if err != nil {
		t.Fatal(err)
	}
	_, list, _ := strings.Cut(string(data), "\n\n")
	for line := range strings.Lines(list) {
		form, countries, _ := strings.Cut(strings.TrimSuffix(line, "\n"), "\t")
		for _, country := range append(strings.Fields(countries), "") {
			for _, name := range []string{"Zyxwv " + form, form + " Zyxwv", strings.ToUpper("zyxwv, " + form + ".")} {
				if got := key(t, r, matching.Account{Name: name, Country: country}).Name; got != "zyxwv" {
					t.Errorf("reg.same_account: %q of %q is %q", name, country, got)
				}
			}
		}
	}
}

func TestFoldingTwiceChangesNothingAndNeverEmpties(t *testing.T) {
	r := compile(t)
	rapid.Check(t, func(t *rapid.T) {
		letters := []rune("abcÄöß .&-SAGmbHаеЖ株式会社\u0301\u200f①ﬁ")
		name := rapid.StringOfN(rapid.RuneFrom(letters), 0, 30, 200).Draw(t, "name")
		k, err := r.Key(matching.Account{Name: name})
		if err != nil {
			if strings.ContainsAny(name, "abcGSAmbHЖ社") {
				t.Fatalf("%q refused: %v", name, err)
			}
			return
		}
		upper, err := r.Key(matching.Account{Name: "  " + strings.ToUpper(name) + " !"})
		if err != nil || upper.Name != k.Name {
			t.Fatalf("%q is %q, in upper case %q (%v)", name, k.Name, upper.Name, err)
		}
	})
}
