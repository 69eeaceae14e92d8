package value_test

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/coselling/coselling/value"
	"github.com/shopspring/decimal"
)

// swap sets a variable and returns the function that sets it back.
func swap[T any](v *T, odd T) (restore func()) {
	old := *v
	*v = odd
	return func() { *v = old }
}

// decimalGlobals holds every setting of the decimal library with an odd value.
var decimalGlobals = map[string]func() (restore func()){
	"DivisionPrecision":            func() func() { return swap(&decimal.DivisionPrecision, 1) },
	"PowPrecisionNegativeExponent": func() func() { return swap(&decimal.PowPrecisionNegativeExponent, 1) },
	"MarshalJSONWithoutQuotes":     func() func() { return swap(&decimal.MarshalJSONWithoutQuotes, true) },
	"TrimTrailingZeros":            func() func() { return swap(&decimal.TrimTrailingZeros, false) },
	"UseScientificNotation":        func() func() { return swap(&decimal.UseScientificNotation, true) },
	"ExpMaxIterations":             func() func() { return swap(&decimal.ExpMaxIterations, 1) },
	"MaxDecodeExponent":            func() func() { return swap(&decimal.MaxDecodeExponent, 0) },
	"Zero":                         func() func() { return swap(&decimal.Zero, decimal.New(7, 3)) },
}

func TestDecimalGlobalsAreAllListed(t *testing.T) {
	out, err := exec.CommandContext(t.Context(), "go", "list", "-f", "{{.Dir}}", "github.com/shopspring/decimal").Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	files, err := filepath.Glob(filepath.Join(strings.TrimSpace(string(out)), "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	var found []string
	for _, path := range files {
		if strings.HasSuffix(path, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		found = append(found, exportedVariables(file)...)
	}
	var listed []string
	for name := range decimalGlobals {
		listed = append(listed, name)
	}
	slices.Sort(found)
	slices.Sort(listed)
	if !slices.Equal(found, listed) {
		t.Errorf("the library's exported variables are %v, this test sets %v", found, listed)
	}
}

func exportedVariables(file *ast.File) (names []string) {
	for _, decl := range file.Decls {
		d, ok := decl.(*ast.GenDecl)
		if !ok || d.Tok != token.VAR {
			continue
		}
		for _, spec := range d.Specs {
			for _, name := range spec.(*ast.ValueSpec).Names {
				if name.IsExported() {
					names = append(names, name.Name)
				}
			}
		}
	}
	return names
}

// decimalWork writes down the results of every operation on amounts.
func decimalWork(t *testing.T) string {
	t.Helper()
	var out strings.Builder
	note := func(v ...any) { fmt.Fprintln(&out, v...) }
	for _, text := range []string{"120000.00 USD", "-0.01 USD", "1200 JPY", "0 KWD", "99999999999999.9999 CLF", "1.000 USD", "1e3 USD", "x"} {
		m, err := value.ParseMoney(text)
		note(text, m, err)
		d := m.Decimal()
		note(d.Coefficient(), d.Exponent())
		back, err := value.MoneyFromDecimal(d, m.Currency())
		note(back, err)
		data, err := m.MarshalJSON()
		note(string(data), err)
		var read value.Money
		note(read.UnmarshalJSON(data), read)
		parts, err := m.Allocate(1, 1, 1)
		note(parts, err)
		over, err := m.Over(m)
		note(over, err)
	}
	for _, d := range []decimal.Decimal{{}, decimal.New(10005, -3), decimal.New(-1200, -3), decimal.New(100, -1), decimal.New(12, 2), decimal.New(12, 4),
		decimal.New(1, -3), decimal.New(-5, -64), decimal.New(1, 14), decimal.New(1, 999999999), decimal.New(1, -999999999), bigDecimal("1230000000000000000001", -20)} {
		for _, currency := range placesSample {
			m, err := value.MoneyFromDecimal(d, value.MustCurrency(currency))
			note(d.Coefficient(), d.Exponent(), m, err)
		}
	}
	return out.String()
}

func TestGlobalsOfTheDecimalLibraryChangeNothing(t *testing.T) {
	probe := func() string {
		data, err := decimal.New(1200, -3).MarshalJSON()
		return fmt.Sprint(decimal.New(12, 2), string(data), err)
	}
	want, plain := decimalWork(t), probe()
	if !strings.Contains(want, "10.005 has more decimals than USD has (2)") {
		t.Fatal("the work does not show a refused decimal")
	}
	for name, set := range decimalGlobals {
		restore := set()
		got := decimalWork(t)
		restore()
		if got != want {
			t.Errorf("%s changes the result", name)
		}
	}
	for _, set := range decimalGlobals {
		defer set()()
	}
	if probe() == plain {
		t.Error("the settings had no effect at all, so this test shows nothing")
	}
	if got := decimalWork(t); got != want {
		t.Errorf("all of them together change the result:\n%s\nwant\n%s", got, want)
	}
}
