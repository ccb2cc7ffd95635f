package main

import (
	"errors"
	"fmt"
	"io"
	"math"
	"net/url"
	"os"
	"slices"
	"strconv"
	"strings"
	"time"

	"secretariat/mail"
)

// setting is one line of the configuration: where it comes from, what it is when absent, and what it means. The table
// in the READMEs is printed from it, so it cannot drift.
type setting struct {
	name, fallback string
	en, ko         string
	secret         bool
	set            func(*config, string) error
}

type config struct {
	database, files, policies string
	listen, metrics           string
	publicURL                 string
	engine                    string
	smtp                      smtpConfig
	mailFolder                string
	session                   time.Duration
	keyFile                   string
	strict                    bool // a second factor is required
	oidc                      oidcConfig
	maxUpload                 int64
	debug                     bool
}

// oidcConfig is the identity provider; there is none without an issuer.
type oidcConfig struct {
	issuer, client, secretFile, name string
	secured                          []string
}

type smtpConfig struct {
	host, user, password, from, fromName, tls string
	port                                      int
}

func text(at func(*config) *string) func(*config, string) error {
	return func(c *config, v string) error { *at(c) = v; return nil }
}

// issuer sets the identity provider. What it says travels over TLS, except on this machine.
func issuer(c *config, v string) error {
	c.oidc.issuer = v
	u, err := url.Parse(v)
	local := err == nil && u.Scheme == "http" && slices.Contains([]string{"127.0.0.1", "::1", "localhost"}, u.Hostname())
	if v == "" || err == nil && u.Scheme == "https" && u.Host != "" || local {
		return nil
	}
	return errRange
}

// errRange says that a value is not one that the setting can have.
var errRange = errors.New("out of range")

// number sets a whole number within bounds.
func number(least, most int64, put func(*config, int64)) func(*config, string) error {
	return func(c *config, v string) error {
		n, err := strconv.ParseInt(v, 10, 64)
		if err == nil && (n < least || n > most) {
			err = errRange
		}
		put(c, n)
		return err
	}
}

