package web_test

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"github.com/coselling/coselling/examples/portal/internal/sample"
)

// chromium starts a browser without a profile, and returns its context. Without one on this machine the test is
// skipped; with COSELLING_NEED_CHROMIUM=1 it fails, and with 0 it is skipped, as a server under the race detector
// answers a browser ten times as slowly.
func chromium(t *testing.T) context.Context {
	t.Helper()
	path := ""
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if found, err := exec.LookPath(name); err == nil && path == "" {
			path = found
		}
	}
	switch needed := os.Getenv("COSELLING_NEED_CHROMIUM"); {
	case needed == "0":
		t.Skip("COSELLING_NEED_CHROMIUM=0")
	case path == "" && needed == "1":
		t.Fatal("there is no Chromium, and COSELLING_NEED_CHROMIUM=1 says that there must be")
	case path == "":
		t.Skip("there is no Chromium on this machine")
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path), chromedp.NoSandbox,
		chromedp.UserDataDir(t.TempDir()), chromedp.Flag("disable-quic", true), chromedp.Flag("disable-component-update", true),
		chromedp.Flag("force-device-scale-factor", "1"), chromedp.WSURLReadTimeout(time.Minute))
	all, stop := chromedp.NewExecAllocator(t.Context(), options...)
	t.Cleanup(stop)
	ctx, end := chromedp.NewContext(all)
	t.Cleanup(end)
	if err := chromedp.Do(ctx); err != nil {
		t.Fatal(err)
	}
	return ctx
}

// seat is somebody in front of a window of a real browser, with cookies of their own.
type seat struct {
	*portal
	ctx context.Context

	lock  sync.Mutex
	wrong []string // what the browser complained of, such as a breach of the content security policy
}

// sits opens a window for a person, who signs in with the keyboard alone.
func (p *portal) sits(t *testing.T, all context.Context, email string) *seat {
	t.Helper()
	s := p.window(t, all)
	s.run(chromedp.EmulateViewport(1024, 720), chromedp.Navigate(p.URL+"/sign-in"),
		chromedp.SendKeys("#email", email), chromedp.SendKeys("#password", sample.Password+"\r"),
		chromedp.WaitVisible(".who"))
	return s
}

// window opens a window.
func (p *portal) window(t *testing.T, all context.Context) *seat {
	t.Helper()
	ctx, end := chromedp.NewContext(all, chromedp.WithNewBrowserContext())
	if err := chromedp.Do(ctx); err != nil { // the window lives as long as the context of the first call
		t.Fatal(err)
	}
	s := &seat{portal: p, ctx: ctx}
	listened := make(chan struct{})
	go func() {
		defer close(listened)
		for m, err := range chromedp.Console(ctx) {
			if err == nil && m.Type != "debug" && m.Type != "info" && !strings.Contains(m.Text, "Failed to load resource") {
				s.lock.Lock()
				s.wrong = append(s.wrong, m.Text)
				s.lock.Unlock()
			}
		}
	}()
	t.Cleanup(func() {
		end()
		<-listened
		if len(s.wrong) > 0 {
			t.Errorf("the browser complains: %q", s.wrong)
		}
	})
	return s
}

// run does what a person does, within a minute.
func (s *seat) run(steps ...chromedp.Action[chromedp.Void]) {
	s.t.Helper()
	ctx, cancel := context.WithTimeout(s.ctx, time.Minute)
	defer cancel()
	if err := chromedp.Do(ctx, steps...); err != nil {
		s.t.Fatalf("%v on the page\n%s", err, s.reads())
	}
}

// see returns what an action finds on the page.
func see[T any](s *seat, a chromedp.Action[T]) T {
	s.t.Helper()
	ctx, cancel := context.WithTimeout(s.ctx, time.Minute)
	defer cancel()
	found, err := chromedp.Run(ctx, a)
	if err != nil {
		s.t.Fatal(err)
	}
	return found
}

// expect fails where the page does not say something.
func (s *seat) expect(parts ...string) {
	s.t.Helper()
	text := s.reads()
	for _, part := range parts {
		if !strings.Contains(text, part) {
			s.t.Errorf("the page does not say %q:\n%s", part, text)
		}
	}
}

// reads returns the text of the page.
func (s *seat) reads() string {
	s.t.Helper()
	return see(s, chromedp.Text("body"))
}

// picture keeps a screenshot of the page. With COSELLING_UPDATE=1 it is written to testdata, where a person looks at
// it: fonts differ between machines, so nothing compares it.
func (s *seat) picture(name string) {
	s.t.Helper()
	if os.Getenv("COSELLING_UPDATE") != "1" {
		return
	}
	image := see(s, chromedp.CaptureScreenshot())
	if err := os.WriteFile(filepath.Join("testdata", name+".png"), image, 0o644); err != nil {
		s.t.Fatal(err)
	}
}
