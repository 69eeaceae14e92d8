package idp_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/oauth2-proxy/mockoidc"

	"github.com/coselling/coselling/examples/portal/internal/idp"
	"github.com/coselling/coselling/model"
)

var lumen = model.VendorOrg("Lumen")

// write returns the name of a file with a text.
func write(t *testing.T, text string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

// A file of providers is refused with every problem at once, and never shows a secret.
func TestSettingsAreRefused(t *testing.T) {
	t.Setenv("SECRET", "hush-hush")
	const whole = `{"party": {"side": "vendor", "org": "Lumen"}, "issuer": "https://id.example", "client": "c", ` +
		`"secret_env": "SECRET"}`
	for _, test := range []struct {
		text string
		want []string
	}{
		{"[" + whole + "]", nil},
		{`[` + whole + `, {"party": {"side": "partner", "org": "Acme"}, "issuer": "http://127.0.0.1:9/x", "client": "c", ` +
			`"secret_file": "` + write(t, "hush-hush\n") + `"}]`, nil},
		{"", []string{"EOF"}},
		{"[]", []string{"no issuer is registered for vendor Lumen"}},
		{`[{"secret": "hush-hush"}]`, []string{"unknown"}},
		{`[{}]`, []string{"[0] side:", "issuer:", "client:", "secret_file, secret_env", "no issuer is registered"}},
		{"[" + whole + "," + whole + "]", []string{"stands twice", "has two issuers"}},
		{"[" + strings.Replace(whole, "Lumen", "lumen", 1) + "]", []string{"is not the vendor"}},
		{"[" + strings.Replace(whole, "vendor", "partner", 1) + "]", []string{"is not the vendor"}},
		{"[" + strings.Replace(whole, "SECRET", "NOTHING", 1) + "]", []string{`"NOTHING" is empty`}},
		{"[" + strings.Replace(whole, `secret_env": "SECRET`, `secret_file": "/nothing`, 1) + "]", []string{"no such file"}},
		{"[" + strings.Replace(whole, `secret_env": "SECRET`, `secret_file": "`+write(t, " \n"), 1) + "]",
			[]string{"is empty"}},
		{"[" + strings.Replace(whole, `secret_env": "SECRET`, `secret_file": "`+write(t, strings.Repeat("x", 5000)), 1) +
			"]", []string{"more than 4096 bytes"}},
		{strings.Repeat(" ", 1<<20) + "[]", []string{"more than"}},
	} {
		_, err := idp.Read(write(t, test.text), lumen)
		for _, want := range test.want {
			if err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "hush-hush") {
				t.Errorf("%.200s: %v, want %s", test.text, err, want)
			}
		}
		if len(test.want) == 0 && err != nil {
			t.Errorf("%.200s: %v", test.text, err)
		}
	}
	for _, issuer := range []string{"", "id.example", "http://id.example", "http://192.0.2.1", "https://", "https://a@id.example",
		"https://id.example?x", "https://id.example#x", "file:///x"} {
		if _, err := idp.Read(write(t, "["+strings.Replace(whole, "https://id.example", issuer, 1)+"]"), lumen); err == nil {
			t.Errorf("%q is accepted as an issuer", issuer)
		}
	}
	if _, err := idp.Read("/nothing", lumen); err == nil {
		t.Error("a file that is missing is accepted")
	}
}

// settings returns those of the vendor's issuer.
func settings(t *testing.T, issuer, client string) []idp.Settings {
	t.Helper()
	t.Setenv("SECRET", "s")
	list, err := idp.Read(write(t, fmt.Sprintf(`[{"party": {"side": "vendor", "org": "Lumen"}, "issuer": %q, "client": %q, `+
		`"secret_env": "SECRET"}]`, issuer, client)), lumen)
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// An issuer that is away when the portal starts, or calls itself otherwise, or answers without end, is an error that
// names the company.
func TestAnIssuerThatDoesNotAnswerIsAnError(t *testing.T) {
	var answer func(w http.ResponseWriter)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { answer(w) }))
	defer server.Close()
	for what, a := range map[string]func(w http.ResponseWriter){
		"another issuer": func(w http.ResponseWriter) { fmt.Fprint(w, `{"issuer": "https://other.example"}`) },
		"no JSON":        func(w http.ResponseWriter) { fmt.Fprint(w, "hello") },
		"a redirect": func(w http.ResponseWriter) {
			w.Header().Set("Location", "https://other.example")
			w.WriteHeader(http.StatusFound)
		},
		"without end": func(w http.ResponseWriter) {
			for range 3 << 10 {
				_, _ = w.Write(make([]byte, 1024))
			}
		},
	} {
		answer = a
		_, err := idp.Open(t.Context(), settings(t, server.URL, "c"), "http://localhost", time.Now)
		if err == nil || !strings.Contains(err.Error(), "the issuer of vendor Lumen does not answer as one") {
			t.Errorf("%s: %v", what, err)
		}
	}
	server.Close()
	if _, err := idp.Open(t.Context(), settings(t, server.URL, "c"), "http://localhost", time.Now); err == nil {
		t.Error("an issuer that is away is accepted")
	}
	ctx, stop := context.WithCancel(t.Context())
	stop()
	if _, err := idp.Open(ctx, settings(t, "https://id.example", "c"), "http://localhost", time.Now); err == nil {
		t.Error("a start that was stopped goes on")
	}
}

// A sign-in has a state, a nonce and a verifier of its own, which nobody can guess.
func TestEverySignInIsAnother(t *testing.T) {
	m, err := mockoidc.Run()
	if err != nil {
		t.Fatal(err)
	}
	defer m.Shutdown()
	all, err := idp.Open(t.Context(), settings(t, m.Issuer(), m.ClientID), "http://localhost", time.Now)
	if err != nil {
		t.Fatal(err)
	}
	seen := make(map[string]bool)
	for range 100 {
		l := all.For("Lumen").Begin()
		for _, secret := range []string{l.State, l.Nonce, l.Verifier} {
			if len(secret) < 43 || seen[secret] || strings.Contains(l.Address, l.Verifier) {
				t.Errorf("%q in %s", secret, l.Address)
			}
			seen[secret] = true
		}
	}
	if all.For("anybody") != all.For("LUMEN") || all.Of("x") != nil || all.Of("x").SpeaksFor(lumen) {
		t.Error("the people of a company without an issuer go elsewhere")
	}
}
