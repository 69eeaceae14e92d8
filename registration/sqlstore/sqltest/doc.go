// Package sqltest runs package sqlstore on real databases, with their drivers: on
// SQLite in a file, and on a PostgreSQL server that the tests start by themselves on
// the loopback interface, as an unprivileged user. It is a module of its own, so that
// no driver becomes a dependency of the library. It exports nothing.
//
// Where no PostgreSQL server is installed its tests are skipped; with
// COSELLING_NEED_POSTGRES=1 in the environment they fail instead. A server at a place
// of its own is found by COSELLING_POSTGRES_BIN, the folder of initdb and postgres.
package sqltest
