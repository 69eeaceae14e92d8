// Package sqltest runs package sqlstore on real databases, with their drivers: on SQLite in a file, and on a
// PostgreSQL server that the tests start on the loopback interface as an unprivileged user. It is a module of
// its own, so that no driver becomes a dependency of the library. It exports nothing.
//
// The program internal/storm kills, stops and restarts processes and servers while claims are filed; its test is a short
// storm. Histories of clients that are killed are checked for linearisability, account by account.
//
// If no PostgreSQL server is installed, its tests are skipped, or fail if the environment
// has COSELLING_NEED_POSTGRES=1. COSELLING_POSTGRES_BIN names the folder of initdb and
// postgres, if it is not a usual one.
package sqltest
