package book_test

import (
	"bytes"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/coselling/coselling/book"
	"github.com/coselling/coselling/comp"
	"github.com/coselling/coselling/value"
)

// unexported compares unexported fields too.
var unexported = cmp.Exporter(func(reflect.Type) bool { return true })

// The file, the defaults of the packages and the printed book are the same.
func TestDefaultBookIsItsFile(t *testing.T) {
	agreed := book.Default()
	if err := agreed.Check(); err != nil {
		t.Fatal(err)
	}
	document, err := agreed.Document()
	if err != nil || string(document) != book.DefaultDocument() {
		t.Errorf("default_book.json is not what DefaultBook prints (run go generate): %v", err)
	}
	parsed, err := book.Parse([]byte(book.DefaultDocument()))
	if diff := cmp.Diff(agreed, parsed, unexported); err != nil || diff != "" {
		t.Errorf("default_book.json is read as another book: %v\n%s", err, diff)
	}
	compact, err := agreed.MarshalJSON()
	if err != nil {
		t.Fatal(err)
	}
	again, err := book.Parse(compact)
	if diff := cmp.Diff(agreed, again, unexported); err != nil || diff != "" {
		t.Errorf("the compact form is read as another book: %v\n%s", err, diff)
	}
	var inside book.Book
	err = inside.UnmarshalJSON(compact)
	if diff := cmp.Diff(agreed, inside, unexported); err != nil || diff != "" {
		t.Errorf("inside another document it is read as another book: %v\n%s", err, diff)
	}
	if bytes.Contains(document, []byte("\t")) || !bytes.HasSuffix(document, []byte("}\n")) {
		t.Error("the document is not laid out")
	}
}

func codesAt(reasons []value.Reason) []string {
	var list []string
	for _, r := range reasons {
		list = append(list, string(r.Code())+" "+strings.Join(r.Paths(), " "))
	}
	return list
}

func TestLintFindsDoubtfulTerms(t *testing.T) {
	for _, c := range []struct {
		name   string
		change func(*book.Book)
		want   []string
	}{
		{"default", func(*book.Book) {}, nil},
		{"reg.life protection shorter than the playbook", func(b *book.Book) { b.Registration.Protection = 89 },
			[]string{"reg.protection_short registration.protection stage.playbooks[0].stages[5].last"}},
		{"a contribution outside of the usual range", func(b *book.Book) {
			b.Comp.RoleBased.Contributions[comp.CoSelling] = value.MustPercent("60%")
		}, []string{"comp.lint.percent comp.role_based.contributions.true_co_sell"}},
		{"large deals on the simplified playbook",
			func(b *book.Book) { b.Escalation.LargeFrom = value.MustMoney("24999.99 USD") },
			[]string{"book.large_simplified stage.threshold escalation.large_from"}},
		{"at the threshold", func(b *book.Book) { b.Escalation.LargeFrom = b.Stage.Threshold }, nil},
		{"refused", func(b *book.Book) { b.Version, b.Registration.Protection = "", 1 }, nil},
	} {
		agreed := book.Default()
		c.change(&agreed)
		if got := codesAt(agreed.Lint()); !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

// wantLines fails unless err has one line for each prefix.
func wantLines(t *testing.T, name string, err error, want []string) {
	t.Helper()
	if err == nil {
		t.Errorf("%s: taken, want %q", name, want)
		return
	}
	lines := strings.Split(err.Error(), "\n")
	for i, line := range lines {
		if i >= len(want) || !strings.HasPrefix(line, want[i]) {
			t.Errorf("%s: problem %d is %q", name, i, line)
		}
	}
	if len(lines) != len(want) {
		t.Errorf("%s: %d problems, want %d", name, len(lines), len(want))
	}
}
