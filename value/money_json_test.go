package value_test

import (
	"bytes"
	stdjson "encoding/json"
	"errors"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/coselling/coselling/value"
	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
	"pgregory.net/rapid"
)

// Both JSON packages that an importer may use; they call the methods of Money.
var jsonPackages = []struct {
	name      string
	marshal   func(any) ([]byte, error)
	unmarshal func([]byte, any) error
}{
	{"encoding/json", stdjson.Marshal, stdjson.Unmarshal},
	{"go-json-experiment", func(v any) ([]byte, error) { return json.Marshal(v) }, func(b []byte, v any) error { return json.Unmarshal(b, v) }},
}

type moneyDocument struct {
	Price value.Money            `json:"price"`
	Cap   *value.Money           `json:"cap"`
	List  []value.Money          `json:"list"`
	By    map[string]value.Money `json:"by"`
}

func TestMoneyJSONHasOneForm(t *testing.T) {
	m := value.MustMoney("-120000 USD")
	document := moneyDocument{Price: m, Cap: &m, List: []value.Money{m, {}}, By: map[string]value.Money{"a": value.MustMoney("5 JPY")}}
	const one = `{"amount":"-120000.00","currency":"USD"}`
	const want = `{"price":` + one + `,"cap":` + one + `,"list":[` + one + `,null],"by":{"a":{"amount":"5","currency":"JPY"}}}`
	for _, p := range jsonPackages {
		got, err := p.marshal(document)
		if err != nil || string(got) != want {
			t.Errorf("%s: %s, %v", p.name, got, err)
		}
		var back moneyDocument
		if err := p.unmarshal(got, &back); err != nil {
			t.Errorf("%s: %v", p.name, err)
		}
		if back.Price != m || *back.Cap != m || len(back.List) != 2 || back.List[0] != m || !back.List[1].IsZero() || back.By["a"] != document.By["a"] {
			t.Errorf("%s: %v", p.name, back)
		}
	}
}

func TestMoneyJSONIsReadBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := anyMoney().Draw(t, "money")
		for _, p := range jsonPackages {
			data, err := p.marshal(m)
			if err != nil {
				t.Fatal(err)
			}
			var back value.Money
			if err := p.unmarshal(data, &back); err != nil || back != m {
				t.Errorf("%s: %s is read back as %s, %v", p.name, data, back, err)
			}
		}
	})
}

func TestMoneyJSONReads(t *testing.T) {
	for data, want := range map[string]string{
		`{"amount":"1","currency":"USD"}`:                      "1.00 USD",
		` { "currency" : "KWD" , "amount" : "-1.5" } `:         "-1.500 KWD",
		`{"\u0061mount":"\u0031\u0030","currency":"\u0055SD"}`: "10.00 USD",
	} {
		for _, p := range jsonPackages {
			var m value.Money
			if err := p.unmarshal([]byte(data), &m); err != nil || m.String() != want {
				t.Errorf("%s: %s is %s, %v", p.name, data, m, err)
			}
		}
	}
	for _, p := range jsonPackages {
		m := value.MustMoney("1 USD")
		if err := p.unmarshal([]byte("null"), &m); err != nil || !m.IsZero() {
			t.Errorf("%s: null is %s, %v", p.name, m, err)
		}
	}
}

func TestMoneyJSONRefuses(t *testing.T) {
	const write = ` is not money; write {"amount":"120000.00","currency":"USD"}`
	for _, c := range []struct {
		data, path string
		code       value.Code
		says       string
	}{
		{`"1.00 USD"`, "", value.MoneyFormat, `"\"1.00 USD\"" is not money; write {"amount":"120000.00","currency":"USD"}`},
		{`1`, "", value.MoneyFormat, ""}, {`true`, "", value.MoneyFormat, ""}, {`[]`, "", value.MoneyFormat, ""},
		{`["1","USD"]`, "", value.MoneyFormat, ""},
		{`{"amount":1,"currency":"USD"}`, "amount", value.MoneyFormat, `amount: "{\"amount\":1,\"currency\":\"USD\"}"` + write},
		{`{"amount":1.00,"currency":"USD"}`, "amount", value.MoneyFormat, ""},
		{`{"amount":true,"currency":"USD"}`, "amount", value.MoneyFormat, ""},
		{`{"amount":["1"],"currency":"USD"}`, "amount", value.MoneyFormat, ""},
		{`{"amount":{"a":"1"},"currency":"USD"}`, "amount", value.MoneyFormat, ""},
		{`{"amount":{"a":"1","a":"2"},"currency":"USD"}`, "amount", value.MoneyFormat, ""},
		{`{"amount":"1","currency":840}`, "currency", value.MoneyFormat, ""},
		{`{"amount":"1","amount":"2","currency":"USD"}`, "amount", value.MoneyFormat, ""},
		{`{"amount":"1","\u0061mount":"1","currency":"USD"}`, "amount", value.MoneyFormat, ""},
		{`{"amount":"1","currency":"USD","currency":"EUR"}`, "currency", value.MoneyFormat, ""},
		{`{"Amount":"1","currency":"USD"}`, "Amount", value.MoneyFormat, ""},
		{`{"amount":"1","Currency":"USD"}`, "Currency", value.MoneyFormat, ""},
		{`{"amount":"1","currency":"USD","AMOUNT":"9"}`, "AMOUNT", value.MoneyFormat, ""},
		{`{"amount":"1","currency":"USD","minor":100}`, "minor", value.MoneyFormat, ""},
		{`{"amount":"1","currency":"USD","":0}`, `""`, value.MoneyFormat, ""},
		{"{\"amount\":\"1\",\"currency\":\"USD\",\"\u202e\\n\":0}", `"\u202e\n"`, value.MoneyFormat, ""},
		{`{}`, "currency", value.CurrencyUnknown, ""},
		{`{"amount":"1"}`, "currency", value.CurrencyUnknown, ""},
		{`{"amount":"1","currency":null}`, "currency", value.CurrencyUnknown, ""},
		{`{"amount":"1","currency":"usd"}`, "currency", value.CurrencyUnknown, ""},
		{`{"amount":"1","currency":"XAU"}`, "currency", value.CurrencyNoMinorUnit, ""},
		{`{"currency":"USD"}`, "amount", value.DecimalFormat, ""},
		{`{"amount":null,"currency":"USD"}`, "amount", value.DecimalFormat, ""},
		{`{"amount":"","currency":"USD"}`, "amount", value.DecimalFormat, ""},
		{`{"amount":"1e3","currency":"USD"}`, "amount", value.DecimalFormat, ""},
		{`{"amount":"1,5","currency":"USD"}`, "amount", value.DecimalFormat, ""},
		{`{"amount":"1.000","currency":"USD"}`, "amount", value.MoneyScaleExcess, `amount: "1.000" has more decimals than USD has (2)`},
		{`{"amount":"100000000000000","currency":"USD"}`, "amount", value.MoneyRange, ""},
	} {
		for _, p := range jsonPackages {
			m := value.MustMoney("7 EUR")
			err := p.unmarshal([]byte(c.data), &m)
			what := p.name + ": " + c.data
			if syntax, ok := errors.AsType[*jsontext.SyntacticError](err); ok && errors.Is(syntax, jsontext.ErrDuplicateName) {
				continue // this package refuses the document before it asks Money
			}
			refused(t, what, err, c.code)
			e, _ := errors.AsType[*value.Error](err)
			if e == nil {
				continue
			}
			if e.Path != c.path || c.says != "" && e.Error() != c.says {
				t.Errorf("%s:\n got %s\nwant path %q %s", what, e, c.path, c.says)
			}
			if m != value.MustMoney("7 EUR") {
				t.Errorf("%s: refused, yet the amount changed to %s", what, m)
			}
		}
	}
}

