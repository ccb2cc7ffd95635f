package apitest

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"

	"secretariat/transport/jsonapi"
)

// check compares an answer with the document.
func (c *Client) check(req *http.Request, a Answer) error {
	responses, known := c.responses(req)
	if !known {
		return unlisted(req, a)
	}
	response := responses.Value(fmt.Sprint(a.Status))
	if response == nil && a.Status >= 400 {
		response = responses.Default()
	}
	if response == nil {
		return fmt.Errorf("status %d is not in the document", a.Status)
	}
	if req.Method == http.MethodHead || len(response.Value.Content) == 0 {
		return empty(a)
	}
	return checkBody(response.Value.Content, a)
}

// responses are what the document says of the operation behind a request. HEAD is answered as GET without a body.
func (c *Client) responses(req *http.Request) (*openapi3.Responses, bool) {
	_, pattern := c.paths.Handler(req)
	method, path, found := strings.Cut(pattern, " ")
	if !found {
		return nil, false
	}
	return c.doc.Paths.Value(path).GetOperation(method).Responses, true
}

// unlisted checks an answer to what is no operation: below the API only the document itself and the methods of an
// address are answered with success.
func unlisted(req *http.Request, a Answer) error {
	below := strings.HasPrefix(req.URL.Path, jsonapi.Base+"/") && !strings.HasSuffix(req.URL.Path, "/openapi.json")
	if below && a.Status < 400 && req.Method != http.MethodOptions {
		return fmt.Errorf("status %d of an operation that is not in the document", a.Status)
	}
	return nil
}

func empty(a Answer) error {
	if len(a.Body) > 0 {
		return errors.New("a body where there is none in the document")
	}
	return nil
}

func checkBody(content openapi3.Content, a Answer) error {
	media, _, _ := strings.Cut(a.Header.Get("Content-Type"), ";")
	known := content.Get(media)
	if known == nil {
		return fmt.Errorf("content type %s is not in the document", media)
	}
	if !strings.HasSuffix(media, "json") || known == content["*/*"] {
		return nil
	}
	var value any
	if err := json.Unmarshal(a.Body, &value); err != nil {
		return err
	}
	return known.Schema.Value.VisitJSON(value)
}