var settings = []setting{
	{name: "SECRETARIAT_DATABASE", fallback: "sqlite:secretariat.db",
		en: "Database: `sqlite:FILE` or `postgres://…`", ko: "데이터베이스: `sqlite:파일` 또는 `postgres://…`",
		secret: true, set: text(func(c *config) *string { return &c.database })},
	{name: "SECRETARIAT_FILES", fallback: "files",
		en: "Folder of papers and issued documents", ko: "안건 자료와 발급 문서를 두는 폴더",
		set: text(func(c *config) *string { return &c.files })},
	{name: "SECRETARIAT_POLICIES", fallback: "",
		en:  "Folder of the deployment's own policy packs, which add to or override those built in",
		ko:  "기관별 정책 묶음(policy pack) 폴더. 내장 묶음에 더하거나 덮어씀",
		set: text(func(c *config) *string { return &c.policies })},
	{name: "SECRETARIAT_LISTEN", fallback: "127.0.0.1:8080",
		en: "Address of the HTTP API", ko: "HTTP API 주소", set: text(func(c *config) *string { return &c.listen })},
	{name: "SECRETARIAT_METRICS", fallback: "",
		en: "Address of /metrics for Prometheus; empty for none", ko: "Prometheus /metrics 주소. 비우면 열지 않음",
		set: text(func(c *config) *string { return &c.metrics })},
	{name: "SECRETARIAT_PUBLIC_URL", fallback: "http://127.0.0.1:8080",
		en: "Address people reach the service at, for links in mail", ko: "메일 속 링크에 쓰는 대외 주소",
		set: text(func(c *config) *string { return &c.publicURL })},
	{name: "SECRETARIAT_ENGINE", fallback: "temporal.db",
		en:  "File of the embedded Temporal engine; used when TEMPORAL_ADDRESS is not set",
		ko:  "내장 Temporal 엔진의 파일. TEMPORAL_ADDRESS가 없을 때 사용",
		set: text(func(c *config) *string { return &c.engine })},
	{name: "SECRETARIAT_SMTP_HOST", fallback: "",
		en: "Mail server; empty writes mail into SECRETARIAT_MAIL_FOLDER", ko: "메일 서버. 비우면 SECRETARIAT_MAIL_FOLDER에 저장",
		set: text(func(c *config) *string { return &c.smtp.host })},
	{name: "SECRETARIAT_SMTP_PORT", fallback: "587", en: "Port of the mail server", ko: "메일 서버 포트",
		set: number(1, 65535, func(c *config, n int64) { c.smtp.port = int(n) })},
	{name: "SECRETARIAT_SMTP_USER", fallback: "", en: "Account at the mail server", ko: "메일 서버 계정",
		set: text(func(c *config) *string { return &c.smtp.user })},
	{name: "SECRETARIAT_SMTP_PASSWORD", fallback: "", en: "Password at the mail server", ko: "메일 서버 비밀번호",
		secret: true, set: text(func(c *config) *string { return &c.smtp.password })},
	{name: "SECRETARIAT_SMTP_FROM", fallback: "secretariat@localhost", en: "Sender's address", ko: "발신 주소",
		set: text(func(c *config) *string { return &c.smtp.from })},
	{name: "SECRETARIAT_SMTP_FROM_NAME", fallback: "위원회 간사", en: "Sender's name", ko: "발신 이름",
		set: text(func(c *config) *string { return &c.smtp.fromName })},
	{name: "SECRETARIAT_SMTP_TLS", fallback: "mandatory",
		en: "STARTTLS: `mandatory`, `opportunistic` or `none`", ko: "STARTTLS: `mandatory`, `opportunistic`, `none`",
		set: func(c *config, v string) error {
			c.smtp.tls = v
			if !slices.Contains([]mail.TLSPolicy{mail.TLSMandatory, mail.TLSOpportunistic, mail.TLSNone}, mail.TLSPolicy(v)) {
				return errRange
			}
			return nil
		}},
	{name: "SECRETARIAT_MAIL_FOLDER", fallback: "mail",
		en: "Folder for mail when there is no mail server", ko: "메일 서버가 없을 때 메일을 두는 폴더",
		set: text(func(c *config) *string { return &c.mailFolder })},
	{name: "SECRETARIAT_SESSION", fallback: "12h", en: "Life of a bearer token", ko: "로그인 토큰의 수명",
		set: func(c *config, v string) (err error) {
			if c.session, err = time.ParseDuration(v); err == nil && c.session <= 0 {
				err = errRange
			}
			return err
		}},
	{name: "SECRETARIAT_KEY_FILE", fallback: "secretariat.key",
		en:  "File of the key that seals second factors; made when it is not there, shared by all servers",
		ko:  "2단계 인증 정보를 봉하는 키 파일. 없으면 만들며, 서버가 여럿이면 함께 씀",
		set: text(func(c *config) *string { return &c.keyFile })},
	{name: "SECRETARIAT_SECOND_FACTOR", fallback: "required",
		en: "Second factor of staff, chairs, administrators and auditors: `required` or `optional`",
		ko: "간사ㆍ서기ㆍ위원장ㆍ관리자ㆍ감사자의 2단계 인증: `required`(필수) 또는 `optional`(선택)",
		set: func(c *config, v string) error {
			if c.strict = v == "required"; !c.strict && v != "optional" {
				return errRange
			}
			return nil
		}},
	{name: "SECRETARIAT_OIDC_ISSUER", fallback: "",
		en:  "Issuer of the identity provider (OpenID Connect) people may sign in at; empty for none",
		ko:  "통합인증 제공자(OpenID Connect)의 issuer 주소. 비우면 쓰지 않음",
		set: issuer},
	{name: "SECRETARIAT_OIDC_CLIENT_ID", fallback: "",
		en: "Our name at the identity provider", ko: "통합인증 제공자에 등록된 클라이언트 ID",
		set: text(func(c *config) *string { return &c.oidc.client })},
	{name: "SECRETARIAT_OIDC_CLIENT_SECRET_FILE", fallback: "",
		en: "File of our secret at the identity provider", ko: "통합인증 클라이언트 비밀값을 담은 파일",
		set: text(func(c *config) *string { return &c.oidc.secretFile })},
	{name: "SECRETARIAT_OIDC_NAME", fallback: "통합인증",
		en: "What the sign-in page calls the identity provider", ko: "로그인 화면에 표시할 통합인증 이름",
		set: text(func(c *config) *string { return &c.oidc.name })},
	{name: "SECRETARIAT_OIDC_SECURED", fallback: "",
		en: "Values of `amr` or `acr` that count as a second factor, with commas; empty: ours is asked for",
		ko: "2단계 인증으로 인정할 `amr`ㆍ`acr` 값(쉼표로 구분). 비우면 이 시스템의 2단계 인증을 따름",
		set: func(c *config, v string) error {
			c.oidc.secured = strings.FieldsFunc(v, func(r rune) bool { return r == ',' || r == ' ' })
			return nil
		}},
	{name: "SECRETARIAT_MAX_UPLOAD", fallback: "52428800", en: "Largest paper in bytes", ko: "자료 파일의 최대 크기(바이트)",
		set: number(1, math.MaxInt64, func(c *config, n int64) { c.maxUpload = n })},
	{name: "SECRETARIAT_DEBUG", fallback: "false", en: "Log more", ko: "자세한 로그",
		set: func(c *config, v string) (err error) { c.debug, err = strconv.ParseBool(v); return err }},
}

// readConfig reads the environment; every setting that cannot be read is named.
func readConfig(lookup func(string) (string, bool)) (config, error) {
	var c config
	for _, s := range settings {
		v, ok := lookup(s.name)
		if !ok || v == "" {
			v = s.fallback
		}
		if err := s.read(&c, v); err != nil {
			return config{}, err
		}
	}
	return c, nil
}

// read sets what the setting is for; the error names it, and its value unless that is secret.
func (s setting) read(c *config, v string) error {
	switch err := s.set(c, v); {
	case err == nil:
		return nil
	case s.secret:
		return fmt.Errorf("%s cannot be read", s.name)
	}
	return fmt.Errorf("%s=%q cannot be read", s.name, v)
}

func environment() (config, error) { return readConfig(os.LookupEnv) }

// printSettings writes the configuration as a Markdown table in Korean or English.
func printSettings(w io.Writer, korean bool) {
	head := "| Variable | Default | Meaning |\n| --- | --- | --- |\n"
	if korean {
		head = "| 변수 | 기본값 | 뜻 |\n| --- | --- | --- |\n"
	}
	fmt.Fprint(w, head)
	for _, s := range settings {
		meaning := s.en
		if korean {
			meaning = s.ko
		}
		fallback := ""
		if s.fallback != "" {
			fallback = "`" + s.fallback + "`"
		}
		fmt.Fprintf(w, "| `%s` | %s | %s |\n", s.name, fallback, meaning)
	}
}