// The calling package refuses text that is not JSON; called directly, the method refuses it
// too.
func TestMoneyJSONCalledDirectlyRefusesMalformedText(t *testing.T) {
	for _, data := range []string{"", " ", "{", `{"amount":"1","currency":"USD"} x`, `{"amount":"1","currency":"USD"}{}`,
		`{"amount":"1","currency":"USD",}`, `{'amount':'1'}`, "{\"amount\":\"\xff\",\"currency\":\"USD\"}", "nul", "NULL", strings.Repeat("[", 20000)} {
		var m value.Money
		refused(t, data[:min(len(data), 40)], m.UnmarshalJSON([]byte(data)), value.MoneyFormat)
	}
}

// readsAsMoney reports whether data is one object of the two members, each once,
// both text, by the tokens of the standard library.
func readsAsMoney(data []byte) (text string, ok bool) {
	decoder := stdjson.NewDecoder(bytes.NewReader(data))
	members := map[string]string{}
	if token, err := decoder.Token(); err != nil || token != stdjson.Delim('{') {
		return "", false
	}
	for decoder.More() {
		name, err := decoder.Token()
		if err != nil {
			return "", false
		}
		token, err := decoder.Token()
		member, isText := token.(string)
		if _, twice := members[name.(string)]; err != nil || twice || !isText {
			return "", false
		}
		members[name.(string)] = member
	}
	amount, hasAmount := members["amount"]
	currency, hasCurrency := members["currency"]
	return amount + " " + currency, hasAmount && hasCurrency && len(members) == 2 && stdjson.Valid(data)
}

func FuzzMoneyJSON(f *testing.F) {
	for _, s := range []string{`{"amount":"120000.00","currency":"USD"}`, `{"currency":"JPY","amount":"5"}`, `null`, `{}`, `"1 USD"`,
		`{"amount":1,"currency":"USD"}`, `{"amount":"1","amount":"2","currency":"USD"}`, `{"Amount":"1","currency":"USD"}`,
		`{"amount":"1","currency":"USD","x":{}}`, `{"amount":"1","currency":"USD"} 1`, `{"amount":"1e9","currency":"USD"}`,
		`{"\u0061mount":"1","currency":"USD"}`, "{\"amount\":\"\xff\",\"currency\":\"USD\"}", `{"amount":"\ud800","currency":"USD"}`} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		var m value.Money
		err := m.UnmarshalJSON(data)
		if string(data) == "null" {
			if err != nil || !m.IsZero() {
				t.Fatalf("null: %s, %v", m, err)
			}
			return
		}
		text, ok := readsAsMoney(data)
		_, isMoney := readMoney(text)
		// The standard library mends invalid UTF-8, we refuse it.
		if want := ok && isMoney && utf8.Valid(data); want != (err == nil) {
			t.Fatalf("%q: %v, want it taken: %t", data, err, want)
		}
		if err != nil {
			if !hasOneOf(err, moneyCodes) || !m.IsZero() {
				t.Errorf("%q: %s, %v", data, m, err)
			}
			refused(t, "refused", err, errorCode(err))
			return
		}
		out, err := m.MarshalJSON()
		if err != nil {
			t.Fatal(err)
		}
		var back value.Money
		if err := back.UnmarshalJSON(out); err != nil || back != m || back != value.MustMoney(text) {
			t.Errorf("%q is printed as %s, which is read as %s, %v", data, out, back, err)
		}
	})
}
