package matching_test

import (
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
