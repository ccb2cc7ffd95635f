package archtest

// row says what one package, or a package and those below it ("x/..."), may import. Patterns are package paths of this
// repository ("domain/..."), paths of libraries, "std" for the standard library, or "..." for anything.
type row struct {
	pkg   string
	may   []string
	never []string // wins over may
	tests []string // what its _test.go files may import beyond that
}

// Names for what several rows share.
var (
	// impure is what a rule of law must not depend on: the clock's keeper, chance, the machine, the network.
	impure = []string{
		"context", "crypto/rand", "database/...", "log/...", "math/rand/...", "net", "net/http/...", "net/smtp", "os/...",
		"syscall/...",
	}
	// checks are the libraries tests are written with.
	checks = []string{"pgregory.net/rapid", "github.com/google/go-cmp/..."}
	// drivers reach the two databases.
	drivers = []string{"github.com/jackc/pgx/v5/...", "modernc.org/sqlite/..."}
)

// table is the import table of the design, in its order. The first row whose pattern fits a package is its row; a
// package that fits none is a finding, so that nothing joins the tree without a place in it.
var table = []row{
	{
		pkg:   "domain",
		may:   []string{"std", "domain/calendar"},
		never: impure,
		tests: with(checks, "std", "internal/testkit/..."),
	}, {
		pkg: "domain/minutes",
		may: []string{"std", "domain", "domain/calendar", "domain/policy", "domain/meeting", "domain/ballot",
			"domain/committee"},
		never: impure,
		tests: with(checks, "std", "internal/testkit/...", "policies/..."),
	}, {
		pkg: "domain/document",
		may: []string{"std", "domain", "domain/calendar", "domain/policy", "domain/meeting", "domain/ballot",
			"domain/committee", "domain/minutes"},
		never: impure,
		tests: with(checks, "std", "internal/testkit/...", "internal/canonical", "policies/..."),
	}, {
		pkg:   "domain/...",
		may:   []string{"std", "domain", "domain/calendar", "domain/policy"},
		never: impure,
		tests: with(checks, "std", "internal/testkit/...", "policies/..."),
	}, {
		pkg:   "service",
		may:   []string{"std", "domain/..."},
		never: []string{"net/http/...", "database/..."},
		tests: []string{"..."},
	}, {
		pkg:   "service/...",
		may:   []string{"std", "domain/...", "service"},
		never: []string{"net/http/...", "database/..."},
		tests: []string{"..."},
	}, {
		pkg: "store/storetest",
		may: with(with(checks, drivers...), "std", "domain/...", "service/...", "store/...", "migrations/...",
			"internal/testkit/...", bun),
		tests: []string{"..."},
	}, {
		pkg: "store/...",
		may: with(drivers, "std", "domain/...", "service/...", "store/...", "migrations/...",
			bun, "github.com/gowebpki/jcs", "github.com/google/uuid", "gocloud.dev/...", "golang.org/x/mod/sumdb/..."),
		never: []string{"store/storetest"},
		tests: []string{"..."},
	}, {
		pkg:   "migrations/...",
		may:   []string{"std", bun},
		tests: []string{"..."},
	}, {
		pkg:   "workflows/...",
		may:   []string{"std", "domain/...", "service/...", "workflows/...", temporal},
		never: []string{"net/http/...", "database/..."},
		tests: []string{"..."},
	}, {
		pkg: "transport/endpoint",
		may: []string{"std", "domain/...", "service/...", kit, "golang.org/x/time/rate",
			"github.com/prometheus/client_golang/prometheus"},
		never: []string{"net/http/...", "database/..."},
		tests: []string{"..."},
	}, {
		pkg:   "transport/edge",
		may:   []string{"std", "domain/...", "service", "golang.org/x/text/..."},
		never: []string{"database/..."},
		tests: []string{"..."},
	}, {
		pkg: "transport/jsonapi/apitest",
		may: with(checks, "std", "domain/...", "service/...", "transport/...", "internal/testkit/...",
			"github.com/getkin/kin-openapi/...", "github.com/google/uuid"),
		never: []string{"transport/web/..."},
		tests: []string{"..."},
	}, {
		pkg:   "transport/jsonapi/...",
		may:   []string{"std", "domain/...", "service/...", "transport/...", kit, "golang.org/x/text/..."},
		never: []string{"transport/web/...", "transport/jsonapi/apitest", "database/..."},
		tests: []string{"..."},
	}, {
		pkg: "transport/web/...",
		may: []string{"std", "domain/...", "service/...", "transport/...", kit, "golang.org/x/text/...",
			"golang.org/x/net/html", "github.com/alexedwards/scs/v2/..."},
		never: []string{"transport/jsonapi/...", "database/..."},
		tests: []string{"..."},
	}, {
		pkg:   "transport/plansheet",
		may:   []string{"std", "domain/...", "golang.org/x/text/...", "gopkg.in/yaml.v3", excelize},
		never: []string{"database/..."},
		tests: []string{"..."},
	}, {
		pkg: "transport/...",
		may: []string{"std", "domain/...", "service/...", "transport/endpoint", kit,
			"golang.org/x/text/...", "gopkg.in/yaml.v3"},
		never: []string{"database/..."},
		tests: []string{"..."},
	}, {
		pkg:   "render/xlsx",
		may:   []string{"std", "domain/...", excelize},
		never: []string{"net/http/...", "database/..."},
		tests: []string{"..."},
	}, {
		pkg:   "render/booklet",
		may:   []string{"std", "domain/...", "render/docs", pdfcpu},
		never: []string{"net/http/...", "database/..."},
		tests: []string{"..."},
	}, {
		pkg: "render/...",
		may: []string{"std", "domain/...", "render/...", fpdf, "github.com/arran4/golang-ical",
			"github.com/rivo/uniseg", "golang.org/x/text/...", "golang.org/x/image/..."},
		never: []string{"net/http/...", "database/..."},
		tests: []string{"..."},
	}, {
		pkg:   "mail/...",
		may:   []string{"std", "domain/...", "github.com/wneessen/go-mail/..."},
		never: []string{"net/http/...", "database/..."},
		tests: []string{"..."},
	}, {
		pkg:   "policies/programmes",
		may:   []string{"std", "domain/selection", "gopkg.in/yaml.v3"},
		never: []string{"net/...", "database/..."},
		tests: []string{"..."},
	}, {
		pkg:   "policies/capability",
		may:   []string{"std", "domain", "domain/alliance", "gopkg.in/yaml.v3"},
		never: []string{"net/...", "database/..."},
		tests: []string{"..."},
	}, {
		pkg:   "policies/...",
		may:   []string{"std", "domain", "domain/calendar", "domain/policy", "gopkg.in/yaml.v3"},
		never: []string{"net/...", "database/..."},
		tests: []string{"..."},
	}, {
		pkg:   "internal/...",
		may:   []string{"..."},
		never: []string{"cmd/..."},
		tests: []string{"..."},
	}, {
		pkg: "cmd/...",
		may: []string{"..."},
	},
}

