package jsonapi_test

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/google/go-cmp/cmp"

	"secretariat/transport/jsonapi"
)

var update = flag.Bool("update", false, "write api/openapi.json anew")

const published = "../../api/openapi.json"

func openAPI(t *testing.T) []byte {
	t.Helper()
	raw, err := jsonapi.Document(jsonapi.Routes(bare()), messages(t))
	if err != nil {
		t.Fatal(err)
	}
	return append(raw, '\n')
}

func TestTheDocumentIsTheOneInTheRepository(t *testing.T) {
	now := openAPI(t)
	if *update {
		if err := os.MkdirAll(filepath.Dir(published), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(published, now, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	before, err := os.ReadFile(published)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(before, now) {
		t.Errorf("the API has changed; go generate ./transport/jsonapi writes the document anew:\n%s",
			cmp.Diff(strings.Split(string(before), "\n"), strings.Split(string(now), "\n")))
	}
}

func TestTheDocumentIsOpenAPI(t *testing.T) {
	doc, err := openapi3.NewLoader().LoadFromData(openAPI(t))
	if err != nil {
		t.Fatal(err)
	}
	if !doc.IsOpenAPI31OrLater() {
		t.Errorf("version %s", doc.OpenAPI)
	}
	if err := doc.Validate(t.Context()); err != nil {
		t.Error(err)
	}
	operations := 0
	for path, item := range doc.Paths.Map() {
		for method, op := range item.Operations() {
			operations++
			if op.OperationID == "" || op.Summary == "" || op.Description == "" || len(op.Tags) != 1 {
				t.Errorf("%s %s: %+v", method, path, op)
			}
			keyed := op.Parameters.GetByInAndName("header", "Idempotency-Key") != nil
			if keyed != (method == "POST" && op.OperationID != "session.open") {
				t.Errorf("%s: Idempotency-Key: %v", op.OperationID, keyed)
			}
		}
	}
	if routes := len(jsonapi.Routes(bare())); operations != routes {
		t.Errorf("%d operations for %d routes", operations, routes)
	}
}

func TestTheDocumentSaysWhatEncodingJSONWrites(t *testing.T) {
	doc, err := openapi3.NewLoader().LoadFromData(openAPI(t))
	if err != nil {
		t.Fatal(err)
	}
	view := doc.Components.Schemas["convening.View"].Value
	for _, name := range []string{"title", "startsAt", "agenda", "committeeName"} { // of the embedded summary and its own
		if view.Properties[name] == nil {
			t.Errorf("convening.View has no %s", name)
		}
	}
	if view.Properties["Summary"] != nil {
		t.Error("an embedded struct stands as a member")
	}
	if p := doc.Paths.Value("/api/v1/calendar").Get.Parameters.GetByInAndName("query", "from"); p == nil {
		t.Error("a query parameter is missing")
	}
	upload := doc.Paths.Value("/api/v1/items/{item}/papers").Post.RequestBody.Value
	form := upload.Content["multipart/form-data"].Schema.Value
	if len(form.Properties) != 5 || !form.Properties["number"].Value.Type.Is("integer") {
		t.Errorf("form: %+v", form.Properties)
	}
	plan := doc.Components.Schemas["meeting.Plan.request"].Value.Properties["mode"].Value.Description
	if !strings.Contains(plan, "- `written` 서면심의 (written deliberation)") {
		t.Errorf("codes of a mode: %q", plan)
	}
}

// plainTexts are the named texts that are no codes.
var plainTexts = []string{"domain.ID", "calendar.Date", "domain.Code", "domain.ActorKind"}

func TestEveryCodeInTheAPIIsExplained(t *testing.T) {
	seen := map[reflect.Type]bool{}
	for _, r := range jsonapi.Routes(bare()) {
		explained(t, r.Input(), seen)
		explained(t, r.Output(), seen)
	}
	if len(seen) < 50 {
		t.Errorf("only %d types were seen", len(seen))
	}
}

func explained(t *testing.T, of reflect.Type, seen map[reflect.Type]bool) {
	if seen[of] {
		return
	}
	seen[of] = true
	switch of.Kind() {
	case reflect.Pointer, reflect.Slice, reflect.Map:
		explained(t, of.Elem(), seen)
	case reflect.Struct:
		for i := range of.NumField() {
			if f := of.Field(i); f.IsExported() {
				explained(t, f.Type, seen)
			}
		}
	case reflect.String:
		named := of.PkgPath() != ""
		if named && !strings.Contains(strings.Join(plainTexts, " "), of.String()) && !jsonapi.HasWords(of) {
			t.Errorf("the codes of %s are not explained", of)
		}
	}
}
