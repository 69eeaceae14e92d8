package main

import (
	"errors"
	"os"
	"testing"
	"time"

	"github.com/coselling/coselling/registration/sqlstore/sqltest/internal/postgres"
)

func TestMain(m *testing.M) {
	if isWorker() {
		work()
		return
	}
	os.Exit(m.Run())
}

// reg.atomic: in a short storm nothing that was answered is lost, no account has two owners, and a claim and its deal
// are stored together.
func TestRegistryStandsAStorm(t *testing.T) {
	for _, storm := range storms(6 * time.Second) {
		t.Run(storm.name, func(t *testing.T) {
			const seed = 1
			problems, err := storm.run(t.Context(), seed, os.Stdout)
			if errors.Is(err, postgres.ErrNone) && os.Getenv("COSELLING_NEED_POSTGRES") != "1" {
				t.Skip(err)
			}
			if err != nil {
				t.Error(err)
			}
			for _, p := range problems {
				t.Error("reg.atomic:", p)
			}
		})
	}
}
