package coselling_test

import (
	"bytes"
	"reflect"
	"testing"

	"github.com/coselling/coselling"
)

// One truth: the file, the packages' defaults and the printing of both.
func TestDefaultBookIsItsFile(t *testing.T) {
	book := coselling.DefaultBook()
	if err := book.Check(); err != nil {
		t.Fatal(err)
	}
	document, err := book.Document()
	if err != nil || string(document) != coselling.DefaultDocument() {
		t.Errorf("default_book.json is not what DefaultBook prints (run go generate): %v", err)
	}
	parsed, err := coselling.ParseBook([]byte(coselling.DefaultDocument()))
	if err != nil || !reflect.DeepEqual(parsed, book) {
		t.Errorf("default_book.json is read as another book: %v", err)
	}
	compact, err := book.MarshalJSON()
	if err != nil {
		t.Fatal(err)
	}
	again, err := coselling.ParseBook(compact)
	if err != nil || !reflect.DeepEqual(again, book) {
		t.Errorf("the compact form is read as another book: %v", err)
	}
	var inside coselling.Book
	if err := inside.UnmarshalJSON(compact); err != nil || !reflect.DeepEqual(inside, book) {
		t.Errorf("inside another document it is read as another book: %v", err)
	}
	if bytes.Contains(document, []byte("\t")) || !bytes.HasSuffix(document, []byte("}\n")) {
		t.Error("the document is not laid out")
	}
}
