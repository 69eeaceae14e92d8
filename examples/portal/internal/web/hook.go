package web

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/coselling/coselling/examples/portal/internal/store"
)

const (
	hooks     = "POST /hooks/{source}"
	tolerance = 5 * time.Minute // of the clocks, both ways
	maxHookID = 256             // bytes
)

// hook answers a webhook in the form of Standard Webhooks (standardwebhooks.com). It is for programs: it has no session
// and answers with one sentence.
func (s *Server) hook(w http.ResponseWriter, r *http.Request) {
	q := &request{Request: r, w: w}
	if r.Header.Get("Sec-Fetch-Site") != "" { // which browsers alone send
		s.explain(q, &problem{http.StatusForbidden, "origin"})
		return
	}
	status, text, err := s.receive(q)
	if err != nil {
		s.explain(q, err)
		return
	}
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.WriteHeader(status)
	_, _ = io.WriteString(w, text+"\n")
}

// receive returns the answer to a webhook. Whether there is such a source is known only to who has its secret.
func (s *Server) receive(q *request) (status int, text string, err error) {
	body, err := io.ReadAll(q.Body)
	if err != nil {
		return 0, "", tooLargeOr(err)
	}
	from, keys, err := s.Store.Keys(q.Context(), q.PathValue("source"))
	if err != nil {
		return 0, "", err
	}
	id, at := q.Header.Get("webhook-id"), q.Header.Get("webhook-timestamp")
	seconds, wrong := strconv.ParseInt(at, 10, 64)
	signed := s.signedBy(keys, id, at, q.Header.Get("webhook-signature"), body)
	if !signed || wrong != nil || !isHookID(id) {
		return http.StatusUnauthorized, say("hook.signature"), nil
	}
	if apart := s.Now().Sub(time.Unix(seconds, 0)); apart > tolerance || apart < -tolerance {
		return http.StatusUnauthorized, say("hook.clock"), nil
	}
	switch receipt, err := s.Store.Receive(q.Context(), from, id, body); {
	case errors.Is(err, store.ErrChanged):
		return http.StatusConflict, say("hook.changed"), nil
	case err != nil:
		return 0, "", err
	case receipt == store.Unreadable:
		return http.StatusBadRequest, say("hook.unreadable"), nil
	case receipt == store.Unknown:
		return http.StatusNotFound, say("hook.unknown"), nil
	}
	return http.StatusAccepted, say("hook.marked"), nil
}

// signedBy reports whether one of the signatures of a webhook is made with one of some keys. It tries as many keys as a
// source can have, so that one that does not exist takes the time of a wrong signature.
func (s *Server) signedBy(keys [][]byte, id, at, signatures string, body []byte) bool {
	found := false
	for i := range store.MaxSecrets {
		key := s.nobody
		if i < len(keys) {
			key = keys[i]
		}
		want := []byte(signature(key, id, at, body))
		for given := range strings.FieldsSeq(signatures) {
			same := hmac.Equal([]byte(given), want)
			found = found || same && i < len(keys)
		}
	}
	return found
}

// signature returns the signature of a webhook: of its id, its time and the bytes of its body.
func signature(key []byte, id, at string, body []byte) string {
	mac := hmac.New(sha256.New, key)
	_, _ = io.WriteString(mac, id+"."+at+".")
	_, _ = mac.Write(body)
	return "v1," + base64.StdEncoding.EncodeToString(mac.Sum(nil))
}

// isHookID reports whether a text can be the id of a webhook. With a dot in it two webhooks could have one signature.
func isHookID(id string) bool {
	return id != "" && len(id) <= maxHookID && !strings.ContainsFunc(id, func(r rune) bool {
		return r <= ' ' || r > '~' || r == '.'
	})
}