// Libraries with owners.
const (
	bun      = "github.com/uptrace/bun/..."
	temporal = "go.temporal.io/..."
	kit      = "github.com/go-kit/kit/..."
	excelize = "github.com/xuri/excelize/v2/..."
	fpdf     = "github.com/go-pdf/fpdf/..."
	pdfcpu   = "github.com/pdfcpu/pdfcpu/..."
)

// owner confines a library to the packages that wrap it, tests included, however wide their rows are.
type owner struct {
	library string
	only    []string
}

// owners is read from the top: the first pattern that fits an import decides.
var owners = []owner{
	{bun, []string{"store/...", "migrations/..."}},
	{"go.temporal.io/server/...", []string{"internal/engine/..."}},
	{temporal, []string{"workflows/...", "internal/engine/...", "cmd/..."}},
	{kit, []string{"transport/..."}},
	{fpdf, []string{"render/pdf"}},
	{pdfcpu, []string{"render/booklet"}},
	{excelize, []string{"render/xlsx", "transport/plansheet"}},
	{"github.com/coreos/go-oidc/v3/...", []string{"internal/oidc"}},
	{"golang.org/x/oauth2/...", []string{"internal/oidc"}},
}

// with is a list and more, as a new slice.
func with(list []string, more ...string) []string {
	return append(append([]string{}, list...), more...)
}
