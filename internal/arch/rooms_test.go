package arch

import "slices"

// room holds the permissions of one package.
type room struct {
	pure    bool     // no I/O, no clock, no goroutine, no state
	cache   bool     // keeps plans of types, the one exemption from no state
	imports []string // the packages of this module that it may import
}

// helpers are the internal packages that any package above value may use.
var helpers = []string{"internal/enum", "internal/escape", "internal/exact", "internal/fold", "internal/grid",
	"internal/wire", "internal/words"}

// siblings are the domain packages that stand side by side on model; they and
// their subpackages never import one another. Package assess translates between them.
var siblings = []string{"stage", "comp", "escalation", "registration", "comms"}

// rooms lists every package of the root module except examples, some before
// they are built. Imports point downward only:
//
//	value ← model ← siblings ← book, deal ← assess ← root, render, crmcsv ← test kits, cmd, examples
var rooms = map[string]room{
	"value": {pure: true, imports: list("internal/exact")},
	"model": {pure: true, imports: above("value")},

	"stage":         domain(),
	"stage/mapping": domain("stage"),

	"comp":          domain(),
	"comp/timeline": domain("comp"),
	"comp/impact":   domain("comp", "comp/timeline"),
	"comp/life":     domain("comp"),
	"comp/comptest": {imports: above("value", "model", "comp", "comp/timeline", "comp/impact", "crmcsv",
		"internal/shards")},
	"comp/compgen": {imports: above("value", "model", "comp", "comp/timeline", "comp/impact", "internal/wiregen")},

	"escalation": domain(),

	"registration/matching": domain(),
	"registration/domains":  domain(),
	"registration":          domain("registration/matching"),
	"registration/memstore": {imports: above("value", "model", "registration", "registration/matching")},
	"registration/sqlstore": {imports: above("value", "model", "registration", "registration/matching", "internal/wire")},
	"registration/registrationtest": {imports: above("value", "model", "registration", "registration/matching",
		"internal/naive/store")},

	"comms": domain(),

	"book": {pure: true, imports: above(everyDomain...)},
	"deal": {pure: true, imports: above(everyDomain...)},

	"assess": {pure: true, imports: above(append(everyDomain, "book", "deal")...)},

	".":       {pure: true, imports: list("book", "deal", "assess")},
	"render":  {pure: true, imports: above(append(everyDomain, "assess")...)},
	"schemas": {pure: true},
	"crmcsv":  {pure: true, imports: above("value", "model", "comp")},

	"cmd/coselling": {imports: above(append(everyDomain, ".", "book", "deal", "assess", "render", "crmcsv", "schemas",
		"comp/comptest", "internal/shards")...)},

	"internal/shards":     {imports: list("crmcsv")},
	"internal/grid":       {pure: true, imports: list("internal/escape")},
	"internal/exact":      {pure: true},
	"internal/enum":       {pure: true, imports: list("value")},
	"internal/escape":     {pure: true},
	"internal/fold":       {pure: true},
	"internal/wire":       {pure: true, cache: true, imports: list("value")},
	"internal/words":      {pure: true, imports: list("value", "internal/escape")},
	"internal/wiregen":    {imports: list("value", "internal/wire")},
	"internal/reachtest":  {},
	"internal/goldentest": {},
	"internal/schemagen":  {imports: above(append(everyDomain, "book", "deal", "assess", "crmcsv", "comp/comptest", "internal/wire")...)},
	"internal/dealgen":    {imports: above("value", "model", "stage", "escalation", "deal", "internal/wiregen")},
	"internal/bookgen":    {imports: above(append(list("book", "comp/compgen", "registration/matching", "internal/wiregen"), everyDomain...)...)},

	"internal/naive/advice": {imports: append(list("assess"), everyDomain...)},
	"internal/naive/claims": {imports: list("model", "registration")},
	"internal/naive/calls":  {imports: list("value", "model", "escalation")},
	"internal/naive/accounts": {imports: list("model", "registration", "registration/matching",
		"registration/memstore", "registration/domains")},
	"internal/naive/replay":    {imports: list("value", "model", "stage", "comms", "deal", "book", "assess")},
	"internal/naive/terms":     {imports: list("value")},
	"internal/naive/pay":       {imports: list("value", "model", "comp")},
	"internal/naive/stagetest": {imports: list("value", "model", "stage")},
	"internal/naive/commstest": {imports: list("value", "model", "comms")},
	"internal/naive/casetest":  {imports: list("value", "model", "escalation", "internal/reachtest")},
	"internal/naive/lifetest":  {imports: list("value", "model", "comp", "comp/life", "internal/reachtest")},
	"internal/naive/drilltest": {imports: list("model", "stage", "escalation", "internal/reachtest",
		"internal/naive/stagetest", "internal/naive/commstest", "internal/naive/casetest", "internal/naive/lifetest",
		"internal/naive/accounts", "internal/naive/calls", "internal/naive/replay", "registration",
		"registration/domains")},
	"internal/naive/store": {imports: list("model", "registration")},
	"internal/robot":       {imports: append(list("deal", "assess"), everyDomain...)},

	"internal/sim":       {imports: list("internal/sim/world")},
	"internal/sim/score": {},
	"internal/sim/world": {imports: append(list("book", "deal", "assess", "registration/memstore", "internal/robot",
		"internal/naive/advice", "internal/naive/claims", "internal/naive/pay", "internal/naive/store",
		"internal/naive/terms", "internal/naive/drilltest"), everyDomain...)},

	"vectors": {},

	"internal/iso4217gen": {},
	"internal/listgen":    {imports: list("internal/fold")},
	"internal/mutate":     {},
	"internal/release":    {},
	"internal/testall":    {},
	"internal/arch":       {},
}

// everyDomain lists the packages that a room above the siblings may import.
var everyDomain = list("value", "model",
	"stage", "stage/mapping",
	"comp", "comp/timeline", "comp/impact", "comp/life",
	"escalation",
	"registration", "registration/matching", "registration/domains",
	"comms")

// thirdParty lists the modules that the root module depends on, and which
// packages may import them outside tests; none means tests, kits and generators only.
var thirdParty = map[string][]string{
	"github.com/shopspring/decimal":      list("value"),
	"github.com/go-json-experiment/json": list("book", "value", "internal/wire", "internal/schemagen"),
	"golang.org/x/net":                   list("registration/domains", "internal/listgen"),
	"golang.org/x/text":                  list("comms", "crmcsv", "internal/fold"),
	"github.com/google/go-cmp":           nil,
	"pgregory.net/rapid":                 nil,
}

// worldly are the packages of the standard library that reach outside of the
// arguments of a function; each entry stands for its subpackages too.
var worldly = list("database/sql", "flag", "io/ioutil", "log", "math/rand", "net", "os", "plugin",
	"sync", "syscall", "testing", "unsafe")

// harmless are exceptions below a worldly path that only handle values.
var harmless = list("net/netip", "net/url")

func list(names ...string) []string { return names }

func above(names ...string) []string { return slices.Concat(names, helpers) }

func domain(more ...string) room {
	return room{pure: true, imports: slices.Concat(above("value", "model"), more)}
}
