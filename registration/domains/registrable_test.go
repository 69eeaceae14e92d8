package domains_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/coselling/coselling/registration/domains"
	"github.com/coselling/coselling/value"
)

var hosts = []struct {
	give, want string
	code       value.Code
}{
	{"acme.com", "acme.com", ""}, {"www.acme.co.uk", "acme.co.uk", ""}, {"sales.acme.co.uk", "acme.co.uk", ""},
	{" WWW.Acme.COM. ", "acme.com", ""},
	{"https://Bücher.de/x?y#z", "xn--bcher-kva.de", ""}, {"xn--bcher-kva.de", "xn--bcher-kva.de", ""},
	{"bu\u0308cher.de", "xn--bcher-kva.de", ""},
	{"ana@mail.acme.com", "acme.com", ""}, {"acme.com:8443", "acme.com", ""},
	{"http://user:pw@acme.com:80/", "acme.com", ""},
	{"foo.github.io", "foo.github.io", ""}, {"www.foo.github.io", "foo.github.io", ""}, {"acme。jp", "acme.jp", ""},
	{"асме.com", "xn--80akut.com", ""},
	{"localhost", "", value.Code("domain.local")}, {"acme.local", "", value.Code("domain.local")},
	{"intranet", "", value.Code("domain.local")}, {"acme.example", "", value.Code("domain.local")},
	{"10.0.0.1", "", value.Code("domain.address")}, {"[::1]:80", "", value.Code("domain.address")},
	{"::1", "", value.Code("domain.address")}, {"http://10.0.0.1:80/x", "", value.Code("domain.address")},
	{"co.uk", "", value.Code("domain.suffix")}, {"com", "", value.Code("domain.suffix")}, {"github.io", "", value.Code("domain.suffix")},
	{"аcme.com", "", value.Code("domain.mixed")}, {"xn--cme-6cd.com", "", value.Code("domain.mixed")},
	{"acmε.com", "", value.Code("domain.mixed")},
	{"\xc1.ac", "", domains.DomainFormat}, {"\ufffd.ac", "", domains.DomainFormat}, {"", "", domains.DomainFormat},
	{"..", "", domains.DomainFormat}, {"acme..com", "", domains.DomainFormat}, {"1.2.3", "", domains.DomainFormat},
	{"acme_x.com", "", domains.DomainFormat}, {"-acme.com", "", domains.DomainFormat},
	{"acme .com", "", domains.DomainFormat}, {"xn--a.com", "", domains.DomainFormat},
	{strings.Repeat("a", 64) + ".com", "", domains.DomainFormat},
	{strings.Repeat("a.", 200) + "com", "", domains.DomainFormat},
	{strings.Repeat("a", 3000), "", domains.DomainFormat},
}

func TestRegistrableDomainOfAHost(t *testing.T) {
	for _, c := range hosts {
		got, err := domains.Registrable(c.give)
		if got != c.want || c.code == "" && err != nil || c.code != "" && !errors.Is(err, c.code) {
			t.Errorf("reg.same_account %q: %q, %v; want %q, %s", c.give, got, err, c.want, c.code)
		}
	}
}

func FuzzRegistrable(f *testing.F) {
	for _, c := range hosts {
		f.Add(c.give)
	}
	f.Fuzz(func(t *testing.T, host string) {
		d, err := domains.Registrable(host)
		if err != nil {
			return
		}
		if again, err := domains.Registrable("www." + d); err != nil || again != d {
			t.Fatalf("%q is %q, and below it %q, %v", host, d, again, err)
		}
	})
}

func Example() {
	d, err := domains.Registrable("https://www.Acme.co.uk/about")
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(d)
	// Output: acme.co.uk
}
