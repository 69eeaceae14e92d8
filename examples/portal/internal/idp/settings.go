package idp

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/netip"
	"net/url"
	"os"
	"strings"

	"github.com/go-json-experiment/json"

	"github.com/coselling/coselling/model"
)

const (
	maxFile   = 1 << 20 // bytes of a file of settings
	maxSecret = 4096    // bytes of a client secret
)

// Settings register an issuer for a party. The file of a client secret, or the environment variable that has it, is
// named; the secret itself is never written here.
type Settings struct {
	Party      model.Party `json:"party"`
	Issuer     string      `json:"issuer"` // its address by HTTPS; of this machine by HTTP, too
	Client     string      `json:"client"` // the id of the portal at the issuer
	SecretFile string      `json:"secret_file,omitzero"`
	SecretEnv  string      `json:"secret_env,omitzero"`

	secret string
}

// Read reads the settings of a file, a JSON array, with the secrets that they name. It returns every problem at once.
// The vendor has an issuer, no two have one address, and no two are registered for one company.
func Read(file string, vendor model.Party) ([]Settings, error) {
	text, err := readAtMost(file, maxFile)
	if err != nil {
		return nil, err
	}
	var list []Settings
	if err := json.Unmarshal(text, &list, json.RejectUnknownMembers(true)); err != nil {
		return nil, err
	}
	var problems []error
	issuers, companies := make(map[string]bool), make(map[string]bool)
	for i := range list {
		s := &list[i]
		err := s.check(vendor)
		company := strings.ToLower(s.Party.Org)
		if issuers[s.Issuer] {
			err = errors.Join(err, fmt.Errorf("issuer: %q stands twice", s.Issuer))
		}
		if companies[company] {
			err = errors.Join(err, fmt.Errorf("party: %q has two issuers", s.Party.Org))
		}
		issuers[s.Issuer], companies[company] = true, true
		if err != nil {
			problems = append(problems, fmt.Errorf("[%d] %w", i, err))
		}
	}
	if !companies[strings.ToLower(vendor.Org)] {
		problems = append(problems, fmt.Errorf("no issuer is registered for %s, whose approvers invite people", vendor))
	}
	return list, errors.Join(problems...)
}

// check returns every problem of an issuer, and reads its secret.
func (s *Settings) check(vendor model.Party) error {
	problems := []error{s.Party.Check()}
	if (s.Party.Side == model.Vendor || strings.EqualFold(s.Party.Org, vendor.Org)) && s.Party != vendor {
		problems = append(problems, fmt.Errorf("party: %s is not the vendor, which is %s", s.Party, vendor))
	}
	if !isIssuer(s.Issuer) {
		problems = append(problems, fmt.Errorf("issuer: %q is no address such as https://id.example, without query", s.Issuer))
	}
	if s.Client == "" {
		problems = append(problems, errors.New("client: the id of the portal at the issuer is missing"))
	}
	switch {
	case (s.SecretFile == "") == (s.SecretEnv == ""):
		problems = append(problems, errors.New("secret_file, secret_env: one of the two is needed"))
	case s.SecretEnv != "":
		if s.secret = os.Getenv(s.SecretEnv); s.secret == "" {
			problems = append(problems, fmt.Errorf("secret_env: the variable %q is empty", s.SecretEnv))
		}
	default:
		text, err := readAtMost(s.SecretFile, maxSecret)
		if s.secret = string(bytes.TrimSpace(text)); err == nil && s.secret == "" {
			err = fmt.Errorf("the file %q is empty", s.SecretFile)
		}
		if err != nil {
			problems = append(problems, fmt.Errorf("secret_file: %w", err))
		}
	}
	return errors.Join(problems...)
}

// isIssuer reports whether an address is that of an issuer, and nobody on the way reads what is sent to it.
func isIssuer(address string) bool {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" || u.User != nil || strings.ContainsAny(address, "?#") {
		return false
	}
	ip, err := netip.ParseAddr(u.Hostname())
	here := u.Hostname() == "localhost" || err == nil && ip.IsLoopback()
	return u.Scheme == "https" || u.Scheme == "http" && here
}

func readAtMost(file string, most int64) ([]byte, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	text, err := io.ReadAll(io.LimitReader(f, most+1))
	if err == nil && int64(len(text)) > most {
		err = fmt.Errorf("%s has more than %d bytes", file, most)
	}
	return text, err
}
