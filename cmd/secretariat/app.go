package main

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/google/uuid"

	"secretariat/domain"
	"secretariat/internal/canonical"
	"secretariat/internal/files"
	"secretariat/internal/oidc"
	"secretariat/internal/pace"
	"secretariat/internal/secret"
	"secretariat/policies"
	"secretariat/policies/capability"
	"secretariat/policies/programmes"
	"secretariat/render/booklet"
	"secretariat/render/docs"
	"secretariat/render/xlsx"
	"secretariat/service"
	"secretariat/service/auditing"
	"secretariat/service/balloting"
	"secretariat/service/consulting"
	"secretariat/service/convening"
	"secretariat/service/filing"
	"secretariat/service/identity"
	"secretariat/service/minuting"
	"secretariat/service/partnering"
	"secretariat/service/planning"
	"secretariat/service/presiding"
	"secretariat/service/searching"
	"secretariat/service/seating"
	"secretariat/service/selecting"
	"secretariat/service/surveying"
	"secretariat/service/sweeping"
	"secretariat/service/tasking"
	"secretariat/store"
	"secretariat/transport/catalogue"
	"secretariat/transport/endpoint"
	"secretariat/transport/jsonapi"
	"secretariat/transport/web"
)

// app is the product put together: the database, the services and what they need.
type app struct {
	config   config
	log      *slog.Logger
	clock    *pace.Clock
	db       *store.DB
	files    *files.Files
	shelf    *files.Files // of booklets, which are thrown away
	packs    *policies.Library
	services endpoint.Services
	metrics  *endpoint.Metrics
	provider *oidc.Provider // nil when there is none
	key      []byte         // of the deployment
}

// open opens the database, brings its schema up to date and makes the services.
func open(ctx context.Context, c config, clock *pace.Clock) (*app, error) {
	a := &app{config: c, log: logger(c), clock: clock, metrics: endpoint.NewMetrics()}
	var err error
	if a.packs, err = policies.Load(c.policies); err != nil {
		return nil, err
	}
	if a.files, err = files.Folder(c.files); err != nil {
		return nil, err
	}
	if a.shelf, err = files.Folder(filepath.Join(c.files, "booklets")); err != nil {
		return nil, errors.Join(err, a.files.Close())
	}
	if a.db, err = store.Open(ctx, c.database); err != nil {
		return nil, errors.Join(err, a.files.Close(), a.shelf.Close())
	}
	if err := a.db.Migrate(ctx); err != nil {
		return nil, errors.Join(err, a.close())
	}
	if err := a.assemble(); err != nil {
		return nil, errors.Join(err, a.close())
	}
	return a, nil
}

func (a *app) close() error { return errors.Join(a.db.Close(), a.files.Close(), a.shelf.Close()) }

func logger(c config) *slog.Logger {
	level := slog.LevelInfo
	if c.debug {
		level = slog.LevelDebug
	}
	return slog.New(slog.NewJSONHandler(os.Stderr, &slog.HandlerOptions{Level: level}))
}

func (a *app) env() service.Env {
	return service.Env{Now: a.clock.Now, NewID: newID, RandomID: randomID}
}

func newID() domain.ID { return domain.ID(uuid.Must(uuid.NewV7()).String()) }

// randomID holds no time, so that the id of a secret vote says nothing of when it was cast.
func randomID() domain.ID {
	var b [16]byte
	_, _ = rand.Read(b[:]) // crypto/rand.Read never fails
	return domain.ID(hex.EncodeToString(b[:]))
}

func view[T any](a *app) store.View[T] { return store.View[T]{DB: a.db} }

