package wire_test

import (
	"reflect"
	"testing"

	"github.com/coselling/coselling/internal/wire"
)

type hidden struct {
	Text string `json:"text"`
}

func TestNamedFindsAPlanThatWasMade(t *testing.T) {
	own := reflect.TypeFor[hidden]()
	if p := wire.Named(own.PkgPath(), "hidden"); p != nil {
		t.Errorf("%v before it was made", p.Type)
	}
	if _, err := wire.Marshal(&hidden{}); err != nil {
		t.Fatal(err)
	}
	if p := wire.Named(own.PkgPath(), "hidden"); p == nil || p.Type != own {
		t.Errorf("%v is not its plan", p)
	}
	for _, c := range [][2]string{{own.PkgPath(), "other"}, {"elsewhere", "hidden"}} {
		if p := wire.Named(c[0], c[1]); p != nil {
			t.Errorf("%v for %v", p.Type, c)
		}
	}
}
