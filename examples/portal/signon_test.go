package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/oauth2-proxy/mockoidc"
)

// providers returns a file with the provider of the vendor.
func providers(t *testing.T, issuer, client string) string {
	t.Helper()
	t.Setenv("SECRET", "hush-hush")
	file := filepath.Join(t.TempDir(), "providers.json")
	text := fmt.Sprintf(`[{"party": {"side": "vendor", "org": "Lumen"}, "issuer": %q, "client": %q, "secret_env": "SECRET"}]`,
		issuer, client)
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

// Other machines reach only a portal with providers, under its name. An issuer that is away stops the start.
func TestFlagsOfProvidersAreRefused(t *testing.T) {
	away := providers(t, "http://127.0.0.1:1/oidc", "c")
	for _, test := range []struct{ args, want string }{
		{"-host portal.example", "need -oidc"},
		{"-invite noor", "need -oidc"},
		{"-host portal.example -addr :8080", "this machine alone"},
		{"-oidc " + away + " -addr :8080", "HTTPS"},
		{"-oidc " + away + " -host https://portal.example", "is no name"},
		{"-oidc " + away + " -host portal.example/x", "is no name"},
		{"-oidc " + away + " -host a@b", "is no name"},
		{"-oidc /nothing -addr localhost:0", "no such file"},
		{"-oidc " + away + " -addr localhost:0", "the issuer of vendor Lumen does not answer as one"},
	} {
		args := append(strings.Fields(test.args), "-db", filepath.Join(t.TempDir(), "portal.db"))
		err := run(t.Context(), args, io.Discard, io.Discard)
		if err == nil || !strings.Contains(err.Error(), test.want) || strings.Contains(err.Error(), "hush") {
			t.Errorf("%s: %v", test.args, err)
		}
	}
}

// With providers the portal has a name and cookies for HTTPS alone, nobody of the sample, and a link for the first
// approver of the vendor.
func TestPortalWithProviders(t *testing.T) {
	t.Setenv("PATH", "")
	m, err := mockoidc.Run()
	if err != nil {
		t.Fatal(err)
	}
	defer m.Shutdown()
	free, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := free.Addr().String()
	free.Close()
	ctx, stop := context.WithCancel(t.Context())
	out, in := io.Pipe()
	ended := make(chan error, 1)
	args := []string{"-addr", address, "-host", "portal.example", "-oidc", providers(t, m.Issuer(), m.ClientID), "-invite",
		"noor Noor Haddad", "-db", filepath.Join(t.TempDir(), "portal.db")}
	go func() {
		err := run(ctx, args, in, io.Discard)
		_ = in.CloseWithError(err)
		ended <- err
	}()
	lines := bufio.NewReader(out)
	said, err := lines.ReadString('\n')
	if err != nil || !strings.Contains(said, "https://portal.example/sign-in/callback") {
		t.Fatalf("%q, %v", said, err)
	}
	said, err = lines.ReadString('\n')
	path := strings.TrimPrefix(regexp.MustCompile(`https://portal\.example/invitation\S+`).FindString(said),
		"https://portal.example")
	if err != nil || path == "" || !strings.HasPrefix(said, "Noor Haddad ") {
		t.Fatalf("%q, %v", said, err)
	}
	ask := func(host, path string) *http.Response {
		r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "http://"+address+path, http.NoBody)
		if err != nil {
			t.Fatal(err)
		}
		r.Host = host
		answer, err := http.DefaultTransport.RoundTrip(r)
		if err != nil {
			t.Fatal(err)
		}
		answer.Body.Close()
		return answer
	}
	answer := ask("portal.example", path)
	cookie := answer.Header.Get("Set-Cookie")
	if answer.StatusCode != http.StatusSeeOther || !strings.HasPrefix(cookie, "__Host-portal=") ||
		!strings.Contains(cookie, "Secure") || !strings.Contains(cookie, "HttpOnly") || !strings.Contains(cookie, "Path=/;") {
		t.Errorf("%d, %s", answer.StatusCode, cookie)
	}
	if answer := ask(address, "/sign-in"); answer.StatusCode != http.StatusMisdirectedRequest {
		t.Errorf("another name is answered with %d", answer.StatusCode)
	}
	stop()
	if err := <-ended; err != nil {
		t.Errorf("the portal stops with %v", err)
	}
}