func (a *app) assemble() error {
	post, err := newPostbox(a.config)
	if err != nil {
		return err
	}
	key, err := secret.KeyFile(a.config.keyFile)
	if err != nil {
		return err
	}
	a.key = key
	codes, err := secret.NewCodes(key, "위원회 업무 시스템")
	if err != nil {
		return err
	}
	if a.provider, err = newProvider(a.config); err != nil {
		return err
	}
	offered, err := programmes.Load()
	if err != nil {
		return err
	}
	questions, err := capability.Load()
	if err != nil {
		return err
	}
	env := a.env()
	a.services = endpoint.Services{
		Identity: identity.New(env, view[identity.Tx](a), secret.NewPasswords(), secret.Tokens{}, a.config.session).
			With(identity.Ports{Codes: codes, Mailer: post, Address: strings.TrimSuffix(a.config.publicURL, "/"), Strict: a.config.strict}),
		Seating:  seating.New(env, view[seating.Tx](a), a.packs),
		Auditing: auditing.New(view[auditing.Tx](a), store.AuditHash),
		Convening: convening.New(env, view[convening.Tx](a), convening.Ports{
			Policies: a.packs, Files: a.files, Mailer: post, PaperLimit: a.config.maxUpload, Address: a.config.publicURL,
		}),
		Presiding: presiding.New(env, view[presiding.Tx](a)),
		Balloting: balloting.New(env, view[balloting.Tx](a)),
		Minuting:  minuting.New(env, view[minuting.Tx](a), canonical.JSON),
		Filing: filing.New(env, view[filing.Tx](a), a.files, docs.Renderer{}, canonical.JSON).
			Binding(booklet.Binder{Limit: filing.BookletLimit}, a.shelf),
		Sweeping:   sweeping.New(env, view[sweeping.Tx](a), a.packs),
		Searching:  searching.New(view[searching.Tx](a)),
		Partnering: partnering.New(env, view[partnering.Tx](a)),
		Planning:   planning.New(env, view[planning.Tx](a), a.packs, docs.Renderer{}).Mailing(post, a.config.publicURL),
		Selecting: selecting.New(env, view[selecting.Tx](a), a.packs, secret.Tokens{}, canonical.JSON).With(post, a.config.publicURL).
			Printing(xlsx.Book).Papers(docs.Renderer{}).Offering(offered).Keeping(a.files, a.config.maxUpload),
		Surveying: surveying.New(env, view[surveying.Tx](a), surveying.Ports{
			Policies: a.packs, Mailer: post, Address: a.config.publicURL, Questions: questions, Book: xlsx.Survey,
		}),
		Consulting: consulting.New(env, view[consulting.Tx](a), consulting.Ports{
			Policies: a.packs, Mailer: post, Address: a.config.publicURL, Printer: docs.Renderer{},
		}),
		Tasking: tasking.New(env, view[tasking.Tx](a), tasking.Ports{Policies: a.packs, Mailer: post, Address: a.config.publicURL}),
	}
	a.services.Consulting.Keeping(a.files, a.config.maxUpload).Bringing(a.services.Convening)
	if a.provider != nil {
		a.services.Identity.Through(a.provider)
	}
	return nil
}

// Requests a second of one actor, and sign-ins a second of one address.
const (
	generalRate = 50
	signInRate  = 1
)

// handler is the HTTP side.
func (a *app) handler(limits *endpoint.Limits) (http.Handler, error) {
	messages, err := catalogue.Load()
	if err != nil {
		return nil, err
	}
	set := endpoint.NewSet(a.services, endpoint.Standard(a.log, a.metrics, limits))
	api, err := jsonapi.New(set, a.services.Identity, messages, a.db.Ping)
	if err != nil {
		return nil, err
	}
	options := web.Options{Log: a.log, Now: a.clock.Now, Public: a.config.publicURL, Key: a.key}
	if a.provider != nil {
		options.Provider, options.ProviderName = a.provider, a.config.oidc.name
	}
	site, err := web.New(set, a.services.Identity, messages, options)
	if err != nil {
		return nil, err
	}
	return faces(api.Handler(), site.Handler()), nil
}

// faces puts API and pages under one address.
func faces(api, site http.Handler) http.Handler {
	mux := http.NewServeMux()
	for _, path := range []string{"/api/", "/problems/", "/healthz", "/readyz"} {
		mux.Handle(path, api)
	}
	mux.Handle("/", site)
	return mux
}

// lastAct is the time of the newest entry of the audit trail; a demonstration goes on from there.
func (a *app) lastAct(ctx context.Context) (last time.Time, err error) {
	err = a.db.Read(ctx, func(tx *store.Tx) error {
		last, err = tx.LastAct(ctx)
		return err
	})
	return last, err
}
